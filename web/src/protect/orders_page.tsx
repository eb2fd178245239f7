// The packages of protection that somebody has.
import { useReply } from "../api/use_reply";
import { day_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { Link } from "../base/router";
import { Badge, ButtonLink, Empty, Page, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";

export default function OrdersPage() {
  const { t, lang, word } = useLanguage();
  const orders = useReply("order_list", { limit: 1000 });
  const packages = useReply("package_list", { limit: 1000 });
  const companies = useReply("enterprise_list", { limit: 1000 });
  const names = new Map((companies.data?.items ?? []).map((each) => [each.id, each.legal_name]));
  return (
    <Page title={t("orders.title")} lead={t("orders.lead")}>
      <Trouble trouble={orders.error} again={orders.again} />
      {orders.loading && <Waiting />}
      {orders.data?.items.length === 0 && (
        <Empty title={t("orders.none")}>
          <p className="soft">{t("orders.none_text")}</p>
          <ButtonLink to="policies" kind="plain">
            {t("menu.policies")}
          </ButtonLink>
        </Empty>
      )}
      <ul className="list">
        {(orders.data?.items ?? []).map((order) => (
          <li key={order.id}>
            <Link className="entry" to={`protection/${order.id}`}>
              <strong>{names.get(order.enterprise) ?? order.enterprise}</strong>
              <span className="soft">
                {packages.data?.items.find((each) => each.id === order.package)?.[lang] ?? order.package} ·{" "}
                {t("orders.period", { from: day_text(order.from, lang), until: day_text(order.until, lang) })}
              </span>
              <Badge tone={order.state === "verified_running" ? "good" : order.state === "ended" ? "none" : "warn"}>{word("order_state", order.state)}</Badge>
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
