// A tower as it is typed: checked, stepped along a ladder of round amounts, written as the file that the service reads.
// Amounts are texts throughout: "2000000.00" yuan becomes "200000000" minor units by leaving out the point.
import { typed_amount } from "../../base/money";

export interface Share {
  name: string;
  percent: string;
}

export interface Layer {
  name: string;
  limit: string;
  shares: Share[];
}

export interface Tower {
  enterprise: string;
  product: string;
  retention: string;
  drop_down: boolean;
  layers: Layer[]; // the lowest first
}

export const WHOLE = 10_000; // shares are told in ten-thousandths
export const LAYERS_MAX = 8;
export const SHARES_MAX = 10;

/** "33.33" percent is 3333 ten-thousandths. Null: no share. */
export function share_of(percent: string): number | null {
  const found = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(percent.trim());
  if (!found) return null;
  const share = Number((found[1] ?? "") + (found[2] ?? "").padEnd(2, "0"));
  return share > 0 && share <= WHOLE ? share : null;
}

/** 3333 is "33.33". */
export function percent_of(share: number): string {
  const digits = String(Math.abs(share)).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, "");
}

/** What the shares of a layer come to; what is no share counts as nothing. */
export function together(shares: readonly Share[]): number {
  return shares.reduce((sum, share) => sum + (share_of(share.percent) ?? 0), 0);
}

const HEADS = ["1", "2", "3", "5", "8"];
/** Round amounts from ten thousand to ten thousand million yuan. */
export const RUNGS: readonly string[] = Array.from({ length: 6 }, (_, zeros) => HEADS.map((head) => head + "0".repeat(zeros + 4))).flat().concat("10000000000");

const plain = (amount: string) => amount.slice(0, -3).replace(/^0+(?=\d)/, "");
const not_above = (one: string, other: string) => one.length < other.length || (one.length === other.length && one <= other);

/** How many rungs lie at or below an amount; 0: none, or no amount. */
export function rung_of(typed: string): number {
  const amount = typed_amount(typed);
  return amount === null ? 0 : RUNGS.filter((rung) => not_above(rung, plain(amount))).length;
}

/** So many rungs up or down; the ends of the ladder hold. `lowest` 0 allows nothing at all. */
export function stepped(typed: string, steps: number, lowest: 0 | 1): string {
  const to = Math.max(lowest, Math.min(RUNGS.length, rung_of(typed) + steps));
  return to === 0 ? "0" : (RUNGS[to - 1] ?? "0");
}

export type Fault = "must" | "amount" | "nothing" | "name" | "twice" | "share" | "sum";

const is_nothing = (amount: string) => /^[0.]+$/.test(amount);

function amount_fault(typed: string, zero: boolean): Fault | null {
  if (typed.trim() === "") return "must";
  const amount = typed_amount(typed);
  if (amount === null) return "amount";
  return !zero && is_nothing(amount) ? "nothing" : null;
}

function names_fault(name: string, all: readonly string[]): Fault | null {
  if (name.trim() === "") return "must";
  return all.filter((each) => each.trim() === name.trim()).length > 1 ? "twice" : null;
}

/** What is wrong, by the name of the field: "retention", "layer-0-name", "layer-0-share-1-percent", "layer-0-sum". */
export function faults_of(tower: Tower): Map<string, Fault> {
  const found = new Map<string, Fault>();
  const note = (field: string, fault: Fault | null) => fault && found.set(field, fault);
  if (tower.enterprise === "") note("enterprise", "must");
  if (tower.product === "") note("product", "must");
  note("retention", amount_fault(tower.retention, true));
  const names = tower.layers.map((layer) => layer.name);
  tower.layers.forEach((layer, at) => {
    note(`layer-${at}-name`, names_fault(layer.name, names));
    note(`layer-${at}-limit`, amount_fault(layer.limit, false));
    const insurers = layer.shares.map((share) => share.name);
    layer.shares.forEach((share, place) => {
      note(`layer-${at}-share-${place}-name`, names_fault(share.name, insurers));
      if (share_of(share.percent) === null) note(`layer-${at}-share-${place}-percent`, share.percent.trim() === "" ? "must" : "share");
    });
    if (together(layer.shares) !== WHOLE) note(`layer-${at}-sum`, "sum");
  });
  return found;
}

const minor = (typed: string) => (typed_amount(typed) ?? "0.00").replace(".", "").replace(/^0+(?=\d)/, "");

/** The file of `risk tower`. Amounts stand in it as digits, so that none passes through a number of this program. */
export function tower_file(tower: Tower): string {
  const layers = tower.layers.map((layer) => {
    const shares = layer.shares.map((share) => `[${JSON.stringify(share.name.trim())}, ${share_of(share.percent) ?? 0}]`).join(", ");
    return `{"name": ${JSON.stringify(layer.name.trim())}, "limit": ${minor(layer.limit)}, "covers": null, "recognises_erosion_by": "all", "shares": [${shares}]}`;
  });
  return `{"tower": {"retention": ${minor(tower.retention)}, "drop_down": ${String(tower.drop_down)}, "layers": [\n${layers.join(",\n")}\n]}}\n`;
}
