import { expect, it } from "vitest";
import { water_bars } from "./waterfall";

const steps = (...amounts: number[]) => amounts.map((amount) => ({ cumulative: { amount, currency: "CNY" } }));

it("each bar begins where the one before ended", () => {
  const bars = water_bars(steps(100, 200, 50));
  expect(bars.map((bar) => [bar.from, bar.width, bar.end])).toEqual([
    [0, 50, 50],
    [50, 50, 100],
    [25, 75, 25],
  ]);
});
it("below zero lies left of nothing", () => expect(water_bars(steps(-50, 50)).map((bar) => bar.from)).toEqual([0, 0]));
it("nothing at all divides by nothing", () => expect(water_bars(steps(0, 0)).map((bar) => bar.width)).toEqual([0, 0]));
