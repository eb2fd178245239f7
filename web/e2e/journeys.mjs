// Each journey: a name, where it happens (language, form, theme), what somebody does and what must then be there.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { LIGHTS_AT } from "./house.mjs";

const ALL = [];
for (const lang of ["zh", "en"]) for (const form of ["phone", "desktop"]) ALL.push({ lang, form, theme: form === "phone" ? "light" : "dark" });
const ROUTES = [
  ["home", ""], ["sign-in", "sign-in"], ["not-found", "no/such"], ["price", "price"], ["covered", "covered/ningbo-2023-a"], ["company-form", "companies/new"],
  ["company", "company/ent_13"], ["questions", "company/ent_80/questions"], ["ask-quote", "company/ent_13/quote"], ["quote-declined", "quote/quo_184"], ["quote-bound", "quote/quo_19"],
  ["clauses", "quote/quo_46/clauses"], ["policies", "policies"], ["policy", "policy/pol_93"], ["protection", "protection"], ["order-ended", "protection/ord_15"],
  ["incident", "incident"], ["claims", "claims"], ["claim-paid", "claim/clm_52"], ["claim-waiting", "claim/clm_143"], ["claim-denied", "claim/clm_149"], ["unseen", "policy/pol_99999"],
];

export const journeys = [];
const add = (name, places, test) => places.forEach((where) => journeys.push({ name, where, test }));

add("every page: axe, no sideways scroll, a picture", [...ALL, { lang: "zh", form: "phone", theme: "dark" }, { lang: "en", form: "desktop", theme: "light" }], async ({ go, look, sign_in, page }) => {
  await go("sign-in");
  await look("sign-in");
  await sign_in();
  for (const [name, to] of ROUTES.filter(([name]) => name !== "sign-in")) {
    await go(to);
    await look(name);
    assert.equal(await page.locator("h1").count(), 1, `${name} has one h1`);
  }
});

add("price: four answers give a range; what is missing is marked", [ALL[0], ALL[3]], async ({ go, look, sign_in, page, lang }) => {
  await go("sign-in");
  await sign_in();
  await go("price");
  await page.locator("main form button[type=submit]").click();
  assert.equal(await page.locator("main [aria-invalid=true]").count(), 3);
  assert.equal(await page.evaluate(() => document.activeElement.name), "sector");
  await page.locator("select[name=sector]").selectOption("C34");
  await page.locator("input[name=revenue]").fill("30,000,000");
  assert.match(await page.locator("[data-field=revenue] .hint").innerText(), lang === "zh" ? /3,000 万元/ : /CNY 30,000,000/);
  await page.locator("input[name=employees]").fill("48");
  await page.locator("select[name=region]").selectOption("330206");
  await page.locator("main form button[type=submit]").click();
  await page.locator(".range").waitFor({ timeout: 90_000 });
  const range = await page.locator(".range").innerText();
  assert.match(range, lang === "zh" ? /¥[\d,]+ 到 ¥[\d,]+/ : /¥[\d,]+ to ¥[\d,]+/);
  await look("price-result");
  await page.reload();
  assert.equal(await page.locator("input[name=revenue]").inputValue(), "30,000,000");
});

add("a stranger on a phone gets a price without an account", [ALL[0], ALL[2]], async ({ go, look, sign_in, page, lang }) => {
  await go("");
  await page.locator(".hero p.soft").waitFor();
  await look("stranger-home");
  await page.locator('.hero a[href$="/price"]').click();
  await page.locator("select[name=sector]").selectOption("C34");
  await page.locator("input[name=revenue]").fill("30,000,000");
  await page.locator("input[name=employees]").fill("48");
  await page.locator("main form button[type=submit]").click();
  await page.locator(".range").waitFor({ timeout: 120_000 });
  assert.match(await page.locator(".range").innerText(), lang === "zh" ? /¥[\d,]+ 到 ¥[\d,]+/ : /¥[\d,]+ to ¥[\d,]+/);
  await look("stranger-price");
  await page.locator('main a[href*="covered/"]').click();
  await page.locator(".covers").waitFor();
  await look("stranger-covered");
  await page.goBack();
  assert.equal(await page.locator("input[name=revenue]").inputValue(), "30,000,000", "the draft is there");
  await go("companies/new");
  await page.locator("input[name=password]").waitFor();
  await sign_in();
  assert.ok(page.url().endsWith("/companies/new"), "the same address");
  await page.locator("input[name=legal_name]").waitFor();
  await go("policies");
  await page.locator("main .entry").first().waitFor();
});

