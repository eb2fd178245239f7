"""Claims of the demonstration's house, decided again by the commands that a user types.

A decision is sent back, a denial becomes final by a second person and is reopened, a paid claim is decided lower: the
ledger stays at zero, nothing is paid twice, and what is recorded says why.
"""

import os

from _anlan import SOURCE, Check, Folder, anlan, must

AT = "2027-08-02T09:%02d:00+08:00"
check = Check("claims_again")


class House:
    def __init__(self, folder):
        self.house = os.path.join(folder, "house")
        self.hour = 0
        must("demo", house=self.house, lang="en")
        self.journal = must("journal", "show", house=self.house, json=True).json()

    def run(self, actor, *words, wanted="done"):
        """The answer, or what was refused where that is wanted."""
        self.hour += 1
        answer = anlan(*words, house=self.house, as_=actor, at=AT % self.hour, lang="en", json=True)
        found = answer.error()["code"] if "error" in answer.json() else "done"
        check.equal((found, answer.status), (wanted, 0 if wanted == "done" else 1), " ".join(words))
        books = must("ledger", "show", house=self.house, json=True).json()
        check.equal(books["sum"]["amount"], 0, "the books balance after " + " ".join(words))
        return answer.json()

    def claims(self, outcome):
        paid = {event["claim"] for event in self.journal if event["event"] == "claim_paid"}
        return [(event["decision"], event["decision"]["id"] in paid) for event in self.journal
                if event["event"] == "claim_adjudicated" and event["decision"]["outcome"] == outcome]

    def show(self, claim):
        return must("claim", "show", claim, house=self.house, json=True).json()


def returned(house):
    decision = next(decision for decision, paid in house.claims("partly") if not paid)
    house.run("li.claims", "claim", "return", decision["id"], "--reason", "x", wanted="role_missing")
    house.run("chen.manager", "claim", "return", decision["id"], "--reason", "the sales are missing")
    check.equal(house.show(decision["id"])["state"], "returned", "sent back")
    house.run("chen.manager", "claim", "approve", decision["id"], wanted="wrong_state")
    again = house.run("li.claims", "claim", "adjudicate", decision["incident"])
    check.equal((again["id"], again["state"]), (decision["id"], "adjudicated"), "decided again under its number")
    letter = must("claim", "show", decision["id"], house=house.house, lang="zh").out.replace("\n", " ")
    check.that("退回重新理算：the sales are missing" in letter, "the letter says that it was sent back")


def denied(house):
    decision = house.claims("denied")[0][0]
    check.equal(house.show(decision["id"])["state"], "denied", "final by a second person")
    house.run("chen.manager", "claim", "approve", decision["id"], wanted="wrong_state")
    house.run("qian.finance", "claim", "pay", decision["id"], wanted="wrong_state")
    house.run("li.claims", "claim", "reopen", decision["id"], "--reason", "consent found")
    check.equal(house.show(decision["id"])["turns"][0]["reason"], "consent found", "it says why")
    house.run("li.claims", "claim", "adjudicate", decision["incident"])
    house.run("li.claims", "claim", "approve", decision["id"], wanted="approver_is_adjudicator")
    house.run("chen.manager", "claim", "return", decision["id"], "--reason", "the consent is of another incident")
    check.equal(house.show(decision["id"])["state"], "denied", "what was final stands again")


