// Every address in both languages, both themes and four widths; and once more with texts that are 40 % longer.
import assert from "node:assert/strict";
import { addresses_of, forgotten, PEOPLE } from "./routes.mjs";
import { stretched } from "./stretch.mjs";
import { faults_of, FORMS, settled } from "./visit.mjs";

const FEW = [["phone", "light"], ["desktop", "dark"]];
const MANY = [["phone", "light"], ["phone", "dark"], ["desktop", "light"], ["desktop", "dark"], ["narrow", "light"], ["4K", "dark"], ["paper", "light"]];
const SIZES = { ...FORMS, narrow: { width: 320, height: 640 }, "4K": { width: 3840, height: 2160 }, paper: { width: 794, height: 1123 } }; // A4

/** In the page: text that a box cuts off, and text that stands outside its box. */
function cut_texts() {
  const faults = [];
  const named = (element) => `${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className} "${element.textContent.trim().slice(0, 40)}"`;
  const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.getBoundingClientRect().width > 2;
  const box_of = (element) => {
    let box = element;
    while (getComputedStyle(box).display.startsWith("inline") && !/inline-(block|flex|grid)/.test(getComputedStyle(box).display)) box = box.parentElement;
    return box;
  };
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest("svg, select, .skip") || !seen(element)) continue;
    const style = getComputedStyle(element);
    const cuts = (value) => value === "hidden" || value === "clip";
    if (cuts(style.overflowX) && element.scrollWidth > element.clientWidth + 1) faults.push(`cut in width: ${named(element)}`);
    if (cuts(style.overflowY) && element.scrollHeight > element.clientHeight + 1) faults.push(`cut in height: ${named(element)}`);
    const texts = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
    if (texts.length === 0) continue;
    const box = box_of(element);
    if (/auto|scroll/.test(getComputedStyle(box).overflowX)) continue;
    const edge = box.getBoundingClientRect();
    for (const text of texts) {
      const range = document.createRange();
      range.selectNodeContents(text);
      if ([...range.getClientRects()].some((rect) => rect.right > edge.right + 1.5 || rect.left < edge.left - 1.5)) faults.push(`outside its box: ${named(element)}`);
    }
  }
  return [...new Set(faults)].slice(0, 10);
}

async function open_as(tools, who) {
  const { go, sign_in, page } = tools;
  if (who === "") return;
  await go(who === "owner" ? "policies" : "desk");
  await sign_in(who);
  await page.locator(who === "owner" ? "main .entry" : ".desk-menu a").nth(1).waitFor();
}

async function shown_at(page, [size, theme]) {
  await page.setViewportSize(SIZES[size]);
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce", media: size === "paper" ? "print" : "screen" });
}

const walk = (who, views) => async (tools) => {
  const { page, go, lang, houses, complaints } = tools;
  await open_as(tools, who);
  for (const to of addresses_of(who, houses)) {
    await go(to);
    await settled(page);
    assert.equal(await page.locator("h1").count(), 1, `${to} has one h1`);
    for (const view of views) {
      await shown_at(page, view);
      const name = `/${lang}/${to} ${view.join(" ")}`;
      complaints.push(...(await faults_of(page, name)));
      complaints.push(...(await page.evaluate(cut_texts)).map((fault) => `${name}: ${fault}`));
    }
  }
};

const walk_stretched = (who) => async (tools) => {
  const { page, context, go, lang, houses, complaints } = tools;
  const changed = await stretched(context);
  await open_as(tools, who);
  for (const to of addresses_of(who, houses)) {
    await go(to);
    await settled(page);
    for (const size of ["narrow", "phone", "desktop"]) {
      await shown_at(page, [size, "light"]);
      const name = `/${lang}/${to} ${size} with longer texts`;
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) complaints.push(`${name}: scrolls sideways by ${wide}`);
      complaints.push(...(await page.evaluate(cut_texts)).map((fault) => `${name}: ${fault}`));
    }
  }
  assert.ok(changed.size >= 2, `texts were made longer: ${[...changed]}`);
};

export const sweep = [
  {
    name: "every address of the pages has an example for the tests",
    where: {},
    sets: ["ci", "all"],
    test: async () => assert.deepEqual(forgotten(), [], "add these to e2e/routes.mjs"),
  },
];
for (const lang of ["zh", "en"]) {
  for (const who of PEOPLE) {
    const called = who === "" ? "nobody" : who;
    sweep.push({ name: `sweep of ${called}: axe, widths, texts`, where: { lang, form: "desktop", theme: "light" }, sets: ["ci"], test: walk(who, FEW) });
    sweep.push({ name: `whole sweep of ${called}: axe, four widths, two themes, paper, texts`, where: { lang, form: "desktop", theme: "light" }, sets: ["all"], test: walk(who, MANY) });
    sweep.push({ name: `longer texts of ${called}: nothing is cut`, where: { lang, form: "desktop", theme: "light", more: { serviceWorkers: "block" } }, sets: ["all"], test: walk_stretched(who) });
  }
}
