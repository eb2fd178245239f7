// A quote: four lines, the limits, why, and the one thing that comes next.
import { call, type ReplyOf } from "../api/client";
import { forget_replies, useReply } from "../api/use_reply";
import { use_sending } from "../api/use_sending";
import { day_text, moment_text } from "../base/days";
import { useLanguage } from "../base/i18n";
import { money_short, money_text, type Money } from "../base/money";
import { useRouter } from "../base/router";
import { Badge, Button, ButtonLink, Card, Page, Rows, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { QUOTE_TONE } from "./company_page";
import { confirmed_by } from "./confirmed";

type Quote = ReplyOf<"quote_show">;

export default function QuotePage({ id }: { id: string }) {
  const { t, lang, word } = useLanguage();
  const quote = useReply("quote_show", { quote: id });
  const enterprise = quote.data?.enterprise ?? null;
  const company = useReply("enterprise_show", enterprise === null ? null : { enterprise });
  const rows = useReply("quote_list", enterprise === null ? null : { enterprise, limit: 1000 });
  const products = useReply("product_list", { limit: 1000 });
  if (quote.error) {
    return (
      <Page title={t("quote.title")} back={{ to: "policies", text: t("menu.policies") }}>
        <Trouble trouble={quote.error} again={quote.again} />
      </Page>
    );
  }
  if (!quote.data) return <Waiting />;
  const shown = quote.data;
  const row = rows.data?.items.find((each) => each.id === id);
  const state = row?.state ?? shown.decided.state;
  const product = products.data?.items.find((each) => each.id === shown.product);
  const lead = t("quote.for", { company: company.data?.legal_name ?? "", from: day_text(shown.from, lang), until: day_text(shown.until, lang) });
  const next = <Next id={id} quote={shown} state={state} policy={row?.policy ?? null} again={rows.again} />;
  return (
    <Page title={`${t("quote.title")} ${id}`} lead={lead} back={{ to: `company/${shown.enterprise}`, text: t("policies.companies") }}>
      <Badge tone={QUOTE_TONE[state] ?? "none"}>{word("quote_state", state)}</Badge>
      {state === "declined" && next}
      <Bundle quote={shown} product={product ? product[lang] : shown.product} package_id={product?.package ?? ""} state={state} />
      {state !== "declined" && next}
      <Card title={t("quote.limits")}>
        <Rows
          rows={[
            { name: t("quote.aggregate"), value: money_short(shown.aggregate_limit) },
            { name: t("quote.incident_maximum"), value: money_short(shown.incident_maximum) },
            { name: t("quote.valid_until"), value: day_text(shown.valid_until, lang) },
          ]}
        />
        <ButtonLink to={`covered/${shown.product}`} kind="plain">
          {t("quote.covered")}
        </ButtonLink>
      </Card>
      <Card>
        <details className="more">
          <summary>{t("quote.why")}</summary>
          <ul className="plain">
            {shown.reasons.map((reason) => (
              <li key={reason.code + reason.number}>{reason.text}</li>
            ))}
          </ul>
        </details>
      </Card>
    </Page>
  );
}

interface BundleProps {
  quote: Quote;
  product: string;
  package_id: string;
  state: string;
}

function Bundle({ quote, product, package_id, state }: BundleProps) {
  const { t, lang } = useLanguage();
  const packages = useReply("package_list", package_id === "" ? null : { limit: 1000 });
  const orders = useReply("order_list", { enterprise: quote.enterprise, limit: 1000 });
  const order = orders.data?.items.find((each) => each.package === package_id && each.from <= quote.until && each.until > quote.from);
  const offered = useReply(
    "order_place",
    package_id !== "" && orders.data && !order && (state === "issued" || state === "approved") && confirmed_by(quote) === null
      ? { enterprise: quote.enterprise, package: package_id, from: quote.from, "Anlan-Dry-Run": "true" }
      : null,
  );
  const { go } = useRouter();
  const { busy, trouble, send } = use_sending();
  const name = packages.data?.items.find((each) => each.id === package_id)?.[lang] ?? package_id;
  const dry = offered.data as { events?: { order?: { price?: Money } }[] } | undefined;
  const offer = dry?.events?.[0]?.order?.price;

  // An order is one of the facts that a quote stands on: a quote from before it cannot be bound any more, so it is made anew.
  const place = () =>
    send(async (key) => {
      await call("order_place", { enterprise: quote.enterprise, package: package_id, from: quote.from }, { key });
      forget_replies();
      const made = await call("quote_issue", { enterprise: quote.enterprise, product: quote.product, from: quote.from }, { key: `${key}-quote` });
      go(`quote/${made.id}`, { replace: true });
    });

  const minus = (money: Money) => (money.amount === 0 ? money_text(money) : "−" + money_text(money));
  return (
    <Card title={t("quote.bundle")}>
      <dl className="sum">
        {package_id !== "" && (
          <div className={order ? "" : "sum-faint"}>
            <dt>
              {t("quote.line_package", { name })}
              <span>{t(order ? "quote.line_package_text" : offer ? "quote.line_package_offer" : "quote.line_package_none")}</span>
            </dt>
            <dd>{order ? money_text(order.price) : offer ? `(${money_text(offer)})` : "—"}</dd>
          </div>
        )}
        <div>
          <dt>
            {t("quote.line_policy")}
            <span>{t("quote.line_policy_text", { product })}</span>
          </dt>
          <dd>{money_text(quote.decided.premium)}</dd>
        </div>
        <div>
          <dt>
            {t("quote.line_subsidy")}
            <span>{t(quote.decided.subsidy.amount === 0 ? "quote.line_subsidy_none" : "quote.line_subsidy_text")}</span>
          </dt>
          <dd>{minus(quote.decided.subsidy)}</dd>
        </div>
        <div className="sum-total">
          <dt>
            {t("quote.line_you")}
            <span>{t("quote.line_you_text")}</span>
          </dt>
          <dd>{money_text(quote.decided.customer_pays)}</dd>
        </div>
      </dl>
      {offer && (
        <div className="actions">
          <Button kind="plain" busy={busy} onClick={() => void place()}>
            {t("quote.order")}
          </Button>
          <p className="hint" role="status">
            {busy ? t("price.working") : t("quote.order_text")}
          </p>
        </div>
      )}
      {order && (
        <ButtonLink to={`protection/${order.id}`} kind="quiet">
          {t("orders.title")}
        </ButtonLink>
      )}
      <Trouble trouble={trouble} />
    </Card>
  );
}

function Findings({ quote }: { quote: Quote }) {
  const { word } = useLanguage();
  return (
    <ul className="plain">
      {quote.findings.map((finding) => (
        <li key={finding.reason}>{quote.reasons.find((reason) => reason.code === finding.code)?.text ?? word("triage", finding.reason)}</li>
      ))}
    </ul>
  );
}

interface NextProps {
  id: string;
  quote: Quote;
  state: string;
  policy: string | null;
  again: () => void;
}

function Next({ id, quote, state, policy, again }: NextProps) {
  const { t, lang } = useLanguage();
  const { go } = useRouter();
  const new_quote = (
    <Button kind="plain" onClick={() => go(`company/${quote.enterprise}/quote`)}>
      {t("quote.new")}
    </Button>
  );
  if (policy) {
    return (
      <Card title={t("quote.bound")} tone="calm">
        <div className="actions">
          <ButtonLink to={`policy/${policy}`}>{t("quote.go_policy")}</ButtonLink>
        </div>
      </Card>
    );
  }
  if (state === "declined") {
    return (
      <Card title={t("quote.declined")} tone="warn">
        <Findings quote={quote} />
        <div className="actions">{new_quote}</div>
      </Card>
    );
  }
  if (state === "expired" || state === "withdrawn") {
    return (
      <Card tone="warn">
        <p>{t(state === "expired" ? "quote.expired" : "quote.withdrawn")}</p>
        <div className="actions">{new_quote}</div>
      </Card>
    );
  }
  if (state === "referred") {
    return (
      <Card title={t("quote.referred")} tone="warn">
        <Findings quote={quote} />
        <p className="hint">{t("quote.referred_text")}</p>
        <div className="actions">
          <Button kind="plain" onClick={again}>
            {t("quote.check_again")}
          </Button>
        </div>
      </Card>
    );
  }
  const confirmed = confirmed_by(quote);
  if (confirmed) {
    return (
      <Card title={t("quote.confirmed")} tone="warn">
        <p>{t("quote.confirmed_text")}</p>
        <p className="soft small">{t("quote.confirmed_on", { at: moment_text(confirmed.at, lang), who: confirmed.shown_by })}</p>
        <div className="actions">
          <Button kind="plain" onClick={again}>
            {t("quote.check_again")}
          </Button>
        </div>
      </Card>
    );
  }
  return (
    <Card title={t("quote.next_clauses")} tone="calm">
      <p>{t("quote.next_clauses_text", { count: quote.to_explain.length })}</p>
      <div className="actions">
        <ButtonLink to={`quote/${id}/clauses`}>{t("quote.go_clauses")}</ButtonLink>
      </div>
    </Card>
  );
}
