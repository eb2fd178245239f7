// Whether the clauses of a quote were explained and confirmed, by the records; on whichever device that was.
import type { ReplyOf } from "../api/client";

type Quote = ReplyOf<"quote_show">;

/** The last confirmation; null while any clause is open. */
export function confirmed_by(quote: Pick<Quote, "explained" | "to_explain">): Quote["explained"][number] | null {
  const done = new Set(quote.explained.map((each) => each.clause));
  return quote.to_explain.every((ref) => done.has(ref)) ? (quote.explained.at(-1) ?? null) : null;
}
