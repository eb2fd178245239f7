// Whether a payment has arrived, by what was agreed and what the books say. Compared, never subtracted.
import type { Money } from "../base/money";

export type Arrival = "nothing" | "waiting" | "part" | "all";

export function arrival(due: Money, paid: Money): Arrival {
  if (due.currency !== paid.currency) throw new Error(`${due.currency} is not ${paid.currency}`);
  if (due.amount <= 0) return "nothing";
  if (paid.amount <= 0) return "waiting";
  return paid.amount < due.amount ? "part" : "all";
}
