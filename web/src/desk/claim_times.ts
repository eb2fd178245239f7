// One timeline of an incident and its claim, from the records alone.
import type { Claim, Clock, Incident } from "../claim/steps";
import type { DeskKey } from "../locales/desk_zh";

export interface Moment {
  at: string; // a day or a moment
  what: DeskKey;
  /** Filled into the text: who, which, why. */
  by: string;
  more: string;
  word?: { kind: string; name: string };
  state: "done" | "due" | "late";
}

interface Loss {
  items: { head: string; paid: string | null; note: string }[];
  interruption: { started: string; restored: string } | null;
}

function of_loss(loss: Loss | null): Moment[] {
  if (!loss) return [];
  const stopped = loss.interruption;
  const paid = loss.items.filter((item) => item.paid !== null);
  return [
    ...(stopped ? [{ at: stopped.started, what: "time.stopped" as const, by: "", more: "", state: "done" as const }, { at: stopped.restored, what: "time.restored" as const, by: "", more: "", state: "done" as const }] : []),
    ...paid.map((item) => ({ at: item.paid ?? "", what: "time.spent" as const, by: "", more: item.note, state: "done" as const })),
  ];
}

function of_clock(clock: Clock): Moment {
  const over = clock.state === "overdue" || clock.state === "missed";
  const shared = { by: "", more: "", word: { kind: "clock", name: clock.clock } };
  if (clock.state === "ended") return { ...shared, at: clock.due, what: "time.ended", state: "done" };
  if (clock.done) return { ...shared, at: clock.done, what: "time.kept", state: over ? "late" : "done" };
  return { ...shared, at: clock.due, what: over ? "time.overdue" : "time.due", state: over ? "late" : "due" };
}

/** In the order in which it happened; a day without a time stands at its beginning. */
export function times_of(incident: Incident, claim: Claim | null, clocks: Clock[]): Moment[] {
  const found: Moment[] = [
    { at: incident.occurred, what: "time.occurred", by: "", more: incident.summary, state: "done" },
    { at: incident.discovered, what: "time.discovered", by: "", more: "", state: "done" },
    { at: incident.reported_at, what: "time.reported", by: incident.reported_by, more: "", state: "done" },
    ...of_loss(incident.loss as Loss | null),
    ...incident.conditions.map((each) => ({ at: each.recorded_at, what: "time.condition" as const, by: each.recorded_by, more: each.reference, word: { kind: "condition", name: each.condition }, state: "done" as const })),
    ...(claim?.turns ?? []).map((each) => ({ at: each.at, what: "time.turn" as const, by: each.by, more: each.reason, word: { kind: "claim_state", name: each.to }, state: "done" as const })),
    ...clocks.map(of_clock),
  ];
  const moment = (at: string) => Date.parse(/^\d{4}-\d\d-\d\d$/.test(at) ? `${at}T00:00:00+08:00` : at);
  return found.sort((one, other) => moment(one.at) - moment(other.at));
}
