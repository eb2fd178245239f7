// How a policy goes on after its period: what is recorded, and a form to record something else.
import { useState, type FormEvent } from "react";
import { useSession } from "../../api/session";
import { forget_replies } from "../../api/use_reply";
import { useDraft } from "../../base/store";
import { focus_wrong_soon } from "../../ui/focus";
import { Button, Field, Waiting } from "../../ui/parts";
import { Trouble, trouble_at } from "../../ui/trouble";
import { call, useReply } from "../api";
import { useDesk } from "../language";
import { use_sending } from "../use_sending";
import { CHOICES, choices_of, reason_of, type Choice } from "./renewal_choices";

/** Asked for when it is opened. */
export function RenewalChoice({ policy }: { policy: string }) {
  const { t } = useDesk();
  const { roles } = useSession();
  const [open, set_open] = useState(false);
  const [recorded, set_recorded] = useState<Choice | "">("");
  const history = useReply("policy_history", open ? { policy } : null);
  const now = recorded === "" ? (history.data?.renewal ?? "") : recorded;
  const present = CHOICES.find((each) => each === now);
  const choice = present ? t(`renewals.choice_${present}`) : now;
  const notice = present === "insurer_declines" && !roles.includes("underwriter"); // the insurer's word is not the broker's to take back
  return (
    <details className="more" onToggle={(event) => set_open(event.currentTarget.open)}>
      <summary>{t("renewals.choose")}</summary>
      {open && !history.data && !history.error && <Waiting />}
      <Trouble trouble={history.error} again={history.again} />
      {history.data && (
        <>
          <p role="status" className={recorded !== "" ? "hint-good" : undefined}>
            {t(recorded !== "" ? "renewals.recorded" : "renewals.present", { choice })}
            {history.data.renewal === now && history.data.renewal_reason !== "" && <span className="block soft small">{history.data.renewal_reason}</span>}
          </p>
          {!notice && (
            <Choose
              key={now}
              policy={policy}
              present={now}
              done={(chosen) => {
                forget_replies();
                set_recorded(chosen);
                history.again();
              }}
            />
          )}
        </>
      )}
    </details>
  );
}

function Choose({ policy, present, done }: { policy: string; present: string; done: (chosen: Choice) => void }) {
  const { t } = useDesk();
  const { roles } = useSession();
  const { value: draft, change, clear } = useDraft(`renewal.${policy}`, { choose: "", reason: "" });
  const [tried, set_tried] = useState(false);
  const { busy, trouble, send } = use_sending();
  const choices = choices_of(roles, present);
  const chosen = choices.find((each) => each === draft.choose) ?? "";
  const reason = reason_of(chosen);
  const given_reason = reason === null ? "" : draft.reason.trim();
  const missing = reason === "must" && given_reason === "";
  const field = (name: string) => `${name}-${policy}`;
  async function submit(event: FormEvent) {
    event.preventDefault();
    set_tried(true);
    if (chosen === "" || missing) return focus_wrong_soon();
    await send(async (key) => {
      await call("policy_renewal", { policy, choose: chosen, ...(given_reason === "" ? {} : { reason: given_reason }) }, { key });
      clear();
      done(chosen);
    });
  }
  return (
    <form className="form" noValidate onSubmit={(event) => void submit(event)}>
      <Field name={field("choose")} label={t("renewals.choice")} error={tried && chosen === "" ? t("price.must") : trouble_at(trouble, "choose")}>
        {(given) => (
          <select {...given} value={chosen} onChange={(event) => change({ choose: event.target.value })}>
            <option value="">{t("broker.choose")}</option>
            {choices.map((each) => (
              <option key={each} value={each}>
                {t(`renewals.choice_${each}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {reason && (
        <Field name={field("reason")} label={t("decide.reason")} optional={reason === "may"} error={tried && missing ? t("price.must") : trouble_at(trouble, "reason")}>
          {(given) => <textarea {...given} value={draft.reason} onChange={(event) => change({ reason: event.target.value })} />}
        </Field>
      )}
      <Trouble trouble={trouble} />
      <div className="actions">
        <Button type="submit" kind="plain" busy={busy}>
          {t("renewals.record")}
        </Button>
      </div>
    </form>
  );
}
