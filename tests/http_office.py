"""What the office sees over HTTP: the operations that one may call, the chain verified, the machine of the server, people
and jobs, the budget of a subsidy, a log tried out. The same answers as on the command line, and to nobody else."""

import json
import os
import time

from _anlan import Check, Folder, SOURCE, anlan, must
from _http import Server

check = Check("http_office")
HOUSE = "ningbo-demo"
PEOPLE = ("shen.auditor", "zhou.uw", "wang.broker", "gu.vendor", "sun.subsidy", "op")


def code(reply):
    return reply[0], (reply[1] or {}).get("error", {}).get("code") if isinstance(reply[1], dict) else None


def bearer(server, who):
    return {"Authorization": "Bearer " + server.tokens[(HOUSE, who)], "Accept-Language": "en"}


def what_one_may(server):
    for who in PEOPLE:
        status, session, _ = server.send("GET", "/v1/session", headers=bearer(server, who))
        check.equal(status, 200, "the session of " + who)
        listed = server.send("POST", "/mcp", {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}, bearer(server, who))[1]
        tools = {tool["name"] for tool in listed["result"]["tools"]}
        names = {name.replace(" ", "_").replace("-", "_") for name in session["may"]}
        check.that(len(names) > 20 and tools <= names, "%s may call what is a tool for it: %s" % (who, sorted(tools - names)))
        for name in session["may"]:
            check.that(any(each["name"] == name for each in server.operations), "an operation: " + name)
    def may(who):
        return set(server.send("GET", "/v1/session", headers=bearer(server, who))[1]["may"])
    check.that("policy bind" in may("zhou.uw") and "policy bind" not in may("wang.broker"), "binding is the underwriter's")
    check.that("doctor" in may("op") and not any("doctor" in may(who) for who in PEOPLE if who != "op"), "the machine is the operator's")
    check.that("journal verify" in may("shen.auditor") and "journal verify" not in may("wang.broker"), "the chain is the auditor's")


