"""Who reaches what over HTTP: every operation, by every kind of caller, on an object of its own, of another, and on none.

An object of another organisation answers exactly like one that is not there; a role that may not, and nobody at all, are
refused before anything is said of it.
"""

import json
import os
import re

from _anlan import ACTORS, Check, Folder, SOURCE, must, small_house
from _http import Server
from _sheets import credit_code

check = Check("http_access")

HOUSE = "test-house"
PEOPLE = ACTORS + (
    ("song.broker", "broker", "0.00"),
    ("gu.vendor", "security_vendor", "0.00"),
    ("sun.subsidy", "subsidy_officer", "0.00"),
    ("ren.holder", "policyholder", "0.00"),
    ("shen.auditor", "auditor", "0.00"),
)
ORGANISATIONS = {"wang.broker": "house-one", "song.broker": "house-two", "gu.vendor": "guard-vendor", "ren.holder": "factory"}
CALLERS = [name for name, _, _ in PEOPLE] + ["op"]
ROLES = {name: role for name, role, _ in PEOPLE} | {"op": "operator"}
STAFF = ("underwriter", "claims_handler", "claims_manager", "finance", "auditor")
LOCAL = {"init", "backup", "restore", "journal verify", "journal head", "model rerate"}
AT = "2026-03-02T09:00:00+08:00"


def people(house):
    for name, role, authority in PEOPLE:
        words = ["actor", "appoint", name, "--role", role, "--authority", authority, "--replace"]
        if name in ORGANISATIONS:
            words += ["--organisation", ORGANISATIONS[name]]
        must(*words, house=house, as_="op", at="2026-02-24T11:00:00+08:00", lang="en")


def objects(house):
    """What song.broker's organisation brought in: an id of each kind."""
    def given(*words, as_="song.broker", minute=0):
        return must(*words, house=house, as_=as_, at="2026-02-25T09:%02d:00+08:00" % minute, json=True, lang="en").json()["id"]

    path = house + ".company.toml"
    with open(os.path.join(SOURCE, "data", "demo", "enterprise.toml"), encoding="utf-8") as file:
        text = re.sub(r'credit_code = "[^"]*"', 'credit_code = "%s"' % credit_code(1), file.read())
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    enterprise = given("enterprise", "register", path, minute=1)
    return {"enterprise": enterprise}


def minimal(operation, ids):
    """The required options of an operation, with these ids where one is meant."""
    words = operation["name"].split()
    for option in operation["options"]:
        if not option["required"]:
            continue
        value = ids.get(option["name"], "x")
        words += [value] if option["positional"] else ["--" + option["name"], value]
    return words


def answer(server, operation, ids, caller):
    status, body, _ = server.run(minimal(operation, ids), HOUSE, caller, AT,
                                 method="POST" if operation["roles"] or posts(server, operation) else "GET")
    if isinstance(body, dict):
        body.pop("request", None)
    return status, body


def posts(server, operation):
    _, path, _ = server.request_of(minimal(operation, {}))
    pattern = path.replace("/x", "/{%s}" % operation["name"].split()[0], 1) if path not in server.paths else path
    return "post" in server.paths.get(pattern, server.paths.get(path, {}))


def same(reply, name, missing):
    """A reply with the id that was asked for taken out."""
    text = json.dumps(reply[1], ensure_ascii=False)
    return reply[0], text.replace(name, "ID").replace(missing, "ID")


def code(reply):
    return reply[0], (reply[1] or {}).get("error", {}).get("code") if isinstance(reply[1], dict) else None


def matrix(server, theirs):
    cells = 0
    for operation in server.operations:
        name = operation["name"]
        if name in LOCAL or name.startswith("admin "):
            continue
        words = minimal(operation, theirs)
        _, path, options = server.request_of(words)
        method = "POST" if operation["roles"] or posts(server, operation) else "GET"
        nobody = server.send(method, path, options if method == "POST" else None)
        check.equal(code(nobody), (401, "sign_in_needed"), name + ": nobody")
        cells += 1
        if operation["roles"]:
            reader = server.send("POST", path, options, {"Authorization": "Bearer " + server.reader})
            check.equal(code(reader), (403, "scope_missing"), name + ": a key that reads")
            cells += 1
        for caller in CALLERS:
            found = answer(server, operation, theirs, caller)
            none = answer(server, operation, {key: value[:3] + "_99999" for key, value in theirs.items()}, caller)
            cells += 2
            check.that(found[0] != 500 and none[0] != 500, "%s as %s: %r %r" % (name, caller, found, none))
            about = any(option["name"] in theirs and option["required"] for option in operation["options"])
            sees = ROLES[caller] in STAFF or caller == "song.broker"
            if about and not sees:
                for value in theirs.values():
                    check.equal(same(found, value, value[:3] + "_99999"), same(none, value, value[:3] + "_99999"),
                                "%s as %s: as if it were not there" % (name, caller))
    return cells


def lists(server, theirs):
    for caller in CALLERS:
        status, page, _ = server.run(["enterprise", "list"], HOUSE, caller, AT)
        check.equal(status, 200, "a list as " + caller)
        sees = ROLES[caller] in STAFF or caller == "song.broker"
        check.equal(theirs["enterprise"] in [row["id"] for row in page["items"]], sees, "it is in the list of " + caller)


def main():
    with Folder() as folder:
        house = os.path.join(folder, "house")
        small_house(house)
        people(house)
        theirs = objects(house)
        with Server(folder, [house], [(HOUSE, name) for name in CALLERS]) as server:
            server.paths = server.send("GET", "/openapi.json")[1]["paths"]
            cells = matrix(server, theirs)
            lists(server, theirs)
        print("http_access: %d cells" % cells)
    check.end()


main()
