// Two to five products side by side for one company: differences first, each cell with the words behind it.
import { useEffect, useState, type FormEvent } from "react";
import { money_text } from "../../base/money";
import { Link, useRouter } from "../../base/router";
import { useAnswer } from "../../api/use_reply";
import { focus_wrong_soon } from "../../ui/focus";
import { Badge, Button, Card, Page } from "../../ui/parts";
import { Trouble } from "../../ui/trouble";
import { call, useReply, type ReplyOf } from "../api";
import { ShareLink } from "../share_link";
import { useDesk } from "../language";
import { DataTable, type Cell } from "../table";
import { cover_rows, differing_first, price_rows, term_rows, type ComparedRow } from "./compared";
import { DecidingStep } from "./paid_table";
import { ClauseLink, CompanyField, list_of, ProductsField, PRODUCTS_MIN, Running, useNames, useProducts } from "./parts";
import { useRun } from "./use_run";

type Compared = ReplyOf<"compare">;

export default function ComparisonPage() {
  const { t } = useDesk();
  const { place } = useRouter();
  const enterprise = place.query.get("enterprise") ?? "";
  const products = list_of(place.query.get("products"));
  const ready = enterprise !== "" && products.length >= PRODUCTS_MIN;
  const run = useRun("compare", ready ? { enterprise, products: products.join(",") } : null);
  return (
    <Page title={t("desk.comparison")} lead={t("compare.lead")} desk>
      <Choice enterprise={enterprise} products={products} />
      <Running run={run} what={t("compare.running")} />
      {run.reply && <Compared compared={run.reply} products={products} />}
    </Page>
  );
}

function Choice({ enterprise, products }: { enterprise: string; products: string[] }) {
  const { t } = useDesk();
  const { go } = useRouter();
  const [company, set_company] = useState(enterprise);
  const [chosen, set_chosen] = useState(products);
  const [tried, set_tried] = useState(false);
  const few = chosen.length < PRODUCTS_MIN;
  const asked = products.join();
  // The form stays, and its focus with it; the way back in the browser changes what it says.
  useEffect(() => {
    set_company(enterprise);
    set_chosen(list_of(asked));
  }, [enterprise, asked]);
  function submit(event: FormEvent) {
    event.preventDefault();
    set_tried(true);
    if (company === "" || few) return focus_wrong_soon();
    go(`desk/comparison?enterprise=${company}&products=${chosen.join(",")}`);
  }
  return (
    <Card>
      <form className="form" noValidate onSubmit={submit}>
        <CompanyField value={company} change={set_company} error={tried && company === "" ? t("price.must") : undefined} />
        <ProductsField value={chosen} change={set_chosen} error={tried && few ? t("broker.too_few", { min: PRODUCTS_MIN }) : undefined} />
        <div className="actions">
          <Button type="submit">{t("compare.submit")}</Button>
        </div>
      </form>
    </Card>
  );
}

function useWordings(wordings: string[]) {
  return useAnswer(wordings.length === 0 ? "" : `wordings ${wordings.join()}`, (signal) => Promise.all(wordings.map((wording) => call("wording_show", { wording, clauses: true }, { signal }))));
}

