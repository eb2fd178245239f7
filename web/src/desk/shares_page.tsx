// The links that were shared: what each shows, until when, who looked, and the end of one.
import { useState } from "react";
import type { ApiError } from "../api/client";
import { day_text, moment_text } from "../base/days";
import { Badge, Button, Card, Field, Page } from "../ui/parts";
import { as_trouble, Trouble } from "../ui/trouble";
import { call, useCompanies, useReply, type ReplyOf } from "./api";
import { useDesk } from "./language";
import { ShareLink } from "./share_link";
import { DataTable, type Cell } from "./table";

type Share = Extract<ReplyOf<"share_list">, { items: unknown[] }>["items"][number];
type View = ReplyOf<"share_views">["log"][number];

const TONE = { open: "good", expired: "none", revoked: "none" } as const;
const STATE = { open: "share.open", expired: "share.expired", revoked: "share.revoked" } as const;
const CLIENT = { wechat: "share.client_wechat", edge: "share.client_edge", firefox: "share.client_firefox", chrome: "share.client_chrome", safari: "share.client_safari", other: "share.client_other" } as const;

export default function SharesPage() {
  const { t, lang } = useDesk();
  const reply = useReply("share_list", { limit: 1000 });
  const [log, set_log] = useState("");
  const [sure, set_sure] = useState("");
  const [trouble, set_trouble] = useState<ApiError | null>(null);

  async function revoke(share: Share) {
    set_trouble(null);
    try {
      await call("share_revoke", { link: share.id });
      set_sure("");
      reply.again();
    } catch (fault) {
      set_trouble(as_trouble(fault));
    }
  }

  const state = (share: Share) => t(STATE[share.state as keyof typeof STATE]);
  const columns: Cell<Share>[] = [
    { name: "label", title: t("share.label"), text: (share) => share.label || "—", long: true },
    { name: "of", title: t("share.of"), text: (share) => `${t(share.kind === "quote" ? "share.kind_quote" : "share.kind_comparison")} ${share.subject}` },
    { name: "state", title: t("column.state"), text: state, cell: (share) => <Badge tone={TONE[share.state as keyof typeof TONE]}>{state(share)}</Badge> },
    { name: "made", title: t("share.made"), text: (share) => moment_text(share.made, lang), order: (share) => share.made },
    { name: "expires", title: t("share.expires"), text: (share) => moment_text(share.expires, lang), order: (share) => share.expires },
    { name: "stands", title: t("share.stands_until"), text: (share) => (share.stands_until ? day_text(share.stands_until, lang) : "—"), order: (share) => share.stands_until ?? "" },
    {
      name: "views",
      title: t("share.views"),
      text: (share) => String(share.views),
      end: true,
      cell: (share) => (
        <Button kind="quiet" onClick={() => set_log(share.id)}>
          {t("share.seen", { count: share.views })}
        </Button>
      ),
    },
    {
      name: "end",
      title: t("share.revoke"),
      text: () => "",
      cell: (share) =>
        share.state === "open" &&
        (sure === share.id ? (
          <Button kind="alarm" onClick={() => void revoke(share)}>
            {t("share.revoke_sure")}
          </Button>
        ) : (
          <Button kind="quiet" onClick={() => set_sure(share.id)}>
            {t("share.revoke")}
          </Button>
        )),
    },
  ];
  return (
    <Page title={t("desk.shares")} lead={t("desk.shares_about")} desk>
      <Trouble trouble={trouble} />
      <DataTable name={t("desk.shares")} columns={columns} id={(share) => share.id} rows={reply.data?.items} error={reply.error} again={reply.again} empty={t("share.none")} />
      {log !== "" && <Log key={log} share={log} />}
      <NewShare made={reply.again} />
    </Page>
  );
}

/** Of a quote that still stands; a comparison is shared where it is made. */
function NewShare({ made }: { made: () => void }) {
  const { t, lang } = useDesk();
  const quotes = useReply("quote_list", { limit: 1000 });
  const company = useCompanies();
  const [quote, set_quote] = useState("");
  const rows = (quotes.data?.items ?? []).filter((each) => each.state === "issued" || each.state === "approved").reverse();
  return (
    <Card title={t("share.new")}>
      <Field name="quote" label={t("share.of")} hint={t("share.of_hint")}>
        {(given) => (
          <select {...given} value={quote} onChange={(event) => set_quote(event.target.value)}>
            <option value="">{t("share.choose")}</option>
            {rows.map((each) => (
              <option key={each.id} value={each.id}>
                {`${each.id} · ${company(each.enterprise)} · ${day_text(each.from, lang)}`}
              </option>
            ))}
          </select>
        )}
      </Field>
      {quote !== "" && <ShareLink key={quote} of={{ quote }} made={made} />}
    </Card>
  );
}

function Log({ share }: { share: string }) {
  const { t, lang } = useDesk();
  const views = useReply("share_views", { link: share });
  const client = (view: View) => {
    const named = t(CLIENT[view.client as keyof typeof CLIENT]);
    return view.phone ? t("share.on_phone", { client: named }) : named;
  };
  return (
    <Card title={t("share.log", { id: share })}>
      <DataTable
        plain
        name={t("share.log", { id: share })}
        rows={views.data?.log.map((each, at) => ({ ...each, at_row: at }))}
        error={views.error}
        again={views.again}
        id={(view) => String(view.at_row)}
        empty={t("share.not_seen")}
        columns={[
          { name: "at", title: t("share.at"), text: (view) => moment_text(view.at, lang) },
          { name: "client", title: t("share.client"), text: client },
        ]}
      />
    </Card>
  );
}
