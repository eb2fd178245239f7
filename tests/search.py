"""Search and the movements by month, against the lists and the balances of the house; the tables are made again from
the journal whenever they are gone, damaged, or of another journal."""

import json
import os
import shutil
import tomllib

from _anlan import Check, Folder, SOURCE, must, small_house
from _http import Server
from _sheets import credit_code

check = Check("search")


def everything(house):
    found = set()
    for kind in ("enterprise", "order", "quote", "policy", "incident", "claim"):
        found |= {row["id"] for row in must(kind, "list", house=house, json=True).json()}
    return found


def search(house, text):
    return [row["id"] for row in must("search", text, house=house, json=True).json()]


def initial(character):
    """By what Python's own GB 2312 says of the character; level 2, which begins at 0xD8A1, is ordered by strokes."""
    try:
        code = int.from_bytes(character.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    starts = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
    if not 0xB0A1 <= code <= 0xD7F9:
        return ""
    return "abcdefghjklmnopqrstwxyz"[sum(int.from_bytes(each.encode("gb2312"), "big") <= code for each in starts) - 1]


def finds(house):
    company = must("enterprise", "list", house=house, json=True).json()[0]
    policy = must("policy", "list", house=house, json=True).json()[0]
    with open(os.path.join(SOURCE, "data", "demo", "enterprise.toml"), "rb") as file:
        told = tomllib.load(file)
    name, code = told["legal_name"], told["credit_code"]
    for text in (name, name[:4], name[2:4], code, code[4:9].lower()):
        check.that(company["id"] in search(house, text), "the company by %s" % text)
    letters = "".join(letter for letter in (initial(each) for each in name) if letter)
    check.that(len(letters) >= 4 and company["id"] in search(house, letters) and company["id"] in search(house, letters[:4].upper()),
               "the company by the first letters of its pinyin, %s" % letters)
    check.equal(search(house, policy["number"]), [policy["id"]], "the policy by its number")
    check.equal(search(house, "no such thing at all"), [], "nothing")
    for text in ("%", "_", '"', "'", "a OR b", "NEAR(", "*", "\\"):
        must("search", text, house=house)
    ids = {each for prefix in ("ent_", "ord_", "quo_", "pol_", "inc_", "clm_") for each in search(house, prefix)}
    check.equal(ids, everything(house), "every object of the lists is found, and no other")


def months(house):
    rows = must("ledger", "months", house=house, json=True).json()
    balances = {}
    for row in rows:
        balances[row["account"]] = balances.get(row["account"], 0) + row["debit"]["amount"] - row["credit"]["amount"]
    ledger = {}
    for row in must("ledger", "show", "--all", house=house, json=True).json()["balances"]:
        ledger[row["kind"]] = ledger.get(row["kind"], 0) + row["balance"]["amount"]
    check.equal({k: v for k, v in balances.items() if v}, {k: v for k, v in ledger.items() if v}, "the months sum to the ledger")
    check.equal(sum(row["debit"]["amount"] - row["credit"]["amount"] for row in rows), 0, "debit is credit")
    first = rows[0]["month"]
    part = must("ledger", "months", "--from", first, "--until", first, house=house, json=True).json()
    check.equal(part, [row for row in rows if row["month"] == first], "one month")


def made_again(folder, house):
    file = os.path.join(house, "projection.db")
    before = search(house, "_")
    state = must("projection", house=house, json=True).json()
    check.equal((state["behind"], state["seq"]), (0, state["last"]), "nothing is behind")
    for damage in ("gone", "empty", "rubbish"):
        os.remove(file)
        if damage != "gone":
            with open(file, "wb") as out:
                out.write(b"" if damage == "empty" else os.urandom(8192))
        check.equal(search(house, "_"), before, "made again where it is %s" % damage)
    other = os.path.join(folder, "other")
    small_house(other)
    shutil.copy(file, os.path.join(other, "projection.db"))
    check.equal(search(other, "_"), sorted(everything(other), key=lambda name: -int(name[4:])), "another journal's tables are not used")
    check.equal(must("projection", "--again", house=house, json=True).json()["behind"], 0, "again")
    check.equal(search(house, "_"), before, "the same")


def served(folder, house):
    with Server(folder, [house], [("ningbo-demo", "wang.broker"), ("ningbo-demo", "gu.vendor"), ("ningbo-demo", "zhou.uw")]) as server:
        all_of_it = search(house, "_")
        found = {}
        for who in ("wang.broker", "gu.vendor", "zhou.uw"):
            status, page, _ = server.run(["search", "_"], "ningbo-demo", who)
            check.equal(status, 200, "search of " + who)
            found[who] = [row["id"] for row in page["items"]]
        check.equal(found["zhou.uw"], all_of_it, "the insurer finds all")
        check.that(0 < len(found["gu.vendor"]) < len(all_of_it), "a vendor finds its own: %s" % found["gu.vendor"])
        check.that(all(each.startswith("ord_") for each in found["gu.vendor"]), "its orders")
        status, page, _ = server.run(["search", "_", "--limit", "2"], "ningbo-demo", "zhou.uw")
        check.equal(([row["id"] for row in page["items"]], page["next"]), (all_of_it[:2], all_of_it[1]), "pages")
        check.equal(server.run(["ledger", "months"], "ningbo-demo", "wang.broker")[0], 403, "the books are the house's")
    return found["gu.vendor"]


def beyond_the_limit(folder, house, orders):
    """However much others have that is newer, what the caller sees is found."""
    lines = []
    for number in range(1_005):
        path = os.path.join(folder, "company-%d.toml" % number)
        with open(path, "w", encoding="utf-8") as file:
            file.write('legal_name = "Newer company %d"\ncredit_code = "%s"\nassess_consent = true\nmonitor_consent = false\n'
                       'stated_on = "2026-02-20"\n[facts]\nsector = "C34"\n' % (number, credit_code(number)))
        lines.append(json.dumps({"as": "wang.broker", "words": ["enterprise", "register", path]}))
    batch = os.path.join(folder, "companies.jsonl")
    with open(batch, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    must("batch", batch, house=house, lang="en")
    check.equal(len(search(house, "_")), 1_000, "a search shows so many")
    check.that(not set(orders) & set(search(house, "_")), "and the orders are older than all of them")
    apart = os.path.join(folder, "apart")
    os.mkdir(apart)
    with Server(apart, [house], [("ningbo-demo", "gu.vendor")]) as server:
        status, page, _ = server.run(["search", "_"], "ningbo-demo", "gu.vendor")
        check.equal((status, [row["id"] for row in page["items"]]), (200, orders), "the vendor finds its own all the same")
        status, page, _ = server.run(["search", "_", "--more", "1"], "ningbo-demo", "gu.vendor")
        check.equal((status, page["error"]["code"]), (400, "unknown_option"), "an option that it does not have")


def main():
    with Folder() as folder:
        house = os.path.join(folder, "house")
        must("demo", house=house)
        finds(house)
        months(house)
        made_again(folder, house)
        beyond_the_limit(folder, house, served(folder, house))
    check.end()


main()
