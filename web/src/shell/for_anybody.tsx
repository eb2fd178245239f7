// What a server that was opened (anlan serve --open-house) shows to anybody; elsewhere the sign-in stands in its place.
import { useEffect, useState, type ReactNode } from "react";
import { ApiError, ask } from "../api/client";
import { useSession } from "../api/session";
import { useLanguage } from "../base/i18n";
import { Page, Waiting } from "../ui/parts";
import { as_trouble, Trouble } from "../ui/trouble";
import { SignedIn } from "./sign_in_page";

let answered: Promise<boolean> | null = null;

/** Asked once for as long as the page lives. A 401 is an answer; a line that is cut is none. */
function server_is_open(): Promise<boolean> {
  answered ??= ask({ method: "GET", path: "/v1/product/list?limit=1", quiet: true })
    .then(() => true)
    .catch((fault: unknown) => {
      if (fault instanceof ApiError && fault.status === 401) return false;
      answered = null;
      throw fault;
    });
  return answered;
}

/** Undefined: not known yet, or nobody needs to know. */
export function useOpenServer(wanted: boolean): { open: boolean | undefined; trouble: ApiError | null; again: () => void } {
  const [open, set_open] = useState<boolean>();
  const [trouble, set_trouble] = useState<ApiError | null>(null);
  const [turn, set_turn] = useState(0);
  useEffect(() => {
    if (!wanted) return;
    let here = true;
    set_trouble(null);
    server_is_open().then(
      (found) => here && set_open(found),
      (fault: unknown) => here && set_trouble(as_trouble(fault)),
    );
    return () => {
      here = false;
    };
  }, [wanted, turn]);
  return { open, trouble, again: () => set_turn((before) => before + 1) };
}

export function ForAnybody({ children }: { children: ReactNode }) {
  const { t } = useLanguage();
  const { state } = useSession();
  const nobody = state === "nobody" || state === "ended";
  const server = useOpenServer(nobody);
  if (!nobody || server.open === false) return <SignedIn>{children}</SignedIn>;
  if (server.trouble) {
    return (
      <Page title={t("error.unreached")}>
        <Trouble trouble={server.trouble} again={server.again} />
      </Page>
    );
  }
  return server.open ? children : <Waiting />;
}
