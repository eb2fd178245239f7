// One wording: what it covers, its clauses by their numbers, what the examination found, and what it pays in rehearsed incidents.
import { useEffect, useRef } from "react";
import { Link, useRouter } from "../base/router";
import { Badge, Card, Page, Waiting, type Tone } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { useReply, type ReplyOf } from "./api";
import type { DeskPageProps } from "./desk";
import { Findings } from "./findings";
import { useDesk } from "./language";
import { DataTable } from "./table";
import { Plays } from "./wording_plays";

type Wording = ReplyOf<"wording_show">;
const STATUS_TONE: Record<string, Tone> = { covered: "good", limited: "good", conditional: "warn", excluded: "bad" };

export default function WordingPage({ id, may }: DeskPageProps) {
  const { t } = useDesk();
  const wording = useReply("wording_show", { wording: id, clauses: true });
  const back = { to: "desk/wordings", text: t("desk.wordings") };
  if (wording.error) {
    return (
      <Page title={t("desk.wordings")} back={back} desk>
        <Trouble trouble={wording.error} again={wording.again} />
      </Page>
    );
  }
  if (!wording.data) return <Waiting />;
  const shown = wording.data;
  return (
    <Page title={shown.title} lead={<span className="number">{t("wording.lead", { id: shown.wording, version: shown.version })}</span>} back={back} desk>
      {may.has("wording_play") && <Plays wording={id} />}
      <div className="desk-two">
        <Clauses wording={shown} />
        <div className="group">
          {may.has("wording_lint") && <Found wording={id} />}
          <Covers wording={shown} />
        </div>
      </div>
    </Page>
  );
}

/** Where the address names a clause, it is in sight and has the focus. */
function Clauses({ wording }: { wording: Wording }) {
  const { t, lang, word } = useDesk();
  const { place } = useRouter();
  const wanted = place.query.get("clause") ?? "";
  const found = useRef<HTMLLIElement>(null);
  useEffect(() => {
    found.current?.focus({ preventScroll: true });
    found.current?.scrollIntoView({ block: "center" });
  }, [wanted]);
  const missing = wanted !== "" && !wording.clauses.some((clause) => clause.ref === wanted);
  return (
    <Card title={t("wording.clauses")}>
      {missing && <p className="note">{t("wording.no_clause", { ref: wanted })}</p>}
      <ol className="clauses wording-clauses">
        {wording.clauses.map((clause) => (
          <li key={clause.ref} id={`clause-${clause.ref}`} {...(clause.ref === wanted ? { ref: found, tabIndex: -1, className: "clause-wanted", "aria-current": "true" as const } : {})}>
            <span className="ref">{clause.ref}</span>
            <div>
              <p>{clause[lang]}</p>
              <p className="small soft">
                {word("clause_kind", clause.kind)} {clause.exemption && <Badge tone="warn">{t("wording.exemption")}</Badge>}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Found({ wording }: { wording: string }) {
  const { t } = useDesk();
  const reply = useReply("wording_lint", { wording: [wording] });
  const file = reply.data?.files?.[0];
  return (
    <Card title={t("wording.findings")}>
      {reply.error ? <Trouble trouble={reply.error} again={reply.again} /> : !file && <Waiting />}
      {file && (
        <>
          <p className="soft">{t("wording.findings_text", { file: file.file })}</p>
          <Findings name={t("wording.findings")} findings={file.findings} line={(each) => `${each.line}:${each.column}`} />
        </>
      )}
    </Card>
  );
}

function Covers({ wording }: { wording: Wording }) {
  const { t, lang, word } = useDesk();
  const codes = useReply("wording_codes", {});
  const names = new Map((codes.data?.code_covers ?? []).map((each) => [each.code, each[lang]]));
  const covers = wording.covers.filter((each) => each.status !== "not_mentioned");
  return (
    <Card title={t("wording.covers")}>
      <DataTable
        plain
        name={t("wording.covers")}
        rows={covers}
        id={(each) => each.cover}
        empty={t("none_yet")}
        columns={[
          {
            name: "cover",
            title: t("wording.cover"),
            text: (each) => names.get(each.cover) ?? each.cover,
            cell: (each) => (
              <>
                {names.get(each.cover) ?? ""} <span className="mono soft">{each.cover}</span>
              </>
            ),
            long: true,
          },
          { name: "status", title: t("column.state"), text: (each) => word("cover_status", each.status), cell: (each) => <Badge tone={STATUS_TONE[each.status] ?? "none"}>{word("cover_status", each.status)}</Badge> },
          { name: "clauses", title: t("wording.by"), text: (each) => each.clauses.join(t("desk.comma")) },
        ]}
      />
      <p className="small soft">{t("wording.not_mentioned", { count: wording.covers.length - covers.length })}</p>
      <p className="small">
        <Link to="desk/wordings/draft">{t("draft.begin")}</Link>
      </p>
    </Card>
  );
}
