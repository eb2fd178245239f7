"""anlan doctor: each fault is planted on a real installation, and found: this finding and no other. Nothing is changed.

Where a finding's fix is a whole command, the command is run and the installation is well again.
"""

import hashlib
import json
import os
import resource
import shutil
import socket
import sqlite3
import subprocess
import time

from _accounts import FORMAT_1
from _anlan import BIN, Check, Folder, anlan, house_rows, must
from _http import PASSWORD
from backup_tamper import flip, without_triggers
from forged_journal import COLUMNS, chain_after

check = Check("doctor")
ROOT = os.geteuid() == 0
DEMO = "ningbo-demo"


def tree(path):
    """Everything that a file system says of a folder: a doctor looks and leaves no trace."""
    said = []
    for folder, names, files in sorted(os.walk(path)):
        for name in sorted(names + files):
            whole = os.path.join(folder, name)
            info = os.lstat(whole)
            content = b""
            if os.path.isfile(whole) and not os.path.islink(whole):
                with open(whole, "rb") as file:
                    content = hashlib.sha256(file.read()).digest()
            said.append((whole, info.st_mode, info.st_uid, info.st_mtime_ns, content))
    return said


def write(path, text, mode=0o600):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, mode)


def statement(database, *statements):
    connection = sqlite3.connect(database)
    for each in statements:
        connection.execute(*each) if isinstance(each, tuple) else connection.execute(each)
    connection.commit()
    connection.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def certificate(folder, name="tls"):
    key, pem = (os.path.join(folder, name + end) for end in (".key", ".pem"))
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "365", "-subj", "/CN=localhost", "-keyout", key, "-out", pem], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.chmod(key, 0o600)
    return pem, key


class Installation:
    """A copy of the healthy one, for one fault."""

    def __init__(self, healthy, folder):
        self.folder = folder
        shutil.copytree(healthy, folder, symlinks=True)
        self.house = os.path.join(folder, "house")
        self.accounts = os.path.join(folder, "accounts.db")
        self.backups = os.path.join(folder, "backups")
        self.config = os.path.join(folder, "serve.toml")
        self.pem, self.key = os.path.join(folder, "tls.pem"), os.path.join(folder, "tls.key")
        self.settings = {"houses": [self.house], "accounts": self.accounts, "address": "127.0.0.1", "port": free_port(),
                         "certificate": self.pem, "private_key": self.key}
        self.words = ["--backups", self.backups]
        self.before = []  # what stands before the program's name
        self.preexec = None
        self.mend = None  # the fix as it is, or with its capitals filled in

    def journal(self):
        return os.path.join(self.house, "journal.db")

    def personal(self):
        return os.path.join(self.house, "personal.db")

    def write_config(self):
        lines = ["%s = %s" % (key, ("[%s]" % ", ".join('"%s"' % each for each in value)) if isinstance(value, list)
                              else value if isinstance(value, int) else '"%s"' % value)
                 for key, value in self.settings.items()]
        write(self.config, "\n".join(lines) + "\n", 0o644)

    def examined(self, lang="en"):
        done = subprocess.run([*self.before, BIN, "doctor", "--config", self.config, *self.words, "--json", "--lang", lang],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              preexec_fn=self.preexec, check=False)
        try:
            return done.returncode, json.loads(done.stdout)
        except ValueError:
            raise SystemExit("FAILED: no answer: %r %r" % (done.stdout, done.stderr))


def prepare(folder):
    """A healthy installation: the house of the demonstration, accounts, a backup, a certificate."""
    healthy = os.path.join(folder, "healthy")
    os.mkdir(healthy, 0o700)
    house, accounts = os.path.join(healthy, "house"), os.path.join(healthy, "accounts.db")
    must("demo", house=house, lang="en")
    write(os.path.join(healthy, "password"), PASSWORD + "\n")
    must("admin", "create", "--accounts", accounts, "--login", "admin", "--password-file", os.path.join(healthy, "password"))
    must("admin", "join", "--accounts", accounts, "--login", "admin", "--house-name", DEMO, "--actor", "zhou.uw")
    # As a sign-in would leave it: a second factor that was confirmed.
    statement(accounts, ("UPDATE accounts SET second_factor = ?, second_factor_confirmed = 1", (os.urandom(20),)))
    backups = os.path.join(healthy, "backups")
    os.mkdir(backups, 0o700)
    must("backup", os.path.join(backups, "house.backup"), house=house)
    certificate(healthy)
    settle(healthy)
    return healthy


