"""/metrics held against the text format of Prometheus, by a parser of its own; a session's log, in which no secret stands."""

import json
import math
import os
import re
import sqlite3

from _anlan import Check, Folder, SOURCE, anlan, must, small_house
from _http import PASSWORD, Server

check = Check("http_metrics")

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
SAMPLE = re.compile(r"(%s)(?:\{(.*)\})? (\S+)(?: (-?\d+))?" % NAME)
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\\\|\\"|\\n)*)"(,|$)')


def parse(text):
    """Strictly as prometheus.io/docs/instrumenting/exposition_formats has it: families, each with help, type, samples."""
    assert text.endswith("\n"), "the last line ends as well"
    families, helped, family = {}, set(), None
    for line in text[:-1].split("\n"):
        if line.startswith("# HELP "):
            name, _, said = line[7:].partition(" ")
            assert re.fullmatch(NAME, name) and name not in helped and said, line
            assert not re.search(r"\\(?![\\n])", said), line
            helped.add(name)
            continue
        if line.startswith("# TYPE "):
            name, kind = line[7:].split(" ")
            assert kind in ("counter", "gauge", "histogram", "summary", "untyped"), line
            assert name not in families and name in helped, "one type, after its help: " + line
            family = families.setdefault(name, {"type": kind, "samples": {}})
            current = name
            continue
        assert not line.startswith("#") and line, "no comments, no empty lines: %r" % line
        found = SAMPLE.fullmatch(line)
        assert found, line
        name, labels, value = found[1], found[2], found[3]
        assert family is not None, line
        endings = {"histogram": ("_bucket", "_sum", "_count"), "summary": ("", "_sum", "_count")}.get(family["type"], ("",))
        assert name in [current + end for end in endings], "a sample stands with its family: " + line
        pairs, place = [], 0
        while labels and place < len(labels):
            one = LABEL.match(labels, place)
            assert one and (one[3] or one.end() == len(labels)), line
            pairs.append((one[1], one[2]))
            place = one.end()
        assert len(dict(pairs)) == len(pairs), "a label twice: " + line
        key = (name, tuple(sorted(pairs)))
        assert key not in family["samples"], "a sample twice: " + line
        family["samples"][key] = float(value)
    return families


def check_histogram(name, family):
    series = {}
    for (sample, labels), value in family["samples"].items():
        rest = tuple(pair for pair in labels if pair[0] != "le")
        series.setdefault(rest, {}).setdefault(sample[len(name):], []).append((dict(labels).get("le"), value))
    for labels, parts in series.items():
        buckets = [(math.inf if le == "+Inf" else float(le), value) for le, value in parts["_bucket"]]
        check.equal(buckets, sorted(buckets), "the buckets of %r rise, in bound and in count" % (labels,))
        check.equal(buckets[-1][0], math.inf, "the last bucket holds all of %r" % (labels,))
        check.equal([buckets[-1][1]], [value for _, value in parts["_count"]], "and its count is the count of %r" % (labels,))
        check.that(parts["_sum"][0][1] >= 0, "the sum of %r" % (labels,))
    return series


def planted():
    """The parser itself refuses what is not of the format."""
    for wrong in ("a 1", "# TYPE a counter\na 1\n", "# HELP a b\n# TYPE a counter\na{x=1} 1\n", "# HELP a b\n# TYPE a sort\na 1\n",
                  "# HELP a b\n# TYPE a counter\na 1\na 2\n", "# HELP a b\n# TYPE a counter\nb 1\n", "# HELP a b\n# TYPE a counter\na one\n",
                  '# HELP a b\n# TYPE a counter\na{x="1" y="2"} 1\n', '# HELP a b\n# TYPE a counter\na{x="\\q"} 1\n',
                  "# HELP a b\n# TYPE a counter\n# TYPE a counter\na 1\n", "# HELP a b\n# TYPE a counter\n\na 1\n"):
        try:
            parse(wrong)
        except (AssertionError, ValueError):
            check.count += 1
            continue
        check.that(False, "the parser takes %r" % wrong)


def metrics(server):
    status, text, headers = server.send("GET", "/metrics")
    check.equal(status, 200, "/metrics")
    check.equal(headers["content-type"], "text/plain; version=0.0.4; charset=utf-8", "its type")
    return parse(text)


