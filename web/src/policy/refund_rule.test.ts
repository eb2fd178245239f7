import { expect, it } from "vitest";
import { refund_rule } from "./refund_rule";

it.each([
  ["pro_rata", 0, "leave.rule_before"],
  ["short_rate", 0, "leave.rule_before"],
  ["pro_rata", 1, "leave.rule_pro_rata"],
  ["short_rate", 1, "leave.rule_short_rate"],
])("%s after %i days of cover is %s", (rule, days_on_risk, text) => expect(refund_rule({ rule, days_on_risk })).toBe(text));
