// What time it is for the house: the machine's clock, or that of a sandbox while one is set.
import { kept } from "./store";

export function sandbox_clock(): string | null {
  return kept("at");
}

export function house_now(): number {
  const at = sandbox_clock();
  const set = at === null ? Number.NaN : new Date(at).getTime();
  return Number.isNaN(set) ? Date.now() : set;
}
