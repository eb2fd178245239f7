// A yes, or a no with its reason. Both are final, so each is asked for once more; a second press under one key changes nothing.
import { useRef, useState } from "react";
import { ApiError, fresh_key } from "../api/client";
import { forget_replies } from "../api/use_reply";
import { focus_wrong_soon } from "../ui/focus";
import { Button, Field } from "../ui/parts";
import { as_trouble, Trouble, trouble_at } from "../ui/trouble";
import { useDesk } from "./language";

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
  const [busy, set_busy] = useState(false);
  const [trouble, set_trouble] = useState<ApiError | null>(null);
  const key = useRef(fresh_key());

  async function sure() {
    set_tried(true);
    set_trouble(null);
    if (asked === "no" && reason.trim() === "") return focus_wrong_soon();
    set_busy(true);
    try {
      await send(asked === "no" ? reason.trim() : "", key.current);
      forget_replies();
      done();
    } catch (fault) {
      const found = as_trouble(fault);
      if (!found.unreached) key.current = fresh_key();
      set_trouble(found);
    } finally {
      set_busy(false);
    }
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
