// All wordings that the service has; each leads to its clauses, findings and rehearsed incidents.
import { Link } from "../base/router";
import { kept } from "../base/store";
import { Badge, ButtonLink, Page } from "../ui/parts";
import { usePages, type RowOf } from "./api";
import { useDesk } from "./language";
import { DataTable, type Cell } from "./table";

const ALL = {};

export default function WordingsPage() {
  const { t } = useDesk();
  const wordings = usePages("wording_list", ALL);
  const columns: Cell<RowOf<"wording_list">>[] = [
    { name: "title", title: t("wordings.title"), text: (row) => row.title, cell: (row) => <Link to={`desk/wording/${row.wording}`}>{row.title}</Link>, long: true },
    { name: "id", title: t("column.id"), text: (row) => row.wording },
    { name: "version", title: t("wordings.version"), text: (row) => row.version, end: true },
    {
      name: "registration",
      title: t("wordings.registration"),
      text: (row) => (row.assumption ? t("wordings.assumed") : row.registration),
      cell: (row) => (row.assumption ? <Badge tone="warn">{t("wordings.assumed")}</Badge> : <span className="mono">{row.registration}</span>),
    },
    { name: "sections", title: t("wordings.sections"), text: (row) => String(row.sections), order: (row) => row.sections, end: true },
    { name: "products", title: t("wordings.products"), text: (row) => String(row.products), order: (row) => row.products, end: true },
  ];
  return (
    <Page title={t("desk.wordings")} lead={t("desk.wordings_about")} desk>
      <div className="actions">
        <ButtonLink to="desk/wordings/draft" kind="plain">
          {t(kept("draft.wording") === null ? "draft.begin" : "draft.go_on")}
        </ButtonLink>
      </div>
      <DataTable name={t("desk.wordings")} columns={columns} id={(row) => row.wording} {...wordings} empty={t("wordings.none")} />
    </Page>
  );
}
