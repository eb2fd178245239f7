// The one shape of all errors, shown: what, the rule, what to do, the code to copy. Focus goes to the field, or here.
import { useEffect, useRef } from "react";
import { ApiError } from "../api/client";
import { useLanguage } from "../base/i18n";
import { focus_wrong } from "./focus";
import { Button } from "./parts";

export function as_trouble(fault: unknown): ApiError {
  return fault instanceof ApiError ? fault : new ApiError(0, { code: "fault", rule: String(fault) }, "");
}

/** The message for one field of a form, when the trouble is about it: "body.facts.revenue" is about "revenue". */
export function trouble_at(trouble: ApiError | null | undefined, field: string): string | undefined {
  if (!trouble || trouble.refused.path === "") return undefined;
  const words = trouble.refused.path.split(/[.[\]/]/).filter((word) => word !== "");
  return words.includes(field) || trouble.refused.path === field ? trouble.refused.rule : undefined;
}

interface TroubleProps {
  trouble: ApiError | null | undefined;
  again?: () => void;
  /** For what is tried out while somebody types: the keyboard stays where it is. */
  quiet?: boolean;
}

export function Trouble({ trouble, again, quiet = false }: TroubleProps) {
  const { t } = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (trouble && !quiet) focus_wrong(box.current);
  }, [trouble, quiet]);
  if (!trouble) return null;
  const { code, path, value, rule, fix } = trouble.refused;
  return (
    <div className="trouble" role="alert" tabIndex={-1} ref={box}>
      <p className="trouble-title">{trouble.unreached ? t("error.unreached") : trouble.status === 404 ? t("error.not_there") : t("error.title")}</p>
      <p>{trouble.unreached ? t("error.unreached_rule") : rule || t("error.no_rule")}</p>
      {fix !== "" && <p className="trouble-fix">{fix}</p>}
      {(path !== "" || code !== "") && (
        <details>
          <summary>{t("error.details")}</summary>
          <p className="mono">
            {[code, path, value, trouble.request].filter((each) => each !== "").join(" · ")}
          </p>
        </details>
      )}
      {again && (
        <Button kind="plain" onClick={again}>
          {t("try_again")}
        </Button>
      )}
    </div>
  );
}
