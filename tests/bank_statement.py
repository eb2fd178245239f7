"""A bank's statement: what leaves no question is recorded once, the rest waits for a person; again; changed."""

import os

from _anlan import SOURCE, Check, Folder, anlan, must, small_house
from _http import Server

check = Check("bank_statement")
COMPANY = "宁波示例精密制造有限公司"
HEAD = "交易日期,交易流水号,借方发生额,贷方发生额,对方户名,附言\n"
FINANCE = {"as_": "qian.finance", "lang": "zh", "json": True}


def policy(house):
    """Bound, with the subsidy decided: the customer and the office owe 1,400.00 each."""
    company = small_house(house)
    must("actor", "appoint", "sun.subsidy", "--role", "subsidy_officer", "--organisation", "office", house=house, as_="op",
         at="2026-02-24T10:30:00+08:00")
    must("subsidy", "budget", "ningbo-premium-subsidy", "--amount", "100000.00", house=house, as_="sun.subsidy",
         at="2026-02-24T10:31:00+08:00")
    quote = must("quote", "issue", company, "--product", "ningbo-2023-a", "--from", "2026-03-01", house=house, as_="zhou.uw",
                 at="2026-02-25T09:00:00+08:00", json=True).json()["id"]
    must("quote", "explain", quote, "--confirmed-by", "e-sign 1", house=house, as_="wang.broker", at="2026-02-25T09:01:00+08:00")
    bound = must("policy", "bind", quote, house=house, as_="zhou.uw", at="2026-02-25T09:02:00+08:00", json=True).json()
    must("subsidy", "decide", bound["id"], house=house, as_="sun.subsidy", at="2026-02-25T09:03:00+08:00")
    return bound


def states(reply):
    return [row["state"] for row in reply["rows"]]


