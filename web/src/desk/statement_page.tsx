// A bank's statement: looked at first, then what agrees is recorded. What leaves a question is listed for a person.
import { useState, type FormEvent } from "react";
import { forget_replies } from "../api/use_reply";
import { answer_to, same_question, type Asked } from "../base/asked";
import { day_text } from "../base/days";
import { money_text } from "../base/money";
import { useDraft } from "../base/store";
import type { DeskKey } from "../locales/desk_zh";
import { FileInput } from "../ui/file_input";
import { focus_wrong_soon } from "../ui/focus";
import { Badge, Button, Card, Field, Page, type Tone } from "../ui/parts";
import { Trouble, trouble_at } from "../ui/trouble";
import { call, type ReplyOf } from "./api";
import { base64_of, text_of } from "./broker/bulk";
import { useDesk } from "./language";
import { DataTable, type Cell } from "./table";
import { use_sending } from "./use_sending";

type Found = ReplyOf<"premium_statement">;
type Row = Found["rows"][number];
type Sent = { name: string; text: string } | { name: string; base64: string };
interface Question {
  file: Sent | null;
  government: string;
}
interface Answer {
  found: Found;
  recorded: boolean;
}

const SETTLED: Record<string, { tone: Tone; text: DeskKey }> = {
  matched: { tone: "good", text: "statement_state.matched" },
  recorded: { tone: "good", text: "statement_state.recorded" },
  repeated: { tone: "none", text: "statement_state.repeated" },
  outgoing: { tone: "none", text: "statement_state.outgoing" },
};
const OPEN = { tone: "warn", text: "statement_state.open" } as const;

async function sent_of(file: File): Promise<Sent | null> {
  const bytes = await file.arrayBuffer();
  if (/\.xlsx$/i.test(file.name)) return { name: file.name, base64: base64_of(bytes) };
  const read = text_of(bytes);
  return read && read.text.trim() !== "" ? { name: file.name, text: read.text } : null;
}

export default function StatementPage() {
  const { t } = useDesk();
  const { value: kept, change } = useDraft("statement", { office: "" });
  const [file, set_file] = useState<Sent | null>(null);
  const [unread, set_unread] = useState(false);
  const [tried, set_tried] = useState(false);
  const [asked, set_asked] = useState<Asked<Question, Answer> | null>(null);
  const { busy, trouble: met, send } = use_sending();
  const now: Question = { file, government: kept.office.trim() };
  const answer = answer_to(asked, now); // nobody records what was not looked at
  const trouble = asked && same_question(asked.of, now) ? met : null;
  const found = answer && !answer.recorded && answer.found.matched > 0 ? answer.found : null;

  async function take(chosen: File) {
    set_file(null);
    const sent = await sent_of(chosen);
    set_unread(sent === null);
    set_file(sent);
  }

  async function run(dry: boolean) {
    set_tried(true);
    if (!file) return focus_wrong_soon();
    set_asked({ of: now, answer });
    await send(async (key) => {
      const found = await call("premium_statement", { file, ...(now.government === "" ? {} : { government: now.government }), ...(dry ? { "dry-run": true } : {}) }, { key });
      set_asked({ of: now, answer: { found, recorded: !dry } });
      if (!dry) forget_replies();
    });
  }

  const wrong = unread ? t("statement.unread") : tried && !file ? t("statement.must") : trouble_at(trouble, "file");
  return (
    <Page title={t("desk.statement")} lead={t("desk.statement_about")} desk>
      <Card>
        <form
          className="form"
          noValidate
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            void run(true);
          }}
        >
          <Field name="file" label={t("statement.file")} hint={file ? t("statement.chosen", { name: file.name }) : t("statement.file_hint")} error={wrong}>
            {(given) => <FileInput given={given} accept=".csv,.xlsx" take={(chosen) => void take(chosen)} />}
          </Field>
          <Field name="government" label={t("statement.office")} hint={t("statement.office_hint")} error={trouble_at(trouble, "government")}>
            {(given) => (
              <input
                {...given}
                autoComplete="off"
                value={kept.office}
                onChange={(event) => change({ office: event.target.value })}
              />
            )}
          </Field>
          <Trouble trouble={trouble} />
          <div className="actions">
            <Button type="submit" kind={found ? "plain" : "main"} busy={busy}>
              {t("statement.look")}
            </Button>
            {found && (
              <Button busy={busy} onClick={() => void run(false)}>
                {t("statement.record", { count: found.matched, sum: money_text(found.sum) })}
              </Button>
            )}
          </div>
        </form>
      </Card>
      {answer && <Lines {...answer} />}
    </Page>
  );
}

function Lines({ found, recorded }: Answer) {
  const { t, lang } = useDesk();
  const shown = (row: Row) => SETTLED[row.state] ?? OPEN;
  const open = found.rows.filter((row) => !SETTLED[row.state]).length;
  const said = { count: recorded ? found.recorded : found.matched, sum: money_text(found.sum), open };
  const columns: Cell<Row>[] = [
    { name: "row", title: t("column.row"), text: (row) => String(row.row), order: (row) => row.row, end: true },
    { name: "state", title: t("column.state"), text: (row) => t(shown(row).text), cell: (row) => <Badge tone={shown(row).tone}>{t(shown(row).text)}</Badge> },
    { name: "amount", title: t("column.amount"), text: (row) => (row.state === "outgoing" ? "—" : money_text(row.amount)), order: (row) => row.amount.amount, end: true },
    { name: "payer", title: t("column.payer"), text: (row) => row.payer },
    { name: "result", title: t("column.result"), text: (row) => row.text },
    { name: "day", title: t("column.day"), text: (row) => (row.day ? day_text(row.day, lang) : ""), order: (row) => row.day ?? "" },
    { name: "reference", title: t("column.reference"), text: (row) => row.reference },
  ];
  return (
    <>
      <p role="status">{t(recorded ? "statement.recorded" : "statement.matched", said)}</p>
      {open > 0 && <p className="note">{t("statement.open")}</p>}
      <DataTable name={t("statement.rows")} columns={columns} id={(row) => String(row.row)} rows={found.rows} empty={t("statement.none")} />
    </>
  );
}
