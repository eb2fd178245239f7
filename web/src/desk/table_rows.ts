// What a table shows of its rows: filtered, sorted, and as a file. No page, so that it is tested alone.
export interface Column<T> {
  name: string;
  title: string;
  /** What stands in the cell, as text: for the filter, for the file, and where there is no `order`, for sorting. */
  text: (row: T) => string;
  order?: (row: T) => number | string;
  /** Numbers stand at the end of their cell. */
  end?: boolean;
  /** Sentences are broken over lines; all else stays on one. */
  long?: boolean;
}

export interface Shown {
  filter: string;
  by: string; // a column's name; with "-" in front: the largest first
}

export function words_of(filter: string): string[] {
  return filter.toLowerCase().split(/\s+/).filter((word) => word !== "");
}

/** The rows in which every word of the filter stands somewhere. */
export function kept_rows<T>(rows: readonly T[], columns: readonly Column<T>[], words: readonly string[]): T[] {
  if (words.length === 0) return [...rows];
  return rows.filter((row) => {
    const all = columns.map((column) => column.text(row)).join("\n").toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

export function sorted_rows<T>(rows: T[], columns: readonly Column<T>[], by: string, locale: string): T[] {
  const falling = by.startsWith("-");
  const column = columns.find((each) => each.name === (falling ? by.slice(1) : by));
  if (!column) return rows;
  const order = column.order ?? column.text;
  const compare = new Intl.Collator(locale, { numeric: true }).compare;
  const keyed = rows.map((row) => ({ row, key: order(row) }));
  keyed.sort(({ key: a }, { key: b }) => (typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b))));
  const sorted = keyed.map(({ row }) => row);
  return falling ? sorted.reverse() : sorted;
}

export function shown_rows<T>(rows: readonly T[], columns: readonly Column<T>[], { filter, by }: Shown, locale: string): T[] {
  return sorted_rows(kept_rows(rows, columns, words_of(filter)), columns, by, locale);
}

// A cell that a spreadsheet would take for a formula gets an apostrophe, so that a hostile name calculates nothing.
function csv_cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** The rows as a file that spreadsheets read as UTF-8. */
export function csv_of<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  const lines = [columns.map((column) => csv_cell(column.title)), ...rows.map((row) => columns.map((column) => csv_cell(column.text(row))))];
  return "\ufeff" + lines.map((line) => line.join(",") + "\r\n").join("");
}
