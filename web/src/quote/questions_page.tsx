// The security questions: by subject, in any order, kept as they are typed.
import { memo, useCallback, useState, type FormEvent } from "react";
import { call, type ApiError } from "../api/client";
import { forget_replies, useReply } from "../api/use_reply";
import { use_sending } from "../api/use_sending";
import { house_now } from "../base/clock";
import { beijing_day } from "../base/days";
import { useLanguage } from "../base/i18n";
import { useRouter } from "../base/router";
import { useDraft } from "../base/store";
import type { Key } from "../locales/zh";
import { focus_wrong_soon } from "../ui/focus";
import { Button, Card, Page, Waiting, Why } from "../ui/parts";
import { Trouble, trouble_at } from "../ui/trouble";
import { answer_text, fault_of, known_answers, type Answer, type Question } from "./answer";
import { PartInput } from "./part_input";

const DOMAINS = ["GOV", "AST", "IAM", "END", "CFG", "VUL", "NET", "EML", "BKP", "LOG", "IRP", "BCP", "SUP", "AWR", "DAT", "ICS"];

const NONE: Answer = [];

function domain_of(question: Question): string {
  const name = question.control.split("-")[0] ?? "";
  return DOMAINS.includes(name) ? name : "other";
}

export default function QuestionsPage({ id }: { id: string }) {
  const { t } = useLanguage();
  const { go } = useRouter();
  const asked = useReply("questions", { enterprise: id });
  const company = useReply("enterprise_show", { enterprise: id });
  const { value: draft, change, clear, restored } = useDraft<Record<string, Answer>>(`questions.${id}`, {});
  const [tried, set_tried] = useState(false);
  const answered = useCallback((control: string, answer: Answer) => change({ [control]: answer }), [change]);
  const { busy, trouble, send } = use_sending();
  const back = { to: `company/${id}`, text: t("policies.companies") };
  if (asked.error) {
    return (
      <Page title={t("questions.title")} back={back}>
        <Trouble trouble={asked.error} again={asked.again} />
      </Page>
    );
  }
  if (!Array.isArray(asked.data) || company.loading) return <Waiting />; // nothing moves under a finger
  const questions = asked.data;
  const known = known_answers(questions, company.data?.facts ?? []);
  const answers = { ...known, ...draft };
  const open = questions.filter((question) => fault_of(question, answers[question.control]) !== null);
  const domains = [...new Set(questions.map(domain_of))];

  async function submit(event: FormEvent) {
    event.preventDefault();
    set_tried(true);
    if (open.length > 0) {
      focus_wrong_soon();
      return;
    }
    await send(async (key) => {
      const sent = Object.fromEntries(questions.map((question) => [question.control, answer_text(question, answers[question.control])]));
      await call("assess", { enterprise: id, answers: { stated_on: beijing_day(0, house_now()), answers: sent } }, { key });
      forget_replies();
      clear();
      go(`company/${id}`, { replace: true });
    });
  }

  return (
    <Page title={t("questions.title")} lead={t("questions.lead")} back={back}>
      {restored && <p className="note">{t("draft_restored")}</p>}
      {Object.keys(known).length > 0 && <p className="note">{t("questions.known")}</p>}
      <div className="progress">
        <progress value={questions.length - open.length} max={questions.length} aria-label={t("questions.title")} />
        <p className="soft number">{t("questions.progress", { done: questions.length - open.length, all: questions.length })}</p>
      </div>
      <form className="form" noValidate onSubmit={(event) => void submit(event)}>
        {domains.map((domain) => (
          <Card key={domain} title={t(`domain.${domain}` as Key)}>
            <div className="form">
              {questions
                .filter((question) => domain_of(question) === domain)
                .map((question) => (
                  <QuestionField
                    key={question.control}
                    question={question}
                    answer={answers[question.control] ?? NONE}
                    change={answered}
                    tried={tried}
                    trouble={trouble}
                  />
                ))}
            </div>
          </Card>
        ))}
        {tried && open.length > 0 && (
          <p className="wrong" role="alert">
            {t("questions.left", { count: open.length })}
          </p>
        )}
        <Trouble trouble={trouble} />
        <div className="actions">
          <Button type="submit" busy={busy}>
            {t("questions.submit")}
          </Button>
        </div>
        <p className="hint">{t("save_note")}</p>
      </form>
    </Page>
  );
}

interface QuestionProps {
  question: Question;
  answer: Answer;
  change: (control: string, answer: Answer) => void;
  tried: boolean;
  trouble: ApiError | null;
}

// A tap draws the question that it answers, not the whole page.
const QuestionField = memo(function QuestionField({ question, answer, change, tried, trouble }: QuestionProps) {
  const { t, lang, word } = useLanguage();
  const fault = tried ? fault_of(question, answer) : null;
  const main = question.parts[0];
  const error =
    fault === "must" ? t("questions.must") : fault === "number" ? t("questions.number", { minimum: main?.minimum ?? 0, maximum: main?.maximum ?? 0 }) : trouble_at(trouble, question.control);
  const good = word("control_do", question.control);
  return (
    <fieldset className={`pills field${error ? " field-wrong" : ""}`} aria-describedby={error ? `${question.control}-error` : undefined}>
      <legend className="legend">{question[lang]}</legend>
      {question.parts.map((part, at) => (
        <PartInput
          key={part.name}
          question={question}
          part={part}
          given={answer[at] ?? ""}
          wrong={error !== undefined && at === 0}
          change={(given) =>
            change(
              question.control,
              question.parts.map((_, place) => (place === at ? given : (answer[place] ?? ""))),
            )
          }
        />
      ))}
      {error && (
        <p className="wrong" id={`${question.control}-error`}>
          {error}
        </p>
      )}
      {good !== question.control && <Why>{t("questions.why", { text: good })}</Why>}
    </fieldset>
  );
});
