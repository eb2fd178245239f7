// The red button: what happened, and report. Works without a network; what is typed is kept before it is sent.
import { useEffect, useState, type FormEvent } from "react";
import { useSession } from "../api/session";
import { useReply } from "../api/use_reply";
import { beijing_moment, moment_text } from "../base/days";
import { house_now } from "../base/clock";
import { useLanguage } from "../base/i18n";
import { useRouter } from "../base/router";
import { useDraft } from "../base/store";
import type { Key } from "../locales/zh";
import { Button, ButtonLink, Card, Field, Page } from "../ui/parts";
import { add_report, discard_report, keep_policies, known_policies, send_reports, use_reports, type KnownPolicy, type Report } from "./queue";

const FIRST = ["ransomware", "data_breach", "funds_fraud", "dos", "system_failure", "provider_outage"];
const REST = ["ot_attack", "wiper", "mass_exploit", "springboard", "vendor_breach", "insider"];
const AID = [1, 2, 3, 4, 5, 6] as const;

function use_online(): boolean {
  const [online, set_online] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => set_online(navigator.onLine);
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return online;
}

/** What may be reported under: in force first, as the service says now or as it said last. */
function use_policies(): KnownPolicy[] {
  const session = useSession();
  const signed = session.state === "somebody";
  const policies = useReply("policy_list", signed ? { limit: 1000 } : null);
  const companies = useReply("enterprise_list", signed ? { limit: 1000 } : null);
  const [known, set_known] = useState(known_policies);
  useEffect(() => {
    if (!policies.data || !companies.data) return;
    keep_policies(policies.data.items, companies.data.items);
    set_known(known_policies());
  }, [policies.data, companies.data]);
  const rank = (policy: KnownPolicy) => (policy.state === "in_force" ? 0 : policy.state === "bound" ? 1 : 2);
  return [...known].sort((one, other) => rank(one) - rank(other));
}

export default function ReportPage() {
  const { t } = useLanguage();
  const { place } = useRouter();
  const online = use_online();
  const policies = use_policies();
  const reports = use_reports();
  const { value: form, change, clear } = useDraft("incident", { peril: "", policy: "", noticed: "", summary: "" });
  const wanted = form.policy !== "" ? form.policy : (place.query.get("policy") ?? "");
  const policy = policies.find((each) => each.id === wanted) ?? policies[0];

  function submit(event: FormEvent) {
    event.preventDefault();
    if (form.peril === "" || !policy) return;
    const now = beijing_moment(house_now());
    const occurred = form.noticed === "" ? now : `${form.noticed.slice(0, 16)}:00+08:00`;
    const summary = form.summary.trim() === "" ? t(`peril.${form.peril}` as Key) : form.summary.trim();
    add_report({ policy: policy.id, number: policy.number, peril: form.peril, occurred, summary, written: now });
    clear();
    void send_reports();
    scrollTo(0, 0);
  }

  const pill = (peril: string) => (
    <label className="tile" key={peril}>
      <input type="radio" name="peril" value={peril} checked={form.peril === peril} onChange={() => change({ peril })} />
      <span>{t(`peril.${peril}` as Key)}</span>
    </label>
  );
  return (
    <Page title={t("incident.title")} lead={t("incident.lead")}>
      {!online && (
        <p className="note" role="status">
          {t("incident.offline")}
        </p>
      )}
      {reports.map((report) => (
        <Sent key={report.key} report={report} />
      ))}
      <Card>
        <form className="form" onSubmit={submit}>
          <fieldset className="pills">
            <legend className="legend">{t("incident.what")}</legend>
            <div className="tiles">{FIRST.map(pill)}</div>
            <details className="more" open={REST.includes(form.peril)}>
              <summary>{t("domain.other")}</summary>
              <div className="tiles">{REST.map(pill)}</div>
            </details>
          </fieldset>
          {policies.length === 0 ? (
            <p className="note">{t(online ? "incident.no_policy" : "incident.no_policy_offline")}</p>
          ) : (
            <Field name="policy" label={t("incident.which_policy")}>
              {(given) => (
                <select {...given} value={policy?.id ?? ""} onChange={(event) => change({ policy: event.target.value })}>
                  {policies.map((each) => (
                    <option key={each.id} value={each.id}>
                      {each.company} · {each.number}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
          <div className="actions">
            <Button type="submit" kind="alarm" className="wide" disabled={form.peril === "" || !policy}>
              {t("incident.submit")}
            </Button>
          </div>
          <details className="more">
            <summary>{t("incident.more")}</summary>
            <div className="form more-in">
              <Field name="noticed" label={t("incident.noticed")} hint={t("incident.noticed_now")} optional>
                {(given) => <input {...given} type="datetime-local" value={form.noticed} onChange={(event) => change({ noticed: event.target.value })} />}
              </Field>
              <Field name="summary" label={t("incident.summary")} optional>
                {(given) => <textarea {...given} value={form.summary} onChange={(event) => change({ summary: event.target.value })} />}
              </Field>
            </div>
          </details>
        </form>
      </Card>
      <Card title={t("incident.aid")} tone="warn">
        <ol className="plain">
          {AID.map((each) => (
            <li key={each}>{t(`incident.aid_${each}`)}</li>
          ))}
        </ol>
        <a className="button button-plain" href="tel:110">
          {t("incident.call")}
        </a>
      </Card>
    </Page>
  );
}

function Sent({ report }: { report: Report }) {
  const { t, lang } = useLanguage();
  const session = useSession();
  const signed_out = session.state === "nobody" || session.state === "ended"; // not where nobody could be asked yet
  const title = report.state === "sent" ? t("incident.sent") : report.state === "refused" ? t("incident.refused") : t("incident.queued");
  return (
    <section className={`card sent sent-${report.state}`} role="status">
      <h2>{title}</h2>
      <p>
        {t(`peril.${report.peril}` as Key)} · <span className="number">{report.number}</span>
        <span className="soft small block">{t("incident.queued_at", { at: moment_text(report.written, lang) })}</span>
      </p>
      {report.state === "sent" && <p>{t("incident.sent_text", { id: report.incident ?? "" })}</p>}
      {report.state === "waiting" && <p>{t("incident.queued_text")}</p>}
      {report.state === "refused" && (
        <p>
          {report.refusal?.rule} <strong>{report.refusal?.fix}</strong>
        </p>
      )}
      <div className="actions">
        {report.state === "sent" && <ButtonLink to={`incident/${report.incident ?? ""}`}>{t("incident.see")}</ButtonLink>}
        {report.state === "waiting" && !signed_out && (
          <Button
            kind="plain"
            onClick={() => {
              if (session.state !== "somebody") session.ask_again();
              void send_reports();
            }}
          >
            {t("incident.send_now")}
          </Button>
        )}
        {report.state === "waiting" && signed_out && (
          <ButtonLink to="sign-in" kind="plain">
            {t("incident.sign_in_to_send")}
          </ButtonLink>
        )}
        {report.state !== "waiting" && (
          <Button kind="quiet" onClick={() => discard_report(report.key)}>
            {t("incident.discard")}
          </Button>
        )}
      </div>
    </section>
  );
}
