// The steps of a claim, drawn as a line with stations.
import { day_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import type { Step } from "./steps";

export function Track({ steps, missing_loss }: { steps: Step[]; missing_loss: boolean }) {
  const { t, lang } = useLanguage();
  return (
    <ol className="track">
      {steps.map((step) => (
        <li key={step.name} className={step.done ? "track-done" : step.now ? "track-now" : "track-next"} aria-current={step.now ? "step" : undefined}>
          <span className="track-dot" aria-hidden="true">
            {step.done ? "✓" : ""}
          </span>
          <div>
            <p className="track-name">
              {t(step.name)}
              {step.now && <span className="track-here">{t("claim.now")}</span>}
            </p>
            <p className="soft small">
              {step.now ? t(step.yours ? "claim.by_you" : "claim.by_insurer") : t(step.yours ? "claim.by_you_done" : "claim.by_insurer_done")}
              {step.done && step.on && <> · {day_text(step.on, lang)}</>}
              {step.now && step.due && !step.late && <> · {t("claim.due", { day: day_text(step.due, lang) })}</>}
            </p>
            {step.now && step.late && <p className="wrong">{t("claim.overdue", { day: day_text(step.due ?? "", lang) })}</p>}
            {step.now && step.name === "claim.step_loss" && missing_loss && <p>{t("claim.missing_loss")}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}
