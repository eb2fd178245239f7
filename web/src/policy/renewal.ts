// What a renewal changes against the policy in force. Values of the service stand side by side; nothing is subtracted.
import type { ReplyOf } from "../api/client";
import type { Money } from "../base/money";

type Quote = ReplyOf<"quote_show">;
type Policy = ReplyOf<"policy_show">;
type History = Pick<ReplyOf<"policy_history">, "endorsements" | "gaps" | "written">;

export type Before = Pick<Quote, "aggregate_limit" | "incident_maximum" | "judged" | "controls" | "wording_artefact" | "to_explain">;
export type After = Before & Pick<Quote, "premium" | "subsidy" | "customer_pays" | "from" | "until" | "valid_until" | "decision" | "findings" | "no_subsidy">;

/** What `policy history` says of one day. */
export interface OnDay {
  wording_artefact: string;
  aggregate_limit: Money;
}

/** What is in force now; null: the service has no such figure for a policy that was changed. */
export interface Present {
  customer: Money;
  subsidy: Money;
  premium: Money | null;
  aggregate: Money;
  incident: Money | null;
  wording_artefact: string;
  /** Endorsed or interrupted since it was bound. */
  changed: boolean;
}

export interface Pair<T> {
  before: T | null;
  after: T;
  same: boolean;
}

export interface Renewal {
  customer: Pair<Money>;
  premium: Pair<Money>;
  subsidy: Pair<Money>;
  aggregate: Pair<Money>;
  incident: Pair<Money>;
  incidents: Pair<number>;
  /** Facts of the company whose value differs; empty: it was not stated. */
  facts: { name: string; before: string; after: string }[];
  better: string[];
  worse: string[];
  clauses_same: boolean;
  clauses_new: string[];
}

/** The policy as bound, or as it was changed since: what is owed for the year, and the limit and wording of `on_day`. */
export function present_of(policy: Pick<Policy, "premium" | "customer_part" | "subsidy_part">, before: Before, history: History & { on_day?: OnDay }): Present {
  const { aggregate_limit: aggregate, incident_maximum: incident, wording_artefact } = before;
  const changed = history.gaps.length > 0 || history.endorsements.some((each) => !each.voided);
  if (!changed) return { customer: policy.customer_part, subsidy: policy.subsidy_part, premium: policy.premium, aggregate, incident, wording_artefact, changed };
  const now = history.on_day ?? { aggregate_limit: aggregate, wording_artefact };
  return { customer: history.written.customer, subsidy: history.written.government, premium: null, aggregate: now.aggregate_limit, incident: null, wording_artefact: now.wording_artefact, changed };
}

export type Standing = "offered" | "to_refer" | "to_decline" | "issued" | "referred" | "approved" | "bound" | "declined";

/** How far it is. What was recorded is known by its state; only a rehearsal by what the rules decide. */
export function standing_of(recorded: string | null, decision: string): Standing {
  if (recorded === null) return decision === "bindable" ? "offered" : decision === "declined" ? "to_decline" : "to_refer";
  const known = (["referred", "approved", "bound", "declined"] as const).find((each) => each === recorded);
  return known ?? "issued";
}

function pair(before: Money | null, after: Money): Pair<Money> {
  return { before, after, same: before !== null && before.amount === after.amount && before.currency === after.currency };
}

function facts_of(before: Before, after: Before): Renewal["facts"] {
  const was = new Map(before.judged.facts.map((fact) => [fact.name, fact.value]));
  const is = new Map(after.judged.facts.map((fact) => [fact.name, fact.value]));
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((name) => was.get(name) !== is.get(name))
    .map((name) => ({ name, before: was.get(name) ?? "", after: is.get(name) ?? "" }));
}

export function renewal_of(present: Present, before: Before, after: After): Renewal {
  const gaps = new Map(before.controls.map((each) => [each.control, each.gap]));
  const moved = after.controls.filter((each) => gaps.has(each.control) && gaps.get(each.control) !== each.gap);
  return {
    customer: pair(present.customer, after.customer_pays),
    premium: pair(present.premium, after.premium),
    subsidy: pair(present.subsidy, after.subsidy),
    aggregate: pair(present.aggregate, after.aggregate_limit),
    incident: pair(present.incident, after.incident_maximum),
    incidents: { before: before.judged.incidents, after: after.judged.incidents, same: before.judged.incidents === after.judged.incidents },
    facts: facts_of(before, after),
    better: moved.filter((each) => each.gap < (gaps.get(each.control) ?? 0)).map((each) => each.control),
    worse: moved.filter((each) => each.gap > (gaps.get(each.control) ?? 0)).map((each) => each.control),
    clauses_same: present.wording_artefact === after.wording_artefact,
    // Of a wording that came by endorsement the pages have no list to compare with.
    clauses_new: present.wording_artefact === before.wording_artefact ? after.to_explain.filter((ref) => !before.to_explain.includes(ref)) : [],
  };
}
