// The operations of the desk: those of the owner's pages, and those that only a desk needs and only a desk loads.
import { useCallback, useEffect, useMemo, useState } from "react";
import { ApiError, ask, invoke, type CallOptions } from "../api/client";
import { operations, type Operations } from "../api/operations";
import { operations as operations_desk, type Operations as OperationsDesk } from "../api/operations_desk";
import { useSession } from "../api/session";
import { answer_key, useAnswer, type Reply } from "../api/use_reply";

type All = Operations & OperationsDesk;
export type Name = keyof All;
export type RequestOf<N extends Name> = All[N]["request"];
export type ReplyOf<N extends Name> = All[N]["reply"];

const known = { ...operations, ...operations_desk };

export function call<N extends Name>(name: N, request: RequestOf<N>, options: CallOptions = {}): Promise<ReplyOf<N>> {
  return invoke<ReplyOf<N>>(known[name], request, options);
}

export function useReply<N extends Name>(name: N, request: RequestOf<N> | null): Reply<ReplyOf<N>> {
  return useAnswer(answer_key(name, request), (signal) => call(name, request as RequestOf<N>, { signal }));
}

type Listed = { items: unknown[]; next: string | null };
type Paged = { limit?: unknown; after?: unknown };
type ListName = { [N in Name]: ReplyOf<N> extends Listed ? (RequestOf<N> extends Paged ? N : never) : never }[Name];
export type RowOf<N extends ListName> = ReplyOf<N>["items"][number];

export interface Pages<T> {
  rows: T[] | undefined;
  error: ApiError | undefined;
  /** Null: all of it is here. */
  more: (() => void) | null;
  busy: boolean;
  again: () => void;
}

const PAGE = 200;

/** A list, one page of it after another. */
export function usePages<N extends ListName>(name: N, request: RequestOf<N>, limit = PAGE): Pages<RowOf<N>> {
  const first = useReply(name, { ...request, limit } as RequestOf<N>);
  const [rest, set_rest] = useState<{ of: unknown; rows: RowOf<N>[]; next: string | null }>({ of: null, rows: [], next: null });
  const [busy, set_busy] = useState(false);
  const [error, set_error] = useState<ApiError>();
  const begun = first.data as Listed | undefined;
  const mine = rest.of === begun;
  const next = mine ? rest.next : (begun?.next ?? null);
  useEffect(() => set_error(undefined), [begun]);
  const more = useCallback(async () => {
    set_busy(true);
    set_error(undefined);
    try {
      const found = (await call(name, { ...request, limit, after: next } as RequestOf<N>)) as Listed;
      set_rest((before) => ({ of: begun, rows: [...(before.of === begun ? before.rows : []), ...(found.items as RowOf<N>[])], next: found.next }));
    } catch (fault) {
      set_error(fault instanceof ApiError ? fault : new ApiError(0, { code: "fault" }, ""));
    } finally {
      set_busy(false);
    }
  }, [name, request, limit, next, begun]);
  const rows = useMemo(() => begun && ([...begun.items, ...(mine ? rest.rows : [])] as RowOf<N>[]), [begun, mine, rest]);
  return {
    rows,
    error: first.error ?? error,
    more: next === null ? null : () => void more(),
    busy,
    again: first.again,
  };
}

/** What this actor may do here, by the same checks that a call will meet: the session says it of whom it acts as. */
export function useMay(): Reply<Set<string>> {
  const { house, actor, state } = useSession();
  const here = state === "somebody" && actor !== "";
  return useAnswer(here ? `may ${house} ${actor}` : "", async (signal) => {
    const who = await ask<{ may: string[] | null }>({ method: "GET", path: "/v1/session", signal });
    return new Set((who.may ?? []).map((name) => name.replaceAll(/[ -]/g, "_")));
  });
}

/** Names of companies by their ids; the lists of quotes, policies and claims have ids only. */
export function useCompanies(): (id: string) => string {
  const reply = useReply("enterprise_list", { limit: 1000 });
  const names = new Map((reply.data?.items ?? []).map((each) => [each.id as string, each.legal_name]));
  return (id) => names.get(id) ?? id;
}
