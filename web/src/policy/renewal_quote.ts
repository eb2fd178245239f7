// Which quote goes on where a policy ends: of the same company and product, from the same day of Beijing's calendar.
import { beijing_day } from "../base/days";

interface QuoteRow {
  id: string;
  enterprise: string;
  product: string;
  from: string;
  state: string;
}

/** What was bound goes before what may be. */
const LIVE = ["bound", "approved", "issued", "referred"];

type Ending = { enterprise: string; product: string; until: string };

function first_of<Q extends QuoteRow>(policy: Ending, quotes: readonly Q[], states: string[]): Q | undefined {
  const from = beijing_day(0, Date.parse(policy.until));
  const own = quotes.filter((quote) => quote.enterprise === policy.enterprise && quote.product === policy.product && quote.from === from);
  return states.map((state) => own.find((quote) => quote.state === state)).find((quote) => quote !== undefined);
}

export function renewal_quote<Q extends QuoteRow>(policy: Ending, quotes: readonly Q[]): Q | undefined {
  return first_of(policy, quotes, LIVE);
}

/** The one that the insurer declined, where nothing else goes on. */
export function declined_renewal<Q extends QuoteRow>(policy: Ending, quotes: readonly Q[]): Q | undefined {
  return renewal_quote(policy, quotes) ? undefined : first_of(policy, quotes, ["declined"]);
}
