"""The money around a premium on the demonstration's house, by the commands that a user types.

Charges, month ends, debts, limits by provider and policy instruments answer in both languages; a repeated month end with
its key gives the same answer; the ledger stays at zero.
"""

import os

from _anlan import LANGUAGES, Check, Folder, anlan, must

AT = "2027-08-%02dT09:%02d:00+08:00"
check = Check("money_line")


class House:
    def __init__(self, folder):
        self.house = os.path.join(folder, "house")
        self.minute = 0
        must("demo", house=self.house, lang="en")

    def run(self, actor, *words, wanted="done", day=2, key=None):
        self.minute += 1
        answer = anlan(*words, house=self.house, as_=actor, at=AT % (day, self.minute), key=key, lang="en", json=True)
        found = answer.error()["code"] if "error" in answer.json() else "done"
        check.equal(found, wanted, " ".join(words))
        books = must("ledger", "show", house=self.house, json=True).json()
        check.equal(books["sum"]["amount"], 0, "the books balance after " + " ".join(words))
        return answer.json()

    def show(self, *words):
        for lang in LANGUAGES:
            lines = must(*words, house=self.house, lang=lang).out.splitlines()
            check.that(lines, " ".join(words) + " says something in " + lang)
        return must(*words, house=self.house, json=True).json()


def running(house):
    return [row["id"] for row in must("policy", "list", house=house.house, json=True).json() 
            if row["state"] in ("in_force", "expired")]


def charges(house):
    check.equal(house.show("charge", "show"), None, "no charges before they are set")
    terms = house.run("qian.finance", "charge", "set")["terms"]
    check.equal(terms[0]["vat"], 60_000, "6 % in ppm")
    check.equal(len(house.show("charge", "show")["terms"]), len(terms), "the rates are shown")


def months(house):
    house.run("qian.finance", "month", "close", "2027-08", wanted="day_not_over")
    house.run("qian.finance", "month", "close", "2027-13", wanted="date_invalid")
    house.run("qian.finance", "month", "close", "2027-07", wanted="month_not_next")
    for month in ["2026-%02d" % n for n in range(2, 13)] + ["2027-%02d" % n for n in range(1, 7)]:
        house.run("qian.finance", "month", "close", month)
    closed = house.run("qian.finance", "month", "close", "2027-07", key="july")
    again = house.run("qian.finance", "month", "close", "2027-07", key="july")
    check.equal(closed["products"], again["products"], "the same answer under the same key")
    house.run("qian.finance", "month", "close", "2027-07", wanted="month_not_next")
    shown = house.show("month", "show", "2027-07")
    check.equal((shown["closed"], shown["sum"]), (True, closed["sum"]), "a closed month is shown as it was closed")
    check.equal(house.show("month", "show", "2027-08")["closed"], False, "the next one is open")
    total = sum(line["exposure_days"] for line in closed["products"])
    check.equal(total, closed["sum"]["exposure_days"], "days of cover sum")
    late = house.run("qian.finance", "premium", "earn", "--through", "2027-07-20")
    check.equal(late["booked_in"], "2027-08", "what is late stands in the open month")


def debts(house):
    owed = house.show("premium", "debts")
    parts = ("not_due", "days_30", "days_60", "days_90", "older", "not_invoiced", "government")
    check.equal(sum(owed[part]["amount"] for part in parts), owed["sum"]["amount"], "the ages sum to what is owed")
    house.run("qian.finance", "premium", "dun", "--dry-run")


def accumulation(house):
    house.run("qian.finance", "accumulation", "limit", "阿里云", "--limit", "100000.00")
    house.run("qian.finance", "accumulation", "rule", "--action", "refuse", "--reserve-fund", "1000.00")
    shown = house.show("accumulation", "show")
    check.equal(shown["action"], "refuse", "the rule is shown")
    check.that("阿里云" in [row["provider"] for row in shown["providers"]], "the limit is shown")


def instruments(house):
    kinds = {row["id"]: row["kind"] for row in house.show("instrument", "list")}
    check.equal(kinds["ningbo-premium-subsidy"], "premium_subsidy", "the subsidy is listed")
    check.equal(kinds["premium-tax-deduction"], "tax_deduction", "and the tax deduction")
    policy = running(house)[0]
    house.run("wang.broker", "instrument", "apply", policy, "--scheme", "ningbo-premium-subsidy",
              wanted="unknown_choice")
    house.run("wang.broker", "instrument", "apply", policy, "--scheme", "first-set-compensation",
              wanted="instrument_not_eligible")
    applied = house.run("wang.broker", "instrument", "apply", policy, "--scheme", "premium-tax-deduction")
    house.run("sun.subsidy", "instrument", "decide", applied["id"])
    house.run("sun.subsidy", "instrument", "pay", applied["id"])
    borne = house.show("instrument", "show", policy)
    given = sum(one["given"]["amount"] for one in borne["instruments"])
    check.equal(borne["kept"]["amount"], borne["customer"]["amount"] + borne["subsidy"]["amount"] + given,
                "who bears the premium sums to it")
    check.that(given > 0, "the deduction was paid")


def main():
    with Folder() as folder:
        line = House(folder)
        for part in (charges, debts, accumulation, instruments, months):
            part(line)
    check.end()


if __name__ == "__main__":
    main()
