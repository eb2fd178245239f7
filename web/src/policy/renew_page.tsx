// Renewal: what changes against this year, tried out before anything is recorded, then the quote and what became of it.
import { useState } from "react";
import { call, type ReplyOf } from "../api/client";
import { may } from "../api/may";
import { useSession } from "../api/session";
import { forget_replies, useReply } from "../api/use_reply";
import { use_sending } from "../api/use_sending";
import { house_now } from "../base/clock";
import { beijing_day, day_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { money_short, money_text, type Money } from "../base/money";
import { Link, useRouter } from "../base/router";
import { fact_text } from "../quote/fact_text";
import { Badge, Button, ButtonLink, Card, Rows, Waiting, type Row } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { present_of, renewal_of, standing_of, type After, type OnDay, type Pair, type Renewal, type Standing } from "./renewal";
import { declined_renewal, renewal_quote } from "./renewal_quote";
import { is_running, WithPolicy, type Policy } from "./with_policy";

export default function RenewPage({ id }: { id: string }) {
  const { t } = useLanguage();
  return (
    <WithPolicy id={id} title={t("renew.title")}>
      {(policy) => (is_running(policy) ? <Offered policy={policy} /> : <Over policy={policy} />)}
    </WithPolicy>
  );
}

function Over({ policy }: { policy: Policy }) {
  const { t } = useLanguage();
  return (
    <Card title={t("renew.over")} tone="warn">
      <p>{t("renew.over_text")}</p>
      <div className="actions">
        <ButtonLink to={`company/${policy.enterprise}/quote`}>{t("quote.new")}</ButtonLink>
      </div>
    </Card>
  );
}

function Offered({ policy }: { policy: Policy }) {
  const { t, lang } = useLanguage();
  const { roles } = useSession();
  const allowed = may("quote_renew", roles);
  const before = useReply("quote_show", { quote: policy.quote });
  const quotes = useReply("quote_list", { enterprise: policy.enterprise, limit: 1000 });
  const [today, first] = [beijing_day(0, house_now()), beijing_day(0, Date.parse(policy.from))];
  const history = useReply("policy_history", { policy: policy.id, on: today < first ? first : today });
  const [anew, set_anew] = useState(false); // after a decline, with other facts
  const end = beijing_day(0, Date.parse(policy.until));
  const rows = quotes.data?.items ?? [];
  const made = renewal_quote(policy, rows) ?? (anew ? undefined : declined_renewal(policy, rows));
  const declines = history.data?.renewal === "insurer_declines";
  const known = quotes.data && history.data && !declines;
  const tried = useReply("quote_renew", allowed && known && !made ? { policy: policy.id, "Anlan-Dry-Run": "true" } : null);
  const recorded = useReply("quote_show", known && made ? { quote: made.id } : null);
  const dry = tried.data as { events?: { event: string; quote?: After }[] } | undefined;
  const after = made ? recorded.data && decided(recorded.data) : dry?.events?.find((each) => each.event === "quote_issued")?.quote;
  const failed = [before, quotes, history, recorded].find((each) => each.error);
  if (failed) return <Trouble trouble={failed.error} again={failed.again} />;
  if (!quotes.data || !history.data || !before.data) return <Waiting />;
  if (declines) return <p className="note">{t("renew.insurer_declines", { reason: history.data.renewal_reason })}</p>;
  const present = present_of(policy, before.data, history.data as typeof history.data & { on_day?: OnDay });
  const standing = after && standing_of(made?.state ?? null, after.decision);
  return (
    <>
      {history.data.renewal === "insured_declines" && standing !== "bound" && (
        <p className="note">
          {t("renew.insured_declines")} <Link to={`policy/${policy.id}/leave`}>{t("renew.take_back")}</Link>
        </p>
      )}
      {!allowed && !made && (
        <Card title={t("renew.ask")} tone="warn">
          <p>{t("renew.ask_text", { number: policy.number, day: day_text(end, lang) })}</p>
        </Card>
      )}
      {tried.error && <NotNow error={tried.error} again={tried.again} />}
      {(allowed || made) && !tried.error && !after && (
        <>
          <Waiting />
          <p className="hint">{t("price.working")}</p>
        </>
      )}
      {after && standing && (
        <>
          {standing !== "declined" && <Sheet changes={renewal_of(present, before.data, after)} after={after} changed={present.changed} />}
          <Next policy={policy} after={after} made={made?.id ?? null} standing={standing} anew={allowed ? () => set_anew(true) : null} />
        </>
      )}
    </>
  );
}

/** A recorded quote as it is now: an underwriter may have decided on other amounts. */
function decided(quote: ReplyOf<"quote_show">): After {
  const { premium, subsidy, customer_pays } = quote.decided;
  return { ...quote, premium, subsidy, customer_pays };
}

function NotNow({ error, again }: { error: NonNullable<ReturnType<typeof useReply>["error"]>; again: () => void }) {
  const { t } = useLanguage();
  if (error.refused.code !== "renewal_too_early") return <Trouble trouble={error} again={again} />;
  return (
    <Card title={t("renew.early")}>
      <p>{error.refused.rule}</p>
      <p className="soft">{error.refused.fix}</p>
    </Card>
  );
}

function Sides({ pair, text }: { pair: Pair<Money>; text: (money: Money) => string }) {
  const { t } = useLanguage();
  if (pair.same) return <>{t("renew.same", { value: text(pair.after) })}</>;
  return (
    <>
      {pair.before && <span className="soft block">{t("renew.this_year", { value: text(pair.before) })}</span>}
      <strong className="block">{t("renew.next_year", { value: text(pair.after) })}</strong>
    </>
  );
}

function Sheet({ changes, after, changed }: { changes: Renewal; after: After; changed: boolean }) {
  const { t, lang, word } = useLanguage();
  const company: Row[] = changes.facts.map((fact) => ({
    name: word("fact", fact.name),
    value: (
      <>
        <span className="soft block">{t("renew.this_year", { value: fact.before === "" ? t("none_yet") : fact_text({ name: fact.name, value: fact.before }, lang, t) })}</span>
        <strong className="block">{t("renew.next_year", { value: fact.after === "" ? t("none_yet") : fact_text({ name: fact.name, value: fact.after }, lang, t) })}</strong>
      </>
    ),
  }));
  if (!changes.incidents.same && !changes.facts.some((fact) => fact.name === "incidents_36m"))
    company.push({ name: t("renew.incidents"), value: t("renew.from_to", { before: changes.incidents.before ?? 0, after: changes.incidents.after }) });
  return (
    <>
      <Card title={t("renew.price")}>
        <p>{t("renew.period", { from: day_text(after.from, lang), until: day_text(after.until, lang) })}</p>
        <Rows
          rows={[
            { name: t("renew.you_pay"), value: <Sides pair={changes.customer} text={money_text} /> },
            { name: t("renew.premium"), value: <Sides pair={changes.premium} text={money_text} /> },
            { name: t("renew.subsidy"), value: <Sides pair={changes.subsidy} text={money_text} /> },
          ]}
        />
        {changed && <p className="soft small">{t("renew.endorsed")}</p>}
        {after.no_subsidy.includes("policy_year") && !changes.subsidy.same && <p className="note">{t("renew.subsidy_ends")}</p>}
      </Card>
      <Card title={t("renew.cover")}>
        <Rows
          rows={[
            { name: t("quote.aggregate"), value: <Sides pair={changes.aggregate} text={money_short} /> },
            { name: t("quote.incident_maximum"), value: <Sides pair={changes.incident} text={money_short} /> },
            { name: t("renew.clauses"), value: t(changes.clauses_same ? "renew.clauses_same" : "renew.clauses_changed") },
          ]}
        />
        {changes.clauses_new.length > 0 && <p className="note">{t("renew.clauses_new", { refs: changes.clauses_new.join(", ") })}</p>}
      </Card>
      <Card title={t("renew.company")}>
        {company.length > 0 ? <Rows rows={company} /> : <p>{t("renew.company_same")}</p>}
        <Controls title={t("renew.better")} controls={changes.better} />
        <Controls title={t("renew.worse")} controls={changes.worse} />
        {changes.better.length + changes.worse.length === 0 && <p>{t("renew.controls_same")}</p>}
        <p className="soft small">{t("renew.company_text")}</p>
      </Card>
    </>
  );
}

function Controls({ title, controls }: { title: string; controls: string[] }) {
  const { word } = useLanguage();
  if (controls.length === 0) return null;
  return (
    <div>
      <p>
        <strong>{title}</strong>
      </p>
      <ul className="plain">
        {controls.map((control) => (
          <li key={control}>{word("control_do", control)}</li>
        ))}
      </ul>
    </div>
  );
}

const CALM: Standing[] = ["offered", "issued", "approved", "bound"];
const TO_RECORD: Standing[] = ["offered", "to_refer"];
const TITLE = { offered: "renew.next", to_refer: "renew.next", to_decline: "renew.next", issued: "renew.made", referred: "renew.made", approved: "renew.made", bound: "renew.bound", declined: "renew.refused" } as const;
const TEXT = {
  offered: "renew.next_text",
  to_refer: "renew.referred",
  to_decline: "renew.declined",
  issued: "renew.made_text",
  referred: "renew.referred_made",
  approved: "renew.approved",
  bound: "renew.bound_text",
  declined: "renew.refused_text",
} as const;

interface NextProps {
  policy: Policy;
  after: After;
  made: string | null;
  standing: Standing;
  /** To try it out again after a decline; null: not by this account. */
  anew: (() => void) | null;
}

/** What comes next: the recorded quote and what became of it, or a button that records it; what the insurer has to look at is said before. */
function Next({ policy, after, made, standing, anew }: NextProps) {
  const { t, lang, word } = useLanguage();
  const { go } = useRouter();
  const { busy, trouble, send } = use_sending();

  const record = () =>
    send(async (key) => {
      const quote = await call("quote_renew", { policy: policy.id }, { key });
      forget_replies();
      go(`quote/${quote.id}`);
    });

  const to_record = TO_RECORD.includes(standing);
  const calm = CALM.includes(standing);
  const refused = standing === "to_decline" || standing === "declined";
  return (
    <Card title={t(TITLE[standing])} tone={calm ? "calm" : "warn"}>
      {!calm && <Badge tone={refused ? "bad" : "warn"}>{made ? word("quote_state", standing) : word("decision", after.decision)}</Badge>}
      <p>{t(TEXT[standing], { day: day_text(standing === "bound" ? after.from : after.valid_until, lang) })}</p>
      {standing === "to_refer" && <p>{t("renew.next_text", { day: day_text(after.valid_until, lang) })}</p>}
      {standing !== "approved" && standing !== "bound" && after.findings.length > 0 && (
        <ul className="plain">
          {after.findings.map((finding) => (
            <li key={finding.reason}>{word("triage", finding.reason)}</li>
          ))}
        </ul>
      )}
      <Trouble trouble={trouble} />
      <div className="actions">
        {made && <ButtonLink to={`quote/${made}`}>{t(standing === "issued" || standing === "approved" ? "renew.go_quote" : "renew.see_quote")}</ButtonLink>}
        {to_record && (
          <Button busy={busy} onClick={() => void record()}>
            {t("renew.record")}
          </Button>
        )}
        {standing !== "bound" && (
          <ButtonLink to={`company/${policy.enterprise}`} kind="quiet">
            {t("renew.correct")}
          </ButtonLink>
        )}
        {standing === "declined" && anew && (
          <Button kind="quiet" onClick={anew}>
            {t("renew.anew")}
          </Button>
        )}
      </div>
      <p className="hint" role="status">
        {busy ? t("price.working") : ""}
      </p>
    </Card>
  );
}
