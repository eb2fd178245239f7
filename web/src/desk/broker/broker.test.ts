import { describe, expect, it } from "vitest";
import { typed_amounts } from "./amounts";
import { answers_name, look_over, read_csv, TEMPLATE, text_of } from "./bulk";
import { differing_first, row_of, term_rows } from "./compared";
import { days_left, window_of } from "./due";
import { apart, step_to } from "./options_grid";
import { part_text } from "./part_text";
import { faults_of, percent_of, rung_of, RUNGS, share_of, stepped, together, tower_file, WHOLE, type Tower } from "./tower";

describe("a tower", () => {
  it.each([
    ["100", 10000],
    ["33.33", 3333],
    ["0.5", 50],
    ["0", null],
    ["100.01", null],
    ["1.234", null],
    ["", null],
  ])("a share of %s percent is %s", (percent, share) => expect(share_of(percent)).toBe(share));
  it.each([
    [10000, "100"],
    [3333, "33.33"],
    [50, "0.5"],
    [5, "0.05"],
    [0, "0"],
    [2000, "20"],
  ])("%i ten-thousandths are %s percent", (share, percent) => expect(percent_of(share)).toBe(percent));
  it("three thirds leave a hundredth of a percent", () => expect(WHOLE - together(["33.33", "33.33", "33.33"].map((percent) => ({ name: "a", percent })))).toBe(1));
  it("a border goes along round amounts, and the ends hold", () => {
    expect(stepped("1000000", 1, 1)).toBe("2000000");
    expect(stepped("1,500,000", 1, 1)).toBe("2000000");
    expect(stepped("1500000", -1, 1)).toBe("800000");
    expect(stepped("10000", -3, 1)).toBe("10000");
    expect(stepped("10000", -3, 0)).toBe("0");
    expect(stepped("1000000", 5, 1)).toBe("10000000");
    expect(stepped("9", RUNGS.length + 9, 1)).toBe("10000000000");
    expect(rung_of("nothing")).toBe(0);
    expect(new Set(RUNGS).size).toBe(RUNGS.length);
  });
  const tower: Tower = {
    enterprise: "ent_1",
    product: "p",
    retention: "0.50",
    drop_down: true,
    layers: [{ name: 'A "1"', limit: "1,000,000", shares: [{ name: "甲", percent: "60" }, { name: "乙", percent: "40" }] }],
  };
  it("is written in minor units as the service reads it", () =>
    expect(JSON.parse(tower_file(tower))).toEqual({
      tower: { retention: 50, drop_down: true, layers: [{ name: 'A "1"', limit: 100000000, covers: null, recognises_erosion_by: "all", shares: [["甲", 6000], ["乙", 4000]] }] },
    }));
  it("has no fault when its shares come to the whole", () => expect(faults_of(tower).size).toBe(0));
  it("says what is wrong, field by field", () => {
    const layer = { name: "1", limit: "0", shares: [{ name: "甲", percent: "60" }, { name: "甲", percent: "x" }] };
    const found = faults_of({ ...tower, enterprise: "", retention: "a", layers: [layer, { ...layer, limit: "" }] });
    expect(Object.fromEntries(found)).toMatchObject({ enterprise: "must", retention: "amount", "layer-0-name": "twice", "layer-0-limit": "nothing", "layer-1-limit": "must", "layer-0-share-0-name": "twice", "layer-0-share-1-percent": "share", "layer-0-sum": "sum" });
  });
});

