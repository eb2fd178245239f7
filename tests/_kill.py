"""kill -9 during bind, claim and pay: the commands, the murderer and the proof, for two tests of different length.

The commands run once without disturbance in a copy of the house. Then the same list runs in another copy and its
process is killed again and again. What is left must be the same journal to the last byte of its chain.
"""

import json
import os
import random
import select
import shutil
import subprocess
import time

from _anlan import BIN, SOURCE, Check, Folder, anlan, balances, events, house_rows, must, small_house

LOSS = """peril = "ransomware"
occurred = "2026-0%d-%02dT08:00:00+08:00"
discovered = "2026-0%d-%02dT08:20:00+08:00"
summary = "kill test"

[[items]]
head = "FP.IR"
amount = "%d.%02d"
note = "forensics"
"""


class Batch:
    """One `anlan batch` process whose answers are read as they come."""

    def __init__(self, house, path, program=None):
        self.process = subprocess.Popen([program or BIN, "batch", path, "--house", house, "--lang", "en"],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, bufsize=0)
        self.rest = b""
        self.answers = []

    def read(self, seconds):
        """True while the process may still answer."""
        ready, _, _ = select.select([self.process.stdout], [], [], max(0.0, seconds))
        if not ready:
            return True
        chunk = os.read(self.process.stdout.fileno(), 1 << 16)
        *lines, self.rest = (self.rest + chunk).split(b"\n")
        self.answers += [json.loads(line) for line in lines if line]
        return bool(chunk)

    def finish(self, seconds=0.0):
        """Reads until the time is over or the process ends; an answer without its end of line was not given."""
        end = time.monotonic() + seconds
        alive = True
        while alive and time.monotonic() < end:
            alive = self.read(end - time.monotonic())
        return alive

    def kill(self):
        self.process.kill()
        while self.read(5.0):
            pass
        self.process.wait()
        self.process.stdout.close()
        return self.process.returncode


def write_commands(path, commands):
    with open(path, "w", encoding="utf-8") as file:
        for command in commands:
            file.write(json.dumps(command, ensure_ascii=False) + "\n")


