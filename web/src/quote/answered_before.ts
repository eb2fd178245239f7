// What was answered for the rough price is not asked for again when the company is registered.
import { kept_tree } from "../base/store";

const TAKEN = { sector: "sector", region: "region", revenue: "revenue", employees: "employees", records: "records", gross_margin: "gross_margin", incidents_36m: "incidents" } as const;

export function answered_before(): Partial<Record<keyof typeof TAKEN, string>> {
  const price = kept_tree<Record<string, unknown> | null>("draft.price", null) ?? {};
  const found: Partial<Record<keyof typeof TAKEN, string>> = {};
  for (const name of Object.keys(TAKEN) as (keyof typeof TAKEN)[]) {
    const given = price[TAKEN[name]];
    if (typeof given === "string" && given !== "") found[name] = given;
  }
  return found;
}
