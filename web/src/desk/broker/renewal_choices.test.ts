import { expect, it } from "vitest";
import { choices_of, reason_of } from "./renewal_choices";

it("a broker is offered what the service takes from it, and not what is recorded already", () => {
  expect(choices_of(["broker"], "manual")).toEqual(["automatic", "insured_declines"]);
  expect(choices_of(["broker"], "automatic")).toEqual(["manual", "insured_declines"]);
  expect(choices_of(["broker", "underwriter"], "insured_declines")).toEqual(["manual", "automatic", "insurer_declines"]);
});

it("the insurer owes a reason, the insured may give one", () => {
  expect(["manual", "automatic", "insured_declines", "insurer_declines"].map(reason_of)).toEqual([null, null, "may", "must"]);
});
