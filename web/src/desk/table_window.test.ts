import { describe, expect, it } from "vitest";
import { BLOCK, window_of } from "./table_window";

const none = new Map<number, number>();

describe("the rows of a long table that are drawn", () => {
  it("at the top: what is in sight and one block below it", () => {
    expect(window_of(1000, none, 40, { top: 0, height: 600 })).toEqual({ first: 0, end: Math.ceil(15 / BLOCK) + 1, before: 0, after: (1000 - (Math.ceil(15 / BLOCK) + 1) * BLOCK) * 40 });
  });

  it("in the middle: one block above and below; together as tall as all rows", () => {
    const found = window_of(100_000, none, 40, { top: 2_000_000, height: 600 });
    expect(found.first).toBe(2_000_000 / (BLOCK * 40) - 1);
    expect(found.end - found.first).toBeLessThanOrEqual(Math.ceil(15 / BLOCK) + 2);
    expect(found.before + (found.end - found.first) * BLOCK * 40 + found.after).toBe(100_000 * 40);
  });

  it("at the end: the last block, though it is not full, and nothing below it", () => {
    const found = window_of(1005, none, 40, { top: 1005 * 40 - 600, height: 600 });
    expect(found.end).toBe(Math.ceil(1005 / BLOCK));
    expect(found.after).toBe(0);
  });

  it("a block that was drawn counts as tall as it was", () => {
    const known = new Map([[0, 2000]]);
    const found = window_of(1000, known, 40, { top: 1999, height: 10 });
    expect(found.first).toBe(0);
    expect(window_of(1000, known, 40, { top: 2000 + BLOCK * 40, height: 10 })).toMatchObject({ first: 1, before: 2000 });
  });

  it("past the end, as after a filter has left few rows, the last block is there", () => {
    const found = window_of(500, none, 40, { top: 9_000_000, height: 600 });
    expect(found.end).toBe(500 / BLOCK);
    expect(found.first).toBeLessThan(500 / BLOCK);
  });
});
