// Registering a company: as on its licence, with the code checked while it is typed.
import { useState, type FormEvent } from "react";
import { ApiError, call, fresh_key } from "../api/client";
import { forget_replies } from "../api/use_reply";
import { house_now } from "../base/clock";
import { credit_code_state, CREDIT_CODE_LENGTH, tidy_credit_code } from "../base/credit_code";
import { beijing_day } from "../base/days";
import { useLanguage } from "../base/i18n";
import { typed_amount } from "../base/money";
import { useRouter } from "../base/router";
import { keep, useDraft } from "../base/store";
import { focus_wrong_soon } from "../ui/focus";
import { Button, Card, Field, Page, Why } from "../ui/parts";
import { as_trouble, Trouble, trouble_at } from "../ui/trouble";
import { answered_before } from "./answered_before";
import { REGIONS, SECTORS } from "./choices";
import { AmountInput, ChoiceInput, NumberInput } from "./inputs";

const EMPTY = {
  legal_name: "",
  credit_code: "",
  sector: "",
  region: "",
  revenue: "",
  gross_margin: "",
  employees: "",
  endpoints: "",
  records: "",
  incidents_36m: "",
  cii_operator: "",
  contact_name: "",
  contact_phone: "",
  contact_email: "",
  assess_consent: false,
  monitor_consent: false,
  key: "",
};
type Form = typeof EMPTY;
const NEEDED: (keyof Form)[] = ["legal_name", "sector", "region", "employees", "endpoints", "records", "incidents_36m", "cii_operator"];

function file_of(form: Form): Record<string, unknown> {
  const facts: Record<string, unknown> = {
    sector: form.sector,
    region: form.region,
    revenue: typed_amount(form.revenue),
    employees: Number(form.employees),
    endpoints: Number(form.endpoints),
    records: Number(form.records),
    incidents_36m: Number(form.incidents_36m),
    cii_operator: form.cii_operator === "yes",
  };
  if (form.gross_margin !== "") facts["gross_margin"] = `${form.gross_margin} %`;
  const file: Record<string, unknown> = {
    legal_name: form.legal_name.trim(),
    credit_code: form.credit_code,
    assess_consent: form.assess_consent,
    monitor_consent: form.monitor_consent,
    stated_on: beijing_day(0, house_now()),
    facts,
  };
  if (form.contact_name.trim() !== "") file["contact"] = { name: form.contact_name.trim(), phone: form.contact_phone.trim(), email: form.contact_email.trim() };
  return file;
}

