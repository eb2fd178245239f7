"""Webhooks: what a server sends to whom, signed as Python's hmac says; failures, replays, 410, private targets, kill -9."""

import hashlib
import hmac
import http.server
import json
import os
import re
import signal
import subprocess
import threading
import time

from _anlan import BIN, Check, Folder, SOURCE, anlan, must, small_house
from _http import PASSWORD, Server
from _sheets import credit_code

check = Check("webhooks")

HOUSE = "test-house"
AT = "2026-03-02T09:00:00+08:00"
PATIENCE = 90  # seconds that something may take before it is a failure; nothing waits for all of it


class Receiver:
    """Endpoints by path: what each answers, and what each got."""

    def __init__(self):
        self.lock = threading.Lock()
        self.got, self.answers = {}, {}
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with outer.lock:
                    plan = outer.answers.get(self.path, [])
                    status = plan.pop(0) if len(plan) > 1 else plan[0] if plan else 200
                    outer.got.setdefault(self.path, []).append((dict(self.headers), body, status))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def url(self, path):
        return "http://127.0.0.1:%d%s" % (self.server.server_port, path)

    def answer(self, path, *statuses):
        with self.lock:
            self.answers[path] = list(statuses)

    def at(self, path):
        with self.lock:
            return list(self.got.get(path, []))

    def events(self, path):
        return [json.loads(body) for _, body, _ in self.at(path)]

    def wait(self, path, count):
        return soon(lambda: len(self.at(path)) >= count)


def soon(holds):
    end = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


def codes(header):
    parts = [part.split("=", 1) for part in header.split(",")]
    return dict(parts)["t"], [value for name, value in parts if name == "v1"]


def signed(secret, header, body):
    stamp, found = codes(header)
    expected = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return expected in found and abs(time.time() - int(stamp)) < 300


def code(reply):
    return reply[0], ((reply[1] or {}).get("error") or {}).get("code")


class Desk:
    """What one person does with webhooks, over HTTP."""

    def __init__(self, server, actor):
        self.server, self.actor = server, actor

    def post(self, *words, key=None):
        return self.server.run(["webhook", *words], HOUSE, self.actor, method="POST", key=key)

    def get(self, *words):
        return self.server.run(["webhook", *words], HOUSE, self.actor, method="GET")

    def add(self, url, *options):
        status, reply, _ = self.post("add", url, *options)
        check.equal(status, 200, "added by %s: %s" % (self.actor, json.dumps(reply)[:200]))
        return reply

    def show(self, hook):
        return self.get("show", hook)[1]


class Companies:
    """New companies, each a thing that happens."""

    def __init__(self):
        self.number = 0
        with open(os.path.join(SOURCE, "data", "demo", "enterprise.toml"), encoding="utf-8") as file:
            self.text = file.read()
        self.name = re.search(r'name = "([^"]*)"', self.text).group(1)

    def register(self, server, actor):
        self.number += 1
        text = re.sub(r'credit_code = "[^"]*"', 'credit_code = "%s"' % credit_code(self.number), self.text)
        status, reply, _ = server.run(["enterprise", "register", text], HOUSE, actor, AT, "company-%d" % self.number)
        check.equal(status, 200, "registered: %s" % json.dumps(reply)[:300])
        return reply["id"]