def settle(folder):
    """No log beside a database, as after a process that ended by itself."""
    for name, _, files in os.walk(folder):
        for file in files:
            if file.endswith(".db"):
                statement(os.path.join(name, file), "PRAGMA wal_checkpoint(TRUNCATE)")


# ---- faults: each plants one and says which finding it is

FAULTS = {}


def fault(code, mends=False, needs=None):
    def note(function):
        FAULTS.setdefault(code, []).append((function, mends, needs))
        return function
    return note


@fault("house_missing")
def _(at):
    at.settings["houses"].append(os.path.join(at.folder, "nowhere"))


@fault("folder_open", mends=True)
def _(at):
    os.chmod(at.house, 0o755)


@fault("folder_not_writable", mends=True)
def _(at):
    os.chmod(at.house, 0o500)


def can_mount():
    return ROOT and subprocess.run(["unshare", "-m", "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0


@fault("read_only_file_system", needs=can_mount)
def _(at):
    script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    at.before = ["unshare", "-m", "sh", "-c", script, at.house]


@fault("owner_differs", mends=True, needs=lambda: ROOT)
def _(at):
    os.chown(os.path.join(at.house, "keys"), 65534, 65534)


@fault("house_twice")
def _(at):
    copy = os.path.join(at.folder, "copy")
    shutil.copytree(at.house, copy)
    at.settings["houses"].append(copy)


@fault("leftover", mends=True)
def _(at):
    os.mkdir(at.house + ".new-a1B2c3", 0o700)


@fault("leftover", mends=True)
def _(at):
    gone = subprocess.Popen(["true"])
    gone.wait()
    os.mkdir(os.path.join(at.house, "backup.new-%d" % gone.pid), 0o700)


@fault("disk_nearly_full")
def _(at):
    at.words += ["--free-mib", "1000000000"]


@fault("key_missing")
def _(at):
    os.remove(os.path.join(at.house, "keys", "signing.key"))


@fault("key_missing")
def _(at):
    os.remove(os.path.join(at.house, "keys", "personal.key"))


@fault("key_open", mends=True)
def _(at):
    os.chmod(os.path.join(at.house, "keys", "signing.key"), 0o640)


@fault("key_malformed")
def _(at):
    write(os.path.join(at.house, "keys", "signing.key"), "no key\n")


def other_keys(at, name):
    other = os.path.join(os.path.dirname(at.folder), "other-keys")
    if not os.path.isdir(other):
        must("init", "--name", "other", "--sandbox", house=other, as_="op", at="2026-02-23T09:00:00+08:00")
    shutil.copy2(os.path.join(other, "keys", name), os.path.join(at.house, "keys", name))


@fault("key_of_other")
def _(at):
    other_keys(at, "signing.key")


@fault("personal_key_other")
def _(at):
    other_keys(at, "personal.key")


@fault("log_unreadable")
def _(at):
    with open(at.journal() + "-wal", "wb") as file:
        file.write(os.urandom(5000))


@fault("journal_foreign")
def _(at):
    os.remove(at.journal())
    statement(at.journal(), "CREATE TABLE notes(text)", "PRAGMA application_id = 7")
    at.words = []


@fault("journal_newer")
def _(at):
    statement(at.journal(), "PRAGMA user_version = 9")
    settle(at.house)


@fault("journal_damaged")
def _(at):
    with open(at.journal(), "r+b") as file:
        file.seek(4096 * 3)
        file.write(bytes(4096 * 2))


@fault("journal_broken")
def _(at):
    without_triggers(at.journal(), ("UPDATE records SET actor = 'mallory' WHERE seq = 20", ()))
    settle(at.house)


@fault("event_unknown")
def _(at):
    last = house_rows(at.house)[-1]
    record = (last[0] + 1, last[1], 60000, 1, 0, 1, "op", "later", bytes(32), b"")
    statement(at.journal(), ("INSERT INTO records(%s, chain) VALUES(%s)" % (", ".join(COLUMNS), ", ".join("?" * 11)),
                             (*record, chain_after(last[10], record))))
    settle(at.house)


@fault("clock_stepped_back")
def _(at):
    live = os.path.join(at.folder, "live")
    must("init", "--name", "live", house=live, as_="op")
    at.settings = {"houses": [live], "accounts": at.accounts, "address": "127.0.0.1", "port": free_port()}
    statement(at.accounts, "DELETE FROM memberships")
    settle(at.folder)
    at.words = ["--on", "2024-01-01T00:00:00+08:00"]


def cut(at):
    last = [row[0] for row in house_rows(at.house) if row[4] == 0]
    without_triggers(at.journal(), ("DELETE FROM records WHERE seq >= ?", (last[-3],)))
    settle(at.house)


@fault("journal_shortened")
def _(at):
    cut(at)  # its backup knows better


@fault("journal_shortened")
def _(at):
    head = os.path.join(at.folder, "head.json")
    must("journal", "head", "--out", head, house=at.house)
    settle(at.house)
    cut(at)
    at.words = ["--head", head]


@fault("head_contradicted")
def _(at):
    other = os.path.join(at.folder, "told-again")
    must("demo", house=other, lang="en")
    head = os.path.join(at.folder, "head.json")
    must("journal", "head", "--out", head, house=other)
    shutil.rmtree(other)
    at.words += ["--head", head]


@fault("vault_missing")
def _(at):
    os.remove(at.personal())


@fault("vault_damaged")
def _(at):
    statement(at.personal(), ("UPDATE items SET sealed = ?", (os.urandom(60),)))
    settle(at.house)


def a_blob(at):
    return sorted(os.path.join(folder, name) for folder, _, names in os.walk(os.path.join(at.house, "blobs"))
                  for name in names)


@fault("blob_altered")
def _(at):
    flip(a_blob(at)[0], 10, 1)


@fault("blob_gone")
def _(at):
    shutil.rmtree(os.path.join(at.house, "blobs"))
    os.mkdir(os.path.join(at.house, "blobs"), 0o700)


@fault("backup_missing")
def _(at):
    os.remove(os.path.join(at.backups, "house.backup"))


@fault("backup_old")
def _(at):
    old = time.time() - 30 * 86400
    os.utime(os.path.join(at.backups, "house.backup"), (old, old))


@fault("backup_old")
def _(at):
    """A sealed one counts as well, though only its time can be seen."""
    sealed = os.path.join(at.folder, "sealed.backup")
    must("backup", "key", os.path.join(at.folder, "backup.key"))
    must("backup", sealed, "--seal-to", os.path.join(at.folder, "backup.key.pub"), house=at.house)
    os.remove(os.path.join(at.backups, "house.backup"))
    os.rename(sealed, os.path.join(at.backups, "house.sealed"))
    old = time.time() - 30 * 86400
    os.utime(os.path.join(at.backups, "house.sealed"), (old, old))


@fault("backup_damaged")
def _(at):
    backup = os.path.join(at.backups, "house.backup")
    without_triggers(backup, ("UPDATE records SET actor = 'mallory' WHERE seq = 20", ()))


@fault("accounts_missing")
def _(at):
    os.remove(at.accounts)


@fault("accounts_open", mends=True)
def _(at):
    os.chmod(at.accounts, 0o644)


@fault("accounts_foreign")
def _(at):
    os.remove(at.accounts)
    statement(at.accounts, "CREATE TABLE notes(text)")
    os.chmod(at.accounts, 0o600)


@fault("accounts_newer")
def _(at):
    statement(at.accounts, "PRAGMA user_version = 90")
    settle(at.folder)


@fault("accounts_older", mends=True)
def _(at):
    kept = {"accounts": "account, login, display_name, password, administrator, disabled, created, second_factor, "
                        "second_factor_confirmed, second_factor_step",
            "sessions": "session, account, token, created, used, peer"}
    statement(at.accounts, *("DROP TABLE " + table for table in (
        "upgrades", "invitations", "passkeys", "organisations", "organisation_houses", "company_grants")))
    statement(at.accounts, *("ALTER TABLE %s RENAME TO %s_2" % (table, table) for table in kept))
    statement(at.accounts, *(each for each in FORMAT_1 if each.startswith(("CREATE TABLE accounts(", "CREATE TABLE sessions("))))
    statement(at.accounts, *("INSERT INTO %s SELECT %s FROM %s_2" % (table, columns, table) for table, columns in kept.items()),
              *("DROP TABLE %s_2" % table for table in kept), "PRAGMA user_version = 1")
    settle(at.folder)


@fault("accounts_damaged")
def _(at):
    with open(at.accounts, "r+b") as file:
        file.seek(4096)
        file.write(bytes(4096 * 3))


@fault("accounts_damaged")
def _(at):
    statement(at.accounts, "CREATE TABLE notes(text)")
    settle(at.folder)


@fault("no_administrator")
def _(at):
    statement(at.accounts, "UPDATE accounts SET administrator = 0")
    settle(at.folder)


@fault("administrator_one_factor")
def _(at):
    statement(at.accounts, "UPDATE accounts SET second_factor = NULL, second_factor_confirmed = 0")
    settle(at.folder)


@fault("membership_unknown")
def _(at):
    statement(at.accounts, "UPDATE memberships SET actor = 'nobody.here'")
    settle(at.folder)


@fault("config_unknown_key")
def _(at):
    at.settings["prot"] = 8420
    at.words += [at.house, "--accounts", at.accounts]


@fault("config_refused")
def _(at):
    at.settings["port"] = "many"
    at.words += [at.house, "--accounts", at.accounts]


@fault("tls_half")
def _(at):
    del at.settings["private_key"]


@fault("certificate_unusable")
def _(at):
    write(at.pem, "no certificate\n", 0o644)


@fault("certificate_expired")
def _(at):
    at.words = ["--on", "2099-01-01T00:00:00+08:00"]


@fault("certificate_early")
def _(at):
    at.words = ["--on", "2024-01-01T00:00:00+08:00"]


@fault("certificate_ends_soon")
def _(at):
    at.words += ["--certificate-days", "366"]


@fault("certificate_key_differs")
def _(at):
    _, at.settings["private_key"] = certificate(at.folder, "other")


@fault("tls_key_open", mends=True)
def _(at):
    os.chmod(at.key, 0o644)


@fault("public_without_tls")
def _(at):
    del at.settings["certificate"], at.settings["private_key"]
    at.settings["address"] = "0.0.0.0"


@fault("port_taken")
def _(at):
    at.listener = socket.socket()
    at.listener.bind(("127.0.0.1", 0))
    at.listener.listen()
    at.settings["port"] = at.listener.getsockname()[1]


@fault("address_unavailable")
def _(at):
    at.settings["address"] = "192.0.2.1"


@fault("socket_folder", mends=True)
def _(at):
    at.settings["socket"] = os.path.join(at.folder, "run", "anlan.sock")


@fault("files_few")
def _(at):
    at.preexec = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))


