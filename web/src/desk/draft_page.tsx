// A draft of a wording: its text, examined by the service while it is written, what changed in it, and the file to hand on. It stays in
// this browser until it is saved as a file; the service examines it and rehearses incidents under it, and takes none in.
import { useMemo, useRef, useState } from "react";
import type { ApiError } from "../api/client";
import { useDraft } from "../base/store";
import { FileInput } from "../ui/file_input";
import { Button, Card, Field, Page } from "../ui/parts";
import { as_trouble, Trouble, trouble_at } from "../ui/trouble";
import { call, useReply, type ReplyOf } from "./api";
import { DraftChanges } from "./draft_changes";
import { Editor, type EditorHandle } from "./editor";
import { Findings, type Finding } from "./findings";
import { HowLong } from "./how_long";
import { useDesk } from "./language";
import { plain_lines } from "./line_diff";
import { SaveText } from "./save_text";
import { useLatest } from "./use_latest";
import { Plays } from "./wording_plays";

type Checked = ReplyOf<"wording_check">;
const EMPTY = { name: "", text: "", opened: "" };
const FILE_NAME = "wording.toml";

export default function DraftPage() {
  const { t } = useDesk();
  const { value: draft, change, clear, restored } = useDraft("wording", EMPTY);
  const editor = useRef<EditorHandle>(null);
  const name = draft.name === "" ? FILE_NAME : draft.name;
  const checked = useLatest<string, Checked>(draft.text.trim() === "" ? null : draft.text, (text) => call("wording_check", { file: { name, text } }), 400);
  const trouble = checked.fault && checked.fault.of === draft.text ? as_trouble(checked.fault.why) : null;
  const current = checked.answered?.of === draft.text ? checked.answered : null;
  const file = current?.answer.files?.[0];
  // The newest text that can be read: what is being typed is not rehearsed at each key.
  const played = checked.answered?.answer.refused === 0 ? checked.answered : null;
  const findings = useMemo(() => [...(file?.errors ?? []), ...(file?.findings ?? [])], [file]);
  const marked = useMemo(() => new Set(findings.filter((each) => each.severity === "refused" || each.severity === "error").map((each) => each.line)), [findings]);
  return (
    <Page title={t("draft.title")} lead={t("draft.lead")} back={{ to: "desk/wordings", text: t("desk.wordings") }} desk>
      {restored && draft.text !== "" && <p className="note">{t("draft_restored")}</p>}
      <Card title={name}>
        <OpenFile empty={draft.text === ""} open={(opened, text) => change({ name: opened, text, opened: text })} drop={clear} />
        <Field name="text" label={t("draft.text")} hint={t("draft.text_hint")} error={trouble_at(trouble, "file")}>
          {(given) => <Editor ref={editor} given={given} value={draft.text} change={(text) => change({ text })} marked={marked} />}
        </Field>
        <HowLong since={checked.since} took={current?.took ?? null} />
        <Trouble trouble={trouble} quiet again={checked.again} />
      </Card>
      {draft.text !== "" && (
        <>
          <Checks checked={current?.answer} findings={findings} go_to={(each) => editor.current?.go_to(each.line, each.column)} />
          {played && <Plays wording={name} text={played.of} />}
          <DraftChanges opened={draft.opened} text={draft.text} wording={file?.wording ?? ""} />
          <HandOn name={name} text={draft.text} />
        </>
      )}
    </Page>
  );
}

function OpenFile({ empty, open, drop }: { empty: boolean; open: (name: string, text: string) => void; drop: () => void }) {
  const { t } = useDesk();
  const [sure, set_sure] = useState(false);
  async function chosen(file: File) {
    open(file.name, plain_lines(await file.text()));
  }
  if (empty) {
    return (
      <>
        <Field name="file" label={t("draft.open")} hint={t("draft.open_hint")}>
          {(given) => <FileInput given={given} accept=".toml" take={(file) => void chosen(file)} />}
        </Field>
        <FromLibrary open={open} />
      </>
    );
  }
  return (
    <div className="actions">
      {sure ? (
        <>
          <Button
            kind="alarm"
            onClick={() => {
              drop();
              set_sure(false);
            }}
          >
            {t("draft.drop_sure")}
          </Button>
          <Button kind="quiet" onClick={() => set_sure(false)}>
            {t("reason.not_yet")}
          </Button>
        </>
      ) : (
        <Button kind="quiet" onClick={() => set_sure(true)}>
          {t("draft.drop")}
        </Button>
      )}
    </div>
  );
}

/** The file of a wording of the library, to begin with. */
function FromLibrary({ open }: { open: (name: string, text: string) => void }) {
  const { t } = useDesk();
  const wordings = useReply("wording_list", { limit: 1000 });
  const [trouble, set_trouble] = useState<ApiError | null>(null);
  async function chosen(wording: string) {
    set_trouble(null);
    try {
      const { source } = await call("wording_show", { wording, source: true });
      if (source !== undefined) open(`${wording}.toml`, plain_lines(source));
    } catch (fault) {
      set_trouble(as_trouble(fault));
    }
  }
  return (
    <>
      <Field name="from" label={t("draft.from")}>
        {(given) => (
          <select {...given} value="" onChange={(event) => void chosen(event.target.value)}>
            <option value="">{t("draft.from_none")}</option>
            {(wordings.data?.items ?? []).map((each) => (
              <option key={each.wording} value={each.wording}>
                {each.title} · {each.wording}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Trouble trouble={trouble} />
    </>
  );
}

function Checks({ checked, findings, go_to }: { checked: Checked | undefined; findings: Finding[]; go_to: (finding: Finding) => void }) {
  const { t } = useDesk();
  if (!checked) return null;
  const bad = checked.refused + checked.errors;
  return (
    <Card title={t("draft.findings")} {...(bad > 0 ? { tone: "warn" as const } : {})}>
      <p role="status">
        {checked.refused > 0 ? t("draft.refused", { count: checked.refused }) : t("draft.found", { errors: checked.errors, warnings: checked.warnings, notes: checked.notes })}
      </p>
      <Findings
        name={t("draft.findings")}
        findings={findings}
        line={(each) => (
          <button type="button" className="link number" onClick={() => go_to(each)}>
            {t("draft.go_to", { line: each.line, column: each.column })}
          </button>
        )}
      />
    </Card>
  );
}

function HandOn({ name, text }: { name: string; text: string }) {
  const { t } = useDesk();
  const scripts = useReply("incident_library", {});
  return (
    <Card title={t("draft.hand_on")}>
      <p>{t("draft.hand_on_text", { name })}</p>
      <ol className="plain">
        <li>{t("draft.step_check")} <span className="mono block">{`anlan wording check ${name}`}</span></li>
        <li>{t("draft.step_play", { count: scripts.data?.length ?? 0 })} <span className="mono block">{`anlan wording play ./${name} --script ${scripts.data?.[0]?.id ?? "NAME"}`}</span></li>
        <li>{t("draft.step_put")} <span className="mono block">{`wordings/${name}`}</span></li>
      </ol>
      <div className="actions">
        <SaveText name={name} text={text}>
          {t("draft.save")}
        </SaveText>
      </div>
    </Card>
  );
}
