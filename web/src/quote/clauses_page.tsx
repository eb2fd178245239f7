// The clauses that take something away, on a page of their own. Each is confirmed by hand; nothing is ticked beforehand.
import { useState, type FormEvent } from "react";
import { call } from "../api/client";
import { forget_replies, useReply } from "../api/use_reply";
import { use_sending } from "../api/use_sending";
import { moment_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { useRouter } from "../base/router";
import { useDraft } from "../base/store";
import { focus_wrong_soon } from "../ui/focus";
import { Button, Card, Page, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { confirmed_by } from "./confirmed";

export default function ClausesPage({ id }: { id: string }) {
  const { t, lang } = useLanguage();
  const { go } = useRouter();
  const quote = useReply("quote_show", { quote: id });
  const wording = useReply("wording_show", quote.data ? { wording: quote.data.wording, clauses: true } : null);
  const { value: read, change, clear } = useDraft<Record<string, boolean>>(`clauses.${id}`, {});
  const [final, set_final] = useState(false);
  const [tried, set_tried] = useState(false);
  const { busy, trouble, send } = use_sending();
  const back = { to: `quote/${id}`, text: t("quote.title") };
  const fault = quote.error ?? wording.error;
  if (fault) {
    return (
      <Page title={t("clauses.title")} back={back}>
        <Trouble trouble={fault} again={quote.again} />
      </Page>
    );
  }
  if (!quote.data || !wording.data) return <Waiting />;
  const confirmed = confirmed_by(quote.data);
  if (confirmed) {
    return (
      <Page title={t("clauses.title")} back={back}>
        <Card title={t("quote.confirmed")} tone="calm">
          <p className="soft">{t("quote.confirmed_on", { at: moment_text(confirmed.at, lang), who: confirmed.shown_by })}</p>
          <ol className="clauses">
            {wording.data.clauses
              .filter((clause) => quote.data?.to_explain.includes(clause.ref))
              .map((clause) => (
                <li key={clause.ref}>
                  <span className="ref">{clause.ref}</span>
                  <p>{clause[lang]}</p>
                </li>
              ))}
          </ol>
        </Card>
      </Page>
    );
  }
  const refs = quote.data.to_explain;
  const clauses = wording.data.clauses.filter((clause) => refs.includes(clause.ref));
  const open = clauses.filter((clause) => !read[clause.ref]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    set_tried(true);
    if (open.length > 0 || !final) {
      focus_wrong_soon();
      return;
    }
    await send(async (key) => {
      // A token, and nothing about the person: who confirmed is known by the session. The same at a repeated try.
      await call("quote_explain", { quote: id, "confirmed-by": `web-${key}` }, { key });
      forget_replies();
      clear();
      go(`quote/${id}`, { replace: true });
    });
  }

  return (
    <Page title={t("clauses.title")} lead={t("clauses.lead")} back={back}>
      <div className="progress progress-stuck">
        <progress value={clauses.length - open.length} max={clauses.length} aria-label={t("clauses.title")} />
        <p className="soft number" role="status">
          {t("clauses.progress", { done: clauses.length - open.length, all: clauses.length })}
        </p>
      </div>
      <form className="form" noValidate onSubmit={(event) => void submit(event)}>
        <ol className="list">
          {clauses.map((clause) => {
            const wrong = tried && !read[clause.ref];
            return (
              <li key={clause.ref}>
                <Card>
                  <h2 className="ref-title">{t("clauses.number", { ref: clause.ref })}</h2>
                  <p className="clause-text" id={`clause-${clause.ref}`}>
                    {clause[lang]}
                  </p>
                  <label className="choice">
                    <input
                      type="checkbox"
                      checked={read[clause.ref] === true}
                      aria-describedby={`clause-${clause.ref}`}
                      aria-invalid={wrong ? true : undefined}
                      onChange={(event) => change({ [clause.ref]: event.target.checked })}
                    />
                    <span className={wrong ? "wrong" : ""}>
                      {t("clauses.understood")}
                      <span className="hidden"> {t("clauses.number", { ref: clause.ref })}</span>
                    </span>
                  </label>
                </Card>
              </li>
            );
          })}
        </ol>
        <Card tone="calm">
          <label className="choice">
            <input type="checkbox" checked={final} aria-invalid={tried && open.length === 0 && !final ? true : undefined} onChange={(event) => set_final(event.target.checked)} />
            <span>{t("clauses.final")}</span>
          </label>
          <p className="soft small">
            {t("clauses.version", { wording: wording.data.title, version: wording.data.version })}
            <br />
            <span className="mono">{t("clauses.digest", { digest: quote.data.wording_artefact.slice(0, 16) })}</span>
          </p>
          {tried && (open.length > 0 || !final) && (
            <p className="wrong" role="alert">
              {open.length > 0 ? t("clauses.left", { count: open.length }) : t("clauses.final_left")}
            </p>
          )}
          <Trouble trouble={trouble} />
          <div className="actions">
            <Button type="submit" busy={busy}>
              {t("clauses.submit")}
            </Button>
          </div>
        </Card>
      </form>
    </Page>
  );
}
