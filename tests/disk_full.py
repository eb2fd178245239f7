"""A disk that fills up under a batch: refused, nothing half done, readable, and it goes on when there is space.

The house stands on a small tmpfs when one may be mounted. Otherwise the size of the journal's files is limited
(RLIMIT_FSIZE with SIGXFSZ ignored). If neither is possible the test says so and ends well.
"""

import contextlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys

from _anlan import BIN, Check, Folder, anlan, balances, events, house_rows, must, small_house

ORDERS = 400
ROUNDS = 10
check = Check("disk_full")


class SmallDisk:
    """tmpfs of some megabytes; a filler takes all but `free` bytes of it."""
    name = "tmpfs"

    def __init__(self, folder):
        self.path = os.path.join(folder, "disk")
        os.mkdir(self.path)
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", self.path], check=False,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if done.returncode != 0:
            raise OSError("no tmpfs may be mounted")

    def fill(self, free):
        space = os.statvfs(self.path)
        with open(os.path.join(self.path, "filler"), "wb") as file:
            file.write(b"\0" * max(0, space.f_bavail * space.f_frsize - free))

    def empty(self):
        with contextlib.suppress(FileNotFoundError):
            os.remove(os.path.join(self.path, "filler"))

    def limits(self):
        return None

    def close(self):
        subprocess.run(["umount", self.path], check=False)


class SmallFiles:
    """Files may not grow beyond what they are now and `free` bytes."""
    name = "RLIMIT_FSIZE"

    def __init__(self, folder):
        self.path = os.path.join(folder, "disk")
        os.mkdir(self.path)
        self.limit = None
        probe = os.path.join(folder, "probe")
        script = "f = open(%r, 'wb', buffering=0); f.write(b'x' * 4096); f.write(b'x' * 4096)" % probe
        self.limit = 4096
        done = subprocess.run([sys.executable, "-c", script], preexec_fn=self.limits(), check=False,
                              stderr=subprocess.DEVNULL)
        self.limit = None
        if done.returncode == 0 or os.path.getsize(probe) != 4096:
            raise OSError("the size of files cannot be limited")

    def fill(self, free):
        sizes = [os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(self.path)
                 for name in names]
        self.limit = max(sizes) + free

    def empty(self):
        self.limit = None

    def limits(self):
        if self.limit is None:
            return None
        limit = self.limit

        def apply():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        return apply

    def close(self):
        pass


def small_disk(folder):
    for kind in (SmallDisk, SmallFiles):
        try:
            return kind(os.path.join(folder))
        except OSError:
            shutil.rmtree(os.path.join(folder, "disk"), ignore_errors=True)
    return None


def batch(disk, house, commands, folder):
    path = os.path.join(folder, "batch.jsonl")
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(command) + "\n" for command in commands)
    done = subprocess.run([BIN, "batch", path, "--house", house, "--lang", "en"], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=disk.limits(), timeout=300,
                          check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()


def commands_of(company, round_):
    return [{"as": "wang.broker", "at": "2026-03-05T09:00:00+08:00", "key": "order-%d-%d" % (round_, number),
             "words": ["order", "place", company, "--package", "security-guard", "--from", "2026-03-10"]}
            for number in range(ORDERS)]


def keys_of(house):
    return [row[7] for row in house_rows(house) if row[4] == 0]


def whole(house, what):
    """Every command stands there with all of its events, under one key."""
    found = house_rows(house)
    keys = [row[7] for row in found if row[4] == 0]
    check.equal(len(keys), len(set(keys)), what + ": no key stands twice")
    check.equal(sum(row[5] for row in found if row[4] == 0), len(found), what + ": no command is half there")


def one_round(disk, folder, house, company, round_, free):
    commands = commands_of(company, round_)
    before = keys_of(house)
    disk.fill(free)
    status, answers, error = batch(disk, house, commands, folder)
    check.that(status in (0, 1), "round %d: the batch ends by itself: status %d %s" % (round_, status, error[:200]))
    check.equal(len(answers), len(commands), "round %d: one answer for each command" % round_)
    done = [answer["key"] for answer in answers if "reply" in answer]
    refusals = [answer for answer in answers if "error" in answer]
    codes = {answer["error"]["code"] for answer in refusals}
    check.that(bool(refusals), "round %d: the disk was full" % round_)
    check.equal(codes, {"disk_full"} if refusals else set(), "round %d: codes of the refusals" % round_)
    if refusals:
        error = refusals[0]["error"]
        check.that(error["fix"] and error["zh"] != error["en"], "round %d: said in two languages" % round_)
    shown = anlan("ledger", "show", house=house, json=True)
    check.that(shown.status == 0 and shown.json()["sum"]["amount"] == 0,
               "round %d: readable while full: %s" % (round_, shown.out[:300]))
    present = keys_of(house)
    check.equal(present, before + done, "round %d: what was acknowledged is there, and nothing else" % round_)
    whole(house, "round %d, full" % round_)
    disk.empty()
    status, answers, error = batch(disk, house, commands, folder)
    check.equal((status, sum("reply" in answer for answer in answers)), (0, len(commands)),
                "round %d: all go through when there is space: %s" % (round_, error[:200]))
    repeated = [answer["key"] for answer in answers if answer.get("reply", {}).get("repeated")]
    check.equal(repeated, done, "round %d: those acknowledged before are repeats" % round_)
    check.equal(keys_of(house), before + done + [c["key"] for c in commands if c["key"] not in set(done)],
                "round %d: each exactly once" % round_)
    return len(done), len(refusals)


def main():
    chance = random.Random(20260501)
    with Folder() as folder:
        template = os.path.join(folder, "template")
        company = small_house(template)
        disk = small_disk(folder)
        if disk is None:
            print("disk_full: skipped: neither may a tmpfs be mounted here nor can the size of files be limited")
            return
        try:
            total = [0, 0]
            for round_ in range(ROUNDS):
                house = os.path.join(disk.path, "house")
                shutil.copytree(template, house)
                done, refused = one_round(disk, folder, house, company, round_, chance.randrange(150, 500) * 1024)
                total[0] += done
                total[1] += refused
                must("journal", "verify", house=house, lang="en")
                check.equal(sum(balances(events(house)).values()), 0, "postings sum to zero")
                shutil.rmtree(house)
            print("%s: %d rounds of %d commands: %d acknowledged before the disk was full, %d refused, "
                  "all there at the end"
                  % (disk.name, ROUNDS, ORDERS, total[0], total[1]))
        finally:
            disk.close()
    check.end()


if __name__ == "__main__":
    main()
