// Paying through the gateway of a sandbox: what is owed is asked of the service, the payer answers on the page of the
// sandbox's gateway, and the page says what the insurer has recorded. No money moves, and it says so.
import { useEffect, useState } from "react";
import { call, type ReplyOf } from "../api/client";
import { use_sending } from "../api/use_sending";
import { useLanguage } from "../base/i18n";
import { money_text } from "../base/money";
import { Badge, Button, Card, Field, Rows, type Tone } from "../ui/parts";
import { Trouble } from "../ui/trouble";

export type Payments = ReplyOf<"premium_payments">;
type Payment = Payments["payments"][number];
type State = "waiting" | "pending" | "recorded" | "declined" | "withdrawn" | "returned";

const TONES: Record<State, Tone> = { waiting: "warn", pending: "warn", recorded: "good", declined: "bad", withdrawn: "none", returned: "none" };
const TELLINGS = ["once", "twice", "late"] as const;
const LOOK_AGAIN_MS = 2000;

interface Props {
  id: string;
  payments: Payments;
  look: () => void;
}

export function Gateway({ id, payments, look }: Props) {
  const { t } = useLanguage();
  const open = payments.payments.find((each) => each.state === "pending") ?? payments.payments.find((each) => each.state === "waiting");
  const pending = open?.state === "pending";
  useEffect(() => {
    if (!pending) return;
    const turn = setInterval(look, LOOK_AGAIN_MS);
    return () => clearInterval(turn);
  }, [pending, look]);
  const past = payments.payments.filter((each) => each !== open);
  return (
    <>
      {payments.gateway !== null && (open || payments.payable.amount > 0) && (
        <Card title={t("pay.gateway")} tone="calm">
          <p className="note">{t("pay.gateway_text")}</p>
          {open ? <Open id={id} payment={open} look={look} /> : <Start id={id} payments={payments} look={look} />}
        </Card>
      )}
      {past.length > 0 && <Past payments={past} />}
    </>
  );
}

function Start({ id, payments, look }: Props) {
  const { t } = useLanguage();
  const { busy, trouble, send } = use_sending();
  const begin = () =>
    send(async (key) => {
      await call("premium_pay", { policy: id }, { key });
      look();
    });
  return (
    <>
      <Rows rows={[{ name: t("pay.gateway_amount"), value: <strong>{money_text(payments.payable)}</strong> }]} />
      {payments.payments[0]?.state === "declined" && <p className="soft">{t("pay.declined_text")}</p>}
      <div className="actions">
        <Button busy={busy} onClick={() => void begin()}>
          {t("pay.gateway_start", { amount: money_text(payments.payable) })}
        </Button>
      </div>
      <Trouble trouble={trouble} />
    </>
  );
}

function Open({ id, payment, look }: { id: string; payment: Payment; look: () => void }) {
  const { t } = useLanguage();
  const { busy, trouble, send } = use_sending();
  const [tell, set_tell] = useState<string>("once");
  const answer = (said: "paid" | "declined") =>
    send(async (key) => {
      await call("premium_sandbox", { policy: id, payment: payment.payment, answer: said, tell }, { key });
      look();
    });
  return (
    <>
      <div role="status" className="group">
        <Standing payment={payment} />
        {payment.state === "pending" && <p>{t("pay.pending_text")}</p>}
      </div>
      {payment.state === "waiting" && (
        <section className="group" aria-labelledby="gateway-page">
          <h3 id="gateway-page">{t("pay.gateway_page")}</h3>
          <p className="soft">{t("pay.gateway_page_text")}</p>
          <Field name="tell" label={t("pay.gateway_trouble")}>
            {(given) => (
              <select {...given} value={tell} onChange={(event) => set_tell(event.target.value)}>
                {TELLINGS.map((each) => (
                  <option key={each} value={each}>
                    {t(`pay.gateway_${each}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <div className="actions">
            <Button busy={busy} onClick={() => void answer("paid")}>
              {t("pay.gateway_yes")} {money_text(payment.amount)}
            </Button>
            <Button busy={busy} kind="plain" onClick={() => void answer("declined")}>
              {t("pay.gateway_no")}
            </Button>
          </div>
        </section>
      )}
      <Trouble trouble={trouble} again={trouble?.unreached ? look : undefined} />
    </>
  );
}

function Standing({ payment }: { payment: Payment }) {
  const { t } = useLanguage();
  const state = payment.state as State;
  return (
    <>
      <Badge tone={TONES[state]}>{t(`pay.try_${state}`)}</Badge>
      <Rows
        rows={[
          { name: t("pay.gateway_amount"), value: <strong>{money_text(payment.amount)}</strong> },
          { name: t("pay.gateway_number"), value: <span className="mono">{payment.payment}</span> },
        ]}
      />
    </>
  );
}

function Past({ payments }: { payments: Payment[] }) {
  const { t } = useLanguage();
  return (
    <Card title={t("pay.gateway_past")}>
      <ul className="list">
        {payments.map((each) => (
          <li key={each.payment}>
            <Badge tone={TONES[each.state as State]}>{t(`pay.try_${each.state as State}`)}</Badge> {money_text(each.amount)}
            <br />
            <span className="mono small">{each.payment}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
