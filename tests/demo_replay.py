"""Replays the journal that the demonstration leaves, and compares every amount that it printed.

Everything is recomputed here from the events alone: balances from postings, payables, what is left of the aggregate,
the walk of a price, refunds. An amount that is printed and not found this way fails the test.
"""

import json
import os
import re
import unicodedata
from collections import defaultdict
from datetime import date

from _anlan import LANGUAGES, Check, Folder, anlan, balances, events, must

AMOUNT = re.compile(r"(?<![\d.,])\d[\d,]*\.\d\d(?![\d%]| ?%)")
LINES_LEAST, LINES_MOST, COLUMNS = 45, 75, 80
check = Check("demo_replay")


def width(line):
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def grouped(minor):
    return "%s%s.%02d" % ("-" if minor < 0 else "", format(abs(minor) // 100, ","), abs(minor) % 100)


def minor_of(text):
    return int(text.replace(",", "").replace(".", ""))


def is_money(node):
    return isinstance(node, dict) and set(node) == {"amount", "currency"}


def amounts_in(node):
    """Every amount of money that stands in an event."""
    if is_money(node):
        yield abs(node["amount"])
    elif isinstance(node, dict):
        for value in node.values():
            yield from amounts_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from amounts_in(value)


def money(node):
    return node["amount"]


def of_kind(journal, name):
    return [event for event in journal if event["event"] == name]


def rounded(numerator, denominator):
    """Half up, whole numbers only."""
    return (2 * numerator + denominator) // (2 * denominator)


class Replay:
    """What the events say, added up again."""

    def __init__(self, journal):
        self.journal = journal
        self.quotes = {e["quote"]["id"]: e["quote"] for e in of_kind(journal, "quote_issued")}
        self.policies = {e["policy"]["id"]: e["policy"] for e in of_kind(journal, "policy_bound")}
        self.claims = [e["decision"] for e in of_kind(journal, "claim_adjudicated")]
        self.derived = set()
        self.paid = defaultdict(int)
        self.balances = balances(journal)
        self.prices()
        self.premiums()
        self.losses()
        self.settlements()
        self.refunds()
        self.payments()

    def derive(self, minor):
        self.derived.add(abs(minor))
        return minor

    def prices(self):
        for name, quote in self.quotes.items():
            if quote["decision"] == "declined":
                continue
            check.equal(money(quote["subsidy"]) + money(quote["customer_pays"]), money(quote["premium"]),
                        name + " is paid by customer and government")
            total = 0
            for line in quote["walk"]:
                total += money(line["change"])
                check.equal(total, money(line["cumulative"]), "%s walk %s" % (name, line["step"]))
            check.equal(total, money(quote["premium"]), name + " walk ends at the premium")
            parts = {key: money(value) for key, value in quote["parts"].items()}
            net = sum(parts[key] for key in ("expected_loss", "service", "claims_handling", "policy_cost",
                                             "reinsurance", "capital", "acquisition", "administration", "margin",
                                             "guarantee_fund"))
            check.equal(net, parts["technical_net"], name + " net price is the sum of its parts")
            check.equal(net + parts["vat"], parts["technical_gross"], name + " gross price")
            check.equal(parts["technical_gross"] + parts["filing_adjustment"], parts["filed_gross"],
                        name + " filed price")
            check.equal(parts["expected_loss"], money(quote["loss"]["insured"]), name + " expected loss")
            for part in ("perils", "covers"):
                insured = sum(money(row["insured"]) for row in quote["loss"][part])
                check.that(abs(insured - money(quote["loss"]["insured"])) <= len(quote["loss"][part]),
                           "%s expected loss by %s sums to %d" % (name, part, insured))

    def premiums(self):
        for event in of_kind(self.journal, "premium_received"):
            account = (event["policy"], event["payer"])
            self.paid[account] += money(event["amount"])
            self.derive(self.paid[account])
        for name, policy in self.policies.items():
            quote = self.quotes[policy["quote"]]
            check.equal(money(policy["premium"]), money(quote["premium"]), name + " premium is the quote's")
            check.equal(money(policy["customer_part"]) + money(policy["subsidy_part"]), money(policy["premium"]),
                        name + " parts")
            for payer, part in (("customer", "customer_part"), ("government", "subsidy_part")):
                check.that(self.paid[(name, payer)] <= money(policy[part]), name + " nobody paid more than due")
        for event in of_kind(self.journal, "policy_lapsed"):
            due = money(self.policies[event["policy"]]["customer_part"])
            check.equal(money(event["unpaid"]), due - self.paid[(event["policy"], "customer")], "unpaid at the lapse")

    def losses(self):
        for event in of_kind(self.journal, "loss_stated"):
            self.derive(sum(money(item["amount"]) for item in event["statement"]["items"]))

    def settlements(self):
        left = {name: money(self.quotes[policy["quote"]]["aggregate_limit"])
                for name, policy in self.policies.items()}
        for claim in self.claims:
            settlement = claim["settlement"]
            check.equal(sum(money(section["paid"]) for section in settlement["sections"])
                        + money(settlement["mitigation_paid"]), money(claim["payable"]),
                        claim["id"] + " payable is the sum of its sections")
            left[claim["policy"]] -= money(claim["payable"])
            check.equal(left[claim["policy"]], money(settlement["aggregate_left"]), claim["id"] + " aggregate left")
        self.left = left
        for minor in left.values():
            self.derive(minor)

    def refunds(self):
        for event in of_kind(self.journal, "policy_cancelled"):
            policy = self.policies[event["policy"]]
            refund = event["refund"]
            from_day = date.fromisoformat(policy["from"][:10])
            days = (date.fromisoformat(event["on"]) - from_day).days
            total = (date.fromisoformat(policy["until"][:10]) - from_day).days
            check.equal((refund["days_on_risk"], refund["days_total"]), (days, total), "days of the cancellation")
            premium = money(policy["premium"])
            # Each payer owes its own part by day, rounded once.
            refused = any(e["policy"] == event["policy"] and not e["granted"]
                          for e in of_kind(self.journal, "subsidy_decided"))
            parts = [premium] if refused else [money(policy["customer_part"]), money(policy["subsidy_part"])]
            by_time = sum(part - rounded(part * days, total) for part in parts)
            check.equal(money(refund["unearned_by_time"]), by_time, "unearned premium")
            limit = money(self.quotes[policy["quote"]]["aggregate_limit"])
            check.equal(money(refund["unearned"]), rounded(by_time * self.left[event["policy"]], limit),
                        "unearned premium for the limit that claims left")
            earned = premium - money(refund["unearned"])
            paid = self.paid[(event["policy"], "customer")] + self.paid[(event["policy"], "government")]
            check.equal(money(refund["to_customer"]) + money(refund["to_government"]), max(0, paid - earned),
                        "the refund is what was paid less what was earned")
            check.equal(self.balances[("earned_premium", int(event["policy"][4:]))], -earned, "earned premium")

    def payments(self):
        payable = {claim["id"]: money(claim["payable"]) for claim in self.claims}
        approved = {event["claim"] for event in of_kind(self.journal, "claim_approved")}
        for event in of_kind(self.journal, "claim_paid"):
            check.equal(money(event["amount"]), payable[event["claim"]], event["claim"] + " is paid as decided")
            check.that(event["claim"] in approved, event["claim"] + " was approved before")
            check.equal(self.balances[("claims_payable", int(event["claim"][4:]))], 0, event["claim"] + " is settled")
        for event in of_kind(self.journal, "order_paid"):
            orders = {e["order"]["id"]: e["order"] for e in of_kind(self.journal, "order_placed")}
            order = orders[event["order"]]
            check.equal(sum(money(line["price"]) for line in order["lines"]), money(order["price"]), "order lines")
            check.equal(money(event["amount"]), money(order["price"]), "order price paid")
        self.by_kind = defaultdict(int)
        for (kind, _), minor in self.balances.items():
            self.by_kind[kind] += minor
        check.equal(sum(self.balances.values()), 0, "the ledger sums to zero")

    def known(self):
        """All amounts that may be printed: of the events, the balances, the sums above and by kind of account."""
        debit = sum(minor for minor in self.by_kind.values() if minor > 0)
        own = set(amounts_in(self.journal)) | self.derived
        totals = [*self.balances.values(), *self.by_kind.values(), debit, 0]
        return own | {abs(minor) for minor in totals}


def ledger_agrees(house, replay):
    shown = must("ledger", "show", "--all", house=house, json=True).json()
    found = {(row["kind"], row["owner"]): money(row["balance"]) for row in shown["balances"]}
    check.equal({k: v for k, v in found.items() if v}, {k: v for k, v in replay.balances.items() if v},
                "the program's balances are those of the postings")
    by_kind = must("ledger", "show", house=house, json=True).json()
    debit = sum(minor for minor in replay.by_kind.values() if minor > 0)
    check.equal((money(by_kind["sum"]), money(by_kind["debit"]), money(by_kind["credit"])), (0, debit, debit),
                "the program's sums")


def key_amounts(replay, text, lang):
    """The figures that the issue names, each in the journal and in print."""
    first = next(iter(replay.quotes.values()))
    check.equal([money(first[k]) for k in ("premium", "subsidy", "customer_pays")], [280000, 140000, 140000],
                "2,800.00 = 1,400.00 + 1,400.00")
    policy = next(iter(replay.policies))
    mine = [claim for claim in replay.claims if claim["policy"] == policy]
    check.equal([money(claim["payable"]) for claim in mine], [15000000, 15000000, 10000000], "three incidents")
    paid = {row["section"]: money(row["paid"]) for row in mine[2]["settlement"]["sections"]}
    restored = sum(paid.get(section, 0) for section in ("FP.DATA", "FP.HW", "FP.IR"))
    check.equal((paid["FP.BI"], paid["FP.EXT"], restored), (6666667, 2000000, 1333333), "the third incident's shares")
    annual = [name for name, p in replay.policies.items() if p["product"] == "ningbo-2023-b"]
    yearly = [money(claim["payable"]) for claim in replay.claims if claim["policy"] in annual]
    check.equal(yearly, [15000000, 0], "the annual reading pays once")
    no_consent = [claim for claim in replay.claims if money(claim["payable"]) == 0
                  and any(head["head"] == "FP.EXT.RANSOM" for head in claim["heads"])
                  and claim["policy"] not in annual]
    check.equal(len(no_consent), 1, "the ransom without consent is not paid")
    check.that(all(any(step["clause"] for step in claim["admission"] + claim["settlement"]["steps"])
                   for claim in replay.claims if money(claim["payable"]) == 0), "a claim not paid names its clause")
    decisions = {quote["decision"] for quote in replay.quotes.values()}
    check.that("declined" in decisions, "a risk is declined")
    check.that(of_kind(replay.journal, "policy_lapsed"), "a policy lapses")
    outcomes = {claim["outcome"] for claim in replay.claims}
    check.that({"partly", "denied"} <= outcomes, "a claim is paid in part and one is denied: %s" % outcomes)
    for needed in ("2,800.00", "1,400.00", "130,000.00", "150,000.00", "100,000.00", "30,000.00", "50,000.00",
                   "66,666.67", "20,000.00", "13,333.33", "0.00"):
        check.that(needed in text, "%s: %s is printed" % (lang, needed))


def printed(text, replay, lang):
    joined = re.sub(r"\n +", " ", text)
    amounts = AMOUNT.findall(joined)
    known = replay.known()
    # What the demonstration shows as one line of a clause is the sum of that clause's events.
    for claim in replay.claims:
        sections = {row["section"]: money(row["paid"]) for row in claim["settlement"]["sections"]}
        known.add(sum(sections.get(section, 0) for section in ("FP.DATA", "FP.HW", "FP.IR")))
        steps = claim["admission"] + claim["settlement"]["steps"]
        for clause, reason in {(step["clause"], step["reason"]) for step in steps}:
            mine = [step for step in steps if (step["clause"], step["reason"]) == (clause, reason)]
            known.update(sum(money(step[side]) for step in mine) for side in ("before", "after"))
    for amount in amounts:
        check.that(minor_of(amount) in known, "%s: %s is not in the journal" % (lang, amount))
    moved = sum(minor_of(amount) + 1 not in known for amount in amounts)
    check.that(moved * 10 >= len(amounts) * 9, "an amount that is one fen off would be seen (%d of %d)"
               % (moved, len(amounts)))
    return amounts, moved


def play(folder, lang, again=""):
    house = os.path.join(folder, "house-" + lang + again)
    return house, must("demo", house=house, lang=lang).out


def no_key_twice(house):
    try:
        must("journal", "show", house=house, json=True).json()
    except ValueError as error:
        check.that(False, "journal show --json: %s" % error)


def tables_agree(first, second):
    """Two runs differ in nothing but keys, chains, signatures, encrypted contacts and the digests over those."""
    names = {"chain", "public_key", "signature", "head_chain", "cipher", "content", "inputs"}

    def plain(node):
        if isinstance(node, dict):
            return {key: plain(value) for key, value in node.items() if key not in names}
        return [plain(value) for value in node] if isinstance(node, list) else node
    return [plain(event) for event in first] == [plain(event) for event in second]


def main():
    amounts, journals, lines, moved = {}, {}, {}, {}
    with Folder() as folder:
        for lang in LANGUAGES:
            house, text = play(folder, lang)
            lines[lang] = text.rstrip("\n").split("\n")
            journals[lang] = events(house)
            replay = Replay(journals[lang])
            amounts[lang], moved[lang] = printed(text, replay, lang)
            key_amounts(replay, text, lang)
            ledger_agrees(house, replay)
            no_key_twice(house)
            verified = must("journal", "verify", house=house, lang=lang).out
            check.that(str(len(journals[lang])) in verified, "verify names the number of events")
            count = len(lines[lang])
            check.that(LINES_LEAST <= count <= LINES_MOST, "%s: %d lines, %d to %d expected"
                       % (lang, count, LINES_LEAST, LINES_MOST))
            for line in lines[lang]:
                check.that(width(line) <= COLUMNS, "%s: %d columns: %s" % (lang, width(line), line))
        check.equal(amounts["zh"], amounts["en"], "both languages print the same amounts in the same order")
        check.that(tables_agree(journals["zh"], journals["en"]), "both languages write the same events")
        house, text = play(folder, "en", "-again")
        check.equal(AMOUNT.findall(re.sub(r"\n +", " ", text)), amounts["en"], "a second run prints the same amounts")
        check.that(tables_agree(events(house), journals["en"]), "a second run writes the same events")
        replies = anlan("demo", house=os.path.join(folder, "house-json"), json=True)
        check.equal(replies.status, 0, "the demonstration as JSON")
        json.loads(replies.out)
        replies.json()
        check.equal(replies.err, "", "nothing beside the document")
    print("lines: zh %d, en %d; widest: zh %d, en %d columns" % (
        len(lines["zh"]), len(lines["en"]), max(map(width, lines["zh"])), max(map(width, lines["en"]))))
    print("amounts printed: %d a language, all in the journal of %d events; one fen off would be seen for %d" % (
        len(amounts["en"]), len(journals["en"]), moved["en"]))
    check.end()


if __name__ == "__main__":
    main()
