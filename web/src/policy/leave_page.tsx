// Leaving: what goes back, to the fen and to whom, tried out by the service before anything is confirmed; or no renewal.
import { useEffect, useState, type FormEvent } from "react";
import { call, type ReplyOf } from "../api/client";
import { may } from "../api/may";
import { useSession } from "../api/session";
import { forget_replies, useReply } from "../api/use_reply";
import { use_sending } from "../api/use_sending";
import { house_now } from "../base/clock";
import { beijing_day, day_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { money_text } from "../base/money";
import { keep, useDraft } from "../base/store";
import { focus_wrong_soon } from "../ui/focus";
import { Badge, Button, Card, Field, Rows, Waiting, type Row } from "../ui/parts";
import { Trouble, trouble_at } from "../ui/trouble";
import { CopyButton } from "./copy_button";
import { refund_rule } from "./refund_rule";
import { NoRenewal } from "./no_renewal";
import { is_running, WithPolicy, type Policy } from "./with_policy";

export type Refund = Pick<
  ReplyOf<"policy_cancel">,
  "rule" | "days_on_risk" | "days_total" | "unearned_by_time" | "unearned" | "to_customer" | "to_government" | "customer_waived" | "government_waived"
>;

export default function LeavePage({ id }: { id: string }) {
  const { t } = useLanguage();
  return (
    <WithPolicy id={id} title={t("leave.title")}>
      {(policy, company, again) =>
        is_running(policy) && !policy.refund ? (
          <>
            <Stop policy={policy} company={company} again={again} />
            <NoRenewal policy={policy} />
          </>
        ) : (
          <Ended policy={policy} />
        )
      }
    </WithPolicy>
  );
}

function draft_of(policy: Policy): string {
  return `leave.${policy.id}`;
}

function Ended({ policy }: { policy: Policy }) {
  const { t, lang, word } = useLanguage();
  useEffect(() => keep(`draft.${draft_of(policy)}`, null), [policy]);
  const refund = policy.refund as Refund | null;
  return (
    <Card title={t(policy.state === "cancelled" || is_running(policy) ? "leave.done" : "leave.over")} tone="calm">
      <div role="status">
        <Badge tone="none">{word("policy_state", policy.state)}</Badge>
      </div>
      {is_running(policy) && <p>{t("leave.done_until")}</p>}
      {refund ? <RefundRows refund={refund} /> : <p>{t("leave.over_text")}</p>}
      {refund && <p className="soft">{policy.refund_paid_at ? t("leave.paid_on", { day: day_text(policy.refund_paid_at, lang) }) : t("leave.paid_by_insurer")}</p>}
      {policy.state === "cancelled" && <p className="soft small">{t("leave.no_paper")}</p>}
    </Card>
  );
}

function RefundRows({ refund }: { refund: Refund }) {
  const { t } = useLanguage();
  const rows: Row[] = [
    { name: <strong>{t("leave.to_you")}</strong>, value: <strong className="money">{money_text(refund.to_customer)}</strong> },
    { name: t("leave.to_government"), value: money_text(refund.to_government) },
  ];
  if (refund.customer_waived.amount > 0) rows.push({ name: t("leave.waived"), value: money_text(refund.customer_waived) });
  if (refund.government_waived.amount > 0) rows.push({ name: t("leave.government_waived"), value: money_text(refund.government_waived) });
  rows.push({ name: t("leave.days"), value: t("leave.days_value", { used: refund.days_on_risk, all: refund.days_total }) });
  rows.push({ name: t("leave.by_time"), value: money_text(refund.unearned_by_time) });
  const less = refund.unearned.amount !== refund.unearned_by_time.amount;
  if (less) rows.push({ name: t("leave.after_claims"), value: money_text(refund.unearned) });
  return (
    <>
      <Rows rows={rows} />
      <p className="soft small">
        {t(refund_rule(refund))} {less ? t("leave.rule_claims") : ""}
      </p>
    </>
  );
}

/** Asked for from tomorrow on: a year that is being typed passes through days long ago. */
function Stop({ policy, company, again }: { policy: Policy; company: string; again: () => void }) {
  const { t, lang } = useLanguage();
  const { roles } = useSession();
  const tomorrow = beijing_day(1, house_now());
  const { value: form, change } = useDraft(draft_of(policy), { on: tomorrow });
  useEffect(() => {
    if (form.on !== "" && form.on < tomorrow) change({ on: tomorrow }); // a draft of days ago
  }, []);
  const early = form.on !== "" && form.on < tomorrow;
  const tried = useReply("policy_cancel", form.on === "" || early ? null : { policy: policy.id, on: form.on, "Anlan-Dry-Run": "true" });
  const refund: Refund | undefined = tried.error ? undefined : tried.data;
  return (
    <>
      <Card title={t("leave.first")}>
        <Field name="on" label={t("leave.on")} hint={t("leave.on_hint")} error={form.on === "" ? t("leave.on_must") : early ? t("leave.on_early", { day: day_text(tomorrow, lang) }) : trouble_at(tried.error, "on")}>
          {(given) => <input {...given} type="date" value={form.on} onChange={(event) => change({ on: event.target.value })} />}
        </Field>
        {tried.loading && <Waiting />}
        <Trouble trouble={tried.error} quiet again={tried.error?.unreached ? tried.again : undefined} />
        <div role="status" className="group">
          {refund && (
            <>
              <Badge tone="warn">{t("leave.tried")}</Badge>
              <RefundRows refund={refund} />
            </>
          )}
        </div>
      </Card>
      {refund && <Ends policy={policy} on={form.on} />}
      {refund &&
        (may("policy_cancel", roles) ? (
          <Confirm key={form.on} policy={policy} on={form.on} done={again} />
        ) : (
          <Notice policy={policy} company={company} on={form.on} refund={refund} />
        ))}
    </>
  );
}

function Ends({ policy, on }: { policy: Policy; on: string }) {
  const { t, lang } = useLanguage();
  const orders = useReply("order_list", { enterprise: policy.enterprise, limit: 1000 });
  const packages = useReply("package_list", { limit: 1000 });
  const kept = (orders.data?.items ?? []).filter((each) => each.state !== "ended");
  const day = day_text(on, lang);
  return (
    <Card title={t("leave.ends")} tone="warn">
      <ul className="plain">
        <li>{t("leave.ends_cover", { day })}</li>
        <li>{t("leave.ends_before")}</li>
        {policy.subsidy_part.amount > 0 && <li>{t("leave.ends_subsidy")}</li>}
        {orders.error ? (
          <li>{t("leave.ends_package_unknown")}</li>
        ) : kept.length === 0 ? (
          orders.data && <li>{t("leave.ends_package_none")}</li>
        ) : (
          kept.map((order) => (
            <li key={order.id}>
              {t("leave.ends_package", { name: packages.data?.items.find((each) => each.id === order.package)?.[lang] ?? order.package, day: day_text(order.until, lang) })}
            </li>
          ))
        )}
        <li>{t("leave.ends_back")}</li>
      </ul>
    </Card>
  );
}

/** For whoever the service lets cancel: ticked by hand, recorded once. */
function Confirm({ policy, on, done }: { policy: Policy; on: string; done: () => void }) {
  const { t, lang } = useLanguage();
  const [sure, set_sure] = useState(false);
  const [asked, set_asked] = useState(false);
  const { busy, trouble, send } = use_sending();
  const wrong = asked && !sure;

  async function submit(event: FormEvent) {
    event.preventDefault();
    set_asked(true);
    if (!sure) return focus_wrong_soon();
    await send(async (key) => {
      await call("policy_cancel", { policy: policy.id, on }, { key });
      forget_replies();
      done();
    });
  }

  return (
    <Card title={t("leave.confirm")}>
      <form className="form" noValidate onSubmit={(event) => void submit(event)}>
        <label className="choice">
          <input type="checkbox" name="sure" checked={sure} aria-invalid={wrong ? true : undefined} aria-describedby={wrong ? "sure-error" : undefined} onChange={(event) => set_sure(event.target.checked)} />
          <span>{t("leave.sure", { day: day_text(on, lang) })}</span>
        </label>
        {wrong && (
          <p className="wrong" id="sure-error" role="alert">
            {t("leave.sure_must")}
          </p>
        )}
        <Trouble trouble={trouble} />
        <div className="actions">
          <Button type="submit" kind="alarm" busy={busy}>
            {t("leave.submit")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** For everybody else: the insurer has to record it, and this is what to send it. */
function Notice({ policy, company, on, refund }: { policy: Policy; company: string; on: string; refund: Refund }) {
  const { t, lang } = useLanguage();
  const today = day_text(beijing_day(0, house_now()), lang);
  const letter = t("leave.letter", { company, number: policy.number, day: day_text(on, lang), amount: money_text(refund.to_customer), today });
  return (
    <Card title={t("leave.ask")}>
      <p>{t("leave.ask_text")}</p>
      <p className="notice-letter">{letter}</p>
      <div className="actions">
        <CopyButton text={letter} />
      </div>
      <p className="soft small">{t("leave.ask_note")}</p>
    </Card>
  );
}
