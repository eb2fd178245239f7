// The text of /metrics, line by line, as Prometheus reads it.
export interface Metric {
  name: string;
  labels: string;
  value: string;
  help: string;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)$/;

/** Buckets are left out: their count and sum say enough to a person. */
export function read_metrics(text: string): Metric[] {
  const help = new Map<string, string>();
  const found: Metric[] = [];
  for (const line of text.split("\n")) {
    const said = /^# HELP (\S+) (.*)$/.exec(line);
    if (said) help.set(said[1] ?? "", said[2] ?? "");
    const read = line.startsWith("#") ? null : LINE.exec(line);
    const name = read?.[1] ?? "";
    if (!read || name.endsWith("_bucket")) continue;
    const family = name.replace(/_(?:count|sum)$/, "");
    found.push({ name, labels: (read[2] ?? "").replace(/"/g, ""), value: read[3] ?? "", help: help.get(name) ?? help.get(family) ?? "" });
  }
  return found;
}
