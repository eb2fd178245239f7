// An account that acts as several people: as whom now.
import { same_actor, useSession, type ActsAs } from "../api/session";
import { useLanguage } from "../base/i18n";
import { Page } from "../ui/parts";

function useRoles(): (each: ActsAs) => string {
  const { t, word } = useLanguage();
  return (each) => each.roles.map((role) => word("role", role)).join(t("acting.comma")) || t("acting.no_role");
}

export function ChooseActor({ after }: { after?: () => void }) {
  const { t } = useLanguage();
  const session = useSession();
  const roles = useRoles();
  return (
    <Page title={t("acting.title")} lead={t("acting.lead")}>
      <ul className="list">
        {session.acts_as.map((each) => (
          <li key={`${each.house}/${each.actor}`}>
            <button
              type="button"
              className="entry acting"
              onClick={() => {
                session.choose({ house: each.house, actor: each.actor });
                after?.();
              }}
            >
              <strong>{roles(each)}</strong>
              <span className="soft">
                {each.actor} · {each.house}
                {each.sandbox && ` · ${t("acting.sandbox")}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Page>
  );
}

/** The same, small, for the settings. */
export function ActingAs() {
  const { t } = useLanguage();
  const session = useSession();
  const roles = useRoles();
  if (session.actor === "" || session.acts_as.length < 2) return null;
  const several_houses = new Set(session.acts_as.map((each) => each.house)).size > 1;
  const at = session.acts_as.findIndex((each) => same_actor(each, session));
  return (
    <label>
      <span className="legend">{t("acting.settings")}</span>
      <select
        name="acting"
        value={at}
        onChange={(event) => {
          const chosen = session.acts_as[Number(event.target.value)];
          if (chosen) session.choose({ house: chosen.house, actor: chosen.actor });
        }}
      >
        {session.acts_as.map((each, place) => (
          <option key={`${each.house}/${each.actor}`} value={place}>
            {roles(each)} · {each.actor}
            {several_houses && ` · ${each.house}`}
          </option>
        ))}
      </select>
    </label>
  );
}
