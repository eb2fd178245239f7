"""Requests with conditions: jobs for long work, dry runs, If-Match, faults that a sandbox is asked for."""

import http.client
import json
import os
import threading
import time

from _anlan import Check, Folder, anlan, house_rows, must, small_house
from _http import PASSWORD, Server
from _sheets import company, csv_text

check = Check("http_requests")
SOON = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 10 * 86_400))
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


def slow_together(server):
    """Ten slow answers at once, with two workers: none of them waits for another, and nobody else for any."""
    token = {"Authorization": "Bearer " + server.tokens[(HOUSE, BROKER)], "Anlan-At": AT, "Anlan-Fault": "slow"}
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(server.send("GET", "/v1/product/list", None, token)[0]))
               for _ in range(10)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    check.equal(server.send("GET", "/health")[0], 200, "somebody else")
    check.equal(answers, [], "is answered before the slow ones")
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    check.equal(answers, [200] * 10, "they are answered")
    check.that(2 <= took < 7, "after two seconds, all of them: %.1f" % took)


class Session:
    def __init__(self, server, login, house=HOUSE):
        status, reply, _ = server.send("POST", "/v1/session/sign-in", {"login": login, "password": PASSWORD})
        check.equal(status, 200, "%s signs in: %s" % (login, reply))
        self.server, self.headers = server, {"Authorization": "Bearer " + reply["token"], "Anlan-House": house}

    def send(self, method, path, body=None, **more):
        return self.server.send(method, path, body, {**self.headers, **{name.replace("_", "-"): value for name, value in more.items()}})

    def ended(self, job):
        for _ in range(12_000):
            status, found, _ = self.send("GET", "/v1/job/" + job)
            if status != 200 or found["state"] not in ("waiting", "running"):
                return found
            time.sleep(0.01)
        return None


def pages(server, quote):
    """Whether a tag fits says what a page holds: it is asked of those who may see the page and do what is to be done."""
    admin = Session(server, "admin")
    made = admin.send("POST", "/v1/account/key/make", {"name": "narrow", "house": HOUSE, "actor": BROKER, "scope": "write",
                                                       "operations": ["quote explain"]})[1]
    path, body = "/v1/quote/%s/explain" % quote, {"confirmed-by": "e-sign"}
    narrow = {"Authorization": "Bearer " + made["token"], "Anlan-At": AT}
    check.equal(code(server.send("POST", path, body, {**narrow, "If-Match": '"0000"'})), (403, "scope_missing"), "a key of one operation")
    finance = {"Authorization": "Bearer " + server.tokens[(HOUSE, "qian.finance")], "Anlan-At": AT}
    check.equal(code(server.send("POST", path, body, {**finance, "If-Match": '"0000"'})), (403, "role_missing"), "somebody without the role")


def long_work(server, house):
    """Lists of companies are priced beside everybody else's work, and a job that waits is nobody's who was shown out."""
    admin = Session(server, "admin")
    invited = admin.send("POST", "/v1/account/invite", {"login": "fin", "display_name": "Fin"})[1]
    server.send("POST", "/v1/account/join", {"invitation": invited["invitation"], "password": PASSWORD})
    admin.send("POST", "/v1/account/%s/grant" % invited["id"], {"house": HOUSE, "actor": "qian.finance"})
    first, second = Session(server, "fin"), Session(server, "fin")
    broker = {"Authorization": "Bearer " + server.tokens[(HOUSE, BROKER)], "Prefer": "respond-async"}
    lists = []
    for part in range(2):
        text = csv_text([company(number) for number in range(part * 150, part * 150 + 150)])
        begun = server.send("POST", "/v1/submission/bulk", {"file": {"name": "list.csv", "text": text}, "product": ["ningbo-2023-a"],
                                                            "from": SOON}, broker)
        check.equal(begun[0], 202, "a list is begun: %s" % begun[1])
        lists.append(begun[1]["id"])
    status, job, _ = first.send("POST", "/v1/capital/pay-in", {"amount": "3.00"}, Prefer="respond-async")
    check.equal((status, job["state"]), (202, "waiting"), "a third job waits")
    rows = len(house_rows(house))
    check.equal(first.send("POST", "/v1/session/sign-out", {})[0], 200, "whoever began it signs out")
    mine = {"Authorization": "Bearer " + server.tokens[(HOUSE, BROKER)]}
    work = {}
    for _ in range(6_000):
        work = server.send("GET", "/v1/job/" + lists[0], headers=mine)[1]
        if work["done"] > 0 or work["state"] not in ("waiting", "running"):
            break
        time.sleep(0.01)
    paid = server.send("POST", "/v1/capital/pay-in", {"amount": "4.00"},
                       {"Authorization": "Bearer " + server.tokens[(HOUSE, "qian.finance")], "Prefer": "wait"})
    after = server.send("GET", "/v1/job/" + lists[0], headers=mine)[1]
    check.that(0 < work["done"] < 150 and work["state"] == "running", "the list is being priced: %s" % work)
    check.equal((paid[0], after["state"]), (200, "running"), "a command is recorded beside it")
    for job_id in lists:
        done = ended(server, job_id, BROKER)[1]
        check.equal((done["state"], sum(row["submission"] is not None for row in done["reply"]["rows"])), ("done", 150), "every row is answered")
    found = second.ended(job["id"])
    check.equal((found["state"], found["status"], found["reply"]["error"]["code"]), ("refused", 401, "credential_unknown"),
                "what waited is refused")
    check.equal([row for row in house_rows(house)[rows:] if b"3.00" in bytes(row[9])], [], "and recorded nothing")