def credit_code(number):
    """A made-up code with the right check character (GB 32100: weights 3^i, modulus 31)."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = "91330206MA2TEXT%02d" % number
    total = sum(signs.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + signs[-total % 31]


def another_company(folder, house, number):
    with open(os.path.join(SOURCE, "data", "demo", "enterprise.toml"), encoding="utf-8") as file:
        text = file.read().replace("91330206MA2EXAMP50", credit_code(number))
    path = os.path.join(folder, "company-%d.toml" % number)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return must("enterprise", "register", path, house=house, as_="wang.broker", at="2026-02-25T%02d:00:00+08:00" % number,
                key="register-%d" % number, lang="en", json=True).json()["id"]


def prepare(folder, policies):
    """A house whose quotes are issued and explained: what follows is bind, claim and pay only."""
    house = os.path.join(folder, "template")
    small_house(house)
    quotes = []
    for number in range(policies):
        company = another_company(folder, house, number)
        reply = must("quote", "issue", company, "--product", "ningbo-2023-a", "--from", "2026-03-%02d" % (number + 1),
                     house=house, as_="zhou.uw", at="2026-02-25T%02d:20:00+08:00" % number, key="quote-%d" % number, lang="en",
                     json=True).json()
        must("quote", "explain", reply["id"], "--confirmed-by", "e-sign %d" % number, house=house, as_="wang.broker",
             at="2026-02-25T%02d:40:00+08:00" % number, key="explain-%d" % number, lang="en")
        quotes.append(reply["id"])
    return house, quotes


class Undisturbed:
    """Runs the story once, one answer after the other, and notes each command with the ids it was given."""

    def __init__(self, folder, house, quotes, incidents):
        self.folder = folder
        self.house = os.path.join(folder, "undisturbed")
        shutil.copytree(house, self.house)
        self.commands = []
        for stage in self.story(quotes, incidents):
            self.run(stage)

    def run(self, stage):
        path = os.path.join(self.folder, "stage.jsonl")
        write_commands(path, stage)
        answers = [json.loads(line) for line in must("batch", path, house=self.house, lang="en").out.splitlines()]
        assert len(answers) == len(stage), (len(answers), len(stage))
        for command, answer in zip(stage, answers):
            if "reply" not in answer:
                raise SystemExit("FAILED: undisturbed: %r: %r" % (command, answer))
        self.ids = [answer["reply"].get("id") for answer in answers]
        self.commands += stage

    def command(self, actor, at, *words):
        return {"as": actor, "at": at, "key": "k-%s" % "-".join(w.replace("/", "_") for w in words if len(w) < 40
                                                               and not w.startswith("/"))[:200], "words": list(words)}

    def story(self, quotes, incidents):
        """Each stage needs ids of the stages before it."""
        yield [self.command("zhou.uw", "2026-02-26T10:00:00+08:00", "policy", "bind", quote) for quote in quotes]
        policies = self.ids
        yield [self.command("qian.finance", "2026-02-27T10:00:00+08:00", "premium", "receive", policy, "--payer",
                            "customer", "--amount", "1400.00") for policy in policies]
        for number in range(incidents):
            month, day = 5 + number % 4, 2 + number
            path = os.path.join(self.folder, "incident-%d.toml" % number)
            with open(path, "w", encoding="utf-8") as file:
                file.write(LOSS % (month, day, month, day, 1000 + 137 * number, number))
            at = "2026-09-%02dT%%s+08:00" % (number + 1)
            yield [self.command("wang.broker", at % "09:00:00", "incident", "report", policy, path)
                   | {"key": "report-%d-%s" % (number, policy)} for policy in policies]
            reported = self.ids
            yield [self.command("wang.broker", at % "10:00:00", "incident", "loss", incident, path)
                   for incident in reported]
            yield [self.command("li.claims", at % "11:00:00", "claim", "adjudicate", incident)
                   for incident in reported]
            claims = self.ids
            yield [self.command("chen.manager", at % "12:00:00", "claim", "approve", claim) for claim in claims]
            yield [self.command("qian.finance", at % "13:00:00", "claim", "pay", claim) for claim in claims]


class Murder:
    """The same commands, killed at random moments and resumed with the same keys."""

    def __init__(self, check, folder, template, commands, seed):
        self.check = check
        self.house = os.path.join(folder, "killed")
        self.path = os.path.join(folder, "rest.jsonl")
        shutil.copytree(template, self.house)
        self.before = len(house_rows(self.house))
        self.commands = commands
        self.done = 0
        self.acknowledged = {}
        self.refused = set()
        self.repeated = 0
        self.random = random.Random(seed)

    def take(self, answers):
        for answer in answers:
            command = self.commands[self.done]
            if "reply" not in answer:
                self.refused.add(command["key"])
                self.check.that(False, "refused after a kill: %s: %s" % (command["words"], answer["error"]["code"]))
            else:
                self.check.equal(answer["key"], command["key"], "answers come in order")
                self.repeated += answer["reply"]["repeated"]
                self.acknowledged[command["key"]] = answer["reply"]["first_seq"]
            self.done += 1

    def kill_once(self, span):
        """Lives for `span` commands at most: some starts, some writes, some answers are cut short."""
        write_commands(self.path, self.commands[self.done:self.done + span + 1])
        batch = Batch(self.house, self.path)
        target = self.random.randrange(-1, span)
        alive = True
        if target >= 0:
            while alive and len(batch.answers) <= target:
                alive = batch.read(30.0)
            batch.finish(self.random.uniform(0.0, 0.004))
        else:
            batch.finish(self.random.uniform(0.0, 0.06))
        killed = batch.kill() == -9
        self.take(batch.answers)
        return killed

    def present(self):
        """Key -> seqs of the commands of this test that the journal holds."""
        keys = {}
        for row in house_rows(self.house)[self.before:]:
            if row[4] == 0:
                keys.setdefault(row[7], []).append(row[0])
        return keys

    def examine(self, usable):
        keys = self.present()
        lost = [key for key, seq in self.acknowledged.items() if keys.get(key) != [seq]]
        self.check.that(not lost, "acknowledged and lost, moved or doubled: %s" % lost[:5])
        doubled = [key for key, seqs in keys.items() if len(seqs) != 1]
        self.check.that(not doubled, "doubled: %s" % doubled[:5])
        sent = {command["key"] for command in self.commands[:self.done + 8]}
        self.check.that(set(keys) <= sent, "nothing stands there that nobody sent")
        if usable:
            shown = anlan("ledger", "show", house=self.house, json=True)
            self.check.that(shown.status == 0 and shown.json()["sum"]["amount"] == 0, "usable, and sums to zero")
        return len(set(keys) - set(self.acknowledged) - self.refused)

    def finish(self):
        write_commands(self.path, self.commands[self.done:])
        if self.done < len(self.commands):
            answers = must("batch", self.path, house=self.house, lang="en").out.splitlines()
            self.take([json.loads(line) for line in answers])


def run(name, kills, policies, incidents, seed):
    check = Check(name)
    began = time.monotonic()
    with Folder() as folder:
        template, quotes = prepare(folder, policies)
        calm = Undisturbed(folder, template, quotes, incidents)
        prepared = time.monotonic() - began
        done_kills, unanswered, rounds = 0, 0, 0
        while done_kills < kills:
            murder = Murder(check, os.path.join(folder), template, calm.commands, seed + rounds)
            share = max(1, (len(calm.commands) - 4) // min(kills - done_kills, len(calm.commands) // 4))
            while murder.done < len(calm.commands) - 8 and done_kills < kills:
                done_kills += murder.kill_once(min(share + 1, 6))
                unanswered += murder.examine(usable=True) > 0
            murder.finish()
            murder.examine(usable=True)
            check.equal(len(murder.acknowledged), len(calm.commands), "all commands are acknowledged in the end")
            found, expected = house_rows(murder.house), house_rows(calm.house)
            check.equal(len(found), len(expected), "as many records as undisturbed")
            check.that(found == expected, "the journal is that of the undisturbed run, chain and all")
            check.equal(sum(balances(events(murder.house)).values()), 0, "postings sum to zero")
            must("journal", "verify", house=murder.house, lang="en")
            rounds += 1
            repeated = murder.repeated
            shutil.rmtree(murder.house)
        print("%d kills, %d commands (bind, premium, report, loss, adjudicate, approve, pay) in %d round(s)"
              % (done_kills, len(calm.commands), rounds))
        print("%d times a command was committed and not answered; %d repeats in the last round"
              % (unanswered, repeated))
        print("%.1f s to prepare, %.1f s in all, %.1f kills/s" % (
            prepared, time.monotonic() - began, done_kills / (time.monotonic() - began - prepared)))
    check.end()
