// A log tried out: the whole of it, then line by line, so that each line is told as the service understands it. Nothing is recorded.
import { ApiError } from "../api/client";
import { lines_of } from "./line_diff";
import type { Observation } from "../protect/light";
import { call } from "./api";

export interface Log {
  order: string;
  product: string;
  text: string;
}

export interface ReadLine {
  number: number;
  text: string;
  /** What it would say alone; null: see why. */
  read: Observation | null;
  why: ApiError | null;
}

export interface Rehearsed {
  whole: Observation | null;
  why: ApiError | null;
  lines: ReadLine[];
}

/** So many lines are tried one by one. */
export const MOST_LINES = 20;

export function file_of(text: string) {
  return { name: "signals.log", text };
}

async function try_out({ order, product, text }: Log): Promise<Observation> {
  const reply = (await call("observe", { order, product, file: file_of(text), "Anlan-Dry-Run": "true" })) as unknown as { events?: { observation?: Observation }[] };
  const found = reply.events?.[0]?.observation;
  if (!found) throw new ApiError(0, { code: "no_rehearsal" }, "");
  return found;
}

async function answer(log: Log): Promise<{ read: Observation | null; why: ApiError | null }> {
  try {
    return { read: await try_out(log), why: null };
  } catch (fault) {
    if (!(fault instanceof ApiError) || fault.unreached || fault.status >= 500 || fault.status === 401) throw fault;
    return { read: null, why: fault };
  }
}

export async function rehearse(log: Log, part: (answer: Rehearsed) => void): Promise<Rehearsed> {
  const { read: whole, why } = await answer(log);
  part({ whole, why, lines: [] });
  const lines: ReadLine[] = [];
  for (const [at, text] of lines_of(log.text).entries()) {
    if (text.trim() === "") continue;
    if (lines.length === MOST_LINES) break;
    lines.push({ number: at + 1, text, ...(await answer({ ...log, text: `${text}\n` })) });
  }
  return { whole, why, lines };
}
