// What changed between two texts, line by line: the longest common lines stay, the rest is gone or new.
export interface DiffLine {
  kind: "same" | "gone" | "new";
  text: string;
  /** Its number in the text before, and in the one after; null where it is in one of them only. */
  before: number | null;
  after: number | null;
}

/** Above so many pairs of lines between the first change and the last, all of it counts as replaced. */
const MOST_PAIRS = 9_000_000;

export function lines_of(text: string): string[] {
  const lines = text.split(/\r\n|\n/);
  if (lines[lines.length - 1] === "") lines.pop();
  return lines;
}

/** As a text field holds it: other ends of lines would move every place after them. */
export function plain_lines(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/** The lengths of the longest common lines of what is left of both, for each pair of places. */
function common_lengths(before: string[], after: string[]): Uint32Array {
  const wide = after.length + 1;
  const table = new Uint32Array((before.length + 1) * wide);
  for (let row = before.length - 1; row >= 0; --row) {
    for (let column = after.length - 1; column >= 0; --column) {
      const next = (row + 1) * wide + column;
      table[row * wide + column] = before[row] === after[column] ? (table[next + 1] ?? 0) + 1 : Math.max(table[next] ?? 0, table[row * wide + column + 1] ?? 0);
    }
  }
  return table;
}

export function line_diff(old_text: string, new_text: string): DiffLine[] {
  const before = lines_of(old_text);
  const after = lines_of(new_text);
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) ++head;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) ++tail;
  const found: DiffLine[] = [];
  const same = (row: number, column: number) => found.push({ kind: "same", text: before[row] ?? "", before: row + 1, after: column + 1 });
  const gone = (row: number) => found.push({ kind: "gone", text: before[row] ?? "", before: row + 1, after: null });
  const fresh = (column: number) => found.push({ kind: "new", text: after[column] ?? "", before: null, after: column + 1 });
  for (let at = 0; at < head; ++at) same(at, at);
  const [rows, columns] = [before.length - head - tail, after.length - head - tail];
  const table = rows * columns <= MOST_PAIRS ? common_lengths(before.slice(head, head + rows), after.slice(head, head + columns)) : null;
  let [row, column] = [0, 0];
  while (row < rows || column < columns) {
    const wide = columns + 1;
    if (table && row < rows && column < columns && before[head + row] === after[head + column]) same(head + row++, head + column++);
    else if (row < rows && (!table || column === columns || (table[(row + 1) * wide + column] ?? 0) >= (table[row * wide + column + 1] ?? 0))) gone(head + row++);
    else fresh(head + column++);
  }
  for (let at = tail; at > 0; --at) same(before.length - at, after.length - at);
  return found;
}

/** Only what changed, with so many lines around it; null stands for lines that are left out. */
export function changed_parts(lines: readonly DiffLine[], around = 2): (DiffLine | null)[] {
  const shown = lines.map(() => false);
  lines.forEach((line, at) => {
    if (line.kind !== "same") for (let near = Math.max(0, at - around); near <= Math.min(lines.length - 1, at + around); ++near) shown[near] = true;
  });
  const parts: (DiffLine | null)[] = [];
  lines.forEach((line, at) => {
    if (shown[at]) parts.push(line);
    else if (parts.length === 0 || parts[parts.length - 1] !== null) parts.push(null);
  });
  return parts.some((part) => part !== null) ? parts : [];
}