# ---- the round

SEVERITY = {}


def plant(healthy, folder, code, number, planted):
    function, mends, _ = planted
    at = Installation(healthy, os.path.join(folder, "%s-%d" % (code, number)))
    function(at)
    at.write_config()
    before = tree(at.folder)
    status, reply = at.examined()
    label = "%s (%d)" % (code, number)
    check.equal([each["code"] for each in reply["findings"]], [code], "%s: what is found" % label)
    check.equal(tree(at.folder), before, label + ": nothing was changed")
    check.equal(status, 1 if reply["errors"] else 0, label + ": the exit status")
    found = reply["findings"][0] if reply["findings"] else None
    if not found or found["code"] != code:
        return
    SEVERITY[code] = found["severity"]
    check.equal(reply["errors"] + reply["warnings"], 0 if found["severity"] == "note" else 1, label + ": it is counted")
    for lang in ("zh", "en"):
        _, told = at.examined(lang)
        for part in ("what", "effect", "fix"):
            text = told["findings"][0][part]
            check.that(text and "{" not in text and "doctor_" not in text, "%s: %s in %s: %r" % (label, part, lang, text))
    if mends:
        path = dict(os.environ, PATH=os.path.dirname(BIN) + ":" + os.environ["PATH"])
        done = subprocess.run(["sh", "-c", found["fix"]], env=path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        check.equal(done.returncode, 0, "%s: the fix %r: %s" % (label, found["fix"], done.stderr))
        status, reply = at.examined()
        check.equal((status, reply["findings"]), (0, []), label + ": it is mended")
    if getattr(at, "listener", None):
        at.listener.close()
    shutil.rmtree(at.folder)


def running(healthy, folder):
    """Beside a server: it is named, nothing is an error, and it goes on; killed, its log is there and nothing is lost."""
    at = Installation(healthy, os.path.join(folder, "running"))
    at.write_config()
    server = subprocess.Popen([BIN, "serve", "--config", at.config], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL)
    try:
        server.stdout.readline()
        status, reply = at.examined()
        check.equal((status, [each["code"] for each in reply["findings"]]), (0, ["house_in_use", "accounts_in_use"]),
                    "beside a server")
        for each in reply["findings"]:
            check.that(str(server.pid) in each["what"], "which process: " + each["what"])
        check.equal(server.poll(), None, "the server goes on")
    finally:
        server.kill()
        server.wait()
    shutil.rmtree(at.folder)


def log_left(healthy, folder):
    """What a killed writer leaves in the log is read, without a file being made beside it."""
    at = Installation(healthy, os.path.join(folder, "log-left"))
    writer = sqlite3.connect(at.journal())
    writer.execute("PRAGMA journal_mode=WAL")
    last = house_rows(at.house)[-1]
    record = (last[0] + 1, last[1], 60000, 1, 0, 1, "op", "later", bytes(32), b"")
    writer.execute("INSERT INTO records(%s, chain) VALUES(%s)" % (", ".join(COLUMNS), ", ".join("?" * 11)),
                   (*record, chain_after(last[10], record)))
    writer.commit()
    killed = os.path.join(folder, "log-killed")
    shutil.copytree(at.folder, killed)  # with the log, as a killed process leaves it
    writer.close()
    shutil.rmtree(at.folder)
    os.rename(killed, at.folder)
    os.remove(at.journal() + "-shm")
    at.write_config()
    before = tree(at.folder)
    _, reply = at.examined()
    check.equal([each["code"] for each in reply["findings"]], ["log_left", "event_unknown"], "the log is read")
    check.equal(tree(at.folder), before, "a log: nothing was changed")
    shutil.rmtree(at.folder)


def main():
    with Folder() as folder:
        healthy = prepare(folder)
        at = Installation(healthy, os.path.join(folder, "well"))
        at.write_config()
        before = tree(at.folder)
        status, reply = at.examined()
        check.equal((status, reply["findings"], reply["errors"], reply["warnings"]), (0, [], 0, 0), "a healthy installation")
        check.equal([(house["name"], house["backup"]["file"], house["backup"]["days"]) for house in reply["houses"]], [(DEMO, "house.backup", 0)], "its house, and the newest backup")
        check.that(reply["certificate"]["days"] in (364, 365), "its certificate: %s" % reply["certificate"])
        check.equal(tree(at.folder), before, "healthy: nothing was changed")
        shutil.rmtree(at.folder)
        left_out = []
        for code, planted in FAULTS.items():
            for number, each in enumerate(planted):
                if each[2] and not each[2]():
                    left_out.append(code)
                    continue
                plant(healthy, folder, code, number, each)
        running(healthy, folder)
        log_left(healthy, folder)
        check.equal(anlan("doctor", json=True).error()["code"], "nothing_examined", "nothing was named")
        print("doctor: %d kinds of fault planted%s" % (len(FAULTS), ", left out here: " + ", ".join(left_out) if left_out else ""))
        check.that(len(FAULTS) - len(left_out) >= 40, "as many as there are")
    check.end()


if __name__ == "__main__":
    main()
