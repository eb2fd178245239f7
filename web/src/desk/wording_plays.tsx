// Rehearsed incidents under a wording: one step by step, or all of them, beside another wording where one is chosen.
import { useState } from "react";
import { money_text } from "../base/money";
import { Badge, Button, Card, Field, Rows, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { useReply } from "./api";
import { useDesk } from "./language";
import { SettlementSteps } from "./settlement_steps";
import { DataTable, type Cell } from "./table";
import { usePlays, type Played, type Script } from "./use_plays";

/** `text`: of a draft; none: the wording of this name in the library. */
export function Plays({ wording, text = null }: { wording: string; text?: string | null }) {
  const { t, lang } = useDesk();
  const library = useReply("incident_library", {});
  const wordings = useReply("wording_list", { limit: 1000 });
  const [other, set_other] = useState("");
  const [beside, set_beside] = useState(""); // the wording that the rows stand beside
  const [chosen, set_chosen] = useState("");
  const plays = usePlays({ wording, text });
  const scripts = library.data ?? [];
  const script = chosen === "" ? (scripts[0]?.id ?? "") : chosen;
  return (
    <Card title={t("plays.title")}>
      <p className="soft">{t("plays.text")}</p>
      {library.error && <Trouble trouble={library.error} again={library.again} />}
      <div className="desk-two">
        <div className="form">
          <Field name="script" label={t("plays.script")}>
            {(given) => (
              <select {...given} value={script} onChange={(event) => set_chosen(event.target.value)}>
                {scripts.map((each) => (
                  <option key={each.id} value={each.id}>
                    {each[lang]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {script !== "" && <One wording={wording} text={text} script={script} />}
        </div>
        <div className="form">
          <Field name="beside" label={t("plays.beside")}>
            {(given) => (
              <select {...given} value={other} onChange={(event) => set_other(event.target.value)}>
                <option value="">{t("plays.nothing")}</option>
                {(wordings.data?.items ?? [])
                  .filter((each) => each.wording !== wording)
                  .map((each) => (
                    <option key={each.wording} value={each.wording}>
                      {each.title} · {each.wording}
                    </option>
                  ))}
              </select>
            )}
          </Field>
          <div className="actions">
            <Button
              busy={plays.going}
              disabled={scripts.length === 0}
              onClick={() => {
                set_beside(other);
                void plays.begin(scripts, other);
              }}
            >
              {t("plays.all", { count: scripts.length })}
            </Button>
            {plays.going && (
              <Button kind="quiet" onClick={plays.stop}>
                {t("plays.stop")}
              </Button>
            )}
          </div>
          {plays.of > 0 && (
            <div className="progress">
              <progress value={plays.rows.length} max={plays.of} aria-label={t("plays.title")} />
              <p className="soft number">{t("plays.done", { done: plays.rows.length, of: plays.of })}</p>
            </div>
          )}
          <Trouble trouble={plays.trouble} />
        </div>
      </div>
      {plays.rows.length > 0 && <All rows={plays.rows} wording={wording} beside={beside} />}
    </Card>
  );
}

function All({ rows, wording, beside }: { rows: Played[]; wording: string; beside: string }) {
  const { t, lang } = useDesk();
  const differs = (row: Played) => row.other !== null && row.other.amount !== row.paid?.amount;
  const columns: Cell<Played>[] = [
    { name: "script", title: t("plays.script"), text: (row) => row.script[lang], long: true },
    { name: "stated", title: t("files.stated"), text: (row) => (row.stated ? money_text(row.stated) : "—"), end: true },
    { name: "paid", title: wording, text: (row) => (row.paid ? money_text(row.paid) : row.refused), end: true },
  ];
  if (beside !== "") {
    columns.push(
      { name: "other", title: beside, text: (row) => (row.other ? money_text(row.other) : "—"), end: true },
      { name: "differs", title: t("plays.differs"), text: (row) => t(differs(row) ? "plays.different" : "plays.same"), cell: (row) => (row.other ? <Badge tone={differs(row) ? "warn" : "none"}>{t(differs(row) ? "plays.different" : "plays.same")}</Badge> : "—") },
    );
  }
  return <DataTable plain name={t("plays.title")} rows={rows} id={(row) => row.script.id} empty={t("none_yet")} columns={columns} />;
}

function One({ wording, text, script }: { wording: string; text: string | null; script: Script["id"] }) {
  const { t } = useDesk();
  const of_library = useReply("wording_play", text === null ? { wording, script } : null);
  const of_draft = useReply("wording_draft_play", text === null ? null : { file: { name: wording, text }, script });
  const played = text === null ? of_library : of_draft;
  if (played.error) return <Trouble trouble={played.error} again={played.again} />;
  if (!played.data) return <Waiting />;
  const { stated, paid, steps } = played.data;
  return (
    <div className="form">
      <Rows
        rows={[
          { name: t("files.stated"), value: money_text(stated) },
          { name: t("plays.paid"), value: <strong>{money_text(paid)}</strong> },
        ]}
      />
      <SettlementSteps steps={steps} />
    </div>
  );
}
