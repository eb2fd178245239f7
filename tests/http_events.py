"""Events as they happen (GET /v1/events): no gap and no double over cuts, each his own, revoked keys, slow readers, limits."""

import http.client
import json
import os
import random
import re
import socket
import threading
import time

from _anlan import Check, Folder, SOURCE, house_rows, must, small_house
from _http import PASSWORD, Server
from _sheets import credit_code

check = Check("http_events")
HOUSE = "test-house"
AT = "2026-03-02T09:00:00+08:00"
PATIENCE = 60  # seconds that something may take before it is a failure; nothing waits for all of it
PEOPLE = [(HOUSE, name) for name in ("op", "zhou.uw", "qian.finance", "wang.broker", "song.broker", "li.claims")]


def code(reply):
    return reply[0], ((reply[1] or {}).get("error") or {}).get("code")


class Stream:
    """One reader. `seen`: the ids in their order; `events`: what they said."""

    def __init__(self, server, token, query="", last=None, path="/v1/events", unix=None):
        self.seen, self.events, self.raw, self.rest = [], [], b"", b""
        self.line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        if unix:
            self.line.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.line.sock.settimeout(PATIENCE)
            self.line.sock.connect(unix)
        headers = {"Authorization": "Bearer " + token, "Accept": "text/event-stream", "Accept-Language": "en"}
        if last:
            headers["Last-Event-ID"] = last
        self.line.request("GET", path + query, None, headers)
        self.sock = self.line.sock  # the response takes it over
        self.reply = self.line.getresponse()
        self.status, self.type = self.reply.status, self.reply.headers.get("Content-Type", "")
        self.body = json.loads(self.reply.read()) if self.status != 200 else None

    def more(self, size=65536):
        """Reads what is there; False at the end."""
        try:
            data = self.reply.read1(size)
        except (OSError, http.client.HTTPException):
            return False
        self.raw += data
        blocks = (self.rest + data).split(b"\n\n")
        self.rest = blocks.pop()
        for block in blocks:
            fields = dict(line.split(": ", 1) for line in block.decode().split("\n") if ": " in line)
            if "data" in fields:
                self.events.append(json.loads(fields["data"]))
                if "id" in fields:
                    self.seen.append(fields["id"])
        return bool(data)

    def until(self, holds):
        end = time.monotonic() + PATIENCE
        while not holds(self) and time.monotonic() < end and self.more():
            pass
        return holds(self)

    def ended(self):
        """Whether the server ends it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if not self.more():
                return True
        return False

    def close(self):
        self.reply.close()
        self.line.close()


def numbers(ids):
    return [int(each.split("_")[1]) for each in ids]


def pay(server, count, prefix, threads=8):
    """Two events each: the capital and its posting."""
    def some(first):
        for number in range(first, count, threads):
            answer = server.run(["capital", "pay-in", "1.00"], HOUSE, "qian.finance", AT, "%s-%d" % (prefix, number))
            if answer[0] != 200:
                check.equal(code(answer), (200, None), "paid in")

    workers = [threading.Thread(target=some, args=(n,)) for n in range(threads)]
    for worker in workers:
        worker.start()
    return workers


def resumed(server, house):
    """A reader that is cut again and again reads each event once, in order, while they are made."""
    token = server.tokens[(HOUSE, "qian.finance")]
    chance = random.Random(7)
    begin = len(house_rows(house))
    workers = pay(server, 300, "resume")
    seen, last, cuts = [], "evt_%d" % begin, 0
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and len(seen) < 600:
        stream = Stream(server, token, last=last)
        if not check.equal((stream.status, stream.type), (200, "text/event-stream"), "a stream: %s" % stream.body):
            return
        enough = chance.randint(1, 40)
        stream.until(lambda at: len(at.seen) >= enough or len(seen) + len(at.seen) >= 600)
        taken = stream.seen[:enough]  # what was sent behind that was not heard of
        stream.close()
        seen += taken
        cuts += 1
        last = seen[-1] if seen else last
    for worker in workers:
        worker.join()
    check.equal(numbers(seen), list(range(begin + 1, begin + 601)), "600 events over %d cuts: no gap, no double" % cuts)
    check.that(cuts > 14, "%d cuts" % cuts)
    kinds = Stream(server, token, "?kinds=capital_paid_in,policy_bound&after=evt_%d" % begin)
    kinds.until(lambda at: len(at.seen) >= 300)
    check.equal(({each["type"] for each in kinds.events}, len(set(kinds.seen))), ({"capital_paid_in"}, 300), "of one kind")
    kinds.close()


def asked_wrongly(server):
    token = server.tokens[(HOUSE, "qian.finance")]
    bearer = {"Authorization": "Bearer " + token, "Accept-Language": "en"}
    for path, wanted, what in (
            ("/v1/events?after=evt_999999", (400, "last_event_malformed"), "an event that is not there"),
            ("/v1/events?after=57", (400, "last_event_malformed"), "no event"),
            ("/v1/events?kinds=policy_bond", (400, "event_kind_unknown"), "no kind"),
            ("/v1/events?kind=policy_bound", (400, "unknown_option"), "no option"),
            ("/v1/job/job_7777/events", (404, "job_unknown"), "no job")):
        check.equal(code(server.send("GET", path, headers=bearer)), wanted, what)
    reply = server.send("GET", "/v1/events?kinds=policy_bond", headers=bearer)[1]
    check.that("policy_bound" in reply["error"]["fix"], "the nearest is named: %s" % reply["error"])
    check.equal(code(server.send("POST", "/v1/events", {}, bearer)), (405, "other_method"), "a stream is got")
    check.equal(code(server.send("GET", "/v1/events")), (401, "sign_in_needed"), "nobody")
    both = Stream(server, token, "?after=evt_1", last="evt_3")
    both.until(lambda at: at.seen)
    check.equal(both.seen[0], "evt_4", "what a browser says on coming back goes before what its page said")
    both.close()
    described = server.send("GET", "/openapi.json")[1]["paths"]
    check.that("text/event-stream" in described["/v1/events"]["get"]["responses"]["200"]["content"], "it is described")
    check.that("get" in described["/v1/job/{job}/events"], "of jobs as well")


def register(server, number, actor):
    with open(os.path.join(SOURCE, "data", "demo", "enterprise.toml"), encoding="utf-8") as file:
        text = re.sub(r'credit_code = "[^"]*"', 'credit_code = "%s"' % credit_code(number), file.read())
    status, reply, _ = server.run(["enterprise", "register", text], HOUSE, actor, AT, "company-%d" % number)
    check.equal(status, 200, "registered: %s" % json.dumps(reply)[:300])
    return reply["id"]


def opened(server, token):
    """A stream, as soon as the server has noticed that cut ones of the same account are gone."""
    end = time.monotonic() + PATIENCE
    while True:
        stream = Stream(server, token)
        if stream.status != 429 or time.monotonic() > end:
            check.equal(stream.status, 200, "a stream")
            return stream
        stream.close()
        time.sleep(0.2)


def told(server):
    """Each is told of what it sees, and of nothing else."""
    streams = {name: opened(server, server.tokens[(HOUSE, name)]) for _, name in PEOPLE}
    mine, theirs = register(server, 1, "wang.broker"), register(server, 2, "song.broker")
    for worker in pay(server, 3, "told"):
        worker.join()
    last = {"wang.broker": register(server, 3, "wang.broker"), "song.broker": register(server, 4, "song.broker")}

    def of(name):
        return [each["data"]["enterprise"] for each in streams[name].events if each["type"] == "enterprise_registered"]

    everybody = sorted([mine, theirs, *last.values()])
    for name in ("zhou.uw", "qian.finance", "li.claims"):
        streams[name].until(lambda at, name=name: len(of(name)) == 4)
        check.equal(sorted(of(name)), everybody, "the insurer's own people: " + name)
        check.that("capital_paid_in" in {each["type"] for each in streams[name].events}, "and of its books")
    for name, own in (("wang.broker", mine), ("song.broker", theirs)):
        streams[name].until(lambda at, name=name: last[name] in of(name))
        check.equal(of(name), [own, last[name]], "a broker, of its own: " + name)
        check.equal({each["type"] for each in streams[name].events} & {"capital_paid_in", "money_posted"}, set(), "not of the books")
    event = next(each for each in streams["wang.broker"].events if each["data"].get("enterprise") == mine)
    check.equal((event["id"], event["house"], event["sandbox"], event["occurred_at"]), ("evt_" + mine.split("_")[1], HOUSE, True, AT),
                "the event names its record")
    # An appointment is the house's own business; what comes to the operator's stream proves that nothing else was to come.
    streams["op"].sock.settimeout(1)
    streams["op"].more()
    check.equal([each for each in streams["op"].events if "enterprise" in each["data"]], [], "an operator is told of no business")
    for stream in streams.values():
        stream.close()


def revoked(server):
    """A stream ends with the key, the session, the membership that it was opened with."""
    status, signed, _ = server.send("POST", "/v1/session/sign-in", {"login": "admin", "password": PASSWORD})
    admin = {"Authorization": "Bearer " + signed["token"]}
    wanted = {"name": "short", "house": HOUSE, "actor": "zhou.uw"}
    made = server.send("POST", "/v1/account/key/make", wanted, admin)[1]
    some = server.send("POST", "/v1/account/key/make", {**wanted, "operations": ["policy list"]}, admin)[1]
    check.equal(code(server.send("GET", "/v1/events", headers={"Authorization": "Bearer " + some["token"]})), (403, "scope_missing"),
                "a key for other operations")
    named = server.send("POST", "/v1/account/key/make", {**wanted, "operations": ["events"]}, admin)[1]
    for key, what in ((made, "a key"), (named, "a key for events")):
        stream = Stream(server, key["token"], "?after=evt_1")
        stream.until(lambda at: at.seen)
        check.equal(server.send("POST", "/v1/account/key/%s/revoke" % key["id"], {}, admin)[0], 200, "revoked")
        begun = time.monotonic()
        check.that(stream.ended(), "the stream of %s that was revoked ends" % what)
        check.that(time.monotonic() - begun < 15, "soon")
        check.equal(code(server.send("GET", "/v1/events", headers={"Authorization": "Bearer " + key["token"]})), (401, "credential_unknown"),
                    "and is not opened again")
    status, invited, _ = server.send("POST", "/v1/account/invite", {"login": "kong", "display_name": "Kong"}, admin)
    check.equal(status, 200, "invited: %s" % invited)
    joined = server.send("POST", "/v1/account/join", {"invitation": invited["invitation"], "password": "nine maple hills 2026"})
    check.equal(joined[0], 200, "joined: %s" % (joined[1],))
    person = invited["id"]
    grant = {"house": HOUSE, "actor": "li.claims"}
    for end in ("sign-out", "withdraw", "disable"):
        check.equal(server.send("POST", "/v1/account/%s/grant" % person, grant, admin)[0], 200, "granted")
        token = server.send("POST", "/v1/session/sign-in", {"login": "kong", "password": "nine maple hills 2026"})[1]["token"]
        stream = Stream(server, token, "?after=evt_1")
        check.equal(stream.status, 200, "a session's stream: %s" % stream.body)
        stream.until(lambda at: at.seen)
        if end == "sign-out":
            done = server.send("POST", "/v1/session/sign-out", {}, {"Authorization": "Bearer " + token})
        elif end == "withdraw":
            done = server.send("POST", "/v1/account/%s/withdraw" % person, grant, admin)
        else:
            done = server.send("POST", "/v1/account/%s/disable" % person, {}, admin)
        check.equal(done[0], 200, "%s: %s" % (end, done[1]))
        check.that(stream.ended(), "the stream ends with: " + end)


def limited_and_slow(server, house, unix):
    """Readers who read nothing fill their places until they are dropped; then they come back to where they were."""
    for worker in pay(server, 1500, "slow"):
        worker.join()
    token = server.tokens[(HOUSE, "zhou.uw")]
    begun = time.monotonic()
    slow = [Stream(server, token, "?after=evt_1", unix=unix) for _ in range(3)]
    check.equal([each.status for each in slow], [200] * 3, "as many as one account may have")
    check.equal(code((lambda each: (each.status, each.body))(Stream(server, token))), (429, "too_many_streams"), "one more")
    admitted = None
    while time.monotonic() - begun < PATIENCE:
        admitted = Stream(server, token)
        if admitted.status == 200:
            break
        time.sleep(0.3)
    took = time.monotonic() - begun
    check.that(admitted.status == 200 and took > 5, "who reads nothing is dropped (%.1f s)" % took)
    total = len(house_rows(house))
    for each in slow[:1]:
        while each.more():
            pass
        check.that(0 < len(each.seen) < total - 1, "%d of %d were sent" % (len(each.seen), total))
        back = Stream(server, token, last=each.seen[-1])
        back.until(lambda at: at.seen and at.seen[-1] == "evt_%d" % total)
        check.equal(numbers(each.seen + back.seen), list(range(2, total + 1)), "and goes on where it was")
        back.close()
    for each in slow:
        each.close()
    return admitted, time.monotonic()


def jobs(server):
    token = server.tokens[(HOUSE, "zhou.uw")]
    begun = server.send("GET", "/v1/quote/verify", headers={"Authorization": "Bearer " + token, "Prefer": "respond-async"})
    check.equal(begun[0], 202, "a job: %s" % (begun[1],))
    stream = Stream(server, token, path="/v1/job/%s/events" % begun[1]["id"])
    check.that(stream.ended(), "its stream ends")
    check.equal((stream.events[-1]["state"], stream.events[-1]["id"], "reply" in stream.events[-1]), ("done", begun[1]["id"], False),
                "with the job")
    other = Stream(server, server.tokens[(HOUSE, "wang.broker")], path="/v1/job/%s/events" % begun[1]["id"])
    check.equal((other.status, other.body["error"]["code"]), (404, "job_unknown"), "somebody else's")


def main():
    with Folder() as folder:
        house = os.path.join(folder, "house")
        small_house(house)
        for name, organisation in (("song.broker", "song"), ("wang.broker", "wang")):
            must("actor", "appoint", name, "--role", "broker", "--organisation", organisation, house=house, as_="op", at=AT, key="to-" + organisation)
        unix = os.path.join(folder, "socket")
        with Server(folder, [house], PEOPLE, ["--socket", unix]) as server:
            quiet = Stream(server, server.tokens[(HOUSE, "song.broker")])
            resumed(server, house)
            asked_wrongly(server)
            told(server)
            revoked(server)
            jobs(server)
        check.equal(server.status, 0, "the server ends although a stream is open")
        check.that(quiet.ended(), "and ends it")
        tokens = server.tokens
        with Server(folder, [house], [], ["--socket", unix, "--streams-account", "3", "--streams", "5"], fresh=False) as server:
            server.tokens = tokens
            still, since = limited_and_slow(server, house, unix)
            while time.monotonic() - since < 17 and b":\n\n" not in still.raw and still.more():
                pass
            check.that(b":\n\n" in still.raw, "a comment says that the stream is alive")
    check.end()


main()
