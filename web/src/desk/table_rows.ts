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

/** Every word of the filter must stand somewhere in the row. */
export function shown_rows<T>(rows: readonly T[], columns: readonly Column<T>[], { filter, by }: Shown, locale: string): T[] {
  const words = filter.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const kept = rows.filter((row) => {
    if (words.length === 0) return true;
    const all = columns.map((column) => column.text(row)).join("\n").toLowerCase();
    return words.every((word) => all.includes(word));
  });
  const falling = by.startsWith("-");
  const column = columns.find((each) => each.name === (falling ? by.slice(1) : by));
  if (!column) return kept;
  const order = column.order ?? column.text;
  const compare = new Intl.Collator(locale, { numeric: true }).compare;
  const sorted = [...kept].sort((one, other) => {
    const [a, b] = [order(one), order(other)];
    return typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b));
  });
  return falling ? sorted.reverse() : sorted;
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
