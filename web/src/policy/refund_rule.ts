// By which rule a premium goes back, as a sentence.
import type { ReplyOf } from "../api/client";

/** Before the first day of cover nothing was used: no days count then, but a fee does. */
export function refund_rule(refund: Pick<ReplyOf<"policy_cancel">, "rule" | "days_on_risk">) {
  if (refund.days_on_risk === 0) return "leave.rule_before" as const;
  return refund.rule === "short_rate" ? ("leave.rule_short_rate" as const) : ("leave.rule_pro_rata" as const);
}
