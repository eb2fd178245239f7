"""Every operation replies as it is described: the walk of the README once more with --json, and what the walk leaves out.

An operation without a description in data/api/replies.toml fails here.
"""

import json
import os
import re
import shutil
import subprocess
import sys

from _anlan import BIN, Check, Folder, SOURCE, must, small_house
from _replies import check_reply, described

check = Check("every_reply")

# The program as the README calls it: each command that can answers as JSON, which is written down beside.
WRAPPER = """#!%s -B
import json, os, subprocess, sys
words = sys.argv[1:]
plain = {"demo", "batch", "serve", "webhooks", "completion", "mcp", "version", "help", "sandbox"}
named = [word for word in words if not word.startswith("-")]
as_json = "--json" in words or not plain.intersection(words)
done = subprocess.run([%r, *words, *([] if "--json" in words or not as_json else ["--json"])], stdin=sys.stdin, capture_output=as_json)
if as_json:
    sys.stdout.buffer.write(done.stdout)
    sys.stderr.buffer.write(done.stderr)
    with open(%r, "a", encoding="utf-8") as file:
        file.write(json.dumps([words, done.stdout.decode("utf-8", "replace")]) + "\\n")
sys.exit(done.returncode)
"""

AGAIN = """peril = "ransomware"
occurred = "2026-03-11T08:00:00+08:00"
discovered = "2026-03-11T08:20:00+08:00"
summary = "the same intruder"
[[items]]
head = "FP.DATA"
amount = "6000.00"
note = "restored again"
"""

CONDITION = """[[conditions]]
code = "visit"
zh = "须现场查看"
en = "a visit to the site"
owner = "broker"
days = 20
clears = "person"
effect = "bind_blocker"
"""

OPTIONS = {"--house", "--as", "--at", "--lang", "--key", "--data", "--accounts", "--pdf", "--xlsx"}


def command_of(words):
    """The words of the operation, without the options that stand before them."""
    words = list(words)
    while words and words[0].startswith("-"):
        words = words[2:] if words[0] in OPTIONS else words[1:]
    return words


def blocks(text):
    return "\n".join(re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S))


def readme(folder, seen):
    """The commands of the README with --json: each reply as described."""
    os.makedirs(os.path.join(folder, "build", "bin"))
    os.makedirs(os.path.join(folder, "tmp"))
    os.symlink(os.path.join(SOURCE, "data"), os.path.join(folder, "data"))
    replies = os.path.join(folder, "replies.jsonl")
    program = os.path.join(folder, "build", "bin", "anlan")
    with open(program, "w", encoding="utf-8") as file:
        file.write(WRAPPER % (sys.executable, BIN, replies))
    os.chmod(program, 0o755)
    with open(os.path.join(SOURCE, "README.md"), encoding="utf-8") as file:
        script = blocks(file.read())
    script = script[:script.index('accounts="$house.accounts"')]  # the service answers elsewhere
    done = subprocess.run(["bash", "-e", "-c", script], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
                          env={**os.environ, "TMPDIR": os.path.join(folder, "tmp")}, text=True, check=False)
    check.equal(done.returncode, 0, "the walk of the README with --json: " + done.stderr[-600:])
    with open(replies, encoding="utf-8") as file:
        for line in file:
            words, out = json.loads(line)
            note(seen, command_of(words), out)
    check.that(len(seen) > 60, "%d replies of the walk are read" % len(seen))


def note(seen, words, out):
    try:
        reply = json.loads(out)
    except ValueError:
        return  # a file to fill in, lines with marks
    check_reply(words, reply)
    if not (isinstance(reply, dict) and "error" in reply):
        seen.append(" ".join(words[:3]))


def main():
    seen = []
    with Folder() as folder:
        readme(os.path.join(folder, "readme"), seen)
        left_out(os.path.join(folder, "house"), seen)
    names = [row["name"] for row in must("help", json=True).json()]
    check.that(len(names) > 180, "all operations are listed")
    for name in names:
        check.that(name in described()[0], "data/api/replies.toml describes " + name)
    check.end()


