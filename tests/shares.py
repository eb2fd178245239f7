"""Links to one answer for somebody without an account: who may read, what is shown, who is told, and that nothing else is."""

import hashlib
import json

from _anlan import Check, Folder, anlan, house_rows, must, small_house
from _http import Server

check = Check("shares")
HOUSE = "test-house"
AT = "2026-03-02T09:00:00+08:00"
HOSTILE = "<img src=x onerror=alert(1)>\"'&"
# What the model and the insurer think of a company is nobody's who has a link.
INTERNAL = {"controls", "findings", "loss", "walk", "walk_reversed", "reasons", "parts", "judged", "loss_ratio_max", "explained"}
PHONE = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0 Mobile/15E148"}


def look(server, token, headers=None):
    return server.send("POST", "/v1/account/shared", {"token": token}, headers or PHONE)


def error(reply):
    return reply[0], ((reply[1] or {}).get("error") or {}).get("code")


def quote_link(server, house, quote):
    """A quote as it was shared, by its bytes; every view in the log of its owner alone."""
    before = len(house_rows(house))
    made = server.run(["share", "make", "--quote", quote, "--label", HOSTILE], HOUSE, "wang.broker", at=AT, key="s1", method="POST")
    check.equal(made[0], 200, "a link is made: %s" % made[1])
    link = made[1]
    check.equal((link["kind"], link["subject"], link["label"], link["state"], link["views"]), ("quote", quote, HOSTILE, "open", 0), "of this quote")
    check.that(len(link["token"]) == 56 and link["path"].endswith("#" + link["token"]), "behind the # of the address")
    found = look(server, link["token"])
    check.equal(found[0], 200, "whoever has the link reads it: %s" % found[1])
    shared = found[1]
    check.equal(hashlib.sha256(shared["answer"].encode()).hexdigest(), shared["digest"], "the digest is of the bytes")
    answer = json.loads(shared["answer"])
    shown = server.run(["quote", "show", quote], HOUSE, "wang.broker", at=AT)[1]
    for key in ("premium", "subsidy", "customer_pays"):
        check.equal(answer[key], shown["decided"][key], "as the quote has it: " + key)
    check.equal(answer["valid_until"], shown["valid_until"], "until when it stands")
    check.equal(shared["stands_until"], shown["valid_until"], "and says so")
    check.equal(INTERNAL & set(answer), set(), "nothing of what the insurer weighs")
    check.equal(shared["label"], HOSTILE, "words are words: the page writes them as text")
    check.equal(look(server, link["token"], {"User-Agent": "Mozilla/5.0 Firefox/128.0"})[0], 200, "again")
    log = server.run(["share", "views", link["id"]], HOUSE, "wang.broker", at=AT)[1]
    check.equal([(row["client"], row["phone"]) for row in log["log"]], [("firefox", False), ("wechat", True)], "every view, the newest first")
    check.equal(log["views"], 2, "counted")
    check.that("127.0.0.1" not in json.dumps(log), "no address is kept")
    check.equal(len(house_rows(house)), before, "the house records nothing of it")
    again = server.run(["share", "make", "--quote", quote, "--label", HOSTILE], HOUSE, "wang.broker", at=AT, key="s1", method="POST")[1]
    check.equal((again["id"], again["token"], again["repeated"]), (link["id"], None, True), "the same request makes nothing and shows no token")
    return link


def others(server, link, quote):
    """Another broker neither sees, reads the log of, nor takes back a link; nor shares what he does not see."""
    check.equal(server.run(["share", "list"], HOUSE, "other.broker", at=AT)[1]["items"], [], "another broker's list")
    for words in (["share", "views", link["id"]], ["share", "revoke", link["id"]]):
        method = "POST" if words[1] == "revoke" else None
        check.equal(error(server.run(words, HOUSE, "other.broker", at=AT, method=method)), (404, "share_missing"), "another broker: " + words[1])
    refused = server.run(["share", "make", "--quote", quote], HOUSE, "other.broker", at=AT, method="POST")
    check.equal(error(refused), (404, "not_found"), "another broker shares nothing that he does not see: %s" % refused[1])
    check.equal(look(server, link["token"])[0], 200, "the link still stands")


