// One package: a light for each product in it, how old its evidence is, and what to do next.
import { useReply } from "../api/use_reply";
import { house_now } from "../base/clock";
import { day_text, moment_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { money_text } from "../base/money";
import type { Key } from "../locales/zh";
import { Badge, Card, Page, Rows, Waiting, type Tone } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { light_of, LIGHT_TEXT, type Line, type Order } from "./light";

const NEXT_TEXT: Record<Tone, Key> = { good: "order.next_good", warn: "order.next_warn", bad: "order.next_bad", none: "order.next_none" };

export default function OrderPage({ id }: { id: string }) {
  const { t, lang } = useLanguage();
  const order = useReply("order_show", { order: id });
  const packages = useReply("package_list", { limit: 1000 });
  const company = useReply("enterprise_show", order.data ? { enterprise: order.data.enterprise } : null);
  const back = { to: "protection", text: t("orders.title") };
  if (order.error) {
    return (
      <Page title={t("orders.title")} back={back}>
        <Trouble trouble={order.error} again={order.again} />
      </Page>
    );
  }
  if (!order.data) return <Waiting />;
  const shown = order.data;
  const name = packages.data?.items.find((each) => each.id === shown.package)?.[lang] ?? shown.package;
  const tones = shown.lines.map((line) => light_of(shown, line, house_now()).tone);
  const good = tones.filter((tone) => tone === "good").length;
  const summary =
    shown.state === "ended"
      ? t("order.summary_ended")
      : good === tones.length
        ? t("order.summary_good", { count: good })
        : t("order.summary_mixed", { good, other: tones.length - good });
  return (
    <Page title={t("order.title", { name })} lead={company.data?.legal_name ?? ""} back={back}>
      <p className={`summary summary-${shown.state === "ended" ? "none" : good === tones.length ? "good" : "warn"}`}>{summary}</p>
      <ul className="list">
        {shown.lines.map((line) => (
          <li key={line.product}>
            <LightCard order={shown} line={line} />
          </li>
        ))}
      </ul>
      <Card>
        <Rows
          rows={[
            { name: t("order.period"), value: t("orders.period", { from: day_text(shown.from, lang), until: day_text(shown.until, lang) }) },
            { name: t("order.price"), value: money_text(shown.price) },
            { name: t("order.vendor"), value: shown.vendor },
          ]}
        />
      </Card>
    </Page>
  );
}

function LightCard({ order, line }: { order: Order; line: Line }) {
  const { t, lang, word } = useLanguage();
  const light = light_of(order, line, house_now());
  const proves = line.proofs.map((proof) => proof.control);
  return (
    <Card>
      <div className="light">
        <span className={`lamp lamp-${light.tone}`} aria-hidden="true" />
        <h2>{t(`category.${line.category}` as Key)}</h2>
        <Badge tone={light.tone}>{t(LIGHT_TEXT[light.tone])}</Badge>
      </div>
      <Rows
        rows={[
          {
            name: t("order.evidence"),
            value: light.latest ? (
              <>
                {light.age_days === 0 ? t("order.evidence_today") : light.age_days !== undefined && light.age_days > 0 ? t("order.evidence_days", { count: light.age_days }) : ""}
                <span className="soft small block">{moment_text(light.latest.until, lang)}</span>
                <span className="soft small block">{t("order.seen", { seen: light.latest.seen, of: light.latest.of })}</span>
              </>
            ) : (
              t("order.evidence_none")
            ),
          },
        ]}
      />
      <p>
        <strong>{t("order.next")}</strong>
        <br />
        {t(NEXT_TEXT[light.tone], { days: line.signal_days_max })}
      </p>
      <details className="more">
        <summary>{t(light.tone === "good" ? "order.proves" : "order.supports")}</summary>
        <ul className="plain">
          {(light.tone === "good" && proves.length > 0 ? proves : line.controls).map((control) => (
            <li key={control}>
              <span className="soft mono">{control}</span> {word("control_do", control)}
            </li>
          ))}
        </ul>
      </details>
    </Card>
  );
}
