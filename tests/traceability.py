#!/usr/bin/env python3
"""A sale rebuilt from the journal, the clocks of law, and a rescission, by the commands that a user types."""

import os

from _anlan import Check, Folder, anlan, must

check = Check("traceability")


class House:
    def __init__(self, folder):
        self.house = os.path.join(folder, "house")
        must("demo", house=self.house, lang="en")
        self.journal = must("journal", "show", house=self.house, json=True).json()
        self.minute = 0

    def run(self, actor, at, *words, wanted="done", **options):
        self.minute += 1
        answer = anlan(*words, house=self.house, as_=actor, at="%sT09:%02d:00+08:00" % (at, self.minute), lang="en",
                       json=True, **options)
        body = answer.json()
        found = body["error"]["code"] if isinstance(body, dict) and "error" in body else "done"
        check.equal(found, wanted, " ".join(words))
        return body

    def show(self, *words):
        return must(*words, house=self.house, json=True).json()

    def of(self, event):
        return [each for each in self.journal if each["event"] == event]


def replayed(house):
    policy = house.of("policy_bound")[0]["policy"]
    sale = house.show("sale", "replay", policy["id"])
    steps = sale["steps"]
    seqs = [step["seq"] for step in steps]
    check.equal(seqs, sorted(seqs), "in the order of the journal")
    known = {event["seq"]: event for event in house.journal}
    for step in steps:
        event = known[step["seq"]]
        check.that(all(step[key] == value for key, value in event.items() if key != "chain"),
                   "step %d is its record" % step["seq"])
    kinds = [step["event"] for step in steps]
    for kind in ("enterprise_registered", "assessment_recorded", "quote_issued", "policy_bound", "premium_received"):
        check.that(kind in kinds, "the sale holds " + kind)
    explained = [step["evidence"]["clause"] for step in steps if step["event"] == "clause_explained"]
    check.equal(sorted(explained), sorted(step["clause"] for step in policy["explained"]), "every clause explained")
    check.that(not any(kind.startswith("claim_") for kind in kinds), "claims are no part of the sale")
    check.equal(sale["traced"]["clauses_explained"], True, "no clause is missing")
    check.equal(sale["retention"]["years"], 5, "five years for a term of one year (art 87)")
    for lang, word in (("zh", "销售过程"), ("en", "The sale of policy")):
        check.that(word in must("sale", "replay", policy["id"], house=house.house, lang=lang).out, "told in " + lang)
    return policy


def on_paper(house, policy, folder):
    page = os.path.join(folder, "sale.pdf")
    must("sale", "replay", policy["id"], "--pdf", page, house=house.house, lang="zh")
    with open(page, "rb") as file:
        check.that(file.read(5) == b"%PDF-", "the replay as pages")


def texts(house, folder, at):
    bound = {event["policy"]["quote"]: event["policy"]["id"] for event in house.of("policy_bound")}
    quote, policy = next(iter(bound.items()))
    before = house.show("sale", "replay", policy)
    shown = [step for step in before["steps"] if step["event"] == "text_shown"]
    for kind in ("quote", "wording", "questionnaire"):
        answer = house.run("wang.broker", at, "sale", "shown", quote, "--kind", kind, "--to", "token-7", "--confirmed")
        check.equal((answer["kind"], answer["shown_by"], answer["confirmed"]), (kind, "wang.broker", True), kind)
    house.run("wang.broker", at, "sale", "shown", quote, "--kind", "consent", "--to", "token-7", wanted="text_missing")
    page = os.path.join(folder, "consent.txt")
    with open(page, "w", encoding="utf-8") as file:
        file.write("同意监测\n")
    house.run("wang.broker", at, "sale", "shown", quote, "--kind", "consent", "--to", "token-7", "--file", page,
              "--version", "2026-03")
    house.run("wang.broker", at, "sale", "shown", "quo_999999", "--kind", "quote", "--to", "x", wanted="not_found")
    after = house.show("sale", "replay", policy)
    added = [step["shown"]["kind"] for step in after["steps"] if step["event"] == "text_shown"][len(shown):]
    check.equal(added, ["quote", "wording", "questionnaire", "consent"], "each text is a step of the sale")
    check.equal(after["traced"]["texts_shown"], True, "texts were shown")


def clocks(house):
    for event in house.of("claim_approved"):
        found = house.show("claim", "clocks", event["claim"])["clocks"]
        names = [clock["clock"] for clock in found]
        check.that("decision" in names and "limitation" in names, "clocks of " + event["claim"])
        records = {each["seq"] for each in house.journal}
        for clock in found:
            check.that(clock["from_seq"] == 0 or clock["from_seq"] in records, "a clock starts from a record")
            if clock["done"] and clock["state"] != "running":
                check.equal(clock["state"], "met" if clock["done"] <= clock["due"] else "missed", "kept or not")
        for lang in ("zh", "en"):
            must("claim", "clocks", event["claim"], house=house.house, lang=lang)
    paid = {event["claim"] for event in house.of("claim_paid")}
    for claim in paid:
        found = {clock["clock"]: clock for clock in house.show("claim", "clocks", claim)["clocks"]}
        check.that(found["payment"]["done"] is not None, "the payment closes its clock")


def rescission(house, at):
    """An untrue answer of the newest policy: learned, frozen, found, rescinded by another person."""
    policies = house.show("policy", "list")
    policy = [each for each in policies if each["state"] in ("in_force", "bound")][-1]["id"]
    learn = ["policy", "disclosure", "learn", policy, "--subject", "revenue", "--about", "fact", "--truth", "90000000.00",
             "--source", "document", "--note", "audit report"]
    house.run("qian.finance", at, *learn, wanted="role_missing")
    house.run("li.claims", at, *learn[:5], "NO-99", *learn[6:], wanted="not_found")
    learned = house.run("li.claims", at, *learn)
    number = learned["id"]
    check.equal(learned["premium_frozen"], True, "premium is frozen")
    house.run("li.claims", at, *learn, wanted="learned_before")
    clock = house.show("policy", "clocks", policy)
    check.equal(clock["rescission"][0]["right"], "finding_needed", "a person has to find first")
    house.run("zhou.uw", at, "policy", "disclosure", "rescind", number, "--reached", at, wanted="no_rescission")
    found = house.run("li.claims", at, "policy", "disclosure", "find", number, "--fault", "deliberate", "--material",
                      "yes", "--reason", "the audit report")
    check.equal(found["cases"][0]["right"], "open", "the right is open")
    ended = house.run("zhou.uw", at, "policy", "disclosure", "rescind", number, "--reached", at)
    check.equal(ended["cases"][0]["right"], "exercised", "rescinded")
    check.equal(ended["refund"]["to_customer"]["amount"], 0, "nothing goes back (art 16(4))")
    check.equal(house.show("policy", "show", policy)["state"] in ("cancelled", "in_force"), True, "it ends tomorrow")
    check.equal(house.show("ledger", "show")["sum"]["amount"], 0, "the books balance")
    for lang in ("zh", "en"):
        must("policy", "disclosure", policy, house=house.house, lang=lang)
        must("policy", "clocks", policy, house=house.house, lang=lang)


with Folder() as place:
    house = House(place)
    last_day = house.journal[-1]["at"][:10]
    bound = replayed(house)
    on_paper(house, bound, place)
    clocks(house)
    texts(house, place, "2027-08-03")
    rescission(house, "2027-08-04")
check.end()
