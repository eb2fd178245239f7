"""The service: the demonstration's year over HTTP beside the same commands typed; keys, refusals, who sees what."""

import json
import os
import shutil
import threading
import tomllib

from _anlan import Check, Folder, SOURCE, anlan, house_rows, must
from _http import PASSWORD, Server

check = Check("http_service")

def steps():
    with open(os.path.join(SOURCE, "data", "demo", "script.toml"), "rb") as file:
        return [run for step in tomllib.load(file)["step"] for run in step["run"]]


def filled(words, saved):
    return [word.format(**saved) if word.startswith("{") else word for word in words]


def begin(house):
    """What both houses begin with, since a key and a ciphertext are new in each: the steps done, and the ids that were saved."""
    saved = {}
    done = 0
    for step in steps():
        answer = anlan(*filled(step["words"], saved), house=house, as_=step["as"], at=step["at"],
                       key="step-%d" % done, json=True)
        if answer.status == 0 and "save" in step:
            saved[step["save"]] = answer.json()["id"]
        done += 1
        if step["words"][:2] == ["enterprise", "register"]:
            return done, saved
    raise SystemExit("FAILED: the demonstration registers nobody")


BEGUN = {"step-%d" % number for number in range(40)}  # of `begin`


def typed(house, first, saved):
    saved = dict(saved)
    for number, step in list(enumerate(steps()))[first:]:
        answer = anlan(*filled(step["words"], saved), house=house, as_=step["as"], at=step["at"],
                       key="step-%d" % number, json=True)
        if answer.status == 0 and "save" in step:
            saved[step["save"]] = answer.json()["id"]


def sent(server, first, saved):
    saved = dict(saved)
    for number, step in list(enumerate(steps()))[first:]:
        operation = server.request_of(filled(step["words"], saved))[0]
        if step["as"] == "op" and not operation["roles"]:
            continue  # an operator reads no business data, and nothing of it is recorded
        status, reply, _ = server.run(filled(step["words"], saved), "ningbo-demo", step["as"], step["at"], "step-%d" % number)
        if step.get("refused"):
            check.equal((reply.get("error") or {}).get("code"), step["refused"], "refused as typed: " + " ".join(step["words"]))
            continue
        check.that(status == 200, "%s: %d %s" % (" ".join(step["words"]), status, json.dumps(reply)[:300]))
        if status == 200 and "save" in step:
            saved[step["save"]] = reply["id"]
    return saved


def year(folder):
    """The year of the demonstration twice, typed and sent."""
    house = os.path.join(folder, "typed")
    first, saved = begin(house)
    other = os.path.join(folder, "sent")
    shutil.copytree(house, other)
    people = sorted({("ningbo-demo", step["as"]) for step in steps()})
    with Server(folder, [other], people) as server:
        ids = sent(server, first, saved)
        keys_and_refusals(server, ids)
    check.equal(server.status, 0, "the server ends as asked")
    typed(house, first, saved)
    compare(house_rows(house), house_rows(other))


REGISTERED = 3  # its body holds the hash of a ciphertext, which is new each time; so does what a quote was priced from
QUOTED = 8


def compare(one, two):
    """The records of the year, typed and sent: what follows them in the second was sent only."""
    check.that(len(one) > 150 and len(two) >= len(one), "records: %d and %d" % (len(one), len(two)))
    apart = next((row[0] for row in one if row[2] == REGISTERED and row[7] not in BEGUN), one[-1][0])
    for mine, its in zip(one, two):
        body = mine[2] in (REGISTERED, QUOTED) and mine[0] >= apart
        check.equal(mine[:9] + (mine[9][:0] if body else mine[9],), its[:9] + (its[9][:0] if body else its[9],),
                    "record %d" % mine[0])
        if mine[0] < apart:
            check.equal(mine[10], its[10], "the chain at record %d" % mine[0])


