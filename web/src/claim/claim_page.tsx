// One claim: where it is, what it pays and why, and the time limits of the law.
import { useReply } from "../api/use_reply";
import { day_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { money_text } from "../base/money";
import type { Key } from "../locales/zh";
import { PaperCard } from "../policy/paper_card";
import { Badge, Card, Page, Rows, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { CLAIM_TONE } from "./claims_page";
import { OWNER_CLOCKS } from "./clock_names";
import { cover_name } from "./cover_name";
import { steps_of, type Claim, type Clock } from "./steps";
import { Track } from "./track";
import { turn_of } from "./turn";
import { TurnCard } from "./turn_card";

// A letter is signed once somebody has approved the claim; a proposal binds nobody.
const DECIDED = ["approved", "paid", "denied"];

export default function ClaimPage({ id }: { id: string }) {
  const { t, lang, word } = useLanguage();
  const claim = useReply("claim_show", { claim: id });
  const clocks = useReply("claim_clocks", { claim: id });
  const incident = useReply("incident_show", claim.data ? { incident: claim.data.incident } : null);
  const trouble = claim.error ?? clocks.error ?? incident.error;
  const back = { to: "claims", text: t("claims.title") };
  if (trouble) {
    return (
      <Page title={t("claims.title")} back={back}>
        <Trouble trouble={trouble} again={claim.again} />
      </Page>
    );
  }
  if (!claim.data || !clocks.data || !incident.data) return <Waiting />;
  const shown = claim.data;
  const steps = steps_of(incident.data, shown, clocks.data.clocks);
  const lead = `${t(`peril.${incident.data.peril}` as Key)} · ${t("claims.occurred", { day: day_text(incident.data.occurred, lang) })}`;
  return (
    <Page title={t("claim.title", { id })} lead={lead} back={back}>
      <Badge tone={CLAIM_TONE[shown.state] ?? "none"}>{word("claim_state", shown.state)}</Badge>
      {(shown.state === "returned" || shown.state === "reopened") && (
        <p className="note">{t(shown.state === "returned" ? "claim.returned_text" : "claim.reopened_text")}</p>
      )}
      <TurnCard turn={turn_of(incident.data, shown, clocks.data.clocks)} />
      <Card>
        <Track steps={steps} missing_loss={false} />
      </Card>
      <Amounts claim={shown} />
      {DECIDED.includes(shown.state) && <PaperCard kind="decision" id={id} />}
      <Clocks clocks={clocks.data.clocks} />
    </Page>
  );
}

function Amounts({ claim }: { claim: Claim }) {
  const { t, word } = useLanguage();
  const clauses = [...new Set([...claim.admission, ...claim.settlement.steps].map((step) => step.clause).filter((clause) => clause !== ""))];
  return (
    <Card title={t("claim.amounts")}>
      <p>
        <strong>{t("claim.decided", { outcome: word("outcome", claim.outcome) })}</strong>
        {claim.state === "adjudicated" && <span className="soft small block">{t("claim.not_final")}</span>}
      </p>
      {claim.settlement.sections.length > 0 && (
        <div className="scroll" tabIndex={0} role="region" aria-label={t("claim.amounts")}>
          <table>
            <thead>
              <tr>
                <th scope="col">
                  <span className="hidden">{t("covered.each")}</span>
                </th>
                <th scope="col">{t("claim.asked")}</th>
                <th scope="col">{t("claim.gets")}</th>
              </tr>
            </thead>
            <tbody>
              {claim.settlement.sections.map((section) => (
                <tr key={section.section}>
                  <th scope="row">{cover_name(t, section.section)}</th>
                  <td>{money_text(section.claimed)}</td>
                  <td>{money_text(section.paid)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Rows
        rows={[
          { name: t("claim.total"), value: <strong>{money_text(claim.payable)}</strong> },
          { name: t("claim.paid"), value: money_text(claim.paid_so_far) },
        ]}
      />
      {clauses.length > 0 && <p className="soft small">{t("claim.clauses", { clauses: clauses.join(", ") })}</p>}
    </Card>
  );
}

function Clocks({ clocks }: { clocks: Clock[] }) {
  const { t, lang, word } = useLanguage();
  if (clocks.length === 0) return null;
  return (
    <Card title={t("claim.clocks")}>
      <Rows
        rows={clocks.map((clock) => ({
          name: (
            <>
              {clock.clock in OWNER_CLOCKS ? t(OWNER_CLOCKS[clock.clock] as Key) : word("clock", clock.clock)} <span className="small">· {t("claim.article", { article: clock.article })}</span>
            </>
          ),
          value: (
            <>
              {clock.done ? t("claim.clock_done", { day: day_text(clock.done, lang) }) : t("claim.due", { day: day_text(clock.due, lang) })}
              <span className={`small block ${clock.state === "overdue" || clock.state === "missed" ? "wrong" : "soft"}`}>{word("clock_state", clock.state)}</span>
            </>
          ),
        }))}
      />
    </Card>
  );
}
