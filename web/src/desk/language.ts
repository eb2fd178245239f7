// Texts of the desk, beside those of the owner's pages: loaded when a desk is opened.
import { use } from "react";
import { fill, useLanguage, type Lang, type TextArgs } from "../base/i18n";
import type { DeskKey, DeskTexts } from "../locales/desk_zh";
import type { Key } from "../locales/zh";

type Words = Record<string, Record<string, string>>;
interface DeskLocale {
  texts: DeskTexts;
  words: Words;
}

const loading = new Map<Lang, Promise<DeskLocale>>();

async function load(lang: Lang): Promise<DeskLocale> {
  if (lang === "zh") {
    const [texts, words] = await Promise.all([import("../locales/desk_zh"), import("../locales/desk_words_zh")]);
    return { texts: texts.desk_zh, words: words.words };
  }
  const [texts, words] = await Promise.all([import("../locales/desk_en"), import("../locales/desk_words_en")]);
  return { texts: texts.desk_en, words: words.words };
}

function locale_of(lang: Lang): Promise<DeskLocale> {
  const begun = loading.get(lang) ?? load(lang);
  loading.set(lang, begun);
  begun.catch(() => loading.delete(lang));
  return begun;
}

export interface DeskLanguage {
  lang: Lang;
  t: (key: DeskKey | Key, args?: TextArgs) => string;
  word: (kind: string, name: string) => string;
}

/** Suspends until the texts are here. */
export function useDesk(): DeskLanguage {
  const { lang, t, word } = useLanguage();
  const locale = use(locale_of(lang));
  return {
    lang,
    t: (key, args) => (key in locale.texts ? fill(locale.texts[key as DeskKey], args) : t(key as Key, args)),
    word: (kind, name) => locale.words[kind]?.[name] ?? word(kind, name),
  };
}
