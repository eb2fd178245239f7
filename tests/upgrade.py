"""Accounts of the first format, made by the tables of then: planned, upgraded, rolled back, killed in between."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time

from _accounts import FORMAT_1
from _anlan import BIN, Check, Folder, anlan, must, small_house
from _http import PASSWORD, Server

check = Check("upgrade")

TABLES = ("accounts", "memberships", "recovery_codes", "sessions", "api_keys")


def columns():
    """Of each table of the first format."""
    connection = sqlite3.connect(":memory:")
    for statement in FORMAT_1:
        connection.execute(statement)
    return {table: ", ".join(row[1] for row in connection.execute("PRAGMA table_info(%s)" % table)) for table in TABLES}


COLUMNS = columns()


def content(path):
    connection = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
    try:
        return {table: sorted(map(repr, connection.execute("SELECT %s FROM %s" % (COLUMNS[table], table)))) for table in TABLES}
    finally:
        connection.close()


def version(path):
    connection = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
    try:
        return connection.execute("PRAGMA user_version").fetchone()[0]
    finally:
        connection.close()


def older(newer, path):
    """The same rows under the tables of the first format, in a file of its own."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA application_id=%d" % 0x414E4C41)
    connection.execute("PRAGMA user_version=1")
    for statement in FORMAT_1:
        connection.execute(statement)
    connection.execute("ATTACH ? AS newer", (newer,))
    for table in TABLES:
        connection.execute("INSERT INTO main.%s SELECT %s FROM newer.%s" % (table, COLUMNS[table], table))
    connection.commit()
    connection.close()
    os.chmod(path, 0o600)


def code(*words):
    answer = anlan(*words, json=True)
    return answer.error()["code"] if answer.status else "done"


def round_trip(folder, house, server):
    path = os.path.join(folder, "older.db")
    older(server.accounts, path)
    rows = content(path)
    check.that(len(rows["api_keys"]) == 2 and len(rows["accounts"]) == 1, "the older file holds rows")
    check.equal(code("admin", "list", "--accounts", path), "database_format", "this program does not read it as it is")
    plan = must("upgrade", house, "--accounts", path, "--plan", json=True).json()
    check.equal([(each["kind"], each["found"], each["known"], each["due"]) for each in plan],
                [("journal", 1, 1, False), ("vault", 1, 1, False), ("accounts", 1, 2, True)], "the plan")
    check.equal((version(path), os.path.exists(path + ".format-1")), (1, False), "a plan does nothing")
    for lang in ("zh", "en"):
        check.that("older.db" in must("upgrade", "--accounts", path, "--plan", lang=lang).out, "the plan for people")
    done = must("upgrade", house, "--accounts", path, json=True).json()[2]
    check.equal((done["found"], done["known"], done["kept"]), (1, 2, path + ".format-1"), "upgraded")
    check.equal((version(path), content(path)), (2, rows), "the same rows in the new format")
    check.equal((version(path + ".format-1"), content(path + ".format-1")), (1, rows), "the file of before is kept, whole")
    check.equal(os.stat(path + ".format-1").st_mode & 0o777, 0o600, "and its owner's")
    noted = sqlite3.connect(path).execute("SELECT found, reached FROM upgrades").fetchall()
    check.equal(noted, [(1, 2)], "it is noted in the file")
    check.equal(must("upgrade", "--accounts", path, json=True).json()[0]["due"], False, "twice does nothing more")
    must("admin", "list", "--accounts", path)
    # Back, while nothing was stored.
    must("upgrade", "--accounts", path, "--roll-back")
    check.equal((version(path), content(path), os.path.exists(path + ".format-1")), (1, rows, False), "rolled back")
    check.equal(code("upgrade", "--accounts", path, "--roll-back"), "nothing_kept", "there is nothing to go back to")
    # With a house that has nothing to go back to.
    must("upgrade", house, "--accounts", path)
    back = must("upgrade", house, "--accounts", path, "--roll-back", json=True).json()
    check.equal([(each["kind"], each["kept"] != "") for each in back], [("journal", False), ("vault", False), ("accounts", True)],
                "what each file had")
    check.equal((version(path), content(path)), (1, rows), "the accounts are rolled back beside it")
    check.equal(code("upgrade", house, "--roll-back"), "nothing_kept", "a house alone has nothing to go back to")
    # Forth again, and used: the keys of before open the door, and going back would lose what came since.
    must("upgrade", "--accounts", path)
    server.accounts = path
    with server:
        check.equal(server.run(["policy", "list"], "test-house", "zhou.uw")[0], 200, "a key that was made before the upgrade")
        check.equal(server.send("POST", "/v1/session/sign-in", {"login": "admin", "password": PASSWORD})[0], 200, "and a password")
        check.equal(code("upgrade", "--accounts", path, "--roll-back"), "house_busy", "not beside a server")
    check.equal(code("upgrade", "--accounts", path, "--roll-back"), "changed_since", "nothing that was stored since is lost")
    check.equal(version(path), 2, "it stays as it is")


