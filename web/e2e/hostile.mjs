// Hostile texts in every field that somebody may write and a page shows: put there through the API, then looked at.
// Nothing may run, no dialog open, no element of theirs stand in a page, nothing be loaded from elsewhere.
import assert from "node:assert/strict";
import crypto from "node:crypto";
import { readFileSync } from "node:fs";
import { PAYLOADS, sample } from "./payloads.mjs";
import { with_check_digit } from "./journeys.mjs";
import { settled } from "./visit.mjs";

const PASSWORD = "seven maple hills 2026";
const PIECE = 20; // payloads in one record that takes several

/** Requests of one person, signed in as a page is. */
async function person(base, login) {
  const entered = await fetch(`${base}/v1/session/sign-in`, { method: "POST", headers: { "Content-Type": "application/json", "Anlan-Request": "web" }, body: JSON.stringify({ login, password: PASSWORD }) });
  assert.equal(entered.status, 200, await entered.text());
  const cookie = entered.headers.getSetCookie().map((each) => each.split(";")[0]).join("; ");
  return async (path, body) => {
    const reply = await fetch(`${base}/v1/${path}`, { method: "POST", headers: { "Content-Type": "application/json", "Anlan-Request": "web", "Idempotency-Key": crypto.randomUUID(), Cookie: cookie }, body: JSON.stringify(body) });
    return { status: reply.status, found: await reply.json() };
  };
}

const code = (at) => with_check_digit(`91330206MA1${String(Date.now() + at).slice(-6)}`);

/** Writes a field with each payload; a refusal is counted, anything else than a refusal is a fault. */
class Written {
  kept = new Map();
  refused = new Map();

  note(field, { status, found }) {
    const table = status === 200 ? this.kept : this.refused;
    assert.ok(status === 200 || (status >= 400 && status < 500 && found.error?.code), `${field}: ${status} ${JSON.stringify(found)}`);
    const key = status === 200 ? field : `${field}: ${found.error.code}`;
    table.set(key, (table.get(key) ?? 0) + 1);
    return status === 200;
  }

  said() {
    const list = (table) => [...table].map(([name, count]) => `${name} ${count}`).join(", ");
    return `     written: ${list(this.kept)}${this.refused.size > 0 ? `; refused: ${list(this.refused)}` : ""}`;
  }
}

const company_of = (payload, at) => ({
  legal_name: payload, credit_code: code(at), assess_consent: true, monitor_consent: true, stated_on: "2026-11-01",
  contact: { name: payload, phone: payload, email: payload },
  facts: { sector: "C34", region: "330206", revenue: "30000000.00", gross_margin: "25 %", employees: 48, records: 8000, endpoints: 30, cii_operator: false, incidents_36m: 0 },
});

async function write_companies(owner, payloads, written) {
  const companies = [];
  for (const [at, payload] of payloads.entries()) {
    const reply = await owner("enterprise/register", { file: company_of(payload, at) });
    if (written.note("company's name, contact", reply)) companies.push(reply.found.id);
  }
  return companies;
}

async function write_incidents(base, owner, payloads, written) {
  const handler = await person(base, "handler");
  const incidents = [];
  for (let at = 0; at < payloads.length; at += PIECE) {
    const piece = payloads.slice(at, at + PIECE);
    const items = piece.map((note) => ({ head: "FP.IR", amount: "1.00", note }));
    const reply = await owner("incident/report", { policy: "pol_93", file: { peril: "ransomware", occurred: "2026-10-20T08:00:00+08:00", discovered: "2026-10-20T09:00:00+08:00", summary: piece.join(" "), items } });
    if (!written.note("incident's story and notes", reply)) continue;
    incidents.push(reply.found.id);
    for (const text of piece.slice(0, 3)) {
      written.note("adjuster's brief", await handler(`incident/${reply.found.id}/adjuster`, { organisation: "an-adjuster", brief: text }));
      written.note("a condition's reference", await handler(`incident/${reply.found.id}/condition`, { condition: "police_report", reference: text }));
    }
  }
  return incidents;
}

async function write_reasons(base, houses, payloads, written) {
  const underwriter = await person(base, "underwriter");
  const broker = await person(base, "owner");
  const subsidy = await person(base, "subsidy");
  const operator = await person(base, "operator");
  const issued = await broker("quote/issue", { enterprise: houses.large, product: "ningbo-2023-a", from: "2027-12-01" });
  assert.equal(issued.status, 200, JSON.stringify(issued.found));
  written.note("reasons of a decision", await underwriter(`quote/${issued.found.id}/decide`, { outcome: "decline", reason: payloads }));
  for (const text of payloads.slice(-PIECE)) {
    written.note("a subsidy's refusal", await subsidy("subsidy/decide", { policy: "pol_135", refuse: text }));
    written.note("a key's name", await operator("account/key/make", { name: text }));
    written.note("a note of a submission", await broker("submission/draft", { enterprise: houses.large, product: ["ningbo-2023-a"], from: "2027-11-01", note: text }));
    written.note("a renewal's reason", await broker("policy/pol_93/renewal", { choose: "manual", reason: text }));
  }
  return issued.found.id;
}

/** In the page, before anything else: what must not be called is there and says so. */
function trap() {
  window.anlan_hit = () => console.error("EXECUTED: a text ran");
}

