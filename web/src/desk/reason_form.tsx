// A yes, or a no with its reason. Both are final, so each is asked for once more; a second press under one key changes nothing.
import { useState } from "react";
import { forget_replies } from "../api/use_reply";
import { focus_wrong_soon } from "../ui/focus";
import { Button, Field } from "../ui/parts";
import { Trouble, trouble_at } from "../ui/trouble";
import { useDesk } from "./language";
import { use_sending } from "./use_sending";

interface ReasonFormProps {
  name: string; // of the field, unlike others on the page
  yes: string;
  /** Left out: whoever asks may only say yes. */
  no?: string | undefined;
  /** Without a reason: yes. */
  send: (reason: string, key: string) => Promise<unknown>;
  done: () => void;
}

export function ReasonForm({ name, yes, no, send, done }: ReasonFormProps) {
  const { t } = useDesk();
  const [asked, set_asked] = useState<"" | "yes" | "no">("");
  const [reason, set_reason] = useState("");
  const [tried, set_tried] = useState(false);
  const { busy, trouble, send: sending } = use_sending();

  async function sure() {
    set_tried(true);
    if (asked === "no" && reason.trim() === "") return focus_wrong_soon();
    await sending(async (key) => {
      await send(asked === "no" ? reason.trim() : "", key);
      forget_replies();
      done();
    });
  }

  if (asked === "") {
    return (
      <div className="actions">
        <Button onClick={() => set_asked("yes")}>{yes}</Button>
        {no !== undefined && (
          <Button kind="plain" onClick={() => set_asked("no")}>
            {no}
          </Button>
        )}
      </div>
    );
  }
  return (
    <div className="form">
      {asked === "no" && (
        <Field name={name} label={t("decide.reason")} error={tried && reason.trim() === "" ? t("price.must") : trouble_at(trouble, name)}>
          {(given) => <textarea {...given} value={reason} onChange={(event) => set_reason(event.target.value)} />}
        </Field>
      )}
      <Trouble trouble={trouble} />
      <div className="actions">
        <Button busy={busy} onClick={() => void sure()}>
          {t("reason.sure", { what: asked === "yes" ? yes : (no ?? "") })}
        </Button>
        <Button kind="quiet" onClick={() => set_asked("")}>
          {t("reason.not_yet")}
        </Button>
      </div>
    </div>
  );
}