def typed(house, known):
    """--dry-run on the command line."""
    rows = len(house_rows(house))
    words = ["quote", "issue", known, "--product", "ningbo-2023-a", "--from", "2026-03-01", "--dry-run"]
    reply = must(*words, house=house, as_=UW, at=AT, json=True)
    check.equal(reply.json()["dry_run"], True, "typed")
    check.that("nothing" in must(*words, house=house, as_=UW, at=AT, lang="en").out, "it says that nothing was recorded")
    refused = anlan("print", "policy", "pol_1", "--out", "x.pdf", "--dry-run", house=house, as_=UW, at=AT, json=True)
    check.equal(refused.error()["code"], "not_rehearsed", "a file is not rehearsed")
    check.equal(len(house_rows(house)), rows, "nothing was recorded")


def beside_a_server(house):
    """A dry run on the command line needs no lock; what records goes through the server."""
    words = ["capital", "pay-in", "5.00"]
    finance = {"house": house, "as_": "qian.finance", "at": AT, "key": "typed-dry", "json": True}
    check.equal(must(*words, "--dry-run", **finance).json()["dry_run"], True, "a dry run beside a server")
    refused = anlan("enterprise", "register", "@demo/enterprise.toml", "--dry-run", house=house, as_=BROKER, at=AT, json=True)
    check.equal(refused.error()["code"], "credit_code_known", "of a company that is known")
    check.equal(must(*words, **finance).json()["repeated"], False, "recorded through the server")
    check.equal(must(*words, **finance).json()["repeated"], True, "and once")


def dated_list(server, house):
    """A list is recorded at the time that its request names."""
    day = lambda days: time.strftime("%Y-%m-%d", time.gmtime(time.time() + days * 86_400))
    at, last = day(30) + "T09:00:00+08:00", house_rows(house)[-1][0]
    status, reply, _ = server.send("POST", "/v1/submission/bulk", {
        "file": {"name": "list.csv", "text": csv_text([company(number) for number in (900, 901)])}, "product": ["ningbo-2023-a"],
        "from": day(40)}, {"Authorization": "Bearer " + server.tokens[(HOUSE, BROKER)], "Prefer": "wait", "Anlan-At": at})
    check.equal((status, [row["submission"] is not None for row in reply["rows"]]), (200, [True, True]), "a list with a time of its own: %s" % reply)
    recorded = json.loads(must("journal", "show", "--from", str(last + 1), house=house, json=True).out)
    check.equal({each["at"] for each in recorded}, {at}, "recorded at that time")


def months(folder):
    """A dry run of several steps tells all of them."""
    house = os.path.join(folder, "year")
    must("demo", house=house)
    options = {"house": house, "as_": "qian.finance", "json": True, "at": "2028-01-01T09:00:00+08:00"}
    must("month", "close", "2026-02", **options)
    last = house_rows(house)[-1]
    words = ["month", "close", "2026-03"]
    found = must(*words, "--dry-run", **options).json()
    check.equal(house_rows(house)[-1], last, "nothing was recorded")
    must(*words, **options)
    recorded = [each["event"] for each in json.loads(must("journal", "show", "--from", str(last[0] + 1), house=house, json=True).out)]
    check.equal([each["event"] for each in found["events"]], [name for name in recorded if name != "money_posted"], "a month is closed")
    check.that(recorded[-1] == "month_closed" and len(recorded) > 1, "in more than one step: %s" % recorded)


def main():
    with Folder() as folder:
        months(folder)
        house = os.path.join(folder, "house")
        known = small_house(house)
        quote = must("quote", "issue", known, "--product", "ningbo-2023-a", "--from", "2026-03-01", house=house, as_=UW,
                     at=AT, json=True).json()["id"]
        typed(house, known)
        with Server(folder, [house], [(HOUSE, UW), (HOUSE, BROKER), (HOUSE, "qian.finance")]) as server:
            server.company = known
            jobs(server, quote)
            dry_runs(server, house)
            conditions(server, quote)
            faults(server, house)
            slow_together(server)
            pages(server, quote)
            beside_a_server(house)
            long_work(server, house)
            dated_list(server, house)
        check.equal(server.status, 0, "the server ends as asked")
    check.end()


main()
