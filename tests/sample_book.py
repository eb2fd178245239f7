"""A sample book: every kind of business in it, nothing refused, books that hold, the same again from the same seed."""

import os

from _anlan import Check, Folder, anlan, must
from _http import Server

check = Check("sample_book")
FIRMS = "240"


def build(folder, *words):
    return must("sample", "build", folder, *words, json=True, lang="en").json()


def counts(reply):
    return {row["command"]: row["number"] for row in reply["done"]}


with Folder() as folder:
    made = build(folder + "/one", "--firms", FIRMS)
    house = folder + "/one/house"
    done, quotes = counts(made), {row["decision"]: row["number"] for row in made["quotes"]}
    for command in ("enterprise register", "assess", "order place", "observe", "quote issue", "quote decide", "quote explain",
                    "policy bind", "subsidy decide", "premium receive", "policy endorse", "policy lapse", "policy cancel",
                    "policy refund", "incident report", "incident condition", "incident loss", "claim adjudicate",
                    "claim approve", "claim pay", "quote renew", "premium earn"):
        check.that(done.get(command, 0) > 0, "there is some: " + command)
    check.that(35 <= done["month close"] <= 36, "its months are closed: %s" % done["month close"])
    for decision in ("bindable", "declined", "referred"):
        check.that(quotes.get(decision, 0) > 0, "there is some quote: " + decision)
    check.equal(made["refused"], [], "nothing that was typed is refused")
    check.equal(done["enterprise register"], int(FIRMS), "every company")

    verified = must("journal", "verify", house=house, json=True, lang="en").json()
    check.that(verified["records"] > 2000 and verified["commands"] > 1000, "the journal verifies: %s" % verified)
    balances = must("ledger", "show", house=house, json=True, lang="en").json()["balances"]
    check.equal(sum(line["balance"]["amount"] for line in balances), 0, "the ledger sums to zero")
    check.that(all(line["balance"]["amount"] >= 0 for line in balances if line["kind"] == "cash"), "there is money in the house")
    names = [row["legal_name"] for row in must("enterprise", "list", house=house, json=True, lang="en").json()]
    check.that(all("样例" in name for name in names), "each name says that it is a sample")
    quote = must("quote", "list", house=house, json=True, lang="en").json()[0]["id"]
    again = must("quote", "verify", quote, house=house, json=True, lang="en").json()
    check.equal([each["same"] for each in again], [True], "a quote of it calculated again")

    check.equal(counts(build(folder + "/two", "--firms", FIRMS)), done, "the same seed makes the same book")
    for words in (("policy", "list"), ("claim", "list"), ("ledger", "show")):
        found = [must(*words, house=folder + "/%s/house" % which, json=True, lang="en").json() for which in ("one", "two")]
        check.equal(found[0], found[1], "the same: " + " ".join(words))
    other = build(folder + "/three", "--firms", "40", "--years", "1", "--seed", "2")
    check.that(other["until"] < "2024-10-10", "one year ends after one: " + other["until"])

    for words, code in ((("--firms", "0"), "out_of_range"), (("--years", "4"), "out_of_range")):
        refused = anlan("sample", "build", folder + "/none", *words, json=True, lang="en")
        check.equal(refused.json()["error"]["code"], code, "refused: %s" % " ".join(words))
        check.that(not os.path.exists(folder + "/none"), "and nothing is made")
    refused = anlan("sample", "build", folder + "/one", "--firms", "1", json=True, lang="en")
    check.equal(refused.json()["error"]["code"], "house_exists", "a folder that is there")

    server = Server(folder + "/one", [house], [], fresh=False)
    with server:
        token = {key["actor"]: key["token"] for key in made["keys"]}["zhou.uw"]
        status, listed, _ = server.send("GET", "/v1/policy/list?limit=50", headers={"Authorization": "Bearer " + token})
        check.equal((status, len(listed["items"])), (200, 50), "it is served, with its own keys")
check.end()
