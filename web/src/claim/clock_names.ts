// The clocks of a claim in an owner's words; what is not named here is no matter of the owner's.
import type { Key } from "../locales/zh";

export const OWNER_CLOCKS: Record<string, Key> = {
  decision: "history.clock_decision",
  provisional_payment: "history.clock_provisional_payment",
  payment: "history.clock_payment",
  denial_notice: "history.clock_denial_notice",
  limitation: "history.clock_limitation",
};
