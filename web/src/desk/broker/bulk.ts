// A list of companies as a file: read, looked over before it is sent. The service has the last word on each row.
import { credit_code_state } from "../../base/credit_code";

/** Rows of cells. Quoted cells may hold separators, lines and doubled quotes. */
export function read_csv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const body = text.replace(/^\ufeff/, "");
  for (let at = 0; at < body.length; ++at) {
    const sign = body[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (body[at + 1] === '"') cell += body[++at];
      else quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === ",") {
      row.push(cell);
      cell = "";
    } else if (sign === "\n" || sign === "\r") {
      if (sign === "\r" && body[at + 1] === "\n") ++at;
      rows.push([...row, cell]);
      row = [];
      cell = "";
    } else cell += sign;
  }
  if (cell !== "" || row.length > 0) rows.push([...row, cell]);
  return rows;
}

export type Column = "name" | "code" | "products" | "from";

const HEADS: Record<Column, string[]> = {
  name: ["legal_name", "企业名称", "InsuredName"],
  code: ["credit_code", "统一社会信用代码", "CompanyIDCode1"],
  products: ["products", "产品"],
  from: ["from", "保障起始日"],
};

/** What a template asks for, in the service's own names. */
export const TEMPLATE: Record<"zh" | "en", string[]> = {
  zh: ["企业名称", "统一社会信用代码", "同意接受评估", "同意持续监测", "行业代码", "行政区划代码", "营业收入（元）", "员工人数", "办公电脑台数", "个人信息条数", "近36个月事件次数", "产品", "保障起始日"],
  en: ["legal_name", "credit_code", "assess_consent", "monitor_consent", "sector", "region", "revenue", "employees", "endpoints", "records", "incidents_36m", "products", "from"],
};

export type RowFault = "no_name" | "no_code" | "code" | "no_product" | "product" | "no_from" | "from" | "cells";

export interface LookedRow {
  row: number; // of the file; its head is row 1
  name: string;
  code: string;
  products: string[];
  from: string;
  faults: RowFault[];
}

export interface Looked {
  rows: LookedRow[];
  /** Columns without which no row can be read. */
  missing: Column[];
}

export interface Defaults {
  product: string;
  from: string;
}

function is_day(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function faults_of(row: Omit<LookedRow, "faults">, known: ReadonlySet<string>, defaults: Defaults): RowFault[] {
  const state = credit_code_state(row.code);
  const found: (RowFault | false)[] = [
    row.name === "" && "no_name",
    state === "empty" ? "no_code" : state !== "right" && "code",
    row.products.length === 0 && defaults.product === "" && "no_product",
    row.products.some((product) => !known.has(product)) && "product",
    row.from === "" ? defaults.from === "" && "no_from" : !is_day(row.from) && "from",
  ];
  return found.filter((fault) => fault !== false);
}

/** What can be seen of each row before the service reads it. `known`: names of the products. */
export function look_over(text: string, known: ReadonlySet<string>, defaults: Defaults): Looked {
  const [head = [], ...body] = read_csv(text);
  const place = (column: Column) => head.findIndex((cell) => HEADS[column].includes(cell.trim()));
  const places = { name: place("name"), code: place("code"), products: place("products"), from: place("from") };
  const missing = (["name", "code"] as const).filter((column) => places[column] < 0);
  const rows = body.flatMap((cells, at): LookedRow[] => {
    if (cells.every((cell) => cell.trim() === "")) return [];
    const of = (column: Column) => (cells[places[column]] ?? "").trim();
    const products = of("products").split(/[;；，,]/).map((each) => each.trim()).filter((each) => each !== "");
    const seen = { row: at + 2, name: of("name"), code: of("code"), products, from: of("from") };
    const faults = missing.length > 0 ? [] : faults_of(seen, known, defaults);
    return [{ ...seen, faults: cells.length > head.length ? [...faults, "cells"] : faults }];
  });
  return { rows, missing };
}

/** The text of a CSV file: UTF-8, or what spreadsheets in China write. Null: neither. */
export function text_of(bytes: ArrayBuffer): { text: string; national: boolean } | null {
  for (const label of ["utf-8", "gb18030"]) {
    try {
      return { text: new TextDecoder(label, { fatal: true }).decode(bytes), national: label !== "utf-8" };
    } catch {
      // The next one, then.
    }
  }
  return null;
}

export function base64_of(bytes: ArrayBuffer): string {
  let signs = "";
  for (const each of new Uint8Array(bytes)) signs += String.fromCharCode(each);
  return btoa(signs);
}

/** "list.xlsx" comes back as "list-answers.xlsx". */
export function answers_name(name: string): string {
  return name.replace(/(\.[A-Za-z]+)?$/, (end) => `-answers${end === "" ? ".csv" : end.toLowerCase()}`);
}
