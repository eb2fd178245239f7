// What the generated operations rest on: fetch, one error, keys that are kept over repetitions, pages. No dependencies.
import { operations, type Operations } from "./operations.js";

export type { Operations } from "./operations.js";

export interface Refused {
  code: string;
  path: string;
  value: string;
  rule: string;
  fix: string;
  zh: string;
  en: string;
}

/** What the service refused, or that it was not reached (status 0, code "unreachable"). */
export class AnlanError extends Error {
  readonly status: number;
  readonly error: Refused;
  readonly request: string;

  constructor(status: number, error: Partial<Refused>, request: string) {
    super(`${error.code ?? ""} (${status}): ${error.rule ?? ""} ${error.fix ?? ""} [request ${request}]`);
    this.name = "AnlanError";
    this.status = status;
    this.error = { code: "", path: "", value: "", rule: "", fix: "", zh: "", en: "", ...error };
    this.request = request;
  }
}

export interface Settings {
  /** Of the service, e.g. https://anlan.example; empty: where this page came from. */
  server: string;
  token: string;
  house?: string;
  /** Of an account that may act as several people of a house. */
  actor?: string;
  /** The clock of a sandbox house. */
  at?: string;
  lang?: "zh" | "en";
  /** How often a request is repeated that met 429, 503, the same key at work, or a cut connection. */
  retries?: number;
  pause?: (milliseconds: number) => Promise<void>;
}

export interface CallOptions {
  key?: string;
  at?: string;
  signal?: AbortSignal;
}

export type Name = keyof Operations;
export type RequestOf<N extends Name> = Operations[N]["request"];
export type ReplyOf<N extends Name> = Operations[N]["reply"];
/** Operations that answer with a page of rows. */
export type ListName = { [N in Name]: ReplyOf<N> extends { items: unknown[]; next: string | null } ? N : never }[Name];
export type RowOf<N extends ListName> = ReplyOf<N> extends { items: (infer Row)[] } ? Row : never;

const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 20_000;

function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function busy(status: number, text: string): boolean {
  return status === 429 || status === 503 || (status === 409 && text.includes('"key_in_flight"'));
}

export class Client {
  private readonly settings: Settings;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  /** One operation, by its name in the description. */
  async call<N extends Name>(name: N, request: RequestOf<N>, options: CallOptions = {}): Promise<ReplyOf<N>> {
    const given = request as Record<string, unknown>;
    const known = operations[name];
    const query = new URLSearchParams();
    const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": this.settings.lang ?? "zh" };
    const body: Record<string, unknown> = {};
    let path: string = known.path;
    for (const [field, value] of Object.entries(given)) {
      if (value === undefined || value === null) continue;
      const place = (known.places as Record<string, string>)[field] ?? "body";
      if (place === "path") path = path.replace(`{${field}}`, encodeURIComponent(String(value)));
      else if (place === "query") for (const each of [value].flat()) query.append(field, String(each));
      else if (place === "header") headers[field] = String(value);
      else body[field] = value;
    }
    if (this.settings.token) headers["Authorization"] = `Bearer ${this.settings.token}`;
    if (this.settings.house) headers["Anlan-House"] = this.settings.house;
    if (this.settings.actor) headers["Anlan-Actor"] = this.settings.actor;
    const at = options.at ?? this.settings.at;
    if (at) headers["Anlan-At"] = at;
    const asked: RequestInit = { method: known.method, headers };
    if (options.signal) asked.signal = options.signal;
    if (known.method === "POST") {
      headers["Content-Type"] = "application/json";
      headers["Idempotency-Key"] = options.key ?? freshKey();
      asked.body = JSON.stringify(body);
    }
    const address = this.settings.server + path + (query.toString() ? `?${query}` : "");
    return (await this.send(address, asked)) as ReplyOf<N>;
  }

  /** The rows of a list, page by page. */
  async *rows<N extends ListName>(name: N, request: RequestOf<N>): AsyncGenerator<RowOf<N>> {
    let after: string | null | undefined = (request as { after?: string }).after;
    do {
      const page = (await this.call(name, (after ? { ...request, after } : request) as RequestOf<N>)) as { items: RowOf<N>[]; next: string | null };
      for (const row of page.items) yield row;
      after = page.next;
    } while (after);
  }

  private async send(address: string, asked: RequestInit): Promise<unknown> {
    const pause = this.settings.pause ?? ((milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds)));
    const times = this.settings.retries ?? 6;
    for (let tried = 0; ; ++tried) {
      const longest = Math.min(FIRST_PAUSE * 2 ** tried, LONGEST_PAUSE);
      let wait = longest * (0.5 + Math.random() / 2);
      try {
        const reply = await fetch(address, asked);
        const text = await reply.text();
        if (!busy(reply.status, text) || tried === times) return answer(reply, text);
        wait = Math.min(Math.max(wait, 1000 * Number(reply.headers.get("Retry-After") ?? 0) || 0), LONGEST_PAUSE);
      } catch (fault) {
        if (fault instanceof AnlanError || asked.signal?.aborted) throw fault;
        if (tried === times) throw new AnlanError(0, { code: "unreachable", rule: String(fault) }, "");
      }
      await pause(wait);
    }
  }
}

function answer(reply: Response, text: string): unknown {
  const request = reply.headers.get("X-Request-Id") ?? "";
  let tree: unknown = null;
  try {
    tree = text === "" ? null : JSON.parse(text);
  } catch {
    throw new AnlanError(reply.status, { code: "no_json", rule: "the reply is no JSON." }, request);
  }
  if (reply.ok) return tree;
  const refused = tree as { error?: Partial<Refused>; request?: string } | null;
  throw new AnlanError(reply.status, refused?.error ?? {}, request || (refused?.request ?? ""));
}
