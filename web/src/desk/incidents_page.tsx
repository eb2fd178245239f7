// All incidents with their claims, each leading to its file.
import { moment_text } from "../base/days";
import { money_text } from "../base/money";
import { Link } from "../base/router";
import { CLAIM_TONE } from "../claim/claims_page";
import type { Key } from "../locales/zh";
import { Badge, Page } from "../ui/parts";
import { usePages, useReply, type RowOf } from "./api";
import { useDesk } from "./language";
import { DataTable, type Cell } from "./table";

const ALL = {};

export default function IncidentsPage() {
  const { t, lang, word } = useDesk();
  const incidents = usePages("incident_list", ALL);
  const claims = useReply("claim_list", { limit: 1000 });
  const by_id = new Map((claims.data?.items ?? []).map((each) => [each.id as string, each]));
  const claim_of = (row: RowOf<"incident_list">) => by_id.get(row.claim ?? "");
  const state_of = (row: RowOf<"incident_list">) => {
    const claim = claim_of(row);
    return claim ? word("claim_state", claim.state) : t("files.no_claim");
  };
  const columns: Cell<RowOf<"incident_list">>[] = [
    { name: "id", title: t("column.id"), text: (row) => row.id, cell: (row) => <Link to={`desk/file/${row.id}`}>{row.id}</Link> },
    { name: "company", title: t("column.company"), text: (row) => row.company },
    { name: "peril", title: t("loss.peril"), text: (row) => t(`peril.${row.peril}` as Key) },
    { name: "occurred", title: t("files.occurred"), text: (row) => moment_text(row.occurred, lang), order: (row) => Date.parse(row.occurred) },
    { name: "claim", title: t("files.claim"), text: (row) => row.claim ?? "—" },
    { name: "state", title: t("column.state"), text: state_of, cell: (row) => <Badge tone={CLAIM_TONE[claim_of(row)?.state ?? ""] ?? "none"}>{state_of(row)}</Badge> },
    { name: "payable", title: t("files.payable"), text: (row) => (claim_of(row) ? money_text(claim_of(row)?.payable ?? { amount: 0, currency: "CNY" }) : "—"), order: (row) => claim_of(row)?.payable.amount ?? 0, end: true },
  ];
  return (
    <Page title={t("desk.incidents")} lead={t("desk.incidents_about")} desk>
      <DataTable name={t("desk.incidents")} columns={columns} id={(row) => row.id} {...incidents} empty={t("files.none")} />
    </Page>
  );
}
