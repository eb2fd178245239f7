// Journeys of the broker; of the same shape as those of the desk. The owner's account acts as a broker.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const FOUR = [
  { lang: "zh", form: "phone", theme: "light" },
  { lang: "zh", form: "desktop", theme: "dark" },
  { lang: "en", form: "phone", theme: "dark" },
  { lang: "en", form: "desktop", theme: "light" },
];
const TWO = [
  { lang: "zh", form: "desktop", theme: "light" },
  { lang: "en", form: "phone", theme: "dark" },
];

export const broker_journeys = [];
const add = (name, places, test) => places.forEach((where) => broker_journeys.push({ name, where, test }));

const PAGES = [
  ["broker-desk", "desk"], ["broker-pipeline", "desk/pipeline"], ["broker-renewals", "desk/renewals"], ["broker-comparison", "desk/comparison"],
  ["broker-wording", "desk/wording/ningbo-2023-a?clause=2.2"], ["broker-incident", "desk/same-incident"], ["broker-options", "desk/options"], ["broker-tower", "desk/tower"], ["broker-bulk", "desk/bulk"], ["broker-shares", "desk/shares"],
];
const PRODUCTS = ["ningbo-2023-a", "sme-comprehensive", "chain-leader"];
const SLOW = { timeout: 300_000 };

const finished = (page) => page.locator("[data-open]").waitFor({ state: "detached", ...SLOW });
const choose = async (page) => {
  for (const product of PRODUCTS) await page.locator(`input[name=products][value=${product}]`).check();
};
const money = (sum) => `¥${String(Math.floor(sum / 100)).replace(/\B(?=(\d{3})+$)/g, ",")}.${String(sum % 100).padStart(2, "0")}`;

add("desk of the broker: every page, axe, no sideways scroll, a picture", FOUR, async ({ go, look, sign_in, page }) => {
  await go("desk");
  await sign_in();
  await page.locator(".desk-menu a").nth(1).waitFor();
  const entries = await page.locator(".desk-menu a").evaluateAll((links) => links.map((link) => link.getAttribute("href").split("/").slice(3).join("/")));
  assert.deepEqual(entries, ["", "pipeline", "renewals", "comparison", "same-incident", "options", "tower", "bulk", "shares", "jobs", "keys"]);
  for (const [name, to] of PAGES) {
    await go(to);
    await look(name);
    assert.equal(await page.locator("h1").count(), 1, `${name} has one h1`);
    assert.equal(await page.locator("main .trouble").count(), 0, `${name} has no trouble`);
  }
});