def keys_and_refusals(server, ids):
    def code(reply):
        return reply[0], (reply[1] or {}).get("error", {}).get("code")

    run = server.run
    house, broker = "ningbo-demo", "wang.broker"
    status, health, _ = server.send("GET", "/health")
    check.equal((status, health["status"]), (200, "ok"), "health")
    check.equal(server.send("GET", "/ready")[0], 200, "ready")
    status, described, _ = server.send("GET", "/openapi.json")
    check.equal((status, described["openapi"]), (200, "3.1.0"), "the description")
    missing = [each["name"] for each in server.operations
               if server.request_of(each["name"].split() + ["x"] * any(
                   option["positional"] and option["name"] == each["name"].split()[0] for option in each["options"]))[1]
               .replace("/x", "/{%s}" % each["name"].split()[0], 1) not in described["paths"]
               and each["name"] not in LOCAL and not each["name"].startswith("admin ")]
    check.equal(missing, [], "every operation has its path")
    check.equal(code(server.send("GET", "/v1/policy/list")), (401, "sign_in_needed"), "nobody")
    check.equal(code(server.send("GET", "/v1/policy/list", headers={"Authorization": "Bearer anl_test_no"})),
                (401, "credential_unknown"), "a key that nobody was given")
    check.equal(code(server.send("GET", "/v1/nothing")), (404, "no_such_path"), "no such path")
    status, reply, headers = server.send("POST", "/v1/policy/list")
    check.equal((status, headers.get("allow")), (405, "GET"), "another method")
    status, shown, headers = run(["policy", "show", ids["pol"]], house, broker)
    check.equal(status, 200, "a policy by its id")
    tag = headers["etag"]
    again = server.send("GET", "/v1/policy/" + ids["pol"], headers={
        "Authorization": "Bearer " + server.tokens[(house, broker)], "Accept-Language": "en", "If-None-Match": tag})
    check.equal((again[0], again[1]), (304, None), "what has not changed is not sent again")
    check.equal(code(run(["policy", "show", "pol_99999"], house, broker)), (404, "not_found"), "no such policy")
    check.equal(code(run(["policy", "bind", ids["quo"]], house, broker)), (403, "role_missing"), "not a broker's to bind")
    check.equal(code(run(["ledger", "show"], house, broker)), (403, "role_missing"), "the books are the house's")
    found, after = [], None
    while after or not found:
        status, page, _ = run(["enterprise", "list", "--limit", "1"] + (["--after", after] if after else []), house, "zhou.uw")
        check.equal((status, len(page["items"])), (200, 1), "a page of one")
        found += [row["id"] for row in page["items"]]
        after = page["next"]
    check.equal(found, sorted(set(found), key=lambda name: int(name[4:])), "the pages hold each row once, in order")
    check.equal(code(run(["enterprise", "list", "--limit", "0"], house, "zhou.uw")), (400, "page_malformed"), "no page")
    status, reply, _ = run(["enterprise", "list", "--nothing", "1"], house, "zhou.uw")
    check.equal(code((status, reply)), (400, "unknown_option"), "an unknown option")
    # One key, one answer.
    when = "2027-07-21T09:00:00+08:00"
    words = ["quote", "issue", ids["entl"], "--product", "ningbo-2023-b", "--from", "2027-08-01"]
    status, made, _ = run(words, house, broker, when, "once")
    check.equal(status, 200, "a quote: %s" % json.dumps(made)[:200])
    status, repeated, _ = run(words, house, broker, when, "once")
    check.equal((status, repeated["id"], repeated["repeated"]), (200, made["id"], True), "the first answer again")
    words[-1] = "2027-08-02"
    check.equal(code(run(words, house, broker, when, "once")), (422, "key_reused"), "another request under the key")
    races(server, made["id"], when)
    sessions(server)
    hostile(server, house, broker)


LOCAL = {"init", "sandbox", "sample build", "backup", "backup key", "restore", "model rerate", "upgrade"}


