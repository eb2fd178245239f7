// The gentle way out: the cover runs to its end and is not renewed. It can be taken back.
import { call } from "../api/client";
import { may } from "../api/may";
import { useSession } from "../api/session";
import { forget_replies, useReply } from "../api/use_reply";
import { use_sending } from "../api/use_sending";
import { moment_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { Badge, Button, Card } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import type { Policy } from "./with_policy";

export function NoRenewal({ policy }: { policy: Policy }) {
  const { t, lang } = useLanguage();
  const { roles } = useSession();
  const history = useReply("policy_history", { policy: policy.id });
  const { busy, trouble, send } = use_sending();
  if (!history.data) return <Trouble trouble={history.error} again={history.again} />;
  const chosen = history.data.renewal;
  const declined = chosen === "insured_declines";

  const choose = (choice: "insured_declines" | "manual") =>
    send(async (key) => {
      await call("policy_renewal", { policy: policy.id, choose: choice }, { key });
      forget_replies();
      history.again();
    });

  return (
    <Card title={t("no_renewal.title")}>
      <p>{t("no_renewal.text", { at: moment_text(policy.until, lang) })}</p>
      <div role="status">
        {declined && <Badge tone="warn">{t("no_renewal.chosen")}</Badge>}
        {chosen === "insurer_declines" && <Badge tone="warn">{t("history.renewal_insurer_declines")}</Badge>}
      </div>
      <Trouble trouble={trouble} />
      {may("policy_renewal", roles) && chosen !== "insurer_declines" && (
        <div className="actions">
          <Button kind="plain" busy={busy} onClick={() => void choose(declined ? "manual" : "insured_declines")}>
            {t(declined ? "no_renewal.undo" : "no_renewal.choose")}
          </Button>
        </div>
      )}
    </Card>
  );
}
