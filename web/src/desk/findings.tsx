// Findings of a wording, worst first and then by their line: what, how to mend it, where.
import type { ReactNode } from "react";
import { Badge, type Tone } from "../ui/parts";
import type { ReplyOf } from "./api";
import { useDesk } from "./language";
import { DataTable } from "./table";

export type Finding = NonNullable<ReplyOf<"wording_check">["files"]>[number]["findings"][number];
export const FINDING_TONE: Record<string, Tone> = { refused: "bad", error: "bad", warning: "warn", note: "none" };
const ORDER = ["refused", "error", "warning", "note"];

export function sorted_findings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity) || one.line - other.line || one.column - other.column);
}

export function Findings({ name, findings, line }: { name: string; findings: readonly Finding[]; line: (finding: Finding) => ReactNode }) {
  const { t, word } = useDesk();
  return (
    <DataTable
      plain
      name={name}
      rows={sorted_findings(findings)}
      id={(each) => `${each.line}.${each.column}.${each.code}.${each.rule}`}
      empty={t("findings.none")}
      columns={[
        { name: "line", title: t("findings.line"), text: (each) => `${each.line}:${each.column}`, cell: line },
        { name: "severity", title: t("findings.severity"), text: (each) => word("severity", each.severity), cell: (each) => <Badge tone={FINDING_TONE[each.severity] ?? "warn"}>{word("severity", each.severity)}</Badge> },
        {
          name: "rule",
          title: t("findings.rule"),
          text: (each) => `${each.rule} ${each.fix}`,
          cell: (each) => (
            <>
              {each.rule} <span className="soft block small">{each.fix}</span>
            </>
          ),
          long: true,
        },
        { name: "code", title: t("findings.code"), text: (each) => each.code, cell: (each) => <span className="mono soft">{each.code}</span> },
      ]}
    />
  );
}
