import { expect, it } from "vitest";
import type { Clock, Incident } from "../claim/steps";
import { times_of } from "./claim_times";

const incident = {
  occurred: "2026-10-05T08:00:00+08:00",
  discovered: "2026-10-05T08:20:00+08:00",
  reported_at: "2026-10-05T09:00:00+08:00",
  reported_by: "wang.broker",
  summary: "",
  loss: { items: [{ head: "FP.EXT.RANSOM", paid: "2026-10-07T10:00:00+08:00", note: "" }], interruption: { started: "2026-10-05T08:00:00+08:00", restored: "2026-10-11T08:00:00+08:00" } },
  conditions: [{ condition: "police_report", reference: "HS-1", recorded_at: "2026-10-05T10:00:00+08:00", recorded_by: "li.claims" }],
} as unknown as Incident;
const clock = (state: string, done: string | null) => ({ clock: "decision", due: "2026-11-11", state, done }) as unknown as Clock;

it("all of it stands in one order", () => {
  const found = times_of(incident, null, [clock("running", null)]).map((each) => each.what);
  expect(found).toEqual(["time.occurred", "time.stopped", "time.discovered", "time.reported", "time.condition", "time.spent", "time.restored", "time.due"]);
});
it("a period that ran out by itself is nobody's delay", () => expect(times_of(incident, null, [clock("ended", null)]).at(-1)).toMatchObject({ what: "time.ended", state: "done" }));
it("a period that is over is late, kept or not", () => {
  expect(times_of(incident, null, [clock("overdue", null)]).at(-1)).toMatchObject({ what: "time.overdue", state: "late" });
  expect(times_of(incident, null, [clock("missed", "2026-11-20")]).at(-1)).toMatchObject({ what: "time.kept", state: "late", at: "2026-11-20" });
});
