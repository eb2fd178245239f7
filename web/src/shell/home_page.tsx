// The first page: what this is, a price early, and the red button.
import { useLanguage } from "../base/i18n";
import { FIRST_PRODUCT } from "../quote/choices";
import { ButtonLink, Card } from "../ui/parts";
import { useEffect } from "react";
import { useSession } from "../api/session";
import { useOpenServer } from "./for_anybody";

const STEPS = [1, 2, 3, 4] as const;

export function HomePage() {
  const { t } = useLanguage();
  const { state } = useSession();
  const stranger = state === "nobody";
  const { open } = useOpenServer(stranger);
  useEffect(() => {
    document.title = t("brand");
  }, [t]);
  return (
    <div className="page page-wide">
      <div className="hero">
        <h1>{t("home.title")}</h1>
        <p className="lead">{t("home.lead")}</p>
        <div className="actions">
          <ButtonLink to="price">{t("home.price")}</ButtonLink>
          <ButtonLink to={`covered/${FIRST_PRODUCT}`} kind="plain">
            {t("home.covered")}
          </ButtonLink>
        </div>
        {stranger && open && <p className="soft">{t("home.no_account")}</p>}
      </div>
      <section className="group" aria-labelledby="how">
        <h2 id="how">{t("home.how")}</h2>
        <ol className="ways">
          {STEPS.map((step) => (
            <li key={step} className="card">
              <span className="way-number" aria-hidden="true">
                {step}
              </span>
              <h3>{t(`home.step_${step}`)}</h3>
              <p className="soft">{t(`home.step_${step}_text`)}</p>
            </li>
          ))}
        </ol>
      </section>
      <Card title={t("home.incident")} tone="warn">
        <p>{t("home.incident_text")}</p>
        <div className="actions">
          <ButtonLink to="incident" kind="alarm">
            {t("home.incident_button")}
          </ButtonLink>
        </div>
      </Card>
    </div>
  );
}
