// Journeys of those who sit at a desk; of the same shape as the owner's.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const ALL = [];
for (const lang of ["zh", "en"]) for (const form of ["phone", "desktop"]) for (const theme of ["light", "dark"]) ALL.push({ lang, form, theme });
const TWO = [
  { lang: "zh", form: "desktop", theme: "light" },
  { lang: "en", form: "phone", theme: "dark" },
];

export const desk_journeys = [];
const add = (name, places, test) => places.forEach((where) => desk_journeys.push({ name, where, test }));

/** Which pages each person has, and nothing else in the menu. */
const DESKS = [
  ["underwriter", ["referrals", "companies", "quotes", "pipeline", "renewals", "comparison", "same-incident", "options", "tower", "bulk", "journal", "sales", "again", "wordings", "jobs", "keys"], (houses) => [["desk", "desk"], ["desk-referrals", "desk/referrals"], ["desk-companies", "desk/companies"], ["desk-risk-file", "desk/company/ent_13"], ["desk-risk-file-none", `desk/company/${houses.large}`], ["desk-quotes", "desk/quotes"], ["desk-quote-referred", `desk/quote/${houses.referred[0]}`], ["desk-quote", "desk/quote/quo_19"], ["desk-jobs", "desk/jobs"], ["desk-keys", "desk/keys"]]],
  ["auditor", ["companies", "quotes", "journal", "sales", "again", "wordings", "jobs", "keys"], () => [["desk-auditor", "desk"], ["desk-journal", "desk/journal"], ["desk-record", "desk/journal/31"], ["desk-sales", "desk/sales"], ["desk-sale", "desk/sale/pol_93"], ["desk-again", "desk/again"]]],
  ["handler", ["incidents", "companies", "quotes", "journal", "sales", "again", "wordings", "jobs", "keys"], () => [["desk-incidents", "desk/incidents"], ["desk-file-waiting", "desk/file/inc_138"], ["desk-file-paid", "desk/file/clm_52"], ["desk-file-denied", "desk/file/inc_145"]]],
  ["operator", ["system", "wordings", "jobs", "keys"], () => [["desk-operator", "desk"], ["desk-system", "desk/system"]]],
  ["subsidy", ["subsidy", "wordings", "jobs", "keys"], () => [["desk-subsidy", "desk/subsidy"], ["desk-subsidy-decided", "desk/subsidy/pol_31"], ["desk-subsidy-open", "desk/subsidy/pol_135"]]],
];

for (const [login, menu, pages] of DESKS) {
  add(`desk of the ${login}: every page, axe, no sideways scroll, a picture`, ALL, async ({ go, look, sign_in, page, houses }) => {
    await go("desk");
    await sign_in(login);
    await page.locator(".desk-menu a").nth(1).waitFor();
    const entries = await page.locator(".desk-menu a").evaluateAll((links) => links.map((link) => link.getAttribute("href").split("/").slice(3).join("/")));
    assert.deepEqual(entries, ["", ...menu]);
    for (const [name, to] of pages(houses)) {
      await go(to);
      await look(name);
      assert.equal(await page.locator("h1").count(), 1, `${name} has one h1`);
      assert.equal(await page.locator("main .trouble").count(), 0, `${name} has no trouble`);
    }
  });
}

add("table: sorted and filtered by the address, saved as it is shown, walked by keys", [TWO[0]], async ({ go, sign_in, page }) => {
  await go("desk/companies");
  await sign_in("underwriter");
  await page.locator(".table tbody tr").first().waitFor();
  await page.locator("input[name=filter]").fill("MA2EXAMP");
  await page.waitForURL(/q=MA2EXAMP/);
  assert.equal(await page.locator(".table tbody tr").count(), 3);
  await page.locator(".sort").first().click();
  await page.waitForURL(/by=name/);
  await page.reload();
  await page.locator(".table tbody tr").first().waitFor();
  assert.equal(await page.locator(".table tbody tr").count(), 3, "the address holds it");
  assert.equal(await page.locator("th[aria-sort=ascending]").count(), 1);
  const waited = page.waitForEvent("download");
  await page.locator(".table-tools button").click();
  const lines = readFileSync(await (await waited).path(), "utf8").trim().split("\r\n");
  assert.equal(lines.length, 4, "a head and what is shown");
  await page.locator(".table tbody th a").first().focus();
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), await page.locator(".table tbody th a").nth(1).textContent());
});

add("command box: by keys to a page and to a company", TWO, async ({ go, look, sign_in, page, lang }) => {
  await go("desk");
  await sign_in("underwriter");
  await page.locator(".desk-menu a").nth(1).waitFor();
  await page.keyboard.press("Control+k");
  await page.locator("input[name=find]").waitFor();
  await page.keyboard.type(lang === "zh" ? "zbdb" : "refer");
  await page.keyboard.press("Enter");
  await page.waitForURL(/desk\/referrals$/);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("轴承");
  await page.locator("[role=option]").first().waitFor();
  await look("desk-find");
  await page.keyboard.press("Enter");
  await page.waitForURL(/desk\/company\/ent_100$/);
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
});

