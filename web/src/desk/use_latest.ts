// LatestOnly for a page: a question (kept by the caller while nothing in it changed) and the newest answer.
import { useCallback, useEffect, useRef, useState } from "react";
import { LatestOnly, type Latest } from "./latest";

export function useLatest<Q, A>(question: Q | null, asks: (question: Q, part: (answer: A) => void) => Promise<A>, pause?: number): Latest<Q, A> & { again: () => void } {
  const [state, set_state] = useState<Latest<Q, A>>({ since: null, answered: null, fault: null });
  const newest = useRef(asks);
  newest.current = asks;
  const latest = useRef<LatestOnly<Q, A> | null>(null);
  useEffect(() => {
    const mine = new LatestOnly<Q, A>((each, part) => newest.current(each, part), set_state, pause);
    latest.current = mine;
    return () => mine.stop();
  }, [pause]);
  useEffect(() => latest.current?.want(question), [question]);
  const again = useCallback(() => latest.current?.again(), []);
  return { ...state, again };
}
