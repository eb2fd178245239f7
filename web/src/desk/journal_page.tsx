// The journal: every record in its order, with the digest that chains it to the one before, and one record in full.
import { useCallback, useEffect, useState } from "react";
import { ApiError } from "../api/client";
import { moment_text } from "../base/days";
import { Link } from "../base/router";
import { Card, Page, Rows, Waiting } from "../ui/parts";
import { as_trouble, Trouble } from "../ui/trouble";
import { call, useReply, type ReplyOf } from "./api";
import { HeadCard, VerifyCard } from "./chain_cards";
import type { DeskPageProps } from "./desk";
import { useDesk } from "./language";
import { DataTable, type Cell } from "./table";

type Kept = Extract<ReplyOf<"journal_show">, unknown[]>[number];
const PAGE = 200;

/** The journal is read from a record on, not by a cursor: after the last one that is here. */
function use_journal() {
  const [rows, set_rows] = useState<Kept[]>();
  const [busy, set_busy] = useState(false);
  const [end, set_end] = useState(false);
  const [error, set_error] = useState<ApiError>();
  const read = useCallback(async (before: Kept[]) => {
    set_busy(true);
    set_error(undefined);
    try {
      const from = (before[before.length - 1]?.seq ?? 0) + 1;
      const found = (await call("journal_show", { from: String(from), limit: String(PAGE) })) as Kept[];
      set_rows([...before, ...found]);
      set_end(found.length < PAGE);
    } catch (fault) {
      set_error(as_trouble(fault));
    } finally {
      set_busy(false);
    }
  }, []);
  useEffect(() => void read([]), [read]);
  return { rows, busy, error, again: () => void read([]), more: end ? null : () => void read(rows ?? []) };
}

export default function JournalPage({ may }: DeskPageProps) {
  const { t, lang, word } = useDesk();
  const journal = use_journal();
  const columns: Cell<Kept>[] = [
    { name: "seq", title: t("journal.seq"), text: (row) => String(row.seq), order: (row) => row.seq, cell: (row) => <Link to={`desk/journal/${row.seq}`}>{row.seq}</Link> },
    { name: "at", title: t("journal.at"), text: (row) => moment_text(row.at, lang), order: (row) => row.at },
    { name: "event", title: t("journal.event"), text: (row) => word("event", row.event) },
    { name: "by", title: t("journal.by"), text: (row) => row.by },
    { name: "chain", title: t("journal.chain"), text: (row) => row.chain, cell: (row) => <span className="mono">{row.chain.slice(0, 16)}…</span> },
  ];
  return (
    <Page title={t("desk.journal")} lead={t("desk.journal_about")} desk>
      {may.has("journal_verify") && (
        <div className="desk-two">
          <VerifyCard />
          <HeadCard />
        </div>
      )}
      <DataTable name={t("desk.journal")} columns={columns} id={(row) => String(row.seq)} {...journal} empty={t("journal.none")} />
    </Page>
  );
}

export function RecordPage({ id }: DeskPageProps) {
  const { t, lang, word } = useDesk();
  const reply = useReply("journal_show", { from: id, limit: "1" });
  const found = (reply.data as Kept[] | undefined)?.[0];
  const back = { to: "desk/journal", text: t("desk.journal") };
  if (reply.error) {
    return (
      <Page title={t("desk.journal")} back={back} desk>
        <Trouble trouble={reply.error} again={reply.again} />
      </Page>
    );
  }
  if (!reply.data) return <Waiting />;
  if (!found || String(found.seq) !== id) {
    return (
      <Page title={t("error.not_there")} back={back} desk>
        <p>{t("journal.not_there", { seq: id })}</p>
      </Page>
    );
  }
  const { seq, at, by, chain, event, ...body } = found;
  return (
    <Page title={t("journal.record", { seq, event: word("event", event) })} back={back} desk>
      <Card>
        <Rows
          rows={[
            { name: t("journal.at"), value: moment_text(at, lang) },
            { name: t("journal.by"), value: by },
            { name: t("journal.chain"), value: <span className="mono">{chain}</span> },
          ]}
        />
        <pre className="record" tabIndex={0} aria-label={t("journal.body")}>
          {JSON.stringify(body, null, 2)}
        </pre>
      </Card>
    </Page>
  );
}
