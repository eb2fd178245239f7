// What if: other amounts on the terms of a quote, priced by the service beside the present ones; and what each measure would change.
// Nothing here is recorded.
import { useMemo } from "react";
import { amount_read, money_about, money_text, plain_amount, typed_amount, type Money } from "../base/money";
import { useDraft } from "../base/store";
import { Button, Card, Field } from "../ui/parts";
import { as_trouble, Trouble, trouble_at } from "../ui/trouble";
import { call, useReply, type ReplyOf } from "./api";
import { HowLong } from "./how_long";
import { useDesk } from "./language";
import { cny } from "./loss_curve";
import type { Quote } from "./quote_parts";
import { DataTable } from "./table";
import { useLatest } from "./use_latest";
import { WhatMeasures } from "./what_measures";

type Priced = ReplyOf<"quote_options">[number];
type Kept = ReplyOf<"risk_grid">[number];
interface Amounts {
  limit: string;
  retention: string;
}
interface Tried {
  price: Priced;
  kept: Kept | null;
}

const CURRENCY = "CNY"; // the operations read amounts in it
const AS_IS: Amounts = { limit: "", retention: "" };

export function can_try(may: Set<string>): boolean {
  return may.has("quote_options") && may.has("risk_grid");
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

/** One question to two operations: the price is there first, then who bears what. */
function use_tried(quote: Quote, amounts: Amounts | null) {
  const { enterprise, product } = quote;
  const limit = amounts?.limit;
  const retention = amounts?.retention;
  const question = useMemo(() => (limit === undefined || retention === undefined ? null : { limit, retention }), [limit, retention]);
  return useLatest<Amounts, Tried>(question, async (asked, part) => {
    const request = { enterprise, product, limit: [asked.limit], retention: [asked.retention] };
    const [price] = await call("quote_options", request);
    if (!price) throw new Error("no option");
    part({ price, kept: null });
    const [kept] = await call("risk_grid", request);
    return { price, kept: kept ?? null };
  });
}

function Try({ quote, retention }: { quote: Quote; retention: Money }) {
  const { t } = useDesk();
  const { value: draft, change, clear } = useDraft(`what_if.${quote.id}`, AS_IS);
  const present = useMemo(() => ({ limit: plain_amount(quote.aggregate_limit), retention: plain_amount(retention) }), [quote.aggregate_limit, retention]);
  const limit = draft.limit === "" ? present.limit : typed_amount(draft.limit);
  const other = draft.retention === "" ? present.retention : typed_amount(draft.retention);
  const changed = limit !== present.limit || other !== present.retention;
  const before = use_tried(quote, present);
  const here = before.answered?.whole === true; // so that there is one request at a time
  const after = use_tried(quote, here && changed && limit !== null && other !== null ? { limit, retention: other } : null);
  const fault = after.fault ?? before.fault;
  const trouble = fault && (changed || before.fault) ? as_trouble(fault.why) : null;
  const current = changed && after.answered?.of.limit === limit && after.answered.of.retention === other ? after.answered : null;
  const shown = current ?? before.answered;
  return (
    <>
      <div className="what-if">
        <div className="form">
          <Amount name="limit" draft={draft.limit} present={quote.aggregate_limit} change={change} trouble={trouble_at(trouble, "limit")} />
          <Amount name="retention" draft={draft.retention} present={retention} change={change} trouble={trouble_at(trouble, "retention")} />
          <p className="hint">{t("what_if.scaled")}</p>
          <div className="actions">
            <Button kind="plain" disabled={draft.limit === "" && draft.retention === ""} onClick={clear}>
              {t("what_if.as_is")}
            </Button>
          </div>
          <HowLong since={after.since ?? before.since} took={shown?.whole ? shown.took : null} />
        </div>
        <Beside before={before.answered?.answer ?? null} after={current?.answer ?? null} changed={changed} />
      </div>
      <Trouble trouble={trouble} quiet />
      <p className="small soft">{t("what_if.not_yet")}</p>
    </>
  );
}

interface AmountProps {
  name: "limit" | "retention";
  draft: string;
  present: Money;
  change: (part: Partial<Amounts>) => void;
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
function Beside({ before, after, changed }: { before: Tried | null; after: Tried | null; changed: boolean }) {
  const { t } = useDesk();
  const between = (value: Money, low: Money, high: Money) => t("loss.between", { value: money_about(value), low: money_about(low), high: money_about(high) });
  const priced = (name: string, title: string, text: (price: Priced) => string) => ({ name, title, text: (tried: Tried | null) => (tried ? text(tried.price) : "—") });
  const borne = (name: string, title: string, text: (kept: Kept) => string) => ({ name, title, text: (tried: Tried | null) => (tried?.kept ? text(tried.kept) : "—") });
  const lines = [
    priced("limit", t("what_if.limit"), (price) => money_text(price.limit)),
    priced("retention", t("what_if.retention"), (price) => money_text(price.retention)),
    priced("price", t("what_if.price"), (price) => money_text(price.price.technical_gross)),
    priced("insured", t("loss.insured"), (price) => between(price.loss.insured, price.loss.insured_low, price.loss.insured_high)),
    priced("error", t("loss.error"), (price) => `± ${money_text(price.loss.standard_error)}`),
    borne("transferred", t("what_if.transferred"), (kept) => `${cny(kept.expected_transferred)} ± ${cny(kept.expected_error)}`),
    borne("retained", t("what_if.retained"), (kept) => `${cny(kept.expected_retained)} ± ${cny(kept.expected_error)}`),
    borne("tail", t("what_if.tail"), (kept) => `${cny(kept.retained_tail_mean)} ± ${cny(kept.retained_tail_mean_error)}`),
    borne("over_limit", t("what_if.over_limit"), (kept) => `${share(kept.over_limit)} ± ${share(kept.over_limit_error)}`),
    priced("model", t("loss.model"), (price) => price.loss.model_version),
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
