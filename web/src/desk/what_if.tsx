// What if: other amounts, waiting hours and answers on a quote, priced by the service beside the present ones; and what each measure
// would change.
// Nothing here is recorded.
import { useMemo, useState } from "react";
import { amount_read, money_about, money_text, plain_amount, typed_amount, type Money } from "../base/money";
import { useDraft } from "../base/store";
import { Button, Card, Field, Rows } from "../ui/parts";
import { as_trouble, Trouble, trouble_at } from "../ui/trouble";
import { call, useReply, type ReplyOf } from "./api";
import { HowLong } from "./how_long";
import { useDesk } from "./language";
import { LossCurve } from "./loss_curve";
import type { Quote } from "./quote_parts";
import { DataTable } from "./table";
import { useLatest } from "./use_latest";
import { tried_answers, WhatIfAnswers, type Answers } from "./what_if_answers";
import { WhatMeasures } from "./what_measures";

type Priced = ReplyOf<"quote_options">[number];
type Bears = NonNullable<Priced["bears"]>;
interface Choice {
  limit: string;
  retention: string;
  waiting: string;
  own: "keep" | "replace";
  answers: Answers;
}
/** What is asked for, in the words of the service. */
interface Asked {
  limit: string;
  retention: string;
  waiting: string;
  own: "keep" | "replace";
  answers: string;
}

const CURRENCY = "CNY"; // the operations read amounts in it
const AS_IS: Choice = { limit: "", retention: "", waiting: "", own: "keep", answers: {} };
const HOURS_MAX = 87_600;
const BETWEEN = "\n"; // of answers, which are one line each

export function can_try(may: Set<string>): boolean {
  return may.has("quote_options");
}

export function WhatIf({ quote }: { quote: Quote }) {
  const { t } = useDesk();
  const wording = useReply("wording_show", { wording: quote.wording });
  const there = quote.aggregate_limit.currency === CURRENCY && quote.aggregate_limit.amount > 0;
  const retention = wording.data?.terms.find((term) => term.path === "policy.occurrence_retention")?.value ?? 0;
  return (
    <Card title={t("what_if.title")} id="what-if">
      <p className="soft">{t("what_if.text")}</p>
      {!there ? <p>{t("what_if.no_limit")}</p> : wording.error ? <Trouble trouble={wording.error} again={wording.again} /> : wording.data && <Try quote={quote} retention={{ amount: retention, currency: CURRENCY }} />}
      {there && <WhatMeasures enterprise={quote.enterprise} product={quote.product} />}
    </Card>
  );
}

/** The terms of a question as the options of an operation. */
function terms_of(asked: Asked) {
  return {
    ...(asked.own === "keep" ? {} : { "own-retentions": asked.own }),
    ...(asked.answers === "" ? {} : { answers: asked.answers.split(BETWEEN) }),
  };
}

/** One question, one answer: the price, who bears what, and what is filed. */
function use_tried(quote: Quote, asked: Asked | null) {
  const { enterprise, product } = quote;
  const { limit, retention, waiting, own, answers } = asked ?? {};
  const question = useMemo(
    () => (limit === undefined || retention === undefined || waiting === undefined || own === undefined || answers === undefined ? null : { limit, retention, waiting, own, answers }),
    [limit, retention, waiting, own, answers],
  );
  return useLatest<Asked, Priced>(question, async (one) => {
    const hours = one.waiting === "" ? {} : { waiting: [one.waiting] };
    const [priced] = await call("quote_options", { enterprise, product, limit: [one.limit], retention: [one.retention], ...hours, ...terms_of(one), bears: true });
    if (!priced) throw new Error("no option");
    return priced;
  });
}

/** Whole hours as typed; null: none that can be sent. */
function typed_hours(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === "") return "";
  return /^\d{1,5}$/.test(trimmed) && Number(trimmed) <= HOURS_MAX ? String(Number(trimmed)) : null;
}

const same = (one: Asked, other: Asked) => one.limit === other.limit && one.retention === other.retention && one.waiting === other.waiting && one.own === other.own && one.answers === other.answers;

