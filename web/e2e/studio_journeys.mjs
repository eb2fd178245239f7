// Journeys of what is tried out at a desk: other terms of a quote, drafts of wordings, logs of security products.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { LIGHTS_AT } from "./house.mjs";

const DATA = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "..", "data");
const WORDING = path.join(DATA, "wordings", "ningbo-2023-a.toml");
const log = (name) => readFileSync(path.join(DATA, "demo", "telemetry", name), "utf8");
const TWO = [
  { lang: "zh", form: "desktop", theme: "light" },
  { lang: "en", form: "phone", theme: "dark" },
];
const OTHER_TWO = [
  { lang: "en", form: "desktop", theme: "light" },
  { lang: "zh", form: "phone", theme: "dark" },
];

export const studio_journeys = [];
const add = (name, places, test) => places.forEach((where) => studio_journeys.push({ name, where, test }));
const LONG = 180_000; // the first calculation of a server fills its tables

const cells = (page, column) => page.locator(`#what-if .what-if tbody tr td:nth-child(${column})`).allInnerTexts();
const full = (page, column) =>
  page.waitForFunction(
    (at) => {
    const found = [...document.querySelectorAll(`#what-if .what-if tbody tr td:nth-child(${at})`)];
    return found.length > 0 && found.every((cell) => /\d/.test(cell.textContent));
  },
  column,
  { timeout: LONG },
);

add("what if: another limit and retention beside the present, by the service alone", [...TWO, ...OTHER_TWO], async ({ go, look, sign_in, page }) => {
  const asked = [];
  let open = 0;
  let most = 0;
  const priced = /\/v1\/(quote\/options|risk\/grid)\?/;
  page.on("request", (each) => {
    if (!priced.test(each.url())) return;
    asked.push(new URL(each.url()).search);
    most = Math.max(most, ++open);
  });
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (each) => priced.test(each.url()) && --open);
  await go("desk/quote/quo_19");
  await sign_in("underwriter");
  await full(page, 2);
  const before = await cells(page, 2);
  asked.length = 0;
  await page.locator("#what-if input[name=limit]").pressSequentially("200000", { delay: 40 });
  await page.locator("#what-if input[name=retention]").fill("5000");
  await full(page, 3);
  const after = await cells(page, 3);
  assert.match(after[0], /200,000\.00/);
  assert.match(after[1], /5,000\.00/);
  assert.notEqual(after[2], before[2], "the price is another one");
  assert.deepEqual(await cells(page, 2), before, "the present stays");
  assert.equal(most, 1, "one request at a time");
  assert.ok(asked.length <= 6, `typing asks after a pause: ${asked.length}`);
  assert.match(asked[asked.length - 1], /limit=200000\.00&retention=5000\.00/);
  assert.match(await page.locator("#what-if .how-long").first().innerText(), /\d+ (毫秒|ms)/);
  await look("studio-what-if");
  await page.reload();
  assert.equal(await page.locator("#what-if input[name=limit]").inputValue(), "200000", "the draft outlives a reload");
  await full(page, 3);
  const shorter = await cells(page, 3);
  await page.locator("#what-if input[name=waiting]").fill("72");
  await page.locator("#what-if select[name=what_if_answer]").selectOption("IAM-01");
  await page.locator("#what-if input[name=IAM-01--typed]").fill("100");
  await page.waitForFunction((price) => document.querySelector("#what-if .what-if tbody tr:nth-child(3) td:nth-child(3)")?.textContent !== price, shorter[2], { timeout: LONG });
  await full(page, 3);
  assert.match(asked[asked.length - 1], /waiting=72&answers=IAM-01%3D100/);
  await page.locator("#what-if .what-if-curve summary").click();
  await page.locator("#what-if .what-if-curve svg").waitFor({ timeout: LONG });
  await look("studio-what-if-answers");
  await page.locator("#what-if input[name=limit]").fill("a lot");
  await page.locator("#what-if [aria-invalid=true]").waitFor();
});

add("what if: each measure with its interval, and an answer that comes late is not shown", [TWO[0]], async ({ go, look, sign_in, page }) => {
  await go("desk/quote/quo_19");
  await sign_in("underwriter");
  await full(page, 2);
  let held = null;
  await page.route(/quote\/options\?.*limit=100000\.00/, async (route) => {
    held = route;
  });
  await page.locator("#what-if input[name=limit]").fill("100000");
  while (held === null) await page.waitForTimeout(50);
  await page.locator("#what-if input[name=limit]").fill("300000");
  await page.waitForTimeout(600);
  await held.continue();
  await full(page, 3);
  assert.match((await cells(page, 3))[0], /300,000\.00/);
  await page.locator("#what-if .actions .button-plain").last().click();
  await page.locator("#what-if .table-part").nth(2).waitFor({ timeout: LONG });
  assert.ok((await page.locator("#what-if .table-part").nth(2).locator("tbody tr").count()) > 10);
  await look("studio-measures");
});

