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

/** A wording of the library by its name, or a draft with its text. */
export interface Subject {
  wording: string;
  text: string | null;
}

async function paid_by({ wording, text }: Subject, other: string, script: Script, signal: AbortSignal): Promise<Played> {
  const file = { name: wording, text: text ?? "" };
  if (other === "") {
    const asked = text === null ? call("wording_play", { wording, script: script.id }, { signal }) : call("wording_draft_play", { file, script: script.id }, { signal });
    const { stated, paid } = await asked;
    return { script, stated, paid, other: null, refused: "" };
  }
  const { under } = await (text === null
    ? call("wording_compare", { wordings: `${wording},${other}`, script: script.id }, { signal })
    : call("wording_draft_compare", { file, wordings: other, script: script.id }, { signal }));
  const [mine, theirs] = [under.find((each) => each.name === wording), under.find((each) => each.name === other)];
  if (!mine || !theirs) throw new Error("wording_compare");
  return { script, stated: mine.stated, paid: mine.paid, other: theirs.paid, refused: "" };
}

async function play(subject: Subject, other: string, script: Script, signal: AbortSignal): Promise<Played> {
  try {
    return await paid_by(subject, other, script, signal);
  } catch (fault) {
    if (!(fault instanceof ApiError) || fault.unreached || fault.status >= 500 || fault.status === 401) throw fault;
    return { script, stated: null, paid: null, other: null, refused: fault.refused.rule };
  }
}

export function usePlays(subject: Subject): Plays {
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
        rows.push(await play(subject, other, script, mine.signal));
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
