import { expect, it } from "vitest";
import type { Claim, Clock, Incident } from "./steps";
import { turn_of } from "./turn";

const yuan = (amount: number) => ({ amount, currency: "CNY" });
const NONE = "0".repeat(64);
const item = (head: string, evidence: string) => ({ head, evidence });
const incident = (items: ReturnType<typeof item>[] | null) => ({ loss: items && { items } }) as unknown as Incident;
const claim = (state: string, more: object = {}) => ({ state, outcome: "paid", payable: yuan(100), to_be_paid_back: yuan(0), ...more }) as unknown as Claim;
const clock = (name: string, done: string | null = null, state = "running") => ({ clock: name, due: "2026-11-11", done, state }) as unknown as Clock;

it("a report without a list of losses waits for the owner", () => {
  expect(turn_of(incident(null), null, [])).toEqual({ who: "you", you: [{ text: "turn.loss" }], insurer: [] });
});

it("losses without papers are named once each, while the claim is not decided", () => {
  const shown = incident([item("FP.DATA", NONE), item("FP.DATA", NONE), item("FP.HW", "ab" + NONE.slice(2))]);
  expect(turn_of(shown, null, [])).toEqual({ who: "insurer", you: [{ text: "turn.papers", heads: ["FP.DATA"] }], insurer: [{ text: "turn.adjudicate" }] });
  expect(turn_of(shown, claim("approved"), []).you).toEqual([]);
});

it.each([
  ["adjudicated", "turn.approve", "decision"],
  ["returned", "turn.adjudicate_again", "decision"],
  ["approved", "turn.pay", "payment"],
])("a claim that is %s is the insurer's, by its day", (state, text, name) => {
  expect(turn_of(incident([]), claim(state), [clock(name)])).toEqual({ who: "insurer", you: [], insurer: [{ text, day: "2026-11-11" }] });
  expect(turn_of(incident([]), claim(state), [clock(name, "2026-11-01")]).insurer).toEqual([{ text }]);
});

it("a denial waits for its notice; when that was given, nobody is left to act", () => {
  expect(turn_of(incident([]), claim("denied", { outcome: "denied" }), [clock("denial_notice")]).insurer).toEqual([{ text: "turn.denial_notice", day: "2026-11-11" }]);
  expect(turn_of(incident([]), claim("denied", { outcome: "denied" }), [clock("denial_notice", "2026-11-02")]).who).toBe("nobody");
});

it.each([
  ["adjudicated", "turn.approve"], // the period of art 23 may not have begun: no clock is there
  ["returned", "turn.adjudicate_again"],
  ["reopened", "turn.adjudicate_again"],
])("a denial that is %s is not final: it is the insurer's", (state, text) => {
  expect(turn_of(incident([]), claim(state, { outcome: "denied", payable: yuan(0) }), [])).toEqual({ who: "insurer", you: [], insurer: [{ text }] });
});

it("nothing to pay and paid are over; money to be paid back is the owner's", () => {
  expect(turn_of(incident([]), claim("approved", { payable: yuan(0) }), []).who).toBe("nobody");
  expect(turn_of(incident([]), claim("paid"), []).who).toBe("nobody");
  expect(turn_of(incident([]), claim("paid", { to_be_paid_back: yuan(5) }), [])).toEqual({ who: "you", you: [{ text: "turn.pay_back", amount: yuan(5) }], insurer: [] });
});

it("what is overdue says so", () => {
  expect(turn_of(incident([]), claim("approved"), [clock("payment", null, "overdue")]).insurer).toEqual([{ text: "turn.pay", day: "2026-11-11", late: true }]);
});
