"""Command lines for a house that is served: run by its server, they print and record what they would beside the folder.

The year of the demonstration three times from one beginning: typed, typed while a server runs, and sent with API keys. The
contact persons are left out of the companies' files, in all three: a ciphertext is new each time it is made."""

import base64
import http.client
import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import tomllib

from _anlan import BIN, Check, Folder, SOURCE, anlan, house_rows, must, small_house
from _http import Server

check = Check("http_forward")
HOUSE = "ningbo-demo"
LOCAL = ("init", "journal")  # they work on the folder itself


def steps():
    with open(os.path.join(SOURCE, "data", "demo", "script.toml"), "rb") as file:
        return list(enumerate(run for step in tomllib.load(file)["step"] for run in step["run"]))


def typed(*words, stdin=b"", **options):
    """Status, output and errors of a command line, as bytes."""
    command = [BIN, *map(str, words)]
    for name in ("house", "as_", "at", "key", "lang", "data"):
        if options.get(name) is not None:
            command += ["--" + name.rstrip("_"), str(options[name])]
    command += ["--json"] * bool(options.get("json"))
    done = subprocess.run(command, input=stdin, capture_output=True, timeout=300, check=False, cwd=options.get("cwd"))
    return done.returncode, done.stdout, done.stderr


def copied_files(folder):
    """The files that the demonstration names, as files; a company's without its contact."""
    os.makedirs(folder)
    for _, step in steps():
        for word in step["words"]:
            if not word.startswith("@"):
                continue
            with open(os.path.join(SOURCE, "data", word[1:]), encoding="utf-8") as file:
                text = re.sub(r"^\[contact\][^\n]*\n(?:[^\[\n][^\n]*\n|\n)*", "", file.read(), flags=re.M)
            check.that("[contact]" not in text, word + " without its contact")
            with open(os.path.join(folder, os.path.basename(word)), "w", encoding="utf-8") as file:
                file.write(text)


def filled(words, saved, files):
    return [word.format(**saved) if word.startswith("{") else
            os.path.join(files, os.path.basename(word)) if word.startswith("@") else word for word in words]


def begin(house):
    """The people of the house: what comes before the first company."""
    for number, step in steps():
        if step["words"][0] == "enterprise":
            return number
        must(*step["words"], house=house, as_=step["as"], at=step["at"], key="step-%d" % number)
    raise SystemExit("FAILED: the demonstration registers nobody")


def year_of_words(house, first, files):
    """Each command for programs and, under the same key, once more for people; what it said."""
    saved, said = {}, []
    for number, step in steps()[first:]:
        if step["words"][0] in LOCAL:
            continue
        words = filled(step["words"], saved, files)
        options = {"house": house, "as_": step["as"], "at": step["at"], "key": "step-%d" % number}
        answer = typed(*words, json=True, lang="en", **options)
        said.append((words, answer))
        said.append((words, typed(*words, lang="zh" if number % 2 else "en", **options)))
        if answer[0] == 0 and "save" in step:
            saved[step["save"]] = json.loads(answer[1])["id"]
    return said, saved


def year_over_http(server, first, files):
    saved = {}
    for number, step in steps()[first:]:
        words = filled(step["words"], saved, files)
        operation = server.request_of(words)[0]
        if step["words"][0] in LOCAL or (step["as"] == "op" and not operation["roles"]):
            continue  # an operator reads no business data, and nothing of it is recorded
        status, reply = send(server, words, step, "step-%d" % number)
        if step.get("refused"):
            check.equal(reply["error"]["code"], step["refused"], "refused as typed: " + " ".join(words))
        elif check.equal(status, 200, "%s: %s" % (" ".join(words), json.dumps(reply)[:300])) and "save" in step:
            saved[step["save"]] = reply["id"]
    return saved


def send(server, words, step, key):
    """A command line as a request: the files go along, by their names and bytes."""
    operation, path, options = server.request_of(words)
    for name, value in options.items():
        if isinstance(value, str) and os.path.isfile(value):
            with open(value, "rb") as file:
                options[name] = {"name": os.path.basename(value), "base64": base64.b64encode(file.read()).decode()}
    headers = {"Authorization": "Bearer " + server.tokens[(HOUSE, step["as"])], "Accept-Language": "en", "Anlan-At": step["at"]}
    if not operation["roles"]:
        query = "&".join("%s=%s" % pair for pair in options.items())
        return server.send("GET", path + ("?" + query if query else ""), None, headers)[:2]
    return server.send("POST", path, options, {**headers, "Idempotency-Key": key})[:2]


