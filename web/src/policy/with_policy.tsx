// The frame of the pages about one policy: the policy and the name of its company, or why they cannot be shown.
import type { ReactNode } from "react";
import type { ReplyOf } from "../api/client";
import { useReply } from "../api/use_reply";
import { useLanguage } from "../base/i18n";
import { Page, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";

export type Policy = ReplyOf<"policy_show">;

interface Props {
  id: string;
  title: string;
  children: (policy: Policy, company: string, again: () => void) => ReactNode;
}

export function WithPolicy({ id, title, children }: Props) {
  const { t } = useLanguage();
  const policy = useReply("policy_show", { policy: id });
  const company = useReply("enterprise_show", policy.data ? { enterprise: policy.data.enterprise } : null);
  const trouble = policy.error ?? company.error;
  const back = { to: `policy/${id}`, text: t("life.back") };
  if (trouble) {
    return (
      <Page title={title} back={back}>
        <Trouble trouble={trouble} again={policy.error ? policy.again : company.again} />
      </Page>
    );
  }
  if (!policy.data || !company.data) return <Waiting />;
  const name = company.data.legal_name;
  return (
    <Page title={title} lead={t("life.lead", { company: name, number: policy.data.number })} back={back}>
      {children(policy.data, name, policy.again)}
    </Page>
  );
}

/** Whether cover can still run under it: what may be left, renewed, or reported on. */
export function is_running(policy: Pick<Policy, "state">): boolean {
  return policy.state === "in_force" || policy.state === "bound" || policy.state === "suspended";
}
