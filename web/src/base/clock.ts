// What time it is for the house: what its last reply said, moved on by this machine; or the clock of a sandbox while one is set.
import { kept } from "./store";

let ahead = 0; // of this machine's clock, in milliseconds

/** The header Anlan-Now of a reply. */
export function hear_house(now: string | null): void {
  const heard = now === null ? Number.NaN : Date.parse(now);
  if (!Number.isNaN(heard)) ahead = heard - Date.now();
}

export function sandbox_clock(): string | null {
  return kept("at");
}

export function house_now(): number {
  const at = sandbox_clock();
  const set = at === null ? Number.NaN : new Date(at).getTime();
  return Number.isNaN(set) ? Date.now() + ahead : set;
}
