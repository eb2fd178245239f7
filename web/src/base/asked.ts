// An answer is shown only beside the question that it answers: whoever changes a field meanwhile asks something else.

/** Whether two questions are the same, field by field; a file that was read again is another one. */
export function same_question<Q extends object>(one: Q | null, other: Q): boolean {
  if (one === null) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof Q>;
  return [...names].every((name) => Object.is(one[name], other[name]));
}

/** What was asked, and what came back once it has. */
export interface Asked<Q, A> {
  of: Q;
  answer: A | null;
}

/** The answer to the present question; null: it is not here, or belongs to another. */
export function answer_to<Q extends object, A>(asked: Asked<Q, A> | null, now: Q): A | null {
  return asked && same_question(asked.of, now) ? asked.answer : null;
}
