// All companies; each leads to its risk file.
import { Link } from "../base/router";
import { Page } from "../ui/parts";
import { usePages, type RowOf } from "./api";
import { useDesk } from "./language";
import { DataTable, type Cell } from "./table";

const ALL = {};

export default function CompaniesPage() {
  const { t } = useDesk();
  const companies = usePages("enterprise_list", ALL);
  const columns: Cell<RowOf<"enterprise_list">>[] = [
    { name: "name", title: t("column.company"), text: (row) => row.legal_name, cell: (row) => <Link to={`desk/company/${row.id}`}>{row.legal_name}</Link> },
    { name: "id", title: t("column.id"), text: (row) => row.id },
    { name: "code", title: t("company.credit_code"), text: (row) => row.credit_code, cell: (row) => <span className="number">{row.credit_code}</span> },
    { name: "quotes", title: t("companies.quotes"), text: (row) => String(row.quotes.length), order: (row) => row.quotes.length, end: true },
    { name: "policies", title: t("companies.policies"), text: (row) => String(row.policies.length), order: (row) => row.policies.length, end: true },
  ];
  return (
    <Page title={t("desk.companies")} lead={t("desk.companies_about")} desk>
      <DataTable name={t("desk.companies")} columns={columns} id={(row) => row.id} {...companies} empty={t("companies.empty")} />
    </Page>
  );
}
