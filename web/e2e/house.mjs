// Two houses of the real program for the tests: a year of business, and one whose package was seen running a day ago.
// By itself (ANLAN=path/to/anlan node e2e/house.mjs FILE) it keeps them open and writes into FILE where they are, for run.mjs --at FILE.
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
export const PASSWORD = "seven maple hills 2026";
/** The clock of the second house: a day after its telemetry. */
export const LIGHTS_AT = "2026-03-07T12:00:00+08:00";

// A firm whose quote an underwriter has to decide: more records and revenue than the product was made for.
const LARGE = `legal_name = "宁波大港物流装备有限公司"
credit_code = "91330206MA2DEXKR1W"
assess_consent = true
monitor_consent = true
stated_on = "2026-11-01"
[facts]
sector = "C34"
region = "330206"
revenue = "100000000.00"
gross_margin = "60 %"
employees = 200
records = 500000
endpoints = 180
cii_operator = false
incidents_36m = 2
`;

const FIRM = {
  legal_name: "宁波海潮机械有限公司", credit_code: "91330206MA2HACHA0F", assess_consent: true, monitor_consent: true, stated_on: "2026-11-01",
  facts: { sector: "C34", region: "330206", revenue: "30000000.00", gross_margin: "25 %", employees: 48, records: 8000, endpoints: 30, cii_operator: false, incidents_36m: 0 },
};

export async function open_houses(anlan) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "anlan-web-"));
  const box = path.join(folder, "box");
  const accounts = path.join(box, "accounts.db");
  const lights = path.join(folder, "lights");
  const cli = async (...words) => (await run(anlan, words, { maxBuffer: 1 << 26 })).stdout;
  const password = path.join(folder, "password");
  writeFileSync(password, PASSWORD + "\n");
  const made = JSON.parse(await cli("--json", "sandbox", box));

  const at = async (who, when, ...words) => JSON.parse(await cli("--json", "--house", lights, "--as", who, "--at", `2026-${when}:00+08:00`, ...words));
  await at("op", "02-23T09:00", "init", "--name", "lights-demo", "--sandbox");
  for (const [name, ...more] of [
    ["wang.broker", "--role", "broker"],
    ["zhou.uw", "--role", "underwriter", "--authority", "1000000.00"],
    ["gu.vendor", "--role", "security_vendor", "--organisation", "guard-vendor"],
  ])
    await at("op", "02-23T09:01", "actor", "appoint", name, ...more);
  const company = await at("wang.broker", "02-24T10:00", "enterprise", "register", "@demo/enterprise.toml");
  await at("wang.broker", "02-24T10:20", "assess", company.id, "--answers", "@demo/answers.toml");
  const order = await at("wang.broker", "02-24T10:30", "order", "place", company.id, "--package", "security-guard", "--from", "2026-03-01");
  for (const [product, file] of [["endpoint", "endpoint.log"], ["ips", "eve.jsonl"], ["nbm", "nbm.log"]])
    await at("gu.vendor", "03-07T09:00", "observe", order.id, `@demo/telemetry/${file}`, "--product", product);

  const in_box = async (who, ...words) => JSON.parse(await cli("--json", "--house", path.join(box, "house"), "--as", who, ...words));
  const file = path.join(folder, "large.toml");
  writeFileSync(file, LARGE);
  const large = await in_box("wang.broker", "enterprise", "register", file);
  // A company of its own with a quote that is open, and with the subsidy of a first year.
  const firm = path.join(folder, "firm.json");
  writeFileSync(firm, JSON.stringify(FIRM));
  const small = await in_box("wang.broker", "enterprise", "register", firm);
  await in_box("wang.broker", "assess", small.id, "--answers", "@demo/answers.toml");
  const offered = await in_box("wang.broker", "quote", "issue", small.id, "--product", "ningbo-2023-a", "--from", "2027-08-01");
  const referred = [];
  for (const from of ["2027-09-01", "2027-10-01"]) referred.push((await in_box("wang.broker", "quote", "issue", large.id, "--product", "ningbo-2023-a", "--from", from)).id);
  await cli("--house", path.join(box, "house"), "--as", "op", "actor", "appoint", "han.auditor", "--role", "auditor");
  await cli("--house", path.join(box, "house"), "--as", "op", "actor", "appoint", "payment-gateway", "--role", "finance");
  await cli("--house", path.join(box, "house"), "--as", "op", "actor", "appoint", "account-desk", "--role", "operator");
  writeFileSync(path.join(box, "house", "payee.toml"), 'name = "示例财产保险股份有限公司"\nbank = "示例银行宁波分行"\naccount = "3901 0000 0000 0000 000"\n');
  for (const [login, name, house, actor] of [
    ["owner", "王示例", "ningbo-demo", "wang.broker"],
    ["owner2", "李示例", "lights-demo", "wang.broker"],
    ["underwriter", "周核保", "ningbo-demo", "zhou.uw"],
    ["auditor", "韩审计", "ningbo-demo", "han.auditor"],
    ["operator", "何运维", "ningbo-demo", "op"],
    ["subsidy", "孙补贴", "ningbo-demo", "sun.subsidy"],
    ["handler", "李理赔", "ningbo-demo", "li.claims"],
    ["manager", "陈经理", "ningbo-demo", "chen.manager"],
    ["finance", "钱财务", "ningbo-demo", "qian.finance"],
    ["vendor", "顾厂商", "lights-demo", "gu.vendor"],
    ["hostile", "<img src=x onerror=anlan_hit()>", "ningbo-demo", "wang.broker"],
  ]) {
    await cli("admin", "create", "--accounts", accounts, "--login", login, "--password-file", password, "--name", name);
    await cli("admin", "join", "--accounts", accounts, "--login", login, "--house-name", house, "--actor", actor);
  }
  const key = JSON.parse(await cli("--json", "admin", "key", "--accounts", accounts, "--login", "sandbox", "--house-name", "ningbo-demo", "--actor", "zhou.uw", "--test"));

  const server = await start(anlan, ["serve", path.join(box, "house"), lights, "--accounts", accounts, "--port", "0", "--open-house", "ningbo-demo"]);
  const close = async () => {
    await server.end("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, api: server.address, order: order.id, offered: offered.id, large: large.id, referred, underwriter: key.token, sandbox: made.password, close };
}

/** A server, and its end. Its address is "host:port". */
export async function start(anlan, words) {
  const server = spawn(anlan, words, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let complaints = "";
  server.stderr.on("data", (part) => (complaints = (complaints + part).slice(-4000)));
  const address = await new Promise((done, fail) => {
    server.stdout.on("data", (part) => {
      said += part;
      const found = /"listening": *"([^"]+)"/.exec(said);
      if (found) done(found[1]);
    });
    server.on("exit", () => fail(new Error(`anlan serve ended: ${complaints}`)));
  });
  const end = (signal) =>
    new Promise((done) => {
      server.removeAllListeners("exit");
      if (server.exitCode !== null || server.signalCode !== null) return done();
      server.on("exit", () => done());
      server.kill(signal);
    });
  return { address, end };
}