with Folder() as folder:
    house = folder + "/house"
    bound = policy(house)
    number = bound["number"]

    def statement(lines, *words, hour=10, minute=0):
        path = os.path.join(folder, "statement.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(HEAD + "".join(line + "\n" for line in lines))
        return anlan("premium", "statement", path, *words, house=house, at="2026-02-27T%02d:%02d:00+08:00" % (hour, minute), **FINANCE)

    def paid():
        shown = must("policy", "show", bound["id"], house=house, json=True).json()
        return shown["customer_paid"]["amount"], shown["government_paid"]["amount"]

    lines = [
        "20260227,B-1,,\"1,000.00\",%s,保费 %s" % (COMPANY, number),
        "20260227,B-2,,400.00,%s,%s 余款" % (COMPANY, number),
        "20260227,B-3,,0.01,%s,%s 多付" % (COMPANY, number),
        "20260227,B-4,,1400.00,宁波市示例财政局,补贴 %s" % number,
        "20260227,B-5,,1400.00,宁波别家有限公司,保费 %s" % number,
        "20260227,B-6,,1400.00,%s,货款" % COMPANY,
        "20260227,B-7,,1400.00,%s,保费 AL-2026-999999" % COMPANY,
        "20260227,B-8,,1400.00,%s,%s pol_2" % (COMPANY, number),
        "20260227,B-9,35.00,,物业公司,水费",
        "2026-02-31,B-10,,1.00,%s,%s" % (COMPANY, number),
    ]
    office = ("--government", "宁波市示例财政局")
    expected = ["matched", "matched", "not_owed", "matched", "stranger", "unnamed", "unknown", "several", "outgoing", "refused"]
    looked = statement(lines, "--dry-run", *office).json()
    check.equal(states(looked), expected, "each line by itself, and what is taken before counts")
    check.equal((looked["sum"]["amount"], paid()), (280000, (0, 0)), "nothing is recorded yet")
    check.that(all(row["text"] for row in looked["rows"]), "each says why")

    recorded = statement(lines, *office, minute=1).json()
    check.equal(states(recorded), [state.replace("matched", "recorded") for state in expected], "recorded")
    check.equal(paid(), (140000, 140000), "to the fen, by payer")
    again = statement(lines, *office, minute=2).json()
    check.equal(states(again), [state.replace("matched", "repeated") for state in expected], "the same statement again pays nothing")
    check.equal(paid(), (140000, 140000), "nothing twice")

    # Another company, of which a part is owed all the while.
    facts = os.path.join(folder, "other.toml")
    with open(os.path.join(SOURCE, "data/demo/enterprise_c.toml"), encoding="utf-8") as shipped, open(facts, "w", encoding="utf-8") as file:
        file.write(shipped.read().replace("2026-09", "2026-02"))
    other = must("enterprise", "register", facts, house=house, as_="wang.broker", at="2026-02-27T11:00:00+08:00", json=True).json()["id"]
    quote = must("quote", "issue", other, "--product", "ningbo-2023-a", "--from", "2026-03-10", house=house, as_="zhou.uw",
                 at="2026-02-27T11:01:00+08:00", json=True).json()["id"]
    must("quote", "explain", quote, "--confirmed-by", "e-sign 2", house=house, as_="wang.broker", at="2026-02-27T11:02:00+08:00")
    second = must("policy", "bind", quote, house=house, as_="zhou.uw", at="2026-02-27T11:03:00+08:00", json=True).json()
    name = must("enterprise", "show", other, house=house, json=True).json()["legal_name"]
    must("actor", "appoint", "wu.finance", "--role", "finance", house=house, as_="op", at="2026-02-27T11:04:00+08:00")

    def state_of(line, minute, *words, **who):
        path = os.path.join(folder, "one.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(HEAD.strip() + ",币种\n" + line + "\n")
        reply = anlan("premium", "statement", path, *words, house=house, at="2026-02-27T12:%02d:00+08:00" % minute, **{**FINANCE, **who}).json()
        return reply["rows"][0]["state"], reply["rows"][0]["code"]

    at = second["number"]
    table = [
        ("20260227,D-1,,100.00,%s,保费 %s,人民币" % (name, at), {}, ("recorded", None), "a part"),
        ("20260228,D-1,,100.00,%s,%s,CNY" % (name.replace("宁波", "宁波 "), at), {}, ("repeated", None), "written differently, on another day"),
        ("20260227,D-1,,100.00,%s,%s,CNY" % (name, at), {"as_": "wu.finance"}, ("repeated", None), "by somebody else"),
        ("20260227,D-1,,101.00,%s,%s," % (name, at), {}, ("changed", None), "another amount under the same number"),
        ("20260227,D-2,,100.00,%s,%s,USD" % (name, at), {}, ("refused", "currency_of_house"), "dollars"),
        ("20260227,2.02603E+15,,100.00,%s,%s," % (name, at), {}, ("refused", "serial_unusable"), "rounded by a spreadsheet"),
        ("20260227,D-3,,\"14,00\",%s,%s," % (name, at), {}, ("refused", "statement_amount"), "a comma where none is"),
        ("2026-03-01abc,D-4,,1.00,%s,%s," % (name, at), {}, ("refused", "date_invalid"), "a day with something behind it"),
        ("20260227,D-5,100.00,,%s,退票 %s," % (name, at), {}, ("returned", None), "a premium that came back"),
        ("20260227,D-6,,1.00,%s,TOT%s," % (name, at), {}, ("unnamed", None), "within another word"),
        ("20260227,D-7,,1.00,%s,%s," % (name, at.replace("2026", "2027")), {}, ("unknown", None), "a number of another year"),
        ("20260227,D-8,,1.00,,%s," % at, {}, ("stranger", None), "a line without a payer"),
        ("20260227,D-9,,-100.00,%s,冲正 %s," % (name, at), {}, ("returned", None), "a reversal"),
    ]
    for minute, (line, who, expected_state, what) in enumerate(table):
        check.equal(state_of(line, minute, **who), expected_state, what)
    shown = must("policy", "show", second["id"], house=house, json=True).json()
    check.equal(shown["customer_paid"]["amount"], 10000, "one of them is recorded")
    # What a person records under the bank's number is not recorded again by a statement, and the other way round.
    def receive(serial, amount, minute, **who):
        return anlan("premium", "receive", second["id"], "--payer", "customer", "--amount", amount, "--serial", serial, house=house,
                     at="2026-02-27T12:%02d:00+08:00" % minute, **{**FINANCE, **who})

    check.equal(receive("H-1", "50.00", 30).json()["repeated"], False, "by hand, with the number of the transfer")
    check.equal(receive("H-1", "50.00", 31, as_="wu.finance").json()["repeated"], True, "again by somebody else")
    check.equal(receive("H-1", "51.00", 32).json()["error"]["code"], "key_reused", "another amount under it")
    check.equal(anlan("premium", "receive", bound["id"], "--payer", "customer", "--amount", "50.00", "--serial", "H-1", house=house,
                      at="2026-02-27T12:33:00+08:00", **FINANCE).json()["error"]["code"], "key_reused", "another policy under it")
    check.equal(receive("2E+17", "50.00", 34).json()["error"]["code"], "serial_unusable", "a rounded number")
    check.equal(state_of("20260227,H-1,,50.00,%s,%s," % (name, at), 35), ("repeated", None), "a statement knows it")
    check.equal(receive("D-1", "100.00", 36).json()["repeated"], True, "what a statement recorded")
    shown = must("policy", "show", second["id"], house=house, json=True).json()
    check.equal(shown["customer_paid"]["amount"], 15000, "each once")
    known = statement(["20260227,D-1,,100.00,%s,%s" % (name, at)] * 2, hour=12, minute=50).json()
    check.equal(states(known), ["repeated"] * 2, "two lines that were recorded before")
    check.that(all(second["id"] in row["text"] for row in known["rows"]), "and say of which policy: %s" % known["rows"][0]["text"])
    both = statement(["20260227,E-1,,1.00,%s,%s" % (name, at)] * 2, hour=13, minute=1).json()
    check.equal((states(both), both["twice"]), (["twice", "twice"], 2), "two lines with one number wait")
    early = statement(["20260227,E-2,,1400.00,宁波市示例财政局,%s" % at], "--dry-run", *office, hour=13, minute=2).json()
    check.equal((early["rows"][0]["state"], early["sum"]["amount"]), ("refused", 0), "a dry run knows what recording would refuse: %s" % early["rows"][0])

    empty = os.path.join(folder, "empty.csv")
    with open(empty, "w", encoding="utf-8") as file:
        file.write("a,b\n1,2\n")
    refused = anlan("premium", "statement", empty, house=house, at="2026-02-27T13:05:00+08:00", **FINANCE)
    check.equal((refused.json()["error"]["code"], refused.json()["error"]["path"]), ("missing_key", "serial"), "no statement")
    denied = anlan("premium", "statement", os.path.join(folder, "statement.csv"), house=house, as_="wang.broker",
                   at="2026-02-27T13:06:00+08:00", json=True, lang="en")
    check.equal(denied.json()["error"]["code"], "role_missing", "only finance records what came in")
    with Server(folder, [house], [("test-house", "qian.finance")]) as server:
        text = HEAD + "20260227,F-1,,1.00,%s,%s\n" % (name, at)
        token = {"Authorization": "Bearer " + server.tokens[("test-house", "qian.finance")], "Anlan-At": "2026-02-27T14:00:00+08:00"}
        found = [server.send("POST", "/v1/premium/statement", {"file": {"name": "b.csv", "text": text}}, {**token, **more})[1]["rows"][0]["state"]
                 for more in ({"Anlan-Dry-Run": "true"}, {"Idempotency-Key": "s-1"}, {"Idempotency-Key": "s-1"})]
        check.equal(found, ["matched", "recorded", "repeated"], "over HTTP, looked at first")
check.end()
