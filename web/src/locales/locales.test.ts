import { describe, expect, it } from "vitest";
import { desk_en } from "./desk_en";
import { words as desk_words_en } from "./desk_words_en";
import { words as desk_words_zh } from "./desk_words_zh";
import { desk_zh } from "./desk_zh";
import { en } from "./en";
import { words as words_en } from "./words_en";
import { words as words_zh } from "./words_zh";
import { zh } from "./zh";

const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();
type Table = Record<string, string>;

describe.each<[string, Table, Table]>([
  ["pages", zh, en],
  ["desk", desk_zh, desk_en],
])("texts of the %s", (_, chinese, english) => {
  it("have the same keys", () => expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort()));
  it.each(Object.keys(chinese))("%s takes the same values in both, and English has no Chinese", (key) => {
    expect(names(english[key] ?? "")).toEqual(names(chinese[key] ?? ""));
    expect(english[key]).not.toMatch(/[\u4e00-\u9fff]/);
  });
});

it.each([
  ["pages", words_zh, words_en],
  ["desk", desk_words_zh, desk_words_en],
])("words of the house for the %s are the same in both", (_, chinese, english) => {
  expect(Object.keys(english)).toEqual(Object.keys(chinese));
  for (const kind of Object.keys(chinese)) expect(Object.keys(english[kind] ?? {})).toEqual(Object.keys(chinese[kind] ?? {}));
});
it("no text of the desk hides one of the pages", () => expect(Object.keys(desk_zh).filter((key) => key in zh)).toEqual([]));
