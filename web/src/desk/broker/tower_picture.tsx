// The tower drawn: the upper border of each layer is dragged, or stepped by the arrow keys, along a ladder of round amounts.
import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import { money_short, typed_amount } from "../../base/money";
import { useDesk } from "../language";
import { RUNGS, rung_of, stepped, type Tower } from "./tower";

const LEAST = 44; // height of a layer without a rung, in pixels
const RUNG = 4; // what a rung adds
const DRAG = 14; // pixels that a border is dragged for one rung
const LEAP = 5; // rungs for the page keys: one power of ten
const GRIP = 24;

interface Band {
  key: string;
  name: string;
  typed: string;
  lowest: 0 | 1;
  change: (typed: string) => void;
}

export function written(typed: string): string {
  const amount = typed_amount(typed);
  return amount === null ? "—" : money_short({ amount: Number(amount.replace(".", "")), currency: "CNY" });
}

interface PictureProps {
  tower: Tower;
  set_retention: (typed: string) => void;
  set_limit: (layer: number, typed: string) => void;
}

export function TowerPicture({ tower, set_retention, set_limit }: PictureProps) {
  const { t } = useDesk();
  const bands: Band[] = [
    { key: "retention", name: t("tower.retention"), typed: tower.retention, lowest: 0, change: set_retention },
    ...tower.layers.map((layer, at): Band => ({ key: String(at), name: layer.name || t("tower.layer", { number: at + 1 }), typed: layer.limit, lowest: 1, change: (typed) => set_limit(at, typed) })),
  ];
  const heights = bands.map((band) => LEAST + RUNG * rung_of(band.typed));
  const whole = heights.reduce((sum, height) => sum + height, GRIP);
  const tops = heights.map((_, at) => whole - heights.slice(0, at + 1).reduce((sum, height) => sum + height, 0));
  return (
    <figure className="tower">
      <svg width="100%" height={whole} role="group" aria-label={t("tower.picture")}>
        {bands.map((band, at) => (
          <g key={band.key}>
            <rect x="0" y={tops[at]} width="100%" height={heights[at]} className={band.key === "retention" ? "tower-kept" : at % 2 === 0 ? "tower-even" : "tower-odd"} />
            <text x="12" y={(tops[at] ?? 0) + (heights[at] ?? 0) / 2 + 10} className="tower-name">
              {band.name}
            </text>
            <text x="97%" y={(tops[at] ?? 0) + (heights[at] ?? 0) / 2 + 10} textAnchor="end" className="tower-amount">
              {written(band.typed)}
            </text>
          </g>
        ))}
        {bands.map((band, at) => (
          <Border key={band.key} band={band} y={tops[at] ?? 0} />
        ))}
      </svg>
      <figcaption className="soft small">{t("tower.reads")}</figcaption>
    </figure>
  );
}

function Border({ band, y }: { band: Band; y: number }) {
  const { t } = useDesk();
  const begun = useRef<{ y: number; typed: string } | null>(null);
  function down(event: PointerEvent<SVGGElement>) {
    event.currentTarget.setPointerCapture(event.pointerId);
    begun.current = { y: event.clientY, typed: band.typed };
  }
  function move(event: PointerEvent<SVGGElement>) {
    const from = begun.current;
    if (!from) return;
    const steps = Math.round((from.y - event.clientY) / DRAG);
    const next = steps === 0 ? from.typed : stepped(from.typed, steps, band.lowest);
    if (next !== band.typed) band.change(next);
  }
  function pressed(event: KeyboardEvent) {
    const steps = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: LEAP, PageDown: -LEAP, Home: -RUNGS.length, End: RUNGS.length }[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    band.change(stepped(band.typed, steps, band.lowest));
  }
  const end = () => (begun.current = null);
  return (
    <g
      role="slider"
      tabIndex={0}
      className="tower-border"
      aria-orientation="vertical"
      aria-label={t("tower.border", { name: band.name })}
      aria-valuemin={band.lowest}
      aria-valuemax={RUNGS.length}
      aria-valuenow={Math.max(band.lowest, rung_of(band.typed))}
      aria-valuetext={written(band.typed)}
      onKeyDown={pressed}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
    >
      <rect x="0" y={y - GRIP / 2} width="100%" height={GRIP} className="tower-grip" />
      <line x1="0" x2="100%" y1={y} y2={y} />
      <rect x="44%" y={y - 5} width="12%" height="10" rx="5" className="tower-knob" />
    </g>
  );
}
