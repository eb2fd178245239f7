// The inputs that the price page and the company form share.
import { useLanguage } from "../base/i18n";
import { amount_read } from "../base/money";
import { Field } from "../ui/parts";
import type { Choice } from "./choices";
import type { Key } from "../locales/zh";

interface Shared {
  name: string;
  label: Key;
  why: Key;
  value: string;
  change: (value: string) => void;
  error?: string | undefined;
  optional?: boolean;
}

export function AmountInput({ name, label, why, value, change, error, optional }: Shared) {
  const { t, lang } = useLanguage();
  const read = amount_read(value, lang);
  return (
    <Field name={name} label={t(label)} why={t(why)} error={error} optional={optional ?? false} hint={read === "" ? undefined : read}>
      {(given) => (
        <div className="with-unit">
          <input {...given} inputMode="decimal" autoComplete="off" value={value} onChange={(event) => change(event.target.value)} />
          <span>{t("price.yuan")}</span>
        </div>
      )}
    </Field>
  );
}

export function NumberInput({ name, label, why, value, change, error, optional, unit }: Shared & { unit: Key | "%" }) {
  const { t } = useLanguage();
  return (
    <Field name={name} label={t(label)} why={t(why)} error={error} optional={optional ?? false}>
      {(given) => (
        <div className="with-unit">
          <input {...given} inputMode="numeric" autoComplete="off" value={value} onChange={(event) => change(event.target.value.replace(/[^\d.]/g, ""))} />
          <span>{unit === "%" ? "%" : t(unit)}</span>
        </div>
      )}
    </Field>
  );
}

export function ChoiceInput({ name, label, why, value, change, error, optional, choices, empty }: Shared & { choices: Choice[]; empty: Key }) {
  const { t, lang } = useLanguage();
  return (
    <Field name={name} label={t(label)} why={t(why)} error={error} optional={optional ?? false}>
      {(given) => (
        <select {...given} value={value} onChange={(event) => change(event.target.value)}>
          <option value="">{t(empty)}</option>
          {choices.map((each) => (
            <option key={each.code} value={each.code}>
              {each[lang]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
