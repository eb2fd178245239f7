// The life of a policy on the owner's phone: paying, changes, renewal, leaving, papers, whose turn a claim is.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const ZH = { lang: "zh", form: "phone", theme: "light" };
const EN = { lang: "en", form: "desktop", theme: "dark" };
const MIXED = [{ lang: "zh", form: "phone", theme: "dark" }, { lang: "en", form: "phone", theme: "light" }];

export const owner_journeys = [];
const add = (name, where, test) => where.forEach((each) => owner_journeys.push({ name, where: each, test }));

/** Somebody else's request, by an API key or as whoever is signed in on this page. */
async function post(page, path, body, headers = {}) {
  return page.evaluate(
    async ([to, what, more]) => {
      const reply = await fetch(to, { method: "POST", headers: { "Content-Type": "application/json", "Anlan-Request": "web", ...more }, body: JSON.stringify(what) });
      return { status: reply.status, tree: await reply.json() };
    },
    [path, body, headers],
  );
}

/** Records that the page sent: POSTs which are no rehearsal. */
function count_posts(page, path) {
  const sent = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().includes(path) && request.headers()["anlan-dry-run"] !== "true") sent.push(request.headers()["idempotency-key"]);
  });
  return sent;
}

add("owner: what is owed, how to pay it, and what has arrived", [ZH, EN], async ({ go, look, sign_in, page, lang }) => {
  await go("policy/pol_93");
  await sign_in();
  await page.locator('main a[href$="pol_93/pay"]').click();
  await page.locator("main .rows").first().waitFor();
  const text = await page.locator("main").innerText();
  assert.match(text, /¥1,400\.00/);
  assert.match(text, lang === "zh" ? /财政/ : /subsidy/i);
  await look("pay");
  await go("policy/pol_135/pay");
  await page.locator("main .code", { hasText: "AL-2026-000135" }).waitFor();
  await page.locator("main .code", { hasText: "3901" }).waitFor();
  const owed = await page.locator("main").innerText();
  assert.match(owed, /AL-2026-000135/, "the reference is the policy number");
  assert.match(owed, lang === "zh" ? /等待到账/ : /Waiting for the transfer/);
  assert.match(owed, /¥157\.26/);
  assert.match(owed, /3901 0000 0000 0000 000/, "where to pay to");
  await page.locator("main button.button-plain", { hasText: lang === "zh" ? "看看到账没有" : "Has it arrived?" }).click();
  await page.waitForLoadState("networkidle");
  assert.match(await page.locator("main").innerText(), lang === "zh" ? /等待到账/ : /Waiting for the transfer/, "asking again pays nothing");
  assert.equal(await page.locator("main input").count(), 0, "no form for a card");
  await look("pay-waiting");
});

add("owner: what was changed and which days matter", [ZH, EN], async ({ go, look, sign_in, page, lang }) => {
  await go("policy/pol_93/history");
  await sign_in();
  await page.locator("main .rows").first().waitFor();
  const text = await page.locator("main").innerText();
  assert.match(text, lang === "zh" ? /都没有改过/ : /Neither terms nor premium/);
  assert.match(text, lang === "zh" ? /2027年10月1日/ : /1 October 2027/);
  assert.match(text, lang === "zh" ? /已逾期/ : /overdue/i);
  await look("history");
});

