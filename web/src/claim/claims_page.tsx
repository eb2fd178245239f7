// All reports and claims, the newest first.
import { useReply } from "../api/use_reply";
import { day_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { money_text } from "../base/money";
import { Link } from "../base/router";
import type { Key } from "../locales/zh";
import { Badge, Empty, Page, Waiting, type Tone } from "../ui/parts";
import { Trouble } from "../ui/trouble";

export const CLAIM_TONE: Record<string, Tone> = { adjudicated: "warn", approved: "warn", paid: "good", denied: "bad", returned: "warn", reopened: "warn" };

export default function ClaimsPage() {
  const { t, lang, word } = useLanguage();
  const incidents = useReply("incident_list", { limit: 1000 });
  const claims = useReply("claim_list", { limit: 1000 });
  const trouble = incidents.error ?? claims.error;
  const by_id = new Map((claims.data?.items ?? []).map((each) => [each.id, each]));
  return (
    <Page title={t("claims.title")} lead={t("claims.lead")}>
      <Trouble trouble={trouble} again={incidents.again} />
      {!trouble && (!incidents.data || !claims.data) && <Waiting />}
      {incidents.data?.items.length === 0 && (
        <Empty title={t("claims.none")}>
          <p className="soft">{t("claims.none_text")}</p>
        </Empty>
      )}
      {incidents.data && claims.data && (
        <ul className="list">
          {[...incidents.data.items].reverse().map((incident) => {
            const claim = incident.claim ? by_id.get(incident.claim) : undefined;
            return (
              <li key={incident.id}>
                <Link className="entry" to={claim ? `claim/${claim.id}` : `incident/${incident.id}`}>
                  <strong>{t(`peril.${incident.peril}` as Key)}</strong>
                  <span className="soft number">
                    {claim ? claim.id : incident.id} · {t("claims.occurred", { day: day_text(incident.occurred, lang) })}
                    {claim && claim.payable.amount > 0 ? ` · ${money_text(claim.payable)}` : ""}
                  </span>
                  {claim ? <Badge tone={CLAIM_TONE[claim.state] ?? "none"}>{word("claim_state", claim.state)}</Badge> : <Badge tone="warn">{t("claim.step_reported")}</Badge>}
                </Link>
              </li>
            );
          })}
        </ul>
      )}
    </Page>
  );
}
