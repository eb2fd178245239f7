// The clauses that stand in the text of a wording file, for comparing them with those that the service has. Only what the files of
// wordings use is read: [[clauses]] with one key on each line. What is written otherwise is reported, not guessed.
export interface Clause {
  ref: string;
  kind: string;
  exemption: boolean;
  zh: string;
  en: string;
}

export interface ReadClauses {
  clauses: (Clause & { line: number })[];
  /** Lines of tables that could not be read. */
  unread: number[];
}

/** "text", 'text', true, false; null: something else. */
function value_of(text: string): string | boolean | null {
  const plain = text.trim();
  const literal = /^'([^']*)'\s*(?:#.*)?$/.exec(plain);
  if (literal) return literal[1] ?? "";
  const basic = /^("(?:[^"\\]|\\.)*")\s*(?:#.*)?$/.exec(plain);
  if (basic) {
    try {
      return JSON.parse(basic[1] ?? "") as string;
    } catch {
      return null;
    }
  }
  const word = /^(true|false)\s*(?:#.*)?$/.exec(plain);
  return word ? word[1] === "true" : null;
}

export function read_clauses(text: string): ReadClauses {
  const found: ReadClauses = { clauses: [], unread: [] };
  let open: { line: number; values: Map<string, string | boolean | null>; odd: boolean } | null = null;
  const close = () => {
    if (!open) return;
    const { line, values, odd } = open;
    const words = ["ref", "kind", "zh", "en"].map((name) => values.get(name));
    const exemption = values.get("exemption") ?? false;
    if (odd || words.some((word) => typeof word !== "string") || typeof exemption !== "boolean") found.unread.push(line);
    else {
      const [ref, kind, zh, en] = words as string[];
      found.clauses.push({ ref: ref ?? "", kind: kind ?? "", zh: zh ?? "", en: en ?? "", exemption, line });
    }
    open = null;
  };
  text.split(/\r\n|\n/).forEach((raw, at) => {
    const line = raw.trim();
    if (line.startsWith("[") || line.startsWith("#")) {
      if (line.startsWith("#")) return;
      close();
      if (/^\[\[\s*clauses\s*\]\]/.test(line)) open = { line: at + 1, values: new Map(), odd: false };
      return;
    }
    if (!open || line === "") return;
    const pair = /^(\w+)\s*=(.*)$/.exec(line);
    if (!pair || open.values.has(pair[1] ?? "")) open.odd = true;
    else open.values.set(pair[1] ?? "", value_of(pair[2] ?? ""));
  });
  close();
  return found;
}

export type Part = "kind" | "exemption" | "zh" | "en";
export interface Changed {
  ref: string;
  what: "new" | "gone" | "changed";
  parts: Part[];
  before: Clause | null;
  after: Clause | null;
  line: number | null;
}

const PARTS: Part[] = ["kind", "exemption", "zh", "en"];

/** Clause by clause, in the order of the draft; what is no longer in it stands at the end. */
export function compare_clauses(recorded: readonly Clause[], draft: readonly (Clause & { line: number })[]): Changed[] {
  const before = new Map(recorded.map((clause) => [clause.ref, clause]));
  const after = new Set(draft.map((clause) => clause.ref));
  const found: Changed[] = [];
  for (const clause of draft) {
    const old = before.get(clause.ref) ?? null;
    const parts = old ? PARTS.filter((part) => old[part] !== clause[part]) : PARTS;
    if (!old || parts.length > 0) found.push({ ref: clause.ref, what: old ? "changed" : "new", parts, before: old, after: clause, line: clause.line });
  }
  for (const clause of recorded) if (!after.has(clause.ref)) found.push({ ref: clause.ref, what: "gone", parts: PARTS, before: clause, after: null, line: null });
  return found;
}
