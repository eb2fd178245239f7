// One incident of the library under several products: what each pays, by which steps, and which clause decides.
import { useEffect, useState, type FormEvent } from "react";
import { day_text } from "../../base/days";
import { money_text } from "../../base/money";
import { useRouter } from "../../base/router";
import { focus_wrong_soon } from "../../ui/focus";
import { Button, Card, Field, Page, Rows, Waiting } from "../../ui/parts";
import { Trouble } from "../../ui/trouble";
import { useReply, type ReplyOf } from "../api";
import { useDesk } from "../language";
import { DataTable } from "../table";
import { DecidingStep, type Deciding } from "./paid_table";
import { list_of, PRODUCTS_MIN, ProductsField, Running, useNames, useProducts } from "./parts";
import { useRun } from "./use_run";

export default function IncidentPage() {
  const { t } = useDesk();
  const { place } = useRouter();
  const { all, error, again } = useProducts();
  const script = place.query.get("script") ?? "";
  const products = list_of(place.query.get("products"));
  const wordings = [...new Set(products.map((id) => all.find((each) => each.id === id)?.wording ?? ""))];
  const ready = script !== "" && products.length >= PRODUCTS_MIN && !wordings.includes("");
  const run = useRun("wording_compare", ready ? { wordings: wordings.join(","), script } : null);
  const unknown = all.length > 0 && script !== "" && wordings.includes("");
  return (
    <Page title={t("desk.same_incident")} lead={t("incident_test.lead")} desk>
      <Choice script={script} products={products} />
      <Trouble trouble={error} again={again} />
      {unknown && <p className="note">{t("broker.unknown_product")}</p>}
      {script !== "" && <Story script={script} />}
      <Running run={run} what={t("incident_test.running")} />
      {run.reply && <Paid reply={run.reply} script={script} />}
    </Page>
  );
}

function Choice({ script, products }: { script: string; products: string[] }) {
  const { t, lang } = useDesk();
  const { go } = useRouter();
  const named = useNames();
  const library = useReply("incident_library", {});
  const [incident, set_incident] = useState(script);
  const [chosen, set_chosen] = useState(products);
  const [tried, set_tried] = useState(false);
  const few = chosen.length < PRODUCTS_MIN;
  const asked = products.join();
  useEffect(() => {
    set_incident(script);
    set_chosen(list_of(asked));
  }, [script, asked]);
  const perils = [...new Set((library.data ?? []).map((each) => each.peril))];
  function submit(event: FormEvent) {
    event.preventDefault();
    set_tried(true);
    if (incident === "" || few) return focus_wrong_soon();
    go(`desk/same-incident?script=${encodeURIComponent(incident)}&products=${chosen.join(",")}`);
  }
  return (
    <Card>
      <form className="form" noValidate onSubmit={submit}>
        <Field name="script" label={t("incident_test.incident")} hint={t("incident_test.incident_hint", { count: library.data?.length ?? 0 })} error={tried && incident === "" ? t("price.must") : undefined}>
          {(given) => (
            <select {...given} value={incident} onChange={(event) => set_incident(event.target.value)}>
              <option value="">{t("broker.choose")}</option>
              {incident !== "" && !library.data && <option value={incident}>{incident}</option>}
              {perils.map((peril) => (
                <optgroup key={peril} label={named(peril)}>
                  {(library.data ?? [])
                    .filter((each) => each.peril === peril)
                    .map((each) => (
                      <option key={each.id} value={each.id}>
                        {each[lang]}
                      </option>
                    ))}
                </optgroup>
              ))}
            </select>
          )}
        </Field>
        <Trouble trouble={library.error} again={library.again} />
        <ProductsField value={chosen} change={set_chosen} error={tried && few ? t("broker.too_few", { min: PRODUCTS_MIN }) : undefined} />
        <div className="actions">
          <Button type="submit">{t("incident_test.submit")}</Button>
        </div>
      </form>
    </Card>
  );
}

function Story({ script }: { script: string }) {
  const { t, lang } = useDesk();
  const named = useNames();
  const reply = useReply("incident_script", { name: script });
  if (reply.error) return <Trouble trouble={reply.error} again={reply.again} />;
  if (!reply.data) return <Waiting />;
  const shown = reply.data;
  return (
    <Card title={shown[lang]}>
      <Rows
        rows={[
          { name: t("incident_test.kind"), value: named(shown.peril) },
          { name: t("incident_test.occurred"), value: day_text(shown.occurred, lang) },
          { name: t("incident_test.hours"), value: String(shown.hours) },
          { name: t("incident_test.stated"), value: money_text(shown.stated) },
          ...shown.losses.map((loss) => ({ name: named(loss.head), value: money_text(loss.amount) })),
        ]}
      />
      {shown.assumptions.length > 0 && <p className="soft small">{t("incident_test.assumed", { count: shown.assumptions.length })}</p>}
      {shown.sources.length > 0 && (
        <details className="more">
          <summary>{t("incident_test.sources", { count: shown.sources.length })}</summary>
          <ul className="plain">
            {shown.sources.map((source) => (
              <li key={source.title}>
                {source.publisher}: {source.title} ({source.date})
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}

function Paid({ reply, script }: { reply: ReplyOf<"wording_compare">; script: string }) {
  const { t } = useDesk();
  const { name } = useProducts();
  return (
    <>
      <DataTable
        plain
        name={t("incident_test.paid_name")}
        rows={reply.under}
        id={(row) => row.name}
        empty={t("compare.none")}
        columns={[
          { name: "product", title: t("column.product"), text: (row) => name(row.name), long: true },
          { name: "stated", title: t("incident_test.stated"), text: (row) => (row.stated ? money_text(row.stated) : "—"), end: true },
          { name: "paid", title: t("incident_test.paid"), text: (row) => (row.paid ? money_text(row.paid) : t("incident_test.not_played")), end: true },
          {
            name: "why",
            title: t("incident_test.why"),
            text: (row) => (row.deciding ? (row.deciding as Deciding).clause : ""),
            cell: (row) => (row.deciding ? <DecidingStep deciding={row.deciding as Deciding} wording={row.name} /> : <span className="soft">{t("incident_test.most")}</span>),
            long: true,
          },
        ]}
      />
      <p className="soft small">{t("incident_test.reads")}</p>
      {reply.under.map((each) => (
        <Steps key={each.name} wording={each.name} script={script} title={name(each.name)} />
      ))}
    </>
  );
}

/** Asked for when it is opened. */
function Steps({ wording, script, title }: { wording: string; script: string; title: string }) {
  const { t } = useDesk();
  const [open, set_open] = useState(false);
  const played = useReply("wording_play", open ? { wording, script } : null);
  return (
    <Card>
      <details className="more" onToggle={(event) => set_open(event.currentTarget.open)}>
        <summary>{t("incident_test.steps", { product: title })}</summary>
        {played.error && <Trouble trouble={played.error} again={played.again} />}
        {open && !played.data && !played.error && <Waiting />}
        {played.data && (
          <>
            <ol className="letter">
              {played.data.steps.map((step, at) => (
                <li key={at}>
                  <DecidingStep deciding={step} wording={wording} />
                </li>
              ))}
            </ol>
            <Rows
              rows={[
                { name: t("incident_test.stated"), value: money_text(played.data.stated) },
                { name: t("incident_test.paid"), value: <strong>{money_text(played.data.paid)}</strong> },
                { name: t("incident_test.left"), value: money_text(played.data.settlement.aggregate_left) },
              ]}
            />
          </>
        )}
      </details>
    </Card>
  );
}