export default function CompanyFormPage() {
  const { t } = useLanguage();
  const { go } = useRouter();
  const [before] = useState(answered_before);
  const { value: form, change, clear, restored } = useDraft("company", { ...EMPTY, ...before });
  const [tried, set_tried] = useState(false);
  const [busy, set_busy] = useState(false);
  const [trouble, set_trouble] = useState<ApiError | null>(null);
  const code = credit_code_state(form.credit_code);

  function open_fields(): (keyof Form)[] {
    const found = NEEDED.filter((name) => form[name] === "");
    if (code !== "right") found.push("credit_code");
    if (!typed_amount(form.revenue)) found.push("revenue");
    if (!form.assess_consent) found.push("assess_consent");
    return found;
  }
  const open = tried ? open_fields() : [];
  const wrong = (name: keyof Form): string | undefined => {
    if (open.includes(name)) return t(name === "revenue" ? "price.not_amount" : "price.must");
    return trouble_at(trouble, name);
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    set_tried(true);
    set_trouble(null);
    if (open_fields().length > 0) {
      focus_wrong_soon();
      return;
    }
    // The key is a part of the draft: whoever presses again after a cut line registers the company once.
    const key = form.key === "" ? fresh_key() : form.key;
    change({ key });
    set_busy(true);
    try {
      const made = await call("enterprise_register", { file: file_of(form) }, { key });
      forget_replies();
      clear();
      keep("draft.price", null);
      go(`company/${made.id}`, { replace: true });
    } catch (fault) {
      const found = as_trouble(fault);
      if (!found.unreached) change({ key: "" });
      set_trouble(found);
      set_busy(false);
    }
  }

  const text = (name: "sector" | "region" | "revenue" | "gross_margin" | "employees" | "endpoints" | "records" | "incidents_36m") => ({
    name,
    value: form[name],
    change: (value: string) => change({ [name]: value, key: "" }),
    error: wrong(name),
  });
  const hint =
    code === "empty" ? t("company.code_empty") : code === "short" ? t("company.code_short", { count: CREDIT_CODE_LENGTH - form.credit_code.length }) : undefined;
  const code_error = code === "wrong_character" ? t("company.code_wrong_character") : code === "wrong_check" ? t("company.code_wrong_check") : wrong("credit_code");
  return (
    <Page title={t("company.title")} lead={t("company.lead")} back={{ to: "policies", text: t("menu.policies") }}>
      {restored && <p className="note">{t("draft_restored")}</p>}
      {!restored && Object.keys(before).length > 0 && <p className="note">{t("company.answered_before")}</p>}
      <Card>
        <form className="form" noValidate onSubmit={(event) => void submit(event)}>
          <Field name="legal_name" label={t("company.legal_name")} why={t("company.legal_name_why")} error={wrong("legal_name")}>
            {(given) => <input {...given} autoComplete="organization" value={form.legal_name} onChange={(event) => change({ legal_name: event.target.value, key: "" })} />}
          </Field>
          <Field
            name="credit_code"
            label={t("company.credit_code")}
            why={t("company.credit_code_why")}
            error={code_error}
            hint={code === "right" ? <span className="hint-good">✓ {t("company.code_right")}</span> : hint}
          >
            {(given) => (
              <input
                {...given}
                className="code"
                autoComplete="off"
                autoCapitalize="characters"
                spellCheck={false}
                value={form.credit_code}
                onChange={(event) => change({ credit_code: tidy_credit_code(event.target.value), key: "" })}
              />
            )}
          </Field>
          <ChoiceInput {...text("sector")} label="price.sector" why="price.sector_why" choices={SECTORS} empty="price.sector_choose" />
          <ChoiceInput {...text("region")} label="price.region" why="price.region_why" choices={REGIONS} empty="questions.choose" />
          <AmountInput {...text("revenue")} label="price.revenue" why="price.revenue_why" />
          <NumberInput {...text("gross_margin")} label="price.gross_margin" why="price.gross_margin_why" unit="%" optional />
          <NumberInput {...text("employees")} label="price.employees" why="price.employees_why" unit="price.people" />
          <NumberInput {...text("endpoints")} label="company.endpoints" why="company.endpoints_why" unit="company.machines" />
          <NumberInput {...text("records")} label="price.records" why="price.records_why" unit="price.records_unit" />
          <NumberInput {...text("incidents_36m")} label="price.incidents" why="price.incidents_why" unit="price.times" />
          <YesNo name="cii_operator" label={t("company.cii")} why={t("company.cii_why")} value={form.cii_operator} error={wrong("cii_operator")} change={(value) => change({ cii_operator: value, key: "" })} />
          <details className="more">
            <summary>{t("company.contact")}</summary>
            <div className="form more-in">
              <p className="hint">{t("company.contact_why")}</p>
              {(["contact_name", "contact_phone", "contact_email"] as const).map((name) => (
                <Field key={name} name={name} label={t(`company.${name}`)} error={wrong(name)}>
                  {(given) => (
                    <input
                      {...given}
                      type={name === "contact_email" ? "email" : name === "contact_phone" ? "tel" : "text"}
                      autoComplete={name === "contact_email" ? "email" : name === "contact_phone" ? "tel" : "name"}
                      value={form[name]}
                      onChange={(event) => change({ [name]: event.target.value, key: "" })}
                    />
                  )}
                </Field>
              ))}
            </div>
          </details>
          <fieldset className="pills">
            <legend className="legend">{t("company.consents")}</legend>
            {(["assess_consent", "monitor_consent"] as const).map((name) => (
              <label className="choice" key={name}>
                <input
                  type="checkbox"
                  name={name}
                  checked={form[name]}
                  aria-invalid={wrong(name) ? true : undefined}
                  aria-describedby={wrong(name) ? `${name}-error` : undefined}
                  onChange={(event) => change({ [name]: event.target.checked, key: "" })}
                />
                <span>
                  {t(`company.${name}`)}
                  {name === "monitor_consent" && <span className="soft small block">{t("company.monitor_hint")}</span>}
                  {wrong(name) && (
                    <span className="wrong block" id={`${name}-error`}>
                      {wrong(name)}
                    </span>
                  )}
                </span>
              </label>
            ))}
          </fieldset>
          <Trouble trouble={trouble} />
          <div className="actions">
            <Button type="submit" busy={busy}>
              {t("company.submit")}
            </Button>
            <Button kind="quiet" onClick={clear}>
              {t("draft_clear")}
            </Button>
          </div>
          <p className="hint">{t("save_note")}</p>
        </form>
      </Card>
    </Page>
  );
}

function YesNo({ name, label, why, value, error, change }: { name: string; label: string; why: string; value: string; error: string | undefined; change: (value: string) => void }) {
  const { t } = useLanguage();
  return (
    <fieldset className="pills field" aria-describedby={error ? `${name}-error` : undefined}>
      <legend className="legend">{label}</legend>
      <div>
        {(["yes", "no"] as const).map((each) => (
          <label className="pill" key={each}>
            <input type="radio" name={name} checked={value === each} aria-invalid={error ? true : undefined} onChange={() => change(each)} />
            <span>{t(each)}</span>
          </label>
        ))}
      </div>
      {error && (
        <p className="wrong" id={`${name}-error`}>
          {error}
        </p>
      )}
      <Why>{why}</Why>
    </fieldset>
  );
}
