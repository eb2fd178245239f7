// What the tower is expected to pay in a year: what stays below it, each layer with its insurers, what nobody pays.
import { money_text } from "../../base/money";
import { Card, Rows } from "../../ui/parts";
import type { ReplyOf } from "../api";
import { useDesk } from "../language";
import { DataTable } from "../table";
import { FileLink } from "./file_link";
import { useNames } from "./parts";
import { part_text } from "./part_text";
import { percent_of } from "./tower";

type Reply = ReplyOf<"risk_tower">;
type Layer = Reply["layers"][number];
interface Line {
  id: string;
  layer: Layer;
  share: Layer["shares"][number] | null;
}

// The reply has whole minor units; the tower was stated in yuan.
const yuan = (amount: number) => money_text({ amount, currency: "CNY" });

export function TowerResult({ reply, file }: { reply: Reply; file: string }) {
  const { t, lang } = useDesk();
  const name = useNames();
  const about = (amount: number, error: number) => t("options.about", { amount: yuan(amount), error: yuan(error) });
  const listed = (codes: string[]) => codes.map(name).join(lang === "zh" ? "、" : ", ");
  const lines = reply.layers.flatMap((layer): Line[] => [{ id: layer.name, layer, share: null }, ...layer.shares.map((share): Line => ({ id: `${layer.name} ${share.name}`, layer, share }))]);
  return (
    <>
      <Card title={t("tower.result")}>
        <Rows
          rows={[
            { name: t("tower.loss"), value: about(reply.expected_loss, reply.expected_loss_error) },
            { name: t("tower.retained"), value: about(reply.expected_retained, reply.expected_retained_error) },
            { name: t("tower.paid"), value: about(reply.expected_paid, reply.expected_paid_error) },
            { name: t("tower.uninsured"), value: about(reply.expected_uninsured, reply.expected_uninsured_error) },
          ]}
        />
        <p className="soft small">{t("tower.counted", { covers: listed(reply.sections), perils: listed(reply.perils) })}</p>
        <p className="soft small">{t("tower.pure")}</p>
      </Card>
      <DataTable
        plain
        name={t("tower.result")}
        rows={lines}
        id={(line) => line.id}
        empty={t("compare.none")}
        columns={[
          { name: "name", title: t("tower.layer_or_insurer"), text: (line) => (line.share ? line.share.name : line.layer.name), cell: (line) => (line.share ? <span className="tower-insurer">{line.share.name}</span> : <strong>{line.layer.name}</strong>) },
          { name: "attach", title: t("tower.attach"), text: (line) => (line.share ? "" : yuan(line.layer.attach)), end: true },
          { name: "limit", title: t("tower.limit"), text: (line) => (line.share ? `${percent_of(line.share.bp)} %` : yuan(line.layer.limit)), end: true },
          { name: "expected", title: t("tower.expected"), text: (line) => yuan((line.share ?? line.layer).expected), end: true },
          { name: "error", title: "±", text: (line) => yuan((line.share ?? line.layer).expected_error), end: true },
          { name: "rate", title: t("tower.rate"), text: (line) => (line.share ? "" : part_text(line.layer.rate_on_line)), end: true },
          { name: "reached", title: t("tower.reached"), text: (line) => (line.share ? "" : part_text(line.layer.reached)), end: true },
          { name: "exhausted", title: t("tower.exhausted"), text: (line) => (line.share ? "" : part_text(line.layer.exhausted)), end: true },
        ]}
      />
      <FileLink name="tower.json" type="application/json" content={file}>
        {t("tower.file")}
      </FileLink>
    </>
  );
}
