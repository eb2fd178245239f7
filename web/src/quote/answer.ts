// An answer as somebody gives it, part by part, and as the API reads it: "3;0", "CII+II_L1", "offsite".
import type { ReplyOf } from "../api/client";

export type Question = Extract<ReplyOf<"questions">, unknown[]>[number];
export type Part = Question["parts"][number];

/** The parts of one answer, as typed. A part with several words holds them joined by "+". */
export type Answer = string[];

export function answer_text(question: Question, answer: Answer | undefined): string {
  const parts = question.parts.map((part, at) => {
    const given = (answer?.[at] ?? "").trim();
    return part.money ? given.replace(/[,，\s]/g, "") : given;
  });
  while (parts.length > 0 && parts[parts.length - 1] === "") parts.pop();
  return parts.join(";");
}

// Questions that ask for what was stated when the company was registered.
const STATED: Record<string, string> = { "GOV-05": "incidents_36m" };

/** What the company stated already is not asked for again: a first answer, to be checked and changed. */
export function known_answers(questions: readonly Question[], facts: readonly { name: string; value: string }[]): Record<string, Answer> {
  const found: Record<string, Answer> = {};
  for (const question of questions) {
    const fact = facts.find((each) => each.name === STATED[question.control]);
    if (fact && /^\d+$/.test(fact.value)) found[question.control] = [fact.value];
  }
  return found;
}

export type Fault = "must" | "number" | null;

/** What is wrong with the part that has to be answered, before anything is sent. */
export function fault_of(question: Question, answer: Answer | undefined): Fault {
  for (const [at, part] of question.parts.entries()) {
    const given = (answer?.[at] ?? "").trim();
    if (given === "") {
      if (part.optional) continue;
      return "must";
    }
    if (part.words.includes(given) || part.several || part.date || part.money || part.text) continue;
    if (part.minimum !== null && part.maximum !== null) {
      if (!/^\d+$/.test(given) || Number(given) < part.minimum || Number(given) > part.maximum) return "number";
    }
  }
  return null;
}

export function toggled(part: Part, given: string, word: string): string {
  const chosen = new Set(given === "" ? [] : given.split("+"));
  if (chosen.has(word)) chosen.delete(word);
  else chosen.add(word);
  if (word === "none" && chosen.has("none")) return "none";
  if (word !== "none") chosen.delete("none");
  return part.words.filter((each) => chosen.has(each)).join("+");
}
