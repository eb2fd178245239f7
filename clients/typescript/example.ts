// From a first quote to a bound policy. The server and the keys come from the environment, as for the example in Python.
import { AnlanError, Client } from "./client.js";

declare const process: { env: Record<string, string | undefined>; exitCode: number };
declare const console: { log(...parts: unknown[]): void };

function client(key: string): Client {
  return new Client({ server: process.env["ANLAN_SERVER"] ?? "", token: process.env[key] ?? "", lang: "en" });
}

const at = (time: string): { at: string } => ({ at: `2026-10-03T${time}:00+08:00` });

async function main(): Promise<void> {
  const broker = client("ANLAN_BROKER_KEY");
  const underwriter = client("ANLAN_UNDERWRITER_KEY");
  const company = String((await broker.call("enterprise_register", { file: "@demo/enterprise_c.toml" }, at("09:00")))["id"]);
  await broker.call("assess", { enterprise: company, answers: "@demo/answers.toml" }, at("09:10"));
  const quote = await broker.call("quote_issue", { enterprise: company, product: "ningbo-2023-a", from: "2026-10-05" }, at("09:20"));
  const id = String(quote["id"]);
  try {
    await underwriter.call("policy_bind", { quote: id }, at("09:30"));
  } catch (refused) {
    if (!(refused instanceof AnlanError)) throw refused;
    console.log(`refused, as it must be: ${refused.error.code}`);
  }
  await broker.call("quote_explain", { quote: id, "confirmed-by": "e-sign 2026-1003-01" }, at("09:40"));
  const policy = await underwriter.call("policy_bind", { quote: id }, { key: `bind-${id}`, ...at("09:50") });
  const again = await underwriter.call("policy_bind", { quote: id }, { key: `bind-${id}`, ...at("09:50") });
  console.log(`bound: ${String(policy["id"])}; sent again under its key: ${policy["id"] === again["id"] ? "the same" : "another"}`);
  const ids: string[] = [];
  for await (const row of underwriter.rows("policy_list", { limit: 1 })) ids.push(String(row["id"]));
  console.log(`policies of the house: ${ids.join(", ")}`);
}

main().catch((fault: unknown) => {
  console.log(String(fault));
  process.exitCode = 1;
});
