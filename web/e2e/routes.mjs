// Every address of the pages with an example that is there in the houses of the tests, and who opens it. A pattern of
// src/shell/pages.tsx or src/desk/desk.tsx that has no row here fails the sweep.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const SRC = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), "src");

/** Pattern, who ("": nobody is signed in), address. */
export const EXAMPLES = [
  ["", "", ""],
  ["sign-in", "", "sign-in"],
  ["incident", "", "incident"],
  ["price", "", "price"],
  ["shared", "", "shared"],
  ["covered/:id", "", "covered/ningbo-2023-a"],
  ["check", "", "check"],
  ["companies/new", "owner", "companies/new"],
  ["company/:id", "owner", "company/ent_13"],
  ["company/:id/questions", "owner", "company/ent_80/questions"],
  ["company/:id/quote", "owner", "company/ent_13/quote"],
  ["quote/:id", "owner", (houses) => `quote/${houses.offered}`],
  ["quote/:id", "owner", "quote/quo_19"],
  ["quote/:id", "owner", "quote/quo_184"],
  ["quote/:id/clauses", "owner", (houses) => `quote/${houses.offered}/clauses`],
  ["policies", "owner", "policies"],
  ["policy/:id", "owner", "policy/pol_93"],
  ["policy/:id", "owner", "policy/pol_99999"],
  ["policy/:id/pay", "owner", "policy/pol_93/pay"],
  ["policy/:id/history", "owner", "policy/pol_93/history"],
  ["policy/:id/renew", "owner", "policy/pol_93/renew"],
  ["policy/:id/leave", "owner", "policy/pol_93/leave"],
  ["check", "owner", "check"],
  ["protection", "owner", "protection"],
  ["protection/:id", "owner", "protection/ord_15"],
  ["claims", "owner", "claims"],
  ["claim/:id", "owner", "claim/clm_52"],
  ["claim/:id", "owner", "claim/clm_149"],
  ["incident/:id", "owner", "incident/inc_138"],
  ["", "owner", "no/such"],
  ["desk", "underwriter", "desk"],
  ["desk/referrals", "underwriter", "desk/referrals"],
  ["desk/quotes", "underwriter", "desk/quotes"],
  ["desk/quote/:id", "underwriter", (houses) => `desk/quote/${houses.referred[1]}`],
  ["desk/quote/:id", "underwriter", "desk/quote/quo_19"],
  ["desk/companies", "underwriter", "desk/companies"],
  ["desk/company/:id", "underwriter", "desk/company/ent_13"],
  ["desk/pipeline", "owner", "desk/pipeline"],
  ["desk/renewals", "owner", "desk/renewals"],
  ["desk/comparison", "owner", "desk/comparison"],
  ["desk/same-incident", "owner", "desk/same-incident"],
  ["desk/options", "owner", "desk/options"],
  ["desk/tower", "owner", "desk/tower"],
  ["desk/bulk", "owner", "desk/bulk"],
  ["desk/shares", "owner", "desk/shares"],
  ["desk/wordings", "underwriter", "desk/wordings"],
  ["desk/wordings/draft", "underwriter", "desk/wordings/draft"],
  ["desk/wording/:id", "underwriter", "desk/wording/ningbo-2023-a?clause=2.6"],
  ["desk/deliveries", "vendor", "desk/deliveries"],
  ["desk/delivery/:id", "vendor", (houses) => `desk/delivery/${houses.order}`],
  ["desk/statement", "finance", "desk/statement"],
  ["desk/incidents", "handler", "desk/incidents"],
  ["desk/file/:id", "handler", "desk/file/inc_138"],
  ["desk/file/:id", "handler", "desk/file/clm_52"],
  ["desk/journal", "auditor", "desk/journal"],
  ["desk/journal/:id", "auditor", "desk/journal/31"],
  ["desk/sales", "auditor", "desk/sales"],
  ["desk/sale/:id", "auditor", "desk/sale/pol_93"],
  ["desk/again", "auditor", "desk/again"],
  ["desk/subsidy", "subsidy", "desk/subsidy"],
  ["desk/subsidy/:id", "subsidy", "desk/subsidy/pol_135"],
  ["desk/system", "operator", "desk/system"],
  ["desk/people", "operator", "desk/people"],
  ["desk/jobs", "operator", "desk/jobs"],
  ["desk/keys", "operator", "desk/keys"],
];

export const PEOPLE = [...new Set(EXAMPLES.map(([, who]) => who))];

export const addresses_of = (who, houses) => EXAMPLES.filter((each) => each[1] === who).map(([, , to]) => (typeof to === "function" ? to(houses) : to));

/** Patterns of the application that no example is there for. */
export function forgotten() {
  const patterns = ["shell/pages.tsx", "desk/desk.tsx"].flatMap((file) => [...readFileSync(path.join(SRC, file), "utf8").matchAll(/pattern: "([^"]*)"/g)].map((found) => found[1]));
  if (patterns.length < 30) throw new Error("the tables of pages are read no more: see forgotten() in routes.mjs");
  return patterns.filter((pattern) => !EXAMPLES.some(([known]) => known === pattern));
}
