// What the pages of the broker share: the choice of a company and of products, names of covers and perils, the way to a clause.
import type { ReactNode } from "react";
import { Link } from "../../base/router";
import { Button, Field } from "../../ui/parts";
import { Trouble } from "../../ui/trouble";
import { useReply, type ReplyOf } from "../api";
import { useDesk } from "../language";
import type { Run } from "./use_run";
import "./broker.css";

export type Product = ReplyOf<"product_list">["items"][number];
export const PRODUCTS_MIN = 2;
export const PRODUCTS_MAX = 5;

/** "a,b" of an address. */
export function list_of(text: string | null): string[] {
  return (text ?? "").split(",").filter((each) => each !== "");
}

export function useProducts() {
  const { lang } = useDesk();
  const reply = useReply("product_list", { limit: 1000 });
  const all = reply.data?.items ?? [];
  return { all, error: reply.error, again: reply.again, name: (id: string) => all.find((each) => each.id === id || each.wording === id)?.[lang] ?? id };
}

interface Code {
  code: string;
  zh: string;
  en: string;
}

/** The trade's names of perils, covers and heads of loss; a code that is unknown stays. */
export function useNames(): (code: string) => string {
  const { lang } = useDesk();
  const reply = useReply("wording_codes", {});
  const groups = (reply.data ?? {}) as Record<string, Code[] | undefined>;
  const names = new Map(Object.values(groups).flatMap((group) => (Array.isArray(group) ? group.map((each): [string, string] => [each.code, each[lang]]) : [])));
  return (code) => names.get(code) ?? code;
}

interface CompanyProps {
  value: string;
  change: (value: string) => void;
  error?: string | undefined;
}

export function CompanyField({ value, change, error }: CompanyProps) {
  const { t } = useDesk();
  const reply = useReply("enterprise_list", { limit: 1000 });
  const rows = reply.data?.items ?? [];
  const more = reply.data?.next !== null && reply.data !== undefined;
  return (
    <Field name="enterprise" label={t("column.company")} error={error} {...(more ? { hint: t("broker.first_companies", { count: rows.length }) } : {})}>
      {(given) => (
        <>
          <select {...given} value={value} onChange={(event) => change(event.target.value)}>
            <option value="">{t("broker.choose")}</option>
            {value !== "" && !rows.some((row) => row.id === value) && <option value={value}>{value}</option>}
            {rows.map((row) => (
              <option key={row.id} value={row.id}>
                {row.legal_name} · {row.id}
              </option>
            ))}
          </select>
          <Trouble trouble={reply.error} again={reply.again} />
        </>
      )}
    </Field>
  );
}

export function ProductField({ value, change, error }: CompanyProps) {
  const { t, lang } = useDesk();
  const { all } = useProducts();
  return (
    <Field name="product" label={t("column.product")} error={error}>
      {(given) => (
        <select {...given} value={value} onChange={(event) => change(event.target.value)}>
          <option value="">{t("broker.choose")}</option>
          {value !== "" && !all.some((each) => each.id === value) && <option value={value}>{value}</option>}
          {all.map((each) => (
            <option key={each.id} value={each.id}>
              {each[lang]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface ProductsProps {
  value: string[];
  change: (value: string[]) => void;
  error?: string | undefined;
}

/** Two to five of them, in the order in which they were chosen. */
export function ProductsField({ value, change, error }: ProductsProps) {
  const { t, lang } = useDesk();
  const { all, error: trouble, again } = useProducts();
  const full = value.length >= PRODUCTS_MAX;
  return (
    <fieldset className="pills field" aria-describedby={error ? "products-wrong" : "products-hint"}>
      <legend className="legend">{t("broker.products")}</legend>
      <p className="hint" id="products-hint" role="status">
        {t("broker.products_hint", { min: PRODUCTS_MIN, max: PRODUCTS_MAX, count: value.length })}
      </p>
      <div className="broker-products">
        {all.map((each) => {
          const chosen = value.includes(each.id);
          return (
            <label className="choice" key={each.id}>
              <input
                type="checkbox"
                name="products"
                value={each.id}
                checked={chosen}
                disabled={full && !chosen}
                aria-invalid={error ? true : undefined}
                onChange={() => change(chosen ? value.filter((id) => id !== each.id) : [...value, each.id])}
              />
              <span>{each[lang]}</span>
            </label>
          );
        })}
      </div>
      {error && (
        <p className="wrong" id="products-wrong">
          {error}
        </p>
      )}
      <Trouble trouble={trouble} again={again} />
    </fieldset>
  );
}

export function ClauseLink({ wording, clause }: { wording: string; clause: string }) {
  const { t } = useDesk();
  return (
    <Link to={`desk/wording/${encodeURIComponent(wording)}?clause=${encodeURIComponent(clause)}`} className="clause-link">
      {t("clauses.number", { ref: clause })}
    </Link>
  );
}

/** How far a calculation is, with the way to end it; then its trouble, or that it was ended. */
export function Running({ run, what, children }: { run: Run<unknown>; what: string; children?: ReactNode }) {
  const { t } = useDesk();
  const { job, open, trouble } = run;
  return (
    <>
      {open && (
        <div className="progress" data-open="">
          <p role="status">{what}</p>
          <progress {...(job && job.of > 0 ? { value: job.done, max: job.of } : {})} aria-label={what} />
          <div className="actions">
            {children}
            {job && (
              <Button kind="quiet" onClick={run.cancel}>
                {t("jobs.end")}
              </Button>
            )}
          </div>
        </div>
      )}
      {!open && job?.state === "cancelled" && (
        <div className="actions" role="status">
          <span>{t("job.cancelled")}</span>
          <Button kind="plain" onClick={run.again}>
            {t("try_again")}
          </Button>
        </div>
      )}
      <Trouble trouble={trouble} again={run.again} />
    </>
  );
}