def left_out(house, seen):
    """Commands that the walk of the README does not give."""
    company = small_house(house)
    desk = Desk(house, seen)
    for name, role, authority in (("wu.uw", "underwriter", "1000000.00"), ("xu.uw", "underwriter", "1000000.00"),
                                  ("sun.subsidy", "subsidy_officer", "0.00")):
        desk.run("op", "2026-02-24T10:30", "actor", "appoint", name, "--role", role, "--authority", authority)
    standing(desk, company)
    policy = sale(desk, company)
    changes(desk, policy)
    incidents(desk, policy)
    second = rewritten(desk, company, policy)
    rules(desk, company)
    desk.run("zhou.uw", "2026-07-05T09:00", "policy", "lapse", second)
    desk.run("qian.finance", "2026-07-05T09:01", "premium", "write-off", second, "--payer", "customer", "--reason", "it moved away")
    desk.run("zhou.uw", "2026-07-20T09:00", "model", "rerate", desk.folder_with("hazard"))
    contact = desk.run("op", "2026-07-20T09:01", "enterprise", "show", company)["contact"]["subject"]
    desk.run("op", "2026-07-20T09:02", "personal", "erase", contact, "--reason", "asked to")
    note(seen, ["sandbox"], must("sandbox", house + ".box", json=True, lang="en").out)
    revoked(house, seen)


class Desk:
    def __init__(self, house, seen):
        self.house, self.seen = house, seen
        self.paper = self.file("paper.txt", "a paper\n")

    def run(self, who, when, *words):
        answer = must(*words, house=self.house, as_=who, at=when + ":00+08:00", json=True, lang="en")
        note(self.seen, words, answer.out)
        return answer.json()

    def file(self, name, text):
        path = self.house + "." + name
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def folder_with(self, part):
        """A folder of data files of now: the book priced under them is priced as it was."""
        folder = self.house + ".data"
        shutil.copytree(os.path.join(SOURCE, "data", part), os.path.join(folder, part))
        return folder


def standing(desk, company):
    desk.run("qian.finance", "2026-02-24T11:00", "licence", "record", "P00002", "--from", "2026-01-01", "--evidence", desk.paper)
    desk.run("qian.finance", "2026-02-24T11:01", "licence", "list")
    desk.run("qian.finance", "2026-02-24T11:02", "filing", "record", "ningbo-2023-a", "--from", "2026-02-01", "--evidence", desk.paper)
    desk.run("qian.finance", "2026-02-24T11:03", "filing", "show", "ningbo-2023-a")
    desk.run("wang.broker", "2026-02-24T11:04", "enterprise", "consent", company, "--monitor", "no", "--reason", "moves its systems")
    desk.run("wang.broker", "2026-02-24T11:05", "enterprise", "consent", company, "--monitor", "yes", "--reason", "moved")


def quoted(desk, when, company, start="2026-03-01"):
    return desk.run("zhou.uw", when, "quote", "issue", company, "--product", "ningbo-2023-a", "--from", start)["id"]


def sale(desk, company):
    withdrawn = quoted(desk, "2026-02-25T09:00", company)
    desk.run("zhou.uw", "2026-02-25T09:01", "quote", "withdraw", withdrawn, "--reason", "asked for again")
    quote = quoted(desk, "2026-02-25T09:02", company)
    desk.run("zhou.uw", "2026-02-25T09:03", "accumulation", "cede", quote, "--share", "30 %", "--reinsurer", "re-house",
             "--reference", "slip-1")
    desk.run("wang.broker", "2026-02-25T09:04", "quote", "explain", quote, "--confirmed-by", "e-sign")
    policy = desk.run("zhou.uw", "2026-02-25T09:05", "policy", "bind", quote)["id"]
    desk.run("zhou.uw", "2026-02-25T09:06", "premium", "plan", policy, "--instalments", "2", "--first", "2026-03-01", "--every", "3")
    desk.run("wang.broker", "2026-02-25T09:07", "policy", "renewal", policy, "--choose", "automatic")
    return policy


def changes(desk, policy):
    desk.run("zhou.uw", "2026-03-02T09:00", "policy", "endorse", policy, "--kind", "suspend", "--from", "2026-03-10", "--reason", "works")
    desk.run("zhou.uw", "2026-03-02T09:01", "policy", "void", policy, "1", "--reason", "a mistake")
    desk.run("zhou.uw", "2026-03-02T09:02", "policy", "disclosure", "learn", policy, "--subject", "BKP-01", "--truth", "no",
             "--source", "scan", "--note", "no job ran")
    desk.run("zhou.uw", "2026-03-02T09:03", "policy", "disclosure", "release", policy, "--reason", "it was true")
    desk.run("zhou.uw", "2026-03-02T09:04", "policy", "disclosure", "freeze", policy, "--reason", "it is looked into again")
    desk.run("zhou.uw", "2026-03-02T09:05", "policy", "disclosure", "release", policy, "--reason", "it was true")


