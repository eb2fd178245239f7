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

HOUSE, OTHER = "test-house", "other-house"
PEOPLE = ACTORS + (
    ("song.broker", "broker", "0.00"),
    ("gu.vendor", "security_vendor", "0.00"),
    ("sun.subsidy", "subsidy_officer", "0.00"),
    ("ren.holder", "policyholder", "0.00"),
    ("shen.auditor", "auditor", "0.00"),
    ("re.one", "reinsurer", "0.00"),
    ("gong.adjuster", "adjuster", "0.00"),
)
ORGANISATIONS = {"wang.broker": "house-one", "song.broker": "house-two", "gu.vendor": "guard-vendor", "ren.holder": "factory",
                 "re.one": "re-house", "gong.adjuster": "adjust-house"}
CALLERS = [name for name, _, _ in PEOPLE] + ["op"]
ROLES = {name: role for name, role, _ in PEOPLE} | {"op": "operator"}
STAFF = ("underwriter", "claims_handler", "claims_manager", "finance", "auditor")
LOCAL = {"init", "sandbox", "sample build", "backup", "backup key", "restore", "model rerate", "upgrade"}
AT = "2026-03-25T09:00:00+08:00"
# So that an operation is not refused for its words before it looks at the object.
USUAL = {"from": "2026-04-01", "product": "ningbo-2023-a", "package": "security-guard", "kind": "quote"}


def people(house):
    for name, role, authority in PEOPLE:
        words = ["actor", "appoint", name, "--role", role, "--authority", authority, "--replace"]
        if name in ORGANISATIONS:
            words += ["--organisation", ORGANISATIONS[name]]
        must(*words, house=house, as_="op", at="2026-02-24T11:00:00+08:00", lang="en")


def company(house, number):
    """The file of the demonstration's company under a credit code of its own."""
    path = "%s.company-%d.toml" % (house, number)
    with open(os.path.join(SOURCE, "data", "demo", "enterprise.toml"), encoding="utf-8") as file:
        text = re.sub(r'credit_code = "[^"]*"', 'credit_code = "%s"' % credit_code(number), file.read())
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def company_of_holder(house):
    own = must("enterprise", "register", company(house, 2), house=house, as_="ren.holder", at="2026-03-21T09:00:00+08:00", json=True).json()["id"]
    must("assess", own, "--answers", "@demo/answers.toml", house=house, as_="ren.holder", at="2026-03-21T09:01:00+08:00")
    return own


def objects(house):
    """What song.broker's organisation brought in: an id of each kind."""
    def given(*words, as_="song.broker", minute=0):
        return must(*words, house=house, as_=as_, at="2026-02-25T09:%02d:00+08:00" % minute, json=True, lang="en").json()["id"]

    ids = {"enterprise": given("enterprise", "register", company(house, 1), minute=1)}
    given("assess", ids["enterprise"], "--answers", "@demo/answers.toml", minute=2)
    ids["order"] = given("order", "place", ids["enterprise"], "--package", "security-guard", "--from", "2026-03-01", minute=3)
    ids["quote"] = given("quote", "issue", ids["enterprise"], "--product", "ningbo-2023-a", "--from", "2026-03-01",
                         as_="zhou.uw", minute=4)
    must("accumulation", "cede", ids["quote"], "--share", "30 %", "--reinsurer", "re-house", "--reference", "slip-1",
         house=house, as_="zhou.uw", at="2026-02-25T09:04:30+08:00")
    must("quote", "explain", ids["quote"], "--confirmed-by", "e-sign", house=house, as_="song.broker",
         at="2026-02-25T09:05:00+08:00")
    ids["policy"] = given("policy", "bind", ids["quote"], as_="zhou.uw", minute=6)
    def later(when, *words, as_):
        return must(*words, house=house, as_=as_, at=when, json=True, lang="en").json()

    ids["incident"] = later("2026-03-09T09:00:00+08:00", "incident", "report", ids["policy"], "@demo/incident.toml", as_="song.broker")["id"]
    later("2026-03-18T09:00:00+08:00", "incident", "loss", ids["incident"], "@demo/incident.toml", as_="song.broker")
    must("incident", "adjuster", ids["incident"], "--organisation", "adjust-house", "--brief", "hours of interruption",
         house=house, as_="li.claims", at="2026-03-19T09:00:00+08:00")
    ids["claim"] = later("2026-03-20T09:00:00+08:00", "claim", "adjudicate", ids["incident"], as_="li.claims")["id"]
    return ids


