// A reply for a page: what is kept from before at once, then what the service says now.
import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError, call, type Name, type ReplyOf, type RequestOf } from "./client";

const replies = new Map<string, unknown>();

/** After something was changed, or somebody else signed in. */
export function forget_replies(): void {
  replies.clear();
}

/** What was answered under a key and still holds, as far as this page knows. */
export function kept_reply<T>(key: string): T | undefined {
  return replies.get(key) as T | undefined;
}

/** Undefined: it is to be asked again. */
export function keep_reply(key: string, data: unknown): void {
  if (data === undefined) replies.delete(key);
  else replies.set(key, data);
}

export interface Reply<T> {
  data: T | undefined;
  error: ApiError | undefined;
  loading: boolean;
  again: () => void;
}

/** Null as request: there is nothing to ask yet. */
export function useReply<N extends Name>(name: N, request: RequestOf<N> | null): Reply<ReplyOf<N>> {
  return useAnswer(answer_key(name, request), (signal) => call(name, request as RequestOf<N>, { signal }));
}

export function answer_key(name: string, request: object | null): string {
  return request === null ? "" : `${name} ${JSON.stringify(request)}`;
}

/** The same for whatever is asked under a key. An empty key: there is nothing to ask yet. */
export function useAnswer<T>(key: string, ask: (signal: AbortSignal) => Promise<T>): Reply<T> {
  const [state, set_state] = useState<{ key: string; data?: T; error?: ApiError }>({ key: "" });
  const [turn, set_turn] = useState(0);
  const asked = useRef(ask);
  asked.current = ask;
  useEffect(() => {
    if (key === "") return;
    const stop = new AbortController();
    asked
      .current(stop.signal)
      .then((data) => {
        if (stop.signal.aborted) return; // it may belong to somebody else by now
        replies.set(key, data);
        set_state({ key, data });
      })
      .catch((fault: unknown) => {
        if (stop.signal.aborted) return;
        set_state({ key, error: fault instanceof ApiError ? fault : new ApiError(0, { code: "fault" }, "") });
      });
    return () => stop.abort();
  }, [key, turn]);
  const again = useCallback(() => set_turn((before) => before + 1), []);
  const mine = state.key === key;
  const data = (mine && state.data !== undefined ? state.data : replies.get(key)) as T | undefined;
  const error = mine ? state.error : undefined;
  return { data: key === "" ? undefined : data, error, loading: key !== "" && data === undefined && error === undefined, again };
}
