import { useLanguage } from "../base/i18n";
import { ButtonLink, Page } from "../ui/parts";

export function NotFoundPage() {
  const { t } = useLanguage();
  return (
    <Page title={t("not_found.title")} lead={t("not_found.lead")}>
      <div className="actions">
        <ButtonLink to="">{t("not_found.home")}</ButtonLink>
        <ButtonLink to="policies" kind="plain">
          {t("menu.policies")}
        </ButtonLink>
      </div>
    </Page>
  );
}
