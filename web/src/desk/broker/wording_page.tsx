// The words of a wording, at one of its clauses: where the cells of the comparison lead.
import { useEffect, useRef } from "react";
import { useRouter } from "../../base/router";
import { Card, Page, Waiting } from "../../ui/parts";
import { Trouble } from "../../ui/trouble";
import { useReply } from "../api";
import type { DeskPageProps } from "../desk";
import { useDesk } from "../language";
import "./broker.css";

export default function WordingPage({ id }: DeskPageProps) {
  const { t, lang } = useDesk();
  const { place } = useRouter();
  const wording = useReply("wording_show", { wording: id, clauses: true });
  const wanted = place.query.get("clause") ?? "";
  const found = useRef<HTMLLIElement>(null);
  const loaded = wording.data !== undefined;
  useEffect(() => {
    if (!loaded) return;
    found.current?.focus({ preventScroll: true });
    found.current?.scrollIntoView({ block: "center" });
  }, [loaded, wanted]);
  const back = { to: "desk/comparison", text: t("desk.comparison") };
  if (wording.error) {
    return (
      <Page title={id} back={back} desk>
        <Trouble trouble={wording.error} again={wording.again} />
      </Page>
    );
  }
  if (!wording.data) return <Waiting />;
  const shown = wording.data;
  const missing = wanted !== "" && !shown.clauses.some((clause) => clause.ref === wanted);
  return (
    <Page title={shown.title} lead={t("covered.version", { version: shown.version })} back={back} desk>
      {missing && <p className="note">{t("wording.no_clause", { ref: wanted })}</p>}
      <Card>
        <ol className="clauses">
          {shown.clauses.map((clause) => (
            <li key={clause.ref} {...(clause.ref === wanted ? { ref: found, tabIndex: -1, className: "clause-wanted", "aria-current": "true" as const } : {})}>
              <span className="ref">{clause.ref}</span>
              <p>{clause.exemption ? <strong>{clause[lang]}</strong> : clause[lang]}</p>
            </li>
          ))}
        </ol>
      </Card>
    </Page>
  );
}
