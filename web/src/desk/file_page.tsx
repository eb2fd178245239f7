// The file of one incident and its claim: one timeline, the periods of law, what is covered and why, and the step that comes next.
import { day_text, moment_text } from "../base/days";
import { money_text } from "../base/money";
import { Link } from "../base/router";
import { CLAIM_TONE } from "../claim/claims_page";
import type { Clock, Incident } from "../claim/steps";
import type { Key } from "../locales/zh";
import { Badge, Card, Page, Rows, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { useCompanies, useReply, type ReplyOf } from "./api";
import { Settlement } from "./claim_settlement";
import { NextStep } from "./claim_step";
import { times_of, type Moment } from "./claim_times";
import type { DeskPageProps } from "./desk";
import { useDesk } from "./language";

type Policy = ReplyOf<"policy_show">;

export default function FilePage({ id, may }: DeskPageProps) {
  const { t, lang, word } = useDesk();
  const company = useCompanies();
  const named = id.startsWith("clm_");
  const first = useReply("claim_show", named ? { claim: id } : null);
  const incident = useReply("incident_show", named ? (first.data ? { incident: first.data.incident } : null) : { incident: id });
  const number = incident.data?.claim ?? null;
  const claim = useReply("claim_show", number === null ? null : { claim: number });
  const clocks = useReply("claim_clocks", number === null ? null : { claim: number });
  const policy = useReply("policy_show", incident.data ? { policy: incident.data.policy } : null);
  const back = { to: "desk/incidents", text: t("desk.incidents") };
  const trouble = first.error ?? incident.error ?? claim.error ?? clocks.error ?? policy.error;
  if (trouble) {
    return (
      <Page title={t("files.title", { id })} back={back} desk>
        <Trouble trouble={trouble} again={incident.again} />
      </Page>
    );
  }
  if (!incident.data || !policy.data || (number !== null && (!claim.data || !clocks.data))) return <Waiting />;
  const shown = incident.data;
  const decided = claim.data ?? null;
  const running = clocks.data?.clocks ?? [];
  const again = () => [incident, claim, clocks, policy].forEach((each) => each.again());
  const lead = (
    <>
      {company(policy.data.enterprise)} · {t(`peril.${shown.peril}` as Key)} · {moment_text(shown.occurred, lang)}
    </>
  );
  return (
    <Page title={t("files.title", { id: shown.id })} lead={lead} back={back} desk>
      {decided && (
        <p>
          <Badge tone={CLAIM_TONE[decided.state] ?? "none"}>{word("claim_state", decided.state)}</Badge> <span className="number">{decided.id}</span>
        </p>
      )}
      <div className="desk-two">
        <div className="group">
          <NextStep incident={shown} claim={decided} may={may} done={again} />
          <Cover policy={policy.data} incident={shown} />
        </div>
        <div className="group">
          <Clocks clocks={running} />
          <Times moments={times_of(shown, decided, running)} />
        </div>
      </div>
      {decided && <Settlement claim={decided} policy={policy.data} />}
    </Page>
  );
}

function Cover({ policy, incident }: { policy: Policy; incident: Incident }) {
  const { t, lang, word } = useDesk();
  return (
    <Card title={t("files.cover")}>
      <Rows
        rows={[
          { name: t("sales.policy"), value: <Link to={`policy/${policy.id}`}>{policy.number}</Link> },
          { name: t("quotes.period"), value: t("policies.from_until", { from: day_text(policy.from, lang), until: day_text(policy.until, lang) }) },
          { name: t("column.state"), value: word("policy_state", policy.state) },
          { name: t("files.wording"), value: policy.wording },
          { name: t("policy.left"), value: money_text(policy.aggregate_left) },
          { name: t("files.explained"), value: t("policy.confirmed_count", { count: policy.explained.length }) },
        ]}
      />
      <h3>{t("files.conditions")}</h3>
      {incident.conditions.length === 0 && <p className="soft">{t("files.no_conditions")}</p>}
      <ul className="plain">
        {incident.conditions.map((each) => (
          <li key={each.condition + each.recorded_at}>
            {word("condition", each.condition)} <span className="soft small">{`${each.reference} · ${each.recorded_by} · ${moment_text(each.met, lang)}`}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Clocks({ clocks }: { clocks: Clock[] }) {
  const { t, lang, word } = useDesk();
  if (clocks.length === 0) return null;
  return (
    <Card title={t("claim.clocks")}>
      <Rows
        rows={clocks.map((clock) => {
          const late = clock.state === "overdue" || clock.state === "missed";
          return {
            name: `${word("clock", clock.clock)} · ${t("claim.article", { article: clock.article })}`,
            value: (
              <>
                {clock.done ? t("claim.clock_done", { day: day_text(clock.done, lang) }) : t("claim.due", { day: day_text(clock.due, lang) })}{" "}
                <Badge tone={late ? "bad" : clock.state === "ended" ? "none" : clock.done ? "good" : "warn"}>{word("clock_state", clock.state)}</Badge>
              </>
            ),
          };
        })}
      />
    </Card>
  );
}

function Times({ moments }: { moments: Moment[] }) {
  const { t, lang, word } = useDesk();
  const written = (at: string) => (at.length === 10 ? day_text(at, lang) : moment_text(at, lang));
  return (
    <Card title={t("files.times")}>
      <ol className="times">
        {moments.map((each, at) => (
          <li key={at} className={each.state === "done" ? undefined : `times-${each.state}`}>
            <p className="times-at number">{written(each.at)}</p>
            <div>
              <p>
                <strong>{t(each.what, { name: each.word ? word(each.word.kind, each.word.name) : "" })}</strong>
                {each.by !== "" && <span className="soft"> · {each.by}</span>}
              </p>
              {each.more !== "" && <p className="soft">{each.more}</p>}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}
