// The live validator: a log is pasted, tried out while it is typed, and told line by line; what it proves and what it would do to the
// light. Then a button records it.
import { useMemo, useState, type ChangeEvent } from "react";
import { forget_replies } from "../api/use_reply";
import { moment_text } from "../base/days";
import { useDraft } from "../base/store";
import type { Key } from "../locales/zh";
import { LIGHT_TEXT, tone_of, type Observation, type Order } from "../protect/light";
import { Badge, Button, Card, Field, Rows } from "../ui/parts";
import { as_trouble, Trouble, trouble_at } from "../ui/trouble";
import { call } from "./api";
import { HowLong } from "./how_long";
import { useDesk } from "./language";
import { file_of, MOST_LINES, rehearse, type Log, type ReadLine, type Rehearsed } from "./rehearse";
import { DataTable } from "./table";
import { useLatest } from "./use_latest";
import { use_sending } from "./use_sending";

const LARGEST = 256 * 1024; // bytes of a log that is read into the page

export function Validator({ order, done }: { order: Order; done: () => void }) {
  const { t, word } = useDesk();
  const { value: draft, change, clear } = useDraft(`observe.${order.id}`, { product: "", text: "" });
  const [too_large, set_too_large] = useState(false);
  const [recorded, set_recorded] = useState("");
  const product = draft.product === "" ? (order.lines[0]?.product ?? "") : draft.product;
  const line = order.lines.find((each) => each.product === product);
  const log = useMemo<Log | null>(() => (draft.text.trim() === "" ? null : { order: order.id, product, text: draft.text }), [order.id, product, draft.text]);
  const { since, answered, fault } = useLatest<Log, Rehearsed>(log, rehearse);
  const current = log !== null && answered?.of === log ? answered : null;
  const trouble = fault && fault.of === log ? as_trouble(fault.why) : (current?.answer.why ?? null);

  async function chosen(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    set_too_large(file !== undefined && file.size > LARGEST);
    if (file && file.size <= LARGEST) change({ text: await file.text() });
  }

  return (
    <Card title={t("validator.title")} id="validator">
      <p className="soft">{t("validator.text")}</p>
      <div className="desk-two">
        <div className="form">
          <Field name="product" label={t("delivery.product")} hint={line ? t("validator.takes", { format: word("signal_format", line.format) }) : undefined} error={trouble_at(trouble, "product")}>
            {(given) => (
              <select {...given} value={product} onChange={(event) => change({ product: event.target.value })}>
                {order.lines.map((each) => (
                  <option key={each.product} value={each.product}>
                    {t(`category.${each.category}` as Key)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field name="log" label={t("validator.log")} hint={t("validator.log_hint")} error={trouble_at(trouble, "log")}>
            {(given) => <textarea {...given} className="mono log" wrap="off" spellCheck={false} autoComplete="off" value={draft.text} onChange={(event) => change({ text: event.target.value })} />}
          </Field>
          <Field name="file" label={t("validator.file")} optional error={too_large ? t("validator.too_large") : undefined}>
            {(given) => <input {...given} type="file" accept=".log,.jsonl,.json,.txt" onClick={(event) => void (event.currentTarget.value = "")} onChange={(event) => void chosen(event)} />}
          </Field>
          <HowLong since={since} took={current?.took ?? null} />
          <Trouble trouble={trouble} quiet />
        </div>
        <div className="form">
          {current?.answer.whole && line && <Effect order={order} product={product} tried={current.answer} observation={current.answer.whole} />}
          {current?.answer.whole && (
            <Record
              key={draft.text}
              log={current.of}
              done={(id) => {
                set_recorded(id);
                clear();
                forget_replies();
                done();
              }}
            />
          )}
          <p role="status" className="hint-good">
            {recorded !== "" && draft.text === "" ? t("validator.recorded", { id: recorded }) : ""}
          </p>
        </div>
      </div>
      {current && current.answer.lines.length > 0 && <Lines lines={current.answer.lines} />}
    </Card>
  );
}

/** What it would change, as the service says: the light of this product before and after it. */
function Effect({ order, product, tried, observation }: { order: Order; product: string; tried: Rehearsed; observation: Observation }) {
  const { t, lang, word } = useDesk();
  const line = order.lines.find((each) => each.product === product);
  if (!line) return null;
  const before = tone_of(tried.before.find((each) => each.product === product)?.state);
  const after = tone_of(tried.after.find((each) => each.product === product)?.state);
  const alone = tried.alone.find((each) => each.product === product);
  const proves = alone !== undefined && alone.controls.length > 0;
  return (
    <>
      <h3>{t("validator.effect")}</h3>
      <Rows
        rows={[
          { name: t("validator.period"), value: `${moment_text(observation.from, lang)} – ${moment_text(observation.until, lang)}` },
          { name: t("delivery.seen"), value: `${observation.seen} / ${observation.of}` },
          { name: t("delivered.lines"), value: String(observation.lines) },
          { name: t("delivered.refused"), value: observation.refused === 0 ? "0" : <Badge tone="bad">{observation.refused}</Badge> },
          { name: t("delivered.alerts"), value: String(observation.alerts) },
          {
            name: t("delivery.light"),
            value: (
              <>
                <Badge tone={before}>{t(LIGHT_TEXT[before])}</Badge> → <Badge tone={after}>{t(LIGHT_TEXT[after])}</Badge>
              </>
            ),
          },
          { name: t(proves ? "validator.proves" : "validator.would_prove"), value: line.proofs.filter((proof) => !proves || alone.controls.includes(proof.control)).map((proof) => `${proof.control} ${word("control_do", proof.control)}`).join(t("desk.comma")) || "—" },
        ]}
      />
    </>
  );
}

function Lines({ lines }: { lines: ReadLine[] }) {
  const { t, lang } = useDesk();
  return (
    <>
      <h3>{t("validator.lines")}</h3>
      <p className="soft small">{t("validator.lines_text", { most: MOST_LINES })}</p>
      <DataTable
        plain
        name={t("validator.lines")}
        rows={lines}
        id={(each) => String(each.number)}
        empty={t("none_yet")}
        columns={[
          { name: "line", title: t("findings.line"), text: (each) => String(each.number) },
          { name: "read", title: t("validator.read"), text: (each) => t(each.read ? "validator.is_read" : "validator.not_read"), cell: (each) => <Badge tone={each.read ? "good" : "bad"}>{t(each.read ? "validator.is_read" : "validator.not_read")}</Badge> },
          { name: "at", title: t("journal.at"), text: (each) => (each.read ? moment_text(each.read.at, lang) : "—") },
          { name: "alert", title: t("delivered.alerts"), text: (each) => (each.read ? t(each.read.alert ? "yes" : "no") : "—") },
          {
            name: "why",
            title: t("validator.why"),
            text: (each) => (each.why ? `${each.why.field}: ${each.why.rule} ${each.why.fix}` : ""),
            cell: (each) =>
              each.why && (
                <>
                  <span className="mono small">{each.why.field}</span> {each.why.rule} <span className="soft block small">{each.why.fix}</span>
                </>
              ),
            long: true,
          },
          { name: "text", title: t("validator.line"), text: (each) => each.text.slice(0, 120), cell: (each) => <span className="mono soft">{each.text.slice(0, 120)}</span> },
        ]}
      />
    </>
  );
}

function Record({ log, done }: { log: Log; done: (id: string) => void }) {
  const { t } = useDesk();
  const [sure, set_sure] = useState(false);
  const { busy, trouble, send } = use_sending();
  const record = () =>
    send(async (key) => {
      const reply = await call("observe", { order: log.order, product: log.product, file: file_of(log.text) }, { key });
      done(reply.id);
    });
  return (
    <>
      <div className="actions">
        {sure ? (
          <>
            <Button busy={busy} onClick={() => void record()}>
              {t("validator.sure")}
            </Button>
            <Button kind="quiet" onClick={() => set_sure(false)}>
              {t("reason.not_yet")}
            </Button>
          </>
        ) : (
          <Button onClick={() => set_sure(true)}>{t("validator.record")}</Button>
        )}
      </div>
      <Trouble trouble={trouble} />
    </>
  );
}
