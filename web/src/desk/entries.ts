// The tasks of the desk. Each has a page behind it, and is shown to whoever may do it.
import type { DeskKey } from "../locales/desk_zh";

export interface Entry {
  to: string;
  text: DeskKey;
  about: DeskKey;
  /** First letters of the Chinese name, for the command box. */
  letters: string;
  /** One of these operations; none: anybody at a desk. */
  needs: string[];
  /** First words of the addresses of its pages. */
  under: string[];
}

export const ENTRIES: Entry[] = [
  { to: "desk/referrals", text: "desk.referrals", about: "desk.referrals_about", letters: "zbdb", needs: ["quote_decide"], under: ["referrals"] },
  { to: "desk/incidents", text: "desk.incidents", about: "desk.incidents_about", letters: "sgypa", needs: ["claim_approve"], under: ["incidents", "file"] },
  { to: "desk/subsidy", text: "desk.subsidy", about: "desk.subsidy_about", letters: "bfbt", needs: ["subsidy_decide"], under: ["subsidy"] },
  { to: "desk/statement", text: "desk.statement", about: "desk.statement_about", letters: "skhd", needs: ["premium_statement"], under: ["statement"] },
  { to: "desk/companies", text: "desk.companies", about: "desk.companies_about", letters: "qyfxda", needs: ["quote_refer"], under: ["companies", "company"] },
  { to: "desk/quotes", text: "desk.quotes", about: "desk.quotes_about", letters: "bj", needs: ["quote_refer"], under: ["quotes", "quote"] },
  { to: "desk/pipeline", text: "desk.pipeline", about: "desk.pipeline_about", letters: "bjkb", needs: ["submission_bulk"], under: ["pipeline"] },
  { to: "desk/renewals", text: "desk.renewals", about: "desk.renewals_about", letters: "xb", needs: ["quote_renew"], under: ["renewals"] },
  { to: "desk/comparison", text: "desk.comparison", about: "desk.comparison_about", letters: "cpbj", needs: ["submission_bulk"], under: ["comparison", "wording"] },
  { to: "desk/same-incident", text: "desk.same_incident", about: "desk.same_incident_about", letters: "tyzsg", needs: ["submission_bulk"], under: ["same-incident"] },
  { to: "desk/options", text: "desk.options", about: "desk.options_about", letters: "faxz", needs: ["submission_bulk"], under: ["options"] },
  { to: "desk/tower", text: "desk.tower", about: "desk.tower_about", letters: "fccb", needs: ["submission_bulk"], under: ["tower"] },
  { to: "desk/bulk", text: "desk.bulk", about: "desk.bulk_about", letters: "plbj", needs: ["submission_bulk"], under: ["bulk"] },
  { to: "desk/shares", text: "desk.shares", about: "desk.shares_about", letters: "fxlj", needs: ["submission_bulk"], under: ["shares"] },
  { to: "desk/journal", text: "desk.journal", about: "desk.journal_about", letters: "rz", needs: ["journal_show"], under: ["journal"] },
  { to: "desk/sales", text: "desk.sales", about: "desk.sales_about", letters: "xshf", needs: ["sale_replay"], under: ["sales", "sale"] },
  { to: "desk/again", text: "desk.again", about: "desk.again_about", letters: "cxjs", needs: ["quote_verify"], under: ["again"] },
  { to: "desk/system", text: "desk.system", about: "desk.system_about", letters: "xtyx", needs: ["doctor"], under: ["system"] },
  { to: "desk/people", text: "desk.people", about: "desk.people_about", letters: "ryyrw", needs: ["doctor"], under: ["people"] },
  { to: "desk/deliveries", text: "desk.deliveries", about: "desk.deliveries_about", letters: "cpyxzm", needs: ["observe"], under: ["deliveries", "delivery"] },
  { to: "desk/wordings", text: "desk.wordings", about: "desk.wordings_about", letters: "tkgzs", needs: ["wording_check"], under: ["wordings", "wording"] },
  { to: "desk/jobs", text: "desk.jobs", about: "desk.jobs_about", letters: "htrw", needs: [], under: ["jobs"] },
  { to: "desk/keys", text: "desk.keys", about: "desk.keys_about", letters: "jkmy", needs: [], under: ["keys"] },
];

export function entries_for(may: Set<string>): Entry[] {
  return ENTRIES.filter((entry) => entry.needs.length === 0 || entry.needs.some((each) => may.has(each)));
}

/** Where an object of the search is shown: at the desk for whoever may work on it, otherwise on the owner's page. */
export function place_of(id: string, may: Set<string>): string {
  const kind = id.slice(0, 3);
  if (kind === "ent") return may.has("quote_refer") ? `desk/company/${id}` : `company/${id}`;
  if (kind === "quo") return may.has("quote_refer") ? `desk/quote/${id}` : `quote/${id}`;
  if (kind === "inc" || kind === "clm") return may.has("claim_approve") ? `desk/file/${id}` : `${kind === "inc" ? "incident" : "claim"}/${id}`;
  return kind === "ord" ? `protection/${id}` : `policy/${id}`;
}
