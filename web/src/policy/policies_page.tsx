// Everything somebody has: policies, companies.
import { useEffect } from "react";
import { useReply } from "../api/use_reply";
import { day_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { Link } from "../base/router";
import { keep_policies } from "../incident/queue";
import { POLICY_TONE } from "../quote/company_page";
import { Badge, ButtonLink, Empty, Page, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";

export default function PoliciesPage() {
  const { t, lang, word } = useLanguage();
  const policies = useReply("policy_list", { limit: 1000 });
  const companies = useReply("enterprise_list", { limit: 1000 });
  const names = new Map((companies.data?.items ?? []).map((each) => [each.id, each.legal_name]));
  useEffect(() => {
    if (policies.data && companies.data) keep_policies(policies.data.items, companies.data.items);
  }, [policies.data, companies.data]);
  const trouble = policies.error ?? companies.error;
  return (
    <Page title={t("policies.title")} lead={t("policies.lead")}>
      <Trouble trouble={trouble} again={policies.again} />
      {!trouble && (!policies.data || !companies.data) && <Waiting />}
      {policies.data && companies.data && (
        <>
          <section className="group">
            <h2>{t("policies.policies")}</h2>
            {policies.data.items.length === 0 && (
              <Empty title={t("policies.none")}>
                <p className="soft">{t("policies.none_text")}</p>
                <ButtonLink to="price">{t("home.price")}</ButtonLink>
              </Empty>
            )}
            <ul className="list">
              {policies.data.items.map((policy) => (
                <li key={policy.id}>
                  <Link className="entry" to={`policy/${policy.id}`}>
                    <strong>{names.get(policy.enterprise) ?? policy.enterprise}</strong>
                    <span className="soft number">
                      {policy.number} · {t("policies.until", { day: day_text(policy.until, lang) })}
                    </span>
                    <Badge tone={POLICY_TONE[policy.state] ?? "none"}>{word("policy_state", policy.state)}</Badge>
                  </Link>
                </li>
              ))}
            </ul>
            <div className="actions">
              <ButtonLink to="check" kind="quiet">
                {t("check.go_long")}
              </ButtonLink>
            </div>
          </section>
          <section className="group">
            <h2>{t("policies.companies")}</h2>
            {companies.data.items.length === 0 && (
              <Empty title={t("companies.none")}>
                <p className="soft">{t("companies.none_text")}</p>
              </Empty>
            )}
            <ul className="list">
              {companies.data.items.map((company) => (
                <li key={company.id}>
                  <Link className="entry" to={`company/${company.id}`}>
                    <strong>{company.legal_name}</strong>
                    <span className="soft number">{company.credit_code}</span>
                  </Link>
                </li>
              ))}
            </ul>
            <div className="actions">
              <ButtonLink to="companies/new" kind="plain">
                {t("companies.new")}
              </ButtonLink>
            </div>
          </section>
        </>
      )}
    </Page>
  );
}