const lurking = () => [...document.querySelectorAll("[data-anlan], x-anlan, main iframe, main object, main embed, main script, main base, main form[action]")].map((each) => each.outerHTML.slice(0, 100));

async function seen_on(tools, to, counted) {
  const { page, go, complaints } = tools;
  await go(to);
  await settled(page);
  for (const each of await page.evaluate(lurking)) complaints.push(`${to}: an element of a text stands in the page: ${each}`);
  const text = await page.locator("body").innerText();
  counted.set(to, counted.values.filter((payload) => text.includes(payload)).length);
}

function guard(page, base, complaints) {
  page.on("request", (asked) => {
    if (!asked.url().startsWith(base) && !/^(data|blob):/.test(asked.url())) complaints.push(`asked for ${asked.url()}`);
  });
  page.on("framenavigated", (frame) => {
    if (!frame.url().startsWith(base) && frame.url() !== "about:blank") complaints.push(`went to ${frame.url()}`);
  });
  page.on("popup", (opened) => complaints.push(`opened ${opened.url()}`));
}

async function as(tools, login, to) {
  await tools.context.clearCookies();
  await tools.page.evaluate(() => localStorage.clear());
  await tools.go(to);
  await tools.sign_in(login);
}

async function in_addresses(tools, payloads) {
  const { page, base, lang, complaints } = tools;
  for (const payload of payloads) {
    const text = encodeURIComponent(payload);
    for (const to of [`desk/companies?q=${text}`, `price?product=${text}`, `covered/${text}`, `desk/company/${text}`]) {
      const answer = await page.goto(`${base}/${lang}/${to}`, { waitUntil: "load" });
      if (answer && answer.status() === 400) continue; // the service refuses the address itself
      await page.locator("h1").first().waitFor();
      for (const each of await page.evaluate(lurking)) complaints.push(`${to}: an element of a text stands in the page: ${each}`);
    }
  }
}

async function saved_file(tools) {
  const { page, go, complaints } = tools;
  await go("desk/companies");
  await page.locator(".table tbody tr").first().waitFor();
  const waited = page.waitForEvent("download");
  await page.locator(".table-tools button").click();
  const text = readFileSync(await (await waited).path(), "utf8");
  for (const cell of cells_of(text)) if (/^[=+\-@\t\r]/.test(cell) && !/^-?\d/.test(cell)) complaints.push(`the file of the table has a formula: ${cell}`);
}

function cells_of(text) {
  return [...text.replace(/^\uFEFF/, "").matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(?:,|\r?\n|$)/g)].map((found) => found[1].replace(/^"|"$/g, "").replaceAll('""', '"'));
}

const hostile_with = (payloads) => async (tools) => {
  const { page, base, houses, complaints, go } = tools;
  await page.addInitScript(trap);
  guard(page, base, complaints);
  const written = new Written();
  const owner = await person(base, "owner");
  const companies = await write_companies(owner, payloads, written);
  const incidents = await write_incidents(base, owner, payloads, written);
  const declined = await write_reasons(base, houses, payloads, written);
  console.log(written.said());
  const counted = Object.assign(new Map(), { values: payloads });
  const few = companies.filter((_, at) => at % Math.ceil(companies.length / 10) === 0);

  await go("policies");
  await tools.sign_in("owner");
  for (const to of ["policies", "claims", "incident", ...incidents.map((each) => `incident/${each}`), ...few.flatMap((each) => [`company/${each}`]), "policy/pol_93", `company/${houses.large}`]) await seen_on(tools, to, counted);
  await as(tools, "underwriter", "desk");
  for (const to of ["desk/companies", "desk/quotes", "desk/referrals", `desk/quote/${declined}`, ...few.map((each) => `desk/company/${each}`), "desk/journal", "desk/jobs"]) await seen_on(tools, to, counted);
  await saved_file(tools);
  await in_addresses(tools, payloads.slice(0, PIECE));
  await as(tools, "handler", "desk");
  for (const to of ["desk/incidents", ...incidents.map((each) => `desk/file/${each}`)]) await seen_on(tools, to, counted);
  await as(tools, "subsidy", "desk");
  for (const to of ["desk/subsidy", "desk/subsidy/pol_135"]) await seen_on(tools, to, counted);
  await as(tools, "operator", "desk");
  await seen_on(tools, "desk/keys", counted);
  console.log(`     hostile texts to be read: ${[...counted].filter(([, count]) => count > 0).map(([to, count]) => `/${to} ${count}`).join(", ")}`);
  assert.ok(incidents.length > 0 && companies.length > payloads.length / 4, "the texts were kept");
  assert.ok((counted.get("policies") ?? 0) > payloads.length / 4 && counted.get(`incident/${incidents[0]}`) > 0 && counted.get("desk/companies") > payloads.length / 4, "and are shown as what they are");
};

export const hostile = [
  { name: "20 hostile texts in every field: nothing runs", where: { lang: "zh", form: "desktop", theme: "light" }, sets: ["ci"], test: hostile_with(sample(20)) },
  { name: "200 hostile texts in every field: nothing runs", where: { lang: "en", form: "desktop", theme: "light" }, sets: ["all"], test: hostile_with(PAYLOADS) },
];
