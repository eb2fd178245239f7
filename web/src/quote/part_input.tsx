// One part of an answer to a security question: words to choose from, a number, a day, an amount.
import { useLanguage } from "../base/i18n";
import { toggled, type Part, type Question } from "./answer";

interface PartProps {
  question: Question;
  part: Part;
  given: string;
  wrong: boolean;
  change: (given: string) => void;
}

export function PartInput({ question, part, given, wrong, change }: PartProps) {
  const { t, lang, word } = useLanguage();
  const label = part.name === "" ? question[lang] : word("answer_part", part.name);
  const id = `${question.control}-${part.name}`;
  const unit = part.name === "" && (question.type === "percent" || question.type === "hours" || question.type === "days" || question.type === "count") ? t(`questions.unit_${question.type}`) : "";
  const typed = part.date || part.money || part.text || part.minimum !== null;
  return (
    <div className="part">
      {part.name !== "" && (
        <label htmlFor={id} className="soft small">
          {label} <span className="optional">{part.optional ? t("optional") : ""}</span>
        </label>
      )}
      {part.words.length > 0 && (
        <div>
          {part.words.map((each) => (
            <label className="pill" key={each}>
              <input
                type={part.several ? "checkbox" : "radio"}
                name={id}
                checked={part.several ? given.split("+").includes(each) : given === each}
                aria-invalid={wrong ? true : undefined}
                onChange={() => change(part.several ? toggled(part, given, each) : each)}
              />
              <span>{word("answer", each)}</span>
            </label>
          ))}
        </div>
      )}
      {part.several && <p className="hint">{t("questions.several")}</p>}
      {typed && (
        <div className="with-unit narrow">
          <input
            id={part.name === "" ? undefined : id}
            aria-label={part.name === "" ? label : undefined}
            aria-invalid={wrong && part.words.length === 0 ? true : undefined}
            name={`${id}-typed`}
            type={part.date ? "date" : "text"}
            inputMode={part.date || part.text ? undefined : "numeric"}
            autoComplete="off"
            value={part.words.includes(given) ? "" : given}
            onChange={(event) => change(event.target.value.replace(/;/g, "，"))}
          />
          {unit !== "" && <span>{unit}</span>}
        </div>
      )}
    </div>
  );
}
