// Whose turn it is, said first; then what each side still has to do.
import { day_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { money_text } from "../base/money";
import type { Key } from "../locales/zh";
import { Badge, Card } from "../ui/parts";
import type { Todo, Turn } from "./turn";

/** "FP.EXT.RANSOM" is a head of "FP.EXT"; the liabilities of regulators are covers of three words. */
function cover_of(head: string): Key {
  return `cover.${/^(?:TP\.REG\.\w+|\w+\.\w+)/.exec(head)?.[0] ?? head}` as Key;
}

export function TurnCard({ turn }: { turn: Turn }) {
  const { t } = useLanguage();
  return (
    <Card title={t("turn.title")}>
      <Badge tone={turn.who === "nobody" ? "none" : "warn"}>{t(`turn.${turn.who}`)}</Badge>
      {turn.who === "nobody" && <p>{t("turn.nobody_text")}</p>}
      <Todos title={t("turn.yours")} todos={turn.you} />
      <Todos title={t("turn.insurers")} todos={turn.insurer} />
      {turn.you.length > 0 && <p className="soft small">{t("turn.how")}</p>}
    </Card>
  );
}

function Todos({ title, todos }: { title: string; todos: Todo[] }) {
  const { t, lang } = useLanguage();
  if (todos.length === 0) return null;
  return (
    <div>
      <p>
        <strong>{title}</strong>
      </p>
      <ul className="plain">
        {todos.map((todo) => (
          <li key={todo.text}>
            {t(todo.text, { amount: todo.amount ? money_text(todo.amount) : "" })}
            {todo.heads && <> {t("turn.heads", { heads: [...new Set(todo.heads.map((head) => t(cover_of(head))))].join(t("acting.comma")) })}</>}
            {todo.day !== undefined && <span className={todo.late ? "wrong" : "soft"}> {t(todo.late ? "turn.late" : "turn.by", { day: day_text(todo.day, lang) })}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
