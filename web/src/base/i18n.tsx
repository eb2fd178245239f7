// Text only through typed keys. Both languages are complete (locales.test.ts); the address says which one is shown.
import { createContext, useContext, useMemo, type ReactNode } from "react";
import type { Key } from "../locales/zh";
import type { Lang, Locale } from "./locale";

export type { Lang };
export type TextArgs = Record<string, string | number>;

export function fill(text: string, args: TextArgs = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in args ? String(args[name]) : whole));
}

/** The text of a key; the key itself where there is none, since a page with a code in it is better than no page. */
export function text_of(texts: object, key: string, args?: TextArgs): string {
  return fill((texts as Record<string, string | undefined>)[key] ?? key, args);
}

interface Language {
  lang: Lang;
  t: (key: Key, args?: TextArgs) => string;
  /** A word of the house ("claim_state.paid"); one that it learnt since is shown as it came. */
  word: (kind: string, name: string) => string;
}

const Speaking = createContext<Language | null>(null);

export function LanguageProvider({ lang, locale, children }: { lang: Lang; locale: Locale; children: ReactNode }) {
  const language = useMemo<Language>(
    () => ({
      lang,
      t: (key, args) => text_of(locale.texts, key, args),
      word: (kind, name) => locale.words[kind]?.[name] ?? name,
    }),
    [lang, locale],
  );
  return <Speaking.Provider value={language}>{children}</Speaking.Provider>;
}

export function useLanguage(): Language {
  const language = useContext(Speaking);
  if (!language) throw new Error("no language");
  return language;
}
