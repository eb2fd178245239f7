// What became of a list that was sent: how far it is, then the answer of each row and the returned file.
import { useEffect, useMemo, useState } from "react";
import { ApiError } from "../../api/client";
import { Link } from "../../base/router";
import { Badge, Button, Card, Waiting, type Tone } from "../../ui/parts";
import { as_trouble, Trouble } from "../../ui/trouble";
import { call, type ReplyOf } from "../api";
import { useDesk } from "../language";
import { DataTable } from "../table";
import { bytes_of, FileLink } from "./file_link";
import { is_open, reply_of, watch } from "./use_run";

type Job = ReplyOf<"job_show">;
type Answers = ReplyOf<"submission_bulk">;

const TONES: Record<string, Tone> = { quoted: "good", partly: "warn", referred: "warn", declined: "bad", refused: "bad" };
const STATES = ["quoted", "partly", "referred", "declined", "refused"] as const;

interface AnswersProps {
  job: string;
  /** Whether the browser remembers the job. */
  kept: boolean;
  name: string;
  /** Names of the companies by their rows, as far as they could be read here. */
  names: Map<number, string>;
  done: () => void;
  back: () => void;
}

function useWatched(id: string) {
  const [job, set_job] = useState<Job | null>(null);
  const [reply, set_reply] = useState<Answers | null>(null);
  const [trouble, set_trouble] = useState<ApiError | null>(null);
  const [turn, set_turn] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    set_trouble(null);
    call("job_show", { job: id }, { signal: stop.signal })
      .then((found) => watch(found, (seen) => !stop.signal.aborted && set_job(seen), stop.signal))
      .then((ended) => {
        const found = reply_of<Answers>(ended);
        if (!stop.signal.aborted) set_reply(found);
      })
      .catch((fault: unknown) => {
        if (!stop.signal.aborted) set_trouble(as_trouble(fault));
      });
    return () => stop.abort();
  }, [id, turn]);
  return { job, reply, trouble, again: () => set_turn((before) => before + 1) };
}

export function BulkAnswers({ job: id, kept, name, names, done, back }: AnswersProps) {
  const { t } = useDesk();
  const { job, reply, trouble, again } = useWatched(id);
  if (trouble) {
    return (
      <>
        <Trouble trouble={trouble} again={again} />
        <div className="actions">
          <Button kind="plain" onClick={back}>
            {t("bulk.back")}
          </Button>
        </div>
      </>
    );
  }
  if (job && is_open(job)) {
    return (
      <Card title={name}>
        <div className="progress" data-open="">
          <p role="status">{t("bulk.running", { done: job.done, of: job.of })}</p>
          <progress {...(job.of > 0 ? { value: job.done, max: job.of } : {})} aria-label={t("desk.bulk")} />
          <p className="soft small">{t(kept ? "bulk.may_leave" : "bulk.may_look", { job: job.id })}</p>
        </div>
      </Card>
    );
  }
  if (!reply) return <Waiting />;
  return <Answered reply={reply} name={name} names={names} done={done} back={back} />;
}

function Answered({ reply, name, names, done, back }: Omit<AnswersProps, "job" | "kept"> & { reply: Answers }) {
  const { t, lang } = useDesk();
  const file = reply.files?.[0];
  const bytes = useMemo(() => bytes_of(file?.base64 ?? ""), [file]);
  return (
    <>
      <Card title={name}>
        <p className="broker-states" role="status">
          {STATES.filter((state) => reply[state] > 0).map((state) => (
            <Badge key={state} tone={TONES[state] ?? "none"}>
              {t(`bulk.state_${state}`)} {reply[state]}
            </Badge>
          ))}
        </p>
        {file && (
          <FileLink name={file.name} type="application/octet-stream" content={bytes}>
            {t("bulk.returned", { name: file.name })}
          </FileLink>
        )}
        <p className="soft small">{t("bulk.twice")}</p>
        <div className="actions">
          <Button onClick={done}>{t("bulk.next")}</Button>
          <Button kind="plain" onClick={back}>
            {t("bulk.back")}
          </Button>
        </div>
      </Card>
      <DataTable
        name={t("bulk.answers")}
        rows={reply.rows}
        id={(row) => String(row.row)}
        empty={t("bulk.no_rows")}
        columns={[
          { name: "row", title: t("bulk.row"), text: (row) => String(row.row), order: (row) => row.row },
          { name: "company", title: t("column.company"), text: (row) => names.get(row.row) ?? row.enterprise ?? "—", cell: (row) => (row.enterprise ? <Link to={`company/${row.enterprise}`}>{names.get(row.row) ?? row.enterprise}</Link> : (names.get(row.row) ?? "—")) },
          {
            name: "state",
            title: t("column.state"),
            text: (row) => t(`bulk.state_${row.status as (typeof STATES)[number]}`),
            cell: (row) => <Badge tone={TONES[row.status] ?? "none"}>{t(`bulk.state_${row.status as (typeof STATES)[number]}`)}</Badge>,
          },
          { name: "quotes", title: t("desk.quotes"), text: (row) => row.quotes, cell: (row) => row.quotes.match(/quo_\d+/g)?.map((quote) => <Link key={quote} to={`quote/${quote}`}>{`${quote} `}</Link>) ?? "—" },
          { name: "reason", title: t("bulk.reason"), text: (row) => row[lang], cell: (row) => <span className="broker-lines">{row[lang] === "" ? "—" : row[lang]}</span>, long: true },
          { name: "code", title: t("bulk.code"), text: (row) => row.code ?? "", cell: (row) => <span className="mono">{row.code ?? ""}</span> },
          { name: "repeated", title: t("bulk.repeated"), text: (row) => t(row.repeated ? "yes" : "no") },
        ]}
      />
    </>
  );
}
