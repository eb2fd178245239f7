// The builder of a tower: layers and co-insurers, whose shares come to the whole; then what each layer and each insurer may expect to pay.
import { useState, type FormEvent } from "react";
import { amount_read } from "../../base/money";
import { useDraft } from "../../base/store";
import { focus_wrong_soon } from "../../ui/focus";
import { Button, Card, Field, Page } from "../../ui/parts";
import { useDesk } from "../language";
import { CompanyField, ProductField, Running } from "./parts";
import { faults_of, LAYERS_MAX, tower_file, type Fault, type Layer, type Tower } from "./tower";
import { LayerFields } from "./tower_layer";
import { TowerPicture } from "./tower_picture";
import { TowerResult } from "./tower_result";
import { useRun } from "./use_run";

const FIRST: Tower = { enterprise: "", product: "", retention: "100000", drop_down: true, layers: [{ name: "1", limit: "1000000", shares: [{ name: "", percent: "100" }] }] };

export type Wrong = (field: string) => string | undefined;

function fault_text(t: ReturnType<typeof useDesk>["t"], fault: Fault | undefined): string | undefined {
  if (fault === undefined || fault === "sum") return undefined; // the sum stands below the shares, at all times
  return fault === "must" ? t("price.must") : fault === "amount" ? t("price.not_amount") : t(`tower.fault_${fault}`);
}

export default function TowerPage() {
  const { t, lang } = useDesk();
  const { value: tower, change, clear, restored } = useDraft<Tower>("tower", FIRST);
  const [tried, set_tried] = useState(false);
  const [asked, set_asked] = useState<{ enterprise: string; product: string; file: string } | null>(null);
  const run = useRun("risk_tower", asked ? { enterprise: asked.enterprise, product: asked.product, tower: { name: "tower.json", text: asked.file } } : null);
  const faults = faults_of(tower);
  const file = tower_file(tower);
  const wrong: Wrong = (field) => (tried ? fault_text(t, faults.get(field)) : undefined);
  const set_layer = (at: number, part: Partial<Layer>) => change({ layers: tower.layers.map((layer, place) => (place === at ? { ...layer, ...part } : layer)) });
  const changed = asked !== null && (asked.file !== file || asked.enterprise !== tower.enterprise || asked.product !== tower.product);
  function submit(event: FormEvent) {
    event.preventDefault();
    set_tried(true);
    if (faults.size > 0) return focus_wrong_soon();
    if (asked && !changed) run.again();
    set_asked({ enterprise: tower.enterprise, product: tower.product, file });
  }
  function add_layer() {
    const last = tower.layers[tower.layers.length - 1];
    change({ layers: [...tower.layers, { name: String(tower.layers.length + 1), limit: last?.limit ?? "1000000", shares: (last?.shares ?? []).map((share) => ({ ...share })) }] });
  }
  return (
    <Page title={t("desk.tower")} lead={t("tower.lead")} desk>
      <form className="form" noValidate onSubmit={submit}>
        <Card>
          {restored && <p className="soft small">{t("tower.restored")}</p>}
          <div className="pair">
            <CompanyField value={tower.enterprise} change={(enterprise) => change({ enterprise })} error={wrong("enterprise")} />
            <ProductField value={tower.product} change={(product) => change({ product })} error={wrong("product")} />
          </div>
        </Card>
        <div className="desk-two">
          <Card title={t("tower.picture")}>
            <TowerPicture tower={tower} set_retention={(retention) => change({ retention })} set_limit={(at, limit) => set_layer(at, { limit })} />
          </Card>
          <div className="group">
            <Card>
              <Field name="retention" label={t("tower.retention")} hint={amount_read(tower.retention, lang) || undefined} error={wrong("retention")}>
                {(given) => (
                  <div className="with-unit narrow">
                    <input {...given} inputMode="decimal" autoComplete="off" value={tower.retention} onChange={(event) => change({ retention: event.target.value })} />
                    <span>{t("price.yuan")}</span>
                  </div>
                )}
              </Field>
              <label className="choice">
                <input type="checkbox" name="drop_down" checked={tower.drop_down} onChange={(event) => change({ drop_down: event.target.checked })} />
                <span>{t("tower.drop_down")}</span>
              </label>
            </Card>
            {tower.layers.map((layer, at) => (
              <LayerFields key={at} at={at} layer={layer} wrong={wrong} tried={tried} change={(part) => set_layer(at, part)} remove={tower.layers.length > 1 ? () => change({ layers: tower.layers.filter((_, place) => place !== at) }) : null} />
            ))}
            <div className="actions">
              <Button kind="plain" disabled={tower.layers.length >= LAYERS_MAX} onClick={add_layer}>
                {t("tower.add_layer")}
              </Button>
            </div>
          </div>
        </div>
        <div className="actions">
          <Button type="submit" busy={run.open}>
            {t("tower.submit")}
          </Button>
          <Button
            kind="quiet"
            onClick={() => {
              clear();
              set_tried(false);
              set_asked(null);
            }}
          >
            {t("tower.clear")}
          </Button>
        </div>
      </form>
      <Running run={run} what={t("tower.running")} />
      {run.reply && changed && <p className="note">{t("tower.changed")}</p>}
      {run.reply && !changed && asked && <TowerResult reply={run.reply} file={asked.file} />}
    </Page>
  );
}
