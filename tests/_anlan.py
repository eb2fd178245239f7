"""What the script tests share: calling the program, a small sandbox house, reading a journal's table."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import tomllib

from _replies import check_reply

BIN = os.environ.get("ANLAN_BIN", "")
SOURCE = os.environ.get("ANLAN_SOURCE_DIR", os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LANGUAGES = ("zh", "en")

if not os.access(BIN, os.X_OK):
    sys.exit("ANLAN_BIN must name the program.")


class Answer:
    def __init__(self, done, words=()):
        self.status = done.returncode
        self.out = done.stdout
        self.err = done.stderr
        self.words = words

    def json(self):
        reply = json.loads(self.out, object_pairs_hook=unique_keys)
        check_reply(self.words, reply)
        return reply

    def error(self):
        return self.json()["error"]


def unique_keys(pairs):
    """A JSON object in which a key stands twice has no one meaning."""
    table = dict(pairs)
    if len(table) != len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError("JSON key twice: %s" % sorted({key for key in keys if keys.count(key) > 1}))
    return table


def anlan(*words, program=None, env=None, timeout=300, **options):
    """Runs the program. The options house, as_, at, key, lang are its own; json=True adds --json."""
    command = [program or BIN, *(word if isinstance(word, bytes) else str(word) for word in words)]
    for name in ("house", "as_", "at", "key", "lang", "data"):
        if options.get(name) is not None:
            command += ["--" + name.rstrip("_"), str(options[name])]
    if options.get("json"):
        command.append("--json")
    merged = dict(os.environ, **(env or {}))
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env=merged, timeout=timeout, check=False)
    done.stdout = done.stdout.decode("utf-8")
    done.stderr = done.stderr.decode("utf-8", "replace")
    return Answer(done, words)


def must(*words, **options):
    answer = anlan(*words, **options)
    if answer.status != 0:
        raise SystemExit("FAILED: anlan %s: status %d\n%s%s"
                         % (" ".join(map(str, words)), answer.status, answer.out, answer.err))
    return answer


class Check:
    """Counts what was checked; a failure is printed at once, and the end says how many there were."""

    def __init__(self, name):
        self.name = name
        self.count = 0
        self.failures = 0

    def that(self, holds, what):
        self.count += 1
        if not holds:
            self.failures += 1
            if self.failures <= 60:
                print("FAILED:", what, flush=True)
        return holds

    def equal(self, found, expected, what):
        return self.that(found == expected, "%s: found %r, expected %r" % (what, found, expected))

    def end(self):
        print("%s: %d checks, %d failed" % (self.name, self.count, self.failures), flush=True)
        sys.exit(1 if self.failures else 0)


class Folder:
    """A temporary folder that goes with the block."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="anlan-test-")
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


ACTORS = (
    ("wang.broker", "broker", "0.00"),
    ("zhou.uw", "underwriter", "1000000.00"),
    ("li.claims", "claims_handler", "50000.00"),
    ("chen.manager", "claims_manager", "1000000.00"),
    ("qian.finance", "finance", "0.00"),
)


def small_house(house):
    """A sandbox house with its people and one company with an assessment: returns the company's id."""
    must("init", "--name", "test-house", "--sandbox", house=house, as_="op", at="2026-02-23T09:00:00+08:00",
         key="init", lang="en")
    for name, role, authority in ACTORS:
        must("actor", "appoint", name, "--role", role, "--authority", authority, house=house, as_="op",
             at="2026-02-23T09:01:00+08:00", key="appoint-" + name, lang="en")
    reply = must("enterprise", "register", "@demo/enterprise.toml", house=house, as_="wang.broker",
                 at="2026-02-24T10:00:00+08:00", key="register", lang="en", json=True).json()
    must("assess", reply["id"], "--answers", "@demo/answers.toml", house=house, as_="wang.broker",
         at="2026-02-24T10:20:00+08:00", key="assess", lang="en")
    return reply["id"]


def rows(database):
    """The records of a journal or a backup, read without the program and without writing."""
    connection = sqlite3.connect("file:%s?mode=ro" % database, uri=True)
    try:
        return connection.execute("SELECT seq, at, kind, version, ordinal, count, actor, key, input, body, chain"
                                  " FROM records ORDER BY seq").fetchall()
    finally:
        connection.close()


def house_rows(house):
    return rows(os.path.join(house, "journal.db"))


def events(house, program=None):
    return json.loads(must("journal", "show", house=house, json=True, program=program).out)


def balances(journal):
    """Account (kind, owner) -> minor units, debit positive, from the postings alone."""
    totals = {}
    for event in journal:
        if event["event"] != "money_posted":
            continue
        posting = event["posting"]
        if posting["kind"] not in ("post", "pay_reserve"):
            continue  # a reserve waits; it is posted when it is paid
        amount = posting["amount"]["amount"]
        for side, sign in (("debit", 1), ("credit", -1)):
            account = (posting[side]["kind"], posting[side]["owner"])
            totals[account] = totals.get(account, 0) + sign * amount
    return totals


def settle_policy(wording, data=None):
    """The terms of a wording file as the policy of a settle case: amounts in fen, no clauses."""
    with open(os.path.join(data or os.path.join(SOURCE, "data"), "wordings", wording + ".toml"), "rb") as file:
        policy = tomllib.load(file)["policy"]

    def stripped(table):
        out = {}
        for key, value in table.items():
            if key == "clause" or key.endswith("_clause"):
                continue
            if isinstance(value, list):
                value = [stripped(entry) if isinstance(entry, dict) else entry for entry in value]
            elif isinstance(value, dict):
                value = stripped(value)
            elif isinstance(value, str) and value.endswith(".00"):
                value = int(value[:-3]) * 100
            out[key] = value
        return out

    return stripped(policy)
