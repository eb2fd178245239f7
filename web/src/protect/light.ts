// The light of one security product, from what the service recorded. Never green on stale data, and never on no data.
import type { ReplyOf } from "../api/client";
import { days_since } from "../base/days";
import type { Tone } from "../ui/parts";

export type Order = ReplyOf<"order_show">;
export type Line = Order["lines"][number];
export type Observation = Order["observations"][number];

export interface Light {
  tone: Tone;
  /** The latest evidence of this product; undefined: there never was any. */
  latest: Observation | undefined;
  /** Whole days since then; undefined with it. */
  age_days: number | undefined;
}

function enough_seen(line: Line, latest: Observation): boolean {
  // Both counts are machines and the least share is parts per million, so no fraction is rounded.
  return latest.of > 0 && latest.seen * 1_000_000 >= line.seen_min * latest.of;
}

export function light_of(order: Order, line: Line, now = Date.now()): Light {
  const latest = order.observations
    .filter((each) => each.product === line.product && each.seen > 0)
    .reduce<Observation | undefined>((best, each) => (best && best.until >= each.until ? best : each), undefined);
  const age_days = latest ? days_since(latest.until, now) : undefined;
  if (order.state === "ended") return { tone: "none", latest, age_days };
  if (!latest || age_days === undefined) return { tone: "bad", latest, age_days };
  const fresh = age_days >= 0 && age_days < line.signal_days_max;
  // The service has the last word: a control that it does not hold proven is not shown as running.
  const proven = line.proofs.length === 0 || line.proofs.some((proof) => order.proven_controls.includes(proof.control));
  const running = order.state === "verified_running" || order.state === "provisioned" || order.state === "degraded";
  return { tone: fresh && proven && running && enough_seen(line, latest) ? "good" : "warn", latest, age_days };
}