def killed(folder, newer):
    """At any moment the file is of one format or the other, with its rows; a second try ends well."""
    chance = random.Random(20261122)
    template = os.path.join(folder, "template.db")
    older(newer, template)
    rows, formats = content(template), []
    timed = os.path.join(folder, "timed.db")
    shutil.copy2(template, timed)
    began = time.monotonic()
    must("upgrade", "--accounts", timed)
    takes = time.monotonic() - began
    for number in range(40):
        path = os.path.join(folder, "killed-%d.db" % number)
        shutil.copy2(template, path)
        process = subprocess.Popen([BIN, "upgrade", "--accounts", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.random() * takes * 1.2)
        process.send_signal(signal.SIGKILL)
        process.wait()
        formats.append(version(path))
        check.equal(content(path), rows, "killed %d: its rows" % number)
        must("upgrade", "--accounts", path)
        check.equal((version(path), content(path)), (2, rows), "killed %d: a second try" % number)
    print("killed: %d before, %d after the upgrade" % (formats.count(1), formats.count(2)))


def refused(folder, newer):
    for name, change, expected in (("ahead", "PRAGMA user_version=3", "format_unknown"),
                                   ("alien", "PRAGMA application_id=7", "format_unknown"),
                                   ("changed", "CREATE TABLE more(x)", "database_damaged")):
        path = os.path.join(folder, name + ".db")
        older(newer, path)
        connection = sqlite3.connect(path)
        connection.execute(change)
        connection.commit()
        connection.close()
        before = content(path)
        check.equal(code("upgrade", "--accounts", path), expected, name)
        check.equal(code("upgrade", "--accounts", path, "--plan"), expected, name + ", planned")
        check.equal((content(path), os.path.exists(path + ".format-1")), (before, False), name + ": nothing was done")
    path = os.path.join(folder, "other-copy.db")
    older(newer, path)
    older(newer, path + ".format-1")
    connection = sqlite3.connect(path + ".format-1")
    connection.execute("UPDATE accounts SET login = 'somebody'")
    connection.commit()
    connection.close()
    check.equal(code("upgrade", "--accounts", path), "file_exists", "the copy of another upgrade is not written over")
    check.equal(code("upgrade", "--accounts", os.path.join(folder, "nowhere.db")), "file_missing", "no such file")
    check.equal(code("upgrade"), "nothing_examined", "nothing was named")


def main():
    with Folder() as folder:
        house = os.path.join(folder, "house")
        small_house(house)
        server = Server(folder, [house], [("test-house", "zhou.uw")])
        newer = server.accounts
        shutil.copy2(newer, os.path.join(folder, "kept-newer.db"))
        round_trip(folder, house, server)
        killed(folder, os.path.join(folder, "kept-newer.db"))
        refused(folder, os.path.join(folder, "kept-newer.db"))
    check.end()


if __name__ == "__main__":
    main()
