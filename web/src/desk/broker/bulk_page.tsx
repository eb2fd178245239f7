// A list of companies, quoted in one go: looked over, sent, each row answered, the file returned with its answers.
import { useState, type FormEvent } from "react";
import { forget_replies } from "../../api/use_reply";
import { useDraft } from "../../base/store";
import { FileInput } from "../../ui/file_input";
import { focus_wrong_soon } from "../../ui/focus";
import { Badge, Button, Card, Field, Page } from "../../ui/parts";
import { Trouble, trouble_at } from "../../ui/trouble";
import { call, type ReplyOf } from "../api";
import { useDesk } from "../language";
import { DataTable } from "../table";
import { use_sending } from "../use_sending";
import { answers_name, base64_of, look_over, TEMPLATE, text_of, type Looked, type LookedRow } from "./bulk";
import { BulkAnswers } from "./bulk_answers";
import { FileLink } from "./file_link";
import { ProductField, useProducts } from "./parts";

const BYTES_MAX = 8_000_000;

interface Draft {
  name: string;
  text: string; // of a CSV file
  base64: string; // of a workbook
  product: string;
  from: string;
}
const NO_FILE = { name: "", text: "", base64: "" };
const NONE: Draft = { ...NO_FILE, product: "", from: "" };
const NOT_SENT = { job: "", name: "" };

export default function BulkPage() {
  const { t } = useDesk();
  const { value: draft, change, clear, unkept } = useDraft<Draft>("bulk", NONE);
  // Apart from the list, which may be more than the browser keeps.
  const sent = useDraft("bulk.job", NOT_SENT);
  const { job } = sent.value;
  const { all } = useProducts();
  const looked = draft.text === "" ? null : look_over(draft.text, new Set(all.map((each) => each.id)), draft);
  return (
    <Page title={t("desk.bulk")} lead={t("bulk.lead")} desk>
      {job === "" ? (
        <>
          <Choice draft={draft} change={change} looked={looked} clear={clear} unkept={unkept} sent={sent.change} />
          {looked && all.length > 0 && <Preview looked={looked} />}
        </>
      ) : (
        <BulkAnswers
          key={job}
          job={job}
          kept={!sent.unkept}
          name={sent.value.name}
          names={new Map((looked?.rows ?? []).map((row) => [row.row, row.name]))}
          done={() => {
            sent.clear();
            clear();
          }}
          back={sent.clear}
        />
      )}
    </Page>
  );
}

interface ChoiceProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  looked: Looked | null;
  clear: () => void;
  /** The list is too large for what the browser keeps. */
  unkept: boolean;
  sent: (job: typeof NOT_SENT) => void;
}

