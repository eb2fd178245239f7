// What each measure would change for this company if it were in place: price, payments, what is left. Asked for by hand, since the
// service calculates every measure anew.
import { useState } from "react";
import { Button } from "../ui/parts";
import { as_trouble, Trouble } from "../ui/trouble";
import { call, type ReplyOf } from "./api";
import { HowLong } from "./how_long";
import { useDesk } from "./language";
import { cny } from "./loss_curve";
import { DataTable, type Cell } from "./table";
import { useLatest } from "./use_latest";

type Worth = ReplyOf<"risk_worth">;
type Change = Worth["controls"][number];

export function WhatMeasures({ enterprise, product }: { enterprise: string; product: string }) {
  const { t, word } = useDesk();
  const [asked, set_asked] = useState<object | null>(null);
  const { since, answered, fault } = useLatest<object, Worth>(asked, () => call("risk_worth", { enterprise, product }), 0);
  const worth = answered?.answer;
  const between = (value: number, low: number, high: number) => t("loss.between", { value: cny(value), low: cny(low), high: cny(high) });
  const columns = (head: Cell<Change>): Cell<Change>[] => [
    head,
    { name: "price", title: t("measures.price"), text: (each) => between(each.change_technical_premium, each.change_technical_premium_low, each.change_technical_premium_high), end: true },
    { name: "paid", title: t("measures.paid"), text: (each) => between(each.change_paid, each.change_paid_low, each.change_paid_high), end: true },
    { name: "left", title: t("measures.left"), text: (each) => between(each.change_left, each.change_left_low, each.change_left_high), end: true },
  ];
  const control: Cell<Change> = {
    name: "control",
    title: t("answers.control"),
    text: (each) => `${each.name} ${word("control_do", each.name)}`,
    cell: (each) => (
      <>
        <span className="mono soft">{each.name}</span> {word("control_do", each.name)}
      </>
    ),
    long: true,
  };
  return (
    <>
      <h3>{t("measures.title")}</h3>
      <p className="soft">{t("measures.text")}</p>
      <div className="actions">
        <Button kind="plain" busy={since !== null} onClick={() => set_asked({})}>
          {t("measures.ask")}
        </Button>
        <HowLong since={since} took={answered?.took ?? null} />
      </div>
      {fault && <Trouble trouble={as_trouble(fault.why)} />}
      {worth && (
        <>
          <DataTable plain name={t("measures.products")} rows={worth.products} id={(each) => each.name} empty={t("none_yet")} columns={columns({ name: "product", title: t("measures.product"), text: (each) => each.name, long: true })} />
          <DataTable plain name={t("measures.controls")} rows={worth.controls} id={(each) => each.name} empty={t("measures.none")} columns={columns(control)} />
        </>
      )}
    </>
  );
}
