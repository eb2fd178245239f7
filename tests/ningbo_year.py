#!/usr/bin/env python3
"""A year of the Ningbo policy by the commands that its people type: subsidy, an improvement that telemetry proves and
the premium that falls by day, a cancellation on day 100 (E21), and a renewal at double price that says why.

The daily premium is calculated here a second time, from the rule and not from the program.
"""

import os

from _anlan import LANGUAGES, Check, Folder, anlan, must

check = Check("ningbo_year")
PREMIUM, SUBSIDY, DAYS = 280_000, 140_000, 365


def half_up(numerator, denominator):
    return (2 * numerator + denominator) // (2 * denominator)


class House:
    def __init__(self, folder):
        self.house = os.path.join(folder, "house")
        self.minute = 0
        self.run("op", "2026-02-23", "init", "--name", "ningbo-year", "--sandbox")
        for name, role, *rest in (("broker", "broker"), ("uw", "underwriter", "--authority", "1000000.00"),
                                  ("vendor", "security_vendor", "--organisation", "guard-vendor"), ("finance", "finance"),
                                  ("office", "subsidy_officer", "--organisation", "ningbo-finance")):
            self.run("op", "2026-02-23", "actor", "appoint", name, "--role", role, *rest)
        self.run("office", "2026-02-23", "subsidy", "budget", "ningbo-premium-subsidy", "--amount", "100000.00")

    def run(self, actor, day, *words, wanted="done"):
        self.minute += 1
        at = "%sT%02d:%02d:00+08:00" % (day, 9 + self.minute // 60 % 10, self.minute % 60)
        answer = anlan(*words, house=self.house, as_=actor, at=at, lang="en", json=True)
        body = answer.json()
        found = body["error"]["code"] if isinstance(body, dict) and "error" in body else "done"
        check.equal(found, wanted, " ".join(words))
        return body

    def policy(self, company, first_day):
        """Sold from that day, the subsidy granted, both halves paid."""
        quote = self.run("uw", "2026-02-25", "quote", "issue", company, "--product", "ningbo-2023-a", "--from", first_day)
        self.run("broker", "2026-02-25", "quote", "explain", quote["id"], "--confirmed-by", "e-sign 2026-0225")
        policy = self.run("uw", "2026-02-25", "policy", "bind", quote["id"])["id"]
        self.run("office", "2026-02-25", "subsidy", "decide", policy)
        for payer in ("customer", "government"):
            self.run("finance", "2026-02-25", "premium", "receive", policy, "--payer", payer, "--amount", "1400.00")
        return policy

    def show(self, *words):
        for lang in LANGUAGES:
            check.that(must(*words, house=self.house, lang=lang).out.strip(), " ".join(words) + " in " + lang)
        return must(*words, house=self.house, json=True).json()


def sold(house, folder):
    with open(os.path.join(os.environ["ANLAN_SOURCE_DIR"], "data", "demo", "enterprise.toml"), encoding="utf-8") as file:
        text = file.read()
    other = os.path.join(folder, "other.toml")
    with open(other, "w", encoding="utf-8") as file:
        file.write(text.replace("91330206MA2EXAMP50", "91330203MA2EXAMPB7"))
    companies = []
    for record in ("@demo/enterprise.toml", other):
        companies.append(house.run("broker", "2026-02-24", "enterprise", "register", record)["id"])
        house.run("broker", "2026-02-24", "assess", companies[-1], "--answers", "@demo/answers.toml")
    order = house.run("broker", "2026-02-24", "order", "place", companies[0], "--package", "security-guard", "--from",
                      "2026-03-01")["id"]
    house.run("finance", "2026-02-24", "order", "pay", order)
    return order, [house.policy(company, "2026-03-01") for company in companies]


def improved(house, order, policy):
    """Art 53: from the day that an observation proves, 85 % of the premium, to the fen, for both payers."""
    seen = house.run("vendor", "2026-03-07", "observe", order, "@demo/telemetry/endpoint.log", "--product", "endpoint")
    proof = seen["observations"][0] if "observations" in seen else seen
    number, until = proof["id"], proof["until"][:10]
    house.run("uw", "2026-03-08", "policy", "endorse", policy, "--kind", "improvement", "--from", "2026-03-20", "--factor",
              "protection", "--value", "85", "--evidence", number, "--reason", "runs everywhere", wanted="proof_day")
    house.run("uw", "2026-03-08", "policy", "endorse", policy, "--kind", "improvement", "--from", until, "--factor",
              "protection", "--value", "105", "--evidence", number, "--reason", "dearer", wanted="factor_outside_filing")
    done = house.run("uw", "2026-03-08", "policy", "endorse", policy, "--kind", "improvement", "--from", until, "--factor",
                     "protection", "--value", "85", "--evidence", number, "--reason", "runs everywhere")
    before = int(until[8:]) - 1  # days of March at the price of before
    cheaper = half_up(PREMIUM * 85, 100)
    share = half_up(SUBSIDY * cheaper, PREMIUM)
    government = half_up(SUBSIDY * before + share * (DAYS - before), DAYS)
    customer = half_up((PREMIUM - SUBSIDY) * before + (cheaper - share) * (DAYS - before), DAYS)
    written = done["after"]["written"] if "after" in done else done["written"]
    check.equal((written["customer"]["amount"], written["government"]["amount"]), (customer, government), "by day")
    back = (PREMIUM - SUBSIDY - customer, SUBSIDY - government)
    paid = house.run("finance", "2026-03-09", "policy", "refund", policy)
    check.equal((paid["to_customer"]["amount"], paid["to_government"]["amount"]), back, "the difference goes back")
    earned = house.run("finance", "2026-04-01", "premium", "earn", "--through", "2026-03-31")
    expected = half_up((PREMIUM - SUBSIDY) * before + (cheaper - share) * (31 - before), DAYS) + \
        half_up(SUBSIDY * before + share * (31 - before), DAYS)
    line = next(each for each in earned["lines"] if each["policy"] == policy)
    check.equal(line["amount"]["amount"], expected, "March earns both prices, each for its days")
    return customer + government


def cancelled(house, policy):
    """E21: cancelled on day 100 of 365, 1,016.44 to each payer."""
    done = house.run("uw", "2026-06-08", "policy", "cancel", policy, "--on", "2026-06-09")
    check.equal((done["to_customer"]["amount"], done["to_government"]["amount"]), (101_644, 101_644), "E21")
    check.equal((done["days_on_risk"], done["days_total"]), (100, 365), "100 days of 365")
    house.run("finance", "2026-06-09", "policy", "refund", policy)


def renewed(house, policy):
    """Year two has no subsidy: the customer pays twice what it paid, and the quote says why."""
    for day in ("2026-12-01", "2027-01-01"):
        house.show("policy", "history", policy)
    quote = house.run("uw", "2027-01-20", "quote", "renew", policy)
    check.equal(quote["customer_pays"]["amount"], PREMIUM, "2,800.00 for the customer")
    check.equal(quote["subsidy"]["amount"], 0, "none in the second year")
    check.that("not_first_year" in quote["no_subsidy"] or quote["no_subsidy"], "the reason is a code")
    for lang, word in (("zh", "1,400.00"), ("en", "1,400.00")):
        text = must("quote", "show", quote["id"], house=house.house, lang=lang).out
        check.that("2,800.00" in text, "the price of now in " + lang)
    bound = house.run("broker", "2027-01-21", "quote", "explain", quote["id"], "--confirmed-by", "e-sign 2027-0121")
    check.that(bound, "explained")
    house.run("uw", "2027-01-22", "policy", "bind", quote["id"])


with Folder() as place:
    year = House(place)
    placed, (first, second) = sold(year, place)
    improved(year, placed, first)
    cancelled(year, second)
    renewed(year, first)
    ledger = year.show("ledger", "show")
    check.equal(ledger["sum"]["amount"], 0, "the books balance")
check.end()