add("wordings: read with numbers, findings and covers; all incidents beside another wording", [...TWO, ...OTHER_TWO], async ({ go, look, sign_in, page }) => {
  await go("desk/wordings");
  await sign_in("underwriter");
  await page.locator(".table tbody tr").first().waitFor();
  await look("studio-wordings");
  await go("desk/wording/ningbo-2023-a");
  assert.equal(await page.locator(".wording-clauses .ref").first().innerText(), "1.1");
  await page.locator("select[name=beside]").selectOption("endpoint-ransomware");
  await page.locator(".form .button-main").click();
  await page.waitForFunction(() => document.querySelector("progress")?.value === document.querySelector("progress")?.max, undefined, { timeout: LONG });
  assert.ok((await page.locator("main .card").first().locator("tbody tr").count()) > 100);
  assert.ok((await page.locator("main .card").first().locator("tbody .badge-warn").count()) > 0, "the two wordings pay differently somewhere");
  await look("studio-wording");
});

add("wordings: a draft is opened, examined at its lines, compared, kept and saved", [...TWO, ...OTHER_TWO], async ({ go, look, sign_in, page }) => {
  await go("desk/wordings/draft");
  await sign_in("underwriter");
  await page.locator("input[type=file]").setInputFiles(WORDING);
  const area = page.locator("textarea[name=text]");
  await page.locator(".link").first().waitFor();
  const text = await area.inputValue();
  assert.equal(text, readFileSync(WORDING, "utf8"));
  const changed = text.replace('sublimit_occ = "30000.00"', 'sublimit_occ = "90000.00"').replace("Business interruption: the loss", "Interruption: the loss");
  assert.notEqual(changed, text);
  await area.fill(changed);
  await page.locator(".editor-marked").waitFor();
  const line = changed.split("\n").findIndex((each) => each.includes("90000.00")) + 1;
  assert.equal(await page.locator(".editor-marked").innerText(), String(line), "the error stands at its line");
  await page.locator(".link").first().click();
  assert.match(await area.evaluate((each) => each.value.slice(each.selectionStart, each.selectionEnd)), /90000\.00/);
  assert.equal(await page.locator(".diff-new").count(), 2);
  assert.equal(await page.locator(".diff-gone").count(), 2);
  await page.getByText("Interruption: the loss").first().waitFor();
  await look("studio-draft");
  await page.reload();
  await page.locator(".diff-new").first().waitFor();
  assert.equal(await area.inputValue(), changed, "the draft outlives a reload");
  const waited = page.waitForEvent("download");
  await page.locator("main .card").last().locator(".button-plain").click();
  const saved = await waited;
  assert.equal(saved.suggestedFilename(), "ningbo-2023-a.toml");
  assert.equal(readFileSync(await saved.path(), "utf8"), changed);
  await area.fill("a = [");
  await page.locator(".link").first().waitFor();
  assert.match(await page.locator("main .card-warn").innerText(), /toml_syntax/);
});

const VENDOR = { at: LIGHTS_AT };
for (const where of [...TWO, ...OTHER_TWO]) {
  add("vendor: lights, gaps, a log tried out line by line", [{ ...where, keep: VENDOR }], async ({ go, look, sign_in, page, houses }) => {
    await go("desk/deliveries");
    await sign_in("vendor");
    await page.locator(".table tbody tr").first().waitFor();
    const entries = await page.locator(".desk-menu a").evaluateAll((links) => links.map((link) => link.getAttribute("href").split("/").slice(3).join("/")));
    assert.deepEqual(entries, ["", "deliveries", "wordings", "jobs", "keys"]);
    await look("studio-deliveries");
    await go(`desk/delivery/${houses.order}`);
    await page.locator("select[name=product]").selectOption("endpoint");
    const lines = log("endpoint.log").split("\n");
    await page.locator("textarea[name=log]").fill(`${lines[0]}\nhello\n`);
    await page.locator("#validator tbody tr").nth(1).waitFor();
    const rows = await page.locator("#validator tbody tr th").allInnerTexts();
    assert.deepEqual(rows, ["1", "2"]);
    assert.equal(await page.locator("#validator tbody tr").nth(0).locator(".badge-good").count(), 1);
    assert.equal(await page.locator("#validator tbody tr").nth(1).locator(".badge-bad").count(), 1, "the line that nobody understands is named");
    await look("studio-validator");
    await page.reload();
    await page.locator("#validator tbody tr").nth(1).waitFor();
    await page.locator("textarea[name=log]").fill("hello\n");
    await page.locator("#validator [aria-invalid=true]").waitFor();
    await look("studio-validator-refused");
    assert.equal(await page.locator("#validator .button-main").count(), 0, "what proves nothing cannot be recorded");
  });
}

add("vendor: a rehearsal records nothing, then the log is recorded and the light turns green", [{ lang: "zh", form: "desktop", theme: "light", keep: VENDOR }], async ({ go, look, sign_in, page, houses }) => {
  await go(`desk/delivery/${houses.order}`);
  await sign_in("vendor");
  const recorded = page.locator("main .card").last().locator("tbody tr");
  await recorded.first().waitFor();
  const before = await recorded.count();
  await page.locator("select[name=product]").selectOption("managed-service");
  await page.locator("textarea[name=log]").fill(log("mss.log"));
  await page.locator("#validator .rows .badge-good").waitFor();
  await page.reload();
  await page.locator("#validator .button-main").waitFor();
  assert.equal(await recorded.count(), before, "nothing was recorded");
  await page.locator("#validator .button-main").click();
  await page.locator("#validator .button-main").click();
  await page.locator("#validator .hint-good:not(:empty)").waitFor();
  await page.waitForFunction((count) => [...document.querySelectorAll("main .card:last-child tbody tr")].length === count, before + 1);
  assert.equal(await page.locator("main .card").first().locator("tbody .badge-good").count(), 4);
  await look("studio-recorded");
});
