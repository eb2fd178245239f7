// What each product pays for an incident, and the clause that makes the difference.
import { money_text, type Money } from "../../base/money";
import { useDesk } from "../language";
import { ClauseLink, useNames } from "./parts";

export interface Deciding {
  stage: string;
  reason: string;
  clause: string;
  subject: string;
  before: Money;
  after: Money;
  closes?: Money;
}

/** A cover that the wording does not name has no clause: that is the reason, then. */
export function DecidingStep({ deciding, wording }: { deciding: Deciding; wording: string }) {
  const { t, word } = useDesk();
  const name = useNames();
  return (
    <>
      {name(deciding.subject)} · {deciding.reason === "no_cover" ? t("incident_test.no_cover") : word("settle_stage", deciding.stage)}
      {deciding.clause !== "" && (
        <>
          {" · "}
          <ClauseLink wording={wording} clause={deciding.clause} />
        </>
      )}
      <span className="block number">
        {money_text(deciding.before)} → {money_text(deciding.after)}
      </span>
      {deciding.closes && <span className="block soft small number">{deciding.closes.amount === 0 ? t("incident_test.closes_nothing") : t("incident_test.closes", { amount: money_text(deciding.closes) })}</span>}
    </>
  );
}
