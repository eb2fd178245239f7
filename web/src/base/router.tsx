// Addresses: /zh/quote/quo_6. The first word is the language; the rest is matched against patterns like "quote/:id".
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type AnchorHTMLAttributes, type ReactNode } from "react";
import type { Lang } from "./i18n";

export interface Place {
  lang: Lang;
  path: string; // without the language and without slashes at its ends
  query: URLSearchParams;
}

export function read_place(pathname: string, search: string, otherwise: Lang): Place {
  const words = pathname.split("/").filter((word) => word !== "");
  const named = words[0] === "zh" || words[0] === "en";
  const lang: Lang = named ? (words[0] as Lang) : otherwise;
  return { lang, path: (named ? words.slice(1) : words).join("/"), query: new URLSearchParams(search) };
}

/** Whether a page is one of the desk, which has a menu of its own. */
export function at_desk(place: Place): boolean {
  return place.path === "desk" || place.path.startsWith("desk/");
}

/** The parts of a path that a pattern names; null: it is another path. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const found: Record<string, string> = {};
  for (const [at, word] of wanted.entries()) {
    const part = given[at] ?? "";
    if (!word.startsWith(":")) {
      if (word !== part) return null;
    } else {
      try {
        found[word.slice(1)] = decodeURIComponent(part);
      } catch {
        return null;
      }
    }
  }
  return found;
}

interface Router {
  place: Place;
  go: (path: string, options?: { replace?: boolean; lang?: Lang }) => void;
  href: (path: string, lang?: Lang) => string;
}

const Routing = createContext<Router | null>(null);

export function RouterProvider({ otherwise, children }: { otherwise: Lang; children: ReactNode }) {
  const read = useCallback(() => read_place(location.pathname, location.search, otherwise), [otherwise]);
  const [place, set_place] = useState(read);
  useEffect(() => {
    const moved = () => set_place(read());
    addEventListener("popstate", moved);
    return () => removeEventListener("popstate", moved);
  }, [read]);
  const href = useCallback((path: string, lang: Lang = place.lang) => `/${lang}/${path}`, [place.lang]);
  const go = useCallback(
    (path: string, options: { replace?: boolean; lang?: Lang } = {}) => {
      const address = `/${options.lang ?? place.lang}/${path}`;
      if (options.replace) history.replaceState(null, "", address);
      else history.pushState(null, "", address);
      set_place(read());
      if (!options.replace) scrollTo(0, 0);
    },
    [place.lang, read],
  );
  const router = useMemo(() => ({ place, go, href }), [place, go, href]);
  return <Routing.Provider value={router}>{children}</Routing.Provider>;
}

export function useRouter(): Router {
  const router = useContext(Routing);
  if (!router) throw new Error("no router");
  return router;
}

type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { to: string };

export function Link({ to, onClick, children, ...rest }: LinkProps) {
  const { go, href } = useRouter();
  return (
    <a
      {...rest}
      href={href(to)}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}
