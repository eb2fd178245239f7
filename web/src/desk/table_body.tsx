// The rows of a table. A long one is drawn about what is in sight (table_window.ts); in print all of it is.
import { memo, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";
import type { Column } from "./table_rows";
import { BLOCK, ROWS_ALL, window_of } from "./table_window";

const ROW_FIRST = 40; // pixels of a row, until one was measured

export interface Cell<T> extends Column<T> {
  /** Where the text alone does not do: a link, a badge. */
  cell?: (row: T) => ReactNode;
}

interface BodyProps<T> {
  rows: readonly T[];
  columns: readonly Cell<T>[];
  id: (row: T) => string;
}

function side_of<T>(column: Column<T>): string | undefined {
  return column.end ? "end" : column.long ? "long" : undefined;
}

interface RowProps<T> {
  row: T;
  columns: readonly Cell<T>[];
  at: number | undefined; // among all rows, where not all of them are drawn
}

function PlainRow<T>({ row, columns, at }: RowProps<T>) {
  return (
    <tr aria-rowindex={at === undefined ? undefined : at + 2}>
      {columns.map((column, place) => {
        const inner = column.cell ? column.cell(row) : column.text(row);
        const side = side_of(column);
        return place === 0 ? (
          <th key={column.name} scope="row" className={side}>
            {inner}
          </th>
        ) : (
          <td key={column.name} className={side}>
            {inner}
          </td>
        );
      })}
    </tr>
  );
}
const Row = memo(PlainRow) as typeof PlainRow;

export function TableBody<T>({ rows, columns, id }: BodyProps<T>) {
  if (rows.length > ROWS_ALL) return <LongBody rows={rows} columns={columns} id={id} />;
  return (
    <tbody>
      {rows.map((row) => (
        <Row key={id(row)} row={row} columns={columns} at={undefined} />
      ))}
    </tbody>
  );
}

function LongBody<T>({ rows, columns, id }: BodyProps<T>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const known = useRef(new Map<number, number>());
  const row = useRef(ROW_FIRST);
  const [sight, set_sight] = useState({ top: 0, height: 1000 });
  const [printed, set_printed] = useState(false);
  const shown_of = useRef(rows);
  if (shown_of.current !== rows) {
    shown_of.current = rows;
    known.current.clear();
  }
  const { first, end, before, after } = printed
    ? { first: 0, end: Math.ceil(rows.length / BLOCK), before: 0, after: 0 }
    : window_of(rows.length, known.current, row.current, sight);

  useEffect(() => {
    const box = body.current?.closest<HTMLElement>(".table-box");
    if (!box) return;
    let asked = 0;
    const look = () => {
      asked = 0;
      set_sight((now) => (now.top === box.scrollTop && now.height === box.clientHeight ? now : { top: box.scrollTop, height: box.clientHeight }));
    };
    const moved = () => {
      if (asked === 0) asked = requestAnimationFrame(look);
    };
    look();
    box.addEventListener("scroll", moved, { passive: true });
    addEventListener("resize", moved);
    return () => {
      cancelAnimationFrame(asked);
      box.removeEventListener("scroll", moved);
      removeEventListener("resize", moved);
    };
  }, []);

  useEffect(() => {
    const all = () => flushSync(() => set_printed(true));
    const some = () => set_printed(false);
    addEventListener("beforeprint", all);
    addEventListener("afterprint", some);
    return () => {
      removeEventListener("beforeprint", all);
      removeEventListener("afterprint", some);
    };
  }, []);

  useLayoutEffect(() => {
    const drawn = body.current ? [...body.current.rows].filter((each) => each.hasAttribute("aria-rowindex")) : [];
    if (drawn.length === 0) return;
    for (let at = 0; at < drawn.length; at += BLOCK) {
      const [top, bottom] = [drawn[at], drawn[Math.min(at + BLOCK, drawn.length) - 1]];
      if (top && bottom) known.current.set(first + at / BLOCK, bottom.offsetTop + bottom.offsetHeight - top.offsetTop);
    }
    row.current = [...known.current.values()].reduce((all, each) => all + each, 0) / (known.current.size * BLOCK);
    // Columns become wider with what is scrolled in, never narrower: they stand still most of the time.
    for (const head of body.current?.closest("table")?.tHead?.rows[0]?.cells ?? []) {
      if (head.offsetWidth > (Number.parseFloat(head.style.minWidth) || 0)) head.style.minWidth = `${head.offsetWidth}px`;
    }
  }, [first, end, rows]);

  return (
    <tbody ref={body}>
      <tr aria-hidden="true" className="table-gap">
        <td colSpan={columns.length} style={{ height: before }} />
      </tr>
      {rows.slice(first * BLOCK, end * BLOCK).map((each, at) => (
        <Row key={id(each)} row={each} columns={columns} at={first * BLOCK + at} />
      ))}
      <tr aria-hidden="true" className="table-gap">
        <td colSpan={columns.length} style={{ height: after }} />
      </tr>
    </tbody>
  );
}
