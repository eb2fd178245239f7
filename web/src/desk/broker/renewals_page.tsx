// Policies that end within 7, 30, 60, 90 days by the time of the house, and the next step of each.
import { forget_replies } from "../../api/use_reply";
import { house_now } from "../../base/clock";
import { day_text } from "../../base/days";
import { money_text } from "../../base/money";
import { Link } from "../../base/router";
import { renewal_quote } from "../../policy/renewal_quote";
import { POLICY_TONE, QUOTE_TONE } from "../../quote/company_page";
import { Badge, Button, Card, Empty, Page, Waiting } from "../../ui/parts";
import { Trouble } from "../../ui/trouble";
import { call, usePages, type RowOf } from "../api";
import type { DeskPageProps } from "../desk";
import { useDesk } from "../language";
import { ReasonForm } from "../reason_form";
import { days_left, window_of, WINDOWS } from "./due";
import { useProducts } from "./parts";
import { RenewalChoice } from "./renewal_choice";
import "./broker.css";

type Policy = RowOf<"policy_list">;
type Quote = RowOf<"quote_list">;
const ALL = {};
const PAGE = 1000;
const RUNNING = ["in_force", "bound", "suspended"];

export default function RenewalsPage({ may }: DeskPageProps) {
  const { t, lang } = useDesk();
  const policies = usePages("policy_list", ALL, PAGE);
  const quotes = usePages("quote_list", ALL, PAGE);
  const failed = [policies, quotes].filter((each) => each.error);
  const trouble = failed[0]?.error;
  const retry = () => failed.forEach((each) => each.again());
  if (trouble && !(policies.rows && quotes.rows)) {
    return (
      <Page title={t("desk.renewals")} desk>
        <Trouble trouble={trouble} again={retry} />
      </Page>
    );
  }
  if (!policies.rows || !quotes.rows) return <Waiting />;
  const now = house_now();
  const running = policies.rows.filter((row) => RUNNING.includes(row.state));
  const due = WINDOWS.map((window) => ({ window, rows: running.filter((row) => window_of(row.until, now) === window).sort((one, other) => one.until.localeCompare(other.until)) }));
  const none = due.every((each) => each.rows.length === 0);
  const known = quotes.rows;
  const again = () => {
    forget_replies();
    policies.again();
    quotes.again();
  };
  return (
    <Page title={t("desk.renewals")} lead={t("renewals.lead", { day: day_text(new Date(now).toISOString(), lang) })} desk>
      {none && <Empty title={t(policies.more ? "renewals.none_yet" : "renewals.none")} />}
      {due
        .filter((each) => each.rows.length > 0)
        .map((each) => (
          <section key={each.window} className="group" aria-label={t("renewals.within", { days: each.window })}>
            <h2>
              {t("renewals.within", { days: each.window })} <span className="soft number">{each.rows.length}</span>
            </h2>
            <div className="desk-two">
              {each.rows.map((row) => (
                <Due key={row.id} policy={row} now={now} renewal={renewal_quote(row, known)} may={may} done={again} />
              ))}
            </div>
          </section>
        ))}
      {policies.more && (
        <Button kind="plain" busy={policies.busy} onClick={policies.more}>
          {t("table.more")}
        </Button>
      )}
      <Trouble trouble={trouble} again={retry} />
      {quotes.more && <p className="note">{t("renewals.more_quotes")}</p>}
    </Page>
  );
}

interface DueProps {
  policy: Policy;
  now: number;
  renewal: Quote | undefined;
  may: Set<string>;
  done: () => void;
}

function Due({ policy, now, renewal, may, done }: DueProps) {
  const { t, lang, word } = useDesk();
  const { name } = useProducts();
  return (
    <Card title={policy.company}>
      <p>
        <Link to={`policy/${policy.id}`}>{policy.number}</Link> <Badge tone={POLICY_TONE[policy.state] ?? "none"}>{word("policy_state", policy.state)}</Badge>
        <span className="block soft small">{name(policy.product)}</span>
      </p>
      <p className="number">
        {t("renewals.ends", { day: day_text(policy.until, lang), days: days_left(policy.until, now) })}
        <span className="block soft small">{t("renewals.premium", { amount: money_text(policy.premium) })}</span>
      </p>
      {renewal ? (
        <p>
          {t("renewals.quoted")} <Badge tone={QUOTE_TONE[renewal.state] ?? "none"}>{word("quote_state", renewal.state)}</Badge>
          <span className="block">
            <Link to={`quote/${renewal.id}`}>{t(renewal.state === "issued" || renewal.state === "approved" ? "renewals.bind" : "renewals.look", { quote: renewal.id })}</Link>
          </span>
        </p>
      ) : (
        may.has("quote_renew") && <ReasonForm name={`renew-${policy.id}`} yes={t("renewals.quote")} send={(_, key) => call("quote_renew", { policy: policy.id }, { key })} done={done} />
      )}
      {may.has("policy_renewal") && <RenewalChoice policy={policy.id} />}
    </Card>
  );
}
