// Whether the service lives, which houses may be written to, and what it counted since it began.
import { ask } from "../api/client";
import { useAnswer } from "../api/use_reply";
import { Badge, Button, Card, Page, Rows, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { useDesk } from "./language";
import { BackupCard, MachineCard } from "./machine_cards";
import { read_metrics, type Metric } from "./metrics";
import { DataTable, type Cell } from "./table";

async function readiness(signal: AbortSignal): Promise<Record<string, string>> {
  // 503 is an answer here: it names the house that cannot be written to.
  const reply = await fetch("/ready", { signal });
  return (await reply.json()) as Record<string, string>;
}

async function counted(signal: AbortSignal): Promise<Metric[]> {
  const reply = await fetch("/metrics", { signal });
  return read_metrics(await reply.text());
}

export default function SystemPage() {
  const { t } = useDesk();
  const health = useAnswer("health", (signal) => ask<{ status: string; version: string }>({ method: "GET", path: "/health", as: null, signal }));
  const ready = useAnswer("ready", readiness);
  const metrics = useAnswer("metrics", counted);
  const again = () => {
    health.again();
    ready.again();
    metrics.again();
  };
  const columns: Cell<Metric>[] = [
    { name: "name", title: t("system.metric"), text: (row) => row.name, cell: (row) => <span className="mono">{row.name}</span> },
    { name: "value", title: t("facts.value"), text: (row) => row.value, order: (row) => Number(row.value), end: true },
    { name: "labels", title: t("system.labels"), text: (row) => row.labels },
    { name: "help", title: t("system.help"), text: (row) => row.help, long: true },
  ];
  const error = health.error ?? ready.error;
  return (
    <Page title={t("desk.system")} lead={t("desk.system_about")} desk>
      {error && <Trouble trouble={error} again={again} />}
      {!health.data || !ready.data ? (
        !error && <Waiting />
      ) : (
        <Card title={t("system.now")}>
          <Rows
            rows={[
              { name: t("system.health"), value: <Badge tone={health.data.status === "ok" ? "good" : "bad"}>{t(health.data.status === "ok" ? "system.lives" : "system.ill")}</Badge> },
              { name: t("system.version"), value: health.data.version },
              ...Object.entries(ready.data).map(([house, state]) => ({
                name: t("system.house", { house }),
                value: <Badge tone={state === "ready" ? "good" : "bad"}>{t(state === "ready" ? "system.ready" : "system.read_only")}</Badge>,
              })),
            ]}
          />
          <div className="actions">
            <Button kind="plain" onClick={again}>
              {t("system.again")}
            </Button>
          </div>
        </Card>
      )}
      <MachineCard />
      <BackupCard />
      <h2>{t("system.metrics")}</h2>
      <DataTable name={t("system.metrics")} columns={columns} id={(row) => `${row.name}{${row.labels}}`} rows={metrics.data} error={metrics.error} again={metrics.again} empty={t("system.none")} />
    </Page>
  );
}