add("broker shares a quote: read without an account, every view noted, gone once taken back", TWO, async ({ go, look, sign_in, page }) => {
  const words = "<img src=x onerror=alert(1)> for Li";
  await go("desk/shares");
  await sign_in();
  await page.locator("select[name=quote] option").nth(1).waitFor({ state: "attached" });
  await page.locator("select[name=quote]").selectOption(await page.locator("select[name=quote] option").nth(1).getAttribute("value"));
  await page.locator("input[name=label]").fill(words);
  await page.locator("main form button[type=submit]").click();
  const url = await page.locator(".share-url").innerText();
  assert.match(url, /\/(zh|en)\/shared#shl_[A-Z2-7]{52}$/);
  await page.locator("main tbody tr").first().waitFor();
  await look("broker-shared");
  const elsewhere = await page.context().browser().newContext({ viewport: page.viewportSize() });
  try {
    const reader = await elsewhere.newPage();
    reader.on("dialog", () => assert.fail("a script of the label ran"));
    await reader.goto(url);
    await reader.locator("main .price").waitFor();
    assert.ok((await reader.locator("main").innerText()).includes(words), "words are words");
    assert.match(await reader.locator("main").innerText(), /[0-9a-f]{64}/);
    await page.locator("main tbody tr").first().locator("td .button-quiet").first().click();
    await page.locator("main section.card table tbody tr, main .card table tbody tr").first().waitFor();
    await page.locator("main tbody tr").first().locator("td .button-quiet").last().click();
    await page.locator("main .button-alarm").click();
    await page.locator("main .button-alarm").waitFor({ state: "detached" });
    await reader.reload();
    await reader.locator("main .trouble").waitFor();
    assert.equal(await reader.locator("main .price").count(), 0, "the link is gone");
  } finally {
    await elsewhere.close();
  }
});

add("broker compares three products; differences stand first; a cell leads to its clause", TWO, async ({ go, look, sign_in, page }) => {
  await go("desk/comparison");
  await sign_in();
  await page.locator("input[name=products]").first().waitFor();
  await page.locator("main form button[type=submit]").click();
  assert.equal(await page.evaluate(() => document.activeElement.name), "enterprise", "focus goes to the first field that is wrong");
  await page.locator("select[name=enterprise]").selectOption("ent_80");
  await choose(page);
  await page.locator("main form button[type=submit]").click();
  await page.locator("[data-open] progress").waitFor();
  await page.locator("main table").waitFor(SLOW);
  await look("broker-compared");
  const differs = () => page.locator("main tbody tr").evaluateAll((rows) => rows.map((row) => row.querySelector("th .badge") !== null));
  const all = await differs();
  assert.ok(all.includes(true) && all.includes(false));
  assert.ok(!all.slice(all.indexOf(false)).includes(true), "differences first");
  await page.locator("input[name=only]").check();
  await page.waitForURL(/only=1/);
  assert.ok((await differs()).every((each) => each));
  const clause = page.locator("main td .clause-link").first();
  const number = /[\d.]+/.exec(await clause.innerText())[0];
  await clause.click();
  await page.locator(".clause-wanted").waitFor();
  assert.equal(await page.locator(".clause-wanted .ref").innerText(), number);
  assert.ok(await page.evaluate(() => document.activeElement.matches(".clause-wanted")));
});

add("broker tests one incident: the figures are the engine's", TWO, async ({ go, look, sign_in, page }) => {
  await go("desk/same-incident");
  await sign_in();
  await page.locator("input[name=products]").first().waitFor();
  await page.locator("select[name=script] optgroup").first().waitFor({ state: "attached" });
  await page.locator("select[name=script]").selectOption("alicloud-hongkong-cooling-2022");
  await choose(page);
  await page.locator("main form button[type=submit]").click();
  await page.locator("main table").waitFor(SLOW);
  await page.locator("main details").last().locator("summary").click();
  await page.locator("main details .letter li").first().waitFor();
  await look("broker-incident-paid");
  const engine = await page.evaluate(async (wordings) => (await fetch(`/v1/wording/compare?wordings=${wordings}&script=alicloud-hongkong-cooling-2022`, { headers: { "Anlan-Request": "web" } })).json(), PRODUCTS.join(","));
  const shown = await page.locator("main table tbody tr").evaluateAll((rows) => rows.map((row) => row.querySelectorAll("td")[1].textContent));
  assert.deepEqual(shown, engine.under.map((each) => money(each.paid.amount)));
  assert.ok(new Set(shown).size > 1);
});

add("broker walks the options by arrow keys; prices on request", TWO, async ({ go, look, sign_in, page }) => {
  await go("desk/options");
  await sign_in();
  await page.locator("select[name=enterprise]").selectOption("ent_80");
  await page.locator("select[name=product]").selectOption("sme-comprehensive");
  await page.locator("input[name=limit]").fill("1000000 zwei");
  await page.locator("main form button[type=submit]").click();
  assert.equal(await page.evaluate(() => document.activeElement.name), "limit");
  await page.locator("input[name=limit]").fill("1,000,000 2000000");
  await page.locator("input[name=retention]").fill("20000 50000");
  await page.locator("main form button[type=submit]").click();
  await page.locator("[role=gridcell]").first().waitFor(SLOW);
  assert.equal(await page.locator("[role=gridcell]").count(), 4);
  await page.locator("[role=gridcell]").first().focus();
  const before = await page.locator("main .card h2").last().innerText();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.at), "1,1");
  assert.notEqual(await page.locator("main .card h2").last().innerText(), before);
  await page.locator("input[name=view]").last().check();
  await page.waitForFunction(() => [...document.querySelectorAll("[role=gridcell]")].every((cell) => cell.textContent.startsWith("¥")), null, SLOW);
  await finished(page);
  await look("broker-options-price");
});

add("broker builds a tower: shares to the whole, borders by keys and by dragging", TWO, async ({ go, look, sign_in, page, form }) => {
  await go("desk/tower");
  await sign_in();
  await page.locator("select[name=enterprise]").selectOption("ent_80");
  await page.locator("select[name=product]").selectOption("sme-comprehensive");
  await page.locator("input[name=layer-0-share-0-name]").fill("甲保险");
  await page.locator("input[name=layer-0-share-0-percent]").fill("60");
  assert.match(await page.locator("#layer-0-sum").innerText(), /60 %[^]*40 %/);
  await page.locator("main form button[type=submit]").click();
  assert.equal(await page.evaluate(() => document.activeElement.name), "layer-0-share-0-percent", "focus goes to the share");
  await page.locator(".pills > .actions .button-quiet").first().click();
  assert.equal(await page.locator("input[name=layer-0-share-1-percent]").inputValue(), "40", "what is missing is offered");
  await page.locator("input[name=layer-0-share-1-name]").fill("乙保险");
  await page.locator("#layer-0-sum .badge-good").waitFor();
  await page.locator(".group > .actions .button-plain").click();
  const borders = page.locator("[role=slider]");
  assert.equal(await borders.count(), 3);
  await borders.nth(1).focus();
  await page.keyboard.press("ArrowUp");
  assert.equal(await page.locator("input[name=layer-0-limit]").inputValue(), "2000000");
  if (form === "desktop") {
    await borders.nth(2).scrollIntoViewIfNeeded();
    const box = await borders.nth(2).boundingBox();
    await page.mouse.move(box.x + 40, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 40, box.y + box.height / 2 - 30, { steps: 4 });
    await page.mouse.up();
    assert.equal(await page.locator("input[name=layer-1-limit]").inputValue(), "3000000", "two rungs up");
  }
  await page.reload();
  assert.equal(await page.locator("input[name=layer-0-limit]").inputValue(), "2000000", "the draft outlives a reload");
  await page.locator("main form button[type=submit]").click();
  await page.locator("main table").waitFor(SLOW);
  assert.equal(await page.locator("main tbody tr").count(), 6, "two layers with two insurers each");
  await look("broker-tower-result");
});

