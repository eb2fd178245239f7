// Amounts as somebody types them, side by side: checked and passed on, never calculated with.
import { typed_amount } from "../../base/money";

export interface TypedAmounts {
  amounts: string[];
  /** The first that is none. */
  wrong: string | null;
}

/** "20万"? No: full digits, apart by spaces, semicolons or lines. A comma stands within an amount. */
export function typed_amounts(text: string): TypedAmounts {
  const amounts: string[] = [];
  for (const each of text.split(/[\s;；、]+/).filter((part) => part !== "")) {
    const amount = typed_amount(each);
    if (amount === null) return { amounts, wrong: each };
    if (!amounts.includes(amount)) amounts.push(amount);
  }
  return { amounts, wrong: null };
}
