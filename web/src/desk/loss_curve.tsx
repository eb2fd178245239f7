// The loss of a year by return period, with its error: before insurance, and what the policy pays.
import { money_about } from "../base/money";
import { Card, Rows, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { useReply, type ReplyOf, type RequestOf } from "./api";
import { useDesk } from "./language";
import { DataTable } from "./table";

type Point = ReplyOf<"risk">["curve"][number];
const HEIGHT = 180; // px
const LEFT = 2; // percent

// The operation gives whole minor units of the product's currency.
export const cny = (amount: number) => money_about({ amount, currency: "CNY" });

/** Return periods stand evenly, amounts by their logarithm, so that ten years and a thousand fit into one picture. */
function places(points: readonly Point[], value: (point: Point) => number): string {
  const largest = Math.log10(Math.max(10, ...points.map((point) => point.before)));
  return points
    .map((point, at) => {
      const x = LEFT + (at / Math.max(points.length - 1, 1)) * (100 - 2 * LEFT);
      const y = 100 - (Math.log10(Math.max(1, value(point))) / largest) * 96;
      return `${x.toFixed(2)},${y.toFixed(2)}`;
    })
    .join(" ");
}

/** Under the terms of the product, or under others that are tried out. */
export function LossCurve({ enterprise, product, terms }: { enterprise: string; product: string; terms?: Omit<RequestOf<"risk">, "enterprise" | "product"> }) {
  const { t } = useDesk();
  const risk = useReply("risk", { enterprise, product, ...terms });
  const points = risk.data?.curve ?? [];
  const pair = (value: number, error: number) => `${cny(value)} ± ${cny(error)}`;
  return (
    <Card title={t("curve.title")}>
      {risk.error ? <Trouble trouble={risk.error} again={risk.again} /> : !risk.data && <Waiting />}
      {risk.data && (
        <>
          <svg className="curve" width="100%" height={HEIGHT} viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={t("curve.title")}>
            <polyline points={places(points, (point) => point.before)} className="curve-before" />
            <polyline points={places(points, (point) => point.paid)} className="curve-paid" />
          </svg>
          <p className="curve-years small soft" aria-hidden="true">
            {points.map((point) => (
              <span key={point.years}>{point.years}</span>
            ))}
          </p>
          <p className="small soft">
            <span className="curve-key curve-key-before" aria-hidden="true" /> {t("curve.before")} <span className="curve-key curve-key-paid" aria-hidden="true" /> {t("curve.paid")} · {t("curve.reads")}
          </p>
          <DataTable
            plain
            name={t("curve.title")}
            rows={points}
            id={(point) => String(point.years)}
            empty={t("loss.none")}
            columns={[
              { name: "years", title: t("curve.years"), text: (point) => t("curve.once", { years: point.years }) },
              { name: "before", title: t("curve.before"), text: (point) => pair(point.before, point.before_error), end: true },
              { name: "paid", title: t("curve.paid"), text: (point) => pair(point.paid, point.paid_error), end: true },
            ]}
          />
          <Rows rows={[{ name: t("loss.model"), value: risk.data.model }]} />
        </>
      )}
    </Card>
  );
}
