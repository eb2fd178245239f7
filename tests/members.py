"""A park under one master policy, through the program.

Five hundred members by one sheet, all or none; the premium of the master is the sum of its members by day, as a second
calculation here has it, and the members' parts sum to it to the fen; a member's incident is settled with its own limit
and the limit of all, and the member is paid; its certificate is signed paper.
"""

import datetime
import json
import os

from _anlan import Check, Folder, anlan, events, must, small_house
from _sheets import company, csv_text, read_book, write_book

check = Check("members")
AT = "2026-02-26T%02d:%02d:00+08:00"
FIRST, LAST, DAYS = datetime.date(2026, 3, 1), datetime.date(2027, 2, 28), 365
MINIMUM = 15_000_000  # fen: the premium as bound
UW = {"as_": "ma.uw", "lang": "en", "json": True}
MEMBERS = 500


def half_up(numerator, denominator):
    return (2 * numerator + denominator) // (2 * denominator)


def written(members):
    """Day by day: (first day, day after the last, annual premium in fen) of each member."""
    total = 0
    for n in range(DAYS):
        day = FIRST + datetime.timedelta(days=n)
        total += max(MINIMUM, sum(premium for start, end, premium in members if start <= day < end))
    return half_up(total, DAYS)


def master(house, operator):
    must("actor", "appoint", "ma.uw", "--role", "underwriter", "--authority", "20000000.00", house=house, as_="op",
         at="2026-02-25T09:00:00+08:00")
    quote = must("quote", "issue", operator, "--product", "park-master", "--from", str(FIRST), house=house,
                 at="2026-02-25T09:10:00+08:00", as_="zhou.uw", json=True).json()
    must("quote", "explain", quote["id"], "--confirmed-by", "e-sign 7", house=house, as_="wang.broker",
         at="2026-02-25T10:00:00+08:00")
    bound = must("policy", "bind", quote["id"], house=house, at="2026-02-25T10:10:00+08:00", **UW).json()
    check.equal(bound["premium"]["amount"], MINIMUM, "the premium as bound")
    must("premium", "receive", bound["id"], "--payer", "customer", "--amount", "150000.00", house=house,
         as_="qian.finance", at="2026-02-25T11:00:00+08:00")
    return bound["id"]


def register(house, folder, count):
    lines = []
    for number in range(1, count + 1):
        row = company(number)
        path = os.path.join(folder, "c%d.toml" % number)
        with open(path, "w", encoding="utf-8") as file:
            file.write('legal_name = "%s"\ncredit_code = "%s"\nassess_consent = true\nstated_on = "2026-02-20"\n'
                       '[facts]\nsector = "C34"\n' % (row["legal_name"], row["credit_code"]))
        lines.append(json.dumps({"as": "wang.broker", "at": AT % (9, 0), "key": "c%d" % number,
                                 "words": ["enterprise", "register", path]}))
    path = os.path.join(folder, "companies.jsonl")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    answers = must("batch", path, house=house).out.splitlines()
    check.that(len(answers) == count and not any('"error"' in line for line in answers), "the companies are registered")


def member(number, **changes):
    row = {"credit_code": company(number)["credit_code"], "legal_name": company(number)["legal_name"], "from": "",
           "through": "", "limit": "", "premium": ""}
    row.update(changes)
    return row


def terms_of(row):
    start = max(FIRST, datetime.date.fromisoformat(row["from"] or str(FIRST)))
    last = datetime.date.fromisoformat(row["through"] or str(LAST))
    fen = round(float(row["premium"] or "300.00") * 100)
    return start, last + datetime.timedelta(days=1), fen


def sheet(folder, name, rows):
    path = os.path.join(folder, name)
    if name.endswith(".xlsx"):
        columns = list(rows[0])
        write_book(path, [columns] + [[row.get(key, "") for key in columns] for row in rows])
    else:
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write("\ufeff" + csv_text(rows))
    return path


def add(house, policy, path, *words, at=0, **options):
    return anlan("policy", "certificate", "add", policy, path, *words, house=house, at=AT % (10, at), **UW, **options)


