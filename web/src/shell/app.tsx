// Everything together: address, language, session, page.
import { useEffect, useState } from "react";
import { speak } from "../api/client";
import { SessionProvider, useSession } from "../api/session";
import { LanguageProvider, type Lang } from "../base/i18n";
import { load_locale, type Locale } from "../base/locale";
import { RouterProvider, useRouter } from "../base/router";
import { keep, kept } from "../base/store";
import { Frame } from "./frame";
import { Pages } from "./pages";

function first_language(): Lang {
  const before = kept("lang");
  if (before === "zh" || before === "en") return before;
  // Chinese first: English only for somebody whose browser asks for no Chinese at all.
  return navigator.languages.some((each) => each.toLowerCase().startsWith("zh")) || !navigator.languages.some((each) => each.startsWith("en"))
    ? "zh"
    : "en";
}

function Spoken() {
  const { place, go } = useRouter();
  const { house, actor } = useSession();
  const lang = place.lang;
  const [locale, set_locale] = useState<{ lang: Lang; locale: Locale } | null>(null);
  useEffect(() => {
    if (!/^\/(zh|en)(\/|$)/.test(location.pathname)) go(place.path + location.search, { replace: true });
  }, [place, go]);
  useEffect(() => {
    let wanted = true;
    speak(lang);
    keep("lang", lang);
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    void load_locale(lang).then((found) => {
      if (wanted) set_locale({ lang, locale: found });
    });
    return () => {
      wanted = false;
    };
  }, [lang]);
  if (!locale || locale.lang !== lang) return null;
  return (
    <LanguageProvider lang={lang} locale={locale.locale}>
      <Frame>
        {/* Somebody else sees other things: nothing of a page is carried over. */}
        <Pages key={`${lang} ${house}/${actor}`} />
      </Frame>
    </LanguageProvider>
  );
}

export function App() {
  return (
    <RouterProvider otherwise={first_language()}>
      <SessionProvider>
        <Spoken />
      </SessionProvider>
    </RouterProvider>
  );
}