function Try({ quote, retention }: { quote: Quote; retention: Money }) {
  const { t } = useDesk();
  const { value: draft, change, clear } = useDraft(`what_if.${quote.id}`, AS_IS);
  const asked_questions = useReply("questions", { enterprise: quote.enterprise });
  const judged = useMemo(() => new Set(quote.controls.map((each) => each.control)), [quote.controls]);
  const questions = useMemo(() => (Array.isArray(asked_questions.data) ? asked_questions.data.filter((each) => judged.has(each.control)) : []), [asked_questions.data, judged]);
  const [curve, set_curve] = useState(false);
  const present = useMemo<Asked>(() => ({ limit: plain_amount(quote.aggregate_limit), retention: plain_amount(retention), waiting: "", own: "keep", answers: "" }), [quote.aggregate_limit, retention]);
  const limit = draft.limit === "" ? present.limit : typed_amount(draft.limit);
  const other = draft.retention === "" ? present.retention : typed_amount(draft.retention);
  const waiting = typed_hours(draft.waiting);
  const answers = tried_answers(questions, draft.answers).join(BETWEEN);
  const wanted: Asked | null = limit !== null && other !== null && waiting !== null ? { limit, retention: other, waiting, own: draft.own, answers } : null;
  const changed = wanted === null || !same(wanted, present);
  const before = use_tried(quote, present);
  const here = before.answered?.whole === true; // so that there is one request at a time
  const after = use_tried(quote, here && changed ? wanted : null);
  const fault = after.fault ?? before.fault;
  const trouble = fault && (changed || before.fault) ? as_trouble(fault.why) : null;
  const current = changed && wanted && after.answered && same(after.answered.of, wanted) ? after.answered : null;
  const shown = current ?? before.answered;
  const untouched = !changed && Object.keys(draft.answers).length === 0 && draft.limit === "" && draft.retention === "" && draft.waiting === "";
  const terms = current && wanted ? { limit: wanted.limit, retention: wanted.retention, ...(wanted.waiting === "" ? {} : { waiting: wanted.waiting }), ...terms_of(wanted) } : undefined;
  return (
    <>
      <div className="what-if">
        <div className="form">
          <Amount name="limit" draft={draft.limit} present={quote.aggregate_limit} change={change} trouble={trouble_at(trouble, "limit")} />
          <Amount name="retention" draft={draft.retention} present={retention} change={change} trouble={trouble_at(trouble, "retention")} />
          <Hours draft={draft.waiting} wrong={waiting === null} now={before.answered?.answer} change={change} trouble={trouble_at(trouble, "waiting")} />
          <OwnRetentions of={shown?.answer} own={draft.own} change={change} />
          <p className="hint">{t("what_if.scaled")}</p>
        </div>
        <WhatIfAnswers questions={questions} answers={draft.answers} change={(given) => change({ answers: given })} trouble={trouble} />
        <div className="actions">
          <Button kind="plain" disabled={untouched} onClick={clear}>
            {t("what_if.as_is")}
          </Button>
          <HowLong since={after.since ?? before.since} took={shown?.whole ? shown.took : null} />
        </div>
        <Beside before={before.answered?.answer ?? null} after={current?.answer ?? null} changed={changed} />
        <Filed before={before.answered?.answer ?? null} after={current?.answer ?? null} />
      </div>
      <Trouble trouble={trouble} quiet />
      <details className="what-if-curve" onToggle={(event) => set_curve(event.currentTarget.open)}>
        <summary>{t("what_if.curve")}</summary>
        {curve && <LossCurve enterprise={quote.enterprise} product={quote.product} {...(terms ? { terms } : {})} />}
      </details>
    </>
  );
}

function Hours({ draft, wrong, now, change, trouble }: { draft: string; wrong: boolean; now: Priced | undefined; change: (part: Partial<Choice>) => void; trouble: string | undefined }) {
  const { t } = useDesk();
  const hours = now ? waiting_text(now, t("questions.unit_hours")) : "";
  return (
    <Field name="waiting" label={t("what_if.waiting")} hint={hours === "" ? t("what_if.no_waiting") : t("what_if.now", { amount: hours })} error={wrong ? t("what_if.not_hours", { max: HOURS_MAX }) : trouble}>
      {(given) => (
        <div className="with-unit narrow">
          <input {...given} inputMode="numeric" autoComplete="off" value={draft} onChange={(event) => change({ waiting: event.target.value })} />
          <span>{t("questions.unit_hours")}</span>
        </div>
      )}
    </Field>
  );
}

/** Where sections have retentions of their own, that of an incident does not act unless it takes their place. */
function OwnRetentions({ of, own, change }: { of: Priced | undefined; own: Choice["own"]; change: (part: Partial<Choice>) => void }) {
  const { t } = useDesk();
  const sections = of?.own_retentions ?? [];
  if (sections.length === 0) return null;
  const named = sections.map((each) => `${each.section} ${money_text(each.amount)}`).join(t("desk.comma"));
  return (
    <label className="check">
      <input type="checkbox" name="own-retentions" checked={own === "replace"} onChange={(event) => change({ own: event.target.checked ? "replace" : "keep" })} />
      <span>{t(own === "replace" ? "what_if.own_lost" : "what_if.own_kept", { sections: named })}</span>
    </label>
  );
}

