import { expect, it } from "vitest";
import { text_of } from "../base/i18n";
import { head_name } from "../desk/head_name";
import { desk_zh } from "../locales/desk_zh";
import { zh } from "../locales/zh";
import { cover_name, cover_of } from "./cover_name";

const t = (key: string) => text_of({ ...zh, ...desk_zh }, key);
const word = (_: string, name: string) => (name === "restoration" ? "维修和应急" : name);

it.each([
  ["FP.EXT.RANSOM", "FP.EXT"],
  ["FP.BI", "FP.BI"],
  ["TP.REG.FINE", "TP.REG.FINE"],
  ["TP.REG.DEF.TRAVEL", "TP.REG.DEF"],
  ["restoration", "restoration"],
])("%s falls under %s", (head, cover) => expect(cover_of(head)).toBe(cover));

it("what regulators may ask has a name", () => {
  expect(cover_name(t, "TP.REG.FINE")).toBe("监管罚款");
  expect(head_name({ t, word }, "TP.REG.DEF")).toBe("应对监管调查的费用");
});

it("a head is named with its cover, a group by its own name, the whole incident so; what is unknown keeps its code", () => {
  expect(head_name({ t, word }, "FP.EXT.RANSOM")).toBe("被勒索时的费用 (FP.EXT.RANSOM)");
  expect(head_name({ t, word }, "restoration")).toBe("维修和应急");
  expect(head_name({ t, word }, "")).toBe("整个事件");
  expect(head_name({ t, word }, "own_group")).toBe("own_group");
  expect(head_name({ t, word }, "XX.NEW.ONE")).toBe("XX.NEW.ONE");
});
