// The subsidy office: a budget, the policies that ask for a part of it, and one of them with its decision.
import { useState, type FormEvent } from "react";
import { day_text } from "../base/days";
import { amount_read, grouped, money_text, typed_amount, type Money } from "../base/money";
import { Link } from "../base/router";
import { POLICY_TONE } from "../quote/company_page";
import { focus_wrong_soon } from "../ui/focus";
import { Badge, Button, Card, Field, Page, Rows, Waiting, type Tone } from "../ui/parts";
import { Trouble, trouble_at } from "../ui/trouble";
import type { DeskKey } from "../locales/desk_zh";
import { call, usePages, useReply, type ReplyOf, type RowOf } from "./api";
import type { DeskPageProps } from "./desk";
import { useDesk, type DeskLanguage } from "./language";
import { ReasonForm } from "./reason_form";
import { LeftBefore, SchemeCard } from "./scheme_card";
import { DataTable, type Cell } from "./table";
import { use_sending } from "./use_sending";

const ALL = {};

type Stand = { scheme: string; state: string; amount: Money; day: string | null; reason: string };

/** How the subsidy of a policy stands; null: no scheme pays for it. */
function stand_of(row: RowOf<"policy_list">): Stand | null {
  return row.subsidy as Stand | null;
}

const STAND_TONE: Record<string, Tone> = { open: "warn", granted: "good", refused: "bad", over: "none" };

function state_text(t: DeskLanguage["t"], stand: Stand | null): string {
  return stand ? t(`subsidy_state.${stand.state}` as DeskKey) : "—";
}

function SubsidyState({ stand }: { stand: Stand | null }) {
  const { t, lang } = useDesk();
  if (!stand) return <>—</>;
  return (
    <>
      <Badge tone={STAND_TONE[stand.state] ?? "none"}>{state_text(t, stand)}</Badge>
      {stand.day && <span className="soft small block">{day_text(stand.day, lang)}</span>}
    </>
  );
}

export default function SubsidyPage() {
  const { t, lang, word } = useDesk();
  const policies = usePages("policy_list", ALL);
  const columns: Cell<RowOf<"policy_list">>[] = [
    { name: "number", title: t("sales.policy"), text: (row) => row.number, cell: (row) => <Link to={`desk/subsidy/${row.id}`}>{row.number}</Link> },
    { name: "company", title: t("column.company"), text: (row) => row.company },
    { name: "product", title: t("column.product"), text: (row) => row.product },
    { name: "from", title: t("quotes.from"), text: (row) => day_text(row.from, lang), order: (row) => row.from },
    { name: "state", title: t("column.state"), text: (row) => word("policy_state", row.state), cell: (row) => <Badge tone={POLICY_TONE[row.state] ?? "none"}>{word("policy_state", row.state)}</Badge> },
    { name: "premium", title: t("quotes.premium"), text: (row) => money_text(row.premium), order: (row) => row.premium.amount, end: true },
    { name: "subsidy", title: t("subsidy.state"), text: (row) => state_text(t, stand_of(row)), cell: (row) => <SubsidyState stand={stand_of(row)} /> },
    { name: "part", title: t("subsidy.part"), text: (row) => (stand_of(row) ? money_text(stand_of(row)!.amount) : "—"), order: (row) => stand_of(row)?.amount.amount ?? 0, end: true },
  ];
  return (
    <Page title={t("desk.subsidy")} lead={t("desk.subsidy_about")} desk>
      <DataTable name={t("desk.subsidy")} columns={columns} id={(row) => row.id} {...policies} empty={t("subsidy.none")} />
      <Schemes />
      <Budget />
    </Page>
  );
}

function Schemes() {
  const schemes = useReply("instrument_list", {});
  const known = schemes.data?.items.filter((each) => each.kind === "premium_subsidy") ?? [];
  return known.map((each) => <SchemeCard key={each.id} scheme={each.id} />);
}

