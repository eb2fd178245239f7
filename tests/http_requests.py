"""Requests with conditions: jobs for long work, dry runs, If-Match, faults that a sandbox is asked for."""

import http.client
import os
import time

from _anlan import Check, Folder, anlan, house_rows, must, small_house
from _http import Server

check = Check("http_requests")
HOUSE, UW, BROKER, AT = "test-house", "zhou.uw", "wang.broker", "2026-02-26T09:00:00+08:00"


def code(reply):
    return reply[0], ((reply[1] or {}).get("error") or {}).get("code")


def ended(server, job, as_=UW):
    for _ in range(2000):
        status, found, _ = server.send(
            "GET", "/v1/job/" + job, headers={"Authorization": "Bearer " + server.tokens[(HOUSE, as_)]})
        if status != 200 or found["state"] not in ("waiting", "running"):
            return status, found
        time.sleep(0.01)
    return 0, None


def jobs(server, quote):
    status, job, headers = server.run(["quote", "verify"], HOUSE, UW, AT)
    check.equal((status, job["operation"], headers["location"]), (202, "quote verify", "/v1/job/" + job["id"]), "a job has begun")
    status, done = ended(server, job["id"])
    check.equal((status, done["state"], done["status"], done["done"], done["of"]), (200, "done", 200, 1, 1), "it ends")
    status, plain, _ = server.run(["quote", "verify"], HOUSE, UW, AT, more={"Prefer": "wait"})
    check.equal((status, plain), (200, done["reply"]), "its reply is that of the request that waits")
    check.equal(plain[0]["quote"], quote, "the quote was looked at")
    other = server.send("GET", "/v1/job/" + job["id"], headers={"Authorization": "Bearer " + server.tokens[(HOUSE, BROKER)]})
    never = server.send("GET", "/v1/job/job_99999", headers={"Authorization": "Bearer " + server.tokens[(HOUSE, BROKER)]})
    check.equal((code(other), code(never)), ((404, "job_unknown"),) * 2, "somebody else's is like one that is not there")
    check.equal(other[1]["error"]["rule"].replace(job["id"], "X"), never[1]["error"]["rule"].replace("job_99999", "X"), "word for word")
    token = {"Authorization": "Bearer " + server.tokens[(HOUSE, UW)]}
    status, page, _ = server.send("GET", "/v1/job/list", headers=token)
    check.equal((status, [row["id"] for row in page["items"]]), (200, [job["id"]]), "the caller's jobs")
    status, same, _ = server.send("POST", "/v1/job/%s/cancel" % job["id"], {}, token)
    check.equal((status, same["state"]), (200, "done"), "what has ended stays as it is")
    check.equal(code(server.send("POST", "/v1/job/job_7777/cancel", {}, token)), (404, "job_unknown"), "no such job to cancel")
    # A command as a job: recorded once, whoever asks again under its key gets its answer.
    body = {"product": "ningbo-2023-a", "from": "2026-03-01", "enterprise": server.company}
    begun = server.send("POST", "/v1/quote/issue", body, {**token, "Prefer": "respond-async", "Idempotency-Key": "job-quote", "Anlan-At": AT})
    check.equal(begun[0], 202, "any operation as a job: %s" % begun[1])
    status, made = ended(server, begun[1]["id"])
    check.equal((status, made["state"]), (200, "done"), "it is recorded")
    again = server.send("POST", "/v1/quote/issue", body, {**token, "Idempotency-Key": "job-quote", "Anlan-At": AT})
    check.equal((again[0], again[1]["id"]), (200, made["reply"]["id"]), "its key has its answer")


def dry_runs(server, house):
    rows = len(house_rows(house))
    personal = open(os.path.join(house, "personal.db"), "rb").read()
    status, reply, _ = server.run(["quote", "issue", server.company, "--product", "ningbo-2023-a", "--from", "2026-03-01"],
                                  HOUSE, UW, AT, more={"Anlan-Dry-Run": "true"})
    check.equal((status, reply["dry_run"], [event["event"] for event in reply["events"]]), (200, True, ["quote_issued"]), "a dry run")
    check.that(reply["events"][0]["quote"]["premium"]["amount"] > 0, "it says what would be recorded")
    status, reply, _ = server.run(["enterprise", "register", "@demo/enterprise.toml"], HOUSE, BROKER, AT, more={"Anlan-Dry-Run": "true"})
    check.equal(code((status, reply)), (409, "credit_code_known"), "a refusal is that of the command")
    status, reply, _ = server.run(["ledger", "show"], HOUSE, UW, AT, more={"Anlan-Dry-Run": "true"})
    check.equal(code((status, reply)), (400, "not_rehearsed"), "what shows is not rehearsed")
    status, reply, _ = server.run(["capital", "pay-in", "5.00"], HOUSE, BROKER, AT, more={"Anlan-Dry-Run": "true"})
    check.equal(code((status, reply)), (403, "role_missing"), "nor is a command that is not the caller's")
    check.equal(len(house_rows(house)), rows, "nothing was recorded")
    check.equal(open(os.path.join(house, "personal.db"), "rb").read() == personal, True, "nor of a person")


