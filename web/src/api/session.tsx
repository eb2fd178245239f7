// Who is signed in. The session itself is a cookie of the service; this page only knows what GET /v1/session says.
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { keep, kept } from "../base/store";
import { act_as, acting, ApiError, ask, come_as_stranger, when_signed_out, type Acting } from "./client";
import { forget_end, know_end } from "./ends";
import { send_reports } from "../incident/queue";
import { forget_replies } from "./use_reply";

/** As whom an account may act, with what that actor is appointed to. */
export interface ActsAs extends Acting {
  organisation: string;
  roles: string[];
  sandbox: boolean;
}

interface WhoAmI {
  acts_as: ActsAs[];
  ends: string;
  account: { id: string; login: string; display_name: string };
}

export type SessionState = "asking" | "nobody" | "ended" | "somebody" | "unreached";

interface Session {
  state: SessionState;
  name: string;
  acts_as: ActsAs[];
  house: string;
  /** Who one is in that house; empty while nobody, or several and none is chosen. */
  actor: string;
  roles: string[];
  choose: (chosen: Acting) => void;
  /** Whether it is clear as whom this account acts. */
  sign_in: (login: string, password: string, code: string) => Promise<boolean>;
  sign_out: () => Promise<void>;
  /** Asks who is signed in; that also keeps the session. */
  ask_again: () => void;
}

export function same_actor(one: Acting, other: Acting): boolean {
  return one.house === other.house && one.actor === other.actor;
}

function kept_choice(account: string): string {
  return `as.${account}`;
}

/** The only one, or what was chosen in this browser before and still holds. */
function first_choice(who: WhoAmI): Acting {
  const before = kept(kept_choice(who.account.id));
  const found = who.acts_as.length === 1 ? who.acts_as[0] : who.acts_as.find((each) => `${each.house}/${each.actor}` === before);
  return found ? { house: found.house, actor: found.actor } : { house: "", actor: "" };
}

const Signed = createContext<Session | null>(null);

export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, set_state] = useState<SessionState>("asking");
  const [who, set_who] = useState<WhoAmI | null>(null);
  const [as, set_as] = useState<Acting>(acting);
  const account = useRef("");

  const look = useCallback(async () => {
    try {
      let now = "";
      const found = await ask<WhoAmI>({ method: "GET", path: "/v1/session", quiet: true, as: null, served: (at) => (now = at) });
      know_end(found.ends, now);
      come_as_stranger(false);
      // This tab stays who it is, whatever another tab chose meanwhile.
      const still = account.current === found.account.id && found.acts_as.some((each) => same_actor(each, acting()));
      const chosen = still ? acting() : first_choice(found);
      account.current = found.account.id;
      if (!same_actor(chosen, acting())) {
        forget_replies();
        act_as(chosen);
      }
      set_as(chosen);
      set_who(found);
      set_state("somebody");
      return chosen.actor !== "";
    } catch (fault) {
      const unreached = fault instanceof ApiError && fault.unreached;
      if (!unreached) {
        forget_end();
        come_as_stranger(true);
      }
      set_state((before) => (before === "somebody" ? (unreached ? before : "ended") : unreached ? "unreached" : "nobody"));
      return false;
    }
  }, []);

  useEffect(() => {
    when_signed_out(() => {
      forget_end();
      come_as_stranger(true);
      set_state((before) => (before === "somebody" ? "ended" : "nobody"));
    });
    void look();
  }, [look]);

  const sign_in = useCallback(
    async (login: string, password: string, code: string) => {
      const body = code === "" ? { login, password } : { login, password, code };
      await ask({ method: "POST", path: "/v1/session/sign-in", body, quiet: true, as: null });
      forget_replies();
      const clear = await look();
      void send_reports();
      return clear;
    },
    [look],
  );
  const sign_out = useCallback(async () => {
    await ask({ method: "POST", path: "/v1/session/sign-out", quiet: true, as: null });
    forget_replies();
    forget_end();
    come_as_stranger(true);
    account.current = "";
    set_who(null);
    set_state("nobody");
  }, []);
  const choose = useCallback((chosen: Acting) => {
    keep(kept_choice(account.current), `${chosen.house}/${chosen.actor}`);
    act_as(chosen);
    forget_replies();
    set_as(chosen);
    void send_reports();
  }, []);

  const session = useMemo<Session>(
    () => ({
      state,
      name: who ? who.account.display_name || who.account.login : "",
      acts_as: who?.acts_as ?? [],
      ...as,
      roles: who?.acts_as.find((each) => same_actor(each, as))?.roles ?? [],
      choose,
      sign_in,
      sign_out,
      ask_again: () => void look(),
    }),
    [state, who, as, choose, sign_in, sign_out, look],
  );
  return <Signed.Provider value={session}>{children}</Signed.Provider>;
}

export function useSession(): Session {
  const session = useContext(Signed);
  if (!session) throw new Error("no session");
  return session;
}
