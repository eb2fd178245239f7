// Every incident of the library under a wording, one request after another, with its progress; beside another wording where one is
// chosen.
import { useEffect, useRef, useState } from "react";
import { ApiError } from "../api/client";
import type { Money } from "../base/money";
import { as_trouble } from "../ui/trouble";
import { call, type ReplyOf } from "./api";

export type Script = ReplyOf<"incident_library">[number];
export interface Played {
  script: Script;
  stated: Money | null;
  paid: Money | null;
  /** What the other wording pays; null: none was chosen. */
  other: Money | null;
  /** Why it cannot be played under these wordings: another currency, for example. */
  refused: string;
}

export interface Plays {
  rows: Played[];
  of: number;
  going: boolean;
  trouble: ApiError | null;
  begin: (scripts: readonly Script[], other: string) => Promise<void>;
  stop: () => void;
}

async function paid_by(wording: string, other: string, script: Script, signal: AbortSignal): Promise<Played> {
  if (other === "") {
    const { stated, paid } = await call("wording_play", { wording, script: script.id }, { signal });
    return { script, stated, paid, other: null, refused: "" };
  }
  const { under } = await call("wording_compare", { wordings: `${wording},${other}`, script: script.id }, { signal });
  const [mine, theirs] = [under.find((each) => each.name === wording), under.find((each) => each.name === other)];
  if (!mine || !theirs) throw new Error("wording_compare");
  return { script, stated: mine.stated, paid: mine.paid, other: theirs.paid, refused: "" };
}

async function play(wording: string, other: string, script: Script, signal: AbortSignal): Promise<Played> {
  try {
    return await paid_by(wording, other, script, signal);
  } catch (fault) {
    if (!(fault instanceof ApiError) || fault.unreached || fault.status >= 500 || fault.status === 401) throw fault;
    return { script, stated: null, paid: null, other: null, refused: fault.refused.rule };
  }
}

export function usePlays(wording: string): Plays {
  const [state, set_state] = useState<{ rows: Played[]; of: number; going: boolean; trouble: ApiError | null }>({ rows: [], of: 0, going: false, trouble: null });
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  async function begin(scripts: readonly Script[], other: string) {
    stop.current.abort();
    const mine = new AbortController();
    stop.current = mine;
    const rows: Played[] = [];
    set_state({ rows, of: scripts.length, going: true, trouble: null });
    try {
      for (const script of scripts) {
        rows.push(await play(wording, other, script, mine.signal));
        if (mine.signal.aborted) return;
        set_state({ rows: [...rows], of: scripts.length, going: rows.length < scripts.length, trouble: null });
      }
    } catch (fault) {
      if (!mine.signal.aborted) set_state({ rows: [...rows], of: scripts.length, going: false, trouble: as_trouble(fault) });
    }
  }
  return {
    ...state,
    begin,
    stop: () => {
      stop.current.abort();
      set_state((before) => ({ ...before, going: false }));
    },
  };
}
