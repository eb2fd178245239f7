import { expect, it } from "vitest";
import { answer_text, fault_of, known_answers, toggled, type Part, type Question } from "./answer";

const part = (given: Partial<Part>): Part => ({ name: "", optional: false, several: false, words: [], minimum: null, maximum: null, date: false, money: false, text: false, ...given });
const question = (...parts: Part[]): Question => ({ control: "AST-03", zh: "", en: "", type: "count", parts });
const counted = question(part({ minimum: 0, maximum: 100 }), part({ name: "internet_facing", optional: true, minimum: 0, maximum: 100 }));

it("parts are joined, and empty ones at the end left out", () => {
  expect(answer_text(counted, ["3", "0"])).toBe("3;0");
  expect(answer_text(counted, ["3", ""])).toBe("3");
  expect(answer_text(question(part({ words: ["a"] }), part({ optional: true }), part({ money: true })), ["a", "", "24,200.00"])).toBe("a;;24200.00");
});
it("what is missing or out of range is said before it is sent", () => {
  expect(fault_of(counted, undefined)).toBe("must");
  expect(fault_of(counted, ["101"])).toBe("number");
  expect(fault_of(counted, ["5"])).toBeNull();
  expect(fault_of(question(part({ words: ["none"], minimum: 0, maximum: 72 })), ["none"])).toBeNull();
});
it("several words join in the order of the question, and none stands alone", () => {
  const several = part({ several: true, words: ["none", "CII", "II_L1"] });
  expect(toggled(several, "II_L1", "CII")).toBe("CII+II_L1");
  expect(toggled(several, "CII", "none")).toBe("none");
  expect(toggled(several, "none", "CII")).toBe("CII");
});
it("what was stated at registration is the first answer of the question that asks for it again", () => {
  const asked = [counted, { ...counted, control: "GOV-05" }];
  expect(known_answers(asked, [{ name: "incidents_36m", value: "2" }, { name: "records", value: "8000" }])).toEqual({ "GOV-05": ["2"] });
  expect(known_answers(asked, [{ name: "records", value: "8000" }])).toEqual({});
});
