// Hostile texts in every field that somebody may write and a page shows: put there through the API, typed into every form,
// given as names of files and as addresses; then looked at. Nothing may run, no dialog open, no element of theirs stand in
// a page, nothing be loaded from elsewhere, the policy of contents have nothing to report.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { write_everywhere } from "./hostile_fields.mjs";
import { PAYLOADS, sample } from "./payloads.mjs";
import { addresses_of } from "./routes.mjs";
import { settled } from "./visit.mjs";

const IN_ADDRESS = 20; // payloads that are tried in each address
const RECORDS = 60; // records of the journal that are opened where not all payloads are tried

/** In the page, before anything else: what must not be called is there and says so. */
function trap() {
  window.anlan_hit = () => console.error("EXECUTED: a text ran");
}

/** In the page: elements that a text would have made. */
const lurking = () => [...document.querySelectorAll("[data-anlan], x-anlan, main iframe, main object, main embed, main script, main base, main form[action], main [onclick], main [onerror], main [onload]")].map((each) => each.outerHTML.slice(0, 100));

async function clean(tools, where) {
  for (const each of await tools.page.evaluate(lurking)) tools.complaints.push(`${where}: an element of a text stands in the page: ${each}`);
}

/** Within the application, as a link goes: no page is loaded anew. */
async function step_to(tools, to) {
  const { page, lang } = tools;
  await page.evaluate(async (address) => {
    history.pushState(null, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }, `/${lang}/${to}`);
  await page.waitForFunction(() => document.querySelector(".waiting") === null && document.querySelector("h1") !== null);
}

async function look_at(tools, to, counted) {
  await step_to(tools, to);
  await clean(tools, to);
  const text = await tools.page.locator("body").innerText();
  for (const payload of counted.payloads) if (text.includes(payload)) counted.read.add(payload);
  counted.pages.set(to, counted.payloads.filter((payload) => text.includes(payload)).length);
}

function guard({ page, base, complaints }) {
  const refused = new Set(); // addresses that the service itself answered with a refusal: the browser shows a page of its own
  page.on("response", (reply) => reply.request().isNavigationRequest() && reply.status() >= 400 && refused.add(reply.url()));
  page.on("request", (asked) => {
    if (!asked.url().startsWith(base) && !/^(data|blob|chrome-error):/.test(asked.url())) complaints.push(`asked for ${asked.url()}`);
  });
  page.on("framenavigated", (frame) => {
    const own = frame.url().startsWith(base) || frame.url() === "about:blank" || (frame === page.mainFrame() && frame.url() === "chrome-error://chromewebdata/" && refused.size > 0);
    if (!own) complaints.push(`went to ${frame.url()}`);
  });
  page.on("popup", (opened) => complaints.push(`opened ${opened.url()}`));
}

async function as(tools, login, to) {
  await tools.context.clearCookies();
  await tools.go("sign-in");
  await tools.page.evaluate(() => localStorage.clear());
  await tools.go(to);
  await tools.sign_in(login);
  await settled(tools.page);
}

/** Answers whether the pages came: an address may be refused by the service (400), whose empty answer is no page. */
async function opened(page, address) {
  for (let tried = 1; ; ++tried) {
    try {
      const answer = await page.goto(address, { waitUntil: "load" });
      return answer === null || answer.status() < 400;
    } catch (fault) {
      // The page that the browser shows in place of a refused one comes late, and into the way of the next.
      if (/interrupted by another navigation/.test(String(fault)) && tried < 5) continue;
      if (!/ERR_HTTP_RESPONSE_CODE_FAILURE|ERR_INVALID_RESPONSE/.test(String(fault))) throw fault;
      await page.waitForURL((url) => url.protocol === "chrome-error:").catch(() => undefined);
      return false;
    }
  }
}

async function in_addresses(tools, payloads, addresses) {
  const { page, base, lang } = tools;
  let refused = 0;
  for (const payload of payloads) {
    const text = encodeURIComponent(payload);
    for (const to of addresses(text)) {
      if (!(await opened(page, `${base}/${lang}/${to}`))) ++refused;
      else {
        await page.locator("h1").first().waitFor();
        await clean(tools, to);
      }
    }
  }
  return refused;
}

/** In the page: each payload into each field that takes letters, as a person would type it. */
async function type_each(payloads) {
  const fields = [...document.querySelectorAll("main textarea, main input:not([type]), main input[type=text], main input[type=search], main input[type=email], main input[type=tel], main input[type=password]")].filter((each) => !each.disabled && !each.readOnly);
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  for (const payload of payloads) {
    for (const field of fields) {
      if (!field.isConnected) continue;
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, payload);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    await frame();
  }
  return fields.length;
}

/** Into every form of every page of one person, then the same page again with what it kept. */
async function in_forms(tools, who, payloads) {
  const { page, go, houses } = tools;
  let fields = 0;
  for (const to of addresses_of(who, houses)) {
    await step_to(tools, to);
    const count = await page.evaluate(type_each, payloads);
    await clean(tools, to);
    if (count === 0) continue;
    fields += count;
    await go(to);
    await settled(page);
    await clean(tools, `${to}, with what was kept`);
  }
  await page.evaluate(() => localStorage.clear());
  return fields;
}

/** As names of files, which the pages show. */
async function in_names(tools, to, payloads) {
  const { page } = tools;
  await step_to(tools, to);
  const field = page.locator("main input[type=file]").first();
  await field.waitFor();
  let shown = 0;
  for (const payload of payloads) {
    if ((await field.count()) === 0) { // the page went on with the last one
      await page.evaluate(() => localStorage.clear());
      await step_to(tools, "desk");
      await step_to(tools, to);
      await field.waitFor();
    }
    await field.setInputFiles({ name: payload, mimeType: "text/plain", buffer: Buffer.from("x\n") });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await clean(tools, `${to} with a file called ${payload}`);
    if ((await page.locator("main").innerText()).includes(payload)) ++shown;
  }
  return shown;
}

const quoted = (text) => `"${text.replaceAll('"', '""')}"`;

/** As what a bank wrote into its statement. */
async function in_statement(tools, payloads) {
  const { page, lang } = tools;
  await as(tools, "finance", "desk/statement");
  const shown = await in_names(tools, "desk/statement", payloads);
  const lines = ["交易日期,交易流水号,借方发生额,贷方发生额,对方户名,附言", ...payloads.map((text, at) => `20270720,H-${at},,1.00,${quoted(text)},${quoted(text)}`)];
  await page.locator("main input[type=file]").setInputFiles({ name: "statement.csv", mimeType: "text/csv", buffer: Buffer.from(lines.join("\n") + "\n") });
  await page.locator("main form button[type=submit]").click();
  await page.locator("main table tbody tr, main .trouble").first().waitFor();
  await clean(tools, "desk/statement");
  const text = await page.locator("main").innerText();
  return `a bank's statement ${payloads.filter((each) => text.includes(each)).length} (${lang}), names of its file ${shown}`;
}

async function saved_file(tools, to) {
  const { page, complaints } = tools;
  await step_to(tools, to);
  await page.locator(".table tbody tr").first().waitFor();
  const waited = page.waitForEvent("download");
  await page.locator(".table-tools button").click();
  const text = readFileSync(await (await waited).path(), "utf8");
  const cells = cells_of(text);
  for (const cell of cells) if (/^[=+\-@\t\r]/.test(cell) && !/^-?[\d.,]+$/.test(cell)) complaints.push(`the file of ${to} has a formula: ${cell}`);
  return cells.length;
}

function cells_of(text) {
  return [...text.replace(/^\uFEFF/, "").matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(?:,|\r?\n|$)/g)].map((found) => found[1].replace(/^"|"$/g, "").replaceAll('""', '"'));
}

