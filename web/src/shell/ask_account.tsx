// An account for whoever wants to buy, asked for without leaving the page: name, company, address; then a password of
// one's own. A sandbox answers with the invitation itself; elsewhere a person of the insurer sends it.
import { useState, type FormEvent } from "react";
import { useSession } from "../api/session";
import { ApiError, ask } from "../api/client";
import { useLanguage } from "../base/i18n";
import { Button, Card, Field } from "../ui/parts";
import { as_trouble, Trouble, trouble_at } from "../ui/trouble";

interface Asked {
  login: string;
  sandbox: boolean;
  invitation: string | null;
}

export function AskAccount({ after, back }: { after?: (() => void) | undefined; back: () => void }) {
  const { t } = useLanguage();
  const [asked, set_asked] = useState<Asked | null>(null);
  if (!asked) return <Ask done={set_asked} back={back} />;
  if (asked.invitation !== null) return <Join login={asked.login} invitation={asked.invitation} after={after} />;
  return (
    <Card title={t("account.sent")} tone="calm">
      <p role="status">{t("account.sent_text", { login: asked.login })}</p>
      <div className="actions">
        <Button kind="plain" onClick={back}>
          {t("account.back")}
        </Button>
      </div>
    </Card>
  );
}

function use_posting() {
  const [busy, set_busy] = useState(false);
  const [trouble, set_trouble] = useState<ApiError | null>(null);
  async function post(work: () => Promise<void>) {
    set_busy(true);
    set_trouble(null);
    try {
      await work();
    } catch (fault) {
      set_trouble(as_trouble(fault));
    } finally {
      set_busy(false);
    }
  }
  return { busy, trouble, post };
}

function Ask({ done, back }: { done: (asked: Asked) => void; back: () => void }) {
  const { t } = useLanguage();
  const { busy, trouble, post } = use_posting();
  const [form, set_form] = useState({ display_name: "", company: "", login: "" });
  const change = (name: keyof typeof form) => (event: { target: { value: string } }) => set_form({ ...form, [name]: event.target.value });

  function submit(event: FormEvent) {
    event.preventDefault();
    const body = { display_name: form.display_name.trim(), company: form.company.trim(), login: form.login.trim() };
    void post(async () => done(await ask<Asked>({ method: "POST", path: "/v1/account/ask", body, quiet: true, as: null })));
  }

  return (
    <Card title={t("account.title")}>
      <form className="form" onSubmit={submit}>
        <p className="soft">{t("account.lead")}</p>
        <Field label={t("account.name")} name="display_name" error={trouble_at(trouble, "display_name")}>
          {(given) => <input {...given} autoComplete="name" required value={form.display_name} onChange={change("display_name")} />}
        </Field>
        <Field label={t("account.company")} name="company" error={trouble_at(trouble, "company")}>
          {(given) => <input {...given} autoComplete="organization" required value={form.company} onChange={change("company")} />}
        </Field>
        <Field label={t("account.login")} hint={t("account.login_hint")} name="login" error={trouble_at(trouble, "login")}>
          {(given) => <input {...given} autoComplete="username" autoCapitalize="none" spellCheck={false} required value={form.login} onChange={change("login")} />}
        </Field>
        <Trouble trouble={trouble} />
        <div className="actions">
          <Button type="submit" busy={busy}>
            {t("account.submit")}
          </Button>
          <Button kind="quiet" onClick={back}>
            {t("account.back")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Join({ login, invitation, after }: { login: string; invitation: string; after?: (() => void) | undefined }) {
  const { t } = useLanguage();
  const session = useSession();
  const { busy, trouble, post } = use_posting();
  const [password, set_password] = useState("");
  const [joined, set_joined] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    void post(async () => {
      if (!joined) await ask({ method: "POST", path: "/v1/account/join", body: { invitation, password }, quiet: true, as: null });
      set_joined(true);
      if (await session.sign_in(login, password, "")) after?.();
    });
  }

  return (
    <Card title={t("account.password_title")}>
      <form className="form" onSubmit={submit}>
        <p className="note" role="status">
          {t("account.sandbox")}
          <br />
          <span className="mono small">{invitation}</span>
        </p>
        <input type="hidden" name="username" autoComplete="username" value={login} />
        <Field label={t("account.password", { login })} hint={t("account.password_hint")} name="password" error={trouble_at(trouble, "password")}>
          {(given) => <input {...given} type="password" autoComplete="new-password" required value={password} onChange={(event) => set_password(event.target.value)} />}
        </Field>
        <Trouble trouble={trouble} />
        <div className="actions">
          <Button type="submit" busy={busy}>
            {t("account.join")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
