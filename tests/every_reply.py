"""Every operation replies as it is described: the walk of the README once more with --json, and what the walk leaves out.

An operation without a description in data/api/replies.toml fails here.
"""

import json
import os
import re
import subprocess
import sys

from _anlan import BIN, Check, Folder, SOURCE, anlan, must, small_house
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
    check.that(len(seen) > 100, "%d replies of the walk are read" % len(seen))


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
    names = [row["name"] for row in must("help", json=True).json()["operations"]]
    check.that(len(names) > 180, "all operations are listed")
    for name in names:
        check.that(name in described()[0], "data/api/replies.toml describes " + name)
    check.end()


def left_out(house, seen):
    """Commands that the walk of the README does not give."""
    company = small_house(house)
    paper = house + ".paper.txt"
    with open(paper, "w", encoding="utf-8") as file:
        file.write("a paper\n")

    def run(who, when, *words):
        answer = must(*words, house=house, as_=who, at=when + ":00+08:00", json=True, lang="en")
        note(seen, words, answer.out)
        return answer.json()

    run("qian.finance", "2026-02-24T11:00", "licence", "record", "P00002", "--from", "2026-01-01", "--evidence", paper)
    run("qian.finance", "2026-02-24T11:01", "licence", "list")
    run("qian.finance", "2026-02-24T11:02", "filing", "record", "ningbo-2023-a", "--from", "2026-02-01", "--evidence", paper)
    run("qian.finance", "2026-02-24T11:03", "filing", "show", "ningbo-2023-a")
    run("wang.broker", "2026-02-24T11:04", "enterprise", "consent", company, "--monitor", "no", "--reason", "moves its systems")
    run("wang.broker", "2026-02-24T11:05", "enterprise", "consent", company, "--monitor", "yes", "--reason", "moved")
    for number, last in enumerate(("withdraw", "bind")):
        quote = run("zhou.uw", "2026-02-25T09:%02d" % (10 * number), "quote", "issue", company, "--product", "ningbo-2023-a",
                    "--from", "2026-03-01")["id"]
        run("zhou.uw", "2026-02-25T09:%02d" % (10 * number + 1), "accumulation", "cede", quote, "--share", "30", "--reinsurer",
            "re-house", "--reference", "slip-%d" % number)
        if last == "withdraw":
            run("zhou.uw", "2026-02-25T09:02", "quote", "withdraw", quote, "--reason", "asked for again")
    run("wang.broker", "2026-02-25T09:20", "quote", "explain", quote, "--confirmed-by", "e-sign")
    policy = run("zhou.uw", "2026-02-25T09:21", "policy", "bind", quote)["id"]
    run("zhou.uw", "2026-02-25T09:22", "premium", "plan", policy, "--instalments", "2", "--first", "2026-03-01", "--every", "3")
    run("wang.broker", "2026-02-25T09:23", "policy", "renewal", policy, "--choose", "automatic")
    incident = run("wang.broker", "2026-03-09T09:00", "incident", "report", policy, "@demo/incident.toml")["id"]
    run("li.claims", "2026-03-09T10:00", "incident", "adjuster", incident, "--organisation", "adjust-house", "--brief", "hours")
    run("li.claims", "2026-03-09T10:01", "incident", "show", incident)


main()