def lower(house, folder):
    decision = next(decision for decision, paid in house.claims("partly") if paid and len(decision["heads"]) < 3)
    claim, paid = decision["id"], decision["payable"]["amount"]
    house.run("li.claims", "claim", "reopen", claim, "--reason", "an invoice was void")
    with open(os.path.join(SOURCE, "data", "demo", "incident_partly.toml"), encoding="utf-8") as file:
        text = file.read().replace('"46000.00"', '"15000.00"')
    path = os.path.join(folder, "loss.toml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    house.run("wang.broker", "incident", "loss", decision["incident"], path)
    house.run("li.claims", "claim", "adjudicate", decision["incident"])
    done = house.run("chen.manager", "claim", "approve", claim)
    back = done["to_be_paid_back"]["amount"]
    check.equal((done["state"], back), ("paid", paid - 1_500_000), "owed back")
    house.run("qian.finance", "claim", "pay", claim, wanted="wrong_state")
    check.equal(house.show(claim)["paid_so_far"]["amount"], paid, "nothing was paid again")
    house.run("qian.finance", "claim", "recover", claim, "99999.00",
              wanted="amount_not_due")
    house.run("qian.finance", "claim", "recover", claim, "1000.00")
    text = " ".join(must("claim", "show", claim, house=house.house, lang="en").out.split())
    check.that("1,000.00 came back" in text and "still to be repaid" in text, "the letter says what is to be repaid")
    house.run("qian.finance", "claim", "write-off", claim, "--reason", "r", wanted="role_missing")
    house.run("chen.manager", "claim", "write-off", claim, "--reason", "the company is insolvent")
    books = must("ledger", "show", "--all", house=house.house, json=True).json()
    found = {row["kind"]: row["balance"]["amount"] for row in books["balances"] if row["owner"] == int(claim[4:])}
    check.equal((found["claim_recoverable"], found["claim_written_off"]), (0, back - 100_000), "nothing is left")


def related(house, folder):
    """A second wave of the incident that `lower` decided: joined, and decided with it."""
    decision = next(decision for decision, paid in house.claims("partly") if paid and len(decision["heads"]) < 3)
    with open(os.path.join(SOURCE, "data", "demo", "incident_partly.toml"), encoding="utf-8") as file:
        text = file.read().replace("2026-10-20T22:30", "2026-10-22T22:30").replace("2026-10-21", "2026-10-23")
    path = os.path.join(folder, "second.toml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    report = ["incident", "report", decision["policy"], path, "--related-to", decision["incident"]]
    house.run("wang.broker", *report, wanted="role_missing")
    second = house.run("li.claims", *report)["id"]
    house.run("wang.broker", "incident", "loss", second, path, wanted="already_done")
    before = house.show(decision["id"])
    house.run("li.claims", "claim", "reopen", decision["id"], "--reason", "a second wave")
    house.run("wang.broker", "incident", "loss", second, path)
    house.run("li.claims", "claim", "adjudicate", second, wanted="part_of_incident")
    again = house.run("li.claims", "claim", "adjudicate", decision["incident"])
    # 15,000.00 and 46,000.00 of response under one sublimit of 20,000.00.
    check.equal(again["payable"]["amount"], 2_000_000, "one sublimit for both")
    condition = ["incident", "condition", second, "--condition", "police_report", "--reference", "BL-1", "--met"]
    house.run("li.claims", *condition, "2026-10-23T10:00:00+08:00", wanted="already_done")
    house.run("chen.manager", "claim", "return", decision["id"], "--reason", "the police report is missing")
    shown = house.show(decision["id"])
    check.equal((shown["state"], shown["payable"]["amount"]), ("paid", before["payable"]["amount"]), "as it was")
    house.run("li.claims", "claim", "reopen", decision["id"], "--reason", "now with the police report")
    house.run("li.claims", *condition, "2028-01-01T10:00:00+08:00", wanted="future_time")
    house.run("li.claims", *condition, "2026-10-23T10:00:00+08:00", wanted="evidence_missing")
    done = house.run("li.claims", *condition, "2026-10-23T10:00:00+08:00", "--evidence", path)
    check.equal(done["met"], "2026-10-23T10:00:00+08:00", "when it was met")
    seen = must("incident", "show", second, house=house.house, json=True).json()["conditions"][0]
    check.equal((seen["recorded_by"], seen["recorded_at"], seen["met"]),
                ("li.claims", AT % house.hour, "2026-10-23T10:00:00+08:00"), "by whom, when")
    text = " ".join(must("incident", "show", second, house=house.house, lang="en").out.split())
    check.that("met 2026-10-23" in text and "by li.claims" in text, "incident show says so")


def documents(house, folder):
    policy = next(event["policy"]["id"] for event in house.journal if event["event"] == "policy_bound")
    out = os.path.join(folder, "policy.json")
    house.run("zhou.uw", "policy", "document", policy, "--out", out)
    with open(out, "rb") as file:
        first = file.read()
    records = must("journal", "verify", house=house.house, json=True).json()["records"]
    house.run("zhou.uw", "policy", "document", policy, "--out", out, wanted="file_exists")
    check.equal(must("journal", "verify", house=house.house, json=True).json()["records"], records, "nothing issued")
    house.run("zhou.uw", "policy", "document", policy, "--out", out, "--replace")
    with open(out, "rb") as file:
        check.that(file.read() != first, "replaced when it is said")


def main():
    with Folder() as folder:
        house = House(folder)
        returned(house)
        denied(house)
        lower(house, folder)
        related(house, folder)
        documents(house, folder)
    check.end()


if __name__ == "__main__":
    main()