/** Every record that was written meanwhile, as the auditor sees it; of many a part of each kind. */
async function in_journal(tools, counted, all) {
  const { page } = tools;
  await as(tools, "auditor", "desk/journal");
  const records = await page.evaluate(async () => {
    const found = [];
    for (let after = ""; ; ) {
      const reply = await (await fetch(`/v1/journal/show?limit=1000${after}`, { headers: { Accept: "application/json", "Anlan-Request": "web" } })).json();
      const items = Array.isArray(reply) ? reply : reply.items;
      found.push(...items.map(({ seq, ...rest }) => ({ seq, text: JSON.stringify(rest) })));
      if (Array.isArray(reply) || !reply.next) return found;
      after = `&after=${encodeURIComponent(reply.next)}`;
    }
  });
  const hostile = records.filter(({ text }) => counted.payloads.some((payload) => text.includes(JSON.stringify(payload).slice(1, -1))));
  const each = all ? 1 : Math.max(1, Math.ceil(hostile.length / RECORDS));
  for (const { seq } of hostile.filter((_, at) => at % each === 0)) await look_at(tools, `desk/journal/${seq}`, counted);
  return hostile.length;
}

async function found_by_name(tools, counted) {
  const { page } = tools;
  await page.keyboard.press("Control+k");
  for (const text of ["script", "onerror", "anlan_hit", "宁波"]) {
    await Promise.all([page.waitForResponse((reply) => reply.url().includes("/v1/search")), page.locator("dialog input[name=find]").fill(text)]);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await clean(tools, "the command box");
  }
  const text = await page.locator("dialog").innerText();
  counted.pages.set("Ctrl-K", counted.payloads.filter((payload) => text.includes(payload)).length);
  await page.keyboard.press("Escape");
}

