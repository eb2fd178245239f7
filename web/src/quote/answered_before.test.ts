import { afterEach, describe, expect, it, vi } from "vitest";
import { answered_before } from "./answered_before";

const with_draft = (text: string | null) => vi.stubGlobal("localStorage", { getItem: (key: string) => (key === "anlan.draft.price" ? text : null) });
afterEach(() => vi.unstubAllGlobals());

describe("answers for the rough price in the company's form", () => {
  it("takes over what the form asks for, under its own names, and leaves out what was not answered", () => {
    with_draft(JSON.stringify({ sector: "C34", revenue: "30,000,000", employees: "48", region: "", incidents: "2", it_dependence: "40" }));
    expect(answered_before()).toEqual({ sector: "C34", revenue: "30,000,000", employees: "48", incidents_36m: "2" });
  });
  it.each([null, "", "null", "[]", "{", '{"sector":7}'])("a draft that is not there or broken (%s) gives nothing", (text) => {
    with_draft(text);
    expect(answered_before()).toEqual({});
  });
});
