import { expect, it } from "vitest";
import { present_of, renewal_of, standing_of, type After, type Before } from "./renewal";

const yuan = (amount: number) => ({ amount, currency: "CNY" });
const fact = (name: string, value: string) => ({ name, value, source: "declared", observed_on: "2026-09-20" });
const control = (name: string, gap: number) => ({ control: name, gap, trust: 0, source: "declared" });
const judged = (incidents: number, facts: ReturnType<typeof fact>[]) =>
  ({ sector: "C34", region: "330203", revenue: yuan(1), employees: 48, incidents, cii_operator: false, score: 1, proven: [], conflicts: [], facts }) as Before["judged"];

const policy = { premium: yuan(280000), customer_part: yuan(140000), subsidy_part: yuan(140000) };
const before: Before = {
  aggregate_limit: yuan(40000000), incident_maximum: yuan(15000000), wording_artefact: "aa", to_explain: ["2.6", "3.1"],
  judged: judged(0, [fact("employees", "48"), fact("records", "8000")]),
  controls: [control("IAM-01", 500000), control("BKP-01", 200000), control("GOV-01", 1)],
};
const after: After = {
  ...before, premium: yuan(280000), subsidy: yuan(0), customer_pays: yuan(280000), from: "2027-10-01", until: "2028-10-01", valid_until: "2027-08-19", decision: "bindable", findings: [], no_subsidy: ["policy_year"],
};

const untouched = { endorsements: [], gaps: [], written: { customer: yuan(140000), government: yuan(140000) } };
const endorsed = (voided: boolean) => ({ ...untouched, endorsements: [{ voided }], written: { customer: yuan(210000), government: yuan(140000) }, on_day: { aggregate_limit: yuan(60000000), wording_artefact: "bb" } }) as unknown as Parameters<typeof present_of>[2];
const present = present_of(policy, before, untouched);

it("the same company a year later pays more because the subsidy ended, and nothing else changed", () => {
  const found = renewal_of(present, before, after);
  expect(found.customer).toEqual({ before: yuan(140000), after: yuan(280000), same: false });
  expect(found.premium.same).toBe(true);
  expect(found.subsidy).toEqual({ before: yuan(140000), after: yuan(0), same: false });
  expect([found.facts, found.better, found.worse, found.clauses_new]).toEqual([[], [], [], []]);
  expect(found.clauses_same).toBe(true);
});

it("facts that changed, came or went; controls by direction; clauses by digest; incidents", () => {
  const found = renewal_of(present, before, {
    ...after, wording_artefact: "bb", to_explain: ["2.6", "3.9"],
    judged: judged(2, [fact("employees", "52"), fact("ot_lines", "3")]),
    controls: [control("IAM-01", 100000), control("BKP-01", 300000), control("GOV-01", 1), control("NEW-01", 7)],
  });
  expect(found.facts).toEqual([
    { name: "employees", before: "48", after: "52" },
    { name: "records", before: "8000", after: "" },
    { name: "ot_lines", before: "", after: "3" },
  ]);
  expect(found.better).toEqual(["IAM-01"]);
  expect(found.worse).toEqual(["BKP-01"]);
  expect(found.clauses_same).toBe(false);
  expect(found.clauses_new).toEqual(["3.9"]);
  expect(found.incidents).toEqual({ before: 0, after: 2, same: false });
});

it("a policy that was endorsed is compared as it is now, and what is not known of it is not made up", () => {
  const found = renewal_of(present_of(policy, before, endorsed(false)), before, { ...after, aggregate_limit: yuan(60000000), wording_artefact: "bb", to_explain: ["3.9"] });
  expect(found.customer).toEqual({ before: yuan(210000), after: yuan(280000), same: false });
  expect(found.aggregate).toEqual({ before: yuan(60000000), after: yuan(60000000), same: true });
  expect([found.premium.before, found.incident.before, found.premium.same]).toEqual([null, null, false]);
  expect([found.clauses_same, found.clauses_new]).toEqual([true, []]);
});

it("an endorsement that was voided changes nothing; a gap does", () => {
  expect(present_of(policy, before, endorsed(true))).toEqual(present);
  expect(present_of(policy, before, { ...untouched, gaps: [{}] }).changed).toBe(true);
});

it.each([
  [null, "bindable", "offered"],
  [null, "referred", "to_refer"],
  [null, "declined", "to_decline"],
  ["issued", "bindable", "issued"],
  ["referred", "referred", "referred"],
  ["approved", "referred", "approved"],
  ["bound", "referred", "bound"],
  ["declined", "referred", "declined"],
])("a quote that is %s, decided %s by the rules, is %s", (state, decision, standing) => expect(standing_of(state, decision)).toBe(standing));
