// A form that sends one thing: busy meanwhile, in trouble after, and under one key until it is known what became of it, so that
// whoever sends again over a bad line has it recorded once.
import { useRef, useState } from "react";
import { fresh_key, type ApiError } from "./client";
import { as_trouble } from "../ui/trouble";

/** Whether what was sent may have been recorded, or may be yet: no answer, one of a proxy, or one that asks to come again. */
export function outcome_unknown(fault: ApiError): boolean {
  return fault.unreached || fault.status >= 500 || fault.status === 429 || fault.refused.code === "key_in_flight";
}

export function use_sending() {
  const [busy, set_busy] = useState(false);
  const [trouble, set_trouble] = useState<ApiError | null>(null);
  const key = useRef(fresh_key());

  async function send(work: (key: string) => Promise<void>) {
    set_trouble(null);
    set_busy(true);
    try {
      await work(key.current);
      key.current = fresh_key();
    } catch (fault) {
      const found = as_trouble(fault);
      if (!outcome_unknown(found)) key.current = fresh_key();
      set_trouble(found);
    } finally {
      set_busy(false);
    }
  }

  return { busy, trouble, send };
}
