// Limits by retentions: what an insurer would pay, what stays, what it costs. Walked by the arrow keys.
import { useEffect, useState, type FormEvent } from "react";
import { useRouter } from "../../base/router";
import { focus_wrong_soon } from "../../ui/focus";
import { Button, Card, Field, Page } from "../../ui/parts";
import { useDesk } from "../language";
import { typed_amounts } from "./amounts";
import { OptionsGrid } from "./options_grid";
import { CompanyField, ProductField, Running } from "./parts";
import { useRun } from "./use_run";

const MANY = 8; // rows or columns

export default function OptionsPage() {
  const { t } = useDesk();
  const { place } = useRouter();
  const of = (name: string) => place.query.get(name) ?? "";
  const asked = { enterprise: of("enterprise"), product: of("product"), limit: typed_amounts(of("limit")).amounts, retention: typed_amounts(of("retention")).amounts };
  const ready = asked.enterprise !== "" && asked.product !== "";
  const request = ready ? asked : null;
  const grid = useRun("risk_grid", request);
  return (
    <Page title={t("desk.options")} lead={t("options.lead")} desk>
      <Choice query={place.query} />
      <Running run={grid} what={t("options.running")} />
      {grid.reply && request && <OptionsGrid cells={grid.reply} request={request} />}
    </Page>
  );
}

function read(asked: string) {
  const query = new URLSearchParams(asked);
  const of = (name: string) => query.get(name) ?? "";
  return { enterprise: of("enterprise"), product: of("product"), limit: of("limit"), retention: of("retention") };
}

function Choice({ query }: { query: URLSearchParams }) {
  const { t } = useDesk();
  const { go } = useRouter();
  const asked = query.toString();
  const [value, set_value] = useState(() => read(asked));
  useEffect(() => set_value(read(asked)), [asked]);
  const [tried, set_tried] = useState(false);
  const change = (part: Partial<typeof value>) => set_value({ ...value, ...part });
  const must = (text: string) => (tried && text === "" ? t("price.must") : undefined);
  const wrong_amounts = (text: string) => {
    const typed = typed_amounts(text);
    if (typed.wrong !== null) return t("options.wrong", { text: typed.wrong });
    return typed.amounts.length > MANY ? t("options.too_many", { most: MANY }) : undefined;
  };
  const wrong = { limit: wrong_amounts(value.limit), retention: wrong_amounts(value.retention) };
  function submit(event: FormEvent) {
    event.preventDefault();
    set_tried(true);
    if (value.enterprise === "" || value.product === "" || wrong.limit || wrong.retention) return focus_wrong_soon();
    const chosen = new URLSearchParams(Object.entries(value).filter(([, text]) => text.trim() !== ""));
    go(`desk/options?${chosen.toString()}`);
  }
  return (
    <Card>
      <form className="form" noValidate onSubmit={submit}>
        <div className="pair">
          <CompanyField value={value.enterprise} change={(enterprise) => change({ enterprise })} error={must(value.enterprise)} />
          <ProductField value={value.product} change={(product) => change({ product })} error={must(value.product)} />
        </div>
        <div className="pair">
          {(["limit", "retention"] as const).map((each) => (
            <Field key={each} name={each} optional label={t(`options.${each}s`)} hint={t("options.amounts_hint")} error={tried ? wrong[each] : undefined}>
              {(given) => <input {...given} inputMode="text" autoComplete="off" value={value[each]} onChange={(event) => change({ [each]: event.target.value })} />}
            </Field>
          ))}
        </div>
        <div className="actions">
          <Button type="submit">{t("options.submit")}</Button>
        </div>
      </form>
    </Card>
  );
}
