// The texts of a language and the words of the house, loaded when they are first needed.
import type { Texts } from "../locales/zh";

export type Lang = "zh" | "en";

export interface Locale {
  texts: Texts;
  words: Record<string, Record<string, string>>;
}

export async function load_locale(lang: Lang): Promise<Locale> {
  if (lang === "zh") {
    const [texts, words] = await Promise.all([import("../locales/zh"), import("../locales/words_zh")]);
    return { texts: texts.zh, words: words.words };
  }
  const [texts, words] = await Promise.all([import("../locales/en"), import("../locales/words_en")]);
  return { texts: texts.en, words: words.words };
}