/** A budget is money: the amount is read back before it is granted, and one key makes two presses one budget. */
function Budget() {
  const { t, lang, word } = useDesk();
  const schemes = useReply("instrument_list", {});
  const known = schemes.data?.items.filter((each) => each.kind === "premium_subsidy") ?? [];
  const [chosen, set_chosen] = useState("");
  const [amount, set_amount] = useState("");
  const [tried, set_tried] = useState(false);
  const [sure, set_sure] = useState(false);
  const [granted, set_granted] = useState("");
  const { busy, trouble, send } = use_sending();
  const scheme = chosen === "" ? (known[0]?.id ?? "") : chosen;
  const typed = typed_amount(amount);
  const said = typed ? `¥${grouped(typed.slice(0, -3))}${typed.slice(-3)}` : "";
  const wrong = tried && !typed ? t("price.not_amount") : trouble_at(trouble, "amount");

  async function submit(event: FormEvent) {
    event.preventDefault();
    set_tried(true);
    set_granted("");
    if (!typed) return focus_wrong_soon();
    if (!sure) return set_sure(true);
    await send(async (key) => {
      await call("subsidy_budget", { scheme, amount: typed }, { key });
      set_granted(said);
      set_amount("");
      set_tried(false);
      set_sure(false);
    });
  }

  return (
    <Card title={t("budget.title")}>
      <p className="soft">{t("budget.text")}</p>
      <form className="form" noValidate onSubmit={(event) => void submit(event)}>
        <Field name="scheme" label={t("budget.scheme")} error={trouble_at(trouble, "scheme")}>
          {(given) => (
            <select {...given} value={scheme} onChange={(event) => set_chosen(event.target.value)}>
              {known.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name} · {each.grantor} · {word("instrument_kind", each.kind)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field name="amount" label={t("budget.amount")} hint={amount_read(amount, lang) || undefined} error={wrong}>
          {(given) => (
            <div className="with-unit narrow">
              <input
                {...given}
                inputMode="decimal"
                autoComplete="off"
                value={amount}
                onChange={(event) => {
                  set_amount(event.target.value);
                  set_sure(false);
                }}
              />
              <span>{t("price.yuan")}</span>
            </div>
          )}
        </Field>
        <Trouble trouble={trouble} />
        <div className="actions">
          <Button type="submit" busy={busy}>
            {sure ? t("budget.sure", { amount: said }) : t("budget.submit")}
          </Button>
        </div>
        <p role="status" className="hint-good">
          {granted === "" ? "" : t("budget.granted", { amount: granted })}
        </p>
      </form>
    </Card>
  );
}

type Borne = ReplyOf<"instrument_show">;

export function SubsidyPolicyPage({ id }: DeskPageProps) {
  const { t, lang, word } = useDesk();
  const policy = useReply("policy_show", { policy: id });
  const borne = useReply("instrument_show", { policy: id });
  const back = { to: "desk/subsidy", text: t("desk.subsidy") };
  const trouble = policy.error ?? borne.error;
  if (trouble) {
    return (
      <Page title={t("desk.subsidy")} back={back} desk>
        <Trouble trouble={trouble} again={policy.again} />
      </Page>
    );
  }
  if (!policy.data || !borne.data) return <Waiting />;
  const shown = policy.data;
  const stand = shown.subsidy as Stand | null;
  const again = () => {
    policy.again();
    borne.again();
  };
  const lead = t("policies.from_until", { from: day_text(shown.from, lang), until: day_text(shown.until, lang) });
  return (
    <Page title={t("policy.title", { number: shown.number })} lead={lead} back={back} desk>
      <div className="desk-two">
        <Card title={t("subsidy.borne")}>
          <Rows
            rows={[
              { name: t("column.company"), value: shown.enterprise },
              { name: t("column.state"), value: <Badge tone={POLICY_TONE[shown.state] ?? "none"}>{word("policy_state", shown.state)}</Badge> },
              { name: t("quotes.premium"), value: money_text(shown.premium) },
              { name: t("subsidy.kept"), value: money_text(borne.data.kept) },
              { name: t("subsidy.customer"), value: money_text(borne.data.customer) },
              { name: t("subsidy.part"), value: money_text(borne.data.subsidy) },
              { name: t("subsidy.paid"), value: money_text(shown.government_paid) },
            ]}
          />
        </Card>
        <Decision policy={id} scheme={shown.scheme} stand={stand} done={again} />
      </div>
      <Instruments borne={borne.data} done={again} />
    </Page>
  );
}

/** One that stands is shown with its day and reason; one that is open is tried out, with what is left of the budget before it. */
function Decision({ policy, scheme, stand, done }: { policy: string; scheme: string; stand: Stand | null; done: () => void }) {
  const { t, lang } = useDesk();
  const open = stand === null || stand.state === "open";
  const tried = useReply("subsidy_decide", open ? { policy, "Anlan-Dry-Run": "true" } : null);
  const would = tried.data as { events?: { amount?: Money }[] } | undefined;
  const amount = open ? would?.events?.[0]?.amount : undefined;
  return (
    <Card title={t("subsidy.decision")} {...(amount ? { tone: "calm" as const } : {})}>
      {!open && stand && (
        <Rows
          rows={[
            { name: t("subsidy.state"), value: <Badge tone={STAND_TONE[stand.state] ?? "none"}>{state_text(t, stand)}</Badge> },
            { name: t("subsidy.part"), value: money_text(stand.amount) },
            { name: t("subsidy.day"), value: stand.day ? day_text(stand.day, lang) : "—" },
            ...(stand.reason === "" ? [] : [{ name: t("subsidy.why"), value: stand.reason }]),
          ]}
        />
      )}
      {open && (tried.error ? <Trouble trouble={tried.error} again={tried.again} /> : !tried.data && <Waiting />)}
      {amount && (
        <>
          {scheme !== "" && <LeftBefore scheme={scheme} />}
          <p>{t("subsidy.would", { amount: money_text(amount) })}</p>
          <ReasonForm
            name="refuse"
            yes={t("subsidy.grant", { amount: money_text(amount) })}
            no={t("subsidy.refuse")}
            send={(refuse, key) => call("subsidy_decide", { policy, refuse }, { key })}
            done={() => {
              tried.again();
              done();
            }}
          />
        </>
      )}
    </Card>
  );
}

function Instruments({ borne, done }: { borne: Borne; done: () => void }) {
  const { t, word } = useDesk();
  return (
    <>
      {borne.instruments.map((each) => (
        <Card key={each.id} title={`${each.id} · ${word("instrument_kind", each.terms.kind)}`}>
          <Rows
            rows={[
              { name: t("column.state"), value: word("instrument_state", each.state) },
              { name: t("subsidy.asked"), value: money_text(each.amount) },
              { name: t("subsidy.given"), value: money_text(each.given) },
            ]}
          />
          {each.state === "open" && (
            <ReasonForm name="refuse" yes={t("subsidy.grant", { amount: money_text(each.amount) })} no={t("subsidy.refuse")} send={(refuse, key) => call("instrument_decide", { application: each.id, refuse }, { key })} done={done} />
          )}
        </Card>
      ))}
    </>
  );
}
