// The decision of a referred quote: what, and why. It is kept while it is typed, and recorded once.
import { useState, type FormEvent } from "react";
import { forget_replies } from "../api/use_reply";
import { useDraft } from "../base/store";
import { focus_wrong_soon } from "../ui/focus";
import { Button, Card, Field } from "../ui/parts";
import { Trouble, trouble_at } from "../ui/trouble";
import { call } from "./api";
import { useDesk } from "./language";
import { use_sending } from "./use_sending";

const OUTCOMES = ["accept", "conditions", "decline"] as const;

export function Decide({ quote, done }: { quote: string; done: () => void }) {
  const { t, word } = useDesk();
  const { value: draft, change, clear } = useDraft(`decide.${quote}`, { outcome: "", reason: "" });
  const [file, set_file] = useState<File | null>(null);
  const [tried, set_tried] = useState(false);
  const { busy, trouble, send } = use_sending();
  const conditional = draft.outcome === "conditions";
  const open = [draft.outcome === "" && "outcome", draft.reason.trim() === "" && "reason", conditional && !file && "file"];
  const wrong = (field: "outcome" | "reason" | "file") => (tried && open.includes(field) ? t("price.must") : trouble_at(trouble, field));

  async function submit(event: FormEvent) {
    event.preventDefault();
    set_tried(true);
    if (open.some((each) => each !== false)) return focus_wrong_soon();
    await send(async (key) => {
      const sent = conditional && file ? { file: { name: file.name, text: await file.text() } } : {};
      await call("quote_decide", { quote, outcome: draft.outcome, reason: [draft.reason.trim()], ...sent }, { key });
      clear();
      forget_replies();
      done();
    });
  }

  return (
    <Card title={t("decide.title")} tone="calm">
      <form className="form" noValidate onSubmit={(event) => void submit(event)}>
        <fieldset className="pills field" aria-describedby={wrong("outcome") ? "outcome-wrong" : undefined}>
          <legend className="legend">{t("decide.outcome")}</legend>
          <div>
            {OUTCOMES.map((each) => (
              <label className="pill" key={each}>
                <input type="radio" name="outcome" checked={draft.outcome === each} aria-invalid={wrong("outcome") ? true : undefined} onChange={() => change({ outcome: each })} />
                <span>{word("referral_outcome", each)}</span>
              </label>
            ))}
          </div>
          {wrong("outcome") && (
            <p className="wrong" id="outcome-wrong">
              {wrong("outcome")}
            </p>
          )}
        </fieldset>
        {conditional && (
          <Field name="file" label={t("decide.file")} hint={t("decide.file_hint")} error={wrong("file")}>
            {(given) => <input {...given} type="file" accept=".toml,.json" onChange={(event) => set_file(event.target.files?.[0] ?? null)} />}
          </Field>
        )}
        <Field name="reason" label={t("decide.reason")} hint={t("decide.reason_hint")} error={wrong("reason")}>
          {(given) => <textarea {...given} value={draft.reason} onChange={(event) => change({ reason: event.target.value })} />}
        </Field>
        <Trouble trouble={trouble} />
        <div className="actions">
          <Button type="submit" busy={busy}>
            {t("decide.submit")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
