// The rows of a comparison: what each product says about one thing, those first on which they differ. No page, so that it is tested alone.
import { money_short, money_text } from "../../base/money";
import type { ReplyOf } from "../api";
import { part_text } from "./part_text";

type Compared = ReplyOf<"compare">;
type Wording = ReplyOf<"wording_show">;
type Cover = Compared["covers"][number]["under"][number];

export interface Said {
  text: string;
  clauses: string[];
}

export interface ComparedRow {
  id: string;
  name: string;
  differs: boolean;
  /** One for each product, in their order. */
  said: Said[];
}

export interface Say {
  t: (key: "compare.per_incident" | "compare.per_year" | "compare.hours" | "compare.days" | "compare.not_said", args?: Record<string, string | number>) => string;
  word: (kind: string, name: string) => string;
}

/** The order of the rows stays within those that differ and those that do not. */
export function differing_first(rows: ComparedRow[], only: boolean): ComparedRow[] {
  const differing = rows.filter((row) => row.differs);
  return only ? differing : [...differing, ...rows.filter((row) => !row.differs)];
}

export function row_of(id: string, name: string, said: Said[], differs?: boolean): ComparedRow {
  return { id, name, said, differs: differs ?? said.some((each) => each.text !== said[0]?.text) };
}

const plain = (text: string): Said => ({ text, clauses: [] });

/** What the price and the simulated incidents say. `name` is the name of a row. */
export function price_rows(compared: Compared, name: (row: "decision" | "premium" | "expected" | "share" | "incidents" | "gap") => string, { word }: Say): ComparedRow[] {
  const under = compared.simulated.under;
  const money = (amount: number, like: { currency: string }) => money_text({ amount, currency: like.currency });
  return [
    row_of("decision", name("decision"), under.map((each) => plain(each.decision === null ? "—" : word("decision", each.decision)))),
    row_of("premium", name("premium"), under.map((each) => plain(money_text(each.premium)))),
    row_of("expected", name("expected"), under.map((each) => plain(money(each.expected_paid, each.premium)))),
    row_of("share", name("share"), under.map((each) => plain(part_text(each.share_paid)))),
    row_of("incidents", name("incidents"), under.map((each) => plain(part_text(each.share_of_incidents)))),
    row_of("gap", name("gap"), under.map((each) => plain(money(each.worst_gap, each.premium)))),
  ];
}

function cover_said(cover: Cover, { t, word }: Say): Said {
  const parts = [
    word("cover_status", cover.status),
    cover.limit_incident ? t("compare.per_incident", { amount: money_short(cover.limit_incident) }) : "",
    cover.limit_year ? t("compare.per_year", { amount: money_short(cover.limit_year) }) : "",
  ];
  return { text: parts.filter((part) => part !== "").join(" · "), clauses: cover.clauses };
}

export function cover_rows(compared: Compared, name: (code: string) => string, say: Say): ComparedRow[] {
  return compared.covers.map((row) => {
    const said = row.under.map((each) => cover_said(each, say));
    return row_of(row.cover, name(row.cover), said, row.differs || said.some((each) => each.text !== said[0]?.text));
  });
}

const TERMS = [
  ["limit", /^policy\.aggregate_limit$/],
  ["retroactive", /^trigger\.retroactive_days$/],
  ["reporting", /^trigger\.extended_reporting_days$/],
  ["notice", /^late_notice\.hours$/],
] as const;
export type TermName = (typeof TERMS)[number][0];

/** Terms that hold for all covers of a wording; retentions and waiting hours, which a cover may have of its own, are not told by cover. Amounts of a wording are in the currency of its premium. */
export function term_rows(wordings: Wording[], currencies: string[], name: (row: TermName) => string, { t }: Say): ComparedRow[] {
  return TERMS.map(([id, path]) => {
    const said = wordings.map((wording, at): Said => {
      const term = wording.terms.find((each) => path.test(each.path));
      if (!term) return plain(t("compare.not_said"));
      const text =
        id === "limit"
          ? money_short({ amount: term.value, currency: currencies[at] ?? "CNY" })
          : t(id === "notice" ? "compare.hours" : "compare.days", { count: term.value });
      return { text, clauses: term.clause === "" ? [] : [term.clause] };
    });
    return row_of(id, name(id), said);
  });
}
