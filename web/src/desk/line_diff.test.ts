import { expect, it } from "vitest";
import { changed_parts, line_diff, lines_of, plain_lines } from "./line_diff";

const short = (before: string, after: string) => line_diff(before, after).map((line) => `${{ same: " ", gone: "-", new: "+" }[line.kind]}${line.text}`);

it.each([
  ["nothing changed", "a\nb\n", "a\nb\n", [" a", " b"]],
  ["a line replaced", "a\nb\nc", "a\nB\nc", [" a", "-b", "+B", " c"]],
  ["a line put in", "a\nc", "a\nb\nc", [" a", "+b", " c"]],
  ["a line taken out", "a\nb\nc", "a\nc", [" a", "-b", " c"]],
  ["lines that stand twice", "x\na\nx\nb", "x\nb", [" x", "-a", "-x", " b"]],
  ["two changes", "1\n2\n3\n4\n5", "1\ntwo\n3\n4\nfive", [" 1", "-2", "+two", " 3", " 4", "-5", "+five"]],
  ["from nothing", "", "a\nb", ["+a", "+b"]],
  ["to nothing", "a\nb", "", ["-a", "-b"]],
  ["ends of lines alone", "a\r\nb\r\n", "a\nb", [" a", " b"]],
])("%s", (_, before, after, wanted) => expect(short(before, after)).toEqual(wanted));

it("numbers the lines of both texts", () => {
  expect(line_diff("a\nb", "z\na\nB").map((line) => [line.before, line.after])).toEqual([[null, 1], [1, 2], [2, null], [null, 3]]);
});

it("both texts can be put together again from the difference", () => {
  // Pseudo-random lines of three letters, so that many of them are alike.
  let seed = 7;
  const any = () => (seed = (seed * 48271) % 2147483647);
  for (let round = 0; round < 50; ++round) {
    const make = () => Array.from({ length: any() % 30 }, () => "abc"[any() % 3] ?? "").join("\n");
    const [before, after] = [make(), make()];
    const lines = line_diff(before, after);
    expect(lines.filter((line) => line.kind !== "new").map((line) => line.text)).toEqual(lines_of(before));
    expect(lines.filter((line) => line.kind !== "gone").map((line) => line.text)).toEqual(lines_of(after));
  }
});

it("leaves out what is far from a change", () => {
  const before = Array.from({ length: 20 }, (_, at) => String(at)).join("\n");
  const parts = changed_parts(line_diff(before, before.replace("10", "ten")), 1);
  expect(parts.map((part) => part?.text ?? null)).toEqual([null, "9", "10", "ten", "11", null]);
  expect(changed_parts(line_diff(before, before))).toEqual([]);
});

it("a file of another system has the ends of lines that a text field has", () => {
  expect(plain_lines("a\r\nb\rc\n\r\n")).toBe("a\nb\nc\n\n");
});
