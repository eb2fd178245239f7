// The pictures of docs/guide: what each person sees at the step that the guide tells of. NAME-LANGUAGE.png, small.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { LIGHTS_AT } from "./house.mjs";
import { small_png } from "./small_png.mjs";
import { settled } from "./visit.mjs";

const LARGEST = 60_000; // bytes of a picture

/** What stands in the window when the page has come. */
async function take({ page, shots, lang }, name) {
  await settled(page);
  await page.evaluate(() => scrollTo(0, 0));
  await page.evaluate(() => document.activeElement?.blur());
  const picture = small_png(await page.screenshot());
  assert.ok(picture.length <= LARGEST, `${name}: ${picture.length} bytes`);
  writeFileSync(path.join(shots, `${name}-${lang}.png`), picture);
}

async function buying(tools) {
  const { go, page, sign_in, lang, houses } = tools;
  await go("price");
  await page.locator("select[name=sector]").selectOption("C34");
  await page.locator("input[name=revenue]").fill("30,000,000");
  await page.locator("input[name=employees]").fill("48");
  await page.locator("main form button[type=submit]").click();
  await page.locator(".range").waitFor();
  await take(tools, "price");
  await go("covered/ningbo-2023-a");
  await take(tools, "covered");
  await go("companies/new");
  await sign_in();
  await page.locator("input[name=legal_name]").fill(lang === "zh" ? "宁波示例机械有限公司" : "Ningbo Example Machinery");
  await page.locator("input[name=credit_code]").fill("91330206MA2EXAMP50");
  await page.locator("select[name=sector]").selectOption("C34");
  await take(tools, "company");
  await go("company/ent_80/questions");
  for (const at of [0, 1, 2]) await page.locator("main fieldset").nth(at).locator("label.pill").first().click();
  await take(tools, "questions");
  await go(`quote/${houses.offered}`);
  await take(tools, "quote");
  await go(`quote/${houses.offered}/clauses`);
  await take(tools, "clauses");
}

async function holding(tools) {
  const { go, page, sign_in } = tools;
  await go("policy/pol_93");
  await sign_in();
  await page.locator(".big-number").waitFor();
  await take(tools, "policy");
  await go("incident");
  await take(tools, "incident");
  await go("claim/clm_52");
  await take(tools, "claim");
}

async function lights(tools) {
  const { go, page, sign_in, houses } = tools;
  await go(`protection/${houses.order}`);
  await sign_in("owner2");
  await page.locator(".lamp").first().waitFor();
  await take(tools, "protection");
}

const DESK = [
  ["underwriter", (houses) => [["referral", `desk/quote/${houses.referred[1]}`], ["risk-file", "desk/company/ent_13"]]],
  ["handler", () => [["claim-file", "desk/file/inc_138"]]],
  ["auditor", () => [["sale", "desk/sale/pol_93"]]],
  ["subsidy", () => [["subsidy", "desk/subsidy/pol_31"]]],
];

async function desk(tools) {
  const { go, page, context, sign_in, houses } = tools;
  for (const [login, pages] of DESK) {
    await context.clearCookies();
    for (const [at, [name, to]] of pages(houses).entries()) {
      await go(to);
      if (at === 0) await sign_in(login);
      await page.locator(".desk-menu a").nth(1).waitFor();
      await take(tools, name);
    }
  }
}

export const guide = ["zh", "en"].flatMap((lang) => [
  { name: "guide: buying", where: { lang, form: "phone", theme: "light" }, sets: ["guide"], test: buying },
  { name: "guide: holding a policy", where: { lang, form: "phone", theme: "light" }, sets: ["guide"], test: holding },
  { name: "guide: protection lights", where: { lang, form: "phone", theme: "light", keep: { at: LIGHTS_AT } }, sets: ["guide"], test: lights },
  { name: "guide: the desk", where: { lang, form: "desktop", theme: "light" }, sets: ["guide"], test: desk },
]);
