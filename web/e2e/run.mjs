// The journeys in a real browser against the real program: ANLAN=path/to/anlan npm run e2e [-- WORDS OF A TEST]
import { createRequire } from "node:module";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { open_houses } from "./house.mjs";
import { broker_journeys } from "./broker_journeys.mjs";
import { desk_journeys } from "./desk_journeys.mjs";
import { journeys } from "./journeys.mjs";
import { owner_journeys } from "./owner_journeys.mjs";
import { studio_journeys } from "./studio_journeys.mjs";
import { serve } from "./serve.mjs";

const WEB = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const anlan = process.env.ANLAN ?? path.join(WEB, "..", "build", "bin", "anlan");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = path.join(WEB, "shots");
mkdirSync(shots, { recursive: true });

const houses = await open_houses(anlan);
// A copy, so that a build meanwhile changes nothing under the test.
cpSync(path.join(WEB, "dist"), path.join(houses.folder, "dist"), { recursive: true });
const site = await serve(path.join(houses.folder, "dist"), houses.api);
const base = `http://127.0.0.1:${site.address().port}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

export const FORMS = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };
const faults = [];

/** A browser of its own for each test; what it complains about fails the test. */
async function visit({ lang = "zh", form = "phone", theme = "light", keep = {} }, test) {
  const context = await browser.newContext({ viewport: FORMS[form], hasTouch: form === "phone", isMobile: form === "phone", locale: lang === "zh" ? "zh-CN" : "en-GB", colorScheme: theme, reducedMotion: "reduce", timezoneId: "Asia/Shanghai" });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const complaints = [];
  page.on("pageerror", (fault) => complaints.push(`page error: ${fault.message}`));
  page.on("console", (line) => {
    if (line.type() === "error" && !/Failed to load resource|net::ERR/.test(line.text())) complaints.push(`console: ${line.text()}`);
  });
  await context.addInitScript((kept) => {
    addEventListener("securitypolicyviolation", (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
    for (const [name, value] of Object.entries(kept)) if (localStorage.getItem(`anlan.${name}`) === null) localStorage.setItem(`anlan.${name}`, value);
  }, keep);
  const tools = {
    page, context, lang, form, theme, base, houses, complaints,
    go: (to) => page.goto(`${base}/${lang}/${to}`, { waitUntil: "networkidle" }),
    async look(name) {
      await page.waitForLoadState("networkidle");
      await page.waitForFunction(() => document.querySelector(".waiting") === null && document.querySelector("h1") !== null);
      // A bar fixed to the window would stand in the middle of a picture of the whole page.
      const place = (value) => page.evaluate((to) => document.querySelectorAll(".menu-bar, .top").forEach((each) => (each.style.position = to)), value);
      await place("static");
      await page.screenshot({ path: path.join(shots, `${name}-${lang}-${form}-${theme}.png`), fullPage: true });
      await place("");
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) complaints.push(`${name}: scrolls sideways by ${wide}`);
      const text = await page.evaluate(() => document.body.innerText);
      const raw = /\b(?:cover|peril|domain|category|price|quote|claim|order|desk|column|table|walk|loss|answers|facts|what_if|measures|wordings|plays|changes|delivery|deliveries|delivered|gaps|validator|findings|how_long|life|ways|pay|history|renew|leave|no_renewal|paper|check|turn)\.[A-Za-z_.]+\b/.exec(text);
      if (raw) complaints.push(`${name}: raw key ${raw[0]}`);
      await page.evaluate(`typeof axe === "undefined" && (() => { ${axe} })()`).catch(() => undefined);
      const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      for (const each of found.violations) complaints.push(`${name} axe ${each.id}: ${each.nodes.slice(0, 3).map((node) => node.target + " " + (node.any[0]?.message ?? "")).join(" | ")}`);
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
    await page.screenshot({ path: path.join(shots, `fault-${lang}-${form}-${theme}.png`) }).catch(() => undefined);
    throw Object.assign(fault, { complaints });
  } finally {
    await context.close();
  }
  return complaints;
}

const wanted = process.argv.slice(2);
let failed = 0;
for (const { name, where, test } of [...journeys, ...desk_journeys, ...broker_journeys, ...owner_journeys, ...studio_journeys]) {
  const label = `${name} (${Object.entries(where).filter(([key]) => key !== "keep").map(([, value]) => value).join(", ")})`;
  if (wanted.length > 0 && !wanted.some((each) => label.includes(each))) continue;
  const begun = Date.now();
  let complaints;
  try {
    complaints = await visit(where, test);
  } catch (fault) {
    complaints = [...(fault.complaints ?? []), String(fault.stack ?? fault).split("\n").slice(0, 12).join("\n")];
  }
  if (complaints.length > 0) {
    failed += 1;
    faults.push(label);
  }
  console.log(`${complaints.length === 0 ? "ok  " : "FAIL"} ${label} ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  for (const each of complaints) console.log(`     ${each}`);
}
await browser.close();
site.close();
await houses.close();
console.log(failed === 0 ? "all journeys pass" : `${failed} failed: ${faults.join("; ")}`);
process.exitCode = failed === 0 ? 0 : 1;