def incidents(desk, policy):
    first = desk.run("wang.broker", "2026-03-09T09:00", "incident", "report", policy, "@demo/incident.toml")["id"]
    desk.run("li.claims", "2026-03-09T10:00", "incident", "adjuster", first, "--organisation", "adjust-house", "--brief", "hours")
    desk.run("li.claims", "2026-03-09T10:01", "incident", "show", first)
    again = desk.file("again.toml", AGAIN)
    second = desk.run("wang.broker", "2026-03-12T09:00", "incident", "report", policy, again)["id"]
    desk.run("li.claims", "2026-03-12T10:00", "incident", "relate", second, "--to", first)
    desk.run("li.claims", "2026-03-12T10:01", "incident", "facts", first, desk.file("facts.toml", 'days_unpatched = 12\nnote = "scan"\n'),
             "--evidence", desk.paper)


def rewritten(desk, company, policy):
    """Lapsed and reinstated, then rewritten: an own policy of its own quote."""
    desk.run("zhou.uw", "2026-04-20T09:00", "policy", "lapse", policy)
    desk.run("zhou.uw", "2026-04-21T09:00", "policy", "reinstate", policy, "--on", "2026-04-22", "--reason", "paid late")
    quote = quoted(desk, "2026-04-22T09:00", company, "2026-05-01")
    desk.run("wang.broker", "2026-04-22T09:01", "quote", "explain", quote, "--confirmed-by", "e-sign")
    asked = desk.run("wang.broker", "2026-04-22T09:01", "instrument", "apply", policy, "--scheme", "premium-tax-deduction")["id"]
    desk.run("sun.subsidy", "2026-04-22T09:01", "instrument", "decide", asked)
    desk.run("qian.finance", "2026-04-22T09:01", "premium", "receive", policy, "--payer", "customer", "--amount", "1396.16")
    desk.run("sun.subsidy", "2026-04-22T09:01", "instrument", "pay", asked)
    bound = desk.run("zhou.uw", "2026-04-22T09:02", "policy", "rewrite", policy, "--quote", quote, "--reason", "other terms")
    desk.run("sun.subsidy", "2026-05-02T09:00", "instrument", "claw-back", asked, "--reason", "the policy was rewritten")
    return bound["policy"]["id"]


def rules(desk, company):
    desk.run("zhou.uw", "2026-05-03T09:00", "rules", "preview", "@rules/prudent-2026.toml")
    desk.run("zhou.uw", "2026-05-03T09:01", "rules", "propose", "@rules/prudent-2026.toml", "--note", "prudence")
    desk.run("wu.uw", "2026-05-03T09:02", "rules", "publish", "1")
    quote = desk.run("zhou.uw", "2026-05-03T09:03", "quote", "issue", company, "--product", "ningbo-2023-b", "--from", "2026-06-01")["id"]
    backup, agents = [row["id"] for row in desk.run("zhou.uw", "2026-05-03T09:04", "subjectivity", "list")]
    desk.run("wu.uw", "2026-05-03T09:05", "subjectivity", "waive", backup, "--reason", "the tape was shown")
    asked = desk.run("zhou.uw", "2026-05-03T09:06", "subjectivity", "set", quote, "--file", desk.file("condition.toml", CONDITION))
    desk.run("wu.uw", "2026-05-03T09:07", "subjectivity", "clear", asked["id"], "--reference", "minutes of the visit")
    desk.run("wu.uw", "2026-05-03T09:08", "quote", "override", quote, "--finding", "endpoint_agents", "--to", "referred", "--reason",
             "risk_worse", "--why", "nobody looks at the alerts")
    desk.run("xu.uw", "2026-05-03T09:09", "quote", "decide", quote, "--outcome", "accept", "--reason", "a service was ordered")
    desk.run("zhou.uw", "2026-07-04T09:00", "subjectivity", "fail", agents)
    desk.run("wu.uw", "2026-07-04T09:01", "rules", "roll-back", "--to", "0", "--reason", "the book is small")


def revoked(house, seen):
    accounts = house + ".accounts"
    password = house + ".password"
    with open(password, "w", encoding="utf-8") as file:
        file.write("seven maple hills 2026\n")
    must("admin", "create", "--accounts", accounts, "--login", "you", "--password-file", password)
    must("admin", "join", "--accounts", accounts, "--login", "you", "--house-name", "test-house", "--actor", "zhou.uw")
    key = must("admin", "key", "--accounts", accounts, "--login", "you", "--house-name", "test-house", "--actor", "zhou.uw", "--test", json=True)
    note(seen, ["admin", "key"], key.out)
    note(seen, ["admin", "revoke"], must("admin", "revoke", "--accounts", accounts, "--login", "you", "--key-id", key.json()["id"], json=True).out)


main()