def conditions(server, quote):
    token = {"Authorization": "Bearer " + server.tokens[(HOUSE, BROKER)], "Anlan-At": AT}
    path = "/v1/quote/" + quote
    status, _, headers = server.send("GET", path, headers=token)
    check.equal(status, 200, "the quote")
    explain = path + "/explain"
    body = {"confirmed-by": "e-sign"}
    check.equal(code(server.send("POST", explain, body, {**token, "If-Match": '"0000"'})), (412, "tag_stale"), "another tag")
    check.equal(code(server.send("POST", "/v1/quote/quo_99999/explain", body, {**token, "If-Match": headers["etag"]})),
                (404, "not_found"), "of nothing")
    status, reply, _ = server.send("POST", explain, body, {**token, "If-Match": headers["etag"]})
    check.equal(status, 200, "as it was read: %s" % reply)


def faults(server, house):
    token = {"Authorization": "Bearer " + server.tokens[(HOUSE, "qian.finance")], "Anlan-At": AT}

    def ask(fault, key=None):
        return server.send("POST", "/v1/capital/pay-in", {"amount": "7.00"},
                           {**token, **({"Anlan-Fault": fault} if fault else {}), **({"Idempotency-Key": key} if key else {})})

    for fault, expected in (("unavailable", 503), ("overloaded", 429)):
        status, reply, headers = ask(fault)
        check.equal((status, reply["error"]["code"], headers["retry-after"]), (expected, "fault_forced", "1"), fault)
    check.equal(code(ask("disk_full")), (503, "disk_full"), "disk full")
    check.equal(code(ask("earthquake")), (400, "fault_unknown"), "no such fault")
    rows = len(house_rows(house))
    try:
        ask("cut", "cut-1")
        check.that(False, "the connection is cut")
    except (http.client.HTTPException, ConnectionError):
        check.that(True, "the connection is cut")
    recorded = len(house_rows(house)) - rows
    check.that(recorded > 0, "the command was recorded before")
    status, reply, _ = ask(None, "cut-1")
    check.equal((status, reply["repeated"], len(house_rows(house)) - rows), (200, True, recorded), "its key has the answer")
    began = time.monotonic()
    check.equal((ask("slow")[0], time.monotonic() - began >= 2), (200, True), "slow")


def typed(house, company):
    """--dry-run on the command line."""
    rows = len(house_rows(house))
    words = ["quote", "issue", company, "--product", "ningbo-2023-a", "--from", "2026-03-01", "--dry-run"]
    reply = must(*words, house=house, as_=UW, at=AT, json=True)
    check.equal(reply.json()["dry_run"], True, "typed")
    check.that("nothing" in must(*words, house=house, as_=UW, at=AT, lang="en").out, "it says that nothing was recorded")
    refused = anlan("print", "policy", "pol_1", "--out", "x.pdf", "--dry-run", house=house, as_=UW, at=AT, json=True)
    check.equal(refused.error()["code"], "not_rehearsed", "a file is not rehearsed")
    check.equal(len(house_rows(house)), rows, "nothing was recorded")


def main():
    with Folder() as folder:
        house = os.path.join(folder, "house")
        company = small_house(house)
        quote = must("quote", "issue", company, "--product", "ningbo-2023-a", "--from", "2026-03-01", house=house, as_=UW,
                     at=AT, json=True).json()["id"]
        typed(house, company)
        with Server(folder, [house], [(HOUSE, UW), (HOUSE, BROKER), (HOUSE, "qian.finance")]) as server:
            server.company = company
            jobs(server, quote)
            dry_runs(server, house)
            conditions(server, quote)
            faults(server, house)
        check.equal(server.status, 0, "the server ends as asked")
    check.end()


main()
