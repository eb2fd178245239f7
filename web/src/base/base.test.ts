import { describe, expect, it } from "vitest";
import { credit_code_state, tidy_credit_code } from "./credit_code";
import { beijing_day, beijing_moment, day_text, days_since, moment_text } from "./days";
import { fill, text_of } from "./i18n";
import { amount_read, money_about, money_short, money_text, typed_amount } from "./money";
import { match, read_place } from "./router";

describe("money", () => {
  it.each([
    [280000, "CNY", "¥2,800.00"],
    [-140000, "CNY", "−¥1,400.00"],
    [5, "CNY", "¥0.05"],
    [0, "CNY", "¥0.00"],
    [1500, "JPY", "JP¥1,500"],
    [100000000000000, "CNY", "¥1,000,000,000,000.00"],
    [123, "XAU", "XAU 1.23"],
  ])("%i %s is written %s", (amount, currency, text) => expect(money_text({ amount, currency })).toBe(text));
  it("limits and estimates leave out the fen", () => {
    expect(money_short({ amount: 40000000, currency: "CNY" })).toBe("¥400,000");
    expect(money_short({ amount: 40000050, currency: "CNY" })).toBe("¥400,000.50");
    expect(money_about({ amount: 144228, currency: "CNY" })).toBe("¥1,442");
  });
  it.each([
    ["30,000,000", "30000000.00"],
    ["¥ 2 800.5", "2800.50"],
    ["12.345", null],
    ["abc", null],
    ["", null],
  ])("typed %s is %s", (typed, amount) => expect(typed_amount(typed)).toBe(amount));
  it("an amount is read aloud", () => {
    expect(amount_read("30000000", "zh")).toBe("3,000 万元");
    expect(amount_read("125000000", "zh")).toBe("1.25 亿元");
    expect(amount_read("30000000", "en")).toBe("CNY 30,000,000");
    expect(amount_read("12", "zh")).toBe("");
  });
});

describe("unified social credit code", () => {
  it.each([
    ["", "empty"],
    ["91330206MA2EXAMP5", "short"],
    ["91330206MA2EXAMP50", "right"],
    ["91330203MA2EXAMPB7", "right"],
    ["91330206MA2EXAMP51", "wrong_check"],
    ["91330206MA2EXAMPIO", "wrong_character"],
  ])("%s: %s", (code, state) => expect(credit_code_state(code)).toBe(state));
  it("is tidied while typed", () => expect(tidy_credit_code("91330206 ma2exam-p50")).toBe("91330206MA2EXAMP50"));
});

describe("days", () => {
  it("are written as the language does, in Beijing", () => {
    expect(day_text("2026-03-01", "zh")).toBe("2026年3月1日");
    expect(day_text("2026-03-01", "en")).toBe("1 March 2026");
    expect(moment_text("2026-03-09T00:20:00Z", "zh")).toBe("2026年3月9日 08:20");
    expect(day_text("nonsense", "zh")).toBe("nonsense");
  });
  it("today is Beijing's", () => {
    const late = Date.parse("2026-03-01T17:00:00Z");
    expect(beijing_day(0, late)).toBe("2026-03-02");
    expect(beijing_day(1, late)).toBe("2026-03-03");
    expect(beijing_moment(late)).toBe("2026-03-02T01:00:00+08:00");
  });
  it("an age is whole days", () => expect(days_since("2026-03-01T00:00:00Z", Date.parse("2026-03-08T23:00:00Z"))).toBe(7));
});

describe("addresses", () => {
  it("name the language first", () => {
    expect(read_place("/en/quote/quo_6", "?a=1", "zh")).toMatchObject({ lang: "en", path: "quote/quo_6" });
    expect(read_place("/price", "", "zh")).toMatchObject({ lang: "zh", path: "price" });
  });
  it("are matched word by word", () => {
    expect(match("quote/:id/clauses", "quote/quo_6/clauses")).toEqual({ id: "quo_6" });
    expect(match("quote/:id", "quote/quo_6/clauses")).toBeNull();
    expect(match("policy/:id", "policy/%zz")).toBeNull();
  });
});

it("texts are filled, and what is not given stays visible", () => expect(fill("{a} of {b}", { a: 1 })).toBe("1 of {b}"));
it("a text that is missing is its key, and stops no page", () => expect([text_of({ a: "A {n}" }, "a", { n: 1 }), text_of({ a: "A" }, "b")]).toEqual(["A 1", "b"]));