def same(one, two, what):
    for (words, mine), (_, its) in zip(one, two):
        check.equal(its, mine, "%s: %s" % (what, " ".join(words)))
    check.equal(len(one), len(two), what)


def head(house):
    found = must("journal", "head", house=house, json=True).json()
    return {"seq": found["seq"], "chain": found["chain"]}


def year(folder):
    files = os.path.join(folder, "files")
    copied_files(files)
    alone, carried, sent = (os.path.join(folder, name) for name in ("alone", "carried", "sent"))
    first = begin(alone)
    for other in (carried, sent):
        shutil.copytree(alone, other)
    said, ids = year_of_words(alone, first, files)
    people = sorted({(HOUSE, step["as"]) for _, step in steps()})
    os.makedirs(os.path.join(folder, "one"))
    with Server(os.path.join(folder, "one"), [carried], people) as server:
        refused = anlan("backup", os.path.join(folder, "b"), "--seal-to", os.path.join(folder, "none"), house=carried)
        check.that(refused.status != 0, "no key to seal it to")
        again, _ = year_of_words(carried, first, files)
        same(said, again, "as without a server")
        check.equal(head(carried), head(alone), "the chain head of commands that were carried")
        keys_of_the_year(server, carried, first, files, ids)
        outputs(folder, alone, carried, ids)
        standing(folder, alone, carried, ids)
    check.equal(server.status, 0, "the server ends as asked")
    os.makedirs(os.path.join(folder, "two"))
    with Server(os.path.join(folder, "two"), [sent], people) as server:
        year_over_http(server, first, files)
    compare(house_rows(alone), house_rows(sent))
    check.that(head(sent)["chain"] == house_rows(alone)[len(house_rows(sent)) - 1][10].hex(), "the chain head of requests")
    must("journal", "verify", house=carried)
    check.that(not os.path.exists(os.path.join(carried, "server.sock")), "the socket goes with its server")


def compare(one, two):
    check.that(len(one) >= len(two) > 150, "records: %d and %d" % (len(one), len(two)))
    for mine, its in zip(one, two):
        check.equal(its, mine, "record %d" % mine[0])


def keys_of_the_year(server, house, first, files, ids):
    """What was typed under a key is found again over HTTP, and records nothing."""
    before, saved, found = len(house_rows(house)), dict(ids), 0
    for number, step in steps()[first:]:
        words = filled(step["words"], saved, files)
        if step["words"][0] in LOCAL or step.get("refused") or not server.request_of(words)[0]["roles"]:
            continue
        status, reply = send(server, words, step, "step-%d" % number)
        # A signed document does not say so of itself; that nothing is recorded is asked below.
        check.equal((status, reply.get("repeated", "document" in reply)), (200, True), "typed, then asked for again: %s: %s" % (" ".join(words), str(reply)[:200]))
        found += 1
    check.that(found > 60, "%d keys were tried" % found)
    check.equal(len(house_rows(house)), before, "nothing was recorded twice")


def both(alone, carried, *words, cwd=(None, None), **options):
    """The same command beside a folder and beside a served one; where a file is written, each in a folder of its own."""
    mine = typed(*words, house=alone, cwd=cwd[0], **options)
    its = typed(*words, house=carried, cwd=cwd[1], **options)
    for old, new in ((carried, alone), *([(cwd[1], cwd[0])] if cwd[0] else [])):
        its = (its[0], its[1].replace(old.encode(), new.encode()), its[2].replace(old.encode(), new.encode()))
    check.equal(its, mine, " ".join(map(str, words)) + " " + str({key: options[key] for key in options if key != "stdin"}))
    return mine


