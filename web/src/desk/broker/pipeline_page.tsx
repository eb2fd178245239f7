// The quotes by their state, side by side; each card says what comes next.
import { day_text } from "../../base/days";
import { money_text } from "../../base/money";
import { Link } from "../../base/router";
import { QUOTE_TONE } from "../../quote/company_page";
import { Badge, Button, Empty, Page, Waiting } from "../../ui/parts";
import { Trouble } from "../../ui/trouble";
import { usePages, type RowOf } from "../api";
import type { DeskPageProps } from "../desk";
import { place_of } from "../entries";
import { useDesk } from "../language";
import { useProducts } from "./parts";
import { Proposal } from "./proposal";
import "./broker.css";

type Row = RowOf<"quote_list">;
const ALL = {};
const PAGE = 1000;
const STATES = ["referred", "approved", "issued", "bound", "declined", "expired", "withdrawn"] as const;

/** Whoever holds these has a day to keep; a quote that was declined offers nothing. */
const RUNS_OUT = ["referred", "approved", "issued", "expired"];

export default function PipelinePage({ may }: DeskPageProps) {
  const { t, word } = useDesk();
  const quotes = usePages("quote_list", ALL, PAGE);
  if (quotes.error && !quotes.rows) {
    return (
      <Page title={t("desk.pipeline")} desk>
        <Trouble trouble={quotes.error} again={quotes.again} />
      </Page>
    );
  }
  if (!quotes.rows) return <Waiting />;
  const rows = quotes.rows;
  const states = STATES.map((state) => ({ state, rows: rows.filter((row) => row.state === state).sort((one, other) => one.valid_until.localeCompare(other.valid_until)) }));
  return (
    <Page title={t("desk.pipeline")} lead={t("desk.pipeline_about")} desk>
      {rows.length === 0 && <Empty title={t("quotes.none")} />}
      <div className="board" role="region" aria-label={t("desk.pipeline")} tabIndex={0}>
        {states
          .filter((each) => each.rows.length > 0)
          .map((each) => (
            <section key={each.state} className="board-column" aria-label={word("quote_state", each.state)}>
              <h2>
                <Badge tone={QUOTE_TONE[each.state] ?? "none"}>{word("quote_state", each.state)}</Badge> <span className="soft number">{each.rows.length}</span>
              </h2>
              <ul className="list">
                {each.rows.map((row) => (
                  <QuoteCard key={row.id} row={row} may={may} />
                ))}
              </ul>
            </section>
          ))}
      </div>
      {quotes.more && (
        <Button kind="plain" busy={quotes.busy} onClick={quotes.more}>
          {t("table.more")}
        </Button>
      )}
    </Page>
  );
}

/** Where the next step is done. */
function next_of(row: Row, may: Set<string>): { to: string; text: "board.next_bind" | "board.next_referred" | "board.next_bound" | "board.next_declined" | "board.next_again" } {
  const quote = place_of(row.id, may);
  if (row.state === "issued" || row.state === "approved") return { to: `quote/${row.id}`, text: "board.next_bind" };
  if (row.state === "referred") return { to: quote, text: "board.next_referred" };
  if (row.state === "bound") return { to: row.policy === null ? quote : `policy/${row.policy}`, text: "board.next_bound" };
  return row.state === "declined" ? { to: quote, text: "board.next_declined" } : { to: `company/${row.enterprise}/quote`, text: "board.next_again" };
}

function QuoteCard({ row, may }: { row: Row; may: Set<string> }) {
  const { t, lang } = useDesk();
  const { name } = useProducts();
  const next = next_of(row, may);
  return (
    <li className="card board-card">
      <p>
        <strong>{row.company}</strong>
        <span className="block soft small">
          {name(row.product)} · {row.id}
        </span>
      </p>
      <p className="number">
        {row.premium ? money_text(row.premium) : "—"}
        <span className="block soft small">{t("board.from", { day: day_text(row.from, lang) })}</span>
        {RUNS_OUT.includes(row.state) && <span className="block soft small">{t("board.until", { day: day_text(row.valid_until, lang) })}</span>}
      </p>
      <div className="actions">
        <Link to={next.to}>
          {t(next.text)}
          <span className="hidden"> {row.id}</span>
        </Link>
        {may.has("print") && (row.state === "issued" || row.state === "approved") && <Proposal quote={row.id} />}
      </div>
    </li>
  );
}