function Compared({ compared, products }: { compared: Compared; products: string[] }) {
  const language = useDesk();
  const { t, word } = language;
  const { place, go } = useRouter();
  const { all, name } = useProducts();
  const named = useNames();
  const only = place.query.get("only") === "1";
  const own = products.map((id) => all.find((each) => each.id === id));
  const wordings = useWordings(own.every((each) => each !== undefined) ? own.map((each) => each.wording) : []);
  const say = { t, word };
  const rows = [
    ...price_rows(compared, (row) => t(`compare.row_${row}`), say),
    ...(wordings.data ? term_rows(wordings.data, own.map((each) => each?.premium.currency ?? "CNY"), (row) => t(`compare.row_${row}`), say) : []),
    ...cover_rows(compared, named, say),
  ];
  const shown = differing_first(rows, only);
  const columns: Cell<ComparedRow>[] = [
    {
      name: "what",
      title: t("compare.what"),
      text: (row) => row.name,
      long: true,
      cell: (row) => (
        <>
          {row.name}
          {row.differs && <Badge tone="warn">{t("compare.differs")}</Badge>}
        </>
      ),
    },
    ...products.map((product, at): Cell<ComparedRow> => ({
      name: product,
      title: name(product),
      text: (row) => row.said[at]?.text ?? "",
      long: true,
      cell: (row) => (
        <>
          <span className="block number">{row.said[at]?.text}</span>
          {(row.said[at]?.clauses ?? []).map((clause) => (
            <ClauseLink key={clause} wording={own[at]?.wording ?? product} clause={clause} />
          ))}
        </>
      ),
    })),
  ];
  function toggle() {
    const query = new URLSearchParams(place.query);
    if (only) query.delete("only");
    else query.set("only", "1");
    go(`${place.path}?${query.toString()}`, { replace: true });
  }
  return (
    <>
      <h2>{t("compare.for", { company: compared.company })}</h2>
      <label className="choice">
        <input type="checkbox" name="only" checked={only} onChange={toggle} />
        <span>{t("compare.only", { count: rows.length - differing_first(rows, true).length })}</span>
      </label>
      <Trouble trouble={wordings.error} again={wordings.again} />
      <DataTable name={t("desk.comparison")} columns={columns} id={(row) => row.id} rows={shown} empty={t("compare.none")} />
      <p className="soft small">{t("compare.simulated", { events: compared.simulated.events })}</p>
      <Incidents compared={compared} products={products} />
      <ShareLink of={{ enterprise: place.query.get("enterprise") ?? "", products: products.join(",") }} />
    </>
  );
}

/** The named incidents at the size of this company, and the simulated ones with the largest difference. */
function Incidents({ compared, products }: { compared: Compared; products: string[] }) {
  const { t, lang } = useDesk();
  const { all, name } = useProducts();
  const library = useReply("incident_library", {});
  const named = useNames();
  const title = (id: string) => library.data?.find((each) => each.id === id)?.[lang] ?? id;
  const wording = (product: string) => all.find((each) => each.id === product)?.wording ?? product;
  return (
    <>
      <Card title={t("compare.incidents")}>
        <p className="soft">{t("compare.incidents_text")}</p>
        {compared.incidents.length === 0 && <p>{t("compare.incidents_same")}</p>}
        {compared.incidents.map(({ at_company_size: each }) => (
          <section key={each.incident} className="broker-incident">
            <h3>
              <Link to={`desk/same-incident?script=${each.incident}&products=${products.join(",")}`}>{title(each.incident)}</Link> <span className="soft small">{named(each.peril)}</span>
            </h3>
            <ul className="broker-paid">
              {each.under.map((one) => (
                <li key={one.name}>
                  <span>{name(one.name)}</span>
                  <strong className="number">{one.paid ? money_text(one.paid) : t("incident_test.not_played")}</strong>
                  {one.deciding !== null && one.deciding !== undefined && (
                    <span className="small broker-why">
                      <DecidingStep deciding={one.deciding as Parameters<typeof DecidingStep>[0]["deciding"]} wording={wording(one.name)} />
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ))}
        {compared.unplayed > 0 && <p className="soft small">{t("compare.unplayed", { count: compared.unplayed })}</p>}
      </Card>
      {compared.contrasts.length > 0 && (
        <Card title={t("compare.contrasts")}>
          {compared.contrasts.map((each) => (
            <section key={`${each.peril} ${each.row}`} className="broker-incident">
              <h3>{named(each.peril)}</h3>
              <ul className="broker-paid">
                {each.paid.map((one) => (
                  <li key={one.name}>
                    <span>{name(one.name)}</span>
                    <strong className="number">{money_text(one.replayed)}</strong>
                    {one.name === each.least && each.deciding && (
                      <span className="small broker-why">
                        <DecidingStep deciding={each.deciding} wording={wording(each.least)} />
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </Card>
      )}
    </>
  );
}
