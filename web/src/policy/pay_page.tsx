// What is owed for a policy, by whom and by when, how to pay it (by transfer, or through a sandbox's gateway), and what
// has arrived.
import { useCallback } from "react";
import type { ReplyOf } from "../api/client";
import { forget_replies, useReply } from "../api/use_reply";
import { day_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { money_text, type Money } from "../base/money";
import { Badge, Button, Card, Rows, Waiting, type Tone } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { arrival, type Arrival } from "./arrival";
import { CopyButton } from "./copy_button";
import { Gateway, type Payments } from "./gateway";
import { WithPolicy, type Policy } from "./with_policy";

const TONE: Record<Arrival, Tone> = { nothing: "none", waiting: "warn", part: "warn", all: "good" };

type Invoice = ReplyOf<"premium_invoices">["invoices"][number];

export default function PayPage({ id }: { id: string }) {
  const { t } = useLanguage();
  return (
    <WithPolicy id={id} title={t("pay.title")}>
      {(policy, company, again) => <Owed policy={policy} company={company} again={again} />}
    </WithPolicy>
  );
}

function Owed({ policy, company, again }: { policy: Policy; company: string; again: () => void }) {
  const { t } = useLanguage();
  const invoices = useReply("premium_invoices", { policy: policy.id });
  const own = arrival(policy.customer_due, policy.customer_paid);
  const open = own === "waiting" || own === "part";
  const payments = useReply("premium_payments", { policy: policy.id });
  const [again_invoices, again_payments] = [invoices.again, payments.again];
  const look = useCallback(() => {
    forget_replies();
    again();
    again_invoices();
    again_payments();
  }, [again, again_invoices, again_payments]);
  return (
    <>
      {(policy.state === "cancelled" || policy.state === "lapsed") && <p className="note">{t("pay.ended")}</p>}
      <Payer name={t("pay.you", { company })} due={policy.customer_due} paid={policy.customer_paid} open={policy.customer_open} by={policy.premium_due} />
      {open && <HowTo policy={policy} payee={payments.data?.payee ?? null} look={look} />}
      <Trouble trouble={payments.error} again={payments.again} />
      {payments.data && <Gateway id={policy.id} payments={payments.data} look={look} />}
      <Trouble trouble={invoices.error} again={invoices.again} />
      {invoices.loading && <Waiting />}
      {invoices.data && invoices.data.invoices.length > 0 && <Invoices invoices={invoices.data.invoices} />}
      {policy.subsidy_part.amount > 0 && (
        <Payer name={t("pay.government")} due={policy.government_due} paid={policy.government_paid} text={t("pay.government_text")} />
      )}
    </>
  );
}

interface PayerProps {
  name: string;
  due: Money;
  paid: Money;
  open?: Money;
  by?: string | null;
  text?: string;
}

function Payer({ name, due, paid, open, by, text }: PayerProps) {
  const { t, lang } = useLanguage();
  const state = arrival(due, paid);
  const more = open !== undefined && open.amount > 0 ? [{ name: t("pay.still_open"), value: <strong>{money_text(open)}</strong> }] : [];
  if (by !== undefined && by !== null) more.push({ name: t("pay.due_by"), value: <strong>{day_text(by, lang)}</strong> });
  return (
    <Card title={name}>
      <div role="status">
        <Badge tone={TONE[state]}>{t(`pay.state_${state}`)}</Badge>
      </div>
      <Rows
        rows={[
          { name: t("pay.due"), value: <strong>{money_text(due)}</strong> },
          { name: t("pay.arrived"), value: money_text(paid) },
          ...more,
        ]}
      />
      {text !== undefined && <p className="soft small">{text}</p>}
    </Card>
  );
}

function HowTo({ policy, payee, look }: { policy: Policy; payee: Payments["payee"]; look: () => void }) {
  const { t } = useLanguage();
  const account = payee as { name: string; bank: string; account: string } | null;
  return (
    <Card title={t("pay.how")} tone="calm">
      <p>{t("pay.how_text")}</p>
      <Rows
        rows={[
          ...(account
            ? [
                { name: t("pay.payee_name"), value: account.name },
                { name: t("pay.payee_bank"), value: account.bank },
                {
                  name: t("pay.payee_account"),
                  value: (
                    <>
                      <span className="code">{account.account}</span>
                      <CopyButton text={account.account} />
                    </>
                  ),
                },
              ]
            : []),
          {
            name: t("pay.reference"),
            value: (
              <>
                <span className="code">{policy.number}</span>
                <CopyButton text={policy.number} />
              </>
            ),
          },
        ]}
      />
      <p className="soft">{t("pay.reference_text")}</p>
      <p className="note">{t(account ? "pay.payee_text" : "pay.account")}</p>
      <div className="actions">
        <Button kind="plain" onClick={look}>
          {t("pay.look")}
        </Button>
      </div>
      <p className="hint">{t("pay.look_text")}</p>
    </Card>
  );
}

function Invoices({ invoices }: { invoices: Invoice[] }) {
  const { t, lang } = useLanguage();
  return (
    <section className="group">
      <h2>{t("pay.instalments")}</h2>
      <ul className="list">
        {invoices.map(({ invoice, paid, open, dunned }) => (
          <li key={invoice.number}>
            <Card>
              <Badge tone={TONE[arrival(invoice.amount, paid)]}>{t(`pay.state_${arrival(invoice.amount, paid)}`)}</Badge>
              <Rows
                rows={[
                  { name: t("pay.invoice"), value: invoice.number },
                  { name: t("pay.by"), value: day_text(invoice.due, lang) },
                  { name: t("pay.amount"), value: money_text(invoice.amount) },
                  { name: t("pay.open"), value: money_text(open) },
                ]}
              />
              {dunned !== null && dunned !== undefined && open.amount > 0 && <p className="wrong">{t("pay.dunned")}</p>}
            </Card>
          </li>
        ))}
      </ul>
    </section>
  );
}
