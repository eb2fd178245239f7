// Requests to the service that this page came from. The session is a cookie that no script can read; one error, keys that
// are kept over repetitions. The shape is that of clients/typescript, without tokens.
import { hear_house } from "../base/clock";
import { keep, kept } from "../base/store";
import { extend } from "./ends";
import { operations, type Operations } from "./operations";

export type Name = keyof Operations;
export type RequestOf<N extends Name> = Operations[N]["request"];
export type ReplyOf<N extends Name> = Operations[N]["reply"];

export interface Refused {
  code: string;
  path: string;
  value: string;
  rule: string;
  fix: string;
}

export class ApiError extends Error {
  readonly status: number; // 0: the service was not reached
  readonly refused: Refused;
  readonly request: string;

  constructor(status: number, refused: Partial<Refused>, request: string) {
    super(refused.rule ?? refused.code ?? String(status));
    this.status = status;
    this.refused = { code: "", path: "", value: "", rule: "", fix: "", ...refused };
    this.request = request;
  }

  get unreached(): boolean {
    return this.status === 0;
  }
}

let language: "zh" | "en" = "zh";
export function speak(lang: "zh" | "en"): void {
  language = lang;
}

type Heard = () => void;
let on_signed_out: Heard = () => undefined;
/** Called when the service says that nobody is signed in any more. */
export function when_signed_out(heard: Heard): void {
  on_signed_out = heard;
}

/** As whom requests are made: where and who. Each tab has its own; the store is for the next one that is opened. */
export interface Acting {
  house: string;
  actor: string;
}

let acts: Acting = { house: kept("house") ?? "", actor: kept("actor") ?? "" };
export function acting(): Acting {
  return acts;
}
export function act_as(chosen: Acting): void {
  acts = chosen;
  keep("house", chosen.house === "" ? null : chosen.house);
  keep("actor", chosen.actor === "" ? null : chosen.actor);
}

let stranger = false;
/** Nobody is signed in: a cookie that is spent is left at home, since an open server answers only whoever brings none. */
export function come_as_stranger(is: boolean): void {
  stranger = is;
}

export function fresh_key(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const TRIES = 4;
const FIRST_PAUSE = 300;
const AWAY = [502, 503, 504]; // without a word of the service: said by something in front of it

function busy(status: number, code: string | undefined): boolean {
  return status === 429 || status === 503 || (status === 409 && code === "key_in_flight");
}

export interface Asked {
  method: "GET" | "POST";
  path: string;
  body?: unknown;
  key?: string;
  signal?: AbortSignal | undefined;
  tries?: number;
  /** In place of whoever this tab acts as; null: nobody in particular. */
  as?: Acting | null;
  /** A 401 is an answer here, not the end of a session. */
  quiet?: boolean;
  headers?: Record<string, string>;
  /** Told when the service answered, by its own clock. */
  served?: (at: string) => void;
}

export async function ask<T>(asked: Asked): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": language, "Anlan-Request": "web", ...asked.headers };
  const at = kept("at"); // the clock of a sandbox; shown at the top of every page while it is set
  if (at) headers["Anlan-At"] = at;
  const as = asked.as === undefined ? acts : asked.as;
  if (as?.house) headers["Anlan-House"] = as.house;
  if (as?.actor) headers["Anlan-Actor"] = as.actor;
  const init: RequestInit = { method: asked.method, headers, credentials: stranger && asked.method === "GET" && asked.as !== null ? "omit" : "same-origin" };
  if (asked.signal) init.signal = asked.signal;
  if (asked.method === "POST") {
    headers["Content-Type"] = "application/json";
    headers["Idempotency-Key"] = asked.key ?? fresh_key();
    init.body = JSON.stringify(asked.body ?? {});
  }
  for (let tried = 1; ; ++tried) {
    let fault: ApiError;
    try {
      const reply = await fetch(asked.path, init);
      const text = await reply.text();
      const request = reply.headers.get("X-Request-Id") ?? "";
      let tree: unknown;
      try {
        tree = text === "" ? null : JSON.parse(text);
      } catch {
        if (!AWAY.includes(reply.status)) throw new ApiError(reply.ok ? 0 : reply.status, { code: "no_json" }, request);
        tree = null;
      }
      if (tree === null && AWAY.includes(reply.status)) throw new TypeError("what stands before the service does not reach it");
      hear_house(reply.headers.get("Anlan-Now"));
      if (reply.ok) {
        asked.served?.(reply.headers.get("Date") ?? "");
        extend();
        return tree as T;
      }
      const refused = (tree as { error?: Partial<Refused> } | null)?.error ?? {};
      fault = new ApiError(reply.status, refused, request);
      if (reply.status === 401 && !asked.quiet) on_signed_out();
      if (!busy(reply.status, refused.code)) throw fault;
    } catch (caught) {
      if (caught instanceof ApiError) {
        if (!busy(caught.status, caught.refused.code)) throw caught;
        fault = caught;
      } else {
        if (asked.signal?.aborted) throw caught;
        fault = new ApiError(0, { code: "unreachable" }, "");
      }
    }
    if (tried >= (asked.tries ?? TRIES)) throw fault;
    await new Promise((done) => setTimeout(done, FIRST_PAUSE * 2 ** tried * (0.5 + Math.random() / 2)));
  }
}

export interface CallOptions {
  key?: string;
  signal?: AbortSignal;
  tries?: number;
}

/** A row of the tables that tools/operations.py makes. */
export interface Known {
  method: string;
  path: string;
  places: object;
}

/** One operation, by its name in the description. */
export function call<N extends Name>(name: N, request: RequestOf<N>, options: CallOptions = {}): Promise<ReplyOf<N>> {
  return invoke<ReplyOf<N>>(operations[name], request, options);
}

export function invoke<T>(known: Known, request: object, options: CallOptions = {}): Promise<T> {
  const places = known.places as Record<string, string>;
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  const body: Record<string, unknown> = {};
  let path: string = known.path;
  for (const [field, value] of Object.entries(request)) {
    if (value === undefined || value === null || value === "") continue;
    const place = places[field] ?? "body";
    if (place === "path") path = path.replace(`{${field}}`, encodeURIComponent(String(value)));
    else if (place === "query") for (const each of Array.isArray(value) ? value : [value]) query.append(field, String(each));
    else if (place === "header") headers[field] = String(value);
    else body[field] = value;
  }
  const text = query.toString();
  return ask<T>({ method: known.method as "GET" | "POST", path: text ? `${path}?${text}` : path, body, headers, ...options });
}
