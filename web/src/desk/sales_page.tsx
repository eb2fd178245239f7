// Every sale, and one of them step by step as the journal holds it.
import { day_text, moment_text } from "../base/days";
import { money_text } from "../base/money";
import { Link } from "../base/router";
import { POLICY_TONE } from "../quote/company_page";
import { Badge, Card, Page, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { Again } from "./again";
import { usePages, useReply, type RowOf } from "./api";
import type { DeskPageProps } from "./desk";
import { useDesk } from "./language";
import { DataTable, type Cell } from "./table";

const ALL = {};

export default function SalesPage() {
  const { t, lang, word } = useDesk();
  const policies = usePages("policy_list", ALL);
  const columns: Cell<RowOf<"policy_list">>[] = [
    { name: "number", title: t("sales.policy"), text: (row) => row.number, cell: (row) => <Link to={`desk/sale/${row.id}`}>{row.number}</Link> },
    { name: "company", title: t("column.company"), text: (row) => row.company },
    { name: "product", title: t("column.product"), text: (row) => row.product },
    { name: "from", title: t("quotes.from"), text: (row) => day_text(row.from, lang), order: (row) => row.from },
    { name: "state", title: t("column.state"), text: (row) => word("policy_state", row.state), cell: (row) => <Badge tone={POLICY_TONE[row.state] ?? "none"}>{word("policy_state", row.state)}</Badge> },
    { name: "premium", title: t("quotes.premium"), text: (row) => money_text(row.premium), order: (row) => row.premium.amount, end: true },
  ];
  return (
    <Page title={t("desk.sales")} lead={t("desk.sales_about")} desk>
      <DataTable name={t("desk.sales")} columns={columns} id={(row) => row.id} {...policies} empty={t("sales.none")} />
    </Page>
  );
}

export function SalePage({ id, may }: DeskPageProps) {
  const { t, lang, word } = useDesk();
  const sale = useReply("sale_replay", { policy: id });
  const back = { to: "desk/sales", text: t("desk.sales") };
  if (sale.error) {
    return (
      <Page title={t("sales.title", { id })} back={back} desk>
        <Trouble trouble={sale.error} again={sale.again} />
      </Page>
    );
  }
  if (!sale.data) return <Waiting />;
  const { quote, steps } = sale.data;
  return (
    <Page title={t("sales.title", { id })} lead={t("sales.lead", { count: steps.length, quote })} back={back} desk>
      <Card>
        <ol className="times">
          {steps.map((step) => (
            <li key={step.seq}>
              <p className="times-at number">
                {moment_text(step.at, lang)}
                <span className="soft small block">{step.by}</span>
              </p>
              <div>
                <p>
                  <strong>{word("event", step.event)}</strong>
                </p>
                <p>{step.text}</p>
                <Link to={`desk/journal/${step.seq}`} className="small">
                  {t("sales.record", { seq: step.seq })}
                </Link>
              </div>
            </li>
          ))}
        </ol>
      </Card>
      {may.has("quote_verify") && <Again quote={quote} />}
    </Page>
  );
}
