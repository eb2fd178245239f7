// Quotes calculated again from what the house kept: the same to the last bit, or what differs.
import { Link } from "../base/router";
import { Badge, Button, Card, Page } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { call } from "./api";
import { useDesk } from "./language";
import { DataTable } from "./table";
import { useJob } from "./use_job";

// The description says of a job's reply only that there is one.
interface Checked {
  quote: string;
  same: boolean;
  digest: string;
  model: string;
  program: string;
  program_of_today: string;
  changes: unknown[];
}

/** Without a quote: all of them. */
export function Again({ quote }: { quote?: string }) {
  const { t } = useDesk();
  const { job, open, trouble, begin } = useJob();
  const done = job?.state === "done" && Array.isArray(job.reply) ? (job.reply as Checked[]) : null;
  const different = done?.filter((each) => !each.same).length ?? 0;
  return (
    <Card title={t("again.title")}>
      <p className="soft">{t("again.text")}</p>
      <div className="actions">
        <Button kind="plain" busy={open} onClick={() => void begin(() => call("quote_verify", quote === undefined ? {} : { quote: [quote] }))}>
          {t(quote === undefined ? "again.all" : "again.one")}
        </Button>
        {open && job && (
          <Button kind="quiet" onClick={() => void begin(() => call("job_cancel", { job: job.id }))}>
            {t("jobs.cancel", { id: job.id })}
          </Button>
        )}
      </div>
      {open && job && (
        <div className="progress">
          <progress {...(job.of > 0 ? { value: job.done, max: job.of } : {})} aria-label={t("again.title")} />
          <p className="soft number">{t("jobs.done_of", { done: job.done, of: job.of })}</p>
        </div>
      )}
      <div role="status">
        {done && <Badge tone={different === 0 ? "good" : "bad"}>{t(different === 0 ? "again.same" : "again.different", { count: different === 0 ? done.length : different })}</Badge>}
        {job && (job.state === "refused" || job.state === "cancelled") && <Badge tone="bad">{t(`job.${job.state}`)}</Badge>}
      </div>
      <Trouble trouble={trouble} />
      {done && (
        <DataTable
          plain
          name={t("again.title")}
          rows={done}
          id={(each) => each.quote}
          empty={t("quotes.none")}
          columns={[
            { name: "quote", title: t("desk.quotes"), text: (each) => each.quote, cell: (each) => <Link to={`desk/quote/${each.quote}`}>{each.quote}</Link> },
            { name: "same", title: t("again.result"), text: (each) => t(each.same ? "again.is_same" : "again.is_different"), cell: (each) => <Badge tone={each.same ? "good" : "bad"}>{t(each.same ? "again.is_same" : "again.is_different")}</Badge> },
            { name: "model", title: t("loss.model"), text: (each) => each.model },
            { name: "program", title: t("again.program"), text: (each) => each.program },
            { name: "digest", title: t("again.digest"), text: (each) => each.digest, cell: (each) => <span className="mono">{each.digest.slice(0, 16)}…</span> },
          ]}
        />
      )}
    </Card>
  );
}

export default function AgainPage() {
  const { t } = useDesk();
  return (
    <Page title={t("desk.again")} lead={t("desk.again_about")} desk>
      <Again />
    </Page>
  );
}
