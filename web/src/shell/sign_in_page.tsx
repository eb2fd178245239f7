// Sign-in by password, and a code where the account asks for one. A page behind it keeps its address and its draft.
import { useState, type FormEvent, type ReactNode } from "react";
import { useSession } from "../api/session";
import { ApiError } from "../api/client";
import { useLanguage } from "../base/i18n";
import { useRouter } from "../base/router";
import { Button, Card, Field, Page, Waiting } from "../ui/parts";
import { as_trouble, Trouble } from "../ui/trouble";
import { AskAccount } from "./ask_account";
import { ChooseActor } from "./choose_actor";

// What the service says when the password was right and a code is wanted, too.
const CODE_WANTED = "code_required";

/** Both at one address, so that whoever asks for an account goes on where he was. */
function SignInOrAsk({ after }: { after?: () => void }) {
  const { t } = useLanguage();
  const [asks, set_asks] = useState(false);
  if (asks) return <AskAccount after={after} back={() => set_asks(false)} />;
  return (
    <>
      <SignInForm {...(after ? { after } : {})} />
      <div className="actions">
        <Button kind="plain" onClick={() => set_asks(true)}>
          {t("account.ask")}
        </Button>
      </div>
    </>
  );
}

function SignInForm({ after }: { after?: () => void }) {
  const { t } = useLanguage();
  const session = useSession();
  const [login, set_login] = useState("");
  const [password, set_password] = useState("");
  const [code, set_code] = useState("");
  const [code_wanted, want_code] = useState(false);
  const [busy, set_busy] = useState(false);
  const [trouble, set_trouble] = useState<ApiError | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    set_busy(true);
    set_trouble(null);
    try {
      if (await session.sign_in(login.trim(), password, code.replace(/\s/g, ""))) after?.();
    } catch (fault) {
      const found = as_trouble(fault);
      if (found.refused.code === CODE_WANTED && !code_wanted) want_code(true);
      else set_trouble(found);
    } finally {
      set_busy(false);
    }
  }

  return (
    <Card>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <Field label={t("sign_in.login")} name="login">
          {(given) => (
            <input {...given} autoComplete="username" autoCapitalize="none" spellCheck={false} required value={login} onChange={(event) => set_login(event.target.value)} />
          )}
        </Field>
        <Field label={t("sign_in.password")} name="password">
          {(given) => (
            <input {...given} type="password" autoComplete="current-password" required value={password} onChange={(event) => set_password(event.target.value)} />
          )}
        </Field>
        {code_wanted ? (
          <Field label={t("sign_in.code")} hint={t("sign_in.code_hint")} name="code">
            {(given) => (
              <input {...given} inputMode="numeric" autoComplete="one-time-code" required autoFocus value={code} onChange={(event) => set_code(event.target.value)} />
            )}
          </Field>
        ) : (
          <Button kind="quiet" onClick={() => want_code(true)}>
            {t("sign_in.have_code")}
          </Button>
        )}
        <Trouble trouble={trouble} />
        <div className="actions">
          <Button type="submit" busy={busy}>
            {t("sign_in.submit")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

export function SignInPage() {
  const { t } = useLanguage();
  const { go } = useRouter();
  const session = useSession();
  const home = () => go("", { replace: true });
  if (session.state === "somebody" && session.actor === "" && session.acts_as.length > 1) return <ChooseActor after={home} />;
  return (
    <Page title={t("sign_in.title")} lead={t("sign_in.lead")}>
      <SignInOrAsk after={home} />
    </Page>
  );
}

/** What only somebody who is signed in may see; until then the sign-in stands in its place, at the same address. */
export function SignedIn({ children }: { children: ReactNode }) {
  const { t } = useLanguage();
  const session = useSession();
  if (session.state === "asking") return <Waiting />;
  if (session.state === "unreached") {
    return (
      <Page title={t("error.unreached")}>
        <Trouble trouble={new ApiError(0, { code: "unreachable" }, "")} again={session.ask_again} />
      </Page>
    );
  }
  if (session.state !== "somebody") {
    const ended = session.state === "ended";
    return (
      <Page title={t("sign_in.title")} lead={t(ended ? "sign_in.ended" : "sign_in.needed")}>
        {ended ? <SignInForm /> : <SignInOrAsk />}
      </Page>
    );
  }
  if (session.actor === "" && session.acts_as.length > 0) return <ChooseActor />;
  if (session.actor === "") {
    return (
      <Page title={t("membership.title")}>
        <Card tone="warn">
          <p>{t("membership.none")}</p>
        </Card>
      </Page>
    );
  }
  return children;
}
