// What has changed on a policy since it was bound, what happens at its end, and the days that matter.
import type { ReplyOf } from "../api/client";
import { useReply } from "../api/use_reply";
import { day_text, moment_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { money_text } from "../base/money";
import { Link } from "../base/router";
import { OWNER_CLOCKS } from "../claim/clock_names";
import { Badge, Card, Rows, Waiting, type Row } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { is_running, WithPolicy, type Policy } from "./with_policy";

type History = ReplyOf<"policy_history">;
type Clocks = ReplyOf<"policy_clocks">;

export default function HistoryPage({ id }: { id: string }) {
  const { t } = useLanguage();
  return (
    <WithPolicy id={id} title={t("history.title")}>
      {(policy) => <Told policy={policy} />}
    </WithPolicy>
  );
}

function Told({ policy }: { policy: Policy }) {
  const history = useReply("policy_history", { policy: policy.id });
  const clocks = useReply("policy_clocks", { policy: policy.id });
  const trouble = history.error ?? clocks.error;
  if (trouble) return <Trouble trouble={trouble} again={history.error ? history.again : clocks.again} />;
  if (!history.data || !clocks.data) return <Waiting />;
  return (
    <>
      <Changes policy={policy} history={history.data} />
      <Periods history={history.data} />
      <Days policy={policy} clocks={clocks.data} renewal={history.data.renewal} />
    </>
  );
}

function Changes({ policy, history }: { policy: Policy; history: History }) {
  const { t, lang, word } = useLanguage();
  return (
    <Card title={t("history.changes")}>
      {policy.state === "cancelled" && <p>{t("history.cancelled")}</p>}
      {policy.state === "lapsed" && <p>{t("history.lapsed")}</p>}
      {history.endorsements.length === 0 && <p>{t("history.none")}</p>}
      {history.endorsements.length > 0 && (
        <ul className="plain">
          {history.endorsements.map(({ endorsement, recorded_at, voided, void_reason }) => (
            <li key={endorsement.number}>
              <strong>{t("history.change", { kind: word("endorsement_kind", endorsement.kind), day: day_text(endorsement.from, lang) })}</strong>
              {voided && <Badge tone="none">{t("history.voided")}</Badge>}
              <span className="block">{voided && void_reason !== "" ? void_reason : endorsement.reason}</span>
              <span className="soft small block">{t("history.recorded", { at: moment_text(recorded_at, lang) })}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Only where the terms or the premium changed within the period: one period alone is on the policy's own page. */
function Periods({ history }: { history: History }) {
  const { t, lang } = useLanguage();
  if (history.segments.length < 2) return null;
  return (
    <Card title={t("history.periods")}>
      <p className="soft small">{t("history.periods_text")}</p>
      <Rows
        rows={history.segments.map((each) => ({
          name: (
            <>
              {t("policies.from_until", { from: day_text(each.from, lang), until: day_text(each.until, lang) })}
              {each.suspended && <span className="wrong block">{t("history.suspended")}</span>}
            </>
          ),
          value: money_text(each.customer),
        }))}
      />
    </Card>
  );
}

function Days({ policy, clocks, renewal }: { policy: Policy; clocks: Clocks; renewal: string }) {
  const { t, lang, word } = useLanguage();
  const rows: Row[] = [];
  if (is_running(policy)) {
    rows.push({ name: t("history.end"), value: moment_text(policy.until, lang) });
    rows.push({ name: t("history.renewal"), value: t(renewal in RENEWAL ? RENEWAL[renewal as keyof typeof RENEWAL] : "history.renewal_manual") });
  }
  for (const each of clocks.rescission) {
    const days = each.thirty_days as typeof each.two_years | null; // none until the insurer knew of it
    rows.push({ name: t("history.rescission", { subject: word("fact", each.subject) }), value: t("history.until", { day: day_text((days ?? each.two_years).last, lang) }) });
  }
  rows.push({ name: t("history.kept"), value: t("history.kept_until", { day: day_text(clocks.retention.earliest_erasure, lang) }) });
  const open = clocks.claims
    .map((claim) => ({ ...claim, clocks: claim.clocks.filter((clock) => clock.clock in OWNER_CLOCKS && clock.done === null) }))
    .filter((claim) => claim.clocks.length > 0);
  return (
    <>
      <Card title={t("history.days")}>
        <Rows rows={rows} />
      </Card>
      {open.map((claim) => (
        <Card key={claim.claim} title={t("claim.title", { id: claim.claim })}>
          <Rows
            rows={claim.clocks.map((clock) => ({
              name: t(OWNER_CLOCKS[clock.clock] ?? "claim.clocks"),
              value: (
                <>
                  {t("claim.due", { day: day_text(clock.due, lang) })}
                  <span className={`small block ${clock.state === "overdue" ? "wrong" : "soft"}`}>{word("clock_state", clock.state)}</span>
                </>
              ),
            }))}
          />
          <p>
            <Link to={`claim/${claim.claim}`}>{t("history.to_claim")}</Link>
          </p>
        </Card>
      ))}
    </>
  );
}

const RENEWAL = {
  manual: "history.renewal_manual",
  automatic: "history.renewal_automatic",
  insured_declines: "history.renewal_insured_declines",
  insurer_declines: "history.renewal_insurer_declines",
} as const;
