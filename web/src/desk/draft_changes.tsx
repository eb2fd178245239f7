// What a draft changes: line by line against the file that was opened, and clause by clause against the wording that the service has.
import { useMemo } from "react";
import { Badge, Card, Waiting } from "../ui/parts";
import { useReply } from "./api";
import { useDesk } from "./language";
import { changed_parts, line_diff, lines_of } from "./line_diff";
import { DataTable } from "./table";
import { compare_clauses, read_clauses, type Changed } from "./wording_clauses";

export function DraftChanges({ opened, text, wording }: { opened: string; text: string; wording: string }) {
  const known = useReply("wording_list", { limit: 1000 });
  const there = known.data?.items.some((each) => each.wording === wording) ?? false;
  return (
    <>
      {there && <AgainstRecorded text={text} wording={wording} />}
      {opened !== "" && <AgainstOpened opened={opened} text={text} />}
    </>
  );
}

const SIGN = { same: " ", gone: "−", new: "+" };

function AgainstOpened({ opened, text }: { opened: string; text: string }) {
  const { t } = useDesk();
  const lines = useMemo(() => line_diff(opened, text), [opened, text]);
  const parts = useMemo(() => changed_parts(lines), [lines]);
  const count = (kind: "gone" | "new") => lines.filter((line) => line.kind === kind).length;
  return (
    <Card title={t("changes.opened")}>
      <p role="status">{parts.length === 0 ? t("changes.none", { lines: lines_of(text).length }) : t("changes.lines", { gone: count("gone"), fresh: count("new") })}</p>
      {parts.length > 0 && (
        <div className="table-box" tabIndex={0} role="region" aria-label={t("changes.opened")}>
          <table className="diff">
            <caption className="hidden">{t("changes.opened")}</caption>
            <thead className="hidden">
              <tr>
                <th scope="col">{t("changes.before")}</th>
                <th scope="col">{t("changes.after")}</th>
                <th scope="col">{t("changes.what")}</th>
                <th scope="col">{t("changes.line")}</th>
              </tr>
            </thead>
            <tbody>
              {parts.map((part, at) =>
                part === null ? (
                  <tr key={at} className="diff-left">
                    <td colSpan={4}>⋯</td>
                  </tr>
                ) : (
                  <tr key={at} className={`diff-${part.kind}`}>
                    <td className="number">{part.before ?? ""}</td>
                    <td className="number">{part.after ?? ""}</td>
                    <td>{part.kind === "same" ? "" : <span aria-label={t(`changes.${part.kind}`)} role="img">{SIGN[part.kind]}</span>}</td>
                    <td className="mono">{part.text}</td>
                  </tr>
                ),
              )}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

const TONE = { new: "good", gone: "bad", changed: "warn" } as const;

function AgainstRecorded({ text, wording }: { text: string; wording: string }) {
  const { t } = useDesk();
  const recorded = useReply("wording_show", { wording, clauses: true });
  const read = useMemo(() => read_clauses(text), [text]);
  const found = useMemo(() => (recorded.data ? compare_clauses(recorded.data.clauses, read.clauses) : []), [recorded.data, read]);
  const words = use_words();
  return (
    <Card title={t("changes.recorded", { wording })}>
      {!recorded.data && <Waiting />}
      {read.unread.length > 0 && <p className="note">{t("changes.unread", { lines: read.unread.join(t("desk.comma")) })}</p>}
      {recorded.data && (
        <DataTable
          plain
          name={t("changes.recorded", { wording })}
          rows={found}
          id={(each) => `${each.ref} ${each.what}`}
          empty={t("changes.no_clauses")}
          columns={[
            { name: "ref", title: t("changes.clause"), text: (each) => each.ref },
            { name: "what", title: t("changes.what"), text: (each) => t(`changes.${each.what}`), cell: (each) => <Badge tone={TONE[each.what]}>{t(`changes.${each.what}`)}</Badge> },
            { name: "before", title: t("changes.before"), text: (each) => words(each, "before"), long: true },
            { name: "after", title: t("changes.after"), text: (each) => words(each, "after"), long: true },
          ]}
        />
      )}
    </Card>
  );
}

/** Of a clause that changed only what changed: its texts, its kind, whether it is an exemption. */
function use_words() {
  const { t, word } = useDesk();
  return (each: Changed, side: "before" | "after") => {
    const clause = each[side];
    if (!clause) return "—";
    const parts = each.parts.filter((part) => each.what === "changed" || part === "zh" || part === "en");
    return parts.map((part) => (part === "kind" ? word("clause_kind", clause.kind) : part === "exemption" ? t(clause.exemption ? "wording.exemption" : "changes.no_exemption") : clause[part])).join(" / ");
  };
}
