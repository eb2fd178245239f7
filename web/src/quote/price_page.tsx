// The indicative price: four questions, six more if somebody likes, and a range that is shown as one.
import { useEffect, useRef, useState, type FormEvent } from "react";
import { ApiError, call, type ReplyOf } from "../api/client";
import { useReply } from "../api/use_reply";
import { useLanguage } from "../base/i18n";
import { money_about, money_text, typed_amount } from "../base/money";
import { useRouter } from "../base/router";
import { useDraft } from "../base/store";
import { focus_wrong_soon } from "../ui/focus";
import { Badge, Button, ButtonLink, Card, Page, Rows } from "../ui/parts";
import { as_trouble, Trouble, trouble_at } from "../ui/trouble";
import { FIRST_PRODUCT, REGIONS, SECTORS } from "./choices";
import { AmountInput, ChoiceInput, NumberInput } from "./inputs";

type Indication = ReplyOf<"quote_indicate">;

const EMPTY = {
  sector: "",
  revenue: "",
  employees: "",
  region: "",
  records: "",
  gross_margin: "",
  it_dependence: "",
  online_revenue: "",
  ot_lines: "",
  incidents: "",
};
type Answers = typeof EMPTY;

function missing_in(answers: Answers): (keyof Answers)[] {
  const found: (keyof Answers)[] = [];
  if (answers.sector === "") found.push("sector");
  if (!typed_amount(answers.revenue)) found.push("revenue");
  if (!/^\d+$/.test(answers.employees)) found.push("employees");
  if (answers.online_revenue !== "" && !typed_amount(answers.online_revenue)) found.push("online_revenue");
  return found;
}

export default function PricePage() {
  const { t } = useLanguage();
  const { place } = useRouter();
  const product = place.query.get("product") ?? FIRST_PRODUCT;
  const { value: answers, change, clear } = useDraft("price", EMPTY);
  const [tried, set_tried] = useState(false);
  const [busy, set_busy] = useState(false);
  const [trouble, set_trouble] = useState<ApiError | null>(null);
  const [found, set_found] = useState<Indication | null>(null);
  const result = useRef<HTMLDivElement>(null);
  const missing = tried ? missing_in(answers) : [];

  useEffect(() => {
    if (found) result.current?.focus();
  }, [found]);

  function wrong(field: keyof Answers, sent = field.replace("_", "-")): string | undefined {
    if (missing.includes(field)) return t(field.endsWith("revenue") ? "price.not_amount" : "price.must");
    return trouble_at(trouble, sent) ?? trouble_at(trouble, field);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    set_tried(true);
    set_trouble(null);
    const open = missing_in(answers);
    if (open.length > 0) {
      focus_wrong_soon();
      return;
    }
    set_busy(true);
    try {
      set_found(
        await call("quote_indicate", {
          product,
          sector: answers.sector,
          revenue: typed_amount(answers.revenue) ?? "",
          employees: answers.employees,
          region: answers.region,
          records: answers.records,
          "gross-margin": answers.gross_margin === "" ? "" : `${answers.gross_margin} %`,
          "it-dependence": answers.it_dependence === "" ? "" : `${answers.it_dependence} %`,
          "online-revenue": typed_amount(answers.online_revenue) ?? "",
          "ot-lines": answers.ot_lines,
          incidents: answers.incidents,
        }),
      );
    } catch (fault) {
      set_trouble(as_trouble(fault));
    } finally {
      set_busy(false);
    }
  }

  const text = (field: keyof Answers) => ({ value: answers[field], change: (value: string) => change({ [field]: value }), error: wrong(field), name: field });
  return (
    <Page title={t("price.title")} {...(found ? {} : { lead: t("price.lead") })}>
      <div ref={result} tabIndex={-1} aria-live="polite">
        {found && <Result found={found} again={() => set_found(null)} />}
      </div>
      {!found && (
        <Card>
          <form className="form" noValidate onSubmit={(event) => void submit(event)}>
            <ChoiceInput {...text("sector")} label="price.sector" why="price.sector_why" choices={SECTORS} empty="price.sector_choose" />
            <AmountInput {...text("revenue")} label="price.revenue" why="price.revenue_why" />
            <NumberInput {...text("employees")} label="price.employees" why="price.employees_why" unit="price.people" />
            <ChoiceInput {...text("region")} label="price.region" why="price.region_why" choices={REGIONS} empty="price.region_choose" optional />
            <details className="more">
              <summary>{t("price.more")}</summary>
              <div className="form more-in">
                <NumberInput {...text("records")} label="price.records" why="price.records_why" unit="price.records_unit" optional />
                <NumberInput {...text("gross_margin")} label="price.gross_margin" why="price.gross_margin_why" unit="%" optional />
                <NumberInput {...text("it_dependence")} label="price.it_dependence" why="price.it_dependence_why" unit="%" optional />
                <AmountInput {...text("online_revenue")} label="price.online_revenue" why="price.online_revenue_why" optional />
                <NumberInput {...text("ot_lines")} label="price.ot_lines" why="price.ot_lines_why" unit="price.lines" optional />
                <NumberInput {...text("incidents")} label="price.incidents" why="price.incidents_why" unit="price.times" optional />
              </div>
            </details>
            <Trouble trouble={trouble} />
            <div className="actions">
              <Button type="submit" busy={busy}>
                {t("price.submit")}
              </Button>
              <Button kind="quiet" onClick={clear}>
                {t("draft_clear")}
              </Button>
            </div>
            <p className="hint" role="status">
              {busy ? t("price.working") : t("save_note")}
            </p>
          </form>
        </Card>
      )}
      <ButtonLink to={`covered/${product}`} kind="quiet">
        {t("home.covered")}
      </ButtonLink>
    </Page>
  );
}

