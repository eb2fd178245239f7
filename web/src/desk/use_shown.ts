// The rows that a table shows: of a short list at once, of a long one piece by piece, so that a letter in the filter does not
// wait for all rows to be looked through. Until then stands what was shown before.
import { useEffect, useMemo, useRef, useState } from "react";
import { kept_rows, shown_rows, sorted_rows, words_of, type Column, type Shown } from "./table_rows";

const LONG = 4000; // rows
const PIECE = 1000; // rows, a few milliseconds

export function useShown<T>(rows: readonly T[] | undefined, columns: readonly Column<T>[], { filter, by }: Shown, locale: string): T[] {
  const long = (rows?.length ?? 0) > LONG;
  const short = useMemo(() => (long ? null : shown_rows(rows ?? [], columns, { filter, by }, locale)), [long, rows, columns, filter, by, locale]);
  const [pieces, set_pieces] = useState<{ of: readonly T[] | undefined; shown: T[] }>({ of: undefined, shown: [] });
  const latest = useRef(columns);
  latest.current = columns;
  // Texts of a cell may come after the rows, such as names of companies: then all of it is looked through again.
  const first = long && rows?.[0] ? columns.map((column) => column.text(rows[0] as T)).join("\n") : "";
  useEffect(() => {
    if (!long || !rows) return;
    let wanted = true;
    void (async () => {
      const words = words_of(filter);
      const kept: T[] = [];
      for (let at = 0; at < rows.length; at += PIECE) {
        for (const row of kept_rows(rows.slice(at, at + PIECE), latest.current, words)) kept.push(row);
        if (words.length === 0) continue;
        await new Promise((done) => setTimeout(done));
        if (!wanted) return;
      }
      set_pieces({ of: rows, shown: sorted_rows(kept, latest.current, by, locale) });
    })();
    return () => {
      wanted = false;
    };
  }, [long, rows, first, filter, by, locale]);
  const whole = useMemo(() => [...(rows ?? [])], [rows]);
  return short ?? (pieces.of === rows ? pieces.shown : whole);
}
