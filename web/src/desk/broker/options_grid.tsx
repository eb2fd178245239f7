// One table: a row for each retention, a column for each limit; the cell that has the focus is written out below.
import { useRef, useState, type KeyboardEvent } from "react";
import { money_short, money_text, type Money } from "../../base/money";
import { Card, Rows } from "../../ui/parts";
import type { ReplyOf, RequestOf } from "../api";
import { useDesk, type DeskLanguage } from "../language";
import { Running } from "./parts";
import { part_text } from "./part_text";
import { useRun } from "./use_run";

type GridCell = ReplyOf<"risk_grid">[number];
type Priced = ReplyOf<"quote_options">[number];

const VIEWS = ["transferred", "kept", "worst", "price"] as const;
type View = (typeof VIEWS)[number];

const same = (one: Money, other: Money) => one.amount === other.amount && one.currency === other.currency;

/** Each amount once, in the order of the reply. */
export function apart(amounts: Money[]): Money[] {
  return amounts.filter((each, at) => amounts.findIndex((other) => same(each, other)) === at);
}

/** Where an arrow key, Home or End leads; null: another key. */
export function step_to(key: string, row: number, column: number, rows: number, columns: number): [number, number] | null {
  const within = (value: number, end: number) => Math.max(0, Math.min(end - 1, value));
  if (key === "ArrowDown") return [within(row + 1, rows), column];
  if (key === "ArrowUp") return [within(row - 1, rows), column];
  if (key === "ArrowRight") return [row, within(column + 1, columns)];
  if (key === "ArrowLeft") return [row, within(column - 1, columns)];
  if (key === "Home") return [row, 0];
  return key === "End" ? [row, columns - 1] : null;
}

// Expected amounts come as whole minor units, without the currency of their limit.
const amount_of = (cell: GridCell, amount: number) => money_text({ amount, currency: cell.limit.currency });

function shown(view: View, cell: GridCell | undefined, priced: Priced | undefined): string {
  if (!cell) return "—";
  if (view === "price") return priced ? money_text(priced.price.technical_gross) : "…";
  return amount_of(cell, { transferred: cell.expected_transferred, kept: cell.expected_retained, worst: cell.retained_tail_mean }[view]);
}

export function OptionsGrid({ cells, request }: { cells: GridCell[]; request: RequestOf<"risk_grid"> }) {
  const { t } = useDesk();
  const [view, set_view] = useState<View>("transferred");
  const prices = useRun("quote_options", view === "price" ? request : null);
  const [at, set_at] = useState<[number, number]>([0, 0]);
  const table = useRef<HTMLTableElement>(null);
  const limits = apart(cells.map((cell) => cell.limit));
  const retentions = apart(cells.map((cell) => cell.retention));
  const find = <T extends { limit: Money; retention: Money }>(list: T[], row: number, column: number) =>
    list.find((each) => same(each.retention, retentions[row] as Money) && same(each.limit, limits[column] as Money));
  function pressed(event: KeyboardEvent) {
    const next = step_to(event.key, at[0], at[1], retentions.length, limits.length);
    if (!next) return;
    event.preventDefault();
    set_at(next);
    table.current?.querySelector<HTMLElement>(`[data-at="${next.join()}"]`)?.focus();
  }
  const chosen = find(cells, ...at);
  return (
    <>
      <fieldset className="pills">
        <legend className="legend">{t("options.view")}</legend>
        <div>
          {VIEWS.map((each) => (
            <label className="pill" key={each}>
              <input type="radio" name="view" checked={view === each} onChange={() => set_view(each)} />
              <span>{t(`options.view_${each}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <Running run={prices} what={t("options.pricing")} />
      <div className="table-box">
        <table className="table broker-grid" role="grid" aria-label={t(`options.view_${view}`)} ref={table} onKeyDown={pressed}>
          <thead>
            <tr>
              <th scope="col">{t("options.corner")}</th>
              {limits.map((limit) => (
                <th key={limit.amount} scope="col" className="end">
                  {money_short(limit)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {retentions.map((retention, row) => (
              <tr key={retention.amount}>
                <th scope="row">{money_short(retention)}</th>
                {limits.map((limit, column) => {
                  const here = at[0] === row && at[1] === column;
                  return (
                    <td key={limit.amount} role="gridcell" className="end number" data-at={`${row},${column}`} tabIndex={here ? 0 : -1} aria-selected={here} onFocus={() => set_at([row, column])} onClick={(event) => event.currentTarget.focus()}>
                      {shown(view, find(cells, row, column), find(prices.reply ?? [], row, column))}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="soft small">{t("options.keys")}</p>
      {chosen && <Chosen cell={chosen} priced={find(prices.reply ?? [], ...at)} />}
    </>
  );
}

function chosen_rows({ t }: DeskLanguage, cell: GridCell, priced: Priced | undefined) {
  const about = (amount: number, error: number) => t("options.about", { amount: amount_of(cell, amount), error: amount_of(cell, error) });
  return [
    { name: t("options.view_transferred"), value: about(cell.expected_transferred, cell.expected_error) },
    { name: t("options.view_kept"), value: about(cell.expected_retained, cell.expected_error) },
    { name: t("options.view_worst"), value: about(cell.retained_tail_mean, cell.retained_tail_mean_error) },
    { name: t("options.over_retention"), value: part_text(cell.over_retention) },
    { name: t("options.over_limit"), value: part_text(cell.over_limit) },
    ...(priced ? [{ name: t("options.view_price"), value: money_text(priced.price.technical_gross) }] : []),
  ];
}

function Chosen({ cell, priced }: { cell: GridCell; priced: Priced | undefined }) {
  const language = useDesk();
  const { t } = language;
  return (
    <Card title={t("options.chosen", { limit: money_short(cell.limit), retention: money_short(cell.retention) })}>
      <div aria-live="polite">
        <Rows rows={chosen_rows(language, cell, priced)} />
      </div>
      <p className="soft small">{t("options.reads")}</p>
    </Card>
  );
}