def told(server, receiver, companies):
    """Each gets what it sees, and nothing else."""
    wang, song, uw = (Desk(server, name) for name in ("wang.broker", "song.broker", "zhou.uw"))
    hooks = {name: desk.add(receiver.url("/" + name), *options) for name, desk, options in (
        ("wang", wang, ()), ("song", song, ("--events", "enterprise_registered")), ("uw", uw, ()),
        ("claims", uw, ("--events", "claim_paid,claim_approved")))}
    mine = companies.register(server, "wang.broker")
    theirs = companies.register(server, "song.broker")
    check.that(receiver.wait("/uw", 2) and receiver.wait("/wang", 1) and receiver.wait("/song", 1), "the events arrive")

    def registered(path):
        return [each["data"]["enterprise"] for each in receiver.events(path) if each["type"] == "enterprise_registered"]

    check.equal(sorted(registered("/uw")), sorted([mine, theirs]), "the underwriter is told of both")
    # What follows on the same endpoint proves that nothing of the other's was still to come.
    last = companies.register(server, "wang.broker")
    check.that(soon(lambda: last in registered("/wang") and last in registered("/uw")), "the next one arrives")
    check.equal(sorted(registered("/wang")), sorted([mine, last]), "a broker is told of its own companies")
    check.equal(registered("/song"), [theirs], "and so is the other")
    check.equal(receiver.at("/claims"), [], "kinds that were not asked for")
    for headers, body, _ in receiver.at("/wang"):
        check.that(signed(hooks["wang"]["secret"], headers["Anlan-Signature"], body), "the signature is that of hmac")
        check.that(not signed(hooks["song"]["secret"], headers["Anlan-Signature"], body), "and of no other secret")
        check.that(companies.name.encode() not in body, "no contents")
    event = [each for each in receiver.events("/wang") if each["data"].get("enterprise") == mine][0]
    check.equal((event["id"], event["house"], event["sandbox"], event["occurred_at"]),
                ("evt_" + mine.split("_")[1], HOUSE, True, AT), "the event names its record")
    for path in ("/wang", "/song", "/uw"):
        deliveries = [headers["Anlan-Delivery"] for headers, _, _ in receiver.at(path)]
        check.equal(len(set(deliveries)), len(deliveries), "a delivery each")
    return wang, song, uw, hooks


def managed(server, receiver, desks):
    """Whose webhooks are whose; keys; what is refused."""
    wang, song, uw, hooks = desks
    hook = hooks["wang"]["id"]
    status, page, _ = wang.get("list")
    check.equal((status, [row["id"] for row in page["items"]]), (200, [hook]), "the caller's own")
    check.that("secret" not in page["items"][0], "a list tells no secret")
    status, page, _ = Desk(server, "op").get("list")
    check.equal({row["id"] for row in page["items"]}, {each["id"] for each in hooks.values()}, "the operator's list")
    for words in (("show",), ("rotate",), ("remove",), ("test",), ("enable",), ("replay", "--from", "1")):
        send = song.get if words[0] == "show" else song.post
        theirs, nobodys = send(words[0], hook, *words[1:]), send(words[0], "whk_999", *words[1:])
        check.equal((code(theirs), code(nobodys)), ((404, "webhook_missing"),) * 2, "another's: " + words[0])
    reader = {"Authorization": "Bearer " + server.reader}
    check.equal(code(server.send("POST", "/v1/webhook/add", {"url": receiver.url("/x")}, reader)), (403, "scope_missing"),
                "a key that reads adds none")
    check.equal(code(wang.post("add", "https://u:p@example.com/")), (400, "webhook_url_malformed"), "no address")
    status, reply, _ = wang.post("add", receiver.url("/x"), "--events", "policy_bond")
    check.equal(code((status, reply)), (400, "event_kind_unknown"), "no such event")
    check.that("policy_bound" in reply["error"]["en"], "the nearest is named: %s" % reply["error"]["en"])
    check.equal(code(wang.post("replay", hook)), (400, "replay_what"), "replay what")
    check.equal(code(wang.post("add", receiver.url("/x"), "--accounts", "x")), (400, "unknown_option"), "no files of the machine")
    first = wang.post("add", receiver.url("/key"), key="k1")[1]
    again = wang.post("add", receiver.url("/key"), key="k1")[1]
    check.equal((first["id"], first["secret"], False, True),
                (again["id"], again["secret"], first["repeated"], again["repeated"]), "one key, one answer")
    check.equal(code(wang.post("add", receiver.url("/other"), key="k1")), (422, "key_reused"), "another request under it")
    check.equal(wang.post("remove", first["id"], key="k2")[0], 200, "removed")
    check.equal(wang.post("remove", first["id"], key="k2")[1]["repeated"], True, "removed once")
    check.equal(code(wang.get("show", first["id"])), (404, "webhook_missing"), "it is gone")