async function buy({ go, look, sign_in, page, lang, form, houses, base }) {
  const name = lang === "zh" ? "宁波测试机械有限公司" : "Ningbo Test Machinery";
  const code = lang === "zh" ? "91330206MA2WEBT1XX" : "91330206MA2WEBT2XX";
  await go("companies/new");
  await sign_in();
  await page.locator("input[name=legal_name]").fill(name);
  const typed = page.locator("input[name=credit_code]");
  await typed.fill("91330206MA2EXAMP5");
  assert.match(await page.locator("[data-field=credit_code]").innerText(), lang === "zh" ? /还差 1 位/ : /1 more/);
  await typed.fill("91330206MA2EXAMP51");
  assert.equal(await typed.getAttribute("aria-invalid"), "true");
  await typed.fill(with_check_digit(code.slice(0, 17).replace(/[IOSVZ]/g, "X")));
  assert.equal(await page.locator(".hint-good").count(), 1);
  await page.locator("select[name=sector]").selectOption("C34");
  await page.locator("select[name=region]").selectOption("330206");
  for (const [field, value] of [["revenue", "30000000"], ["employees", "48"], ["endpoints", "30"], ["records", "8000"], ["incidents_36m", "0"], ["gross_margin", "25"]])
    await page.locator(`input[name=${field}]`).fill(value);
  await page.reload();
  assert.equal(await page.locator("input[name=legal_name]").inputValue(), name, "the draft outlives a reload");
  await page.locator("input[name=cii_operator]").nth(1).check({ force: true });
  await page.locator("input[name=assess_consent]").check();
  await page.locator("input[name=monitor_consent]").check();
  await look("company-filled");
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL(/company\/ent_\d+/);
  await look("company-new");
  const company = /ent_\d+/.exec(page.url())[0];

  await go(`company/${company}/questions`);
  await answer_all(page);
  await page.waitForTimeout(100);
  await look("questions-answered");
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL(new RegExp(`company/${company}$`));

  await go(`company/${company}/quote`);
  await page.locator("input[name=from]").fill("2027-08-01");
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL(/quote\/quo_\d+/, { timeout: 90_000 });
  const quote = /quo_\d+/.exec(page.url())[0];
  await page.locator(".sum-total").waitFor();
  await look("quote-new");
  const sum = await page.locator(".sum").innerText();
  assert.match(sum, /¥2,800\.00/);
  assert.match(sum, /−¥1,400\.00/);
  assert.match(await page.locator(".sum-total dd").innerText(), /^¥1,400\.00$/);

  await page.locator(`a[href$="quote/${quote}/clauses"]`).click();
  await page.locator("main form button[type=submit]").waitFor();
  assert.equal(await page.locator("main input[type=checkbox]:checked").count(), 0, "nothing is ticked beforehand");
  await page.locator("main form button[type=submit]").click();
  assert.ok(page.url().endsWith("/clauses"), "not confirmed without reading");
  for (const box of await page.locator("main input[type=checkbox]").all()) await box.check();
  await look("clauses-read");
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL(new RegExp(`quote/${quote}$`));
  await look("quote-confirmed");
  // Another device knows it, too.
  await page.evaluate(() => Object.keys(localStorage).filter((key) => !/house|actor/.test(key)).forEach((key) => localStorage.removeItem(key)));
  await page.reload();
  await page.locator(".sum-total").waitFor();
  assert.match(await page.locator("main").innerText(), /wang\.broker/);
  assert.equal(await page.locator(`a[href$="quote/${quote}/clauses"]`).count(), 0, "the clauses are not offered again");
  await go(`quote/${quote}/clauses`);
  await page.locator(".clauses").waitFor();
  assert.equal(await page.locator("main input[type=checkbox]").count(), 0);
  await look("clauses-confirmed");

  const bound = await fetch(`${base}/v1/policy/bind`, { method: "POST", headers: { Authorization: `Bearer ${houses.underwriter}`, "Content-Type": "application/json" }, body: JSON.stringify({ quote }) });
  const policy = await bound.json();
  assert.equal(bound.status, 200, JSON.stringify(policy));
  await go(`policy/${policy.id}`);
  const waited = page.waitForEvent("download");
  await page.locator("main button.button-plain").click();
  const download = await waited;
  assert.match(readFileSync(await download.path()).subarray(0, 5).toString(), /%PDF-/);
  await look("policy-new");
  assert.ok(form);
}
add("from a company to a policy with its document", [ALL[0], ALL[3]], buy);

