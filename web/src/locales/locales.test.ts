import { expect, it } from "vitest";
import { en } from "./en";
import { words as words_en } from "./words_en";
import { words as words_zh } from "./words_zh";
import { zh } from "./zh";

const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();

it("zh and en have the same keys", () => expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort()));
it("zh and en have the same words of the house", () => {
  expect(Object.keys(words_en)).toEqual(Object.keys(words_zh));
  for (const kind of Object.keys(words_zh)) expect(Object.keys(words_en[kind] ?? {})).toEqual(Object.keys(words_zh[kind] ?? {}));
});
it.each(Object.keys(zh) as (keyof typeof zh)[])("%s takes the same values in both, and English has no Chinese", (key) => {
  expect(names(en[key])).toEqual(names(zh[key]));
  expect(en[key]).not.toMatch(/[\u4e00-\u9fff]/);
});
