// The table of every list: sorted and filtered by the address, with a head that stays, more rows on request, and a file of what is shown.
import type { KeyboardEvent } from "react";
import type { ApiError } from "../api/client";
import { useRouter } from "../base/router";
import { Button, Empty, Waiting } from "../ui/parts";
import { save_file } from "../ui/save_file";
import { Trouble } from "../ui/trouble";
import { useDesk } from "./language";
import { TableBody, type Cell } from "./table_body";
import { csv_of } from "./table_rows";
import { ROWS_ALL } from "./table_window";
import { useShown } from "./use_shown";

export type { Cell } from "./table_body";

interface TableProps<T> {
  name: string; // of the list: the caption, and the file
  columns: Cell<T>[];
  id: (row: T) => string;
  rows: T[] | undefined;
  error?: ApiError | undefined;
  again?: () => void;
  more?: (() => void) | null;
  busy?: boolean;
  empty: string;
  /** Without filter, sorting and file: one of several on a page, which cannot share an address. */
  plain?: boolean;
}

/** The arrow keys go from row to row, along the links that stand in them. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("tbody tr > :first-child a, tbody tr > :first-child button")];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

export function DataTable<T>(given: TableProps<T>) {
  const { t, lang } = useDesk();
  const { place } = useRouter();
  const { columns, rows, plain } = given;
  const filter = plain ? "" : (place.query.get("q") ?? "");
  const by = plain ? "" : (place.query.get("by") ?? "");
  const shown = useShown(rows, columns, { filter, by }, lang === "zh" ? "zh-CN" : "en");
  if (given.error && !rows) return <Trouble trouble={given.error} {...(given.again ? { again: given.again } : {})} />;
  if (!rows) return <Waiting />;
  if (rows.length === 0) return <Empty title={given.empty} />;
  return (
    <div className="table-part">
      {!plain && <Tools {...given} shown={shown} all={rows.length} />}
      <div className="table-box" tabIndex={0} role="region" aria-label={given.name} onKeyDown={walk}>
        <table className="table" aria-rowcount={shown.length > ROWS_ALL ? shown.length + 1 : undefined}>
          <caption className="hidden">{given.name}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <Head key={column.name} column={column} by={by} plain={plain === true} />
              ))}
            </tr>
          </thead>
          <TableBody rows={shown} columns={columns} id={given.id} />
        </table>
        {shown.length === 0 && <p className="table-none">{t("table.none")}</p>}
      </div>
      <Trouble trouble={given.error} />
      {given.more && (
        <Button kind="plain" busy={given.busy === true} onClick={given.more}>
          {t("table.more")}
        </Button>
      )}
    </div>
  );
}

function use_address() {
  const { place, go } = useRouter();
  return (name: string, value: string) => {
    const query = new URLSearchParams(place.query);
    if (value === "") query.delete(name);
    else query.set(name, value);
    const text = query.toString();
    go(place.path + (text === "" ? "" : `?${text}`), { replace: true });
  };
}

function Head<T>({ column, by, plain }: { column: Cell<T>; by: string; plain: boolean }) {
  const set = use_address();
  const rising = by === column.name;
  const falling = by === `-${column.name}`;
  const side = column.end ? "end" : undefined;
  if (plain) {
    return (
      <th scope="col" className={side}>
        {column.title}
      </th>
    );
  }
  return (
    <th scope="col" className={side} aria-sort={rising ? "ascending" : falling ? "descending" : undefined}>
      <button type="button" className="sort" onClick={() => set("by", rising ? `-${column.name}` : falling ? "" : column.name)}>
        {column.title}
        <span aria-hidden="true">{rising ? " ▲" : falling ? " ▼" : ""}</span>
      </button>
    </th>
  );
}

function Tools<T>({ name, columns, shown, all, more }: TableProps<T> & { shown: T[]; all: number }) {
  const { t } = useDesk();
  const { place } = useRouter();
  const set = use_address();
  return (
    <div className="table-tools">
      <label className="table-filter">
        <span className="hidden">{t("table.filter")}</span>
        <input type="search" name="filter" placeholder={t("table.filter")} value={place.query.get("q") ?? ""} onChange={(event) => set("q", event.target.value)} />
      </label>
      <p className="soft number" role="status">
        {t(more ? "table.count_more" : "table.count", { shown: shown.length, all })}
      </p>
      <Button kind="quiet" onClick={() => save_file(`${name}.csv`, "text/csv;charset=utf-8", csv_of(shown, columns))}>
        {t("table.save")}
      </Button>
    </div>
  );
}