def tried_again(server, receiver, companies, desks):
    """Failure then success, rotation, replay, 410."""
    wang, _, _, _ = desks
    receiver.answer("/flaky", 500, 302, 200)
    flaky = wang.add(receiver.url("/flaky"))
    company = companies.register(server, "wang.broker")
    check.that(receiver.wait("/flaky", 3), "a failure comes again, and a redirect is one")
    tries = [(headers["Anlan-Delivery"], body) for headers, body, _ in receiver.at("/flaky")
             if json.loads(body)["data"].get("enterprise") == company and json.loads(body)["type"] == "enterprise_registered"]
    check.that(len(set(tries)) < len(receiver.at("/flaky")), "under the same delivery")
    check.that(soon(lambda: all(each["state"] == "delivered" for each in wang.show(flaky["id"])["deliveries"])), "it arrives")

    old = flaky["secret"]
    status, turned, _ = wang.post("rotate", flaky["id"])
    check.that(status == 200 and turned["secret"] != old, "a new secret")
    before = len(receiver.at("/flaky"))
    check.equal(wang.post("test", flaky["id"])[0], 200, "a test")
    check.that(receiver.wait("/flaky", before + 1), "the test arrives")
    headers, body, _ = receiver.at("/flaky")[-1]
    check.equal((json.loads(body)["type"], json.loads(body)["data"]), ("ping", {}), "a ping")
    check.equal(len(codes(headers["Anlan-Signature"])[1]), 2, "two codes while the secret turns")
    check.that(signed(old, headers["Anlan-Signature"], body) and signed(turned["secret"], headers["Anlan-Signature"], body),
               "both secrets sign")

    seq = int(company.split("_")[1])
    before = receiver.at("/flaky")
    check.equal(wang.post("replay", flaky["id"], "--from", str(seq))[0], 200, "replayed")
    check.that(soon(lambda: "evt_%d" % seq in [json.loads(body)["id"] for _, body, _ in receiver.at("/flaky")[len(before):]]),
               "it comes once more")
    known = {headers["Anlan-Delivery"] for headers, _, _ in before}
    check.that(all(headers["Anlan-Delivery"] not in known for headers, _, _ in receiver.at("/flaky")[len(before):]),
               "as new deliveries")
    one = wang.show(flaky["id"])["deliveries"][-1]["id"]
    before = len(receiver.at("/flaky"))
    check.equal(wang.post("replay", flaky["id"], "--delivery", one)[0], 200, "one delivery again")
    check.that(soon(lambda: one in [headers["Anlan-Delivery"] for headers, _, _ in receiver.at("/flaky")[before:]]),
               "under its own number")

    receiver.answer("/gone", 410)
    gone = wang.add(receiver.url("/gone"))["id"]
    wang.post("test", gone)
    check.that(soon(lambda: wang.show(gone)["state"] == "disabled"), "410 disables")
    check.equal(code(wang.post("test", gone)), (409, "webhook_disabled"), "a disabled one is not tested")
    missed = companies.register(server, "wang.broker")
    check.equal(len(receiver.at("/gone")), 1, "nor called")
    receiver.answer("/gone", 200)
    check.equal(wang.post("enable", gone)[0], 200, "enabled")
    check.that(soon(lambda: missed in [each["data"].get("enterprise") for each in receiver.events("/gone")]),
               "what happened meanwhile follows")


def admin_of(server):
    status, reply, _ = server.send("POST", "/v1/session/sign-in", {"login": "admin", "password": PASSWORD})
    check.equal(status, 200, "the administrator signs in")

    def post(path, body, token=reply["token"]):
        status, answer, _ = server.send("POST", path, body, {"Authorization": "Bearer " + token})
        check.equal(status, 200, "%s: %s" % (path, answer))
        return answer
    return post


def granted(server, receiver, companies, admin):
    """A company that another organisation brought in, and was shown to this one."""
    hook = Desk(server, "song.broker").add(receiver.url("/granted"))
    shown, hidden = (companies.register(server, "wang.broker") for _ in range(2))
    admin("/v1/account/organisation/put", {"name": "house-two", "kind": "broker"})
    admin("/v1/account/company/grant", {"house": HOUSE, "organisation": "house-two", "enterprise": shown})
    for company in (hidden, shown):
        status, reply, _ = server.run(["assess", company, "--answers", "@demo/answers.toml"], HOUSE, "wang.broker", AT)
        check.equal(status, 200, "assessed: %s" % json.dumps(reply)[:200])
    check.that(receiver.wait("/granted", 1), "it is told of")
    check.equal({each["data"].get("enterprise") for each in receiver.events("/granted")}, {shown}, "and of no other")
    Desk(server, "song.broker").post("remove", hook["id"])


