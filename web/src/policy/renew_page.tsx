// Renewal: what changes against this year, tried out before anything is recorded, then the quote.
import { call } from "../api/client";
import { may } from "../api/may";
import { useSession } from "../api/session";
import { forget_replies, useReply } from "../api/use_reply";
import { use_sending } from "../api/use_sending";
import { day_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { money_short, money_text, type Money } from "../base/money";
import { Link, useRouter } from "../base/router";
import { fact_text } from "../quote/fact_text";
import { Badge, Button, ButtonLink, Card, Rows, Waiting, type Row } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { renewal_of, type After, type Pair, type Renewal } from "./renewal";
import { is_running, WithPolicy, type Policy } from "./with_policy";

const STILL_OPEN = ["issued", "approved", "referred", "bound"];

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
  const history = useReply("policy_history", { policy: policy.id });
  const end = policy.until.slice(0, 10);
  const made = quotes.data?.items.find((each) => each.product === policy.product && each.from === end && STILL_OPEN.includes(each.state));
  const tried = useReply("quote_renew", allowed && quotes.data && !made ? { policy: policy.id, "Anlan-Dry-Run": "true" } : null);
  const recorded = useReply("quote_show", made ? { quote: made.id } : null);
  const dry = tried.data as { events?: { event: string; quote?: After }[] } | undefined;
  const after: After | undefined = recorded.data ?? dry?.events?.find((each) => each.event === "quote_issued")?.quote;
  const failed = [before, quotes, history, recorded].find((each) => each.error);
  if (failed) return <Trouble trouble={failed.error} again={failed.again} />;
  return (
    <>
      {history.data?.renewal === "insurer_declines" && (
        <p className="note">{t("renew.insurer_declines", { reason: history.data.renewal_reason })}</p>
      )}
      {history.data?.renewal === "insured_declines" && (
        <p className="note">
          {t("renew.insured_declines")} <Link to={`policy/${policy.id}/leave`}>{t("renew.take_back")}</Link>
        </p>
      )}
      {!allowed && (
        <Card title={t("renew.ask")} tone="warn">
          <p>{t("renew.ask_text", { number: policy.number, day: day_text(end, lang) })}</p>
        </Card>
      )}
      {tried.error && <NotNow error={tried.error} again={tried.again} />}
      {allowed && !tried.error && (!after || !before.data) && (
        <>
          <Waiting />
          <p className="hint">{t("price.working")}</p>
        </>
      )}
      {after && before.data && (
        <>
          <Sheet changes={renewal_of(policy, before.data, after)} after={after} />
          <Next policy={policy} after={after} made={made?.id ?? null} />
        </>
      )}
    </>
  );
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
      <span className="soft block">{t("renew.this_year", { value: text(pair.before) })}</span>
      <strong className="block">{t("renew.next_year", { value: text(pair.after) })}</strong>
    </>
  );
}

function Sheet({ changes, after }: { changes: Renewal; after: After }) {
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
    company.push({ name: t("renew.incidents"), value: t("renew.from_to", { before: changes.incidents.before, after: changes.incidents.after }) });
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

/** What comes next: the recorded quote, or a button that records it; what the insurer has to look at first is said before. */
function Next({ policy, after, made }: { policy: Policy; after: After; made: string | null }) {
  const { t, lang, word } = useLanguage();
  const { go } = useRouter();
  const { busy, trouble, send } = use_sending();

  const record = () =>
    send(async (key) => {
      const quote = await call("quote_renew", { policy: policy.id }, { key });
      forget_replies();
      go(`quote/${quote.id}`);
    });

  return (
    <Card title={t(made ? "renew.made" : "renew.next")} tone={after.decision === "bindable" ? "calm" : "warn"}>
      {after.decision !== "bindable" && <Badge tone={after.decision === "declined" ? "bad" : "warn"}>{word("decision", after.decision)}</Badge>}
      {after.decision === "referred" && <p>{t("renew.referred")}</p>}
      {after.decision === "declined" && <p>{t("renew.declined")}</p>}
      {after.findings.length > 0 && (
        <ul className="plain">
          {after.findings.map((finding) => (
            <li key={finding.reason}>{word("triage", finding.reason)}</li>
          ))}
        </ul>
      )}
      {after.decision !== "declined" && <p>{t(made ? "renew.made_text" : "renew.next_text", { day: day_text(after.valid_until, lang) })}</p>}
      <Trouble trouble={trouble} />
      <div className="actions">
        {made ? (
          <ButtonLink to={`quote/${made}`}>{t("renew.go_quote")}</ButtonLink>
        ) : (
          after.decision !== "declined" && (
            <Button busy={busy} onClick={() => void record()}>
              {t("renew.record")}
            </Button>
          )
        )}
        <ButtonLink to={`company/${policy.enterprise}`} kind="quiet">
          {t("renew.correct")}
        </ButtonLink>
      </div>
      <p className="hint" role="status">
        {busy ? t("price.working") : ""}
      </p>
    </Card>
  );
}
