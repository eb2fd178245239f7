// One policy: who, when, how much, what is left, and the signed document.
import { useEffect, useState } from "react";
import { ApiError, call, fresh_key } from "../api/client";
import { useReply } from "../api/use_reply";
import { moment_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { money_short, money_text } from "../base/money";
import { Link } from "../base/router";
import { POLICY_TONE } from "../quote/company_page";
import { Badge, Button, ButtonLink, Card, Page, Rows, Waiting } from "../ui/parts";
import { as_trouble, Trouble } from "../ui/trouble";

export default function PolicyPage({ id }: { id: string }) {
  const { t, lang, word } = useLanguage();
  const policy = useReply("policy_show", { policy: id });
  const company = useReply("enterprise_show", policy.data ? { enterprise: policy.data.enterprise } : null);
  const products = useReply("product_list", { limit: 1000 });
  const back = { to: "policies", text: t("menu.policies") };
  if (policy.error) {
    return (
      <Page title={t("policies.policies")} back={back}>
        <Trouble trouble={policy.error} again={policy.again} />
      </Page>
    );
  }
  if (!policy.data) return <Waiting />;
  const shown = policy.data;
  const product = products.data?.items.find((each) => each.id === shown.product);
  return (
    <Page title={t("policy.title", { number: shown.number })} lead={company.data?.legal_name ?? ""} back={back}>
      <Badge tone={POLICY_TONE[shown.state] ?? "none"}>{word("policy_state", shown.state)}</Badge>
      <Card>
        <div className="big">
          <p className="soft">{t("policy.left")}</p>
          <p className="big-number money">{money_short(shown.aggregate_left)}</p>
        </div>
        <Rows
          rows={[
            { name: t("policy.product"), value: product ? product[lang] : shown.product },
            {
              name: t("policy.period"),
              value: (
                <>
                  {moment_text(shown.from, lang)}
                  <br />
                  {moment_text(shown.until, lang)} <span className="soft">({t("beijing_time")})</span>
                </>
              ),
            },
            { name: t("policy.premium"), value: money_text(shown.premium) },
            { name: t("policy.customer_part"), value: money_text(shown.customer_part) },
            { name: t("policy.subsidy_part"), value: money_text(shown.subsidy_part) },
            { name: t("policy.due"), value: money_text(shown.customer_due) },
            { name: t("policy.paid"), value: money_text(shown.customer_paid) },
            { name: t("policy.confirmed"), value: t("policy.confirmed_count", { count: shown.explained.length }) },
          ]}
        />
        <ButtonLink to={`covered/${shown.product}`} kind="plain">
          {t("policy.covered")}
        </ButtonLink>
      </Card>
      <Document id={id} />
      {shown.claims.length > 0 && (
        <section className="group">
          <h2>{t("policy.claims")}</h2>
          <ul className="list">
            {shown.claims.map((claim) => (
              <li key={claim}>
                <Link className="entry" to={`claim/${claim}`}>
                  <strong>{t("claim.title", { id: claim })}</strong>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {(shown.state === "in_force" || shown.state === "bound") && (
        <div className="actions">
          <ButtonLink to={`incident?policy=${id}`} kind="alarm">
            {t("policy.report")}
          </ButtonLink>
        </div>
      )}
    </Page>
  );
}

interface Made {
  name: string;
  address: string;
  fingerprint: string;
}

function Document({ id }: { id: string }) {
  const { t } = useLanguage();
  const [busy, set_busy] = useState(false);
  const [made, set_made] = useState<Made | null>(null);
  const [trouble, set_trouble] = useState<ApiError | null>(null);
  useEffect(
    () => () => {
      if (made) URL.revokeObjectURL(made.address);
    },
    [made],
  );

  async function make() {
    set_busy(true);
    set_trouble(null);
    try {
      const reply = await call("print", { kind: "policy", id, out: `${id}.pdf` }, { key: fresh_key() });
      const file = (reply as { files?: { name: string; base64: string }[] }).files?.[0];
      if (!file) throw new ApiError(0, { code: "no_file" }, "");
      const bytes = Uint8Array.from(atob(file.base64), (each) => each.charCodeAt(0));
      const address = URL.createObjectURL(new Blob([bytes], { type: "application/pdf" }));
      set_made({ name: file.name, address, fingerprint: reply.fingerprint });
      const link = document.createElement("a");
      link.href = address;
      link.download = file.name;
      link.click();
    } catch (fault) {
      set_trouble(as_trouble(fault));
    } finally {
      set_busy(false);
    }
  }

  return (
    <Card title={t("policy.document")}>
      <p className="soft">{t("policy.document_text")}</p>
      <div className="actions">
        <Button busy={busy} kind="plain" onClick={() => void make()}>
          {t("policy.make_document")}
        </Button>
      </div>
      <div role="status">
        {made && (
          <>
            <p>
              <a href={made.address} download={made.name}>
                {t("policy.document_ready", { name: made.name })}
              </a>
            </p>
            <p className="soft small">
              {t("policy.fingerprint")}
              <br />
              <span className="mono">{made.fingerprint}</span>
            </p>
          </>
        )}
      </div>
      <Trouble trouble={trouble} />
    </Card>
  );
}
