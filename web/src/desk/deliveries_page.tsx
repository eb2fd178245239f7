// The orders that a vendor delivers; each leads to its lights and to the validator.
import { useReply } from "../api/use_reply";
import { day_text } from "../base/days";
import { money_text } from "../base/money";
import { Link } from "../base/router";
import { Badge, Page } from "../ui/parts";
import { usePages, type RowOf } from "./api";
import { useDesk } from "./language";
import { DataTable, type Cell } from "./table";

const ALL = {};
type Row = RowOf<"order_list">;

export default function DeliveriesPage() {
  const { t, lang, word } = useDesk();
  const orders = usePages("order_list", ALL);
  const packages = useReply("package_list", { limit: 1000 });
  const name = (row: Row) => packages.data?.items.find((each) => each.id === row.package)?.[lang] ?? row.package;
  const tone = (row: Row) => (row.state === "verified_running" ? "good" : row.state === "ended" ? "none" : "warn");
  const columns: Cell<Row>[] = [
    { name: "company", title: t("column.company"), text: (row) => row.company, cell: (row) => <Link to={`desk/delivery/${row.id}`}>{row.company}</Link>, long: true },
    { name: "id", title: t("column.id"), text: (row) => row.id },
    { name: "package", title: t("deliveries.package"), text: name },
    { name: "from", title: t("deliveries.from"), text: (row) => day_text(row.from, lang), order: (row) => row.from },
    { name: "until", title: t("deliveries.until"), text: (row) => day_text(row.until, lang), order: (row) => row.until },
    { name: "state", title: t("column.state"), text: (row) => word("order_state", row.state), cell: (row) => <Badge tone={tone(row)}>{word("order_state", row.state)}</Badge> },
    { name: "price", title: t("deliveries.price"), text: (row) => money_text(row.price), order: (row) => row.price.amount, end: true },
    { name: "paid", title: t("deliveries.paid"), text: (row) => t(row.paid ? "yes" : "no") },
  ];
  return (
    <Page title={t("desk.deliveries")} lead={t("desk.deliveries_about")} desk>
      <DataTable name={t("desk.deliveries")} columns={columns} id={(row) => row.id} {...orders} empty={t("deliveries.none")} />
    </Page>
  );
}