const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
export function with_check_digit(seventeen) {
  const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
  const sum = [...seventeen].reduce((total, each, at) => total + weights[at] * ALPHABET.indexOf(each), 0);
  return seventeen + ALPHABET[(31 - (sum % 31)) % 31];
}

// Good answers of an ordinary firm: the last choice of each list, small numbers.
async function answer_all(page) {
  await page.locator("main fieldset").first().waitFor();
  await page.evaluate(() => {
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    const type = (input, value) => { set.call(input, value); input.dispatchEvent(new Event("input", { bubbles: true })); };
    for (const field of document.querySelectorAll("main fieldset")) {
      const part = field.querySelector(".part");
      const choices = [...part.querySelectorAll("input[type=radio], input[type=checkbox]")];
      const legend = field.querySelector("legend").textContent;
      const typed = part.querySelector("input[type=text], input[type=date]");
      if (choices.length > 1) {
        const first = choices[0].type === "checkbox" || /等级保护|MLPS|远程接入方式|Remote-access tech/.test(legend) || choices.length === 2;
        choices[first ? 0 : choices.length - 1].click();
      } else if (typed) {
        const percent = part.textContent.includes("%");
        type(typed, typed.type === "date" ? "2026-10-01" : percent ? "90" : /EOL|End-of-life|开放远程|exposed RDP|事件与损失|incidents and losses|直连|Direct network/.test(legend) ? "0" : "10");
      } else choices[0]?.click();
    }
  });
}

add("an incident in three taps, without a network, sent once when it is back", [ALL[0], ALL[3]], async ({ go, look, sign_in, page, context, lang }) => {
  await go("policies");
  await sign_in();
  await page.locator(".entry").first().waitFor();
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === "activated");
  await context.setOffline(true);
  await page.locator("header a.red").click();
  await page.locator(".tile").first().click();
  await page.locator("main form button[type=submit]").click();
  await page.locator(".sent-waiting").waitFor();
  await look("incident-offline");
  await page.reload();
  await page.locator(".sent-waiting").waitFor();
  await context.setOffline(false);
  await page.locator(".sent-sent").waitFor();
  await look("incident-sent");
  const before = await page.locator(".sent-sent").innerText();
  assert.match(before, /inc_\d+/);
  await page.locator(".sent-sent a").click();
  await page.locator(".track").waitFor();
  await look("incident-track");
  assert.equal(await page.locator("html").getAttribute("lang"), lang === "zh" ? "zh-CN" : "en");
});

add("protection lights: green only with fresh evidence, never with old", [ALL[0], ALL[3]].map((where) => ({ ...where, keep: { at: LIGHTS_AT } })), async ({ go, look, sign_in, page, houses }) => {
  await go(`protection/${houses.order}`);
  await sign_in("owner2");
  await page.locator(".lamp").first().waitFor();
  await look("order-running");
  assert.equal(await page.locator(".lamp-good").count(), 3);
  assert.equal(await page.locator(".lamp-bad").count(), 2);
  await page.evaluate(() => localStorage.setItem("anlan.at", "2026-03-20T12:00:00+08:00"));
  await page.reload();
  await page.locator(".lamp").first().waitFor();
  await look("order-stale");
  assert.equal(await page.locator(".lamp-good").count(), 0);
  assert.equal(await page.locator(".lamp-warn").count(), 3);
});

add("a session that ends keeps what was typed, at the same address", [ALL[0]], async ({ go, sign_in, page, context }) => {
  await go("companies/new");
  await sign_in();
  await page.locator("input[name=legal_name]").fill("宁波草稿有限公司");
  await context.clearCookies();
  await page.evaluate(() => document.querySelector('a[href$="/policies"]').click());
  await page.locator("input[name=password]").waitFor();
  assert.ok(page.url().endsWith("/zh/policies"));
  await sign_in();
  await page.locator(".entry").first().waitFor();
  await go("companies/new");
  assert.equal(await page.locator("input[name=legal_name]").inputValue(), "宁波草稿有限公司");
});

