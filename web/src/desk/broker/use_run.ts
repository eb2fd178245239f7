// A calculation that takes its time: begun in the background, watched, ended when nobody waits for it any more. What was calculated
// is still there on the way back from a clause.
import { useCallback, useEffect, useState } from "react";
import { ApiError, type Refused } from "../../api/client";
import { answer_key, keep_reply, kept_reply } from "../../api/use_reply";
import { as_trouble } from "../../ui/trouble";
import { call, type Name, type ReplyOf, type RequestOf } from "../api";

type Job = ReplyOf<"job_show">;
const LOOK_AGAIN = 500;

export interface Run<T> {
  reply: T | undefined;
  /** While it goes on. */
  job: Job | null;
  open: boolean;
  trouble: ApiError | null;
  cancel: () => void;
  again: () => void;
}

interface State<T> {
  key: string;
  job: Job | null;
  reply?: T;
  trouble?: ApiError;
}

export function is_open(job: Job): boolean {
  return job.state === "waiting" || job.state === "running";
}

/** What a job that ended says: its reply, or why there is none. */
export function reply_of<T>(job: Job): T {
  if (job.state === "done") return job.reply as T;
  const refused = (job.reply as { error?: Partial<Refused> } | null)?.error ?? { code: job.state };
  throw new ApiError(job.status ?? 500, refused, job.id);
}

const pause = () => new Promise((done) => setTimeout(done, LOOK_AGAIN));

/** Until the job has ended; `seen` is told of each state on the way. */
export async function watch(begun: Job, seen: (job: Job) => void, signal?: AbortSignal): Promise<Job> {
  let job = begun;
  seen(job);
  while (is_open(job)) {
    await pause();
    job = await call("job_show", { job: job.id }, signal ? { signal } : {});
    seen(job);
  }
  return job;
}

/** Null as request: there is nothing to calculate yet. */
export function useRun<N extends Name>(name: N, request: RequestOf<N> | null): Run<ReplyOf<N>> {
  const key = answer_key(`run ${name}`, request);
  const [turn, set_turn] = useState(0);
  const [state, set_state] = useState<State<ReplyOf<N>>>({ key: "", job: null });
  useEffect(() => {
    if (key === "") return;
    const before = kept_reply<ReplyOf<N>>(key);
    if (before !== undefined) return set_state({ key, job: null, reply: before });
    const stop = new AbortController();
    let last: Job | null = null;
    const seen = (job: Job) => {
      last = job;
      if (!stop.signal.aborted) set_state({ key, job });
    };
    async function run() {
      try {
        const begun = await call(name, { ...request, Prefer: "respond-async" } as RequestOf<N>, { signal: stop.signal });
        const job = await watch(begun as Job, seen, stop.signal);
        if (stop.signal.aborted || job.state === "cancelled") return;
        const reply = reply_of<ReplyOf<N>>(job);
        keep_reply(key, reply);
        set_state({ key, job, reply });
      } catch (fault) {
        if (!stop.signal.aborted) set_state({ key, job: null, trouble: as_trouble(fault) });
      }
    }
    set_state({ key, job: null });
    void run();
    return () => {
      stop.abort();
      if (last && is_open(last)) call("job_cancel", { job: last.id }).catch(() => undefined); // it may have ended by itself
    };
  }, [key, turn]);
  const mine = state.key === key && key !== "";
  const before = mine || key === "" ? undefined : kept_reply<ReplyOf<N>>(key);
  const job = mine ? state.job : null;
  const open = key !== "" && before === undefined && (!mine || (!state.reply && !state.trouble && (job === null || is_open(job))));
  const cancel = useCallback(() => {
    if (job && is_open(job)) call("job_cancel", { job: job.id }).catch(() => undefined);
  }, [job]);
  const again = useCallback(() => {
    keep_reply(key, undefined);
    set_turn((before) => before + 1);
  }, [key]);
  return { reply: mine ? state.reply : before, job, open, trouble: (mine && state.trouble) || null, cancel, again };
}
