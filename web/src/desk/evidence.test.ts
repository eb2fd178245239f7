import { expect, it } from "vitest";
import type { Line, Observation, Order } from "../protect/light";
import { gaps_of } from "./evidence";

const line = { product: "nbm", category: "nbm", controls: [], seen_min: 900_000, signal_days_max: 7, proofs: [{ control: "NET-05", answer: "url_and_dns" }] } as unknown as Line;
const seen = (from: string, until: string, count = 30) => ({ product: "nbm", seen: count, of: 30, from: `${from}:00+08:00`, until: `${until}:00+08:00` }) as unknown as Observation;
const order = (observations: Observation[], more: object = {}) => ({ state: "provisioned", from: "2026-03-01", until: "2027-03-01", lines: [line], proven_controls: [], observations, ...more }) as unknown as Order;
const at = (text: string) => Date.parse(`${text}:00+08:00`);
const said = (found: { from: number; until: number }[]) => found.map((gap) => [new Date(gap.from + 8 * 3_600_000).toISOString().slice(0, 16), new Date(gap.until + 8 * 3_600_000).toISOString().slice(0, 16)]);

it.each<[string, Observation[], string, string[][]]>([
  ["nothing at all", [], "2026-03-05T12:00", [["2026-03-01T00:00", "2026-03-05T12:00"]]],
  ["evidence late, then enough until now", [seen("2026-03-02T09:00", "2026-03-06T18:00")], "2026-03-07T12:00", [["2026-03-01T00:00", "2026-03-02T09:00"]]],
  ["evidence that is spent", [seen("2026-03-01T00:00", "2026-03-02T00:00")], "2026-03-12T00:00", [["2026-03-09T00:00", "2026-03-12T00:00"]]],
  ["a hole in the middle", [seen("2026-03-01T00:00", "2026-03-02T00:00"), seen("2026-03-11T00:00", "2026-03-12T00:00")], "2026-03-13T00:00", [["2026-03-09T00:00", "2026-03-11T00:00"]]],
  ["too few devices close nothing", [seen("2026-03-01T00:00", "2026-03-02T00:00", 26)], "2026-03-02T00:00", [["2026-03-01T00:00", "2026-03-02T00:00"]]],
  ["exactly enough devices", [seen("2026-03-01T00:00", "2026-03-02T00:00", 27)], "2026-03-02T00:00", []],
  ["before the order begins", [], "2026-02-01T00:00", []],
  ["an order that is over counts to its end", [seen("2026-03-01T00:00", "2027-02-20T00:00")], "2027-05-01T00:00", [["2027-02-27T00:00", "2027-03-01T00:00"]]],
])("gaps: %s", (_, observations, now, wanted) => expect(said(gaps_of(order(observations), line, at(now)))).toEqual(wanted));
