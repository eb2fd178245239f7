// What an underwriter looks at in a quote: findings, price walk, loss with its interval, reasons, people and precedents.
import { day_text, moment_text } from "../base/days";
import { money_text } from "../base/money";
import { Link } from "../base/router";
import type { Key } from "../locales/zh";
import { QUOTE_TONE } from "../quote/company_page";
import { share_text } from "../quote/fact_text";
import { Badge, Card, Rows } from "../ui/parts";
import type { ReplyOf } from "./api";
import { useDesk } from "./language";
import { DataTable } from "./table";
import { Waterfall } from "./waterfall";

export type Quote = ReplyOf<"quote_show">;
type Refer = ReplyOf<"quote_refer">;

// The description leaves open what stands in these lists.
export interface Conflict {
  control: string;
  answered: string;
  observed: string;
  answered_better: boolean;
  evidence: string;
}
interface Precedent {
  quote: string;
  decision: string;
  state: string;
  premium: { amount: number; currency: string };
}
interface Decided {
  outcome: string;
  reasons: string[];
  effective: boolean;
  by: string;
  at: string;
}
interface Applied {
  code: string;
  zh: string;
  en: string;
}

export function Findings({ quote }: { quote: Quote }) {
  const { t, lang, word } = useDesk();
  const applied = quote.applied as Applied[];
  return (
    <Card title={t("quotes.findings")} {...(quote.findings.length > 0 ? { tone: "warn" as const } : {})}>
      {quote.findings.length === 0 && applied.length === 0 && <p className="soft">{t("quotes.no_findings")}</p>}
      <ul className="plain">
        {quote.findings.map((finding) => (
          <li key={finding.reason}>
            {quote.reasons.find((reason) => reason.code === finding.code)?.text ?? word("triage", finding.reason)}{" "}
            <span className="soft small">{word("decision", finding.consequence)}</span>
          </li>
        ))}
        {applied.map((rule) => (
          <li key={rule.code}>
            {rule[lang]} <span className="mono soft">{rule.code}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function PriceWalk({ quote }: { quote: Quote }) {
  const { t, word } = useDesk();
  return (
    <Card title={t("walk.title")}>
      <Waterfall title={t("walk.title")} steps={quote.walk.map((step) => ({ ...step, name: word("walk_brief", step.step) }))} />
      <Rows
        rows={[
          { name: t("walk.technical"), value: t("loss.between", { value: money_text(quote.parts.technical_gross), low: money_text(quote.technical_low), high: money_text(quote.technical_high) }) },
          { name: t("walk.filed"), value: t("loss.between", { value: money_text(quote.filed_premium), low: money_text(quote.filed_low), high: money_text(quote.filed_high) }) },
        ]}
      />
    </Card>
  );
}

export function Loss({ quote }: { quote: Quote }) {
  const { t } = useDesk();
  const { loss } = quote;
  const perils = loss.perils.filter((each) => each.ground_up.amount > 0);
  return (
    <Card title={t("loss.title")}>
      <Rows
        rows={[
          { name: t("loss.insured"), value: t("loss.between", { value: money_text(loss.insured), low: money_text(loss.insured_low), high: money_text(loss.insured_high) }) },
          { name: t("loss.error"), value: `± ${money_text(loss.standard_error)}` },
          { name: t("loss.ground_up"), value: money_text(loss.ground_up) },
          { name: t("loss.sector"), value: money_text(loss.insured_sector) },
          { name: t("loss.assumed"), value: share_text(loss.assumption_share_ppm) },
          { name: t("loss.model"), value: loss.model_version },
        ]}
      />
      <DataTable
        plain
        name={t("loss.perils")}
        rows={perils}
        id={(each) => each.peril}
        empty={t("loss.none")}
        columns={[
          { name: "peril", title: t("loss.peril"), text: (each) => t(`peril.${each.peril}` as Key), long: true },
          { name: "often", title: t("loss.often"), text: (each) => share_text(each.frequency_ppm), end: true },
          { name: "all", title: t("loss.ground_up"), text: (each) => money_text(each.ground_up), end: true },
          { name: "insured", title: t("loss.insured"), text: (each) => money_text(each.insured), end: true },
        ]}
      />
    </Card>
  );
}

export function Reasons({ quote }: { quote: Quote }) {
  const { t } = useDesk();
  return (
    <Card title={t("quotes.reasons")}>
      <ol className="plain">
        {quote.reasons.map((reason) => (
          <li key={reason.code + reason.number}>{reason.text}</li>
        ))}
      </ol>
    </Card>
  );
}

export function Decisions({ refer }: { refer: Refer }) {
  const { t, lang, word } = useDesk();
  const decided = refer.referrals as Decided[];
  const deciders = refer.deciders as { actor: string; alone: boolean }[];
  return (
    <Card title={t("quotes.decisions")}>
      {decided.length === 0 && <p className="soft">{t("quotes.undecided")}</p>}
      <ul className="plain">
        {decided.map((each) => (
          <li key={each.at}>
            <strong>{word("referral_outcome", each.outcome)}</strong> · {each.by} · {moment_text(each.at, lang)}
            {!each.effective && <Badge tone="warn">{t("quotes.second")}</Badge>}
            <span className="block soft">{each.reasons.join(t("desk.comma"))}</span>
          </li>
        ))}
      </ul>
      {refer.decision === "referred" && (
        <p className="small">
          {deciders.length === 0 ? t("quotes.nobody") : t("quotes.deciders", { names: deciders.map((each) => (each.alone ? each.actor : t("quotes.with_second", { name: each.actor }))).join(t("desk.comma")) })}
        </p>
      )}
    </Card>
  );
}

export function Precedents({ refer }: { refer: Refer }) {
  const { t, word } = useDesk();
  return (
    <Card title={t("quotes.precedents")}>
      <DataTable
        plain
        name={t("quotes.precedents")}
        rows={refer.precedents as Precedent[]}
        id={(each) => each.quote}
        empty={t("quotes.no_precedents")}
        columns={[
          { name: "quote", title: t("desk.quotes"), text: (each) => each.quote, cell: (each) => <Link to={`desk/quote/${each.quote}`}>{each.quote}</Link> },
          { name: "decision", title: t("quotes.decision"), text: (each) => word("decision", each.decision) },
          { name: "state", title: t("column.state"), text: (each) => word("quote_state", each.state), cell: (each) => <Badge tone={QUOTE_TONE[each.state] ?? "none"}>{word("quote_state", each.state)}</Badge> },
          { name: "premium", title: t("quotes.premium"), text: (each) => money_text(each.premium), end: true },
        ]}
      />
    </Card>
  );
}

export function Terms({ quote, state }: { quote: Quote; state: string }) {
  const { t, lang, word } = useDesk();
  return (
    <Card title={t("quotes.terms")}>
      <Rows
        rows={[
          { name: t("column.state"), value: <Badge tone={QUOTE_TONE[state] ?? "none"}>{word("quote_state", state)}</Badge> },
          { name: t("quotes.period"), value: t("policies.from_until", { from: day_text(quote.from, lang), until: day_text(quote.until, lang) }) },
          { name: t("quote.valid_until"), value: day_text(quote.valid_until, lang) },
          { name: t("quotes.premium"), value: money_text(quote.decided.premium) },
          { name: t("quote.line_subsidy"), value: money_text(quote.decided.subsidy) },
          { name: t("policy.customer_part"), value: money_text(quote.decided.customer_pays) },
          { name: t("quote.aggregate"), value: money_text(quote.aggregate_limit) },
          { name: t("quote.incident_maximum"), value: money_text(quote.incident_maximum) },
        ]}
      />
    </Card>
  );
}
