// A browser of its own for each test, and what is looked for on every page.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const RAW = /\b(?:cover|peril|domain|category|price|quote|claim|order|desk|column|table|walk|loss|answers|facts|what_if|measures|wordings|plays|changes|delivery|deliveries|delivered|gaps|validator|findings|how_long|life|ways|pay|history|renew|leave|no_renewal|paper|check|turn)\.[A-Za-z_.]+\b/;
export const FORMS = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };

export const open_browser = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });

/** What axe, the width and the texts say of the page as it stands. */
export async function faults_of(page, name) {
  const faults = [];
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) faults.push(`${name}: scrolls sideways by ${wide}`);
  const raw = RAW.exec(await page.evaluate(() => document.body.innerText));
  if (raw) faults.push(`${name}: raw key ${raw[0]}`);
  await page.evaluate(`typeof axe === "undefined" && (() => { ${AXE} })()`).catch(() => undefined);
  const found = await page.evaluate((rules) => window.axe.run(document, { runOnly: rules, resultTypes: ["violations"] }), RULES);
  for (const each of found.violations) faults.push(`${name} axe ${each.id}: ${each.nodes.slice(0, 3).map((node) => node.target + " " + (node.any[0]?.message ?? "")).join(" | ")}`);
  return faults;
}

export async function settled(page) {
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(() => document.querySelector(".waiting") === null && document.querySelector("h1") !== null);
}

/** A bar fixed to the window would stand in the middle of a picture of the whole page. */
async function picture(page, file) {
  const place = (value) => page.evaluate((to) => document.querySelectorAll(".menu-bar, .top").forEach((each) => (each.style.position = to)), value);
  await place("static");
  await page.screenshot({ path: file, fullPage: true });
  await place("");
}

function listen(page, complaints) {
  page.on("pageerror", (fault) => complaints.push(`page error: ${fault.message}`));
  page.on("dialog", (box) => {
    complaints.push(`dialog: ${box.message()}`);
    void box.dismiss();
  });
  page.on("console", (line) => {
    if (line.type() === "error" && !/Failed to load resource|net::ERR/.test(line.text())) complaints.push(`console: ${line.text()}`);
  });
}

/** What the browser complains about fails the test. `more`: further settings of Playwright's context. */
export async function visit({ browser, base, houses, shots, anlan, pages_of }, { label, where: { lang = "zh", form = "phone", theme = "light", keep = {}, more = {} }, test }) {
  const phone = form === "phone";
  const context = await browser.newContext({ viewport: FORMS[form], hasTouch: phone, isMobile: phone, locale: lang === "zh" ? "zh-CN" : "en-GB", colorScheme: theme, reducedMotion: "reduce", timezoneId: "Asia/Shanghai", ...more });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const complaints = [];
  listen(page, complaints);
  await context.addInitScript((kept) => {
    addEventListener("securitypolicyviolation", (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
    for (const [name, value] of Object.entries(kept)) if (localStorage.getItem(`anlan.${name}`) === null) localStorage.setItem(`anlan.${name}`, value);
  }, keep);
  const tools = {
    page, context, lang, form, theme, base, houses, complaints, shots, anlan, pages_of,
    go: (to) => page.goto(`${base}/${lang}/${to}`, { waitUntil: "networkidle" }),
    async look(name) {
      await settled(page);
      await picture(page, path.join(shots, `${name}-${lang}-${form}-${theme}.png`));
      complaints.push(...(await faults_of(page, name)));
    },
    async sign_in(login = "owner", password = "seven maple hills 2026") {
      await page.locator("input[name=login]").fill(login);
      await page.locator("input[name=password]").fill(password);
      await page.locator("main form button[type=submit]").click();
      await page.locator("input[name=password]").waitFor({ state: "detached" });
    },
  };
  try {
    await test(tools);
  } catch (fault) {
    await page.screenshot({ path: path.join(shots, `fault-${label.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60)}.png`) }).catch(() => undefined);
    throw Object.assign(fault, { complaints });
  } finally {
    await context.close();
  }
  return complaints;
}
