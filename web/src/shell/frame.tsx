// What stands around every page: the mark, the menu, language and theme, the red button, what waits to be sent.
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from "react";
import { useSession } from "../api/session";
import { useLanguage, type Lang } from "../base/i18n";
import { sandbox_clock } from "../base/clock";
import { at_desk, Link, useRouter } from "../base/router";
import { use_waiting_reports } from "../incident/queue";
import type { Key } from "../locales/zh";
import { Button } from "../ui/parts";
import { ActingAs } from "./choose_actor";
import { Guard } from "./guard";
import { SessionEnd } from "./session_end";
import { choose_theme, chosen_theme, THEMES, type Theme } from "./theme";

const DeskMenu = lazy(() => import("../desk/menu"));

interface Entry {
  to: string;
  text: Key;
  under: string[];
  shape: string;
}

const MENU: Entry[] = [
  { to: "price", text: "menu.price", under: ["price", "covered"], shape: "M4 12 12 4h8v8l-8 8zM16 8h.01" },
  { to: "policies", text: "menu.policies", under: ["policies", "policy", "companies", "company", "quote"], shape: "M6 3h9l4 4v14H6zM9 12h7M9 16h7" },
  { to: "protection", text: "menu.protection", under: ["protection"], shape: "M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM9 12l2 2 4-4" },
  { to: "claims", text: "menu.claims", under: ["claims", "claim", "incident"], shape: "M4 7l8-4 8 4v10l-8 4-8-4zM4 7l8 4 8-4M12 11v10" },
];

function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M5 13c3.7-4.5 7.3-4.5 11 0s7.3 4.5 11 0M5 20c3.7-4.5 7.3-4.5 11 0s7.3 4.5 11 0" fill="none" strokeWidth="2.6" strokeLinecap="round" />
    </svg>
  );
}

function Icon({ shape }: { shape: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round">
      <path d={shape} />
    </svg>
  );
}

function Menu({ bar }: { bar: boolean }) {
  const { t } = useLanguage();
  const { place } = useRouter();
  const first = place.path.split("/")[0] ?? "";
  return (
    <nav className={`menu ${bar ? "menu-bar" : "menu-top"}`} aria-label={t(bar ? "menu.name_bar" : "menu.name")}>
      {MENU.map((entry) => (
        <Link key={entry.to} to={entry.to} aria-current={entry.under.includes(first) ? "page" : undefined}>
          {bar && <Icon shape={entry.shape} />}
          {t(entry.text)}
        </Link>
      ))}
    </nav>
  );
}

function Settings() {
  const { t, lang } = useLanguage();
  const session = useSession();
  const { go, place } = useRouter();
  const desk = at_desk(place);
  const [theme, set_theme] = useState<Theme>(chosen_theme);
  const sheet = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const box = sheet.current;
      if (!box?.open) return;
      if (event instanceof KeyboardEvent ? event.key !== "Escape" : box.contains(event.target as Node)) return;
      box.open = false;
      if (event instanceof KeyboardEvent) box.querySelector("summary")?.focus();
    };
    addEventListener("keydown", close);
    addEventListener("pointerdown", close);
    return () => {
      removeEventListener("keydown", close);
      removeEventListener("pointerdown", close);
    };
  }, []);
  const leave = () => {
    if (sheet.current) sheet.current.open = false;
  };
  return (
    <details className="sheet" ref={sheet}>
      <summary aria-label={t("settings.name")} title={t("settings.name")}>
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round">
          <circle cx="12" cy="8" r="3.5" />
          <path d="M5 20c.8-4 3.5-6 7-6s6.200 2 7 6" />
        </svg>
      </summary>
      <div className="sheet-in">
        {session.state === "somebody" ? (
          <p>
            <span className="soft small">{t("settings.signed_in_as")}</span>
            <br />
            <strong>{session.name}</strong>
          </p>
        ) : (
          <Button
            kind="plain"
            onClick={() => {
              leave();
              go("sign-in");
            }}
          >
            {t("sign_in.title")}
          </Button>
        )}
        {session.state === "somebody" && (
          <p>
            <Link to={desk ? "" : "desk"} onClick={leave}>
              {t(desk ? "settings.owner" : "settings.desk")}
            </Link>
          </p>
        )}
        <fieldset className="pills">
          <legend className="legend">{t("settings.theme")}</legend>
          <div>
            {THEMES.map((each) => (
              <label className="pill" key={each}>
                <input
                  type="radio"
                  name="theme"
                  checked={theme === each}
                  onChange={() => {
                    choose_theme(each);
                    set_theme(each);
                  }}
                />
                <span>{t(`settings.theme_${each}`)}</span>
              </label>
            ))}
          </div>
        </fieldset>
        {session.state === "somebody" && <ActingAs />}
        {session.state === "somebody" && (
          <Button
            kind="plain"
            onClick={() => {
              leave();
              void session.sign_out().then(() => go(""));
            }}
          >
            {t("settings.sign_out")}
          </Button>
        )}
        <p className="soft small" lang={lang === "zh" ? "zh-CN" : "en"}>
          {t("settings.kept_here")}
        </p>
      </div>
    </details>
  );
}

export function Frame({ children }: { children: ReactNode }) {
  const { t, lang } = useLanguage();
  const { place, go } = useRouter();
  const waiting = use_waiting_reports();
  const other: Lang = lang === "zh" ? "en" : "zh";
  const main = useRef<HTMLElement>(null);
  const before = useRef(place.path);
  useEffect(() => {
    // A new page begins at its top for whoever reads with ears or keys, too.
    if (before.current !== place.path) main.current?.focus({ preventScroll: true });
    before.current = place.path;
  }, [place.path]);
  const query = place.query.toString();
  const desk = at_desk(place);
  const page = (
    <main className="main" id="main" tabIndex={-1} ref={main}>
      {children}
    </main>
  );
  return (
    <div className={desk ? "frame frame-desk" : "frame"}>
      <a className="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        {t("skip")}
      </a>
      <header className="top">
        <div className="top-in">
          <Link to={desk ? "desk" : ""} className="mark">
            <Mark />
            <span className="mark-text">{t("brand")}</span>
          </Link>
          {!desk && <Menu bar={false} />}
          <div className="tools">
            <button
              type="button"
              className="button button-quiet"
              lang={other === "zh" ? "zh-CN" : "en"}
              onClick={() => go(place.path + (query ? `?${query}` : ""), { lang: other, replace: true })}
            >
              {other === "zh" ? "中文" : "English"}
            </button>
            {!desk && (
              <Link to="incident" className="button button-alarm red">
                {t("menu.incident")}
              </Link>
            )}
            <Settings />
          </div>
        </div>
        {sandbox_clock() !== null && <p className="bar">{t("sandbox.bar", { at: sandbox_clock() ?? "" })}</p>}
        <SessionEnd />
        {waiting > 0 && (
          <p className="bar" role="status">
            <Link to="incident">{t("queue.waiting", { count: waiting })}</Link>
          </p>
        )}
      </header>
      {desk ? (
        <div className="desk">
          <Guard shown={() => null}>
            <Suspense fallback={<div className="desk-side" />}>
              <DeskMenu />
            </Suspense>
          </Guard>
          {page}
        </div>
      ) : (
        page
      )}
      <footer className="foot">{t("foot")}</footer>
      {!desk && <Menu bar />}
    </div>
  );
}
