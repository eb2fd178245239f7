// A task that the service does in the background: begun, watched, and its reply.
import { useEffect, useState } from "react";
import { ApiError } from "../api/client";
import { as_trouble } from "../ui/trouble";
import { call, type ReplyOf } from "./api";

type Job = ReplyOf<"job_show">;
const LOOK_AGAIN = 700;

export interface Watched {
  job: Job | null;
  open: boolean;
  trouble: ApiError | null;
  begin: (ask: () => Promise<unknown>) => Promise<void>;
}

export function useJob(): Watched {
  const [job, set_job] = useState<Job | null>(null);
  const [trouble, set_trouble] = useState<ApiError | null>(null);
  const open = job !== null && (job.state === "waiting" || job.state === "running");
  useEffect(() => {
    if (!job || !open) return;
    const timer = setTimeout(() => {
      call("job_show", { job: job.id })
        .then(set_job)
        .catch((fault: unknown) => set_trouble(as_trouble(fault)));
    }, LOOK_AGAIN);
    return () => clearTimeout(timer);
  }, [job, open]);
  async function begin(ask: () => Promise<unknown>) {
    set_trouble(null);
    try {
      set_job((await ask()) as Job);
    } catch (fault) {
      set_trouble(as_trouble(fault));
    }
  }
  return { job, open, trouble, begin };
}
