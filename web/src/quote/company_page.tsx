// One company: what it is, what comes next, its quotes, policies and packages.
import { useReply } from "../api/use_reply";
import { day_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { money_text } from "../base/money";
import { Link } from "../base/router";
import { Badge, ButtonLink, Card, Page, Rows, Waiting, type Tone } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { fact_text } from "./fact_text";

export const QUOTE_TONE: Record<string, Tone> = { issued: "good", approved: "good", bound: "good", referred: "warn", declined: "bad", expired: "none", withdrawn: "none" };
export const POLICY_TONE: Record<string, Tone> = { in_force: "good", bound: "good", suspended: "warn", lapsed: "bad", cancelled: "none", expired: "none" };

export default function CompanyPage({ id }: { id: string }) {
  const { t, lang, word } = useLanguage();
  const company = useReply("enterprise_show", { enterprise: id });
  const quotes = useReply("quote_list", { enterprise: id, limit: 1000 });
  const policies = useReply("policy_list", { enterprise: id, limit: 1000 });
  const orders = useReply("order_list", { enterprise: id, limit: 1000 });
  const packages = useReply("package_list", { limit: 1000 });
  const questions = useReply("questions", { enterprise: id });
  const trouble = company.error ?? quotes.error ?? policies.error ?? orders.error;
  if (trouble) {
    return (
      <Page title={t("policies.companies")} back={{ to: "policies", text: t("menu.policies") }}>
        <Trouble trouble={trouble} again={company.again} />
      </Page>
    );
  }
  if (!company.data) return <Waiting />;
  const shown = company.data;
  const answers = (shown.assessment as { answers?: unknown[] } | null)?.answers ?? [];
  return (
    <Page title={shown.legal_name} lead={<span className="number">{shown.credit_code}</span>} back={{ to: "policies", text: t("menu.policies") }}>
      <Card title={t("company.next")} tone="calm">
        <p>
          {answers.length > 0 ? t("company.next_quote_text") : t("company.next_questions_text", { count: Array.isArray(questions.data) ? questions.data.length : "…" })}
        </p>
        <div className="actions">
          {answers.length > 0 && <ButtonLink to={`company/${id}/quote`}>{t("company.next_quote")}</ButtonLink>}
          <ButtonLink to={`company/${id}/questions`} kind={answers.length > 0 ? "plain" : "main"}>
            {answers.length > 0 ? t("company.answer_again") : t("company.next_questions")}
          </ButtonLink>
        </div>
      </Card>
      {quotes.data && quotes.data.items.length > 0 && (
        <section className="group">
          <h2>{t("company.quotes")}</h2>
          <ul className="list">
            {[...quotes.data.items].reverse().map((quote) => (
              <li key={quote.id}>
                <Link className="entry" to={`quote/${quote.id}`}>
                  <strong>{t("company.quote_from", { day: day_text(quote.from, lang) })}</strong>
                  <span className="soft number">
                    {quote.id}
                    {quote.customer_pays ? ` · ${t("quote.line_you")} ${money_text(quote.customer_pays)}` : ""}
                  </span>
                  <Badge tone={QUOTE_TONE[quote.state] ?? "none"}>{word("quote_state", quote.state)}</Badge>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {policies.data && policies.data.items.length > 0 && (
        <section className="group">
          <h2>{t("company.policies")}</h2>
          <ul className="list">
            {policies.data.items.map((policy) => (
              <li key={policy.id}>
                <Link className="entry" to={`policy/${policy.id}`}>
                  <strong className="number">{policy.number}</strong>
                  <span className="soft">{t("policies.from_until", { from: day_text(policy.from, lang), until: day_text(policy.until, lang) })}</span>
                  <Badge tone={POLICY_TONE[policy.state] ?? "none"}>{word("policy_state", policy.state)}</Badge>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {orders.data && orders.data.items.length > 0 && (
        <section className="group">
          <h2>{t("company.orders")}</h2>
          <ul className="list">
            {orders.data.items.map((order) => (
              <li key={order.id}>
                <Link className="entry" to={`protection/${order.id}`}>
                  <strong>{packages.data?.items.find((each) => each.id === order.package)?.[lang] ?? order.package}</strong>
                  <span className="soft">{t("orders.period", { from: day_text(order.from, lang), until: day_text(order.until, lang) })}</span>
                  <Badge tone={order.state === "verified_running" ? "good" : order.state === "ended" ? "none" : "warn"}>{word("order_state", order.state)}</Badge>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Card title={t("company.facts")}>
        <Rows
          rows={[
            ...shown.facts.map((fact) => ({ name: word("fact", fact.name), value: fact_text(fact, lang, t) })),
            { name: t("company.answered", { count: answers.length }), value: answers.length > 0 ? "✓" : t("none_yet") },
          ]}
        />
      </Card>
    </Page>
  );
}