const hostile_with = (payloads, all) => async (tools) => {
  const { page, base, houses, go } = tools;
  await page.addInitScript(trap);
  guard(tools);
  const { companies, incidents, declined, written } = await write_everywhere(base, houses, payloads);
  console.log(written.said());
  const counted = { payloads, read: new Set(), pages: new Map() };
  const some = (ids, most) => ids.filter((_, at) => all || at % Math.ceil(ids.length / most) === 0);
  const said = [];
  const typed = { fields: 0 };
  const forms = async (who) => (typed.fields += await in_forms(tools, who, payloads));

  await go("sign-in");
  typed.fields += await in_forms(tools, "", payloads);
  await as(tools, "owner", "policies");
  for (const to of ["policies", "claims", "incident", "policy/pol_93", "policy/pol_93/history", "policy/pol_93/renew", `company/${houses.large}`, ...some(incidents, 8).map((each) => `incident/${each}`), ...some(companies, 8).map((each) => `company/${each}`)]) await look_at(tools, to, counted);
  for (const to of ["desk/pipeline", "desk/renewals", "desk/comparison", "desk/same-incident", "desk/options", "desk/tower"]) await look_at(tools, to, counted);
  said.push(`names of files: check ${await in_names(tools, "check", payloads)}, desk/bulk ${await in_names(tools, "desk/bulk", payloads)}`);
  await forms("owner");
  await as(tools, "underwriter", "desk");
  for (const to of ["desk/companies", "desk/quotes", "desk/referrals", `desk/quote/${declined}`, ...some(companies, 8).map((each) => `desk/company/${each}`), "desk/jobs"]) await look_at(tools, to, counted);
  await found_by_name(tools, counted);
  said.push(`cells of saved tables ${(await saved_file(tools, "desk/companies")) + (await saved_file(tools, "desk/quotes"))}`);
  said.push(`desk/wordings/draft ${await in_names(tools, "desk/wordings/draft", payloads)}`);
  await forms("underwriter");
  const addresses = (text) => [`desk/companies?q=${text}`, `price?product=${text}`, `covered/${text}`, `desk/company/${text}`, `check?code=${text}`, `incident?policy=${text}`, `desk/wording/ningbo-2023-a?clause=${text}`, `desk/comparison?enterprise=${text}&products=${text}`, text];
  said.push(`addresses that the service refused ${await in_addresses(tools, payloads.slice(0, IN_ADDRESS), addresses)}`);
  await as(tools, "handler", "desk");
  for (const to of ["desk/incidents", ...some(incidents, 8).map((each) => `desk/file/${each}`)]) await look_at(tools, to, counted);
  await forms("handler");
  await as(tools, "subsidy", "desk");
  for (const to of ["desk/subsidy", "desk/subsidy/pol_135"]) await look_at(tools, to, counted);
  await forms("subsidy");
  await as(tools, "operator", "desk");
  await look_at(tools, "desk/keys", counted);
  await forms("operator");
  said.push(await in_statement(tools, payloads));
  said.push(`records of the journal ${await in_journal(tools, counted, all)}`);
  await as(tools, "hostile", "policies"); // somebody whose own name is hostile
  await page.locator(".sheet summary").click();
  await clean(tools, "the name of who is signed in");

  console.log(`     hostile texts that could be read as they are, by page: ${[...counted.pages].filter(([, count]) => count > 0).map(([to, count]) => `/${to} ${count}`).slice(0, all ? 40 : undefined).join(", ")}`);
  console.log(`     ${typed.fields} fields of forms typed into, ${payloads.length} texts each; ${said.join("; ")}`);
  for (const [field, { kept }] of written.fields) assert.ok(kept >= payloads.length / 4, `${field}: only ${kept} of ${payloads.length} texts were kept`);
  assert.ok(counted.read.size > payloads.length * 0.9, `${counted.read.size} of ${payloads.length} texts were shown as what they are`);
};

export const hostile = [
  { name: "20 hostile texts in every field: nothing runs", where: { lang: "zh", form: "desktop", theme: "light" }, sets: ["ci"], test: hostile_with(sample(20), false) },
  { name: "200 hostile texts in every field: nothing runs", where: { lang: "en", form: "desktop", theme: "light" }, sets: ["all"], test: hostile_with(PAYLOADS, true) },
];
