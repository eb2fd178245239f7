// The menu of the desk: what this actor may do, and the command box.
import { useEffect, useState } from "react";
import { useSession } from "../api/session";
import { Link, useRouter } from "../base/router";
import { useMay } from "./api";
import { CommandBox } from "./command_box";
import { entries_for } from "./entries";
import { useDesk } from "./language";
import "./desk.css";

export default function DeskMenu() {
  const { state, actor, roles } = useSession();
  return state === "somebody" && actor !== "" ? <Menu actor={actor} roles={roles} /> : null;
}

function Menu({ actor, roles }: { actor: string; roles: string[] }) {
  const { t, word } = useDesk();
  const { place } = useRouter();
  const may = useMay();
  const [open, set_open] = useState(false);
  const entries = entries_for(may.data ?? new Set());
  const here = place.path.split("/")[1] ?? "";
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      set_open(true);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
  return (
    <aside className="desk-side" aria-label={t("desk.side")}>
      <p className="desk-who">
        <strong>{actor}</strong>
        {roles.length > 0 && <span className="soft small block">{roles.map((role) => word("role", role)).join(t("desk.comma"))}</span>}
      </p>
      <button type="button" className="desk-find" aria-keyshortcuts="Control+K Meta+K" onClick={() => set_open(true)}>
        {t("find.open")} <kbd>Ctrl K</kbd>
      </button>
      <nav className="desk-menu" aria-label={t("desk.menu")}>
        <Link to="desk" aria-current={here === "" ? "page" : undefined}>
          {t("desk.start")}
        </Link>
        {entries.map((entry) => (
          <Link key={entry.to} to={entry.to} aria-current={entry.under.includes(here) ? "page" : undefined}>
            {t(entry.text)}
          </Link>
        ))}
      </nav>
      {open && <CommandBox entries={entries} may={may.data ?? new Set()} close={() => set_open(false)} />}
    </aside>
  );
}