function Result({ found, again }: { found: Indication; again: () => void }) {
  const { t, lang, word } = useLanguage();
  const { place } = useRouter();
  const product = place.query.get("product") ?? FIRST_PRODUCT;
  const products = useReply("product_list", { limit: 1000 });
  const shown = products.data?.items.find((each) => each.id === product);
  const tone = found.decision === "bindable" ? "good" : found.decision === "referred" ? "warn" : "bad";
  const decision = found.decision === "bindable" ? "price.decision_bindable" : found.decision === "referred" ? "price.decision_referred" : "price.decision_declined";
  return (
    <Card title={t("price.result")}>
      {shown && <p className="soft">{shown[lang]}</p>}
      <p className="range money">
        <span className="soft small">{t("price.about")}</span> {t("price.range", { low: money_about(found.technical.low), high: money_about(found.technical.high) })}
      </p>
      <Rows
        rows={[
          { name: t("price.central"), value: `${t("price.about")} ${money_about(found.technical.central)}` },
          { name: t("price.filed"), value: money_text(found.filed) },
        ]}
      />
      <Badge tone={tone}>{t(decision)}</Badge>
      {found.findings.length > 0 && (
        <ul>
          {found.findings.map((each) => (
            <li key={each.reason}>{word("triage", each.reason)}</li>
          ))}
        </ul>
      )}
      <p className="note">
        {t("price.not_quote")} {t("price.subsidy_note")}
      </p>
      {found.minimum_controls.length > 0 && (
        <details className="more">
          <summary>{t("price.minimum")}</summary>
          <ul>
            {found.minimum_controls.map((each) => (
              <li key={each.control}>{word("control_do", each.control) === each.control ? each.question : word("control_do", each.control)}</li>
            ))}
          </ul>
        </details>
      )}
      <div className="actions">
        <ButtonLink to="companies/new">{t("price.next")}</ButtonLink>
        <Button kind="plain" onClick={again}>
          {t("price.change")}
        </Button>
      </div>
    </Card>
  );
}
