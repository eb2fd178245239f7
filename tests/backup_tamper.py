"""Changed backups through the program: a byte, a dropped tail, a journal written anew.

The test of platform changes 10,000 bytes inside one process; here 200 go through the command line.
"""

import json
import os
import random
import shutil
import sqlite3
import time

from _anlan import Check, Folder, anlan, house_rows, must, rows

CHANGES, SEED = 200, 20260101


def read_or_none(path):
    """The rows and the kept files as any reader gets them, or None when the file cannot be read."""
    try:
        connection = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
        try:
            kept = connection.execute("SELECT digest, bytes FROM blobs ORDER BY digest").fetchall()
        finally:
            connection.close()
        return rows(path), kept
    except (sqlite3.Error, ValueError):
        return None


def flip(path, place, mask):
    with open(path, "r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ mask]))


def one_byte_changes(check, backup, original, changes, seed):
    chance = random.Random(seed)
    copy = backup + ".changed"
    shutil.copyfile(backup, copy)
    size = os.path.getsize(copy)
    differing, passed = 0, 0
    for _ in range(changes):
        place, mask = chance.randrange(size), chance.randrange(1, 256)
        flip(copy, place, mask)
        same = read_or_none(copy) == original
        answer = anlan("journal", "verify", copy, lang="en")
        label = "byte %d mask %d: " % (place, mask)
        check.that(answer.status in (0, 1), "%sstatus %d: %s" % (label, answer.status, answer.err[:200]))
        check.that(same or answer.status != 0, label + "verify passes and a record differs")
        if answer.status == 0:
            passed += 1
        else:
            check.that(answer.out == "" and "Fix:" in answer.err, label + "the fault is named: " + answer.err)
        differing += not same
        flip(copy, place, mask)
    check.equal(read_or_none(copy), original, "all changes were taken back")
    check.equal(anlan("journal", "verify", copy, lang="en").status, 0, "the backup itself verifies")
    check.that(differing * 4 > changes, "the test is not blind: %d of %d changes are read" % (differing, changes))
    print("%d changed bytes of %d: %d change what is read, %d verify (bytes that nobody reads)"
          % (changes, size, differing, passed))


def without_triggers(path, *statements):
    """Changes a journal as somebody would who can write its file."""
    connection = sqlite3.connect(path)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute("DROP TRIGGER " + name)
    for statement in statements:
        connection.execute(*statement)
    for _, sql in triggers:
        connection.execute(sql)
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def refused(check, code, what, *words):
    answer = anlan(*words, json=True)
    found = answer.json().get("error", {}).get("code") if answer.status else "verified"
    codes = code if isinstance(code, tuple) else (code,)
    check.that(found in codes, "%s: found %s, expected %s" % (what, found, " or ".join(codes)))


def tails(check, folder, house, backup, head):
    """A tail that is cut off whole commands: only a head from outside, or the backup's own head, can see it."""
    last = [row[0] for row in house_rows(house) if row[4] == 0]
    for dropped in (1, 3, 20, len(last) - 1):
        live = os.path.join(folder, "dropped-%d" % dropped)
        shutil.copytree(house, live)
        cut = ("DELETE FROM records WHERE seq >= ?", (last[-dropped],))
        without_triggers(os.path.join(live, "journal.db"), cut)
        check.equal(anlan("journal", "verify", live, lang="en").status, 0,
                    "%d commands dropped, no head: cannot be seen" % dropped)
        refused(check, "tail_dropped", "%d commands dropped, against the head" % dropped, "journal", "verify", live,
                "--head", head)
        copy = os.path.join(folder, "dropped-%d.backup" % dropped)
        shutil.copyfile(backup, copy)
        without_triggers(copy, cut)
        refused(check, "tail_dropped", "%d commands dropped from a backup" % dropped, "journal", "verify", copy)
    torn = os.path.join(folder, "torn")
    shutil.copytree(house, torn)
    long = [row for row in house_rows(house) if row[5] > 1][-1]
    without_triggers(os.path.join(torn, "journal.db"), ("DELETE FROM records WHERE seq >= ?", (long[0] - long[4] + 1,)))
    refused(check, "command_torn", "half a command dropped", "journal", "verify", torn)
    middle = os.path.join(folder, "middle")
    shutil.copytree(house, middle)
    without_triggers(os.path.join(middle, "journal.db"), ("UPDATE records SET actor = 'mallory' WHERE seq = 20", ()))
    refused(check, "chain_broken", "a changed actor", "journal", "verify", middle)


def written_anew(check, folder, house, head):
    """Somebody without the key plays the whole story again: every record is well formed, the chain is whole."""
    other = os.path.join(folder, "written-anew")
    must("demo", house=other, lang="en")
    check.equal(anlan("journal", "verify", other, lang="en").status, 0, "a journal written anew verifies by itself")
    refused(check, ("head_not_in_journal", "head_key_untrusted"), "written anew, against the head",
            "journal", "verify", other, "--head", head)
    with open(head, encoding="utf-8") as file:
        key = json.load(file)["public_key"]
    backup = os.path.join(folder, "anew.backup")
    must("backup", backup, house=other, lang="en")
    refused(check, "head_key_untrusted", "a backup written anew, against the key", "journal", "verify", backup,
            "--key", key)
    check.equal(anlan("journal", "verify", backup, "--head", head, json=True).status, 1,
                "a backup written anew, against the head")
    forged = os.path.join(folder, "forged.json")
    with open(head, encoding="utf-8") as file:
        told = json.load(file)
    told["seq"] -= 1
    with open(forged, "w", encoding="utf-8") as file:
        json.dump(told, file)
    refused(check, "head_signature_wrong", "a head with another seq", "journal", "verify", house, "--head", forged)
    check.equal(anlan("journal", "verify", house, "--head", head, "--key", key, lang="en").status, 0,
                "the true one, head and key")


def restored(check, folder, house, backup, original):
    target = os.path.join(folder, "restored")
    must("restore", backup, house=target, lang="en")
    check.equal(house_rows(target), original, "the restored house has the records of the original")
    shown = [must("journal", "show", house=folder_of, json=True).out for folder_of in (target, house)]
    check.equal(shown[0], shown[1], "and shows the same journal")
    ledger = must("ledger", "show", house=target, json=True).json()
    check.equal(ledger["sum"]["amount"], 0, "and its ledger sums to zero")
    write = anlan("actor", "appoint", "late.one", "--role", "broker", house=target, as_="op", json=True)
    check.that(write.status == 1 and write.error()["code"] == "keys_missing", "no writing before its keys are back")
    check.equal(anlan("restore", backup, house=target, json=True).status, 1, "an existing house is never replaced")


def main():
    check = Check("backup_tamper")
    began = time.monotonic()
    with Folder() as folder:
        house, backup, head = (os.path.join(folder, part) for part in ("house", "house.backup", "head.json"))
        must("demo", house=house, lang="en")
        must("backup", backup, house=house, lang="en")
        must("journal", "head", "--out", head, house=house, lang="en")
        original = house_rows(house)
        whole = read_or_none(backup)
        check.that(whole is not None and whole[0] == original, "the backup has the records of the house")
        check.that(whole is not None and len(whole[1]) > 8, "and the files that its quotes rest on")
        one_byte_changes(check, backup, whole, CHANGES, SEED)
        tails(check, folder, house, backup, head)
        written_anew(check, folder, house, head)
        restored(check, folder, house, backup, original)
    print("%.1f s" % (time.monotonic() - began))
    check.end()


if __name__ == "__main__":
    main()
