// The name of what a loss falls under, by its code.
import type { Key } from "../locales/zh";

/** "FP.EXT.RANSOM" is a head of "FP.EXT"; the liabilities to regulators are covers of three words. */
export function cover_of(head: string): string {
  return /^(?:TP\.REG\.\w+|\w+\.\w+)/.exec(head)?.[0] ?? head;
}

/** The plain name of its cover; the code itself where the pages have no name for it. */
export function cover_name(t: (key: Key) => string, head: string): string {
  const key = `cover.${cover_of(head)}`;
  const named = t(key as Key);
  return named === key ? head : named;
}