def kinds(server, receiver, companies, admin):
    """An endpoint of somebody whose organisation may no longer act in the role that he was given."""
    def appoint(role):
        status, reply, _ = server.run(["actor", "appoint", "tang.broker", "--role", role, "--authority", "0.00", "--organisation",
                                       "house-two", "--replace"], HOUSE, "op", AT)
        check.equal(status, 200, "appointed as %s: %s" % (role, json.dumps(reply)[:200]))

    appoint("broker")
    invited = admin("/v1/account/invite", {"login": "tang", "display_name": "Tang", "organisation": "house-two"})
    admin("/v1/account/join", {"invitation": invited["invitation"], "password": PASSWORD})
    admin("/v1/account/%s/grant" % invited["id"], {"house": HOUSE, "actor": "tang.broker"})
    token = server.send("POST", "/v1/session/sign-in", {"login": "tang", "password": PASSWORD})[1]["token"]
    hook = admin("/v1/webhook/add", {"url": receiver.url("/tang")}, token)
    mine = companies.register(server, "wang.broker")  # not his to know
    admin("/v1/webhook/%s/test" % hook["id"], {}, token)
    check.that(receiver.wait("/tang", 1), "it is called while he may")
    appoint("claims_handler")  # who would be told of everything
    before = len(receiver.at("/uw"))
    companies.register(server, "wang.broker")
    check.that(receiver.wait("/uw", before + 1), "an underwriter is told")
    time.sleep(1)
    check.equal([each["type"] for each in receiver.events("/tang")], ["ping"], "he is not, of %s nor of what came after" % mine)


def killed(server, receiver, companies):
    """kill -9 between what happened and what was heard: nothing is lost."""
    receiver.answer("/kill", 503)
    hook = Desk(server, "song.broker").add(receiver.url("/kill"), "--events", "enterprise_registered")
    made = []
    for round_ in range(3):
        made += [companies.register(server, "song.broker") for _ in range(4)]
        if round_ == 1:
            check.that(receiver.wait("/kill", 1), "some were tried")
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        server.__enter__()
    receiver.answer("/kill", 200)

    def arrived():
        return {json.loads(body)["data"]["enterprise"] for _, body, status in receiver.at("/kill") if status == 200}

    check.that(soon(lambda: arrived() >= set(made)), "all of them arrive: %d of %d" % (len(arrived()), len(made)))
    by_event = {}
    for headers, body, _ in receiver.at("/kill"):
        by_event.setdefault(json.loads(body)["id"], set()).add(headers["Anlan-Delivery"])
        check.that(signed(hook["secret"], headers["Anlan-Signature"], body), "signed after the restart")
    check.equal({len(each) for each in by_event.values()}, {1}, "each event keeps its delivery over the restarts")


