// The journeys in a real browser against the real program: ANLAN=path/to/anlan npm run e2e [-- WORDS OF A TEST]
//   --own          the pages in the program, instead of those of dist/
//   --at FILE      on the houses that "node e2e/house.mjs FILE" keeps open
//   --set NAME     ci: what each change runs (sets.mjs); all: everything else (also without this); guide: its pictures
//   --shots DIR    where pictures go, instead of shots/
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { open_houses } from "./house.mjs";
import { broker_journeys } from "./broker_journeys.mjs";
import { desk_journeys } from "./desk_journeys.mjs";
import { e2e_journeys } from "./e2e_journeys.mjs";
import { journeys } from "./journeys.mjs";
import { owner_journeys } from "./owner_journeys.mjs";
import { statement_journeys } from "./statement_journeys.mjs";
import { studio_journeys } from "./studio_journeys.mjs";
import { serve } from "./serve.mjs";
import { chosen } from "./sets.mjs";
import { open_browser, visit } from "./visit.mjs";

const WEB = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { own: { type: "boolean" }, at: { type: "string" }, set: { type: "string" }, shots: { type: "string" } } });
const anlan = process.env.ANLAN ?? path.join(WEB, "..", "build", "bin", "anlan");
const shots = path.resolve(values.shots ?? path.join(WEB, "shots"));
mkdirSync(shots, { recursive: true });
const wanted = chosen([...journeys, ...desk_journeys, ...broker_journeys, ...owner_journeys, ...statement_journeys, ...studio_journeys, ...e2e_journeys], values.set, positionals);

/** The address of the pages before a service. A copy of dist/, so that a build meanwhile changes nothing under the test. */
async function pages_of({ folder, api }) {
  if (values.own) return { base: `http://${api}`, close: () => undefined };
  const copy = path.join(folder, "dist");
  if (!existsSync(copy)) cpSync(path.join(WEB, "dist"), copy, { recursive: true });
  const site = await serve(copy, api);
  return { base: `http://127.0.0.1:${site.address().port}`, close: () => site.close() };
}

const houses = values.at ? { ...JSON.parse(readFileSync(values.at, "utf8")), close: () => undefined } : await open_houses(anlan);
const site = await pages_of(houses);
const browser = await open_browser();
const failed = [];
for (const journey of wanted) {
  const { label } = journey;
  const begun = Date.now();
  let complaints;
  try {
    complaints = await visit({ browser, base: site.base, houses, shots, anlan, pages_of }, journey);
  } catch (fault) {
    complaints = [...(fault.complaints ?? []), String(fault.stack ?? fault).split("\n").slice(0, 12).join("\n")];
  }
  if (complaints.length > 0) failed.push(label);
  console.log(`${complaints.length === 0 ? "ok  " : "FAIL"} ${label} ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  for (const each of complaints) console.log(`     ${each}`);
}
await browser.close();
site.close();
await houses.close();
console.log(failed.length === 0 ? `all journeys pass: ${wanted.length}` : `${failed.length} of ${wanted.length} failed: ${failed.join("; ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