add("broker sends a list: errors by row before and after, the file comes back", TWO, async ({ go, look, sign_in, page, lang }) => {
  const code = lang === "zh" ? "91330206MA2DEXKR83" : "91330206MA2DEXKR9J";
  const rows = [
    "legal_name,credit_code,assess_consent,monitor_consent,sector,region,revenue,gross_margin,employees,endpoints,records,incidents_36m",
    `宁波名单一号机械有限公司,${right_code(code)},yes,yes,C34,330206,30000000,25%,48,30,8000,0`,
    "宁波名单二号机械有限公司,91330206MA2EXAMP51,yes,yes,C34,330206,30000000,25%,48,30,8000,0",
  ];
  await go("desk/bulk");
  await sign_in();
  await page.locator("input[name=file]").setInputFiles({ name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\r\n")) });
  await page.locator("main table").waitFor();
  assert.equal(await page.locator("main tbody .wrong").count(), 2, "no product and no day yet");
  await page.locator("select[name=product]").selectOption("ningbo-2023-a");
  await page.locator("input[name=from]").fill("2027-09-01");
  assert.equal(await page.locator("main tbody .wrong").count(), 1);
  await look("broker-bulk-preview");
  await page.reload();
  await page.locator("main table").waitFor();
  await page.locator("main form button[type=submit]").click();
  await page.locator("main form button[type=submit]").click();
  await page.locator("main .broker-states").waitFor(SLOW);
  await look("broker-bulk-answers");
  const states = await page.locator("main tbody tr td .badge").evaluateAll((badges) => badges.map((badge) => badge.className));
  assert.ok(/badge-good|badge-warn/.test(states[0]), "the right row is quoted");
  assert.match(states[1], /badge-bad/);
  const waited = page.waitForEvent("download");
  await page.locator("main .card a[download]").click();
  const returned = readFileSync(await (await waited).path(), "utf8");
  assert.match(returned, /宁波名单一号机械有限公司[^\n]*quo_\d+/);
  await page.reload();
  await page.locator("main .broker-states").waitFor();
});

add("broker sees policies that end soon by the time of the house", [{ ...TWO[0], keep: { at: "2027-09-20T12:00:00+08:00" } }], async ({ go, look, sign_in, page }) => {
  await page.route("**/v1/quote/renew", (route) => route.continue({ headers: { ...route.request().headers(), "anlan-dry-run": "true" } }));
  await go("desk/renewals");
  await sign_in();
  await page.locator("main .card").first().waitFor();
  assert.match(await page.locator("main h2").first().innerText(), /^30 天内到期/);
  assert.match(await page.locator("main .card").first().innerText(), /AL-2026-000093[^]*还有 11 天/);
  await look("broker-renewals-soon");
  await page.locator("main .card .button-main").click();
  const renewed = page.waitForResponse(/\/v1\/quote\/renew/);
  await page.locator("main .card .button-main").click();
  const reply = await (await renewed).json();
  assert.equal(reply.events[0].quote.renewal_of, "pol_93");
});

add("broker records how a policy goes on, and saves a proposal", [TWO[0]], async ({ go, look, sign_in, page }) => {
  await go("desk/renewals");
  await sign_in();
  await page.locator("main .card").first().waitFor();
  assert.match(await page.locator("main h2").first().innerText(), /^90 天内到期/);
  await page.locator("main .card summary").click();
  await page.locator("main .card select").selectOption("insured_declines");
  await page.locator("main .card textarea").waitFor();
  await page.locator("main .card form button[type=submit]").click();
  await page.locator("main .card .hint-good", { hasText: "投保人不续保" }).waitFor(); // without a reason: the insured owes none
  assert.deepEqual(await page.locator("main .card select option").evaluateAll((all) => all.map((each) => each.value)), ["", "manual", "automatic"], "what the service takes, and not what is recorded");
  await page.locator("main .card select").selectOption("automatic");
  await page.locator("main .card form button[type=submit]").click();
  await page.locator("main .card .hint-good", { hasText: "自动续保" }).waitFor();
  await look("broker-renewal-recorded");
  await go("desk/pipeline");
  const waited = page.waitForEvent("download");
  await page.locator(".board .button-quiet").first().click();
  assert.match(readFileSync(await (await waited).path(), "latin1").slice(0, 8), /^%PDF-/);
});

/** The same code with the check character that belongs to it (GB 32100). */
function right_code(code) {
  const signs = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
  const sum = weights.reduce((total, weight, place) => total + weight * signs.indexOf(code[place]), 0);
  return code.slice(0, 17) + signs[(31 - (sum % 31)) % 31];
}
