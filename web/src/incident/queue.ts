// Reports of incidents that wait to be sent. Written down before anything is tried, sent under one key however often, so
// that neither a cut line nor a closed page loses one or sends it twice.
import { useSyncExternalStore } from "react";
import { acting, ApiError, ask, fresh_key } from "../api/client";
import { house_now } from "../base/clock";
import { beijing_moment } from "../base/days";
import { keep, kept_tree } from "../base/store";

export interface Report {
  key: string;
  house: string;
  /** Who wrote it; empty: nobody was signed in. */
  actor?: string;
  policy: string;
  number: string; // of the policy, as people know it
  peril: string;
  occurred: string;
  summary: string;
  written: string;
  state: "waiting" | "sent" | "refused";
  incident?: string;
  refusal?: { code: string; rule: string; fix: string; path: string; value: string };
  signed_out?: boolean;
}

export interface KnownPolicy {
  id: string;
  number: string;
  company: string;
  state: string;
}

const LIST = "reports";
const POLICIES = "policies";
const OFTEN = 20_000;

let reports: Report[] = kept_tree<Report[]>(LIST, []);
const heard = new Set<() => void>();

function write(next: Report[]): void {
  reports = next;
  keep(LIST, next.length === 0 ? null : JSON.stringify(next));
  for (const each of heard) each();
}

function subscribe(listener: () => void): () => void {
  heard.add(listener);
  return () => heard.delete(listener);
}

export function use_reports(): Report[] {
  return useSyncExternalStore(subscribe, () => reports);
}

export function use_waiting_reports(): number {
  return use_reports().filter((each) => each.state === "waiting").length;
}

/** For a report without a network: the policies as they were when they were last seen. */
export function keep_policies(policies: { id: string; number: string; enterprise: string; state: string }[], companies: { id: string; legal_name: string }[]): void {
  const names = new Map(companies.map((each) => [each.id, each.legal_name]));
  const known = policies.map((each): KnownPolicy => ({ id: each.id, number: each.number, company: names.get(each.enterprise) ?? "", state: each.state }));
  keep(`${POLICIES}.${acting().house}`, JSON.stringify(known));
}

export function known_policies(): KnownPolicy[] {
  return kept_tree<KnownPolicy[]>(`${POLICIES}.${acting().house}`, []);
}

export function add_report(given: Pick<Report, "policy" | "number" | "peril" | "occurred" | "summary" | "written">): string {
  const key = fresh_key();
  write([...reports, { ...given, key, ...acting(), state: "waiting" }]);
  return key;
}

export function discard_report(key: string): void {
  write(reports.filter((each) => each.key !== key));
}

function settle(key: string, part: Partial<Report>): void {
  write(reports.map((each) => (each.key === key ? { ...each, ...part } : each)));
}

/** A report of "now", written by a clock that was ahead of the house's: it happened at the latest now. */
async function happened_by_now(report: Report): Promise<Report | null> {
  if (report.occurred > report.written) return null; // somebody typed a time that has not come
  await ask({ method: "GET", path: "/v1/product/list?limit=1", quiet: true }); // its reply says what time it is there
  const now = beijing_moment(house_now());
  if (report.occurred <= now) return null;
  settle(report.key, { occurred: now });
  return { ...report, occurred: now };
}

async function send(report: Report): Promise<void> {
  const file = { peril: report.peril, occurred: report.occurred, discovered: report.occurred, summary: report.summary };
  try {
    const made = await ask<{ id: string }>({
      method: "POST",
      path: "/v1/incident/report",
      body: { policy: report.policy, file },
      key: report.key,
      as: report.house === "" ? acting() : { house: report.house, actor: report.actor ?? "" },
      tries: 1,
      quiet: true,
    });
    settle(report.key, { state: "sent", incident: made.id, signed_out: false });
  } catch (fault) {
    if (!(fault instanceof ApiError) || fault.unreached || fault.status === 429 || fault.status >= 500) return;
    if (fault.status === 409 && fault.refused.code === "key_in_flight") return;
    // Nobody chose yet as whom this account acts.
    if (fault.refused.code === "house_not_named" && report.house === "" && acting().actor === "") return;
    if (fault.status === 401) {
      settle(report.key, { signed_out: true });
      return;
    }
    if (fault.refused.code === "future_time") {
      const now = await happened_by_now(report).catch(() => undefined);
      if (now === undefined) return; // not reached: the next try asks again
      if (now) return send(now);
    }
    settle(report.key, { state: "refused", refusal: fault.refused });
  }
}

let sending: Promise<void> | null = null;

/** Sends what waits, one after the other; a second call waits for the first. */
export function send_reports(): Promise<void> {
  sending ??= (async () => {
    for (const report of reports.filter((each) => each.state === "waiting")) await send(report);
  })().finally(() => {
    sending = null;
  });
  return sending;
}

/** Tries again when the network is back, when the page is looked at, and now and then. */
export function keep_sending(): void {
  const soon = () => void send_reports();
  addEventListener("online", soon);
  document.addEventListener("visibilitychange", soon);
  addEventListener("storage", (event) => {
    if (event.key !== `anlan.${LIST}`) return;
    reports = kept_tree<Report[]>(LIST, []);
    for (const each of heard) each();
  });
  setInterval(() => {
    if (reports.some((each) => each.state === "waiting")) soon();
  }, OFTEN);
  soon();
}