def gone(server, link):
    """Unknown and revoked are told in the same words, and a revoked link stays so."""
    revoked = server.run(["share", "revoke", link["id"]], HOUSE, "wang.broker", at=AT, method="POST")
    check.equal((revoked[0], revoked[1]["state"]), (200, "revoked"), "taken back: %s" % revoked[1])
    never = link["token"][:-1] + ("A" if link["token"][-1] != "A" else "Q")
    answers = []
    for token in (link["token"], never, "x", "shl_" + "A" * 52):
        reply = look(server, token)
        check.equal(error(reply), (404, "share_gone"), "gone: " + token[:8])
        answers.append({key: value for key, value in reply[1].items() if key != "request"})
    check.that(all(each == answers[0] for each in answers), "and nothing tells them apart")
    listed = server.run(["share", "list"], HOUSE, "wang.broker", at=AT)[1]["items"]
    check.equal([(row["id"], row["state"]) for row in listed], [(link["id"], "revoked")], "listed as taken back")
    with open(server.folder + "/log", encoding="utf-8") as file:
        check.that(link["token"] not in file.read(), "no token in the log of the server")
    with open(server.accounts + ".shares", "rb") as file:
        check.that(link["token"].encode() not in file.read(), "nor in the file of links")


def comparison(server, company):
    """Two products side by side, with the names that the reader has no other way to."""
    made = server.run(["share", "make", "--enterprise", company, "--products", "ningbo-2023-a,ningbo-2023-b", "--days", "1"],
                      HOUSE, "wang.broker", at=AT, key="s2", method="POST")
    check.equal(made[0], 200, "a comparison is shared: %s" % made[1])
    answer = json.loads(look(server, made[1]["token"])[1]["answer"])
    check.equal({row["id"] for row in answer["products"]}, {"ningbo-2023-a", "ningbo-2023-b"}, "both products")
    check.that(all(row["name"]["zh"] and row["name"]["en"] for row in answer["products"] + answer["cover_names"]), "named in both languages")
    for options, code in ((["--quote", "quo_1", "--enterprise", company, "--products", "a,b"], "missing_option"), ([], "missing_option"),
                          (["--enterprise", company], "missing_option"), (["--quote", "quo_x"], "id_malformed"),
                          (["--quote", "quo_1", "--days", "91"], "out_of_range")):
        refused = error(server.run(["share", "make", *options], HOUSE, "wang.broker", at=AT, method="POST"))
        check.that(refused[0] in (400, 409) and refused[1], "refused: %s %s" % (options, refused))
    dry = server.run(["share", "make", "--enterprise", company, "--products", "ningbo-2023-a,ningbo-2023-b"], HOUSE, "wang.broker", at=AT,
                     method="POST", more={"Anlan-Dry-Run": "true"})
    check.equal(error(dry)[1], "not_rehearsed", "no link is made for show")


def main():
    with Folder() as folder:
        house = folder + "/house"
        company = small_house(house)
        must("actor", "appoint", "other.broker", "--role", "broker", "--organisation", "another", house=house, as_="op",
             at="2026-02-25T09:01:00+08:00", lang="en")
        quote = must("quote", "issue", company, "--product", "ningbo-2023-a", "--from", "2026-03-10", house=house, as_="wang.broker",
                     at="2026-03-01T09:00:00+08:00", json=True).json()["id"]
        with Server(folder, [house], [(HOUSE, "wang.broker"), (HOUSE, "other.broker")]) as server:
            link = quote_link(server, house, quote)
            others(server, link, quote)
            gone(server, link)
            comparison(server, company)
        check.equal(server.status, 0, "the server ends as asked")
        listed = must("share", "list", "--accounts", server.accounts, house=house, as_="wang.broker", json=True).json()
        check.equal(len(listed), 2, "the command line sees the same links once the server has ended")
        missing = anlan("share", "list", house=house, as_="wang.broker", json=True)
        check.equal(missing.error()["code"], "missing_option", "which needs the file of accounts")
    check.end()


main()
