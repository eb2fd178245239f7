import { expect, it } from "vitest";
import { ApiError } from "./client";
import { outcome_unknown } from "./use_sending";

it.each([
  [0, "unreachable", true],
  [409, "key_in_flight", true],
  [429, "too_many", true],
  [500, "", true],
  [502, "no_json", true],
  [503, "busy", true],
  [504, "", true],
  [400, "empty_text", false],
  [401, "no_session", false],
  [404, "not_found", false],
  [409, "already_done", false],
])("after %i %s the same key is sent again: %s", (status, code, again) => expect(outcome_unknown(new ApiError(status, { code }, ""))).toBe(again));
