// Which journeys run when. A journey may name its set itself (`sets`); without one it is a journey of `all`.

/** What each change runs, by the beginning of a label; each finds at least one journey. The whole is about three minutes. */
const CI = [
  "a stranger on a phone gets a price without an account (zh, phone",
  "from a company to a policy with its document (en, desktop",
  "an incident in three taps, without a network, sent once when it is back (zh, phone",
  "protection lights: green only with fresh evidence, never with old (en, desktop",
  "a session that ends keeps what was typed, at the same address",
  "keys only: skip link, sign-in",
  "a referred quote is decided with a reason, by keys (zh, desktop",
  "a claim is sent back, adjudicated again and approved by another person",
  "API keys: made, shown once, ended",
];

const label_of = ({ name, where }) =>
  `${name} (${Object.entries(where).filter(([key]) => key !== "keep" && key !== "more").map(([, value]) => value).join(", ")})`;

export function chosen(journeys, set, words) {
  const known = journeys.map((each) => ({ ...each, label: label_of(each), sets: each.sets ?? ["all"] }));
  const of_set = (each) => each.sets.includes(set ?? "all") || (set === "ci" && CI.some((begin) => each.label.startsWith(begin)));
  const found = known.filter((each) => of_set(each) && (words.length === 0 || words.some((word) => each.label.includes(word))));
  if (set === "ci") {
    const lost = CI.filter((begin) => !known.some((each) => each.label.startsWith(begin)));
    if (lost.length > 0) throw new Error(`no journey is called so any more: ${lost.join("; ")}`);
  }
  if (found.length === 0) throw new Error("no journey is called so");
  return found;
}
