// What somebody shared by a link: a quote or a comparison as it was then, read without an account. The token stands behind the "#",
// so that it reaches no log on its way.
import { useState } from "react";
import { ask } from "../api/client";
import { useAnswer } from "../api/use_reply";
import { day_text, moment_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { money_short, money_text, type Money } from "../base/money";
import { Badge, Card, Page, Rows, Waiting, type Row } from "../ui/parts";
import { Trouble } from "../ui/trouble";

interface Name {
  zh: string;
  en: string;
}
interface Section {
  code: string;
  name: Name;
  limit_incident: Money | null;
  limit_year: Money | null;
  deductible: Money;
  own_retention: Money;
  waiting_hours: number;
}
interface Quote {
  id: string;
  company: string;
  product_name: Name;
  wording_title: Name;
  registration: string;
  from: string;
  until: string;
  premium: Money;
  subsidy: Money;
  customer_pays: Money;
  aggregate_limit: Money;
  retention: Money;
  state: string;
  other_terms: boolean;
  sections: Section[];
}
interface Comparison {
  company: string;
  products: { id: string; name: Name }[];
  cover_names: { code: string; name: Name }[];
  covers: { cover: string; under: { name: string; status: string; limit_incident: Money | null; limit_year: Money | null }[] }[];
  simulated: { under: { name: string; premium: Money; share_paid: number; decision: string | null }[] };
}
interface Shared {
  kind: "quote" | "comparison";
  label: string;
  made: string;
  expires: string;
  stands_until: string | null;
  digest: string;
  /** The bytes that were shared, as they were kept. */
  answer: string;
}

const OFFERED = ["issued", "approved", "bound"];
let last = ""; // the language may be changed without losing the link
function token_here(): string {
  if (location.hash.length > 1) last = location.hash.slice(1);
  return last;
}

export default function SharedPage() {
  const { t, lang } = useLanguage();
  const [token] = useState(token_here);
  const shared = useAnswer(`shared ${token}`, (signal) => ask<Shared>({ method: "POST", path: "/v1/account/shared", body: { token }, as: null, quiet: true, signal }));
  if (shared.error) {
    return (
      <Page title={t("shared.title")}>
        <Trouble trouble={shared.error} />
      </Page>
    );
  }
  if (!shared.data) return <Waiting />;
  const { kind, label, made, expires, stands_until, digest, answer } = shared.data;
  const rows: Row[] = [
    { name: t("shared.made"), value: moment_text(made, lang) },
    ...(stands_until === null ? [] : [{ name: t("shared.stands_until"), value: day_text(stands_until, lang) }]),
    { name: t("shared.expires"), value: moment_text(expires, lang) },
    { name: t("shared.digest"), value: <span className="mono small wrap-anywhere">{digest}</span> },
  ];
  return (
    <Page title={t(kind === "quote" ? "shared.quote" : "shared.comparison")} {...(label === "" ? {} : { lead: label })}>
      {kind === "quote" ? <SharedQuote quote={JSON.parse(answer) as Quote} /> : <SharedComparison compared={JSON.parse(answer) as Comparison} />}
      <Card title={t("shared.about")}>
        <p className="soft">{t("shared.frozen")}</p>
        <Rows rows={rows} />
      </Card>
    </Page>
  );
}

function SharedQuote({ quote }: { quote: Quote }) {
  const { t, lang } = useLanguage();
  const rows: Row[] = [
    { name: t("shared.company"), value: quote.company },
    { name: t("shared.product"), value: quote.product_name[lang] },
    { name: t("shared.cover_from"), value: `${day_text(quote.from, lang)} – ${day_text(quote.until, lang)}` },
    { name: t("shared.limit"), value: money_text(quote.aggregate_limit) },
    { name: t("shared.retention"), value: money_text(quote.retention) },
    { name: t("shared.premium"), value: money_text(quote.premium) },
    { name: t("shared.subsidy"), value: money_text(quote.subsidy) },
    { name: t("shared.registration"), value: quote.registration },
  ];
  return (
    <>
      <Card>
        <p className="soft">{t("shared.you_pay")}</p>
        <p className="price number">{money_text(quote.customer_pays)}</p>
        {!OFFERED.includes(quote.state) && <p className="note">{t("shared.not_offered")}</p>}
        {quote.other_terms && <p className="note">{t("shared.other_terms")}</p>}
        <Rows rows={rows} />
      </Card>
      <Card title={t("shared.covers")}>
        <Rows rows={quote.sections.map((each) => ({ name: each.name[lang], value: <SectionTerms section={each} /> }))} />
        <p className="soft small">{quote.wording_title[lang]}</p>
      </Card>
    </>
  );
}

function SectionTerms({ section }: { section: Section }) {
  const { t } = useLanguage();
  const parts = [
    section.limit_incident && t("shared.limit_incident", { amount: money_short(section.limit_incident) }),
    section.limit_year && t("shared.limit_year", { amount: money_short(section.limit_year) }),
    section.waiting_hours > 0 && t("shared.waiting", { hours: section.waiting_hours }),
    section.deductible.amount > 0 && t("shared.deductible", { amount: money_short(section.deductible) }),
    section.own_retention.amount > 0 && t("shared.own_retention", { amount: money_short(section.own_retention) }),
  ].filter((each): each is string => typeof each === "string");
  return <>{parts.length === 0 ? t("shared.within_limit") : parts.join(" · ")}</>;
}

const TONES: Record<string, "good" | "warn" | "bad" | "none"> = { covered: "good", limited: "good", conditional: "warn", nominal_only: "warn", excluded: "bad", not_mentioned: "none" };
const STATUS = {
  covered: "shared.status_covered",
  limited: "shared.status_limited",
  conditional: "shared.status_conditional",
  nominal_only: "shared.status_nominal_only",
  excluded: "shared.status_excluded",
  not_mentioned: "shared.status_not_mentioned",
} as const;

function SharedComparison({ compared }: { compared: Comparison }) {
  const { t, lang } = useLanguage();
  const cover = new Map(compared.cover_names.map((each) => [each.code, each.name[lang]]));
  return (
    <>
      <p className="lead">{t("shared.for", { company: compared.company })}</p>
      {compared.products.map((product) => {
        const priced = compared.simulated.under.find((each) => each.name === product.id);
        const rows = compared.covers.flatMap((row) => {
          const said = row.under.find((each) => each.name === product.id);
          if (!said) return [];
          const limit = said.limit_incident ?? said.limit_year;
          const status = said.status as keyof typeof STATUS;
          return [
            {
              name: cover.get(row.cover) ?? row.cover,
              value: (
                <>
                  <Badge tone={TONES[said.status] ?? "none"}>{t(STATUS[status])}</Badge> {limit && <span className="number">{money_short(limit)}</span>}
                </>
              ),
            },
          ];
        });
        return (
          <Card key={product.id} title={product.name[lang]}>
            {priced && (
              <>
                <p className="price number">{money_text(priced.premium)}</p>
                {priced.decision === "declined" && <p className="note">{t("shared.not_offered")}</p>}
              </>
            )}
            <Rows rows={rows} />
          </Card>
        );
      })}
    </>
  );
}
