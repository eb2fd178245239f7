// The bank's statement at the desk of the finance office: looked at, recorded, and the same again.
const placed = [];
export const statement_journeys = placed;
const add = (name, where, test) => placed.push({ name, where, test, sets: ["ci", "all"] });

const HEAD = "交易日期,交易流水号,借方发生额,贷方发生额,对方户名,附言\n";

for (const lang of ["zh", "en"]) {
  add("finance: a bank statement is looked at, and what leaves a question waits", { lang, form: lang === "zh" ? "desktop" : "phone", theme: lang === "zh" ? "light" : "dark" }, async ({ page, go, look, sign_in }) => {
    await go("desk/statement");
    await sign_in("finance");
    await page.locator("main input[type=file]").waitFor();
    await page.locator("main form button[type=submit]").click();
    if (!(await page.locator("main input[type=file]").evaluate((field) => field === document.activeElement))) throw new Error("the focus is not on the field that is missing");
    const lines = ["20270720,W-1,,1.00,宁波示例精密制造有限公司,货款", "20270720,W-2,35.00,,物业公司,水费", "20270720,W-3,,1.00,别家有限公司,pol_31"];
    await page.locator("main input[type=file]").setInputFiles({ name: "statement.csv", mimeType: "text/csv", buffer: Buffer.from(HEAD + lines.join("\n") + "\n") });
    await page.locator("main form button[type=submit]").click();
    await page.locator("main table tbody tr").nth(2).waitFor();
    const states = await page.locator("main table .badge").allInnerTexts();
    const open = lang === "zh" ? "待查" : "open";
    if (states.filter((state) => state.includes(open)).length !== 2) throw new Error(`two lines wait: ${states}`);
    await page.evaluate(() => scrollTo(0, 0));
    await look("desk-statement");
  });
}