def chain(server, house):
    wait = {"Prefer": "wait"}
    typed = must("journal", "verify", house=house, json=True).json()
    status, found, _ = server.run(["journal", "verify"], HOUSE, "shen.auditor", method="POST", more=wait)
    check.equal((status, found), (200, typed), "the chain, as on the command line")
    status, head, _ = server.run(["journal", "head"], HOUSE, "shen.auditor")
    check.equal((status, head["seq"], head["chain"]), (200, typed["seq"], typed["chain"]), "the signed head")
    kept = os.path.join(house, "..", "head.json")
    with open(kept, "w", encoding="utf-8") as file:
        json.dump(head, file)
    must("journal", "verify", "--head", kept, house=house)
    sent = {"name": "head.json", "text": json.dumps(head)}
    status, found, _ = server.send("POST", "/v1/journal/verify", {"head": sent}, {**bearer(server, "shen.auditor"), **wait})
    check.equal((status, found["seq"]), (200, head["seq"]), "with a head that was kept")
    forged = {"name": "head.json", "text": json.dumps(dict(head, seq=head["seq"] + 7))}
    refused = server.send("POST", "/v1/journal/verify", {"head": forged}, {**bearer(server, "shen.auditor"), **wait})
    check.equal(code(refused), (409, "head_signature_wrong"), "a head that was changed")
    for who in ("wang.broker", "gu.vendor", "sun.subsidy"):
        for words, method in ((["journal", "verify"], "POST"), (["journal", "head"], "GET")):
            check.equal(code(server.run(words, HOUSE, who, method=method, more=wait)), (403, "role_missing"), "not for " + who)
    named = server.send("POST", "/v1/journal/verify", {"file": "/etc"}, {**bearer(server, "shen.auditor"), **wait})
    check.equal(code(named), (400, "unknown_option"), "no folder of the server is ever named")
    status, job, _ = server.send("POST", "/v1/journal/verify", {}, bearer(server, "shen.auditor"))
    check.equal((status, job["operation"], job["by"]), (202, "journal verify", "shen.auditor"), "a job, unless somebody waits")
    for _ in range(200):
        status, job, _ = server.send("GET", "/v1/job/" + job["id"], headers=bearer(server, "shen.auditor"))
        if job["state"] not in ("waiting", "running"):
            break
        time.sleep(0.1)
    check.equal((job["state"], job["done"], job["of"]), ("done", typed["records"] // 1000 + 1, typed["records"] // 1000 + 1), "its progress ends")
    check.equal(job["reply"]["chain"], typed["chain"], "its reply")


def machine(server, house, backups):
    wait = {"Prefer": "wait"}
    for words in (["doctor"], ["backup", "verify"]):
        for who in PEOPLE[:-1]:
            check.equal(code(server.run(words, HOUSE, who, method="GET", more=wait)), (403, "role_missing"), "%s as %s" % (words, who))
    check.equal(code(server.run(["backup", "verify"], HOUSE, "op", method="GET", more=wait)), (404, "no_backup_kept"), "no backup yet")
    status, found, _ = server.run(["doctor"], HOUSE, "op", method="GET", more=wait)
    check.equal((status, found["houses"][0]["backup"]), (200, None), "none is told of")
    check.that("backup_missing" in [each["code"] for each in found["findings"]], "and that is a finding, with its fix")
    must("backup", os.path.join(backups, "one.backup"), house=house)
    status, found, _ = server.run(["doctor"], HOUSE, "op", method="GET", more=wait)
    told = found["houses"][0]
    typed = must("journal", "verify", house=house, json=True).json()
    check.equal((told["name"], told["records"], told["chain"]), (HOUSE, typed["records"], typed["chain"]), "what is there")
    check.equal((told["backup"]["file"], told["backup"]["days"], told["backup"]["sealed"]), ("one.backup", 0, False), "the newest backup")
    check.that(told["free_bytes"] > 0 and told["journal_bytes"] > 0 and told["days_of_disk"] > 0, "days of disk: %s" % told)
    check.that(all(each["fix"] for each in found["findings"]) and found["errors"] == 0, "findings with their fix")
    check.equal(found["certificate"], None, "no certificate of its own")
    status, proof, _ = server.run(["backup", "verify"], HOUSE, "op", method="GET", more=wait)
    check.equal((status, proof["chain"], proof["is_backup"]), (200, typed["chain"], True), "the backup is whole")
    refused = server.send("GET", "/v1/doctor?houses=/etc", headers={**bearer(server, "op"), **wait})
    check.equal(code(refused), (400, "unknown_option"), "no folder of the server is ever named")


def people_and_jobs(server):
    status, page, _ = server.run(["actor", "list"], HOUSE, "op")
    check.that(status == 200 and "zhou.uw" in [each["name"] for each in page["items"]], "who is who, for whoever runs it")
    check.equal(code(server.run(["actor", "list"], HOUSE, "wang.broker")), (403, "role_missing"), "not for a broker")
    status, page, _ = server.send("GET", "/v1/job/list?of=house", headers=bearer(server, "op"))
    check.that(status == 200 and ("journal verify", "shen.auditor") in [(job["operation"], job["by"]) for job in page["items"]], "jobs of everybody: %s" % page)
    check.that(all(job["reply"] is None for job in page["items"]), "without their replies")
    check.equal(code(server.send("GET", "/v1/job/list?of=house", headers=bearer(server, "shen.auditor"))), (403, "role_missing"), "not for others")
    check.equal(code(server.send("GET", "/v1/job/list?of=all", headers=bearer(server, "op"))), (400, "unknown_choice"), "own or house")
    status, page, _ = server.send("GET", "/v1/job/list", headers=bearer(server, "op"))
    check.that(all(job["by"] == "op" for job in page["items"]), "one's own without it")


def subsidy(server, house):
    status, shown, _ = server.run(["subsidy", "show", "ningbo-premium-subsidy"], HOUSE, "sun.subsidy")
    check.equal(status, 200, "the office's budget: %s" % shown)
    def amount(name, of=shown):
        return of[name]["amount"]
    journal = must("journal", "show", house=house, json=True).json()
    granted = sum(each["amount"]["amount"] for each in journal if each["event"] == "subsidy_budget_granted")
    decided = sum(each["amount"]["amount"] for each in journal if each["event"] == "subsidy_decided")
    check.that(granted > 0 and decided > 0, "the demonstration has both")
    check.equal((amount("granted"), amount("decided")), (granted, decided), "granted and decided, by the journal")
    for name in ("granted", "decided", "refused", "paid", "clawed_back"):
        check.equal(sum(amount(name, month) for month in shown["months"]), amount(name), "the months sum to " + name)
    ledger = must("ledger", "show", "--all", house=house, json=True).json()["balances"]
    check.equal(amount("left"), sum(row["balance"]["amount"] for row in ledger if row["kind"] == "subsidy_budget"), "what is left, by the ledger")
    check.equal(code(server.run(["subsidy", "show", "ningbo-premium-subsidy"], HOUSE, "gu.vendor")), (403, "role_missing"), "not a vendor's")
    check.equal(code(server.run(["subsidy", "show", "nothing"], HOUSE, "sun.subsidy")), (400, "unknown_choice"), "no such scheme")
    rows = server.run(["policy", "list"], HOUSE, "sun.subsidy")[1]["items"]
    check.that(rows and all(row["subsidy"] for row in rows), "the office sees what it pays for")
    for row in rows:
        one = server.run(["policy", "show", row["id"]], HOUSE, "sun.subsidy")[1]["subsidy"]
        check.equal(one, row["subsidy"], "the same in the policy")
    said = [(each["policy"], each["granted"]) for each in journal if each["event"] == "subsidy_decided"]
    states = {row["id"]: row["subsidy"]["state"] for row in rows}
    check.equal([states[policy] for policy, _ in said], ["granted" if yes else "refused" for _, yes in said], "as it was decided")


def log_tried_out(server, house):
    order = must("order", "list", house=house, json=True).json()[0]["id"]
    with open(os.path.join(SOURCE, "data", "demo", "telemetry", "eve.jsonl"), encoding="utf-8") as file:
        lines = file.read().split("\n")[:3]
    before = server.run(["order", "show", order], HOUSE, "gu.vendor")[1]
    check.equal([light["product"] for light in before["lights"]], [line["product"] for line in before["lines"]], "a light for each product")
    journal = len(must("journal", "show", house=house, json=True).json())
    product = next(line["product"] for line in before["lines"] if line["format"] == "suricata_eve")
    body = {"order": order, "product": product, "file": {"name": "a.log", "text": "\n".join([lines[0], "", "{}", *lines[1:]])}}
    at = json.loads(lines[-1])["timestamp"][:10] + "T23:00:00+08:00"
    head = {**bearer(server, "gu.vendor"), "Anlan-Dry-Run": "true"}
    status, tried, _ = server.send("POST", "/v1/observe", body, head)
    if status == 200:
        check.equal([(each["line"], each["field"]) for each in tried["refusals"]], [(3, "timestamp")], "the line, and its field")
        check.that(all(each["rule"] and each["fix"] for each in tried["refusals"]), "what is wrong, and how to mend it")
        check.equal([each["line"] for each in tried["signals"]], [1, 4, 5], "what was read of the others")
        check.equal(tried["lights_before"], before["lights"], "the lights as they are")
        check.equal(len(tried["lights_after"]), len(before["lights"]), "and as they would be")
    else:
        check.that(False, "the log is tried out: %s %s at %s" % (status, tried, at))
    body["file"]["text"] = "hello\n"
    refused = server.send("POST", "/v1/observe", body, head)
    check.equal(code(refused), (400, "no_signals"), "nothing is understood")
    check.that("line 1" in refused[1]["error"]["rule"], "the refusal names the line: " + refused[1]["error"]["rule"])
    check.equal(len(must("journal", "show", house=house, json=True).json()), journal, "nothing was recorded")


def drafts(server):
    """A wording whose text is sent is played as the one in the library, and nobody sees a difference where there is none."""
    shown = server.run(["wording", "show", "ningbo-2023-a", "--source", "--clauses"], HOUSE, "zhou.uw")[1]
    with open(os.path.join(SOURCE, "data", "wordings", "ningbo-2023-a.toml"), encoding="utf-8") as file:
        check.equal(shown["source"], file.read(), "the file of a wording")
    script = must("incident", "library", json=True).json()[0]["id"]
    sent = {"file": {"name": "draft.toml", "text": shown["source"]}, "script": script}
    status, draft, _ = server.send("POST", "/v1/wording/draft/play", sent, bearer(server, "zhou.uw"))
    known = server.run(["wording", "play", "ningbo-2023-a", "--script", script], HOUSE, "zhou.uw")[1]
    check.equal((status, {**draft, "wording": ""}), (200, {**known, "wording": ""}), "played alike")
    found = server.send("POST", "/v1/wording/draft/compare", {**sent, "wordings": "ningbo-2023-a,ningbo-2023-b"}, bearer(server, "zhou.uw"))
    check.equal(found[0], 200, "beside wordings of the library: %s" % found[1])
    check.equal([under["paid"] for under in found[1]["under"][:2]], [known["paid"]] * 2, "the draft stands first")
    status, view, _ = server.send("POST", "/v1/wording/draft/show", {"file": sent["file"]}, bearer(server, "zhou.uw"))
    check.equal((status, view["terms"]), (200, shown["terms"]), "shown alike")
    refused = server.send("POST", "/v1/wording/draft/show", {"file": "id = 1"}, bearer(server, "zhou.uw"))
    check.equal(refused[0], 400, "what is no wording is refused: %s" % (refused[1],))


def main():
    with Folder() as folder:
        house, backups = os.path.join(folder, "house"), os.path.join(folder, "backups")
        os.mkdir(backups)
        must("demo", "--house", house)
        last = must("journal", "show", house=house, json=True).json()[-1]["at"]
        must("actor", "appoint", "shen.auditor", "--role", "auditor", house=house, as_="op", at=last)
        with Server(folder, [house], [(HOUSE, who) for who in PEOPLE], ["--backups", backups]) as server:
            what_one_may(server)
            chain(server, house)
            machine(server, house, backups)
            people_and_jobs(server)
            subsidy(server, house)
            log_tried_out(server, house)
            drafts(server)
        check.that(anlan("doctor", house, "--backups", backups, json=True).json()["houses"], "the same on the command line")
    check.end()


main()
