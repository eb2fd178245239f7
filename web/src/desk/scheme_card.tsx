// The budget of a subsidy: granted, decided, paid, clawed back and left, in all and by month.
import { money_text } from "../base/money";
import { Card, Rows, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { useReply, type ReplyOf } from "./api";
import { useDesk } from "./language";
import { DataTable } from "./table";

type Scheme = ReplyOf<"subsidy_show">;
type Month = Scheme["months"][number];

export function SchemeCard({ scheme }: { scheme: string }) {
  const { t } = useDesk();
  const reply = useReply("subsidy_show", { scheme });
  const found = reply.data;
  return (
    <Card title={t("scheme.title")} tone="calm">
      {reply.error ? <Trouble trouble={reply.error} again={reply.again} /> : !found && <Waiting />}
      {found && (
        <>
          <p className="soft">{`${found.name} · ${found.grantor}`}</p>
          <Rows
            rows={[
              { name: t("scheme.granted"), value: money_text(found.granted) },
              { name: t("scheme.decided"), value: money_text(found.decided) },
              { name: t("scheme.paid"), value: money_text(found.paid) },
              { name: t("scheme.clawed_back"), value: money_text(found.clawed_back) },
              { name: t("scheme.left"), value: <strong>{money_text(found.left)}</strong> },
              { name: t("scheme.open"), value: t("scheme.open_text", { amount: money_text(found.open), count: found.waiting }) },
            ]}
          />
          <h3>{t("scheme.months")}</h3>
          <DataTable<Month>
            plain
            name={t("scheme.months")}
            rows={found.months}
            id={(each) => each.month}
            empty={t("scheme.no_months")}
            columns={[
              { name: "month", title: t("scheme.month"), text: (each) => each.month },
              { name: "granted", title: t("scheme.granted"), text: (each) => money_text(each.granted), end: true },
              { name: "decided", title: t("scheme.decided"), text: (each) => money_text(each.decided), end: true },
              { name: "refused", title: t("scheme.refused"), text: (each) => money_text(each.refused), end: true },
              { name: "paid", title: t("scheme.paid"), text: (each) => money_text(each.paid), end: true },
              { name: "clawed_back", title: t("scheme.clawed_back"), text: (each) => money_text(each.clawed_back), end: true },
            ]}
          />
        </>
      )}
    </Card>
  );
}

/** What is left before a decision, and whether it is enough: the service says so with the decision itself. */
export function LeftBefore({ scheme }: { scheme: string }) {
  const { t } = useDesk();
  const reply = useReply("subsidy_show", { scheme });
  return reply.data ? <p>{t("scheme.left_before", { left: money_text(reply.data.left) })}</p> : null;
}
