"""Sealed backups: made while a server writes, read by a second implementation of the format, changed, cut, killed."""

import ctypes
import ctypes.util
import fcntl
import os
import random
import shutil
import signal
import sqlite3
import struct
import subprocess
import threading
import time

from _anlan import BIN, Check, Folder, anlan, house_rows, must, rows, small_house
from _http import PASSWORD, Server

check = Check("sealed_backup")
PIECE, TAG = 64 * 1024, 17
HEAD = 8 + 1 + 1 + 32 + 80  # of a file sealed to a key
SEED, CHANGES = 20261122, 60


def sodium():
    library = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
    assert library.sodium_init() >= 0
    return library


def opened(path, secret):
    """The parts of a file sealed to a key, by libsodium's own functions and the layout as it is written down."""
    library = sodium()
    with open(path, "rb") as file:
        data = file.read()
    assert data[:10] == b"ANLANSEA\x01\x02", data[:10]
    head, public, sealed_key = data[:HEAD], data[10:42], data[42:HEAD]
    mine = ctypes.create_string_buffer(32)
    library.crypto_scalarmult_base(mine, secret)
    assert mine.raw == public
    key = ctypes.create_string_buffer(32)
    assert library.crypto_box_seal_open(key, sealed_key, ctypes.c_ulonglong(80), public, secret) == 0
    state = ctypes.create_string_buffer(library.crypto_secretstream_xchacha20poly1305_statebytes())
    assert library.crypto_secretstream_xchacha20poly1305_init_pull(state, data[HEAD:HEAD + 24], key) == 0
    place, inside, tag = HEAD + 24, b"", ctypes.c_ubyte(0)
    while place < len(data):
        assert tag.value != 3, "nothing follows the last piece"
        piece = data[place:place + PIECE + TAG]
        out, length = ctypes.create_string_buffer(len(piece)), ctypes.c_ulonglong(0)
        assert library.crypto_secretstream_xchacha20poly1305_pull(
            state, out, ctypes.byref(length), ctypes.byref(tag), piece, ctypes.c_ulonglong(len(piece)),
            head, ctypes.c_ulonglong(len(head))) == 0
        inside += out.raw[:length.value]
        place += len(piece)
    assert tag.value == 3, "the last piece says so"
    parts = {}
    while inside:
        size = inside[0]
        name, length = inside[1:1 + size].decode(), struct.unpack("<Q", inside[1 + size:9 + size])[0]
        parts[name] = inside[9 + size:9 + size + length]
        inside = inside[9 + size + length:]
    return parts


def code(*words, **options):
    answer = anlan(*words, json=True, **options)
    return answer.error()["code"] if answer.status else "done"


def read_again(folder, house, accounts):
    key, sealed = os.path.join(folder, "backup.key"), os.path.join(folder, "house.sealed")
    must("backup", "key", key)
    check.equal(os.stat(key).st_mode & 0o777, 0o600, "the secret key is its owner's")
    said = must("backup", sealed, "--seal-to", key + ".pub", "--accounts", accounts, house=house, lang="en").out
    check.that("accounts.db.key" in said.replace("\n", "") and "put that file aside" in " ".join(said.split()), "it says what it does not hold: %s" % said)
    check.equal(os.stat(sealed).st_mode & 0o777, 0o600, "and so is the backup")
    check.equal([name for name in os.listdir(house) if name.startswith("backup.new")], [], "nothing is left in the open")
    with open(key, encoding="utf-8") as file:
        secret = bytes.fromhex(file.read().split("\n")[1])
    parts = opened(sealed, secret)
    check.equal(sorted(parts), ["accounts.db", "house.backup"], "the parts")
    for name, data in parts.items():
        with open(os.path.join(folder, "part-" + name), "wb") as file:
            file.write(data)
    check.equal(rows(os.path.join(folder, "part-house.backup")), house_rows(house), "its records are those of the house")
    held = sqlite3.connect(os.path.join(folder, "part-accounts.db")).execute("SELECT login FROM accounts").fetchall()
    check.equal(held, [("admin",)], "its accounts are those of the server")
    with open(sealed, "rb") as file:
        data = file.read()
    for seen in (b"SQLite format", b"wang.broker", b"argon2id", b"records"):
        check.that(seen not in data, "%r does not stand in the open" % seen)
    return key, sealed


