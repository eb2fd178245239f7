// The end of a session by the service's clock, and what time it is for the house.
import { expect, it } from "vitest";
import { hear_house, house_now } from "../base/clock";
import { confirmed_by } from "../quote/confirmed";
import { ending, extend, forget_end, know_end } from "./ends";

it("a session of thirty minutes is warned of in its last one, whatever this machine's clock says", () => {
  expect(ending()).toBe("far");
  know_end("2031-01-01T09:30:00+08:00", "Wed, 01 Jan 2031 01:00:00 GMT");
  const now = Date.now();
  expect(ending(now + 28 * 60_000)).toBe("far");
  expect(ending(now + 29.5 * 60_000)).toBe("soon");
  expect(ending(now + 31 * 60_000)).toBe("over");
  extend();
  expect(ending(now)).toBe("far");
  forget_end();
  expect(ending(now + 31 * 60_000)).toBe("far");
});

it("the house's clock is that of its last reply; nonsense changes nothing", () => {
  hear_house("2027-07-20T09:00:00+08:00");
  hear_house("soon");
  hear_house(null);
  expect(Math.abs(house_now() - Date.parse("2027-07-20T01:00:00Z"))).toBeLessThan(5000);
});

it("a quote is confirmed once every clause is", () => {
  const of = (clause: string) => ({ clause, text: "", shown_by: "wang.broker", confirmed_by: "x", at: "2026-02-25T10:00:00+08:00" });
  expect(confirmed_by({ to_explain: ["2.6", "3.1"], explained: [of("2.6")] })).toBeNull();
  expect(confirmed_by({ to_explain: ["2.6", "3.1"], explained: [of("2.6"), of("3.1")] })?.clause).toBe("3.1");
  expect(confirmed_by({ to_explain: ["2.6"], explained: [] })).toBeNull();
});
