// The auditor's chain: the whole of it verified by the service, what that proves and what it does not, and the signed head to keep.
import { useState, type ChangeEvent } from "react";
import { moment_text } from "../base/days";
import { Button, Card, Field, Rows, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { call, useReply } from "./api";
import { useDesk } from "./language";
import { RunningJob } from "./running_job";
import { SaveText } from "./save_text";
import { useJob } from "./use_job";

// The description says of a job's reply only that there is one.
interface Verified {
  records: number;
  commands: number;
  seq: number;
  chain: string;
  first_at: string | null;
  last_at: string | null;
  house_key: string | null;
  personal_items: number;
  blobs: number;
}

export function VerifyCard() {
  const { t, lang } = useDesk();
  const watched = useJob();
  const [head, set_head] = useState<{ name: string; text: string } | null>(null);
  const [with_head, set_with_head] = useState(false);
  const { job } = watched;
  const found = job?.state === "done" ? (job.reply as unknown as Verified) : null;

  async function chosen(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    set_head(file ? { name: "head.json", text: await file.text() } : null);
  }

  return (
    <Card title={t("chain.title")}>
      <p className="soft">{t("chain.text")}</p>
      <div className="form">
        <Field name="head" label={t("chain.head")} hint={t("chain.head_hint")} optional>
          {(given) => <input {...given} type="file" accept=".json" onChange={(event) => void chosen(event)} />}
        </Field>
      </div>
      <RunningJob
        watched={watched}
        name={t("chain.title")}
        begin={t("chain.begin")}
        start={() => {
          set_with_head(head !== null);
          return call("journal_verify", head ? { head } : {});
        }}
      />
      {found && (
        <>
          <p role="status" className="hint-good">
            {t("chain.whole", { records: found.records, seq: found.seq })}
          </p>
          <Rows
            rows={[
              { name: t("chain.records"), value: String(found.records) },
              { name: t("chain.commands"), value: String(found.commands) },
              { name: t("chain.period"), value: found.first_at && found.last_at ? `${moment_text(found.first_at, lang)} – ${moment_text(found.last_at, lang)}` : "—" },
              { name: t("chain.beside"), value: `${found.personal_items} / ${found.blobs}` },
              { name: t("journal.chain"), value: <span className="mono digest">{found.chain}</span> },
              { name: t("chain.key"), value: <span className="mono digest">{found.house_key ?? "—"}</span> },
            ]}
          />
          <p>{t("chain.proves")}</p>
          <p>{t(with_head ? "chain.proves_head" : "chain.not_head")}</p>
          <p className="soft">{t("chain.not")}</p>
        </>
      )}
    </Card>
  );
}

export function HeadCard() {
  const { t, lang } = useDesk();
  const reply = useReply("journal_head", {});
  const found = reply.data;
  return (
    <Card title={t("signed.title")} tone="calm">
      <p className="soft">{t("signed.text")}</p>
      {reply.error ? <Trouble trouble={reply.error} again={reply.again} /> : !found && <Waiting />}
      {found && (
        <>
          <Rows
            rows={[
              { name: t("journal.seq"), value: String(found.seq) },
              { name: t("signed.at"), value: moment_text(found.at, lang) },
              { name: t("journal.chain"), value: <span className="mono digest">{found.chain}</span> },
              { name: t("chain.key"), value: <span className="mono digest">{found.public_key}</span> },
              { name: t("signed.signature"), value: <span className="mono digest">{found.signature}</span> },
            ]}
          />
          <div className="actions">
            <SaveText name={`${found.house}-${found.seq}.json`} text={`${JSON.stringify(found, null, 2)}\n`}>
              {t("signed.save")}
            </SaveText>
            <Button kind="quiet" onClick={reply.again}>
              {t("signed.again")}
            </Button>
          </div>
        </>
      )}
    </Card>
  );
}