add("a referred quote is decided with a reason, by keys", TWO, async ({ go, look, sign_in, page, houses, lang }) => {
  const quote = houses.referred[lang === "zh" ? 0 : 1];
  await go(`desk/quote/${quote}`);
  await sign_in("underwriter");
  await page.locator("main form button[type=submit]").click();
  assert.equal(await page.locator("main [aria-invalid=true]").count(), 4, "three choices and the reason are marked");
  await page.locator("input[name=outcome]").first().focus();
  await page.keyboard.press("Space");
  await page.locator("textarea[name=reason]").fill(lang === "zh" ? "已看过损失记录，价格可以接受。" : "The loss record was seen; the price will do.");
  await page.reload();
  assert.notEqual(await page.locator("textarea[name=reason]").inputValue(), "", "the draft outlives a reload");
  await page.locator("main form button[type=submit]").click();
  await page.locator("main form").waitFor({ state: "detached" });
  await look("desk-quote-decided");
  assert.match(await page.locator("main").innerText(), /zhou\.uw/);
});

add("auditor: every quote is calculated again, in the background, and is the same", TWO, async ({ go, look, sign_in, page }) => {
  await go("desk/again");
  await sign_in("auditor");
  await page.locator("main .button-plain").click();
  await page.locator(".badge-good").first().waitFor({ timeout: 120_000 });
  await look("desk-again-done");
  assert.equal(await page.locator(".badge-bad").count(), 0);
  await go("desk/jobs");
  await page.locator(".table tbody tr").first().waitFor();
  assert.match(await page.locator(".table tbody").innerText(), /quote verify/);
  await look("desk-jobs-done");
});

add("subsidy office: a budget and a decision, each asked for once more", [TWO[0]], async ({ go, look, sign_in, page }) => {
  await go("desk/subsidy");
  await sign_in("subsidy");
  await page.locator("input[name=amount]").fill("100000");
  await page.locator("main form button[type=submit]").click();
  assert.match(await page.locator("main form button[type=submit]").innerText(), /¥100,000\.00/);
  await page.locator("main form button[type=submit]").click();
  await page.locator("main form .hint-good:not(:empty)").waitFor();
  await go("desk/subsidy/pol_135");
  await page.locator("main .button-plain").click();
  await page.locator("textarea[name=refuse]").fill("保险费已逾期。");
  await look("desk-subsidy-refusing");
  await page.locator("main .button-main").click();
  await page.locator(".badge-bad").first().waitFor();
});

add("API keys: made, shown once, ended", [TWO[1]], async ({ go, look, sign_in, page }) => {
  await go("desk/keys");
  await sign_in("operator");
  await page.locator("input[name=name]").fill("nightly report");
  await page.locator("main form button[type=submit]").click();
  await page.locator("main .note .mono").waitFor();
  await look("desk-keys-made");
  await page.locator(".table .button-quiet").click();
  await page.locator(".table .button-alarm").click();
  await page.locator(".table .badge-none").waitFor();
});

add("a claim is sent back, adjudicated again and approved by another person", [TWO[0]], async ({ go, look, sign_in, page, context }) => {
  const as = async (login) => {
    await context.clearCookies();
    await go("desk/file/inc_138");
    await sign_in(login);
    await page.locator(".desk-menu a").nth(1).waitFor();
  };
  await as("manager");
  await page.locator("main .card-calm .button-plain").click();
  await page.locator("textarea[name=reason]").fill("请补充停工期间的销售记录。");
  await page.locator("main .card-calm .button-main").click();
  await page.locator("textarea[name=reason]").waitFor({ state: "detached" });
  await as("handler");
  await page.locator("main .card-calm .rows").waitFor();
  await look("desk-file-adjudicating");
  await page.locator("main .card-calm .button-main").click();
  await page.locator("main .card-calm .button-main").click();
  await page.getByText("第二人").waitFor();
  await as("manager");
  await look("desk-file-approving");
  await page.locator("main .card-calm .button-main").click();
  await page.locator("main .card-calm .button-main").click();
  await page.getByText("等财务支付").waitFor();
  await look("desk-file-approved");
});

add("desk at 320 px and 4K", [{ lang: "zh", form: "desktop", theme: "light" }], async ({ go, look, page, sign_in, houses }) => {
  await go("desk");
  await sign_in("underwriter");
  for (const [width, height] of [[320, 640], [3840, 2160]]) {
    await page.setViewportSize({ width, height });
    for (const to of ["desk", "desk/companies", "desk/company/ent_13", `desk/quote/${houses.referred[1]}`, "desk/journal", "desk/sale/pol_93"]) {
      await go(to);
      await look(`desk-${width}-${to.split("/")[1] ?? "start"}`);
    }
  }
});

add("desk by keys: skip link, menu, a table's row, its page", [{ lang: "en", form: "desktop", theme: "light" }], async ({ go, sign_in, page }) => {
  await go("desk");
  await sign_in("underwriter");
  await page.locator(".desk-menu a").nth(1).waitFor();
  await page.reload();
  await page.locator(".desk-menu a").nth(1).waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  for (let pressed = 0; pressed < 30 && !(await page.evaluate(() => document.activeElement.getAttribute("href")?.endsWith("/desk/companies"))); ++pressed) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/desk\/companies$/);
  await page.locator(".table tbody tr").first().waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "main", "a new page begins at its top");
  for (let pressed = 0; pressed < 20 && !(await page.evaluate(() => document.activeElement.closest("tbody") !== null)); ++pressed) await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/desk\/company\/ent_\d+$/);
});
