// Whose turn it is with an incident and its claim, and what is missing, by the records alone.
import type { Money } from "../base/money";
import type { Key } from "../locales/zh";
import type { Claim, Clock, Incident } from "./steps";

export interface Task {
  text: Key;
  amount?: Money;
  day?: string;
  late?: true;
  heads?: string[];
}

export interface Turn {
  who: "you" | "insurer" | "nobody";
  you: Task[];
  insurer: Task[];
}

// A digest of nothing: no paper was attached.
const NO_PAPER = /^0*$/;

const INSURERS: Record<string, { text: Key; clock: string }> = {
  adjudicated: { text: "turn.approve", clock: "decision" },
  returned: { text: "turn.adjudicate_again", clock: "decision" },
  reopened: { text: "turn.adjudicate_again", clock: "decision" },
  approved: { text: "turn.pay", clock: "payment" },
};

interface Loss {
  items: { head: string; evidence: string }[];
}

function unproven(incident: Incident): string[] {
  const loss = incident.loss as Loss | null | undefined;
  return [...new Set((loss?.items ?? []).filter((item) => NO_PAPER.test(item.evidence)).map((item) => item.head))];
}

function is_open(claim: Claim | null): boolean {
  return claim === null || claim.state === "returned" || claim.state === "reopened";
}

function insurers_turn(claim: Claim | null, clocks: Clock[], stated: boolean): Task[] {
  const open = (name: string) => clocks.find((each) => each.clock === name && each.done === null);
  if (claim === null) return stated ? [by(open("decision"), "turn.adjudicate")] : [];
  if (claim.state === "denied") {
    const notice = open("denial_notice");
    return notice === undefined ? [] : [by(notice, "turn.denial_notice")];
  }
  const next = INSURERS[claim.state];
  if (!next || (claim.state === "approved" && claim.payable.amount === 0)) return [];
  return [by(open(next.clock), next.text)];
}

function by(clock: Clock | undefined, text: Key): Task {
  if (!clock) return { text };
  return clock.state === "overdue" ? { text, day: clock.due, late: true } : { text, day: clock.due };
}

export function turn_of(incident: Incident, claim: Claim | null, clocks: Clock[]): Turn {
  const stated = incident.loss !== null && incident.loss !== undefined;
  const you: Task[] = [];
  if (!stated && claim === null) you.push({ text: "turn.loss" });
  const papers = is_open(claim) ? unproven(incident) : [];
  if (papers.length > 0) you.push({ text: "turn.papers", heads: papers });
  if (claim && claim.to_be_paid_back.amount > 0) you.push({ text: "turn.pay_back", amount: claim.to_be_paid_back });
  const insurer = insurers_turn(claim, clocks, stated);
  const you_first = you.some((each) => each.text === "turn.loss" || each.text === "turn.pay_back");
  return { who: you_first ? "you" : insurer.length > 0 ? "insurer" : you.length > 0 ? "you" : "nobody", you, insurer };
}
