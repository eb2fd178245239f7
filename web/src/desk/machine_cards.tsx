// The operator's machine: what is wrong with the installation and the command that mends it, disk, certificate, the newest backup and its proof.
import { moment_text } from "../base/days";
import { Badge, Card, Rows, type Row, type Tone } from "../ui/parts";
import { call, type ReplyOf } from "./api";
import { useDesk, type DeskLanguage } from "./language";
import { RunningJob } from "./running_job";
import { DataTable } from "./table";
import { useJob } from "./use_job";

type Doctor = ReplyOf<"doctor">;
type House = Doctor["houses"][number];
type Finding = Doctor["findings"][number];

const TONE: Record<string, Tone> = { error: "bad", warning: "warn", note: "none" };
const KIB = 1024;

/** Sizes, not money: rounded down to a tenth. */
export function bytes_text(t: DeskLanguage["t"], bytes: number): string {
  const mib = bytes / KIB / KIB;
  const shown = (n: number) => String(Math.floor(n * 10) / 10);
  return mib < KIB ? t("unit.mib", { n: shown(mib) }) : t("unit.gib", { n: shown(mib / KIB) });
}

function severity_text(t: DeskLanguage["t"], severity: string): string {
  return t(severity === "error" ? "machine.error" : severity === "warning" ? "machine.warning" : "machine.note");
}

export function MachineCard() {
  const { t, lang } = useDesk();
  const watched = useJob();
  const found = watched.job?.state === "done" ? (watched.job.reply as unknown as Doctor) : null;
  const well = found !== null && found.errors === 0 && found.warnings === 0;

  function rows_of(house: House): Row[] {
    const free = bytes_text(t, house.free_bytes);
    const backup = house.backup as { file: string; at: string; days: number; sealed: boolean } | null;
    return [
      { name: t("system.house", { house: house.name }), value: <span className="mono">{house.folder}</span> },
      { name: t("machine.journal"), value: t("machine.journal_text", { records: house.records, bytes: bytes_text(t, house.journal_bytes) }) },
      { name: t("machine.disk"), value: house.days_of_disk === null ? t("machine.disk_free", { free }) : t("machine.disk_days", { free, days: house.days_of_disk }) },
      {
        name: t("machine.backup"),
        value: backup ? t(backup.sealed ? "machine.backup_sealed" : "machine.backup_text", { file: backup.file, at: moment_text(backup.at, lang), days: backup.days }) : t("machine.no_backup"),
      },
    ];
  }
  const certificate = found?.certificate as { until: string; days: number } | null | undefined;
  return (
    <Card title={t("machine.title")}>
      <p className="soft">{t("machine.text")}</p>
      <RunningJob watched={watched} name={t("machine.title")} begin={t("machine.begin")} start={() => call("doctor", {})} />
      {found && (
        <>
          <p role="status">
            <Badge tone={well ? "good" : found.errors > 0 ? "bad" : "warn"}>{well ? t("machine.well") : t("machine.ill", { errors: found.errors, warnings: found.warnings })}</Badge>
          </p>
          <Rows
            rows={[
              ...found.houses.flatMap(rows_of),
              {
                name: t("machine.certificate"),
                value: certificate ? t("machine.certificate_text", { until: moment_text(certificate.until, lang), days: certificate.days }) : t("machine.no_certificate"),
              },
            ]}
          />
          <DataTable<Finding>
            plain
            name={t("machine.title")}
            rows={found.findings}
            id={(each) => `${each.code} ${each.subject}`}
            empty={t("machine.well")}
            columns={[
              { name: "severity", title: t("column.state"), text: (each) => severity_text(t, each.severity), cell: (each) => <Badge tone={TONE[each.severity] ?? "none"}>{severity_text(t, each.severity)}</Badge> },
              { name: "what", title: t("machine.what"), text: (each) => each.what, long: true },
              { name: "effect", title: t("machine.effect"), text: (each) => each.effect, long: true },
              { name: "fix", title: t("machine.fix"), text: (each) => each.fix, cell: (each) => <span className="mono">{each.fix}</span>, long: true },
              { name: "code", title: t("machine.code"), text: (each) => each.code, cell: (each) => <span className="mono">{each.code}</span> },
            ]}
          />
        </>
      )}
    </Card>
  );
}

interface Proof {
  seq: number;
  records: number;
  chain: string;
  signed_head: { at: string; seq: number; chain: string };
}

export function BackupCard() {
  const { t, lang } = useDesk();
  const watched = useJob();
  const found = watched.job?.state === "done" ? (watched.job.reply as unknown as Proof) : null;
  return (
    <Card title={t("proof.title")}>
      <p className="soft">{t("proof.text")}</p>
      <RunningJob watched={watched} name={t("proof.title")} begin={t("proof.begin")} start={() => call("backup_verify", {})} />
      {found && (
        <>
          <p role="status" className="hint-good">
            {t("proof.good", { seq: found.seq, at: moment_text(found.signed_head.at, lang) })}
          </p>
          <Rows
            rows={[
              { name: t("chain.records"), value: String(found.records) },
              { name: t("journal.chain"), value: <span className="mono digest">{found.chain}</span> },
            ]}
          />
        </>
      )}
    </Card>
  );
}