function Choice({ draft, change, looked, clear, unkept, sent }: ChoiceProps) {
  const { t, lang } = useDesk();
  const [tried, set_tried] = useState(false);
  const [sure, set_sure] = useState(false);
  const [unread, set_unread] = useState("");
  const [national, set_national] = useState(false);
  const { busy, trouble, send } = use_sending();
  const empty = draft.text === "" && draft.base64 === "";
  const set = (part: Partial<Draft>) => {
    set_sure(false);
    change(part);
  };

  async function take(file: File) {
    set_unread("");
    set_national(false);
    set(NO_FILE); // what cannot be read does not leave the list before it to be sent
    const bytes = await file.arrayBuffer();
    if (bytes.byteLength > BYTES_MAX) return set_unread(t("bulk.too_large"));
    if (/\.xlsx$/i.test(file.name)) return set({ name: file.name, base64: base64_of(bytes), text: "" });
    const read = /\.csv$/i.test(file.name) ? text_of(bytes) : null;
    if (!read || read.text.trim() === "") return set_unread(t("bulk.unread"));
    set_national(read.national);
    set({ name: file.name, text: read.text, base64: "" });
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    set_tried(true);
    if (empty || (looked && looked.missing.length > 0)) return focus_wrong_soon();
    if (!sure) return set_sure(true);
    await send(async (key) => {
      const file = draft.base64 === "" ? { name: draft.name, text: draft.text } : { name: draft.name, base64: draft.base64 };
      const asked = { file, out: answers_name(draft.name), ...(draft.product === "" ? {} : { product: [draft.product] }), ...(draft.from === "" ? {} : { from: draft.from }) };
      const job = (await call("submission_bulk", asked, { key })) as unknown as ReplyOf<"job_show">;
      forget_replies();
      sent({ job: job.id, name: draft.name });
    });
    set_sure(false);
  }

  const columns = looked?.missing.map((column) => t(`bulk.column_${column as "name" | "code"}`)).join(lang === "zh" ? "、" : ", ") ?? "";
  const wrong = unread !== "" ? unread : columns !== "" ? t("bulk.missing", { columns }) : tried && empty ? t("price.must") : trouble_at(trouble, "file");
  return (
    <Card>
      <p className="soft">{t("bulk.about")}</p>
      <FileLink name={t("bulk.template_name")} type="text/csv;charset=utf-8" content={`\ufeff${TEMPLATE[lang].join(",")}\r\n`}>
        {t("bulk.template")}
      </FileLink>
      <form className="form" noValidate onSubmit={(event) => void submit(event)}>
        <Field name="file" label={t("bulk.file")} hint={draft.name === "" ? t("bulk.file_hint") : t(national ? "bulk.chosen_national" : "bulk.chosen", { name: draft.name })} error={wrong}>
          {(given) => <FileInput given={given} accept=".csv,.xlsx" take={(file) => void take(file)} />}
        </Field>
        <div className="pair">
          <ProductField value={draft.product} change={(product) => set({ product })} error={trouble_at(trouble, "product")} />
          <Field name="from" label={t("quotes.from")} hint={t("bulk.from_hint")} error={trouble_at(trouble, "from")}>
            {(given) => <input {...given} type="date" value={draft.from} onChange={(event) => set({ from: event.target.value })} />}
          </Field>
        </div>
        <p className="soft small">{t("bulk.defaults")}</p>
        <Trouble trouble={trouble} />
        <div className="actions">
          <Button type="submit" busy={busy}>
            {sure ? (looked ? t("bulk.sure", { count: looked.rows.length }) : t("bulk.sure_file", { name: draft.name })) : t("bulk.submit")}
          </Button>
          {!empty && (
            <Button
              kind="quiet"
              onClick={() => {
                set_sure(false);
                set_tried(false);
                clear();
              }}
            >
              {t("bulk.clear")}
            </Button>
          )}
        </div>
        {draft.base64 !== "" && <p className="note">{t("bulk.no_preview")}</p>}
        {!empty && unkept && <p className="note">{t("bulk.not_kept")}</p>}
      </form>
    </Card>
  );
}

function Preview({ looked }: { looked: Looked }) {
  const { t, lang } = useDesk();
  if (looked.missing.length > 0) return null;
  const bad = looked.rows.filter((row) => row.faults.length > 0).length;
  const faults = (row: LookedRow) => row.faults.map((fault) => t(`bulk.fault_${fault}`)).join(lang === "zh" ? "；" : "; ");
  return (
    <>
      <h2>{t("bulk.preview")}</h2>
      <p role="status">
        <Badge tone={bad === 0 ? "good" : "warn"}>{t(bad === 0 ? "bulk.looks_good" : "bulk.looks_bad", { count: looked.rows.length, bad })}</Badge>
      </p>
      <DataTable
        name={t("bulk.preview")}
        rows={looked.rows}
        id={(row) => String(row.row)}
        empty={t("bulk.no_rows")}
        columns={[
          { name: "row", title: t("bulk.row"), text: (row) => String(row.row), order: (row) => row.row },
          { name: "name", title: t("column.company"), text: (row) => row.name },
          { name: "code", title: t("company.credit_code"), text: (row) => row.code, cell: (row) => <span className="number">{row.code}</span> },
          { name: "products", title: t("column.product"), text: (row) => row.products.join("; ") },
          { name: "from", title: t("quotes.from"), text: (row) => row.from },
          { name: "faults", title: t("bulk.faults"), text: faults, long: true, cell: (row) => (row.faults.length === 0 ? "—" : <span className="wrong">{faults(row)}</span>) },
        ]}
      />
    </>
  );
}
