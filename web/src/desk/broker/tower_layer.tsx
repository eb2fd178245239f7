// The fields of one layer: its name, its limit, and who bears which share of it.
import { amount_read } from "../../base/money";
import { Badge, Button, Card, Field } from "../../ui/parts";
import { useDesk } from "../language";
import { percent_of, SHARES_MAX, together, WHOLE, type Layer, type Share } from "./tower";
import type { Wrong } from "./tower_page";

interface LayerProps {
  at: number;
  layer: Layer;
  wrong: Wrong;
  tried: boolean;
  change: (part: Partial<Layer>) => void;
  remove: (() => void) | null;
}

export function LayerFields({ at, layer, wrong, tried, change, remove }: LayerProps) {
  const { t, lang } = useDesk();
  const field = (name: string) => `layer-${at}-${name}`;
  return (
    <Card title={t("tower.layer", { number: at + 1 })}>
      <div className="pair">
        <Field name={field("name")} label={t("tower.name")} error={wrong(field("name"))}>
          {(given) => <input {...given} autoComplete="off" value={layer.name} onChange={(event) => change({ name: event.target.value })} />}
        </Field>
        <Field name={field("limit")} label={t("tower.limit")} hint={amount_read(layer.limit, lang) || undefined} error={wrong(field("limit"))}>
          {(given) => (
            <div className="with-unit">
              <input {...given} inputMode="decimal" autoComplete="off" value={layer.limit} onChange={(event) => change({ limit: event.target.value })} />
              <span>{t("price.yuan")}</span>
            </div>
          )}
        </Field>
      </div>
      <Shares at={at} layer={layer} wrong={wrong} tried={tried} change={change} />
      {remove && (
        <div className="actions">
          <Button kind="quiet" onClick={remove}>
            {t("tower.remove_layer", { number: at + 1 })}
          </Button>
        </div>
      )}
    </Card>
  );
}

function Shares({ at, layer, wrong, tried, change }: Omit<LayerProps, "remove">) {
  const { t } = useDesk();
  const sum = together(layer.shares);
  const bad = tried && sum !== WHOLE;
  const set = (place: number, part: Partial<Share>) => change({ shares: layer.shares.map((share, other) => (other === place ? { ...share, ...part } : share)) });
  return (
    <fieldset className="pills">
      <legend className="legend">{t("tower.shares")}</legend>
      {layer.shares.map((share, place) => {
        const name = `layer-${at}-share-${place}`;
        return (
          <div key={place} className="tower-share">
            <Field name={`${name}-name`} label={t("tower.insurer", { number: place + 1 })} error={wrong(`${name}-name`)}>
              {(given) => <input {...given} autoComplete="off" value={share.name} onChange={(event) => set(place, { name: event.target.value })} />}
            </Field>
            <Field name={`${name}-percent`} label={t("tower.share")} error={wrong(`${name}-percent`)}>
              {(given) => (
                <div className="with-unit">
                  <input {...given} {...(bad ? { "aria-invalid": true } : {})} aria-describedby={`${given["aria-describedby"] ?? ""} layer-${at}-sum`.trim()} inputMode="decimal" autoComplete="off" value={share.percent} onChange={(event) => set(place, { percent: event.target.value })} />
                  <span>%</span>
                </div>
              )}
            </Field>
            {layer.shares.length > 1 && (
              <Button kind="quiet" aria-label={t("tower.remove_share", { number: place + 1 })} onClick={() => change({ shares: layer.shares.filter((_, other) => other !== place) })}>
                ×
              </Button>
            )}
          </div>
        );
      })}
      <p id={`layer-${at}-sum`} role="status" className="tower-sum">
        <Badge tone={sum === WHOLE ? "good" : "bad"}>{t("tower.sum", { percent: percent_of(sum) })}</Badge>{" "}
        {sum < WHOLE && t("tower.missing", { percent: percent_of(WHOLE - sum) })}
        {sum > WHOLE && t("tower.too_much", { percent: percent_of(sum - WHOLE) })}
      </p>
      <div className="actions">
        <Button kind="quiet" disabled={layer.shares.length >= SHARES_MAX} onClick={() => change({ shares: [...layer.shares, { name: "", percent: sum < WHOLE ? percent_of(WHOLE - sum) : "" }] })}>
          {t("tower.add_share")}
        </Button>
      </div>
    </fieldset>
  );
}
