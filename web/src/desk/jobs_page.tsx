// What this credential asked the service to do in the background, how far it is, and a way to end it.
import { useEffect, useState } from "react";
import { ApiError } from "../api/client";
import { moment_text } from "../base/days";
import { Badge, Button, Page, type Tone } from "../ui/parts";
import { as_trouble, Trouble } from "../ui/trouble";
import { call, useReply, type ReplyOf } from "./api";
import { useDesk } from "./language";
import { DataTable, type Cell } from "./table";

type Job = ReplyOf<"job_show">;
export const JOB_TONE: Record<Job["state"], Tone> = { waiting: "none", running: "warn", done: "good", refused: "bad", cancelled: "none" };
const LOOK_AGAIN = 2_000;

export default function JobsPage() {
  const { t, lang } = useDesk();
  const jobs = useReply("job_list", {});
  const [trouble, set_trouble] = useState<ApiError | null>(null);
  const rows = jobs.data?.items;
  const { again } = jobs;
  const open = rows?.some((job) => job.state === "waiting" || job.state === "running") ?? false;
  useEffect(() => {
    if (!open) return;
    const timer = setInterval(again, LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [open, again]);

  async function cancel(job: string) {
    set_trouble(null);
    try {
      await call("job_cancel", { job });
      again();
    } catch (fault) {
      set_trouble(as_trouble(fault));
    }
  }

  const columns: Cell<Job>[] = [
    { name: "id", title: t("column.id"), text: (job) => job.id },
    { name: "operation", title: t("jobs.operation"), text: (job) => job.operation },
    { name: "state", title: t("column.state"), text: (job) => t(`job.${job.state}`), cell: (job) => <Badge tone={JOB_TONE[job.state]}>{t(`job.${job.state}`)}</Badge> },
    { name: "done", title: t("jobs.done"), text: (job) => (job.of > 0 ? t("jobs.done_of", { done: job.done, of: job.of }) : "—"), end: true },
    { name: "asked", title: t("jobs.asked"), text: (job) => moment_text(job.asked, lang), order: (job) => job.asked },
    { name: "ended", title: t("jobs.ended"), text: (job) => (job.ended ? moment_text(job.ended, lang) : "—"), order: (job) => job.ended ?? "" },
    {
      name: "cancel",
      title: t("jobs.end"),
      text: () => "",
      cell: (job) =>
        (job.state === "waiting" || job.state === "running") && (
          <Button kind="quiet" onClick={() => void cancel(job.id)}>
            {t("jobs.cancel", { id: job.id })}
          </Button>
        ),
    },
  ];
  return (
    <Page title={t("desk.jobs")} lead={t("desk.jobs_about")} desk>
      <Trouble trouble={trouble} />
      <DataTable name={t("desk.jobs")} columns={columns} id={(job) => job.id} rows={rows} error={jobs.error} again={again} empty={t("jobs.none")} />
    </Page>
  );
}
