// A job with its button, its progress and a way to end it.
import { Badge, Button } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { ApiError, type Refused } from "../api/client";
import { call } from "./api";
import { useDesk } from "./language";
import type { Watched } from "./use_job";

/** Why a job was refused, in words: its reply is the error that the request would have had. */
function refusal_of(reply: unknown): ApiError | null {
  const found = reply as { error?: Partial<Refused> } | null;
  return found?.error ? new ApiError(422, found.error, "") : null;
}

export function RunningJob({ watched, name, begin, start }: { watched: Watched; name: string; begin: string; start: () => Promise<unknown> }) {
  const { t } = useDesk();
  const { job, open, trouble } = watched;
  const ended = job !== null && (job.state === "refused" || job.state === "cancelled");
  return (
    <>
      <div className="actions">
        <Button kind="plain" busy={open} onClick={() => void watched.begin(start)}>
          {begin}
        </Button>
        {open && job && (
          <Button kind="quiet" onClick={() => void watched.begin(() => call("job_cancel", { job: job.id }))}>
            {t("jobs.cancel", { id: job.id })}
          </Button>
        )}
      </div>
      {open && job && (
        <div className="progress">
          <progress {...(job.of > 0 ? { value: job.done, max: job.of } : {})} aria-label={name} />
          <p className="soft number">{t("jobs.done_of", { done: job.done, of: job.of })}</p>
        </div>
      )}
      <div role="status">{ended && <Badge tone={job.state === "refused" ? "bad" : "none"}>{t(`job.${job.state}`)}</Badge>}</div>
      <Trouble trouble={trouble ?? (job?.state === "refused" ? refusal_of(job.reply) : null)} />
    </>
  );
}
