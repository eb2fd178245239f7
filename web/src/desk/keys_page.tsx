// The API keys of this account: which there are, when they were used, a new one shown once, and the end of one.
import { useState, type FormEvent } from "react";
import { ApiError } from "../api/client";
import { useSession } from "../api/session";
import { moment_text } from "../base/days";
import { focus_wrong_soon } from "../ui/focus";
import { Badge, Button, Card, Field, Page } from "../ui/parts";
import { as_trouble, Trouble, trouble_at } from "../ui/trouble";
import { call, useReply } from "./api";
import { useDesk } from "./language";
import { DataTable, type Cell } from "./table";
import { use_sending } from "./use_sending";

// The description does not say what a key looks like.
interface Key {
  id: string;
  name: string;
  kind: string;
  scope: string;
  house: string;
  actor: string;
  shown: string;
  created: string;
  expires: string | null;
  revoked: string | null;
  used: string | null;
}

export default function KeysPage() {
  const { t, lang } = useDesk();
  const reply = useReply("account_key_list", {});
  const rows = (reply.data as { items?: Key[] } | undefined)?.items;
  const [sure, set_sure] = useState("");
  const [trouble, set_trouble] = useState<ApiError | null>(null);

  async function revoke(key: string) {
    set_trouble(null);
    try {
      await call("account_key_revoke", { key });
      set_sure("");
      reply.again();
    } catch (fault) {
      set_trouble(as_trouble(fault));
    }
  }

  const moment = (value: string | null) => (value ? moment_text(value, lang) : "—");
  const columns: Cell<Key>[] = [
    { name: "name", title: t("keys.name"), text: (key) => key.name },
    { name: "shown", title: t("keys.shown"), text: (key) => key.shown, cell: (key) => <span className="mono">{key.shown}…</span> },
    { name: "actor", title: t("keys.actor"), text: (key) => `${key.actor} · ${key.house}` },
    { name: "scope", title: t("keys.scope"), text: (key) => t(key.scope === "write" ? "keys.write" : "keys.read") },
    { name: "created", title: t("keys.created"), text: (key) => moment(key.created), order: (key) => key.created },
    { name: "used", title: t("keys.used"), text: (key) => moment(key.used), order: (key) => key.used ?? "" },
    {
      name: "state",
      title: t("column.state"),
      text: (key) => (key.revoked ? t("keys.revoked") : t("keys.valid")),
      cell: (key) => <Badge tone={key.revoked ? "none" : "good"}>{key.revoked ? t("keys.revoked") : t("keys.valid")}</Badge>,
    },
    {
      name: "end",
      title: t("keys.end"),
      text: () => "",
      cell: (key) =>
        !key.revoked &&
        (sure === key.id ? (
          <Button kind="alarm" onClick={() => void revoke(key.id)}>
            {t("keys.revoke_sure", { name: key.name })}
          </Button>
        ) : (
          <Button kind="quiet" onClick={() => set_sure(key.id)}>
            {t("keys.revoke", { name: key.name })}
          </Button>
        )),
    },
  ];
  return (
    <Page title={t("desk.keys")} lead={t("desk.keys_about")} desk>
      <Trouble trouble={trouble} />
      <DataTable name={t("desk.keys")} columns={columns} id={(key) => key.id} rows={rows} error={reply.error} again={reply.again} empty={t("keys.none")} />
      <NewKey made={reply.again} />
    </Page>
  );
}

function NewKey({ made }: { made: () => void }) {
  const { t } = useDesk();
  const { house, actor } = useSession();
  const [name, set_name] = useState("");
  const [scope, set_scope] = useState("read");
  const [tried, set_tried] = useState(false);
  const [token, set_token] = useState("");
  const { busy, trouble, send } = use_sending();

  async function submit(event: FormEvent) {
    event.preventDefault();
    set_tried(true);
    if (name.trim() === "") return focus_wrong_soon();
    await send(async (key) => {
      const reply = (await call("account_key_make", { name: name.trim(), house, actor, scope }, { key })) as { token?: string };
      set_token(reply.token ?? "");
      set_name("");
      set_tried(false);
      made();
    });
  }

  return (
    <Card title={t("keys.new")}>
      <form className="form" noValidate onSubmit={(event) => void submit(event)}>
        <Field name="name" label={t("keys.name")} hint={t("keys.name_hint")} error={tried && name.trim() === "" ? t("price.must") : trouble_at(trouble, "name")}>
          {(given) => <input {...given} className="narrow" autoComplete="off" value={name} onChange={(event) => set_name(event.target.value)} />}
        </Field>
        <fieldset className="pills">
          <legend className="legend">{t("keys.scope")}</legend>
          <div>
            {(["read", "write"] as const).map((each) => (
              <label className="pill" key={each}>
                <input type="radio" name="scope" checked={scope === each} onChange={() => set_scope(each)} />
                <span>{t(`keys.${each}`)}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <p className="hint">{t("keys.acts_as", { actor, house })}</p>
        <Trouble trouble={trouble} />
        <div className="actions">
          <Button type="submit" busy={busy}>
            {t("keys.make")}
          </Button>
        </div>
      </form>
      <div role="status">
        {token !== "" && (
          <p className="note">
            {t("keys.once")}
            <br />
            <span className="mono">{token}</span>
          </p>
        )}
      </div>
    </Card>
  );
}