def races(server, quote, when):
    """Many bind one quote at once: one wins."""
    house = "ningbo-demo"
    status, reply, _ = server.run(["quote", "explain", quote, "--confirmed-by", "e-sign"], house, "wang.broker", when)
    check.equal(status, 200, "explained: %s" % json.dumps(reply)[:200])
    found = []

    def bind():
        found.append(server.run(["policy", "bind", quote], house, "zhou.uw", when)[0])

    threads = [threading.Thread(target=bind) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check.equal((found.count(200), len(found)), (1, 16), "one of sixteen binds it: %s" % sorted(found))


def sessions(server):
    """A person signs in, chooses the house by the header, and signs out."""
    wrong = {"login": "admin", "password": "seven maple hills 2027"}
    status, reply, _ = server.send("POST", "/v1/session/sign-in", wrong)
    check.equal((status, reply["error"]["code"]), (401, "sign_in_wrong"), "a wrong password")
    status, reply, headers = server.send("POST", "/v1/session/sign-in", {"login": "admin", "password": PASSWORD})
    check.equal(status, 200, "signed in")
    cookie = headers.get("set-cookie", "")
    check.that("HttpOnly" in cookie and "SameSite=Strict" in cookie, "the cookie is out of reach of scripts")
    bearer = {"Authorization": "Bearer " + reply["token"]}
    status, reply, _ = server.send("GET", "/v1/product/list", headers=bearer)
    check.equal(reply.get("error", {}).get("code"), "house_not_named", "an account of several actors names whom")
    who = server.send("GET", "/v1/session", headers=bearer)[1]
    check.that(who["ends"] and len(who["acts_as"]) == len(who["account"]["memberships"]) > 1, "as whom it may act: %s" % who)
    for each in who["acts_as"]:
        check.that(each["roles"] and each["sandbox"], "with the roles of each: %s" % each)
        named = {**bearer, "Anlan-House": each["house"], "Anlan-Actor": each["actor"]}
        status, _, headers = server.send("GET", "/v1/product/list", headers=named)
        check.equal((status, headers["anlan-now"][10:11]), (200, "T"), "it acts as whom it names")
    first = who["acts_as"][0]["house"]
    for named in ({"Anlan-House": first}, {"Anlan-House": first, "Anlan-Actor": "no.body"}):
        status, reply, _ = server.send("GET", "/v1/product/list", headers={**bearer, **named})
        check.equal((reply["error"]["code"], reply["error"]["path"]), ("house_not_named", "anlan-actor"), "several of the house: %s" % named)
    status, reply, _ = server.send("GET", "/v1/product/list", headers={**bearer, "Anlan-House": "no-such-house"})
    check.equal((reply["error"]["code"], reply["error"]["path"]), ("house_not_named", "anlan-house"), "no such house")
    check.equal(server.send("POST", "/v1/session/sign-out", {}, bearer)[0], 200, "signed out")
    status, reply, _ = server.send("GET", "/v1/product/list", headers=bearer)
    check.equal(status, 401, "the token is spent")


def hostile(server, house, broker):
    """Bodies that are no request."""
    headers = {"Authorization": "Bearer " + server.tokens[(house, broker)]}
    for body, what in ((b"{", "cut off"), (b"[]", "a list"), (b'{"enterprise": "ent_9", "enterprise": "ent_9"}', "a key twice"),
                       (b'{"enterprise": ' + b"[" * 5000 + b"]" * 5000 + b"}", "nested"), (b"\xff\xfe", "no UTF-8"),
                       (b'{"enterprise": 99999999999999999999999999}', "a huge number"), (b'{"enterprise": {"a": 1}}', "a table")):
        status, reply, _ = server.send("POST", "/v1/quote/issue", body, headers)
        check.that(400 <= status < 500 and {"code", "path", "value", "rule", "fix", "zh", "en"} <= set(reply["error"]),
                   "%s: %d %s" % (what, status, json.dumps(reply)[:200]))
    name = {"product": "ningbo-2023-a", "from": "2027-08-01", "enterprise": "ent_9", "file": "../../etc/passwd"}
    check.equal(server.send("POST", "/v1/quote/issue", name, headers)[0], 400, "no option of that name")
    status, reply, _ = server.send("POST", "/v1/enterprise/register", {"file": {"name": "../x.toml", "text": ""}}, headers)
    check.equal((status, reply["error"]["code"]), (400, "body_value"), "a file is no path")


def main():
    with Folder() as folder:
        year(folder)
    check.end()


main()
