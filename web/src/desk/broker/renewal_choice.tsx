// How a policy goes on after its period, recorded: renewed by itself, by hand, or not and why.
import { useState, type FormEvent } from "react";
import { useDraft } from "../../base/store";
import { focus_wrong_soon } from "../../ui/focus";
import { Button, Field } from "../../ui/parts";
import { Trouble, trouble_at } from "../../ui/trouble";
import { call } from "../api";
import { useDesk } from "../language";
import { use_sending } from "../use_sending";

const CHOICES = ["manual", "automatic", "insured_declines", "insurer_declines"] as const;
type Choice = (typeof CHOICES)[number];
const WITH_REASON: string[] = ["insured_declines", "insurer_declines"];

export function RenewalChoice({ policy }: { policy: string }) {
  const { t } = useDesk();
  const { value: draft, change, clear } = useDraft(`renewal.${policy}`, { choose: "", reason: "" });
  const [tried, set_tried] = useState(false);
  const [kept, set_kept] = useState<Choice | "">("");
  const { busy, trouble, send } = use_sending();
  const needs = WITH_REASON.includes(draft.choose);
  const field = (name: string) => `${name}-${policy}`;
  async function submit(event: FormEvent) {
    event.preventDefault();
    set_tried(true);
    if (draft.choose === "" || (needs && draft.reason.trim() === "")) return focus_wrong_soon();
    await send(async (key) => {
      const reply = await call("policy_renewal", { policy, choose: draft.choose, ...(needs ? { reason: draft.reason.trim() } : {}) }, { key });
      set_kept(reply.choice as Choice);
      set_tried(false);
      clear();
    });
  }
  return (
    <details className="more">
      <summary>{t("renewals.choose")}</summary>
      <form className="form" noValidate onSubmit={(event) => void submit(event)}>
        <Field name={field("choose")} label={t("renewals.choice")} error={tried && draft.choose === "" ? t("price.must") : trouble_at(trouble, "choose")}>
          {(given) => (
            <select {...given} value={draft.choose} onChange={(event) => change({ choose: event.target.value })}>
              <option value="">{t("broker.choose")}</option>
              {CHOICES.map((each) => (
                <option key={each} value={each}>
                  {t(`renewals.choice_${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        {needs && (
          <Field name={field("reason")} label={t("decide.reason")} error={tried && draft.reason.trim() === "" ? t("price.must") : trouble_at(trouble, "reason")}>
            {(given) => <textarea {...given} value={draft.reason} onChange={(event) => change({ reason: event.target.value })} />}
          </Field>
        )}
        <Trouble trouble={trouble} />
        <div className="actions">
          <Button type="submit" kind="plain" busy={busy}>
            {t("renewals.record")}
          </Button>
        </div>
        <p role="status" className="hint-good">
          {kept === "" ? "" : t("renewals.recorded", { choice: t(`renewals.choice_${kept}`) })}
        </p>
      </form>
    </details>
  );
}
