import { describe, expect, it } from "vitest";
import { csv_of, shown_rows, type Column } from "./table_rows";

interface Firm {
  name: string;
  premium: number;
}
const COLUMNS: Column<Firm>[] = [
  { name: "name", title: "Name", text: (row) => row.name },
  { name: "premium", title: "Premium", text: (row) => `¥${row.premium}`, order: (row) => row.premium },
];
const ROWS: Firm[] = [
  { name: "Beilun Bearings", premium: 9 },
  { name: "宁波示例轴承", premium: 100 },
  { name: "=HYPERLINK(1)", premium: 20 },
];
const names = (filter: string, by: string) => shown_rows(ROWS, COLUMNS, { filter, by }, "en").map((row) => row.name);

describe("rows of a table", () => {
  it("stand as they came without a column", () => expect(names("", "")).toEqual(ROWS.map((row) => row.name)));
  it("are sorted by number, not by digits", () => expect(names("", "premium")[0]).toBe("Beilun Bearings"));
  it("a minus turns the order around", () => expect(names("", "-premium")[0]).toBe("宁波示例轴承"));
  it("every word of the filter must be there", () => expect(names("示例 100", "")).toEqual(["宁波示例轴承"]));
  it("a column that is not there sorts nothing", () => expect(names("", "colour")).toEqual(ROWS.map((row) => row.name)));
  it("a file has no formulas and keeps commas", () => {
    expect(csv_of([{ name: "=1+1", premium: 1 }, { name: 'A, "B"', premium: 2 }], COLUMNS)).toBe("\ufeffName,Premium\r\n'=1+1,¥1\r\n\"A, \"\"B\"\"\",¥2\r\n");
  });
});
