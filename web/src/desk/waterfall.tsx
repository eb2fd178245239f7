// How a price came about, as bars from amount to amount. Places are in percent and lines in rem, so that the words keep their size and
// their distance on every screen.
import { money_text, type Money } from "../base/money";
import { useDesk } from "./language";

export interface WaterStep {
  name: string;
  change: Money;
  cumulative: Money;
}

const ROW = 2.875; // rem
const WORDS = 0.9; // where they stand
const TOP = 1.25; // of the bar
const BAR = 0.875;

export interface WaterBar {
  from: number;
  width: number;
  end: number;
}

/** Left edge, width and end of each bar, in percent of the picture. */
export function water_bars(steps: readonly { cumulative: Money }[]): WaterBar[] {
  const ends = steps.map((step) => step.cumulative.amount);
  const low = Math.min(0, ...ends);
  const span = Math.max(0, ...ends) - low || 1;
  const place = (value: number) => ((value - low) / span) * 100;
  return ends.map((end, at) => {
    const begun = at === 0 ? 0 : (ends[at - 1] ?? 0);
    const [a, b] = [place(begun), place(end)];
    return { from: Math.min(a, b), width: Math.abs(b - a), end: b };
  });
}

export function Waterfall({ steps, title }: { steps: WaterStep[]; title: string }) {
  const { t } = useDesk();
  const bars = water_bars(steps);
  const change = (money: Money) => (money.amount > 0 ? "+" : "") + money_text(money);
  return (
    <figure className="water">
      <svg width="100%" height={`${steps.length * ROW}rem`} role="img" aria-label={title}>
        {steps.map((step, at) => {
          const bar = bars[at] ?? { from: 0, width: 0, end: 0 };
          const top = at * ROW;
          const tone = at === 0 ? "start" : step.change.amount > 0 ? "up" : "down";
          return (
            <g key={`${step.name}-${at}`}>
              <text x="0" y={`${top + WORDS}rem`} className="water-name">
                {step.name}
              </text>
              <text x="100%" y={`${top + WORDS}rem`} textAnchor="end" className="water-amount">
                {at === 0 ? money_text(step.change) : `${change(step.change)}  =  ${money_text(step.cumulative)}`}
              </text>
              <rect x={`${bar.from}%`} y={`${top + TOP}rem`} width={`${Math.max(bar.width, 0.4)}%`} height={`${BAR}rem`} className={`water-${tone}`} />
              {at + 1 < steps.length && <line x1={`${bar.end}%`} x2={`${bar.end}%`} y1={`${top + TOP + BAR}rem`} y2={`${top + ROW + TOP}rem`} className="water-line" />}
            </g>
          );
        })}
      </svg>
      <figcaption className="soft small">{t("walk.reads")}</figcaption>
    </figure>
  );
}
