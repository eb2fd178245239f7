// Whose turn it is, said first; then what each side still has to do.
import { day_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { money_text } from "../base/money";
import { Badge, Card } from "../ui/parts";
import { cover_name } from "./cover_name";
import type { Task, Turn } from "./turn";

// What is given to somebody who records it; money is paid.
const BY_PAPERS: Task["text"][] = ["turn.loss", "turn.papers"];

export function TurnCard({ turn }: { turn: Turn }) {
  const { t } = useLanguage();
  return (
    <Card title={t("turn.title")}>
      <Badge tone={turn.who === "nobody" ? "none" : "warn"}>{t(`turn.${turn.who}`)}</Badge>
      {turn.who === "nobody" && <p>{t("turn.nobody_text")}</p>}
      <Tasks title={t("turn.yours")} tasks={turn.you} />
      <Tasks title={t("turn.insurers")} tasks={turn.insurer} />
      {turn.you.some((task) => BY_PAPERS.includes(task.text)) && <p className="soft small">{t("turn.how")}</p>}
    </Card>
  );
}

function Tasks({ title, tasks }: { title: string; tasks: Task[] }) {
  const { t, lang } = useLanguage();
  if (tasks.length === 0) return null;
  return (
    <div>
      <p>
        <strong>{title}</strong>
      </p>
      <ul className="plain">
        {tasks.map((task) => (
          <li key={task.text}>
            {t(task.text, { amount: task.amount ? money_text(task.amount) : "" })}
            {task.heads && <> {t("turn.heads", { heads: [...new Set(task.heads.map((head) => cover_name(t, head)))].join(t("acting.comma")) })}</>}
            {task.day !== undefined && <span className={task.late ? "wrong" : "soft"}> {t(task.late ? "turn.late" : "turn.by", { day: day_text(task.day, lang) })}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
