// What a person sees when something fails: the server dies, two tabs do the same, one of them signs out.
import assert from "node:assert/strict";
import crypto from "node:crypto";
import { open_fragile, PASSWORD } from "./house.mjs";
import { settled } from "./visit.mjs";

const OWED = "pol_135"; // its premium has not arrived in the sandbox

export const fault_journeys = [];
const add = (name, where, test) => where.forEach((each) => fault_journeys.push({ name, where: each, sets: ["ci", "all"], test }));

const SAID = {
  zh: { waiting: "等待到账", arrived: "已到账", unreached: "连不上服务器", confirmed: "条款已确认" },
  en: { waiting: "Waiting for the transfer", arrived: "Arrived", unreached: "The server cannot be reached", confirmed: "Clauses confirmed" },
};

/** The finance office takes the premium, by the API: the same key for each try. */
function office(address) {
  const key = crypto.randomUUID();
  const headers = { "Content-Type": "application/json", "Anlan-Request": "web" };
  const post = (path, body, more = {}) => fetch(`http://${address}/v1/${path}`, { method: "POST", headers: { ...headers, ...more }, body: JSON.stringify(body) });
  let cookie = "";
  return {
    async sign_in() {
      const entered = await post("session/sign-in", { login: "finance", password: PASSWORD });
      assert.equal(entered.status, 200, await entered.text());
      cookie = entered.headers.getSetCookie().map((each) => each.split(";")[0]).join("; ");
    },
    receive: (amount) => post("premium/receive", { policy: OWED, payer: "customer", amount }, { Cookie: cookie, "Idempotency-Key": key }),
    owed: async () => (await (await fetch(`http://${address}/v1/policy/${OWED}`, { headers: { "Anlan-Request": "web", Cookie: cookie } })).json()),
  };
}

async function dying_server({ page, lang, anlan, pages_of, houses, look }) {
  const said = SAID[lang];
  const fragile = await open_fragile(anlan);
  const site = await pages_of({ folder: houses.folder, api: fragile.address });
  const text = () => page.locator("main").innerText();
  const honest = async (when) => assert.ok(!(await text()).includes(said.arrived), `${when}, nothing is said to have arrived`);
  try {
    await page.goto(`${site.base}/${lang}/policy/${OWED}/pay`);
    await page.locator("input[name=login]").fill("owner");
    await page.locator("input[name=password]").fill(PASSWORD);
    await page.locator("main form button[type=submit]").click();
    await page.getByText(said.waiting).first().waitFor();
    await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === "activated");
    const office_of = office(fragile.address);
    await office_of.sign_in();

    await fragile.kill();
    await page.locator("main .actions button", { hasText: lang === "zh" ? "看看到账没有" : /arrived/i }).click();
    await page.locator("main .trouble", { hasText: said.unreached }).first().waitFor();
    await honest("while the server is away");
    await look("server-away");
    await page.reload();
    await page.locator("main .trouble", { hasText: said.unreached }).first().waitFor();
    await honest("after a reload without a server");
    await look("server-away-reloaded");

    await fragile.again();
    await page.locator("main .trouble button").first().click();
    await page.getByText(said.waiting).first().waitFor();

    // The server dies over the payment itself. Whatever it wrote by then is what the page says.
    const due = (await office_of.owed()).customer_due;
    const amount = `${Math.floor(due.amount / 100)}.${String(due.amount % 100).padStart(2, "0")}`;
    const cut = office_of.receive(amount).then(
      (reply) => reply.status,
      () => 0,
    );
    await fragile.kill();
    await cut;
    await fragile.again();
    await page.reload();
    await settled(page);
    const paid = (await office_of.owed()).customer_paid.amount;
    assert.ok(paid === 0 || paid === due.amount, "all or nothing was written");
    await page.getByText(paid === 0 ? said.waiting : said.arrived).first().waitFor();
    const again = await office_of.receive(amount);
    assert.equal(again.status, 200, await again.text());
    await page.reload();
    await page.getByText(said.arrived).first().waitFor();
    assert.equal((await office_of.owed()).customer_paid.amount, due.amount, "paid once");
    await look("server-back-paid");
  } finally {
    site.close();
    await fragile.close();
  }
}

add("the server dies over a payment: the page says what is on record, before and after", [{ lang: "zh", form: "phone", theme: "light" }], dying_server);

add("two tabs confirm the same clauses: recorded once, and both say so", [{ lang: "en", form: "desktop", theme: "light" }], async ({ page, context, go, sign_in, base, lang, houses, look }) => {
  const to = `quote/${houses.offered}/clauses`;
  await go(to);
  await sign_in();
  const second = await context.newPage();
  await second.goto(`${base}/${lang}/${to}`);
  for (const tab of [page, second]) {
    await tab.locator("main form button[type=submit]").waitFor();
    for (const box of await tab.locator("main input[type=checkbox]").all()) await box.check();
  }
  await Promise.all([page, second].map((tab) => tab.locator("main form button[type=submit]").click()));
  for (const tab of [page, second]) await tab.locator("main .trouble, main .card-warn").first().waitFor();
  const marks = [];
  for (const tab of [page, second]) {
    await tab.goto(`${base}/${lang}/quote/${houses.offered}`);
    await tab.getByText(SAID[lang].confirmed).first().waitFor();
    marks.push(await tab.locator("main .card-warn .soft").innerText());
  }
  assert.equal(marks[0], marks[1], "both tabs tell of one confirmation");
  await look("two-tabs");
});

add("signing out in one tab ends the other, whose draft is kept", [{ lang: "zh", form: "phone", theme: "dark" }], async ({ page, context, go, sign_in, base, lang, look }) => {
  await go("companies/new");
  await sign_in();
  const second = await context.newPage();
  await second.goto(`${base}/${lang}/policies`);
  await second.locator("main .entry").first().waitFor();
  await page.locator("input[name=legal_name]").fill("宁波两页签有限公司");
  await second.locator(".sheet summary").click();
  await second.locator(".sheet .button-plain").last().click();
  await second.locator(".hero").waitFor();
  await page.locator('a[href$="/claims"]:visible').first().click();
  await page.locator("input[name=password]").waitFor();
  await look("signed-out-elsewhere");
  await sign_in();
  await go("companies/new");
  assert.equal(await page.locator("input[name=legal_name]").inputValue(), "宁波两页签有限公司");
});

add("a report made while the server is away is sent once when it is back", [{ lang: "zh", form: "phone", theme: "light" }], async ({ page, lang, anlan, pages_of, houses }) => {
  const fragile = await open_fragile(anlan);
  const site = await pages_of({ folder: houses.folder, api: fragile.address });
  try {
    await page.goto(`${site.base}/${lang}/policies`);
    await page.locator("input[name=login]").fill("owner");
    await page.locator("input[name=password]").fill(PASSWORD);
    await page.locator("main form button[type=submit]").click();
    await page.locator("main .entry").first().waitFor();
    await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === "activated");
    await fragile.kill();
    await page.locator("header a.red").click();
    await page.locator(".tile").first().click();
    await page.locator("main form button[type=submit]").click();
    await page.locator(".sent-waiting").waitFor();
    await page.reload();
    await page.locator(".sent-waiting").waitFor();
    await fragile.again();
    await page.locator(".sent-waiting button").first().click();
    await page.locator(".sent-sent").waitFor();
    assert.match(await page.locator(".sent-sent").innerText(), /inc_\d+/);
    assert.equal(await page.locator(".sent-waiting").count(), 0);
  } finally {
    site.close();
    await fragile.close();
  }
});