add("owner: whose turn a claim is", [ZH, EN], async ({ go, look, sign_in, page, lang }) => {
  await go("claim/clm_143");
  await sign_in();
  await page.locator(".track").waitFor();
  assert.match(await page.locator("main").innerText(), lang === "zh" ? /轮到保险公司[\s\S]*由另一个人核对[\s\S]*2026年11月11日/ : /insurer's turn[\s\S]*second person[\s\S]*11 November 2026/);
  await look("turn-insurer");
  await go("claim/clm_52");
  await page.locator(".track").waitFor();
  assert.match(await page.locator("main").innerText(), lang === "zh" ? /都办完了/ : /All done/);
  assert.ok((await page.locator("main button").count()) > 0, "the letter of decision can be had");
});

add("owner: a policy's document is made once, and its code is checked", [ZH, EN], async ({ go, look, sign_in, page, lang }) => {
  await go("policy/pol_93");
  await sign_in();
  const sent = count_posts(page, "/v1/print");
  const button = page.locator("main button.button-plain");
  await button.waitFor();
  const waited = page.waitForEvent("download");
  await button.dblclick();
  assert.match(readFileSync(await (await waited).path()).subarray(0, 5).toString(), /%PDF-/);
  await page.locator('main a[href*="check?code="]').waitFor();
  assert.equal(sent.length, 1, "two taps make one document");
  await page.locator('main a[href*="check?code="]').click();
  await page.locator("main textarea").waitFor();
  const code = await page.locator("main textarea").inputValue();
  assert.match(code, /^ANLAN1:/);
  await page.locator("main form button[type=submit]").click();
  await page.locator("main .card-calm").waitFor();
  assert.match(await page.locator("main .card-calm").innerText(), lang === "zh" ? /是真的[\s\S]*AL-2026-000093/ : /Genuine[\s\S]*AL-2026-000093/);
  await look("check-genuine");
  const at = 60;
  await page.locator("main textarea").fill(code.slice(0, at) + (code[at] === "A" ? "B" : "A") + code.slice(at + 1));
  await page.locator("main form button[type=submit]").click();
  await page.locator("main .trouble").waitFor();
  assert.match(await page.locator("main .trouble").innerText(), lang === "zh" ? /不是原件/ : /Not the original/);
  assert.equal(await page.locator("main .card-calm").count(), 0);
  await look("check-forged");
  await go("check");
  await page.locator("main textarea").fill("");
  await page.locator("main form button[type=submit]").click();
  assert.equal(await page.evaluate(() => document.activeElement.name), "code", "focus goes to what is missing");
  await page.locator("main textarea").fill("ANLAN1:HALF");
  await page.context().clearCookies();
  await page.reload();
  await sign_in();
  assert.equal(await page.locator("main textarea").inputValue(), "ANLAN1:HALF", "what was typed outlives the session");
});

add("owner: the insured makes its policy on paper itself; whom the service lets make none is told whom to ask", MIXED, async ({ go, look, sign_in, page, lang }) => {
  let role = "policyholder";
  await page.route("**/v1/session", async (route) => {
    const reply = await route.fetch();
    if (!reply.ok()) return route.fulfill({ response: reply });
    const who = await reply.json();
    for (const each of who.acts_as) each.roles = [role];
    await route.fulfill({ response: reply, json: who });
  });
  await go("policy/pol_93");
  await sign_in();
  const paper = page.locator("main .card", { hasText: lang === "zh" ? "正式保单" : "The signed policy" });
  await paper.locator("button").waitFor();
  role = "security_vendor";
  await page.reload();
  await paper.locator(".note").waitFor();
  assert.equal(await paper.locator("button").count(), 0);
  await look("policy-holder");
});

add("owner: not renewing is chosen and taken back; leaving shows the refund and who records it", MIXED, async ({ go, look, sign_in, page, lang }) => {
  await go("policy/pol_93");
  await sign_in();
  await page.locator('main a[href$="pol_93/leave"]').click();
  await page.locator(".notice-letter").waitFor();
  await page.locator("input[name=on]").fill("2027-08-01");
  await page.locator(".notice-letter", { hasText: lang === "zh" ? "2027年8月1日" : "1 August 2027" }).waitFor();
  const text = await page.locator("main").innerText();
  assert.match(text, /¥146\.23/, "to the fen");
  assert.match(text, lang === "zh" ? /304 天，全年 365 天/ : /304 of 365/);
  assert.equal(await page.locator("input[name=sure]").count(), 0, "no button that the service would refuse");
  await look("leave-ask");
  await page.reload();
  await page.locator(".notice-letter").waitFor();
  assert.equal(await page.locator("input[name=on]").inputValue(), "2027-08-01", "the day is kept");
  await page.locator("input[name=on]").fill("2027-07-01");
  await page.locator("[data-field=on] .wrong").waitFor();
  assert.equal(await page.locator(".notice-letter").count(), 0);
  await page.waitForFunction(() => document.activeElement.name === "on");
  await look("leave-refused");
  const sent = count_posts(page, "/renewal");
  const choose = page.locator("main .card", { hasText: lang === "zh" ? "不急着退" : "No hurry" });
  await choose.locator("button").dblclick();
  await choose.locator(".badge").waitFor();
  assert.equal(sent.length, 1, "two taps, one record");
  await go("policy/pol_93/renew");
  await page.locator(".note").first().waitFor();
  await go("policy/pol_93/leave");
  await choose.locator(".badge").waitFor();
  await choose.locator("button").click();
  await choose.locator(".badge").waitFor({ state: "detached" });
});

add("owner: three taps from the policy to the clauses of its renewal, which is quoted once", [ZH, EN], async ({ go, look, sign_in, page, lang }) => {
  await go("policy/pol_93");
  await sign_in();
  const sent = count_posts(page, "/v1/quote/renew");
  await page.locator('main a[href$="pol_93/renew"]').click();
  const next = page.locator("main .card-calm");
  await next.waitFor({ timeout: 120_000 });
  const sheet = await page.locator("main").innerText();
  assert.match(sheet, lang === "zh" ? /今年 ¥1,400\.00[\s\S]*明年 ¥2,800\.00/ : /This year ¥1,400\.00[\s\S]*Next year ¥2,800\.00/);
  assert.match(sheet, lang === "zh" ? /¥400,000，没有变/ : /¥400,000, as before/);
  assert.match(sheet, lang === "zh" ? /补贴只给第一年/ : /first year only/);
  assert.equal(sent.length, 0, "a rehearsal records nothing");
  await look("renew");
  const button = next.locator("button");
  if (await button.count()) {
    await button.dblclick();
    await page.waitForURL(/quote\/quo_\d+$/, { timeout: 120_000 });
    assert.equal(sent.length, 1, "two taps, one quote");
  } else {
    await next.locator('a[href*="/quote/quo_"]').click();
    await page.waitForURL(/quote\/quo_\d+$/);
  }
  await page.locator('main a[href$="/clauses"]').click();
  await page.locator(".clause-text").first().waitFor();
  await go("policy/pol_93/renew");
  await page.locator('main .card-calm a[href*="/quote/quo_"]').waitFor();
  assert.equal(await page.locator("main .card-calm button").count(), 0, "no second quote is offered");
  await look("renew-made");
});

add("owner: a policy that is over says what went back and is not renewed", [ZH, EN], async ({ go, look, sign_in, page, lang }) => {
  await go("policy/pol_113");
  await sign_in();
  await page.locator('main a[href$="pol_113/leave"]').click();
  await page.locator("main .rows").waitFor();
  assert.match(await page.locator("main").innerText(), /¥965\.62/);
  await look("leave-over");
  await go("policy/pol_113/renew");
  await page.locator("main .card-warn").waitFor();
  assert.match(await page.locator("main").innerText(), lang === "zh" ? /不能续/ : /cannot be renewed/);
});

add("owner: whoever may cancel confirms by hand, once", [{ lang: "zh", form: "phone", theme: "light" }], async ({ go, look, sign_in, page, base }) => {
  await go("policy/pol_93/leave");
  await sign_in("underwriter");
  const sure = page.locator("input[name=sure]");
  await sure.waitFor();
  await page.locator("input[name=on]").fill("2027-08-01");
  await page.locator("main .rows", { hasText: "¥146.23" }).waitFor();
  assert.equal(await sure.isChecked(), false, "nothing is ticked beforehand");
  const sent = count_posts(page, "/cancel");
  await page.locator("main .button-alarm").click();
  assert.equal(await page.evaluate(() => document.activeElement.name), "sure");
  assert.equal(sent.length, 0);
  await look("leave-confirm");
  await sure.check();
  await page.locator("main .button-alarm").dblclick();
  await page.locator("main .card", { hasText: "已经退保" }).waitFor();
  assert.equal(sent.length, 1, "two taps, one cancellation");
  assert.match(await page.locator("main").innerText(), /¥146\.23/);
  await look("leave-done");
  const again = await post(page, `${base}/v1/policy/pol_93/cancel`, { on: "2027-08-01" }, { "Idempotency-Key": "0123456789abcdef" });
  assert.equal(again.tree.error?.code, "policy_ended", JSON.stringify(again));
});

add("owner: a payment through the sandbox's gateway is declined, and tapped again", [ZH, EN], async ({ go, look, sign_in, page, lang }) => {
  await go("policy/pol_135/pay");
  await sign_in();
  const card = page.locator("main .card", { hasText: lang === "zh" ? "在线支付（沙箱）" : "Pay online (sandbox)" });
  await card.locator(".note", { hasText: lang === "zh" ? "不动真钱" : "no money moves" }).waitFor();
  await look("pay-gateway");
  const sent = count_posts(page, "/v1/premium/pay");
  await card.locator("button").dblclick();
  await card.locator("select").waitFor();
  assert.equal(sent.length, 1, "two taps, one payment");
  await page.reload();
  await card.locator("select").waitFor();
  await look("pay-gateway-page");
  await card.locator("button", { hasText: lang === "zh" ? "拒绝" : "Decline" }).click();
  await card.getByText(lang === "zh" ? "没有付款，可以再试一次。" : "Nothing was paid. You can try again.").waitFor();
  assert.match(await page.locator("main").innerText(), lang === "zh" ? /等待到账/ : /Waiting for the transfer/);
});

add("owner: a gateway that answers late leaves the payment unconfirmed, then recorded once", [{ lang: "zh", form: "phone", theme: "light" }], async ({ go, look, sign_in, page }) => {
  await go("policy/pol_135/pay");
  await sign_in();
  const card = page.locator("main .card", { hasText: "在线支付（沙箱）" });
  await card.locator("button").first().click();
  await card.locator("select").selectOption("late");
  const sent = count_posts(page, "/v1/premium/sandbox");
  await card.locator("button", { hasText: "付款" }).dblclick();
  await card.locator(".badge", { hasText: "还没确认" }).waitFor();
  assert.equal(sent.length, 1, "two taps, one answer");
  await look("pay-gateway-pending");
  await page.reload();
  await page.locator("main .badge", { hasText: "已付并登记" }).waitFor({ timeout: 60_000 });
  await page.locator("main .badge", { hasText: "已到账" }).first().waitFor();
  assert.equal(await page.locator("main .badge", { hasText: "已付并登记" }).count(), 1);
  await look("pay-gateway-recorded");
});

add("owner: asks for an account where the purchase is, and goes on there", [ZH, EN], async ({ go, look, page, lang }) => {
  await go("companies/new");
  await page.locator("main button", { hasText: lang === "zh" ? "还没有账号" : "I have no account yet" }).click();
  await page.locator("input[name=display_name]").fill("陈示例");
  await page.locator("input[name=company]").fill("宁波海潮机械有限公司");
  await page.locator("input[name=login]").fill(`chen.${lang}.${Date.now()}@example.com`);
  await look("account-ask");
  await page.locator("main form button[type=submit]").click();
  await page.locator("main .note", { hasText: lang === "zh" ? "沙箱" : "sandbox" }).waitFor();
  await look("account-join");
  await page.locator("input[name=password]").fill("eight maple hills 2026");
  await page.locator("main form button[type=submit]").click();
  await page.locator("input[name=legal_name]").waitFor();
  assert.match(page.url(), /companies\/new$/, "the same address");
});