def listened(server):
    """`anlan webhooks listen` says which signatures are right."""
    desk = Desk(server, "shen.auditor")
    process = subprocess.Popen([BIN, "webhooks", "listen", "--port", "0"], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    url = json.loads(process.stdout.readline())["listening"]
    hook = desk.add(url)
    desk.post("test", hook["id"])
    line = json.loads(process.stdout.readline())
    check.equal((line["signature"], line["event"]["type"]), ("unchecked", "ping"), "without a secret")
    process.terminate()
    check.equal(process.wait(timeout=60), 0, "it ends as asked")
    port = url.rsplit(":", 1)[1].strip("/")
    for secret, expected, state in ((hook["secret"], "right", "delivered"), ("whs_OTHER", "wrong", "pending")):
        process = subprocess.Popen([BIN, "webhooks", "listen", "--port", port, "--secret", secret],
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.readline()
        delivery = desk.post("test", hook["id"])[1]["delivery"]
        line = json.loads(process.stdout.readline())
        check.equal((line["signature"], line["delivery"]), (expected, delivery), "with a secret")
        if expected == "right":
            check.that(soon(lambda: desk.show(hook["id"])["deliveries"][0]["state"] == state), "taken")
        else:
            check.that(soon(lambda: desk.show(hook["id"])["deliveries"][0]["status"] == 400), "not taken")
        process.terminate()
        process.wait(timeout=60)
    desk.post("remove", hook["id"])
    check.equal(anlan("webhooks", "liste", json=True).error()["code"], "unknown_operation", "another word")


def private(folder, house, people, receiver):
    """Without --webhooks-to-private, this machine is not called; while the server is stopped, webhooks are managed here."""
    server = Server(folder, [house], people)
    path = "/private"
    common = {"house": house, "as_": "wang.broker", "json": True, "lang": "en"}
    made = must("webhook", "add", receiver.url(path), "--accounts", server.accounts, "--login", "admin", **common).json()
    listed = must("webhook", "list", "--accounts", server.accounts, **common).json()
    check.equal([row["id"] for row in listed], [made["id"]], "listed on the machine")
    mode = os.stat(server.accounts + ".webhooks").st_mode & 0o777
    check.equal(mode, 0o600, "the file is the server's own")
    check.equal(anlan("webhook", "list", **common).error()["code"], "missing_option", "which accounts")
    with server:
        listed = must("webhook", "list", "--accounts", server.accounts, **common).json()
        check.equal([row["id"] for row in listed], [made["id"]], "by the server while it runs")
        desk = Desk(server, "wang.broker")
        for url, expected in ((receiver.url(path), "webhook_url_plain"),
                              ("https://127.0.0.1:%d/" % receiver.server.server_port, "webhook_target_private"),
                              ("https://[::1]/", "webhook_target_private"),
                              ("https://169.254.169.254/latest/meta-data", "webhook_target_private"),
                              ("https://192.168.1.1/", "webhook_target_private")):
            check.equal(code(desk.post("add", url)), (400, expected), url)
        desk.post("test", made["id"])
        check.that(soon(lambda: desk.show(made["id"])["deliveries"][0]["attempts"] > 0), "it is tried")
        check.equal(desk.show(made["id"])["deliveries"][0]["failure"], "address_refused", "and refused")
        status, https, _ = desk.post("add", "https://localhost:%d/" % receiver.server.server_port)
        check.equal(status, 200, "a name is resolved when it is called")
        desk.post("test", https["id"])
        check.that(soon(lambda: desk.show(https["id"])["deliveries"][0]["attempts"] > 0), "the name is tried")
        check.equal(desk.show(https["id"])["deliveries"][0]["failure"], "address_refused", "what it stands for is refused")
    check.equal(receiver.at(path), [], "nothing was sent")
    check.equal(server.status, 0, "the server ends as asked")


def people_of(house):
    for name, role, organisation in (("wang.broker", "broker", "house-one"), ("song.broker", "broker", "house-two"),
                                     ("shen.auditor", "auditor", None)):
        words = ["actor", "appoint", name, "--role", role, "--authority", "0.00", "--replace"]
        words += ["--organisation", organisation] if organisation else []
        must(*words, house=house, as_="op", at="2026-02-24T11:00:00+08:00", lang="en")
    return [(HOUSE, name) for name in ("wang.broker", "song.broker", "zhou.uw", "shen.auditor", "op")]


def main():
    receiver = Receiver()
    companies = Companies()
    with Folder() as folder:
        house = os.path.join(folder, "house")
        small_house(house)
        people = people_of(house)
        with Folder() as apart:
            private(apart, house, people, receiver)
        with Server(folder, [house], people, ("--webhooks-to-private",)) as server:
            desks = told(server, receiver, companies)
            managed(server, receiver, desks)
            tried_again(server, receiver, companies, desks)
            admin = admin_of(server)
            granted(server, receiver, companies, admin)
            kinds(server, receiver, companies, admin)
            killed(server, receiver, companies)
            listened(server)
            with open(os.path.join(folder, "log"), encoding="utf-8") as file:
                log = file.read()
            check.that('"delivery"' in log and "whs_" not in log, "the log tells attempts, and no secrets")
        check.equal(server.status, 0, "the server ends as asked")
    check.end()


main()
