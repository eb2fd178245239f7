import { expect, it } from "vitest";
import { answer_to, same_question } from "./asked";

it("an answer belongs to what was asked, and to nothing else", () => {
  const [first, second] = [{ name: "a.csv" }, { name: "a.csv" }];
  const asked = { of: { file: first, government: "" }, answer: "3 agree" };
  expect(answer_to(asked, { file: first, government: "" })).toBe("3 agree");
  expect(answer_to(asked, { file: second, government: "" })).toBeNull();
  expect(answer_to(asked, { file: first, government: "财政局" })).toBeNull();
  expect(answer_to(null, { file: first, government: "" })).toBeNull();
  expect(answer_to({ ...asked, answer: null }, asked.of)).toBeNull();
});

it("a field that is left out is another question", () => {
  expect(same_question<{ a: number; b?: number }>({ a: 1 }, { a: 1, b: 2 })).toBe(false);
  expect(same_question<{ a: number; b?: number }>({ a: 1, b: 2 }, { a: 1 })).toBe(false);
});
