// The one thing that a claim waits for: a loss, an adjudication, another person's approval, the payment.
import { useState, type FormEvent, type ReactNode } from "react";
import { useSession } from "../api/session";
import { forget_replies } from "../api/use_reply";
import { money_text, type Money } from "../base/money";
import type { Claim, Incident } from "../claim/steps";
import { focus_wrong_soon } from "../ui/focus";
import { Button, Card, Field, Rows, Waiting } from "../ui/parts";
import { Trouble, trouble_at } from "../ui/trouble";
import { call, useReply } from "./api";
import { useDesk } from "./language";
import { ReasonForm } from "./reason_form";
import { use_sending } from "./use_sending";

interface StepProps {
  incident: Incident;
  claim: Claim | null;
  may: Set<string>;
  done: () => void;
}

export function NextStep({ incident, claim, may, done }: StepProps) {
  const { t } = useDesk();
  const undecided = claim === null || claim.state === "returned" || claim.state === "reopened";
  const recording = undecided && may.has("incident_condition") && <Condition incident={incident} done={done} />;
  if (undecided && !incident.loss) return <Waits text={t("step.loss")}>{recording}</Waits>;
  if (undecided) {
    return (
      <>
        {may.has("claim_adjudicate") ? <Adjudicate incident={incident.id} before={claim?.payable ?? null} done={done} /> : <Waits text={t("step.adjudicate")} />}
        {recording && <Card>{recording}</Card>}
      </>
    );
  }
  if (claim.state === "adjudicated") return may.has("claim_approve") ? <Approve claim={claim} may={may} done={done} /> : <Waits text={t("step.approve")} />;
  if (claim.state === "approved") return <Waits text={t("step.pay", { amount: money_text(claim.payable) })} />;
  return <Waits text={t("step.nothing")} />;
}

function Waits({ text, children }: { text: string; children?: ReactNode }) {
  const { t } = useDesk();
  return (
    <Card title={t("step.title")} tone="calm">
      <p>{text}</p>
      {children}
    </Card>
  );
}

/** The decision is tried out first, so that whoever records it has seen what it will say. */
function Adjudicate({ incident, before, done }: { incident: string; before: Money | null; done: () => void }) {
  const { t, word } = useDesk();
  const tried = useReply("claim_adjudicate", { incident, "Anlan-Dry-Run": "true" });
  type Tried = { events?: { decision?: { payable: Money; outcome: string } }[] };
  const decision = (tried.data as Tried | undefined)?.events?.find((each) => each.decision)?.decision;
  return (
    <Card title={t("step.adjudicate_title")} tone="calm">
      {tried.error ? <Trouble trouble={tried.error} again={tried.again} /> : !tried.data && <Waiting />}
      {decision && (
        <>
          <p>{t("step.would")}</p>
          <Rows
            rows={[
              { name: t("files.outcome"), value: word("outcome", decision.outcome) },
              { name: t("files.payable"), value: <strong>{money_text(decision.payable)}</strong> },
              ...(before ? [{ name: t("step.before"), value: money_text(before) }] : []),
            ]}
          />
        </>
      )}
      {tried.data && <ReasonForm name="adjudicate" yes={t("step.adjudicate_yes")} send={(_, key) => call("claim_adjudicate", { incident }, { key })} done={done} />}
    </Card>
  );
}

function Approve({ claim, may, done }: { claim: Claim; may: Set<string>; done: () => void }) {
  const { t, word } = useDesk();
  const { actor } = useSession();
  return (
    <Card title={t("step.approve_title")} tone="calm">
      <Rows
        rows={[
          { name: t("files.adjudicator"), value: claim.adjudicator },
          { name: t("files.outcome"), value: word("outcome", claim.outcome) },
          { name: t("files.payable"), value: <strong>{money_text(claim.payable)}</strong> },
          { name: t("claim.paid"), value: money_text(claim.paid_so_far) },
        ]}
      />
      {claim.adjudicator === actor && <p className="note">{t("step.own")}</p>}
      <ReasonForm
        name="reason"
        yes={t("step.approve_yes", { amount: money_text(claim.payable) })}
        no={may.has("claim_return") ? t("step.return") : undefined}
        send={(reason, key) => (reason === "" ? call("claim_approve", { claim: claim.id }, { key }) : call("claim_return", { claim: claim.id, reason }, { key }))}
        done={done}
      />
    </Card>
  );
}

const CONDITIONS = ["police_report", "prior_written_consent", "sanctions_screen", "call_back", "counsel_consent", "designated_vendor", "logs_kept", "retrospective_consent", "settlement_consent"];

function Condition({ incident, done }: { incident: Incident; done: () => void }) {
  const { t, word } = useDesk();
  const [condition, set_condition] = useState(CONDITIONS[0] ?? "");
  const [reference, set_reference] = useState("");
  const [tried, set_tried] = useState(false);
  const { busy, trouble, send } = use_sending();

  async function submit(event: FormEvent) {
    event.preventDefault();
    set_tried(true);
    if (reference.trim() === "") return focus_wrong_soon();
    await send(async (key) => {
      await call("incident_condition", { incident: incident.id, condition, reference: reference.trim() }, { key });
      set_reference("");
      set_tried(false);
      forget_replies();
      done();
    });
  }

  return (
    <details className="more">
      <summary>{t("step.condition")}</summary>
      <form className="form more-in" noValidate onSubmit={(event) => void submit(event)}>
        <Field name="condition" label={t("step.condition_name")} error={trouble_at(trouble, "condition")}>
          {(given) => (
            <select {...given} value={condition} onChange={(event) => set_condition(event.target.value)}>
              {CONDITIONS.map((each) => (
                <option key={each} value={each}>
                  {word("condition", each)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field name="reference" label={t("step.reference")} hint={t("step.reference_hint")} error={tried && reference.trim() === "" ? t("price.must") : trouble_at(trouble, "reference")}>
          {(given) => <input {...given} autoComplete="off" value={reference} onChange={(event) => set_reference(event.target.value)} />}
        </Field>
        <Trouble trouble={trouble} />
        <div className="actions">
          <Button type="submit" kind="plain" busy={busy}>
            {t("step.record")}
          </Button>
        </div>
      </form>
    </details>
  );
}
