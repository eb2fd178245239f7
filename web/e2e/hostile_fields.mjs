// Every field of the service that takes a free text, by who may write it. Each payload goes into each of them: alone where
// the field can be written as often as one likes, several in one text where it is written once in the life of a record.
import assert from "node:assert/strict";
import crypto from "node:crypto";
import { PASSWORD } from "./house.mjs";
import { with_check_digit } from "./journeys.mjs";

/** Requests of one person, signed in as a page is. */
async function person(base, login) {
  const entered = await fetch(`${base}/v1/session/sign-in`, { method: "POST", headers: { "Content-Type": "application/json", "Anlan-Request": "web" }, body: JSON.stringify({ login, password: PASSWORD }) });
  assert.equal(entered.status, 200, await entered.text());
  const cookie = entered.headers.getSetCookie().map((each) => each.split(";")[0]).join("; ");
  return async (path, body) => {
    for (;;) {
      const reply = await fetch(`${base}/v1/${path}`, { method: "POST", headers: { "Content-Type": "application/json", "Anlan-Request": "web", "Idempotency-Key": crypto.randomUUID(), Cookie: cookie }, body: JSON.stringify(body) });
      if (reply.status !== 429) return { status: reply.status, found: await reply.json() };
      await reply.body?.cancel();
      await new Promise((done) => setTimeout(done, 1000 * Number(reply.headers.get("retry-after") ?? 1)));
    }
  };
}

/** What was kept of each field, and by which code the rest was refused; anything else than a refusal is a fault. */
class Written {
  fields = new Map();

  note(field, payloads, { status, found }) {
    assert.ok(status === 200 || (status >= 400 && status < 500 && found.error?.code), `${field}: ${status} ${JSON.stringify(found)}`);
    const mine = this.fields.get(field) ?? { kept: 0, refused: new Map() };
    this.fields.set(field, mine);
    if (status === 200) mine.kept += payloads.length;
    else mine.refused.set(found.error.code, (mine.refused.get(found.error.code) ?? 0) + payloads.length);
    return status === 200 ? found : null;
  }

  said() {
    return [...this.fields].map(([field, { kept, refused }]) => `     ${String(kept).padStart(4)} kept  ${field}${[...refused].map(([code, count]) => `; refused ${code} ${count}`).join("")}`).join("\n");
  }
}

const SINCE = Date.now();
let codes = 0;
const code = () => with_check_digit(`91330206MA1${String((SINCE + codes++) % 1_000_000).padStart(6, "0")}`);

const company_of = (payload) => ({
  legal_name: payload, credit_code: code(), assess_consent: true, monitor_consent: true, stated_on: "2026-11-01",
  contact: { name: payload, phone: payload, email: payload },
  facts: { sector: "C34", region: "330206", revenue: "30000000.00", gross_margin: "25 %", employees: 48, records: 8000, endpoints: 30, cii_operator: false, incidents_36m: 0, providers: payload },
});

async function write_companies(people, payloads, written) {
  const companies = [];
  for (const payload of payloads) {
    const made = written.note("a company's name, contact and providers", [payload], await people.owner("enterprise/register", { file: company_of(payload) }));
    if (made) companies.push(made.id);
  }
  const first = companies[0];
  for (const [at, payload] of payloads.entries()) written.note("why a consent was changed", [payload], await people.owner(`enterprise/${first}/consent`, { monitor: at % 2 === 0 ? "no" : "yes", reason: payload }));
  return companies;
}

/** An incident for each payload: what is written once of an incident is written of each. */
async function write_incidents(people, payloads, written) {
  const incidents = [];
  for (const [at, payload] of payloads.entries()) {
    const occurred = `2026-10-${String(1 + Math.floor(at / 24)).padStart(2, "0")}T${String(at % 24).padStart(2, "0")}:00:00+08:00`; // one incident an hour
    const items = [{ head: "FP.IR", amount: "1.00", note: payload }];
    const made = written.note("an incident's story and notes", [payload], await people.owner("incident/report", { policy: "pol_93", file: { peril: "ransomware", occurred, discovered: occurred, summary: payload, items } }));
    if (!made) continue;
    incidents.push(made.id);
    written.note("what an adjuster is to find out", [payload], await people.handler(`incident/${made.id}/adjuster`, { organisation: "an-adjuster", brief: payload }));
    written.note("the reference of a condition", [payload], await people.handler(`incident/${made.id}/condition`, { condition: "police_report", reference: payload }));
  }
  return incidents;
}

async function write_quotes(people, houses, payloads, written) {
  const ask = (from) => people.owner("quote/issue", { enterprise: houses.large, product: "ningbo-2023-a", from });
  const issued = await ask("2027-12-01");
  assert.equal(issued.status, 200, JSON.stringify(issued.found));
  written.note("the reasons of an underwriter's decision", payloads, await people.underwriter(`quote/${issued.found.id}/decide`, { outcome: "decline", reason: payloads }));
  const other = await ask("2027-12-02");
  written.note("why a quote is withdrawn", payloads, await people.owner(`quote/${other.found.id}/withdraw`, { reason: payloads.join(" ") }));
  for (const payload of payloads) {
    const made = written.note("the note of a submission", [payload], await people.owner("submission/draft", { enterprise: houses.large, product: ["ningbo-2023-a"], from: "2027-11-01", note: payload }));
    if (made) written.note("why a submission is withdrawn", [payload], await people.owner(`submission/${made.id}/withdraw`, { reason: payload }));
  }
  return issued.found.id;
}

async function write_policies(people, payloads, written) {
  written.note("why a subsidy is refused", payloads, await people.subsidy("subsidy/decide", { policy: "pol_135", refuse: payloads.join(" ") }));
  for (const [at, payload] of payloads.entries()) written.note("why a policy is renewed or not", [payload], await people.owner("policy/pol_93/renewal", { choose: at % 2 === 0 ? "insured_declines" : "manual", reason: payload }));
}

async function write_people(people, payloads, written) {
  for (const payload of payloads) written.note("a key's name", [payload], await people.operator("account/key/make", { name: payload, house: "ningbo-demo", actor: "op", scope: "read" }));
}

export async function write_everywhere(base, houses, payloads) {
  const people = {};
  for (const login of ["owner", "underwriter", "handler", "subsidy", "operator"]) people[login] = await person(base, login);
  const written = new Written();
  const companies = await write_companies(people, payloads, written);
  const incidents = await write_incidents(people, payloads, written);
  const declined = await write_quotes(people, houses, payloads, written);
  await write_policies(people, payloads, written);
  await write_people(people, payloads, written);
  return { companies, incidents, declined, written };
}