add("an account with several people acts as a broker, then as an underwriter", [ALL[0], ALL[2]], async ({ go, look, sign_in, page, lang, houses }) => {
  await go("sign-in");
  await sign_in("sandbox", houses.sandbox);
  await page.locator(".acting").first().waitFor();
  await look("acting");
  await page.locator(".acting", { hasText: "wang.broker" }).click();
  await page.locator(".hero").waitFor();
  const sent = [];
  page.on("request", (asked) => sent.push(asked.headers()["anlan-actor"]));
  await go("policies");
  await page.locator("main .entry").first().waitFor();
  assert.ok(sent.includes("wang.broker") && !sent.includes("zhou.uw"), "kept over a reload");
  await page.locator(".sheet summary").click();
  await look("acting-settings");
  await page.locator("select[name=acting]").selectOption({ label: lang === "zh" ? "核保人 · zhou.uw" : "underwriter · zhou.uw" });
  await page.locator("main .entry").first().waitFor();
  sent.length = 0;
  await go("desk/referrals");
  await page.locator(".desk-who", { hasText: "zhou.uw" }).waitFor();
  await page.locator("table").first().waitFor();
  assert.ok(sent.includes("zhou.uw") && !sent.includes("wang.broker"));
});

add("a warning before the session ends; staying is one button, drafts are kept", [ALL[0], ALL[2]], async ({ go, look, sign_in, page, context }) => {
  await go("companies/new");
  await sign_in();
  await page.locator("input[name=legal_name]").fill("宁波草稿有限公司");
  const end_in = (seconds) => page.evaluate((ms) => localStorage.setItem("anlan.ends", String(Date.now() + ms)), seconds * 1000);
  assert.equal(await page.locator(".bar-soon").count(), 0);
  await end_in(50);
  await page.locator(".bar-soon").waitFor();
  await look("session-soon");
  await page.locator(".bar-soon button").click();
  await page.locator(".bar-soon").waitFor({ state: "detached" });
  assert.equal(await page.locator("input[name=legal_name]").inputValue(), "宁波草稿有限公司");
  await context.clearCookies();
  await end_in(-1);
  await page.locator("input[name=password]").waitFor();
  await sign_in();
  assert.equal(await page.locator("input[name=legal_name]").inputValue(), "宁波草稿有限公司");
});

add("a claim says on which days it was decided, approved and paid", [ALL[0], ALL[2]], async ({ go, look, sign_in, page, lang }) => {
  await go("claim/clm_52");
  await sign_in();
  await page.locator(".track").waitFor();
  const text = await page.locator(".track").innerText();
  assert.match(text, lang === "zh" ? /2026年3月20日[^]*2026年3月20日[^]*2026年3月23日/ : /20 March 2026[^]*20 March 2026[^]*23 March 2026/);
  await look("claim-days");
});

add("keys only: skip link, sign-in", [{ lang: "en", form: "desktop", theme: "light" }], async ({ go, page }) => {
  await go("policies");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.keyboard.press("Tab");
  await page.keyboard.type("owner");
  await page.keyboard.press("Tab");
  await page.keyboard.type("wrong password here");
  await page.keyboard.press("Enter");
  await page.locator(".trouble").waitFor();
  assert.ok(await page.evaluate(() => document.activeElement.matches(".trouble, [aria-invalid=true]")));
});

add("language, 320 px and 4K", [{ lang: "zh", form: "desktop", theme: "light" }], async ({ go, look, page, sign_in }) => {
  await go("sign-in");
  await sign_in();
  for (const [width, height] of [[320, 640], [3840, 2160]]) {
    await page.setViewportSize({ width, height });
    for (const to of ["", "price", "covered/ningbo-2023-a", "quote/quo_19", "policy/pol_93", "protection/ord_15", "claim/clm_143", "incident"]) {
      await go(to);
      await look(`${width}-${to.split("/")[0] || "home"}`);
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await go("price");
  await page.getByRole("button", { name: "English" }).click();
  await page.waitForURL(/\/en\/price$/);
  await page.getByRole("heading", { name: "A rough price" }).waitFor();
});
