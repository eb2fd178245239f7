// The risk file of one company on one page: what is known and how old it is, what it says against what is seen, the price and the loss.
import { house_now } from "../base/clock";
import { day_text, days_since } from "../base/days";
import { Link } from "../base/router";
import { fact_text, share_text } from "../quote/fact_text";
import { Badge, Card, Empty, Page, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { useReply, type ReplyOf } from "./api";
import type { DeskPageProps } from "./desk";
import { useDesk } from "./language";
import { LossCurve } from "./loss_curve";
import { Decisions, Findings, Loss, Precedents, PriceWalk, Reasons, Terms, type Conflict, type Quote } from "./quote_parts";
import { DataTable } from "./table";
import { can_try, WhatIf } from "./what_if";

type Company = ReplyOf<"enterprise_show">;
interface Given {
  control: string;
  value: string;
  source: string;
  answered_on: string;
}

export default function CompanyPage({ id, may }: DeskPageProps) {
  const { t } = useDesk();
  const company = useReply("enterprise_show", { enterprise: id });
  const newest = company.data?.quotes[company.data.quotes.length - 1] ?? null;
  const quote = useReply("quote_show", newest === null ? null : { quote: newest });
  const refer = useReply("quote_refer", newest === null ? null : { quote: newest });
  const back = { to: "desk/companies", text: t("desk.companies") };
  const trouble = company.error ?? quote.error ?? refer.error;
  if (trouble) {
    return (
      <Page title={t("desk.companies")} back={back} desk>
        <Trouble trouble={trouble} again={company.again} />
      </Page>
    );
  }
  if (!company.data || (newest !== null && (!quote.data || !refer.data))) return <Waiting />;
  const shown = company.data;
  const conflicts = (refer.data?.conflicts ?? []) as Conflict[];
  return (
    <Page title={shown.legal_name} lead={<span className="number">{`${shown.credit_code} · ${id}`}</span>} back={back} desk>
      <div className="desk-two">
        <Facts company={shown} />
        {quote.data && refer.data && (
          <div className="group">
            <Findings quote={quote.data} />
            <Decisions refer={refer.data} />
            <Precedents refer={refer.data} />
          </div>
        )}
      </div>
      <Answers company={shown} conflicts={conflicts} quote={quote.data} />
      {quote.data && refer.data ? (
        <>
          <h2>
            {t("companies.newest")} <Link to={`desk/quote/${quote.data.id}`}>{quote.data.id}</Link>
          </h2>
          <div className="desk-two">
            <div className="group">
              <PriceWalk quote={quote.data} />
              <LossCurve enterprise={id} product={quote.data.product} />
            </div>
            <div className="group">
              <Terms quote={quote.data} state={refer.data.state} />
              <Loss quote={quote.data} />
            </div>
          </div>
          {can_try(may) && <WhatIf quote={quote.data} />}
          <Reasons quote={quote.data} />
        </>
      ) : (
        <Empty title={t("companies.no_quote")} />
      )}
    </Page>
  );
}

function Age({ day }: { day: string }) {
  const { t, lang } = useDesk();
  const days = days_since(day, house_now());
  return (
    <>
      {day_text(day, lang)} <span className="soft small block">{days < 0 ? t("facts.ahead") : t("facts.age", { days })}</span>
    </>
  );
}

function Facts({ company }: { company: Company }) {
  const { t, lang, word } = useDesk();
  return (
    <Card title={t("facts.title")}>
      <DataTable
        plain
        name={t("facts.title")}
        rows={company.facts}
        id={(fact) => fact.name}
        empty={t("none_yet")}
        columns={[
          { name: "fact", title: t("facts.fact"), text: (fact) => word("fact", fact.name) },
          { name: "value", title: t("facts.value"), text: (fact) => fact_text(fact, lang, t), end: true },
          { name: "source", title: t("facts.source"), text: (fact) => word("fact_source", fact.source) },
          { name: "on", title: t("facts.on"), text: (fact) => fact.observed_on, cell: (fact) => <Age day={fact.observed_on} /> },
        ]}
      />
    </Card>
  );
}

function Answers({ company, conflicts, quote }: { company: Company; conflicts: Conflict[]; quote: Quote | undefined }) {
  const { t, lang, word } = useDesk();
  const questions = useReply("questions", { enterprise: company.id });
  const answers = (company.assessment as { answers?: Given[] } | null)?.answers ?? [];
  const asked = new Map(Array.isArray(questions.data) ? questions.data.map((each) => [each.control, each[lang]]) : []);
  const judged = new Map(quote?.controls.map((each) => [each.control, each]) ?? []);
  const against = new Map(conflicts.map((each) => [each.control, each]));
  const words = (value: string) =>
    value
      .split(";")
      .map((part) => part.split("+").map((each) => word("answer", each)).join(" + "))
      .join(t("desk.comma"));
  const seen = (control: string) => {
    const conflict = against.get(control);
    return conflict ? t(conflict.answered_better ? "answers.said_more" : "answers.seen_more", { seen: words(conflict.observed), evidence: conflict.evidence }) : "";
  };
  return (
    <Card title={t("answers.title")} {...(conflicts.length > 0 ? { tone: "warn" as const } : {})}>
      <p>{conflicts.length > 0 ? t("answers.conflicts", { count: conflicts.length }) : t("answers.no_conflicts")}</p>
      <DataTable
        plain
        name={t("answers.title")}
        rows={[...answers].sort((one, other) => Number(against.has(other.control)) - Number(against.has(one.control)))}
        id={(each) => each.control}
        empty={t("answers.none")}
        columns={[
          { name: "control", title: t("answers.control"), text: (each) => each.control },
          { name: "question", title: t("answers.question"), text: (each) => asked.get(each.control) ?? word("control_do", each.control), long: true },
          { name: "value", title: t("answers.answer"), text: (each) => words(each.value) },
          {
            name: "seen",
            title: t("answers.seen"),
            text: (each) => seen(each.control) || t("answers.not_seen"),
            cell: (each) => (against.has(each.control) ? <Badge tone={against.get(each.control)?.answered_better ? "bad" : "good"}>{seen(each.control)}</Badge> : <span className="soft">{t("answers.not_seen")}</span>),
          },
          { name: "source", title: t("facts.source"), text: (each) => word("fact_source", judged.get(each.control)?.source ?? each.source) },
          { name: "trust", title: t("answers.trust"), text: (each) => (judged.has(each.control) ? share_about(judged.get(each.control)?.trust ?? 0) : "—"), end: true },
          { name: "gap", title: t("answers.gap"), text: (each) => (judged.has(each.control) ? share_about(judged.get(each.control)?.gap ?? 0) : "—"), end: true },
          { name: "on", title: t("facts.on"), text: (each) => each.answered_on, cell: (each) => <Age day={each.answered_on} /> },
        ]}
      />
    </Card>
  );
}

/** 41.6986 % of trust promises more than anybody knows: without what stands behind the point. */
function share_about(ppm: number): string {
  return share_text(ppm).replace(/\.\d+/, "");
}