def restored(folder, house, key, sealed):
    target, accounts = os.path.join(folder, "restored"), os.path.join(folder, "restored-accounts.db")
    check.equal(code("backup", "verify", sealed, "--key-file", key), "done", "it verifies")
    must("restore", sealed, "--key-file", key, "--accounts", accounts, house=target, lang="en")
    check.equal(house_rows(target), house_rows(house), "restored: the records of the house")
    check.equal(must("admin", "list", "--accounts", accounts, json=True).json()[0]["login"], "admin", "restored: the accounts")
    check.equal(os.stat(accounts).st_mode & 0o777, 0o600, "restored: the accounts are their owner's")
    shutil.copytree(os.path.join(house, "keys"), os.path.join(target, "keys"))
    must("actor", "appoint", "late.one", "--role", "broker", house=target, as_="op", at="2028-01-01T09:00:00+08:00")


def with_the_key(folder, house, key, accounts):
    """The key of the second factors, sealed beside the accounts when it is asked for."""
    sealed, back = os.path.join(folder, "with-key.sealed"), os.path.join(folder, "back.db")
    check.equal(code("backup", os.path.join(folder, "open.backup"), "--accounts-key", accounts + ".key", house=house), "accounts_unsealed",
                "never in the open")
    check.equal(code("backup", sealed, "--seal-to", key + ".pub", "--accounts", accounts, "--accounts-key", key, house=house),
                "key_file_malformed", "another key")
    said = must("backup", sealed, "--seal-to", key + ".pub", "--accounts", accounts, "--accounts-key", accounts + ".key", house=house,
                lang="en").out
    check.that("put that file aside" not in said, "there is nothing to put aside: %s" % said)
    away = os.path.join(folder, "with-key")
    # What is refused leaves nothing: neither of the accounts, nor of the house.
    for blocked in (back, back + ".key"):
        with open(blocked, "w", encoding="utf-8") as file:
            file.write("here before")
        before = sorted(os.listdir(folder))
        check.equal(code("restore", sealed, "--key-file", key, "--accounts", back, house=away), "file_exists", "in the way: " + blocked)
        check.equal(sorted(os.listdir(folder)), before, "nothing of it is there")
        os.remove(blocked)
    before = sorted(os.listdir(folder))
    check.equal(code("restore", sealed, "--key-file", key, "--accounts", back, house=house), "house_exists", "a house in the way")
    check.equal(sorted(os.listdir(folder)), before, "nothing of it is there")
    must("restore", sealed, "--key-file", key, "--accounts", back, house=away)
    with open(back + ".key", "rb") as one, open(accounts + ".key", "rb") as other:
        check.equal(one.read(), other.read(), "the key is that of before")
    check.equal(os.stat(back + ".key").st_mode & 0o777, 0o600, "and its owner's")