def bad_lists(house, folder, policy):
    bad = [member(1), member(1, premium="301.00"), member(2, premium="149.99"), member(3, limit="500000.01"),
           member(4, **{"from": "2026-02-28"}), member(5, through="2027-03-01"), member(6, through="2027-02-29"),
           member(7, premium="3 百"), member(900), member(8)]
    before = len(events(house))
    out = os.path.join(folder, "back.xlsx")
    answer = add(house, policy, sheet(folder, "bad.csv", bad), "--out", out)
    reply = answer.json()
    check.equal((answer.status, reply["added"], reply["refused"]), (1, 0, 8), "one bad row, and nobody is added")
    check.equal([row["code"] for row in reply["rows"]],
                [None, "certificate_twice", "certificate_premium", "certificate_limit", "certificate_days",
                 "certificate_days", "date_invalid", "money_malformed", "not_found", None], "each row has its reason")
    for row in reply["rows"]:
        check.that(bool(row["zh"]) == bool(row["en"]) == (row["status"] == "refused"), "zh and en reasons")
    back = read_book(out)
    check.equal([row["status"] for row in back], [row["status"] for row in reply["rows"]], "the sheet that goes back")
    for given, received in zip(bad, back):
        check.equal({key: received.get(key, "") for key in given}, given, "the row as it was sent")
    for words in ("zh", "en"):
        text = anlan("policy", "certificate", "add", policy, os.path.join(folder, "bad.csv"), house=house,
                     at=AT % (10, 0), as_="ma.uw", lang=words)
        check.that(text.status == 1 and "{" not in text.out, "for people: " + words)
    good = sheet(folder, "good.csv", [member(1)])
    for words, code in ((("policy", "certificate", "add", "pol_999", good), "not_found"),
                        (("policy", "certificate", "add", policy, sheet(folder, "none.csv", [member(1, colour="red")])),
                         "csv_column_unknown"),
                        (("policy", "certificate", "add", policy, sheet(folder, "code.csv", [{"legal_name": "x"}])),
                         "csv_column_missing"),
                        (("policy", "certificate", "add", policy,
                          sheet(folder, "many.csv", [member(n) for n in range(1, 502)])), "certificates_too_many"),
                        (("policy", "certificate", "end", policy, "1", "--on", "2026-06-01", "--reason", "x"),
                         "not_found")):
        check.equal(anlan(*words, house=house, at=AT % (10, 1), **UW).error()["code"], code, " ".join(words[2:4]))
    other = anlan("policy", "certificate", "add", policy, good, house=house, at=AT % (10, 1), as_="wang.broker",
                  json=True)
    check.equal(other.error()["code"], "role_missing", "a broker adds no members")
    high = add(house, policy, sheet(folder, "high.csv", [member(n, premium="900.00") for n in range(1, 218)]))
    check.equal(high.error()["code"], "outside_filing", "all together above what is filed")
    check.equal(len(events(house)), before, "nothing was recorded of any of them")


def members(house, folder, policy):
    rows = [member(n, premium="%d.%02d" % (280 + n % 60, n % 100), **({"from": "2026-%02d-17" % (3 + n % 9)} if n % 5 else {}),
                   **({"through": "2027-01-%02d" % (1 + n % 28)} if n % 7 == 0 else {})) for n in range(1, MEMBERS + 1)]
    rows[2]["limit"] = "120000.00"
    for row in (rows[2], rows[5]):
        row["from"] = row["through"] = ""
    path = sheet(folder, "members.xlsx", rows)
    expected = written([terms_of(row) for row in rows])
    seen = add(house, policy, path, "--dry-run", at=2).json()
    check.equal(seen["written"]["customer"]["amount"], expected, "the preview says the premium")
    before = len(events(house))
    check.equal(seen["written_before"]["customer"]["amount"], MINIMUM, "and what it was")
    reply = add(house, policy, path, at=3, key="members").json()
    check.equal((reply["added"], reply["written"]["customer"]["amount"]), (MEMBERS, expected), "the premium by day")
    recorded = [event for event in events(house)[before:] if event["event"] != "money_posted"]
    check.equal([event["event"] for event in recorded], ["certificates_added"], "one record for all")
    more = expected - MINIMUM
    must("premium", "receive", policy, "--payer", "customer", "--amount", "%d.%02d" % divmod(more, 100), house=house,
         as_="qian.finance", at=AT % (10, 4))
    again = add(house, policy, path, at=4, key="members").json()
    check.equal((again["repeated"], again["certificates"]), (True, reply["certificates"]), "asked twice under one key")
    twice = add(house, policy, path, at=5).json()
    check.equal(twice["refused"], MEMBERS, "a member is added once")
    listed = must("policy", "certificate", "list", policy, "--on", "2026-03-01", house=house, json=True).json()
    check.equal(sum(row["share"]["amount"] for row in listed["certificates"]), expected, "the parts sum to the premium")
    first_day = [row for row in rows if terms_of(row)[0] == FIRST]
    check.equal(listed["on_cover"], len(first_day), "who is covered on the first day")
    return rows


def ended(house, policy, rows):
    on = datetime.date(2026, 6, 9)
    words = ("policy", "certificate", "end", policy, "C5", "--on", str(on), "--reason", "moved away")
    terms = [terms_of(row) for row in rows]
    terms[4] = (terms[4][0], on, terms[4][2])
    seen = must(*words, "--dry-run", house=house, at="2026-04-01T09:00:00+08:00", **UW).json()
    reply = must(*words, house=house, at="2026-04-01T09:00:00+08:00", **UW).json()
    check.equal(reply["written"]["customer"]["amount"], written(terms), "the premium follows the member that leaves")
    check.equal(seen["written"], reply["written"], "as the preview said")
    late = anlan(*words, house=house, at="2026-04-01T09:01:00+08:00", **UW)
    check.equal(late.error()["code"], "already_done", "a certificate ends once")
    return terms


