// What the claim pays and why: loss by loss, then every clause that changed an amount, with its words.
import { money_text } from "../base/money";
import type { Claim } from "../claim/steps";
import { Badge, Card, Rows } from "../ui/parts";
import { useReply, type ReplyOf } from "./api";
import { head_name } from "./head_name";
import { useDesk } from "./language";
import { SettlementSteps, type Step } from "./settlement_steps";
import { DataTable } from "./table";

export function Settlement({ claim, policy }: { claim: Claim; policy: ReplyOf<"policy_show"> }) {
  const language = useDesk();
  const { t, lang, word } = language;
  const wording = useReply("wording_show", { wording: policy.wording, clauses: true });
  const clauses = new Map((wording.data?.clauses ?? []).map((each) => [each.ref, each[lang]]));
  const steps: Step[] = [...claim.admission, ...claim.settlement.steps];
  return (
    <Card title={t("files.settlement")}>
      <DataTable
        plain
        name={t("files.heads")}
        rows={claim.heads}
        id={(each) => each.head}
        empty={t("loss.none")}
        columns={[
          { name: "head", title: t("files.head"), text: (each) => head_name(language, each.head), long: true },
          { name: "stated", title: t("files.stated"), text: (each) => money_text(each.stated), end: true },
          { name: "quantified", title: t("files.quantified"), text: (each) => money_text(each.quantified), end: true },
          { name: "admitted", title: t("files.admitted"), text: (each) => t(each.admitted ? "yes" : "no"), cell: (each) => <Badge tone={each.admitted ? "good" : "bad"}>{t(each.admitted ? "yes" : "no")}</Badge> },
        ]}
      />
      <h3>{t("files.steps")}</h3>
      <SettlementSteps steps={steps} clauses={clauses} />
      <Rows
        rows={[
          { name: t("files.outcome"), value: word("outcome", claim.outcome) },
          { name: t("files.payable"), value: <strong>{money_text(claim.payable)}</strong> },
          { name: t("claim.paid"), value: money_text(claim.paid_so_far) },
          { name: t("files.left"), value: money_text(claim.settlement.aggregate_left) },
          { name: t("files.adjudicator"), value: claim.adjudicator || "—" },
          { name: t("files.approver"), value: claim.approver || "—" },
        ]}
      />
    </Card>
  );
}
