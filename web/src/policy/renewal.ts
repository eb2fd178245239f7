// What a renewal changes against the policy in force. Values of the service stand side by side; nothing is subtracted.
import type { ReplyOf } from "../api/client";
import type { Money } from "../base/money";

type Quote = ReplyOf<"quote_show">;
type Policy = ReplyOf<"policy_show">;

export type Before = Pick<Quote, "aggregate_limit" | "incident_maximum" | "judged" | "controls" | "wording_artefact" | "to_explain">;
export type After = Before & Pick<Quote, "premium" | "subsidy" | "customer_pays" | "from" | "until" | "valid_until" | "decision" | "findings" | "no_subsidy">;

export interface Pair<T> {
  before: T;
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

function pair(before: Money, after: Money): Pair<Money> {
  return { before, after, same: before.amount === after.amount && before.currency === after.currency };
}

function facts_of(before: Before, after: Before): Renewal["facts"] {
  const was = new Map(before.judged.facts.map((fact) => [fact.name, fact.value]));
  const is = new Map(after.judged.facts.map((fact) => [fact.name, fact.value]));
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((name) => was.get(name) !== is.get(name))
    .map((name) => ({ name, before: was.get(name) ?? "", after: is.get(name) ?? "" }));
}

export function renewal_of(policy: Pick<Policy, "premium" | "customer_part" | "subsidy_part">, before: Before, after: After): Renewal {
  const gaps = new Map(before.controls.map((each) => [each.control, each.gap]));
  const moved = after.controls.filter((each) => gaps.has(each.control) && gaps.get(each.control) !== each.gap);
  return {
    customer: pair(policy.customer_part, after.customer_pays),
    premium: pair(policy.premium, after.premium),
    subsidy: pair(policy.subsidy_part, after.subsidy),
    aggregate: pair(before.aggregate_limit, after.aggregate_limit),
    incident: pair(before.incident_maximum, after.incident_maximum),
    incidents: { before: before.judged.incidents, after: after.judged.incidents, same: before.judged.incidents === after.judged.incidents },
    facts: facts_of(before, after),
    better: moved.filter((each) => each.gap < (gaps.get(each.control) ?? 0)).map((each) => each.control),
    worse: moved.filter((each) => each.gap > (gaps.get(each.control) ?? 0)).map((each) => each.control),
    clauses_same: before.wording_artefact === after.wording_artefact,
    clauses_new: after.to_explain.filter((ref) => !before.to_explain.includes(ref)),
  };
}