def holder(server, theirs, own):
    """A policyholder asks for a quote of its own company and confirms the clauses; of another's it learns nothing."""
    def asked(words):
        return code(server.run(words, HOUSE, "ren.holder", AT, "holder-%s-%s" % (words[1], words[2])))

    found = server.run(["quote", "issue", own, "--product", "ningbo-2023-a", "--from", "2026-04-01"], HOUSE, "ren.holder", AT, "holder")
    check.equal(found[0], 200, "a quote of its own: %s" % (found[1] if found[0] != 200 else ""))
    quote = found[1]["id"]
    check.equal(asked(["quote", "explain", quote, "--confirmed-by", "ren"]), (200, None), "it confirms the clauses")
    shown = server.run(["quote", "show", quote], HOUSE, "ren.holder", AT, method="GET")[1]
    check.that(shown["explained"] and {each["shown_by"] for each in shown["explained"]} == {"ren.holder"}, "on record: %s" % shown["explained"][:1])
    check.equal(asked(["policy", "bind", quote]), (403, "role_missing"), "it does not bind")
    check.equal(asked(["quote", "issue", theirs["enterprise"], "--product", "ningbo-2023-a", "--from", "2026-04-01"]), (404, "not_found"),
                "no quote of another's company")
    check.equal(asked(["quote", "explain", theirs["quote"], "--confirmed-by", "ren"]), (404, "not_found"), "nor its clauses")


def seen(kind, caller):
    """Whether the caller sees what song.broker's organisation brought in."""
    return ROLES[caller] in STAFF or caller == "song.broker" or (kind, caller) in {
        ("order", "gu.vendor"), ("policy", "sun.subsidy"), ("incident", "gong.adjuster"), ("claim", "gong.adjuster"),
        ("quote", "re.one"), ("policy", "re.one"), ("incident", "re.one"), ("claim", "re.one")}


def minimal(operation, ids):
    """The required options of an operation, with these ids where one is meant."""
    words = operation["name"].split()
    for option in operation["options"]:
        if not option["required"]:
            continue
        value = ids.get(option["name"], USUAL.get(option["name"], "x"))
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


def nameless(reply, theirs):
    """A reply with the ids that were asked for taken out."""
    text = json.dumps(reply[1], ensure_ascii=False)
    for value in theirs.values():
        text = re.sub(r"\b%s_(%s|99999)\b" % (value[:3], value[4:]), "ID", text)
    return reply[0], text


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
            about = [option["name"] for option in operation["options"] if option["name"] in theirs and option["required"]]
            about = [each for each in about if (name, each) != ("drill", "incident")]  # the name of a script
            if not all(seen(kind, caller) for kind in about):
                check.equal(nameless(found, theirs), nameless(none, theirs), "%s as %s: as if it were not there" % (name, caller))
    return cells


def lists(server, theirs):
    for caller in CALLERS:
        for kind in theirs:
            status, page, _ = server.run([kind, "list"], HOUSE, caller, AT)
            check.equal(status, 200, "a list as " + caller)
            check.equal(theirs[kind] in [row["id"] for row in page["items"]], seen(kind, caller), "%s in the list of %s" % (kind, caller))


def other_house(server, theirs):
    """Whoever acts in another house, and names the ids of this one: they are not there."""
    cells = 0
    for operation in server.operations:
        about = [option["name"] for option in operation["options"] if option["name"] in theirs and option["required"]]
        if operation["name"] in LOCAL or not about:
            continue
        replies = []
        for ids in (theirs, {key: value[:3] + "_99999" for key, value in theirs.items()}):
            status, body, _ = server.run(minimal(operation, ids), OTHER, "zhou.uw", AT,
                                         method="POST" if operation["roles"] or posts(server, operation) else "GET")
            body.pop("request", None) if isinstance(body, dict) else None
            replies.append((status, body))
        check.equal(nameless(replies[0], theirs), nameless(replies[1], theirs), "%s from another house" % operation["name"])
        token = {"Authorization": "Bearer " + server.tokens[(OTHER, "zhou.uw")], "Anlan-House": HOUSE}
        named = server.send("GET", "/v1/enterprise/list", headers=token)
        none = server.send("GET", "/v1/enterprise/list", headers={**token, "Anlan-House": "no-such-house"})
        check.equal((named[0], code(named)[1]), (none[0], code(none)[1]), "a house that is not the caller's is like none")
        cells += 3
    return cells


def main():
    with Folder() as folder:
        house = os.path.join(folder, "house")
        small_house(house)
        people(house)
        theirs = objects(house)
        own = company_of_holder(house)
        other = os.path.join(folder, "other")
        must("init", "--name", OTHER, "--sandbox", house=other, as_="op", at="2026-02-23T09:00:00+08:00")
        must("actor", "appoint", "zhou.uw", "--role", "underwriter", "--authority", "1000.00", house=other, as_="op", at="2026-02-23T09:01:00+08:00")
        with Server(folder, [house, other], [(HOUSE, name) for name in CALLERS] + [(OTHER, "zhou.uw")]) as server:
            server.paths = server.send("GET", "/openapi.json")[1]["paths"]
            holder(server, theirs, own)
            cells = other_house(server, theirs)
            cells += matrix(server, theirs)
            lists(server, theirs)
        print("http_access: %d cells" % cells)
    check.end()


main()
