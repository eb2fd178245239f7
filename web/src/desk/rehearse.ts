// A log tried out: what the whole of it says, and line by line what the service understood. Nothing is recorded.
import { ApiError } from "../api/client";
import { lines_of } from "./line_diff";
import type { Observation } from "../protect/light";
import { call, type ReplyOf } from "./api";

export interface Log {
  order: string;
  product: string;
  text: string;
}

/** What was read of a line. */
export interface Signal {
  line: number;
  at: string;
  device: string;
  alert: boolean;
}

/** What was not understood, in words. */
export interface Fault {
  line: number;
  field: string;
  rule: string;
  fix: string;
}

export interface ReadLine {
  number: number;
  text: string;
  /** Null: see why. */
  read: Signal | null;
  why: Fault | null;
}

export type Light = ReplyOf<"order_show">["lights"][number];

export interface Rehearsed {
  whole: Observation | null;
  why: ApiError | null;
  lines: ReadLine[];
  /** The lights of the order as they are, and as they would be; none where the log was refused. */
  before: Light[];
  after: Light[];
  /** As they would be by this log alone. */
  alone: Light[];
}

/** So many lines of each kind are told by the service. */
export const MOST_LINES = 20;

export function file_of(text: string) {
  return { name: "signals.log", text };
}

interface DryRun {
  events?: { observation?: Observation }[];
  refusals?: Fault[];
  signals?: Signal[];
  lights_before?: Light[];
  lights_after?: Light[];
  lights_alone?: Light[];
}

function told_lines(text: string, signals: Signal[], faults: Fault[]): ReadLine[] {
  const texts = lines_of(text);
  const read = signals.map((each): ReadLine => ({ number: each.line, text: texts[each.line - 1] ?? "", read: each, why: null }));
  const not = faults.map((each): ReadLine => ({ number: each.line, text: texts[each.line - 1] ?? "", read: null, why: each }));
  return [...read, ...not].sort((one, other) => one.number - other.number);
}

async function try_out({ order, product, text }: Log): Promise<DryRun & { whole: Observation }> {
  const reply = (await call("observe", { order, product, file: file_of(text), "Anlan-Dry-Run": "true" })) as unknown as DryRun;
  const whole = reply.events?.[0]?.observation;
  if (!whole) throw new ApiError(0, { code: "no_rehearsal" }, "");
  return { ...reply, whole };
}

/** A refusal of the log is an answer; anything else is not. */
function refusal_of(fault: unknown): ApiError {
  if (!(fault instanceof ApiError) || fault.unreached || fault.status >= 500 || fault.status === 401) throw fault;
  return fault;
}

/** Of a log that is refused as a whole, which lines would have counted: each is tried alone. */
async function line_by_line(log: Log): Promise<ReadLine[]> {
  const lines: ReadLine[] = [];
  for (const [at, text] of lines_of(log.text).entries()) {
    if (text.trim() === "") continue;
    if (lines.length === MOST_LINES) break;
    try {
      const { signals } = await try_out({ ...log, text: `${text}\n` });
      lines.push({ number: at + 1, text, read: signals?.[0] ?? null, why: null });
    } catch (fault) {
      const { path, rule, fix } = refusal_of(fault).refused;
      lines.push({ number: at + 1, text, read: null, why: { line: at + 1, field: path, rule, fix } });
    }
  }
  return lines;
}

export async function rehearse(log: Log, part: (answer: Rehearsed) => void): Promise<Rehearsed> {
  try {
    const found = await try_out(log);
    return {
      whole: found.whole,
      why: null,
      lines: told_lines(log.text, found.signals ?? [], found.refusals ?? []),
      before: found.lights_before ?? [],
      after: found.lights_after ?? [],
      alone: found.lights_alone ?? [],
    };
  } catch (fault) {
    const refused: Rehearsed = { whole: null, why: refusal_of(fault), lines: [], before: [], after: [], alone: [] };
    part(refused);
    return { ...refused, lines: await line_by_line(log) };
  }
}
