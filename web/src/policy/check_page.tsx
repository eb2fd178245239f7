// Is this document genuine? By the text of its QR code, or by the file itself; the service checks the signature.
import { useState, type FormEvent } from "react";
import { call, type ReplyOf } from "../api/client";
import { useSession } from "../api/session";
import { use_sending } from "../api/use_sending";
import { answer_to, same_question, type Asked } from "../base/asked";
import { useLanguage } from "../base/i18n";
import { useRouter } from "../base/router";
import { keep, kept } from "../base/store";
import { FileInput } from "../ui/file_input";
import { focus_wrong_soon } from "../ui/focus";
import { Button, Card, Field, Page, Rows } from "../ui/parts";
import { Trouble, trouble_at } from "../ui/trouble";

type Checked = ReplyOf<"verify">;
interface Question {
  code: string;
  file: File | null;
}

const NOT_GENUINE = "document_invalid";
const FILE_MOST = 5 << 20; // the service takes 8 MB, and base64 makes a third more of it
const KEPT = "draft.check";

function read_base64(file: File): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => fail(new Error("file"));
    reader.readAsDataURL(file);
  });
}

export default function CheckPage() {
  const { t } = useLanguage();
  const { place } = useRouter();
  const { state } = useSession();
  const nobody = state === "nobody" || state === "ended";
  const [code, set_code] = useState(() => place.query.get("code") ?? kept(KEPT) ?? "");
  const [file, set_file] = useState<File | null>(null);
  const [tried, set_tried] = useState(false);
  const [asked, set_asked] = useState<Asked<Question, Checked> | null>(null);
  const { busy, trouble: met, send } = use_sending();
  const now: Question = { code, file };
  const found = answer_to(asked, now); // a verdict is on one document, and on no other
  const trouble = asked && same_question(asked.of, now) ? met : null;
  const empty = code.trim() === "" && !file;
  const large = file !== null && file.size > FILE_MOST;

  function change(to: string) {
    set_code(to);
    keep(KEPT, to === "" ? null : to);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    set_tried(true);
    set_asked(null);
    if (empty || large) return focus_wrong_soon();
    set_asked({ of: now, answer: null });
    await send(async (key) => {
      const document = file ? { file: { name: file.name, base64: await read_base64(file) } } : { code: code.replace(/\s/g, "") };
      set_asked({ of: now, answer: await call("verify", document, { key }) });
    });
  }

  const forged = trouble?.refused.code === NOT_GENUINE;
  return (
    <Page title={t("check.title")} lead={t("check.lead")} {...(nobody ? {} : { back: { to: "policies", text: t("menu.policies") } })}>
      <Card>
        <form className="form" noValidate onSubmit={(event) => void submit(event)}>
          <Field name="code" label={t("check.code")} hint={t("check.code_hint")} error={tried && empty ? t("check.must") : forged ? undefined : trouble_at(trouble, "code")}>
            {(given) => (
              <textarea
                {...given}
                className="mono"
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                value={code}
                onChange={(event) => change(event.target.value)}
              />
            )}
          </Field>
          <Field name="file" label={t("check.file")} hint={file ? t("check.chosen", { name: file.name }) : t("check.file_hint")} optional error={large ? t("check.file_large") : forged ? undefined : trouble_at(trouble, "file")}>
            {(given) => <FileInput given={given} accept="application/pdf,application/json,.pdf,.json" take={set_file} />}
          </Field>
          {forged ? (
            <div className="trouble" role="alert">
              <p className="trouble-title">{t("check.forged")}</p>
              <p>{trouble?.refused.rule}</p>
              <p className="trouble-fix">{trouble?.refused.fix}</p>
              <p className="mono small">{trouble?.refused.code}</p>
            </div>
          ) : (
            <Trouble trouble={trouble} />
          )}
          <div className="actions">
            <Button type="submit" busy={busy}>
              {t("check.submit")}
            </Button>
            {!empty && (
              <Button
                kind="quiet"
                onClick={() => {
                  change("");
                  set_file(null);
                }}
              >
                {t("check.clear")}
              </Button>
            )}
          </div>
        </form>
      </Card>
      <div role="status">{found && <Found found={found} />}</div>
    </Page>
  );
}

function Found({ found }: { found: Checked }) {
  const { t, word } = useLanguage();
  const state = found.state_now;
  return (
    <Card title={t(found.house_proven ? "check.genuine" : "check.intact")} tone={found.house_proven ? "calm" : "warn"}>
      <p>{t(found.house_proven ? "check.genuine_text" : "check.intact_text")}</p>
      <Rows
        rows={[
          { name: t("check.kind"), value: word("document_kind", found.kind) },
          { name: t("check.number"), value: found.number },
          {
            name: t("check.state_now"),
            value: state === null ? t("check.state_unknown") : word(found.kind === "decision" ? "claim_state" : found.kind === "quote" ? "quote_state" : "policy_state", state),
          },
          { name: t("check.fingerprint"), value: <span className="mono">{found.fingerprint}</span> },
        ]}
      />
      <p className="soft small">{t("check.only")}</p>
    </Card>
  );
}
