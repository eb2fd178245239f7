import { expect, it } from "vitest";
import { answer_key, forget_replies, keep_reply, kept_reply } from "./use_reply";

it("what was calculated stays until something changes, or it is asked again", () => {
  const [one, other] = [answer_key("run compare", { products: "a,b" }), answer_key("run compare", { products: "a,c" })];
  keep_reply(one, { events: 1 });
  keep_reply(other, { events: 2 });
  expect(kept_reply(one)).toEqual({ events: 1 });
  keep_reply(one, undefined);
  expect(kept_reply(one)).toBeUndefined();
  expect(kept_reply(other)).toEqual({ events: 2 });
  forget_replies();
  expect(kept_reply(other)).toBeUndefined();
});