def outputs(folder, alone, carried, ids):
    """Files that are written, where the command was typed."""
    places = [os.path.join(folder, name) for name in ("here", "there")]
    for place in places:
        os.makedirs(os.path.join(place, "taken"))
        with open(os.path.join(place, "there.pdf"), "wb") as file:
            file.write(b"something else")
    when = {"as_": "zhou.uw", "at": "2027-07-21T09:00:00+08:00", "cwd": places}
    pol, ent = ids["pol"], ids["ent"]
    for number, words in enumerate((
            ("policy", "document", pol, "--out", "policy.json"), ("policy", "document", pol, "--out", "policy.json"),
            ("policy", "document", pol, "--out", "policy.json", "--replace"),
            ("policy", "document", pol, "--out", "no/such/folder/policy.json"),
            ("print", "policy", pol, "--out", "policy.pdf"), ("print", "policy", pol, "--out", "there.pdf"),
            ("print", "policy", pol, "--out", "taken"), ("print", "policy", pol, "--out", "-"),
            ("enterprise", "export", ent, "--out", "company.json"), ("enterprise", "export", ent, "--out", "company.xlsx"),
            ("enterprise", "export", ent, "--form", "csv"), ("enterprise", "export", ent, "--out", "company.json"),
            ("policy", "list", "--pdf", "list.pdf"), ("policy", "list", "--xlsx", "list.xlsx"),
            ("policy", "list", "--pdf", "both.pdf", "--xlsx", "both.xlsx"), ("policy", "list", "--pdf", "list.pdf"),
            ("policy", "show", pol, "--pdf", "no/such/show.pdf"), ("policy", "bind", ids["quo"], "--pdf", "bind.pdf"))):
        for json_too in (False, True):
            both(alone, carried, *words, key="out-%d" % number, lang="en", json=json_too, **when)
    for place, house in zip(places, (alone, carried)):
        inside = anlan("print", "policy", pol, "--out", os.path.join(house, "x.pdf"), house=house, as_="zhou.uw", at=when["at"], json=True)
        check.equal((inside.error()["code"], inside.error()["value"]), ("pdf_inside_house", os.path.join(house, "x.pdf")), "inside the house")
        check.that(not os.path.exists(os.path.join(house, "x.pdf")), "and nothing is written there")
    found = [{name: open(os.path.join(place, name), "rb").read() for name in os.listdir(place) if name != "taken"} for place in places]
    check.equal(sorted(found[1]), sorted(found[0]), "the files that were written")
    check.that({"policy.json", "policy.pdf", "company.json", "company.xlsx", "list.pdf", "list.xlsx"} <= set(found[0]), str(sorted(found[0])))
    for name, data in found[0].items():
        check.that(found[1][name] == data, "the bytes of " + name)


def standing(folder, alone, carried, ids):
    """Standard input, dry runs, batches, what is refused, and what is answered where it was typed."""
    at = {"as_": "wang.broker", "at": "2027-07-21T10:00:00+08:00"}
    with open(os.path.join(folder, "files", "enterprise_b.toml"), "rb") as file:
        company = file.read().replace("甬".encode(), "新".encode())
    both(alone, carried, "enterprise", "facts", ids["ent"], "-", stdin=company, key="stdin", lang="zh", **at)
    both(alone, carried, "enterprise", "facts", ids["ent"], "-", stdin=b"not toml", lang="en", **at)
    both(alone, carried, "enterprise", "facts", ids["ent"], "no-such-file.toml", lang="en", **at)
    both(alone, carried, "enterprise", "facts", ids["ent"], folder, lang="en", **at)
    both(alone, carried, "quote", "issue", ids["ent"], "--product", "ningbo-2023-a", "--from", "2027-08-01", "--dry-run", lang="en", **at)
    both(alone, carried, "policy", "bind", ids["quo"], lang="en", json=True, **at)
    both(alone, carried, "policy", "show", "pol_99999", lang="en", **at)
    both(alone, carried, "policy", "show", lang="en", **at)
    both(alone, carried, "policy", "shoe", lang="en", **at)
    both(alone, carried, "policy", "list", lang="en", as_=None, at=None)
    both(alone, carried, "journal", "show", lang="en", json=True)
    both(alone, carried, "compare", ids["ent"], "--wordings", "./none.toml,ningbo-2023-a", lang="en", **at)
    both(alone, carried, "wording", "list", lang="en")
    both(alone, carried, "capital", "pay-in", "1.00", lang="en")
    lines = [{"as": "qian.finance", "at": "2027-07-22T09:00:0%d+08:00" % n, "key": "batch-%d" % n, "words": words} for n, words in enumerate(
        (["capital", "pay-in", "5.00"], ["policy", "show", ids["pol"]], ["policy", "show", "pol_7777"], ["product", "list"], ["no", "such"]))]
    batch = os.path.join(folder, "batch.jsonl")
    with open(batch, "w", encoding="utf-8") as file:
        file.write("".join(json.dumps(line) + "\n" for line in lines))
    both(alone, carried, "batch", batch, lang="en")
    check.equal(head(carried), head(alone), "the chain head after all that")
    data = os.path.join(folder, "data")
    os.makedirs(data)
    busy = anlan("capital", "pay-in", "1.00", house=carried, data=data, as_="qian.finance", lang="en", json=True)
    check.equal((busy.status, busy.error()["code"]), (1, "house_busy"), "with files of its own it does not go to the server")
    check.equal(must("policy", "list", house=carried, data=data, lang="en").out, must("policy", "list", house=carried, lang="en").out,
                "reading goes on beside the server")