def left(folder, key, sealed):
    """What a killed process had opened goes with the next one; what another is at work on stays."""
    temporary = os.path.join(folder, "temporary")
    os.mkdir(temporary)
    dead, living, foreign = (os.path.join(temporary, name) for name in ("anlan-opened-aaaaaa", "anlan-opened-bbbbbb", "anlan-cccccc"))
    for path in (dead, living, foreign):
        os.mkdir(path, 0o700)
        with open(os.path.join(path, "house.backup"), "w", encoding="utf-8") as file:
            file.write("opened")
    held = os.open(living, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    must("backup", "verify", sealed, "--key-file", key, env={"TMPDIR": temporary})
    check.equal(sorted(os.listdir(temporary)), ["anlan-cccccc", "anlan-opened-bbbbbb"], "what is left")
    os.close(held)
    for _ in range(6):
        process = subprocess.Popen([BIN, "backup", "verify", sealed, "--key-file", key], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, env=dict(os.environ, TMPDIR=temporary))
        end = time.monotonic() + 30
        while len(os.listdir(temporary)) < 3 and process.poll() is None and time.monotonic() < end:
            time.sleep(0.0005)
        process.send_signal(signal.SIGKILL)
        process.wait()
    must("backup", "verify", sealed, "--key-file", key, env={"TMPDIR": temporary})
    check.equal(os.listdir(temporary), ["anlan-cccccc"], "nothing of the killed ones")


def refusals(folder, house, key, sealed, accounts):
    other = os.path.join(folder, "other.key")
    must("backup", "key", other)
    phrase, short = os.path.join(folder, "phrase"), os.path.join(folder, "short")
    for path, text in ((phrase, "nine quiet rivers run\n"), (short, "brief\n")):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    plain, locked = os.path.join(folder, "plain.backup"), os.path.join(folder, "locked.sealed")
    must("backup", plain, house=house)
    must("backup", locked, "--passphrase-file", phrase, house=house)
    away = os.path.join(folder, "away")
    for expected, words in (
            ("backup_sealed", ("restore", sealed)), ("backup_key_wrong", ("restore", sealed, "--key-file", other)),
            ("backup_key_wrong", ("restore", sealed, "--passphrase-file", phrase)),
            ("backup_key_wrong", ("restore", locked, "--passphrase-file", short)),
            ("backup_key_wrong", ("restore", locked, "--key-file", key)),
            ("seal_twice", ("restore", locked, "--key-file", key, "--passphrase-file", phrase)),
            ("backup_not_sealed", ("restore", plain, "--key-file", key)),
            ("accounts_not_there", ("restore", plain, "--accounts", os.path.join(folder, "none.db"))),
            ("accounts_not_there", ("restore", locked, "--passphrase-file", phrase, "--accounts", os.path.join(folder, "none.db"))),
            ("seal_key_malformed", ("restore", sealed, "--key-file", phrase)),
            ("key_file_open", ("restore", sealed, "--key-file", key + ".pub")),
            ("file_exists", ("restore", sealed, "--key-file", key, "--accounts", accounts)),
            ("file_missing", ("restore", os.path.join(folder, "nowhere"), "--key-file", key)),
            ("accounts_unsealed", ("backup", away, "--accounts", accounts)),
            ("passphrase_short", ("backup", away, "--passphrase-file", short)),
            ("seal_key_malformed", ("backup", away, "--seal-to", key)),
            ("file_exists", ("backup", sealed, "--seal-to", key + ".pub"))):
        os.chmod(phrase, 0o600)
        target = house if words[0] == "backup" else away
        check.equal(code(*words, house=target), expected, " ".join(os.path.basename(str(word)) for word in words))
        check.that(not os.path.exists(away), "nothing was made: " + expected)
    must("restore", locked, "--passphrase-file", phrase, house=away)
    check.equal(house_rows(away), house_rows(house), "a passphrase opens what it sealed")
    check.equal(code("backup", "verify", plain), "done", "a backup in the open verifies as well")


def changed(folder, key, sealed):
    """One byte, anywhere; the end missing, anywhere; pieces out of order: nothing of it is taken over."""
    chance = random.Random(SEED)
    copy, away = os.path.join(folder, "changed.sealed"), os.path.join(folder, "changed")
    with open(sealed, "rb") as file:
        data = file.read()
    first = HEAD + 24
    broken = []
    for _ in range(CHANGES):
        place = chance.choice((chance.randrange(first), chance.randrange(len(data))))
        broken.append(("byte %d" % place, data[:place] + bytes([data[place] ^ chance.randrange(1, 256)]) + data[place + 1:]))
    ends = [0, 5, 9, 30, HEAD, HEAD + 10, first, len(data) - 1]
    ends += [first + n * (PIECE + TAG) for n in range(1, (len(data) - first) // (PIECE + TAG) + 1)]
    broken += [("cut at %d" % end, data[:end]) for end in ends if end < len(data)]
    broken.append(("one byte more", data + b"\0"))
    one, two = first + PIECE + TAG, first + 2 * (PIECE + TAG)
    broken.append(("two pieces exchanged", data[:first] + data[one:two] + data[first:one] + data[two:]))
    broken.append(("a piece left out", data[:one] + data[two:]))
    broken.append(("a piece twice", data[:one] + data[first:]))
    check.that(len(data) > two, "it has pieces to exchange: %d" % len(data))
    known = {"seal_broken", "backup_key_wrong", "seal_version", "backup_not_sealed", "database_damaged"}
    for label, changed_data in broken:
        with open(copy, "wb") as file:
            file.write(changed_data)
        found = code("restore", copy, "--key-file", key, house=away)
        # Without its beginning it is no sealed file, and no other either.
        check.that(found in known, "%s: %s" % (label, found))
        check.that(not os.path.exists(away), label + ": nothing was made")


def while_it_writes(folder):
    """Backups beside a server that goes on writing: each is whole, and a beginning of what came to be."""
    house = os.path.join(folder, "busy")
    small_house(house)
    key = os.path.join(folder, "backup.key")
    made = []
    with Server(os.path.join(folder, "busy-server"), [house], [("test-house", "op")]) as server:
        stop = threading.Event()
        count = [0]

        def write():
            while not stop.is_set():
                count[0] += 1
                status, reply, _ = server.run(["actor", "appoint", "person.%d" % count[0], "--role", "broker"], "test-house", "op",
                                              "2026-03-01T10:00:00+08:00", "busy-%d" % count[0], method="POST")
                check.equal(status, 200, "a command beside a backup: %r" % (reply,))

        writer = threading.Thread(target=write)
        writer.start()
        for number in range(6):
            sealed = os.path.join(folder, "busy-%d.sealed" % number)
            must("backup", sealed, "--seal-to", key + ".pub", "--accounts", server.accounts, house=house)
            made.append(sealed)
        stop.set()
        writer.join()
    check.equal(server.status, 0, "the server ends as asked")
    final = house_rows(house)
    lengths = []
    for number, sealed in enumerate(made):
        target = os.path.join(folder, "busy-restored-%d" % number)
        must("restore", sealed, "--key-file", key, house=target)
        records = house_rows(target)
        lengths.append(len(records))
        check.equal(records, final[:len(records)], "backup %d is a beginning of the journal" % number)
    check.that(lengths == sorted(lengths) and lengths[-1] > lengths[0], "it went on meanwhile: %r" % lengths)


def killed(folder, house, key):
    """kill -9 at any moment: the backup is whole or not there, and so is what is restored."""
    chance = random.Random(SEED)
    began = time.monotonic()
    must("backup", os.path.join(folder, "timed.sealed"), "--seal-to", key + ".pub", house=house)
    takes = {"backup": time.monotonic() - began}
    began = time.monotonic()
    must("restore", os.path.join(folder, "timed.sealed"), "--key-file", key, house=os.path.join(folder, "timed"))
    takes["restore"] = time.monotonic() - began
    whole = {"backup": 0, "restore": 0}
    for number in range(24):
        sealed, target = (os.path.join(folder, "killed-%d%s" % (number, end)) for end in (".sealed", ""))
        for verb, words, made in (("backup", [sealed, "--seal-to", key + ".pub", "--house", house], sealed),
                                  ("restore", [os.path.join(folder, "timed.sealed"), "--key-file", key, "--house", target], target)):
            process = subprocess.Popen([BIN, verb, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.random() * takes[verb] * 1.2)
            process.send_signal(signal.SIGKILL)
            process.wait()
            if not os.path.exists(made):
                continue
            whole[verb] += 1
            verified = ("backup", "verify", made, "--key-file", key) if verb == "backup" else ("journal", "verify", made)
            check.equal(code(*verified), "done", "what is there after a kill is whole: " + verb)
    print("killed: %d of 24 backups and %d restores were done before" % (whole["backup"], whole["restore"]))
    must("backup", os.path.join(folder, "after.sealed"), "--seal-to", key + ".pub", house=house)
    check.equal([name for name in os.listdir(house) if name.startswith("backup.new")], [],
                "the next backup removes what the killed ones left in the open")


def main():
    began = time.monotonic()
    with Folder() as folder:
        house, accounts = os.path.join(folder, "house"), os.path.join(folder, "accounts.db")
        must("demo", house=house, lang="en")
        password = os.path.join(folder, "password")
        with open(password, "w", encoding="utf-8") as file:
            file.write(PASSWORD + "\n")
        must("admin", "create", "--accounts", accounts, "--login", "admin", "--password-file", password)
        key, sealed = read_again(folder, house, accounts)
        restored(folder, house, key, sealed)
        with_the_key(folder, house, key, accounts)
        left(folder, key, sealed)
        refusals(folder, house, key, sealed, accounts)
        changed(folder, key, sealed)
        os.mkdir(os.path.join(folder, "busy-server"))
        while_it_writes(folder)
        killed(folder, house, key)
    print("%.1f s" % (time.monotonic() - began))
    check.end()


if __name__ == "__main__":
    main()
