import { afterEach, expect, it, vi } from "vitest";
import { is_kept, kept } from "./store";

afterEach(() => vi.unstubAllGlobals());

function store_of(most: number) {
  const held = new Map<string, string>();
  return {
    getItem: (key: string) => held.get(key) ?? null,
    removeItem: (key: string) => void held.delete(key),
    setItem: (key: string, value: string) => {
      if (value.length > most) throw new DOMException("full", "QuotaExceededError");
      held.set(key, value);
    },
  };
}

it("says whether it was kept", () => {
  vi.stubGlobal("localStorage", store_of(3));
  expect(is_kept("draft.bulk.job", "job")).toBe(true);
  expect(is_kept("draft.bulk", "a long list")).toBe(false);
  expect([kept("draft.bulk.job"), kept("draft.bulk")]).toEqual(["job", null]);
  expect(is_kept("draft.bulk.job", null)).toBe(true);
  expect(kept("draft.bulk.job")).toBeNull();
});

it("without a store nothing is kept, and nothing stops", () => {
  vi.stubGlobal("localStorage", undefined);
  expect(is_kept("draft.bulk", "x")).toBe(false);
  expect(kept("draft.bulk")).toBeNull();
});
