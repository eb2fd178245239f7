// The small parts that all pages are made of.
import { useEffect, useId, useRef, type ButtonHTMLAttributes, type ReactNode } from "react";
import { Link } from "../base/router";
import { useLanguage } from "../base/i18n";

interface PageProps {
  title: string;
  lead?: ReactNode;
  back?: { to: string; text: string };
  /** For pages at a desk, which hold tables. */
  desk?: boolean;
  children: ReactNode;
}

export function Page({ title, lead, back, desk, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div className={desk ? "page page-desk" : "page"}>
      {back && (
        <Link to={back.to} className="back">
          <span aria-hidden="true">‹</span> {back.text}
        </Link>
      )}
      <h1 ref={heading}>{title}</h1>
      {lead !== undefined && <p className="lead">{lead}</p>}
      {children}
    </div>
  );
}

export function Card({ title, children, tone, id }: { title?: ReactNode; children: ReactNode; tone?: "calm" | "warn"; id?: string }) {
  return (
    <section className={`card${tone ? ` card-${tone}` : ""}`} id={id}>
      {title !== undefined && <h2>{title}</h2>}
      {children}
    </section>
  );
}

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { kind?: "main" | "plain" | "quiet" | "alarm"; busy?: boolean };

export function Button({ kind = "main", busy = false, className, children, type = "button", ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} className={`button button-${kind} ${className ?? ""}`} disabled={rest.disabled === true || busy} aria-busy={busy || undefined}>
      {busy && <span className="spin" aria-hidden="true" />}
      {children}
    </button>
  );
}

export function ButtonLink({ to, kind = "main", children }: { to: string; kind?: "main" | "plain" | "quiet" | "alarm"; children: ReactNode }) {
  return (
    <Link to={to} className={`button button-${kind}`}>
      {children}
    </Link>
  );
}

export type Tone = "good" | "warn" | "bad" | "none";

/** A state: colour, a sign and a word, so that colour alone never tells it. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  const sign = { good: "✓", warn: "!", bad: "×", none: "·" }[tone];
  return (
    <span className={`badge badge-${tone}`}>
      <span aria-hidden="true">{sign}</span> {children}
    </span>
  );
}

export function Waiting() {
  const { t } = useLanguage();
  return (
    <div className="waiting" role="status">
      <span className="spin" aria-hidden="true" /> {t("loading")}
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children}
    </div>
  );
}

export interface Row {
  name: ReactNode;
  value: ReactNode;
}

export function Rows({ rows }: { rows: Row[] }) {
  return (
    <dl className="rows">
      {rows.map((row, at) => (
        <div key={at}>
          <dt>{row.name}</dt>
          <dd>{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Why({ children }: { children: ReactNode }) {
  const { t } = useLanguage();
  return (
    <details className="why">
      <summary>{t("why_we_ask")}</summary>
      <p>{children}</p>
    </details>
  );
}

export interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  why?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  name: string;
  children: (given: { id: string; "aria-describedby": string | undefined; "aria-invalid": boolean | undefined; name: string }) => ReactNode;
}

/** A question: its label, what it means, why it is asked, and what is wrong with the answer. */
export function Field({ label, hint, why, error, optional, name, children }: FieldProps) {
  const { t } = useLanguage();
  const id = useId();
  const described = [hint !== undefined ? `${id}-hint` : "", error ? `${id}-error` : ""].filter((each) => each !== "").join(" ");
  return (
    <div className={`field${error ? " field-wrong" : ""}`} data-field={name}>
      <label htmlFor={id}>
        {label}
        {optional && <span className="optional">{t("optional")}</span>}
      </label>
      {children({ id, name, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="wrong" id={`${id}-error`}>
          {error}
        </p>
      )}
      {why !== undefined && <Why>{why}</Why>}
    </div>
  );
}
