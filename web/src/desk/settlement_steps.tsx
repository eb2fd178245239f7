// Every step that changed an amount: what it is about, by which clause, from how much to how much.
import { money_text } from "../base/money";
import type { Claim } from "../claim/steps";
import { head_name } from "./head_name";
import { useDesk } from "./language";

export type Step = Claim["settlement"]["steps"][number];

interface StepsProps {
  steps: Pick<Step, "subject" | "stage" | "clause" | "before" | "after">[];
  /** Words of the clauses by their number. */
  clauses?: ReadonlyMap<string, string>;
}

export function SettlementSteps({ steps, clauses }: StepsProps) {
  const language = useDesk();
  const { t, word } = language;
  if (steps.length === 0) return <p className="soft">{t("files.no_steps")}</p>;
  return (
    <ol className="letter">
      {steps.map((step, at) => (
        <li key={at}>
          <p>
            <strong>{head_name(language, step.subject)}</strong> · {word("settle_stage", step.stage)}
            {step.clause !== "" && <span className="soft"> · {t("clauses.number", { ref: step.clause })}</span>}
          </p>
          <p className="number">
            {money_text(step.before)} → <strong>{money_text(step.after)}</strong>
          </p>
          {clauses?.has(step.clause) && <p className="soft small">{clauses.get(step.clause)}</p>}
        </li>
      ))}
    </ol>
  );
}
