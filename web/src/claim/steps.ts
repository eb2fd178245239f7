// A claim as a parcel: which steps are behind it, which one it stands at, who acts. From the records alone.
import type { ReplyOf } from "../api/client";
import type { Key } from "../locales/zh";

export type Claim = ReplyOf<"claim_show">;
export type Incident = ReplyOf<"incident_show">;
export type Clock = ReplyOf<"claim_clocks">["clocks"][number];

export interface Step {
  name: Key;
  done: boolean;
  now: boolean;
  yours: boolean;
  on?: string | undefined; // a day or a moment
  due?: string | undefined;
  late?: boolean;
}

export function steps_of(incident: Incident, claim: Claim | null, clocks: Clock[]): Step[] {
  const clock = (name: string) => clocks.find((each) => each.clock === name);
  const has_loss = incident.loss !== null && incident.loss !== undefined;
  const state = claim?.state ?? "";
  const decided = claim !== null && state !== "returned" && state !== "reopened";
  const approved = state === "approved" || state === "paid" || state === "denied";
  const nothing = claim?.payable.amount === 0;
  const last: Step =
    state === "denied" || (claim?.outcome === "denied" && approved)
      ? { name: "claim.step_denied", done: clock("denial_notice")?.done != null, now: false, yours: false, on: clock("denial_notice")?.done ?? undefined, due: clock("denial_notice")?.due }
      : nothing && approved
        ? { name: "claim.step_closed", done: true, now: false, yours: false }
        : { name: "claim.step_paid", done: state === "paid", now: false, yours: false, on: claim?.paid_at ?? clock("payment")?.done ?? undefined, due: clock("payment")?.due };
  // The period of art 23 ends with a final decision, so it is running through both steps.
  const decision = clock("decision");
  const steps: Step[] = [
    { name: "claim.step_reported", done: true, now: false, yours: true, on: incident.reported_at },
    { name: "claim.step_loss", done: has_loss || claim !== null, now: false, yours: true },
    { name: "claim.step_adjudicated", done: decided, now: false, yours: false, on: claim?.adjudicated_at ?? undefined, due: decision?.due },
    { name: "claim.step_approved", done: approved, now: false, yours: false, on: claim?.approved_at ?? decision?.done ?? undefined, due: decision?.due },
    last,
  ];
  const at = steps.findIndex((step) => !step.done);
  return steps.map((step, place) => ({ ...step, now: place === at, late: place === at && clocks.some((each) => each.state === "overdue" && each.due === step.due) }));
}