/** A house of its own for what breaks its server: the same sandbox, an account of an owner and one of the finance office. */
export async function open_fragile(anlan) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "anlan-fragile-"));
  const box = path.join(folder, "box");
  const accounts = path.join(box, "accounts.db");
  const password = path.join(folder, "password");
  writeFileSync(password, PASSWORD + "\n");
  await run(anlan, ["--json", "sandbox", box], { maxBuffer: 1 << 26 });
  for (const [login, actor] of [["owner", "wang.broker"], ["finance", "qian.finance"]]) {
    await run(anlan, ["admin", "create", "--accounts", accounts, "--login", login, "--password-file", password, "--name", login]);
    await run(anlan, ["admin", "join", "--accounts", accounts, "--login", login, "--house-name", "ningbo-demo", "--actor", actor]);
  }
  let server;
  const begin = async (port) => (server = await start(anlan, ["serve", path.join(box, "house"), "--accounts", accounts, "--port", String(port)]));
  await begin(0);
  return {
    address: server.address,
    kill: () => server.end("SIGKILL"),
    again: () => begin(server.address.split(":")[1]),
    close: async () => {
      await server.end("SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { close, ...houses } = await open_houses(process.env.ANLAN);
  writeFileSync(process.argv[2], JSON.stringify(houses));
  console.log(`http://${houses.api}`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void close().then(() => process.exit(0)));
}
