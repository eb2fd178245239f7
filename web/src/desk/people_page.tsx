// Who is who in this house, and what the service works on for whom: for whoever runs it, without the replies of the jobs.
import { moment_text } from "../base/days";
import { money_text } from "../base/money";
import { Badge, Page } from "../ui/parts";
import { usePages, useReply, type ReplyOf, type RowOf } from "./api";
import { JOB_TONE } from "./jobs_page";
import { useDesk } from "./language";
import { DataTable, type Cell } from "./table";

type Person = RowOf<"actor_list">;
type Job = ReplyOf<"job_list">["items"][number];

export default function PeoplePage() {
  const { t, lang, word } = useDesk();
  const people = usePages("actor_list", {});
  const jobs = useReply("job_list", { of: "house" });
  const roles = (row: Person) => row.roles.map((role) => word("role", role)).join(t("desk.comma"));
  const columns: Cell<Person>[] = [
    { name: "name", title: t("keys.actor"), text: (row) => row.name },
    { name: "roles", title: t("people.title"), text: roles, long: true },
    { name: "organisation", title: t("people.organisation"), text: (row) => row.organisation },
    { name: "authority", title: t("people.authority"), text: (row) => money_text(row.authority), order: (row) => row.authority.amount, end: true },
  ];
  const job_columns: Cell<Job>[] = [
    { name: "id", title: t("column.id"), text: (job) => job.id },
    { name: "by", title: t("journal.by"), text: (job) => job.by },
    { name: "operation", title: t("jobs.operation"), text: (job) => job.operation },
    { name: "state", title: t("column.state"), text: (job) => t(`job.${job.state}`), cell: (job) => <Badge tone={JOB_TONE[job.state]}>{t(`job.${job.state}`)}</Badge> },
    { name: "done", title: t("jobs.done"), text: (job) => (job.of > 0 ? t("jobs.done_of", { done: job.done, of: job.of }) : "—"), end: true },
    { name: "asked", title: t("jobs.asked"), text: (job) => moment_text(job.asked, lang) },
    { name: "ended", title: t("jobs.ended"), text: (job) => (job.ended ? moment_text(job.ended, lang) : "—") },
  ];
  return (
    <Page title={t("desk.people")} lead={t("desk.people_about")} desk>
      <DataTable name={t("people.title")} columns={columns} id={(row) => row.name} {...people} empty={t("people.none")} />
      <h2>{t("people.jobs")}</h2>
      <p className="soft">{t("people.jobs_text")}</p>
      <DataTable plain name={t("people.jobs")} columns={job_columns} id={(job) => job.id} rows={jobs.data?.items} error={jobs.error} again={jobs.again} empty={t("jobs.none")} />
    </Page>
  );
}
