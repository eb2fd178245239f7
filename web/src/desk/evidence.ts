// Evidence of an order over its time: when nothing counted as running.
// The rule is the one that the order carries: enough devices, and so many days for which a signal counts.
import type { Line, Observation, Order } from "../protect/light";

const DAY = 86_400_000;

export interface Gap {
  from: number;
  until: number;
}

function enough(line: Line, each: Observation): boolean {
  return each.of > 0 && each.seen > 0 && each.seen * 1_000_000 >= line.seen_min * each.of;
}

/** Times of the order, up to now, that no evidence of enough devices covers. */
export function gaps_of(order: Order, line: Line, now: number): Gap[] {
  const begin = Date.parse(`${order.from}T00:00:00+08:00`);
  const end = Math.min(now, Date.parse(`${order.until}T00:00:00+08:00`));
  const covered = order.observations
    .filter((each) => each.product === line.product && enough(line, each))
    .map((each) => ({ from: Date.parse(each.from), until: Date.parse(each.until) + line.signal_days_max * DAY }))
    .sort((one, other) => one.from - other.from);
  const gaps: Gap[] = [];
  let at = begin;
  for (const each of covered) {
    if (each.from > at && at < end) gaps.push({ from: at, until: Math.min(each.from, end) });
    at = Math.max(at, each.until);
  }
  if (at < end) gaps.push({ from: at, until: end });
  return gaps;
}