INCIDENT = """peril = "ransomware"
occurred = "%s"
discovered = "%s"
summary = "files encrypted"
[[items]]
head = "FP.DATA"
amount = "%s"
note = "restored"
"""


def incident(house, folder, policy, month, certificate, amount):
    """The decision on a loss of data of this member: answered by `claim adjudicate`."""
    moment = "2026-%02d-10T09:%02d:00+08:00"
    path = os.path.join(folder, "i%d.toml" % month)
    with open(path, "w", encoding="utf-8") as file:
        file.write(INCIDENT % (moment % (month, 0), moment % (month, 5), amount))
    nobody = anlan("incident", "report", policy, path, house=house, at=moment % (month, 10), as_="wang.broker", json=True)
    check.equal(nobody.error()["code"], "certificate_needed", "an incident names the member")
    reported = must("incident", "report", policy, path, "--certificate", certificate, house=house,
                    at=moment % (month, 10), as_="wang.broker", json=True).json()
    must("incident", "loss", reported["id"], path, house=house, at=moment % (month, 20), as_="wang.broker")
    return must("claim", "adjudicate", reported["id"], house=house, at=moment % (month, 30), as_="li.claims",
                json=True).json()


def claims(house, folder, policy):
    master_number = must("policy", "certificate", "list", policy, house=house, json=True).json()
    number = master_number["certificates"][2]["certificate"]
    name = company(3)["legal_name"]
    first = incident(house, folder, policy, 5, "3", "90000.00")
    check.equal((first["payable"]["amount"], first["payee"]), (9_000_000, master_number["certificates"][2]["enterprise"]),
                "90,000 to the member")
    second = incident(house, folder, policy, 6, number, "90000.00")
    check.equal(second["payable"]["amount"], 3_000_000, "30,000 are left of its 120,000")
    check.that(any(step["clause"] == "2.2" for step in second["settlement"]["steps"]), "by the clause of the member's limit")
    other = incident(house, folder, policy, 7, "6", "20000.00")
    check.equal(other["payable"]["amount"], 2_000_000, "another member has its own limit")
    left = other["settlement"]["aggregate_left"]["amount"]
    check.equal(left, 800_000_000 - 9_000_000 - 3_000_000 - 2_000_000, "all share the aggregate limit")
    for lang, words in (("zh", "赔款"), ("en", "paid to")):
        letter = must("claim", "show", first["id"], house=house, lang=lang).out
        flat = "".join(letter.split()) if lang == "zh" else " ".join(letter.split())
        check.that(name in flat and number in flat and words in flat and "{" not in flat, "the letter names the payee: " + lang)
    rows = must("policy", "certificate", "list", policy, house=house, json=True).json()["certificates"]
    check.equal([(row["used"]["amount"], row["left"]["amount"]) for row in (rows[2], rows[5])],
                [(12_000_000, 0), (2_000_000, 48_000_000)], "what each has used and has left")
    shown = must("incident", "show", first["incident"], house=house, lang="en").out
    check.that(number in shown, "the incident shows its certificate")
    must("claim", "approve", first["id"], house=house, at="2026-08-01T09:00:00+08:00", as_="chen.manager")
    must("claim", "pay", first["id"], house=house, at="2026-08-02T09:00:00+08:00", as_="qian.finance")
    return number


def paper(house, folder, policy, number):
    out = os.path.join(folder, "member.pdf")
    printed = must("print", "certificate", policy, "--certificate", "3", "--out", out, house=house,
                   at="2026-08-03T09:00:00+08:00", **UW).json()
    check.that(printed["number"].startswith(number + "/"), "the paper has the number of the certificate")
    verified = must("verify", out, house=house, json=True).json()
    check.equal((verified["valid"], verified["state_now"]), (True, "in_force"), "and proves itself")
    gone = anlan("print", "certificate", policy, "--certificate", "5", "--out", os.path.join(folder, "gone.pdf"),
                 house=house, at="2026-08-03T09:01:00+08:00", **UW)
    check.equal(gone.error()["code"], "wrong_state", "nobody is certified after the end of its certificate")


def main():
    with Folder() as folder:
        house = os.path.join(folder, "house")
        operator = small_house(house)
        policy = master(house, operator)
        register(house, folder, MEMBERS)
        bad_lists(house, folder, policy)
        rows = members(house, folder, policy)
        ended(house, policy, rows)
        number = claims(house, folder, policy)
        paper(house, folder, policy, number)
        must("premium", "earn", "--through", "2026-08-02", house=house, as_="qian.finance", at="2026-08-03T10:00:00+08:00")
        must("journal", "verify", house=house)
    check.end()


main()
