// Who is signed in. The session itself is a cookie of the service; this page only knows what GET /v1/session says.
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { keep, kept } from "../base/store";
import { ApiError, ask, when_signed_out } from "./client";
import { send_reports } from "../incident/queue";
import { forget_replies } from "./use_reply";

export interface Membership {
  house: string;
  actor: string;
}

/** As whom an account may act, with what that actor is appointed to. */
export interface ActsAs extends Membership {
  roles: string[];
}

interface WhoAmI {
  acts_as?: ActsAs[];
  account: { id: string; login: string; display_name: string; memberships: Membership[] };
}

export type SessionState = "asking" | "nobody" | "ended" | "somebody" | "unreached";

interface Session {
  state: SessionState;
  name: string;
  memberships: Membership[];
  house: string;
  /** Who one is in that house; empty while nobody or several. */
  actor: string;
  roles: string[];
  choose_house: (house: string) => void;
  sign_in: (login: string, password: string, code: string) => Promise<void>;
  sign_out: () => Promise<void>;
  ask_again: () => void;
}

const Signed = createContext<Session | null>(null);

export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, set_state] = useState<SessionState>("asking");
  const [who, set_who] = useState<WhoAmI | null>(null);
  const [house, set_house] = useState(() => kept("house") ?? "");

  const look = useCallback(async () => {
    try {
      const found = await ask<WhoAmI>({ method: "GET", path: "/v1/session", quiet: true, house: null });
      const houses = found.account.memberships.map((each) => each.house);
      const before = kept("house") ?? "";
      const chosen = houses.includes(before) ? before : (houses[0] ?? "");
      keep("house", chosen === "" ? null : chosen);
      set_house(chosen);
      set_who(found);
      set_state("somebody");
    } catch (fault) {
      set_state(fault instanceof ApiError && fault.unreached ? "unreached" : "nobody");
    }
  }, []);

  useEffect(() => {
    when_signed_out(() => set_state((before) => (before === "somebody" ? "ended" : "nobody")));
    void look();
  }, [look]);

  const sign_in = useCallback(
    async (login: string, password: string, code: string) => {
      const body = code === "" ? { login, password } : { login, password, code };
      await ask({ method: "POST", path: "/v1/session/sign-in", body, quiet: true, house: null });
      forget_replies();
      await look();
      void send_reports();
    },
    [look],
  );
  const sign_out = useCallback(async () => {
    await ask({ method: "POST", path: "/v1/session/sign-out", quiet: true, house: null });
    forget_replies();
    set_who(null);
    set_state("nobody");
  }, []);
  const choose_house = useCallback((chosen: string) => {
    keep("house", chosen);
    forget_replies();
    set_house(chosen);
  }, []);

  const session = useMemo<Session>(() => {
    const here = who?.account.memberships.filter((each) => each.house === house) ?? [];
    const actor = here.length === 1 ? (here[0]?.actor ?? "") : "";
    return {
      state,
      name: who ? who.account.display_name || who.account.login : "",
      memberships: who?.account.memberships ?? [],
      house,
      actor,
      roles: who?.acts_as?.find((each) => each.house === house && each.actor === actor)?.roles ?? [],
      choose_house,
      sign_in,
      sign_out,
      ask_again: () => void look(),
    };
  }, [state, who, house, choose_house, sign_in, sign_out, look]);
  return <Signed.Provider value={session}>{children}</Signed.Provider>;
}

export function useSession(): Session {
  const session = useContext(Signed);
  if (!session) throw new Error("no session");
  return session;
}
