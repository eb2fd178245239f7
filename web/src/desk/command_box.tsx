// Ctrl-K: from a few letters to a page, a company, a quote, a policy, an incident, a claim.
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { day_text } from "../base/days";
import { useRouter } from "../base/router";
import { Trouble } from "../ui/trouble";
import { useReply } from "./api";
import { place_of, type Entry } from "./entries";
import { useDesk } from "./language";

const PAUSE = 150; // so that not every letter is asked for
const FOUND_MAX = 20;

interface Found {
  to: string;
  title: string;
  about: string;
}

function use_calm(value: string): string {
  const [calm, set_calm] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => set_calm(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return calm;
}

interface BoxProps {
  entries: Entry[];
  may: Set<string>;
  close: () => void;
}

export function CommandBox({ entries, may, close }: BoxProps) {
  const { t, lang } = useDesk();
  const { go } = useRouter();
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [typed, set_typed] = useState("");
  const [at, set_at] = useState(0);
  const text = use_calm(typed.trim());
  const reply = useReply("search", text === "" ? null : { text, limit: FOUND_MAX });
  useEffect(() => box.current?.showModal(), []);
  const found = useMemo<Found[]>(() => {
    const wanted = typed.trim().toLowerCase();
    const pages = entries.filter((entry) => t(entry.text).toLowerCase().includes(wanted) || (lang === "zh" && entry.letters.startsWith(wanted)));
    const things = typed.trim() === "" ? [] : (reply.data?.items ?? []);
    return [
      ...pages.map((entry) => ({ to: entry.to, title: t(entry.text), about: t("find.page") })),
      ...things.map((each) => ({ to: place_of(each.id, may), title: each.title, about: `${each.id} · ${day_text(each.day, lang)}` })),
    ];
  }, [typed, entries, reply.data, may, lang, t]);
  const chosen = Math.min(at, found.length - 1);

  function take(one: Found | undefined) {
    if (!one) return;
    close();
    go(one.to);
  }
  function pressed(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return; // the letters of a Chinese word are still being chosen
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      set_at((chosen + step + found.length) % Math.max(found.length, 1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      take(found[chosen]);
    }
  }
  useEffect(() => {
    document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [id, chosen]);

  return (
    <dialog ref={box} className="find" aria-label={t("find.name")} onClose={close} onClick={(event) => event.target === box.current && close()}>
      <div className="find-in">
        <input
          type="text"
          name="find"
          role="combobox"
          aria-label={t("find.name")}
          aria-expanded={found.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={found.length > 0 ? `${id}-${chosen}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          autoFocus
          placeholder={t("find.hint")}
          value={typed}
          onChange={(event) => {
            set_typed(event.target.value);
            set_at(0);
          }}
          onKeyDown={pressed}
        />
        <ul id={`${id}-list`} role="listbox" aria-label={t("find.found")} className="find-list">
          {found.map((one, place) => (
            <li key={`${one.to} ${one.about}`} id={`${id}-${place}`} role="option" aria-selected={place === chosen} onClick={() => take(one)}>
              <span>{one.title}</span>
              <span className="soft small">{one.about}</span>
            </li>
          ))}
        </ul>
        <p className="soft small" role="status">
          {text !== "" && reply.data && found.length === 0 ? t("find.none") : t("find.keys")}
        </p>
        <Trouble trouble={text === "" ? undefined : reply.error} />
      </div>
    </dialog>
  );
}