describe("a list of companies", () => {
  const known = new Set(["a", "b"]);
  const none = { product: "", from: "" };
  it("is read with quotes, lines within cells, a mark at its head", () =>
    expect(read_csv('\ufeffx,"y ""z"""\r\n"1\n2",3\n')).toEqual([["x", 'y "z"'], ["1\n2", "3"]]));
  it("each row tells its own faults", () => {
    const text = "企业名称,统一社会信用代码,产品,保障起始日\n甲,91330206MA2EXAMP50,a；b,2027-09-01\n,91330206MA2EXAMP51,c,2027-02-30\n\n乙,,,\n";
    const { rows, missing } = look_over(text, known, none);
    expect(missing).toEqual([]);
    expect(rows.map((row) => [row.row, row.faults])).toEqual([
      [2, []],
      [3, ["no_name", "code", "product", "from"]],
      [5, ["no_code", "no_product", "no_from"]],
    ]);
    expect(look_over(text, known, { product: "a", from: "2027-09-01" }).rows[2]?.faults).toEqual(["no_code"]);
  });
  it("needs two columns, and knows those of an account file", () => {
    expect(look_over("revenue\n1\n", known, none).missing).toEqual(["name", "code"]);
    expect(look_over("InsuredName,CompanyIDCode1\n甲,91330206MA2EXAMP50,9\n", known, { product: "a", from: "2027-09-01" }).rows[0]?.faults).toEqual(["cells"]);
  });
  it("a template has what a row needs", () => {
    for (const lang of ["zh", "en"] as const) expect(look_over(TEMPLATE[lang].join(","), known, none).missing).toEqual([]);
    expect(TEMPLATE.zh.length).toBe(TEMPLATE.en.length);
  });
  it("from a spreadsheet in China is read, too", () => {
    expect(text_of(new Uint8Array([0xc4, 0xfe, 0xb2, 0xa8]).buffer)).toEqual({ text: "宁波", national: true });
    expect(text_of(new TextEncoder().encode("宁波").buffer as ArrayBuffer)).toEqual({ text: "宁波", national: false });
  });
  it.each([
    ["list.XLSX", "list-answers.xlsx"],
    ["a.b.csv", "a.b-answers.csv"],
    ["list", "list-answers.csv"],
  ])("%s comes back as %s", (name, answers) => expect(answers_name(name)).toBe(answers));
});

describe("a comparison", () => {
  const rows = [row_of("a", "A", [{ text: "1", clauses: [] }, { text: "1", clauses: ["2.2"] }]), row_of("b", "B", [{ text: "1", clauses: [] }, { text: "2", clauses: [] }])];
  it("has what differs first, or alone", () => {
    expect(differing_first(rows, false).map((row) => row.id)).toEqual(["b", "a"]);
    expect(differing_first(rows, true).map((row) => row.id)).toEqual(["b"]);
  });
  it("takes terms with their clause, and says what a wording leaves out", () => {
    const wording = (terms: { path: string; value: number; clause: string }[]) => ({ terms, covers: [], clauses: [] }) as unknown as Parameters<typeof term_rows>[0][number];
    const found = term_rows([wording([{ path: "policy.aggregate_limit", value: 200000000, clause: "2.1" }]), wording([])], ["CNY", "CNY"], (row) => row, { t: (key) => key, word: (_, name) => name });
    expect(found.find((row) => row.id === "limit")).toEqual({ id: "limit", name: "limit", differs: true, said: [{ text: "¥2,000,000", clauses: ["2.1"] }, { text: "compare.not_said", clauses: [] }] });
    expect(found.find((row) => row.id === "notice")?.differs).toBe(false);
  });
});

describe("days to the end", () => {
  const now = Date.parse("2027-09-01T23:30:00+08:00");
  it.each([
    ["2027-09-01T00:00:00+08:00", 0, 7],
    ["2027-09-08T00:00:00+08:00", 7, 7],
    ["2027-09-09T00:00:00+08:00", 8, 30],
    ["2027-11-30T00:00:00+08:00", 90, 90],
    ["2027-12-01T00:00:00+08:00", 91, null],
    ["2027-08-31T00:00:00+08:00", -1, null],
  ])("%s: %i, within %s", (until, left, window) => {
    expect(days_left(until, now)).toBe(left);
    expect(window_of(until, now)).toBe(window);
  });
});

describe("options", () => {
  it("amounts are apart by spaces, and a comma stands within one", () => {
    expect(typed_amounts("300,000 ¥500000；500000")).toEqual({ amounts: ["300000.00", "500000.00"], wrong: null });
    expect(typed_amounts("300000 abc 5")).toEqual({ amounts: ["300000.00"], wrong: "abc" });
  });
  it("keys stay within the table", () => {
    expect(step_to("ArrowDown", 1, 0, 2, 3)).toEqual([1, 0]);
    expect(step_to("ArrowRight", 0, 0, 2, 3)).toEqual([0, 1]);
    expect(step_to("End", 1, 0, 2, 3)).toEqual([1, 2]);
    expect(step_to("a", 1, 0, 2, 3)).toBeNull();
  });
  it("each amount once", () => expect(apart([{ amount: 1, currency: "CNY" }, { amount: 1, currency: "USD" }, { amount: 1, currency: "CNY" }])).toHaveLength(2));
  it.each([
    [0.09304348, "9.3 %"],
    [0, "0 %"],
    [0.00000259, "< 0.01 %"],
    [1, "100 %"],
  ])("a part of %d is %s", (value, text) => expect(part_text(value)).toBe(text));
});
