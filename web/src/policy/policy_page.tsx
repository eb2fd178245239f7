// One policy: who, when, how much, what is left, what can be done with it, and the signed document.
import { useReply } from "../api/use_reply";
import { moment_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { money_short, money_text } from "../base/money";
import { Link } from "../base/router";
import { POLICY_TONE } from "../quote/company_page";
import { Badge, ButtonLink, Card, Page, Rows, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { PaperCard } from "./paper_card";
import { Ways } from "./ways";

export default function PolicyPage({ id }: { id: string }) {
  const { t, lang, word } = useLanguage();
  const policy = useReply("policy_show", { policy: id });
  const company = useReply("enterprise_show", policy.data ? { enterprise: policy.data.enterprise } : null);
  const products = useReply("product_list", { limit: 1000 });
  const back = { to: "policies", text: t("menu.policies") };
  if (policy.error) {
    return (
      <Page title={t("policies.policies")} back={back}>
        <Trouble trouble={policy.error} again={policy.again} />
      </Page>
    );
  }
  if (!policy.data) return <Waiting />;
  const shown = policy.data;
  const product = products.data?.items.find((each) => each.id === shown.product);
  return (
    <Page title={t("policy.title", { number: shown.number })} lead={company.data?.legal_name ?? ""} back={back}>
      <Badge tone={POLICY_TONE[shown.state] ?? "none"}>{word("policy_state", shown.state)}</Badge>
      <Card>
        <div className="big">
          <p className="soft">{t("policy.left")}</p>
          <p className="big-number money">{money_short(shown.aggregate_left)}</p>
        </div>
        <Rows
          rows={[
            { name: t("policy.product"), value: product ? product[lang] : shown.product },
            {
              name: t("policy.period"),
              value: (
                <>
                  {moment_text(shown.from, lang)}
                  <br />
                  {moment_text(shown.until, lang)} <span className="soft">({t("beijing_time")})</span>
                </>
              ),
            },
            { name: t("policy.premium"), value: money_text(shown.premium) },
            { name: t("policy.customer_part"), value: money_text(shown.customer_part) },
            { name: t("policy.subsidy_part"), value: money_text(shown.subsidy_part) },
            { name: t("policy.due"), value: money_text(shown.customer_due) },
            { name: t("policy.paid"), value: money_text(shown.customer_paid) },
            { name: t("policy.confirmed"), value: t("policy.confirmed_count", { count: shown.explained.length }) },
          ]}
        />
        <ButtonLink to={`covered/${shown.product}`} kind="plain">
          {t("policy.covered")}
        </ButtonLink>
      </Card>
      <Ways policy={shown} />
      {shown.state === "cancelled" || shown.state === "lapsed" ? <p className="note">{t("paper.ended")}</p> : <PaperCard kind="policy" id={id} />}
      {shown.claims.length > 0 && (
        <section className="group">
          <h2>{t("policy.claims")}</h2>
          <ul className="list">
            {shown.claims.map((claim) => (
              <li key={claim}>
                <Link className="entry" to={`claim/${claim}`}>
                  <strong>{t("claim.title", { id: claim })}</strong>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {(shown.state === "in_force" || shown.state === "bound") && (
        <div className="actions">
          <ButtonLink to={`incident?policy=${id}`} kind="alarm">
            {t("policy.report")}
          </ButtonLink>
        </div>
      )}
    </Page>
  );
}
