// A report that is not yet a claim: the same line of stations, with what is missing.
import { useEffect } from "react";
import { useReply } from "../api/use_reply";
import { moment_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { useRouter } from "../base/router";
import { steps_of } from "../claim/steps";
import { Track } from "../claim/track";
import { turn_of } from "../claim/turn";
import { TurnCard } from "../claim/turn_card";
import type { Key } from "../locales/zh";
import { Card, Page, Rows, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";

export default function IncidentPage({ id }: { id: string }) {
  const { t, lang } = useLanguage();
  const { go } = useRouter();
  const incident = useReply("incident_show", { incident: id });
  const policy = useReply("policy_show", incident.data ? { policy: incident.data.policy } : null);
  const claim = incident.data?.claim ?? null;
  useEffect(() => {
    if (claim) go(`claim/${claim}`, { replace: true });
  }, [claim, go]);
  const back = { to: "claims", text: t("claims.title") };
  if (incident.error) {
    return (
      <Page title={t("claims.title")} back={back}>
        <Trouble trouble={incident.error} again={incident.again} />
      </Page>
    );
  }
  if (!incident.data) return <Waiting />;
  const shown = incident.data;
  const steps = steps_of(shown, null, []);
  return (
    <Page title={t("incident.page_title", { id })} lead={t(`peril.${shown.peril}` as Key)} back={back}>
      <TurnCard turn={turn_of(shown, null, [])} />
      <Card>
        <Track steps={steps} missing_loss={!steps[1]?.done} />
      </Card>
      <Card>
        <p>{shown.summary}</p>
        <Rows
          rows={[
            { name: t("incident.policy"), value: policy.data?.number ?? shown.policy },
            { name: t("incident.happened"), value: moment_text(shown.occurred, lang) },
            { name: t("incident.discovered"), value: moment_text(shown.discovered, lang) },
            { name: t("incident.reported"), value: moment_text(shown.reported_at, lang) },
          ]}
        />
        <p className="soft small">{t("claim.pending_adjudication")}</p>
      </Card>
    </Page>
  );
}
