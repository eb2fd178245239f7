// One order of a vendor: the light of each product, its evidence and the times without any; below, the validator.
import { useReply as useOpenReply } from "../api/use_reply";
import { house_now } from "../base/clock";
import { day_text, moment_text } from "../base/days";
import type { Key } from "../locales/zh";
import { light_of, LIGHT_TEXT, type Line, type Observation, type Order } from "../protect/light";
import { share_text } from "../quote/fact_text";
import { Badge, Card, Page, Rows, Waiting } from "../ui/parts";
import { Trouble } from "../ui/trouble";
import { useReply } from "./api";
import type { DeskPageProps } from "./desk";
import { gaps_of } from "./evidence";
import { useDesk } from "./language";
import { DataTable } from "./table";
import { Validator } from "./validator";

export default function DeliveryPage({ id, may }: DeskPageProps) {
  const { t, lang, word } = useDesk();
  const order = useReply("order_show", { order: id });
  const orders = useReply("order_list", { limit: 1000 });
  const packages = useOpenReply("package_list", { limit: 1000 });
  const back = { to: "desk/deliveries", text: t("desk.deliveries") };
  if (order.error) {
    return (
      <Page title={t("desk.deliveries")} back={back} desk>
        <Trouble trouble={order.error} again={order.again} />
      </Page>
    );
  }
  if (!order.data) return <Waiting />;
  const shown = order.data;
  const company = orders.data?.items.find((each) => each.id === id)?.company ?? shown.enterprise;
  const name = packages.data?.items.find((each) => each.id === shown.package)?.[lang] ?? shown.package;
  return (
    <Page title={company} lead={<span className="number">{`${name} · ${id}`}</span>} back={back} desk>
      <Lights order={shown} />
      {may.has("observe") && <Validator order={shown} done={order.again} />}
      <Gaps order={shown} />
      <Card title={t("delivery.order")}>
        <Rows
          rows={[
            { name: t("column.state"), value: word("order_state", shown.state) },
            { name: t("order.period"), value: t("orders.period", { from: day_text(shown.from, lang), until: day_text(shown.until, lang) }) },
            { name: t("delivery.devices"), value: String(shown.endpoints) },
            { name: t("delivery.proven"), value: shown.proven_controls.length === 0 ? "—" : shown.proven_controls.map((each) => `${each} ${word("control_do", each)}`).join(t("desk.comma")) },
          ]}
        />
      </Card>
      <Delivered order={shown} />
    </Page>
  );
}

function Lights({ order }: { order: Order }) {
  const { t, lang, word } = useDesk();
  const now = house_now();
  const light = (line: Line) => light_of(order, line, now);
  const age = (line: Line) => {
    const { latest, age_days } = light(line);
    if (!latest || age_days === undefined) return t("order.evidence_none");
    return age_days < 0 ? t("facts.ahead") : age_days === 0 ? t("order.evidence_today") : t("order.evidence_days", { count: age_days });
  };
  return (
    <Card title={t("delivery.lights")}>
      <DataTable
        plain
        name={t("delivery.lights")}
        rows={order.lines}
        id={(line) => line.product}
        empty={t("none_yet")}
        columns={[
          { name: "product", title: t("delivery.product"), text: (line) => t(`category.${line.category}` as Key), long: true },
          { name: "light", title: t("delivery.light"), text: (line) => t(LIGHT_TEXT[light(line).tone]), cell: (line) => <Badge tone={light(line).tone}>{t(LIGHT_TEXT[light(line).tone])}</Badge> },
          {
            name: "age",
            title: t("delivery.age"),
            text: age,
            cell: (line) => {
              const { latest } = light(line);
              return (
                <>
                  {age(line)}
                  {latest && <span className="soft small block">{moment_text(latest.until, lang)}</span>}
                </>
              );
            },
          },
          { name: "seen", title: t("delivery.seen"), text: (line) => (light(line).latest ? `${light(line).latest?.seen} / ${light(line).latest?.of}` : "—"), end: true },
          { name: "rule", title: t("delivery.rule"), text: (line) => t("delivery.rule_text", { share: share_text(line.seen_min), devices: line.devices, days: line.signal_days_max }) },
          { name: "format", title: t("delivery.format"), text: (line) => word("signal_format", line.format) },
          { name: "proves", title: t("delivery.proves"), text: (line) => line.proofs.map((proof) => `${proof.control} ${word("control_do", proof.control)}`).join(t("desk.comma")), long: true },
        ]}
      />
    </Card>
  );
}

function Gaps({ order }: { order: Order }) {
  const { t, lang } = useDesk();
  const now = house_now();
  const rows = order.lines.flatMap((line) => gaps_of(order, line, now).map((gap) => ({ line, gap })));
  const moment = (value: number) => moment_text(new Date(value).toISOString(), lang);
  return (
    <Card title={t("gaps.title")}>
      <p className="soft">{t("gaps.text")}</p>
      <DataTable
        plain
        name={t("gaps.title")}
        rows={rows}
        id={({ line, gap }) => `${line.product} ${gap.from}`}
        empty={t("gaps.none")}
        columns={[
          { name: "product", title: t("delivery.product"), text: ({ line }) => t(`category.${line.category}` as Key), long: true },
          { name: "from", title: t("gaps.from"), text: ({ gap }) => moment(gap.from) },
          { name: "until", title: t("gaps.until"), text: ({ gap }) => (gap.until === now ? t("gaps.now") : moment(gap.until)) },
        ]}
      />
    </Card>
  );
}

function Delivered({ order }: { order: Order }) {
  const { t, lang, word } = useDesk();
  const category = (each: Observation) => {
    const line = order.lines.find((one) => one.product === each.product);
    return line ? t(`category.${line.category}` as Key) : each.product;
  };
  return (
    <Card title={t("delivered.title")}>
      <DataTable
        plain
        name={t("delivered.title")}
        rows={[...order.observations].reverse()}
        id={(each) => each.id}
        empty={t("delivered.none")}
        columns={[
          { name: "id", title: t("column.id"), text: (each) => each.id },
          { name: "product", title: t("delivery.product"), text: category },
          { name: "from", title: t("delivered.from"), text: (each) => moment_text(each.from, lang) },
          { name: "until", title: t("delivered.until"), text: (each) => moment_text(each.until, lang) },
          { name: "seen", title: t("delivery.seen"), text: (each) => `${each.seen} / ${each.of}`, end: true },
          { name: "lines", title: t("delivered.lines"), text: (each) => String(each.lines), end: true },
          { name: "refused", title: t("delivered.refused"), text: (each) => String(each.refused), end: true },
          { name: "alerts", title: t("delivered.alerts"), text: (each) => String(each.alerts), end: true },
          { name: "format", title: t("delivery.format"), text: (each) => word("signal_format", each.format) },
          { name: "digest", title: t("delivered.digest"), text: (each) => each.source.slice(0, 12), cell: (each) => <span className="mono soft">{each.source.slice(0, 12)}…</span> },
        ]}
      />
    </Card>
  );
}
