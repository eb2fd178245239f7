// All quotes, and the queue of those that somebody has to decide.
import { day_text } from "../base/days";
import { money_text } from "../base/money";
import { Link } from "../base/router";
import { QUOTE_TONE } from "../quote/company_page";
import { Badge, Page } from "../ui/parts";
import { usePages, type RowOf } from "./api";
import { useDesk, type DeskLanguage } from "./language";
import { DataTable, type Cell } from "./table";

type Row = RowOf<"quote_list">;
const ALL = {};
const REFERRED = { state: "referred" };

function columns_of({ t, lang, word }: DeskLanguage): Cell<Row>[] {
  return [
    { name: "id", title: t("column.id"), text: (row) => row.id, cell: (row) => <Link to={`desk/quote/${row.id}`}>{row.id}</Link> },
    { name: "company", title: t("column.company"), text: (row) => row.company, cell: (row) => <Link to={`desk/company/${row.enterprise}`}>{row.company}</Link> },
    { name: "product", title: t("column.product"), text: (row) => row.product },
    { name: "from", title: t("quotes.from"), text: (row) => day_text(row.from, lang), order: (row) => row.from },
    { name: "until", title: t("quote.valid_until"), text: (row) => day_text(row.valid_until, lang), order: (row) => row.valid_until },
    {
      name: "state",
      title: t("column.state"),
      text: (row) => word("quote_state", row.state),
      cell: (row) => <Badge tone={QUOTE_TONE[row.state] ?? "none"}>{word("quote_state", row.state)}</Badge>,
    },
    { name: "issued", title: t("quotes.issued"), text: (row) => day_text(row.issued_at.slice(0, 10), lang), order: (row) => row.issued_at },
    { name: "limit", title: t("quotes.at_stake"), text: (row) => (row.aggregate_limit ? money_text(row.aggregate_limit) : "—"), order: (row) => row.aggregate_limit?.amount ?? 0, end: true },
    { name: "premium", title: t("quotes.premium"), text: (row) => (row.premium ? money_text(row.premium) : "—"), order: (row) => row.premium?.amount ?? 0, end: true },
  ];
}

export default function QuotesPage() {
  const language = useDesk();
  const { t } = language;
  const quotes = usePages("quote_list", ALL);
  return (
    <Page title={t("desk.quotes")} lead={t("desk.quotes_about")} desk>
      <DataTable name={t("desk.quotes")} columns={columns_of(language)} id={(row) => row.id} {...quotes} empty={t("quotes.none")} />
    </Page>
  );
}

export function ReferralsPage() {
  const language = useDesk();
  const { t } = language;
  const quotes = usePages("quote_list", REFERRED);
  const rows = quotes.rows && [...quotes.rows].sort((one, other) => one.valid_until.localeCompare(other.valid_until));
  return (
    <Page title={t("desk.referrals")} lead={t("desk.referrals_about")} desk>
      <DataTable name={t("desk.referrals")} columns={columns_of(language)} id={(row) => row.id} {...quotes} rows={rows} empty={t("referrals.none")} />
    </Page>
  );
}
