import { expect, it } from "vitest";
import { compare_clauses, read_clauses } from "./wording_clauses";

interface Files {
  readdirSync: (folder: URL) => string[];
  readFileSync: (file: URL, kind: "utf8") => string;
}
const NODE: string = "node:fs"; // whose types the pages do not have
const { readdirSync, readFileSync } = (await import(NODE)) as Files;
const FOLDER = new URL("../../../data/wordings/", import.meta.url);
const FILES = Object.fromEntries(readdirSync(FOLDER).filter((name) => name.endsWith(".toml")).map((name) => [name, readFileSync(new URL(name, FOLDER), "utf8")]));

it("there are wordings to read", () => expect(Object.keys(FILES).length).toBeGreaterThan(30));

it.each(Object.entries(FILES))("%s: every clause is read, with its line", (_, text) => {
  const { clauses, unread } = read_clauses(text);
  expect(unread).toEqual([]);
  expect(clauses.length).toBe(text.split("[[clauses]]").length - 1);
  const lines = text.split("\n");
  expect(clauses.filter((clause) => lines[clause.line - 1] !== "[[clauses]]")).toEqual([]);
});

const TWO = '[[clauses]]\nref = "1.1"\nkind = "insuring"\nzh = "说\\"好\\"" # so\nen = \'C:\\n\'\n\n[[clauses]]\nref = "1.2"\nkind = "exclusion"\nexemption = true\nzh = "二"\nen = "two"\n';

it("texts with escapes, comments and literal strings", () => {
  expect(read_clauses(TWO).clauses).toMatchObject([{ ref: "1.1", zh: '说"好"', en: "C:\\n", exemption: false, line: 1 }, { ref: "1.2", exemption: true, line: 7 }]);
});

it.each([
  ["a text over several lines", 'zh = "说\\"好\\"" # so', 'zh = """说\n好"""'],
  ["a key that stands twice", 'zh = "二"', 'zh = "二"\nzh = "三"'],
  ["a key that is missing", 'en = "two"\n', ""],
])("%s is reported and not guessed", (_, from, to) => {
  const { clauses, unread } = read_clauses(TWO.replace(from, to));
  expect(unread.length).toBe(1);
  expect(clauses.length).toBe(1);
});

it("the difference to the recorded clauses", () => {
  const recorded = read_clauses(TWO).clauses;
  expect(compare_clauses(recorded, recorded)).toEqual([]);
  const draft = read_clauses(TWO.replace('"two"', '"second"').replace('ref = "1.1"', 'ref = "1.0"')).clauses;
  expect(compare_clauses(recorded, draft).map(({ ref, what, parts }) => [ref, what, parts.join(" ")])).toEqual([
    ["1.0", "new", "kind exemption zh en"],
    ["1.2", "changed", "en"],
    ["1.1", "gone", "kind exemption zh en"],
  ]);
});