function waiting_text(priced: Priced, hours: string): string {
  return priced.waiting.map((each) => `${each.section} ${each.hours} ${hours}`).join(" · ");
}

/** What may be sold at which premium, in the words of the service. */
function Filed({ before, after }: { before: Priced | null; after: Priced | null }) {
  const { t } = useDesk();
  const rows = [
    { name: t("what_if.filed_before"), priced: before },
    { name: t("what_if.filed_after"), priced: after },
  ].flatMap(({ name, priced }) => (priced ? [{ name, value: priced.filed.text }] : []));
  return <Rows rows={rows} />;
}

interface AmountProps {
  name: "limit" | "retention";
  draft: string;
  present: Money;
  change: (part: Partial<Choice>) => void;
  trouble: string | undefined;
}

function Amount({ name, draft, present, change, trouble }: AmountProps) {
  const { t, lang } = useDesk();
  const wrong = draft !== "" && typed_amount(draft) === null ? t("price.not_amount") : trouble;
  return (
    <Field name={name} label={t(`what_if.${name}`)} hint={amount_read(draft, lang) || t("what_if.now", { amount: money_text(present) })} error={wrong}>
      {(given) => (
        <div className="with-unit narrow">
          <input {...given} inputMode="decimal" autoComplete="off" placeholder={plain_amount(present)} value={draft} onChange={(event) => change({ [name]: event.target.value })} />
          <span>{t("price.yuan")}</span>
        </div>
      )}
    </Field>
  );
}

const share = (value: number) => `${(value * 100).toFixed(2)} %`;

/** The present and what is tried, side by side; what is not there yet is a dash. */
function Beside({ before, after, changed }: { before: Priced | null; after: Priced | null; changed: boolean }) {
  const { t } = useDesk();
  const between = (value: Money, low: Money, high: Money) => t("loss.between", { value: money_about(value), low: money_about(low), high: money_about(high) });
  const line = (name: string, title: string, text: (priced: Priced) => string) => ({ name, title, text: (priced: Priced | null) => (priced ? text(priced) : "—") });
  const borne = (name: string, title: string, text: (bears: Bears) => string) => line(name, title, (priced) => (priced.bears ? text(priced.bears) : "—"));
  const lines = [
    line("limit", t("what_if.limit"), (priced) => money_text(priced.limit)),
    line("retention", t("what_if.retention"), (priced) => (priced.retention_acts ? money_text(priced.retention) : t("what_if.acts_not", { amount: money_text(priced.retention) }))),
    line("price", t("what_if.price"), (priced) => money_text(priced.price.technical_gross)),
    ...((before ?? after)?.waiting.length ? [line("waiting", t("what_if.waiting"), (priced) => waiting_text(priced, t("questions.unit_hours")))] : []),
    line("insured", t("loss.insured"), (priced) => between(priced.loss.insured, priced.loss.insured_low, priced.loss.insured_high)),
    line("error", t("loss.error"), (priced) => `± ${money_text(priced.loss.standard_error)}`),
    borne("transferred", t("what_if.transferred"), (bears) => `${money_about(bears.transferred)} ± ${money_about(bears.error)}`),
    borne("retained", t("what_if.retained"), (bears) => `${money_about(bears.retained)} ± ${money_about(bears.error)}`),
    borne("tail", t("what_if.tail"), (bears) => `${money_about(bears.tail)} ± ${money_about(bears.tail_error)}`),
    borne("over_limit", t("what_if.over_limit"), (bears) => `${share(bears.over_limit)} ± ${share(bears.over_limit_error)}`),
    line("model", t("loss.model"), (priced) => priced.loss.model_version),
  ];
  return (
    <DataTable
      plain
      name={t("what_if.beside")}
      rows={lines}
      id={(line) => line.name}
      empty={t("loss.none")}
      columns={[
        { name: "what", title: t("what_if.what"), text: (line) => line.title, long: true },
        { name: "before", title: t("what_if.before"), text: (line) => line.text(before), end: true },
        { name: "after", title: t("what_if.after"), text: (line) => (changed ? line.text(after) : "—"), end: true },
      ]}
    />
  );
}
