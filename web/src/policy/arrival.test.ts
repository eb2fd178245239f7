import { expect, it } from "vitest";
import { arrival } from "./arrival";

const yuan = (amount: number) => ({ amount, currency: "CNY" });

it.each([
  [140000, 0, "waiting"],
  [140000, 139999, "part"],
  [140000, 140000, "all"],
  [140000, 140001, "all"],
  [0, 0, "nothing"],
  [0, 100, "nothing"],
])("of %i due, %i paid is: %s", (due, paid, state) => expect(arrival(yuan(due), yuan(paid))).toBe(state));

it("two currencies are not compared", () => expect(() => arrival(yuan(1), { amount: 1, currency: "USD" })).toThrow());
