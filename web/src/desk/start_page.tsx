// The first page of the desk: the tasks of whoever sits at it.
import { Link } from "../base/router";
import { Page } from "../ui/parts";
import type { DeskPageProps } from "./desk";
import { entries_for } from "./entries";
import { useDesk } from "./language";

export function StartPage({ may }: DeskPageProps) {
  const { t } = useDesk();
  return (
    <Page title={t("desk.start")} lead={t("desk.start_lead")} desk>
      <ul className="desk-tasks">
        {entries_for(may).map((entry) => (
          <li key={entry.to}>
            <Link to={entry.to} className="card">
              <strong>{t(entry.text)}</strong>
              <span className="soft">{t(entry.about)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
