import { expect, it } from "vitest";
import { may } from "./may";

it("an underwriter may bind, a broker may not, and looking is for anybody", () => {
  expect(may("policy_bind", ["underwriter"])).toBe(true);
  expect(may("policy_bind", ["broker", "auditor"])).toBe(false);
  expect(may("policy_bind", [])).toBe(false);
  expect(may("policy_show", [])).toBe(true);
});