def sockets(folder):
    """The socket: its mode, its users, what else is asked there, a path that is long, a server that was killed."""
    deep = os.path.join(folder, "a-rather-long-name-of-a-folder" * 4, "b-rather-long-name-of-a-folder" * 3)
    os.makedirs(deep)
    house = os.path.join(deep, "house")
    small_house(house)
    path = os.path.join(house, "server.sock")
    with Server(folder, [house], [("test-house", "op"), ("test-house", "qian.finance")]) as server:
        check.equal(stat.S_IMODE(os.stat(path).st_mode), 0o600, "for its user alone")
        status, out, _ = typed("capital", "pay-in", "3.00", house=house, as_="qian.finance", at="2026-03-01T09:00:00+08:00", json=True)
        check.equal((status, json.loads(out).get("repeated")), (0, False), "a path longer than a socket's")
        for method, asked, body in (("GET", "/v1/policy/list", None), ("POST", "/v1/capital/pay-in", b"{}"), ("GET", "/command", None)):
            check.equal(ask(path, method, asked, body)[0], 404, "no door for %s %s" % (method, asked))
        for body in (b"{", b"[]", b"{}", json.dumps({"words": [{"word": "init"}], "folder": "x", "lang": "en"}).encode(),
                     json.dumps({"words": [{"word": "admin"}, {"word": "key"}], "folder": "x", "lang": "en"}).encode()):
            check.that(400 <= ask(path, "POST", "/command", body)[0] < 500, "no command: %r" % body)
        check.equal(server.send("POST", "/command", {"words": []})[0], 404, "and none of it over TCP")
        webhooks(server, house)
        others(folder, house, path)
        server.process.send_signal(signal.SIGKILL)
        server.process.wait(timeout=60)
        check.that(os.path.exists(path), "a server that was killed leaves its socket")
        must("capital", "pay-in", "4.00", house=house, as_="qian.finance", at="2026-03-01T10:00:00+08:00")
        server.start()
        must("capital", "pay-in", "5.00", house=house, as_="qian.finance", at="2026-03-01T11:00:00+08:00")


def ask(path, method, asked, body):
    """One request by the socket, reached through its folder: its path is too long for an address."""
    folder = os.open(os.path.dirname(path), os.O_PATH | os.O_DIRECTORY)
    try:
        line = http.client.HTTPConnection("localhost", timeout=60)
        line.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.sock.connect("/proc/self/fd/%d/%s" % (folder, os.path.basename(path)))
        line.request(method, asked, body)
        reply = line.getresponse()
        found = reply.status, reply.read()
        line.close()
        return found
    finally:
        os.close(folder)


def webhooks(server, house):
    """The server has the accounts, and so it answers for webhooks."""
    made = must("webhook", "add", "https://example.com/x", "--login", "admin", house=house, as_="op", json=True).json()
    check.that(made["secret"].startswith("whsec_") or made["secret"], "a secret")
    listed = must("webhook", "list", house=house, as_="op", json=True).json()
    check.equal([row["id"] for row in listed], [made["id"]], "the webhook that was added")
    missing = anlan("webhook", "add", "https://example.com/y", house=house, as_="op", json=True)
    check.equal(missing.error()["code"], "missing_option", "an account is needed")


def others(folder, house, path):
    """Another user is refused by the kernel's word, whatever the mode of the file says."""
    if os.getuid() != 0:
        return
    at = house
    while at != os.path.dirname(folder):
        os.chmod(at, 0o755)
        at = os.path.dirname(at)
    os.chmod(path, 0o666)
    script = ("import socket,os;s=socket.socket(socket.AF_UNIX);d=os.open(%r,os.O_PATH);"
              "s.connect('/proc/self/fd/%%d/server.sock'%%d);s.sendall(b'POST /command HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 2\\r\\n\\r\\n{}');"
              "print(s.recv(1000))" % house)
    done = subprocess.run(["python3", "-c", script], capture_output=True, text=True, user=65534, group=65534, cwd="/", check=False)
    check.that(done.stdout.strip() in ("b''", "") and "PermissionError" not in done.stderr, "dropped without a word: %s %s" % (done.stdout, done.stderr[-300:]))
    program = os.path.join(folder, "program")
    shutil.copy(BIN, program)
    os.chmod(program, 0o755)
    done = subprocess.run([program, "policy", "list", "--house", house, "--lang", "en", "--json"], capture_output=True, text=True,
                          user=65534, group=65534, cwd="/", check=False)
    error = json.loads(done.stdout)["error"]
    check.equal((done.returncode, error["code"]), (1, "served_by_other"), "the command line of another user: %s" % error)
    os.chmod(house, 0o700)


def main():
    with Folder() as folder:
        year(folder)
    with Folder() as folder:
        sockets(folder)
    check.end()


main()
