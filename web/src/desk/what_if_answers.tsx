// Other answers of a company, to be tried out: each with the one on record, and taken out again.
import { PartInput } from "../quote/part_input";
import { answer_text, fault_of, type Answer, type Question } from "../quote/answer";
import { Button, Field } from "../ui/parts";
import { trouble_at } from "../ui/trouble";
import type { ApiError } from "../api/client";
import { useDesk } from "./language";

export type Answers = Record<string, Answer>;

/** "IAM-01=100" for each answer that can be sent; the others wait until they can. */
export function tried_answers(questions: readonly Question[], answers: Answers): string[] {
  return questions
    .filter((question) => answers[question.control] !== undefined && fault_of(question, answers[question.control]) === null)
    .map((question) => `${question.control}=${answer_text(question, answers[question.control])}`);
}

interface AnswersProps {
  questions: readonly Question[];
  answers: Answers;
  change: (answers: Answers) => void;
  trouble: ApiError | null;
}

export function WhatIfAnswers({ questions, answers, change, trouble }: AnswersProps) {
  const { t, lang } = useDesk();
  const chosen = questions.filter((question) => answers[question.control] !== undefined);
  const left = questions.filter((question) => answers[question.control] === undefined);
  const without = (control: string) => Object.fromEntries(Object.entries(answers).filter(([name]) => name !== control));
  return (
    <div className="group what-if-answers">
      {chosen.map((question) => {
        const answer = answers[question.control] ?? [];
        const wrong = trouble_at(trouble, `answers.${question.control}`);
        return (
          <fieldset key={question.control} className={`pills field${wrong ? " field-wrong" : ""}`}>
            <legend className="legend">
              <span className="mono soft">{question.control}</span> {question[lang]}
            </legend>
            {question.parts.map((part, at) => (
              <PartInput
                key={part.name}
                question={question}
                part={part}
                given={answer[at] ?? ""}
                wrong={wrong !== undefined && at === 0}
                change={(given) => change({ ...answers, [question.control]: question.parts.map((_, place) => (place === at ? given : (answer[place] ?? ""))) })}
              />
            ))}
            {wrong && <p className="wrong">{wrong}</p>}
            <div className="actions">
              <Button kind="plain" onClick={() => change(without(question.control))}>
                {t("what_if.answer_as_is")}
              </Button>
            </div>
          </fieldset>
        );
      })}
      <Field name="what_if_answer" label={t("what_if.answer_add")} hint={t("what_if.answer_hint")}>
        {(given) => (
          <select {...given} value="" onChange={(event) => event.target.value !== "" && change({ ...answers, [event.target.value]: [] })}>
            <option value="">{t("what_if.answer_choose")}</option>
            {left.map((question) => (
              <option key={question.control} value={question.control}>
                {question.control} {question[lang]}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}
