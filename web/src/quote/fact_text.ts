// What is known of a company, as people write it: the API sends codes, minor units and millionths as text.
import type { Lang } from "../base/i18n";
import { grouped, money_text } from "../base/money";
import { REGIONS, SECTORS } from "./choices";

const AMOUNTS = ["revenue", "online_revenue", "other_cyber_sum_insured"];
const SHARES = ["gross_margin", "it_dependence"];

/** "250000" is 25 %, "333333" is 33.3333 %. */
export function share_text(ppm: number | string): string {
  const digits = String(ppm).padStart(5, "0");
  const part = digits.slice(-4).replace(/0+$/, "");
  return `${digits.slice(0, -4)}${part === "" ? "" : "." + part} %`;
}

export function fact_text(fact: { name: string; value: string }, lang: Lang, t: (key: "yes" | "no") => string): string {
  const { name, value } = fact;
  const choice = (name === "sector" ? SECTORS : name === "region" ? REGIONS : []).find((each) => each.code === value);
  if (choice) return `${choice[lang]} (${value})`;
  if (AMOUNTS.includes(name)) return money_text({ amount: Number(value), currency: "CNY" });
  if (SHARES.includes(name)) return share_text(value);
  return value === "yes" ? t("yes") : value === "no" ? t("no") : /^\d+$/.test(value) ? grouped(value) : value;
}
