import { expect, it } from "vitest";
import { light_of, type Line, type Order } from "./light";

const line = { product: "ips", category: "ips", controls: ["NET-04"], seen_min: 1_000_000, signal_days_max: 7, proofs: [{ control: "NET-04", answer: "block" }] } as unknown as Line;
const order = (part: object): Order =>
  ({ state: "verified_running", lines: [line], proven_controls: ["NET-04"], observations: [{ product: "ips", seen: 1, of: 1, until: "2026-03-06T21:00:00+08:00" }], ...part }) as unknown as Order;
const at = (day: string) => Date.parse(`${day}T12:00:00+08:00`);

it.each([
  ["fresh and proven", {}, "2026-03-07", "good"],
  ["evidence of six days", {}, "2026-03-13", "good"],
  ["evidence of seven days", {}, "2026-03-14", "warn"],
  ["the service does not hold it proven", { proven_controls: [] }, "2026-03-07", "warn"],
  ["never any evidence", { observations: [] }, "2026-03-07", "bad"],
  ["one late heartbeat of two machines, after enough of them", { observations: [{ product: "ips", seen: 2, of: 2, until: "2026-03-06T21:00:00+08:00" }, { product: "ips", seen: 1, of: 2, until: "2026-03-07T08:00:00+08:00" }] }, "2026-03-07", "good"],
  ["that heartbeat, when the rest has grown old", { observations: [{ product: "ips", seen: 2, of: 2, until: "2026-03-06T21:00:00+08:00" }, { product: "ips", seen: 1, of: 2, until: "2026-03-13T08:00:00+08:00" }] }, "2026-03-14", "warn"],
  ["an order that is over", { state: "ended" }, "2026-03-07", "none"],
  ["evidence of tomorrow, by this clock", {}, "2026-03-05", "warn"],
  ["too few machines", { observations: [{ product: "ips", seen: 1, of: 2, until: "2026-03-06T21:00:00+08:00" }] }, "2026-03-07", "warn"],
  ["a state that nobody knows", { state: "surprising" }, "2026-03-07", "warn"],
])("%s", (_, part, day, tone) => expect(light_of(order(part), line, at(day)).tone).toBe(tone));
