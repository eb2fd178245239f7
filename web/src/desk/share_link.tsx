// A link to what stands on this page, for a customer without an account: made here, shown once, taken back on the list of links.
import { useState, type FormEvent } from "react";
import { Link } from "../base/router";
import { moment_text } from "../base/days";
import { Button, Card, Field } from "../ui/parts";
import { Trouble, trouble_at } from "../ui/trouble";
import { call, type RequestOf } from "./api";
import { useDesk } from "./language";
import { use_sending } from "./use_sending";

const DAYS = "14";

export function ShareLink({ of, made: told }: { of: Pick<RequestOf<"share_make">, "quote" | "enterprise" | "products">; made?: () => void }) {
  const { t, lang } = useDesk();
  const [label, set_label] = useState("");
  const [days, set_days] = useState(DAYS);
  const [made, set_made] = useState<{ url: string; expires: string } | null>(null);
  const [copied, set_copied] = useState(false);
  const { busy, trouble, send } = use_sending();

  async function submit(event: FormEvent) {
    event.preventDefault();
    await send(async (key) => {
      const reply = await call("share_make", { ...of, ...(label.trim() === "" ? {} : { label: label.trim() }), days }, { key });
      set_made(reply.token === null ? null : { url: `${location.origin}/${lang}/shared#${reply.token}`, expires: reply.expires });
      set_copied(false);
      told?.();
    });
  }

  return (
    <Card title={t("share.title")}>
      <p className="soft">{t("share.text")}</p>
      <form className="form" noValidate onSubmit={(event) => void submit(event)}>
        <Field name="label" label={t("share.label")} hint={t("share.label_hint")} error={trouble_at(trouble, "label")}>
          {(given) => <input {...given} autoComplete="off" maxLength={60} value={label} onChange={(event) => set_label(event.target.value)} />}
        </Field>
        <Field name="days" label={t("share.days")} error={trouble_at(trouble, "days")}>
          {(given) => <input {...given} className="narrow" inputMode="numeric" autoComplete="off" value={days} onChange={(event) => set_days(event.target.value)} />}
        </Field>
        <Trouble trouble={trouble} />
        <div className="actions">
          <Button type="submit" busy={busy}>
            {t("share.make")}
          </Button>
          <Link to="desk/shares">{t("desk.shares")}</Link>
        </div>
      </form>
      <div role="status">
        {made && (
          <div className="note">
            <p>{t("share.once", { until: moment_text(made.expires, lang) })}</p>
            <p className="mono wrap-anywhere share-url">{made.url}</p>
            <Button kind="plain" onClick={() => void navigator.clipboard.writeText(made.url).then(() => set_copied(true))}>
              {t(copied ? "share.copied" : "share.copy")}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}
