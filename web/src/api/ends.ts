// When the session ends if nothing more is asked. Every answer moves it; all tabs of a browser share one session, so its end
// stands in the store.
import { keep, kept } from "../base/store";

const WARNED_MS = 60_000;
let own = Number.NaN; // where there is no store
let idle = 0; // how long a session lives after a request; 0: nobody is signed in

/** By the service's own two clock times, since this machine's may be wrong. */
export function know_end(ends: string, now: string): void {
  const span = Date.parse(ends) - Date.parse(now);
  idle = Number.isNaN(span) ? 0 : span;
  extend();
}

export function extend(): void {
  if (idle === 0) return;
  own = Date.now() + idle;
  keep("ends", String(own));
}

export function forget_end(): void {
  idle = 0;
  keep("ends", null);
}

export type Ending = "far" | "soon" | "over";

export function ending(now = Date.now()): Ending {
  const end = Number(kept("ends") ?? own);
  if (idle === 0 || Number.isNaN(end) || end - now > WARNED_MS) return "far";
  return end > now ? "soon" : "over";
}
