// The light of one security product, from what the service recorded. Never green on stale data, and never on no data.
import type { ReplyOf } from "../api/client";
import { days_since } from "../base/days";
import type { Key } from "../locales/zh";
import type { Tone } from "../ui/parts";

type Shown = ReplyOf<"order_show">;
/** Without its lights: what the page itself kept of an order, judged by the rule that the order carries. */
export type Order = Omit<Shown, "lights"> & Partial<Pick<Shown, "lights">>;
export type Line = Order["lines"][number];
export type Observation = Order["observations"][number];

export const LIGHT_TEXT: Record<Tone, Key> = { good: "order.light_good", warn: "order.light_warn", bad: "order.light_bad", none: "order.light_none" };

/** Of a light as the service tells it (`order show`, lights). */
export function tone_of(state: string | undefined): Tone {
  const tones: Record<string, Tone> = { verified_running: "good", provisioned: "warn", degraded: "warn", ordered: "bad" };
  return tones[state ?? ""] ?? "none";
}

export interface Light {
  tone: Tone;
  /** The evidence of this product that says most now; undefined: there never was any. */
  latest: Observation | undefined;
  /** Whole days since then; undefined with it. */
  age_days: number | undefined;
}

function enough_seen(line: Line, latest: Observation): boolean {
  // Both counts are machines and the least share is parts per million, so no fraction is rounded.
  return latest.of > 0 && latest.seen * 1_000_000 >= line.seen_min * latest.of;
}

function is_fresh(line: Line, each: Observation, now: number): boolean {
  const days = days_since(each.until, now);
  return days >= 0 && days < line.signal_days_max;
}

/** As the service ranks evidence: what still counts, then what saw enough, then the newest. One late heartbeat dims nothing. */
function says_more(one: Observation, other: Observation, line: Line, now: number): boolean {
  const rank = (each: Observation) => (is_fresh(line, each, now) ? (enough_seen(line, each) ? 2 : 1) : 0);
  const [mine, its] = [rank(one), rank(other)];
  return mine === its ? Date.parse(one.until) > Date.parse(other.until) : mine > its;
}

export function light_of(order: Order, line: Line, now = Date.now()): Light {
  const latest = order.observations
    .filter((each) => each.product === line.product && each.seen > 0)
    .reduce<Observation | undefined>((best, each) => (best && !says_more(each, best, line, now) ? best : each), undefined);
  const age_days = latest ? days_since(latest.until, now) : undefined;
  // The service has judged it: by the same rule, and by what it holds.
  const told = order.lights?.find((each) => each.product === line.product);
  if (told) return { tone: tone_of(told.state), latest, age_days };
  if (order.state === "ended") return { tone: "none", latest, age_days };
  if (!latest || age_days === undefined) return { tone: "bad", latest, age_days };
  const fresh = is_fresh(line, latest, now);
  // The service has the last word: a control that it does not hold proven is not shown as running.
  const proven = line.proofs.length === 0 || line.proofs.some((proof) => order.proven_controls.includes(proof.control));
  const running = order.state === "verified_running" || order.state === "provisioned" || order.state === "degraded";
  return { tone: fresh && proven && running && enough_seen(line, latest) ? "good" : "warn", latest, age_days };
}