def counted(server):
    before = metrics(server)["anlan_requests_total"]["samples"]
    for _ in range(3):
        server.run(["policy", "list"], "test-house", "zhou.uw")
    server.send("GET", "/v1/policy/list")
    families = metrics(server)
    after = families["anlan_requests_total"]["samples"]

    def rise(operation, status):
        key = ("anlan_requests_total", (("operation", operation), ("status", status)))
        return after.get(key, 0) - before.get(key, 0)

    check.equal(rise("policy list", "200"), 3, "three requests are counted")
    check.equal(rise("policy list", "401"), 1, "and one that was refused")
    check.equal({name: family["type"] for name, family in families.items() if name.startswith("anlan_request")},
                {"anlan_requests_total": "counter", "anlan_request_seconds": "histogram"}, "the families")
    check.that(all(value >= before.get(key, 0) for key, value in after.items()), "no counter falls")
    for name, family in families.items():
        if family["type"] == "histogram":
            series = check_histogram(name, family)
            check.that((("operation", "policy list"),) in series, "the times of an operation")


# ---- logs

CONTACT = {"name": "李雷雷", "phone": "13912345678", "email": "lei.li@secret-contact.example"}


def session(folder, server):
    """A session with every kind of secret in it: what is sent, what is answered, and what is refused."""
    secrets = {"password": PASSWORD, "wrong password": "wrong maple hills 1999"}
    for label, token in server.tokens.items():
        secrets["key of %s" % (label,)] = token
    secrets["reading key"] = server.reader
    for password in (secrets["wrong password"], PASSWORD):
        server.send("POST", "/v1/session/sign-in", {"login": "admin", "password": password, "code": "918273"})
    secrets["code"] = "918273"
    status, signed, headers = server.send("POST", "/v1/session/sign-in", {"login": "admin", "password": PASSWORD})
    check.equal(status, 200, "signed in")
    secrets["session"] = signed["token"]
    check.that(signed["token"] in headers["set-cookie"], "the cookie holds the session")
    bearer = {"Authorization": "Bearer " + signed["token"]}
    server.send("GET", "/v1/policy/list", None, bearer)
    with open(os.path.join(SOURCE, "data", "demo", "enterprise.toml"), encoding="utf-8") as file:
        company = file.read()
    # A request that is whole, one whose body is broken, one with a secret where it does not belong.
    server.run(["enterprise", "register", "x"], "test-house", "wang.broker", "2026-03-01T10:00:00+08:00")
    for value in CONTACT.values():
        secrets["contact " + value] = value
    body = {"file": {"name": "company.toml", "text": company + "\n# " + " ".join(CONTACT.values())}}
    headers = {"Authorization": "Bearer " + server.tokens[("test-house", "wang.broker")], "Accept-Language": "en"}
    server.send("POST", "/v1/enterprise/register", body, headers)
    server.send("POST", "/v1/enterprise/register", json.dumps(body).encode()[:-3], headers)
    server.send("POST", "/v1/session/sign-in", b'{"login": "admin", "password": "' + PASSWORD.encode() + b'"')
    server.send("GET", "/v1/policy/list?token=" + signed["token"], None, bearer)
    server.send("GET", "/v1/policy/list", None, {"Authorization": "Bearer " + signed["token"] + "x"})
    server.send("GET", "/v1/policy/list", None, {"Cookie": "anlan_session=" + signed["token"], "X-Request-Id": "req-1"})
    server.send("POST", "/v1/session/sign-out", {}, bearer)
    return secrets


def lines_of(folder):
    with open(os.path.join(folder, "log"), encoding="utf-8") as file:
        return file.read()


def main():
    planted()
    with Folder() as folder:
        house = os.path.join(folder, "house")
        small_house(house)
        people = [("test-house", "zhou.uw"), ("test-house", "wang.broker")]
        with Server(folder, [house], people) as server:
            counted(server)
            secrets = session(folder, server)
        log = lines_of(folder)
        lines = [json.loads(line) for line in log.splitlines()]
        check.that(len(lines) > 15, "a line for each request: %d" % len(lines))
        check.that(any(line.get("request") == "req-1" for line in lines), "with the id of the caller")
        check.equal(sorted({key for line in lines for key in line} - {"event", "reason"}),
                    ["method", "microseconds", "operation", "path", "peer", "request", "status"], "what a line holds")
        for label, secret in secrets.items():
            check.that(secret not in log, "the log holds no %s" % label)
        connection = sqlite3.connect(os.path.join(folder, "accounts.db"))
        for (digest,) in connection.execute("SELECT password FROM accounts"):
            check.that(digest not in log, "nor the hash of a password")
        connection.close()
        # What was refused by the command line does not repeat a secret either.
        wrong = os.path.join(folder, "short")
        with open(wrong, "w", encoding="utf-8") as file:
            file.write("tiny-secret\n")
        refused = anlan("admin", "create", "--accounts", server.accounts, "--login", "second", "--password-file", wrong, lang="en")
        check.that(refused.status != 0 and "tiny-secret" not in refused.out + refused.err, "a refused password is not said again")
    check.end()


if __name__ == "__main__":
    main()
