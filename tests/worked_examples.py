#!/usr/bin/env python3
"""The worked examples of REFERENCE.md 3.5, paid by wording files.

Each row plays an incident, written here as a script, on a wording file: a shipped one where its numbers are those of the
example, else one copied from a shipped one with the terms of the example. What is over a year is settled with the terms of the
file (`anlan settle`); what needs days, premium and reports goes through the commands of a house. Expected figures are copied
from tests/domain/adjudication_examples.json, in fen.
"""
import datetime
import itertools
import json
import os
import re
import shutil
import threading
import tomllib
from concurrent.futures import ThreadPoolExecutor

from _anlan import SOURCE, Check, Folder, anlan, must, settle_policy



class Locked(Check):
    """For checks of several threads."""

    lock = threading.Lock()

    def that(self, holds, what):
        with self.lock:
            return super().that(holds, what)


check = Locked("worked_examples")
table = []
YUAN = 100
WIDE = 1_000_000_000 * YUAN  # a limit that does not bind


def row(example, wording, expected, found):
    table.append((example, wording, expected, found))
    check.equal(found, expected, "%s under %s" % (example, wording))


def yuan(amount):
    return '"%d.%02d"' % divmod(round(amount * 100), 100)


class Library:
    """A data folder of its own: the shipped one, and the wordings and scripts that the test writes."""

    def __init__(self, folder):
        self.folder = folder
        self.data = os.path.join(folder, "data")
        shutil.copytree(os.path.join(SOURCE, "data"), self.data)
        self.scripts = itertools.count(1)

    def path(self, *names):
        return os.path.join(self.data, *names)

    def write(self, text, *names):
        with open(self.path(*names), "w", encoding="utf-8") as file:
            file.write(text)

    def copied(self, kind, source, name, changes):
        """A file of the library under another name; every text that is changed must stand in it."""
        with open(self.path(kind, source + ".toml"), encoding="utf-8") as file:
            text = file.read()
        own = [('id = "%s"' % source, 'id = "%s"' % name)] if 'id = "%s"' % source in text else []
        for old, new in [*own, *changes]:
            if not check.that(old in text, "%s: %r does not stand in %s" % (name, old, source)):
                continue
            text = text.replace(old, new)
        self.write(text, kind, name + ".toml")

    def derive(self, source, name, *changes, clauses=(), without=()):
        """A wording with changed terms. `without`: clauses whose term is gone; `clauses`: of new terms."""
        self.copied("wordings", source, name, changes)
        with open(self.path("wordings", name + ".toml"), encoding="utf-8") as file:
            text = file.read()
        for ref in without:
            text, count = re.subn(r'\[\[clauses\]\]\nref = "%s"\n(?:[^\[\n].*\n)+\n?' % re.escape(ref), "", text)
            check.equal(count, 1, "%s: clauses %s" % (name, ref))
        for ref, zh, en in clauses:
            text += '\n[[clauses]]\nref = "%s"\nkind = "deductible"\nexemption = true\nzh = "%s"\nen = "%s"\n' % (ref, zh, en)
        self.write(text, "wordings", name + ".toml")
        return name + " *"

    def script(self, peril, losses=None, hourly=None, section="FP.BI", more="", tables=""):
        name = "worked-%d" % next(self.scripts)
        text = ('id = "%s"\nkind = "everyday"\nversion = "1.0"\nperil = "%s"\ncauses = []\n'
                'occurred = "2026-03-09T00:00:00+08:00"\ndiscovered = "2026-03-09T01:00:00+08:00"\n'
                'reported = "2026-03-09T02:00:00+08:00"\nlocation = "CN"\nrecords = 0\nparties = ["insured"]\n'
                'currency = "CNY"\nconditions_met = ["police_report", "monthly_copy"]\nassumptions = ["All of it."]\n%s\n'
                '[title]\nzh = "算例"\nen = "Worked example"\n[story]\nzh = "算例。"\nen = "A worked example."\n'
                '[company]\nsector = "C34"\nrevenue = "30000000.00"\nemployees = 48\n' % (name, peril, more))
        if hourly:
            text += '[outage]\nsection = "%s"\nprovider = "alibaba_cloud"\nhourly = [%s]\n' % (
                section, ", ".join(yuan(amount) for amount in hourly))
        for head, amount in (losses or {}).items():
            text += '[[losses]]\nhead = "%s"\namount = %s\nafter_hours = 24\nnote_zh = "损失"\nnote_en = "Loss"\n' % (
                head, yuan(amount))
        self.write(text + tables, "scenarios", name + ".toml")
        return name

    def play(self, wording, *words, **named):
        """What the wording pays for the incident: the reply of `anlan wording play`."""
        answer = anlan("wording", "play", wording.removesuffix(" *"), "--script", self.script(*words, **named),
                       json=True, data=self.data)
        if not check.equal(answer.status, 0, "%s: status\n%s%s" % (wording, answer.out[:600], answer.err[:600])):
            return None
        return answer.json()

    def paid(self, wording, *words, **named):
        reply = self.play(wording, *words, **named)
        return reply and reply["paid"]["amount"]

    def settle(self, case):
        path = os.path.join(self.folder, "case-%d.json" % next(self.scripts))
        with open(path, "w", encoding="utf-8") as file:
            json.dump(case, file)
        answer = anlan("settle", path, json=True)
        if not check.equal(answer.status, 0, "settle\n%s" % answer.out[:600]):
            return []
        return answer.json()["incidents"]

    def year(self, wording, incidents):
        return self.settle({"policy": settle_policy(wording.removesuffix(" *"), self.data), "incidents": incidents})


def by_section(reply):
    return reply and {paid["section"]: paid["paid"]["amount"] for paid in reply["settlement"]["sections"]}


def totals(incidents):
    return [incident["paid_total"] for incident in incidents]


RANSOMWARE = {"losses": {"FP.EXT": 50_000 * YUAN, "FP.DATA": 35_000 * YUAN},
              "outage": {"FP.BI": {"minutes": 780, "hourly": [10_000 * YUAN] * 13}}}


def ningbo(library):
    one = library.play("ningbo-2023-a", "ransomware", hourly=[6_250] * 10)
    row("E01 paid", "ningbo-2023-a", 6250000, one and one["paid"]["amount"])
    row("E01 left", "ningbo-2023-a", 33750000, one and one["settlement"]["aggregate_left"]["amount"])
    two = library.play("ningbo-2023-a", "ransomware", {"FP.EXT.COST": 50_000, "FP.DATA": 35_000}, [10_000] * 13)
    row("E02 by cover", "ningbo-2023-a", {"FP.BI": 10000000, "FP.EXT": 3000000, "FP.DATA": 2000000}, by_section(two))
    row("E02 paid", "ningbo-2023-a", 15000000, two and two["paid"]["amount"])
    row("E02 left", "ningbo-2023-a", 25000000, two and two["settlement"]["aggregate_left"]["amount"])
    three = library.year("ningbo-2023-a", [RANSOMWARE] * 3)
    row("E03A", "ningbo-2023-a", [15000000, 15000000, 10000000], totals(three))
    row("E03A third", "ningbo-2023-a", {"FP.BI": 6666667, "FP.EXT": 2000000, "FP.DATA": 1333333},
        three[-1]["paid"] if three else None)
    row("E03B", "ningbo-2023-b", [15000000, 0], totals(library.year("ningbo-2023-b", [RANSOMWARE] * 2)))
    aid = library.play("ningbo-2023-a", "dos", hourly=[14_000] * 10, more='mitigation = "30000.00"')
    row("E18", "ningbo-2023-a", (10000000, 3000000, 13000000),
        aid and (aid["settlement"]["paid_total"]["amount"], aid["settlement"]["mitigation_paid"]["amount"],
                 aid["paid"]["amount"]))


def waiting(library):
    for example, wording, section, hours, expected in (
            ("E04 deduct_hours", "sme-comprehensive", "FP.CBI", 30, 18000000),
            ("E04 qualifying", "qualifying-waiting", "FP.BI", 30, 30000000),
            ("E04 qualifying_then_monetary", "ecommerce", "FP.BI", 30, 15000000),
            ("E04 greater_of", "greater-of-waiting", "FP.BI", 30, 15000000),
            ("E04 monetary_only", "industrial-ot", "FP.BI", 30, 15000000),
            ("E05 12 h qualifying", "qualifying-waiting", "FP.BI", 12, 0),
            ("E05 13 h qualifying", "qualifying-waiting", "FP.BI", 13, 13000000),
            ("E05 13 h deduct_hours", "sme-comprehensive", "FP.CBI", 13, 1000000)):
        peril = "provider_outage" if section == "FP.CBI" else "system_failure"
        row(example, wording, expected, library.paid(wording, peril, hourly=[10_000] * hours, section=section))
    for example, hourly, expected in (("E06 by the hour", [0] * 8 + [20_000] * 10 + [0] * 6, 12000000),
                                      ("E06 flat average", [8_333.33] * 24, 9999996)):
        row(example, "sme-comprehensive", expected,
            library.paid("sme-comprehensive", "provider_outage", hourly=hourly, section="FP.CBI"))
    wide = [('"2000000.00"', yuan(WIDE / 100)), ('"800000.00"', yuan(WIDE / 100))]
    whole = library.derive("sme-comprehensive", "fab", *wide)
    capped = library.derive("sme-comprehensive", "fab-36-hours", *wide, (
        'indemnity_hours = 2160\nindemnity_start = "waiting_end"\nwaiting_clause = "2.4"',
        'indemnity_hours = 36\nindemnity_start = "waiting_end"\nwaiting_clause = "2.4"'))
    for example, wording, expected in (("E07 90 days", whole, 83333335000), ("E07 36 hours", capped, 60000001200)):
        row(example, wording, expected, library.paid(wording, "mass_exploit", hourly=[16_666_667] * 60))


def retentions(library):
    before = library.derive("retention-after-sublimits", "retention-before",
                            ('retention_position = "after_sublimits"\n', ""))
    for example, wording, expected in (("E08 before", before, 400000000),
                                       ("E08 after", "retention-after-sublimits", 385000000)):
        row(example, wording, expected, library.paid(wording, "ransomware", {"FP.DATA": 5_000_000}))
    for position, expected in (("before_sublimit", 75000000), ("after_sublimit", 50000000)):
        wording = library.derive(
            "ningbo-2023-a", "half-" + position.replace("_", "-"), ('"400000.00"', '"4000000.00"'),
            ('"30000.00"', '"1000000.00"\ncoins_bp = 5000\ncoins_position = "%s"\nparticipation_clause = "2.7"' % position),
            clauses=[("2.7", "网络勒索的损失由被保险人自行承担一半。", "The insured bears half of the loss by extortion.")])
        row("E09 " + position, wording, expected, library.paid(wording, "ransomware", {"FP.EXT.COST": 1_500_000}))
    interruption = 'code = "FP.BI"\nclause = "1.2"\n'
    single = library.derive("sme-comprehensive", "single-highest", (
        interruption, interruption + 'own_retention = "100000.00"\nretention_clause = "2.28"\n'))
    each = library.derive(
        "sme-comprehensive", "each-section", ('retention_rule = "single_highest"\nretention_clause = "2.28"\n', ""),
        ("own_retention", "deductible"), ("retention_clause", "deductible_clause"),
        (interruption, interruption + 'deductible = "100000.00"\ndeductible_clause = "2.28"\n'))
    # The first ten hours are waited; the interruption of 600,000 comes after them.
    losses = dict(losses={"FP.IR": 300_000, "TP.SEC": 100_000}, hourly=[0] * 10 + [60_000] * 10)
    reply = library.play(single, "ransomware", **losses)
    row("E10 single highest", single, {"FP.BI": 54000000, "FP.IR": 27000000, "TP.SEC": 9000000}, by_section(reply))
    row("E10 each section", each, 82500000, library.paid(each, "ransomware", **losses))


def services(library):
    obligation = ('[[obligations]]\ncontrol = "VUL-01"\nsteps = [\n  { lapse_days = 15, retention_bp = 1000 },\n'
                  '  { lapse_days = 60, retention_bp = 3000 },\n]\nclause = "4.1"\n')
    bucket = library.derive("service-in-kind", "service-bucket", (obligation, ""), ('"1000000.00"\nsublimit_clause', '"3000000.00"\nsublimit_clause'),
                            ('occurrence_retention = "100000.00"\nretention_clause = "2.2"\n', ""), without=("2.2", "4.1"))
    first = library.play(bucket, "springboard", {"FP.IR": 400_000, "TP.SPRING": 2_800_000})
    row("E11 first, played", bucket, (320000000, 280000000), first and (first["paid"]["amount"], first["settlement"]["paid_total"]["amount"]))
    year = library.year(bucket, [{"losses": {"FP.IR": 400_000 * YUAN, "TP.SPRING": 2_800_000 * YUAN}},
                                 {"losses": {"FP.IR": 700_000 * YUAN, "TP.SPRING": 500_000 * YUAN}}])
    row("E11 service, money", bucket, [(40000000, 280000000), (60000000, 20000000)],
        [(paid["services"].get("FP.SERVICE"), paid["paid_total"]) for paid in year])
    row("E11 money left", bucket, 0, year[-1]["aggregate_left"] if year else None)
    row("E17 no breach", "service-in-kind", 70000000,
        library.paid("service-in-kind", "springboard", {"TP.SPRING": 800_000}))
    # Commands do not state a lapse of a control; the same step as a scale by the days of the open finding.
    for example, step, expected in (("E17 x 1.1", "retention_bp = 1000", 69000000),
                                    ("E17 10 % of the loss", 'loss_bp = 1000, loss_most = "1000000.00"', 62000000)):
        wording = library.derive("service-in-kind", "finding-" + step.split("_")[0], (obligation, (
            '[[scales]]\nname = "unpatched_vulnerability"\nmeasure = "days_unpatched"\nperils = ["springboard"]\n'
            'steps = [{ days = 15, %s }]\nclause = "4.1"\n' % step)))
        row(example, wording, expected,
            library.paid(wording, "springboard", {"TP.SPRING": 800_000}, tables=unpatched(30)))


def unpatched(days):
    fixed = datetime.date(2026, 3, 9) - datetime.timedelta(days=days)
    return '[vulnerability]\nid = "CVE-2026-0001"\nfix_available = "%s"\n' % fixed.isoformat()


def scale(library):
    for days, expected in ((45, 90000000), (46, 81000000), (90, 81000000), (120, 50000000), (200, 20000000),
                           (400, 10000000)):
        row("E16 %d days" % days, "sme-comprehensive", expected,
            library.paid("sme-comprehensive", "data_breach", {"TP.PRIV": 900_000}, tables=unpatched(days)))


def values(library):
    def other(amount):
        return '[other_insurance]\nsum_insured = %s\n' % yuan(amount)

    row("E19 x 10", "greater-of-waiting", 6400000,
        library.paid("greater-of-waiting", "ransomware", {"FP.EXT.COST": 80_000}, tables=other(1_000_000)))
    share = ("[late_notice]", '[policy.other_insurance]\nrule = "pro_rata"\nclause = "5.4"\n\n[late_notice]')
    own = library.derive("ningbo-2023-a", "double-400", share)
    second = library.derive("ningbo-2023-a", "double-100", share, ('"400000.00"', '"100000.00"'))
    row("E19", own + ", " + second, [6400000, 1600000],
        [library.paid(wording, "ransomware", hourly=[8_000] * 10, tables=other(amount))
         for wording, amount in ((own, 100_000), (second, 400_000))])
    for wording, head in (("modular-pick", "FP.HW"), ("data-asset", "FP.DATA")):
        stated = '[values]\ndeclared = { "%s" = "3000000.00" }\nactual = { "%s" = "4000000.00" }\n' % (head, head)
        row("E20", wording, 15000000, library.paid(wording, "wiper", {head: 200_000}, tables=stated))


def tower(library):
    million = 1_000_000 * YUAN
    layers = [{"name": name, "limit": limit * million, "annual_limit": limit * million, "shares": shares}
              for name, limit, shares in (("primary 10m", 10, [["PICC-lead", 5000], ["PingAn", 3000], ["CPIC", 2000]]),
                                          ("10m xs 10m", 10, [["A", 6000], ["B", 4000]]),
                                          ("20m xs 20m", 20, [["C", 3333], ["D", 3333], ["E", 3334]]))]
    case = {"tower": {"retention": million, "drop_down": True, "layers": layers},
            "losses": [27 * million, 9 * million, 12 * million]}
    found = library.settle(case)
    row("E13 layers", "(settle, tower)", [[1000000000, 1000000000, 600000000], [0, 0, 800000000], [0, 0, 600000000]],
        [[layer["paid"] for layer in incident["layers"]] for incident in found])
    row("E13 primary", "(settle, tower)", {"PICC-lead": 500000000, "PingAn": 300000000, "CPIC": 200000000},
        found[0]["layers"][0]["shares"] if found else None)
    row("E13 top", "(settle, tower)", [[199980000, 199980000, 200040000], [266640000, 266640000, 266720000], [199980000, 199980000, 200040000]],
        [list(incident["layers"][2]["shares"].values()) for incident in found])
    row("E13 uninsured", "(settle, tower)", [0, 0, 500000000], [incident["uninsured"] for incident in found])
    case["tower"]["drop_down"] = False
    case["losses"] = [27 * million, 9 * million]
    found = library.settle(case)
    row("E14 paid", "(settle, tower)", [2600000000, 0], totals(found))
    row("E14 uninsured", "(settle, tower)", [0, 800000000], [incident["uninsured"] for incident in found])
    gap(library, million)


def gap(library, million):
    """E15: limits, attachment and recognised erosion are read from the two wordings."""
    below = library.derive("ningbo-2023-a", "primary-10m", ('"400000.00"', '"10000000.00"'), ('"100000.00"', '"9000000.00"'),
                           ('"30000.00"', '"3000000.00"')).removesuffix(" *")
    above = library.derive("excess-follow-form", "excess-10m", ('"30000000.00"', '"10000000.00"'),
                           ('"20000000.00"', '"10000000.00"'), ('follows = "finance"', 'follows = "primary-10m"')).removesuffix(" *")
    for wording in (below, above):
        # Refusals alone: that the texts still have the amounts of the shipped file is found too, and is so.
        answer = anlan("wording", "check", library.path("wordings", wording + ".toml"), data=library.data, json=True)
        check.equal([file["errors"] for file in answer.json()["files"]], [[]], "%s: refusals" % wording)
    with open(library.path("wordings", above + ".toml"), "rb") as file:
        excess = tomllib.load(file)
    bottom, top = settle_policy(below, library.data), settle_policy(above, library.data)
    covers = sorted({section["code"] for section in top["sections"]} & {"FP.BI", "FP.EXT"})
    recognised = [code for code in excess["excess"]["recognises_erosion_by"] if code in ("FP.BI", "FP.EXT")]
    check.equal(int(excess["excess"]["attachment"][:-3]) * YUAN, bottom["aggregate_limit"], "the excess begins where the primary ends")
    layers = [{"name": below, "limit": bottom["aggregate_limit"], "annual_limit": bottom["aggregate_limit"], "shares": [["A", 10000]]},
              {"name": above, "limit": top["aggregate_limit"], "annual_limit": top["aggregate_limit"], "covers": covers,
               "recognises_erosion_by": recognised, "shares": [["B", 10000]]}]
    found = library.settle({"tower": {"retention": 0, "drop_down": True, "layers": layers},
                            "losses": [{"FP.BI": 8 * million, "FP.EXT": 2 * million}, {"FP.BI": 6 * million}]})
    row("E15 primary, excess, gap", "%s *, %s *" % (below, above), (0, 400000000, 200000000),
        found and (found[1]["layers"][0]["paid"], found[1]["layers"][1]["paid"], found[1]["uninsured"]))


class House:
    """A house whose policies begin on one day; every later command a minute after the one before."""

    def __init__(self, library, name, begins):
        self.library = library
        self.house = os.path.join(library.folder, name)
        self.begins = datetime.date.fromisoformat(begins)
        self.clock = datetime.datetime.fromisoformat(begins + "T09:00:00+08:00") - datetime.timedelta(days=5)
        self.run("op", "init", "--name", name, "--sandbox")
        for actor, role in (("wang.broker", "broker"), ("zhou.uw", "underwriter"), ("li.claims", "claims_handler"),
                            ("qian.finance", "finance")):
            self.run("op", "actor", "appoint", actor, "--role", role, "--authority", "10000000.00")
        self.run("op", "actor", "appoint", "sun.subsidy", "--role", "subsidy_officer", "--organisation", "ningbo-finance")
        self.run("sun.subsidy", "subsidy", "budget", "ningbo-premium-subsidy", "--amount", "100000.00")
        stated = (self.begins - datetime.timedelta(days=30)).isoformat()
        for kind in ("enterprise", "answers"):
            library.copied("demo", kind, "%s-%s" % (kind, name), [('stated_on = "2026-02-20"', 'stated_on = "%s"' % stated)])
        self.company = self.run("wang.broker", "enterprise", "register", "@demo/enterprise-%s.toml" % name)["id"]
        self.run("wang.broker", "assess", self.company, "--answers", "@demo/answers-%s.toml" % name)

    def run(self, actor, *words):
        self.clock += datetime.timedelta(minutes=1)
        return must(*words, house=self.house, as_=actor, at=self.clock.isoformat(), lang="en", json=True,
                    data=self.library.data).json()

    def policy(self, product):
        quote = self.run("zhou.uw", "quote", "issue", self.company, "--product", product, "--from", self.begins.isoformat())
        self.run("wang.broker", "quote", "explain", quote["id"], "--confirmed-by", "e-sign 1")
        return self.run("zhou.uw", "policy", "bind", quote["id"])["id"]

    def incident(self, policy, text, actor="wang.broker", related=()):
        path = os.path.join(self.library.folder, os.path.basename(self.house) + ".toml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        found = self.run(actor, "incident", "report", policy, path, *related)["id"]
        self.run("wang.broker", "incident", "loss", found, path)
        return found

    def payable(self, incident):
        return self.run("li.claims", "claim", "adjudicate", incident)["payable"]["amount"]


def breach(act, first_claim, amount, circumstances=""):
    text = 'peril = "data_breach"\noccurred = "%s"\ndiscovered = "%s"\nfirst_claim = "%s"\nsummary = "泄露"\n' % (act, act, first_claim)
    if circumstances:
        text += 'circumstances = "%s"\n' % circumstances
    return text + '[[items]]\nhead = "TP.PRIV"\namount = %s\nnote = "赔偿"\n' % yuan(amount)


def noon(day, minute=0):
    return day + "T12:%02d:00+08:00" % minute


def liability(library):
    wording = "liability-third-party"
    apart = [library.paid(wording, "data_breach", {"TP.PRIV": amount}) for amount in (120_000, 80_000, 30_000)]
    row("E12 apart", wording, [7000000, 3000000, 0], apart)
    reporting = ('extended_reporting_days = 60\n', ""), ('reporting_clause = "4.2"\n', "")
    bare = library.derive(wording, "no-extended-reporting", *reporting, without=("4.2",))
    library.copied("products", wording, bare.removesuffix(" *"), [('wording = "%s"' % wording, 'wording = "no-extended-reporting"')])
    house = House(library, "claims-made", "2026-01-01")
    policies = {wording: house.policy(wording), bare: house.policy(bare.removesuffix(" *"))}
    house.clock = datetime.datetime.fromisoformat("2026-02-10T09:00:00+08:00")
    first, *others = [breach(noon(day), noon(day), amount) for day, amount in
                      (("2026-02-02", 120_000), ("2026-02-03", 80_000), ("2026-02-04", 30_000))]
    joined = house.incident(policies[wording], first)
    for other in others:
        house.incident(policies[wording], other, "li.claims", ("--related-to", joined))
    row("E12 as one", wording, 18000000, house.payable(joined))
    house.clock = datetime.datetime.fromisoformat("2027-08-02T09:00:00+08:00")
    minute = 0
    for act, made, circumstances, under, covered in (
            ("2024-12-31", "2026-05-01", "", wording, False),
            ("2025-06-01", "2026-05-01", "", wording, True),
            ("2025-06-01", "2027-01-20", "", wording, True),
            ("2025-06-01", "2027-01-20", "", bare, False),
            ("2026-12-30", "2027-03-02", "", wording, False),
            ("2026-06-01", "2027-08-01", noon("2026-11-01"), wording, True),
            ("2026-06-01", "2027-08-01", "", wording, False)):
        minute += 1  # two incidents of one instant would be one
        incident = house.incident(policies[under], breach(noon(act, minute), noon(made), 120_000, circumstances))
        row("E27 %s, %s%s" % (act, made, ", noticed" if circumstances else ""), under, 7000000 if covered else 0,
            house.payable(incident))


def premium(library):
    house = House(library, "premium", "2026-03-01")
    half = house.policy("ningbo-2023-a")
    house.run("qian.finance", "premium", "receive", half, "--payer", "customer", "--amount", "700.00")
    house.clock = datetime.datetime.fromisoformat("2026-04-20T09:00:00+08:00")
    items = "".join('[[items]]\nhead = "%s"\namount = %s\nnote = "费用"\n' % (head, yuan(amount))
                    for head, amount in (("FP.EXT.COST", 50_000), ("FP.DATA", 35_000)))
    row("E22", "ningbo-2023-a", 7500000, house.payable(house.incident(half, (
        'peril = "ransomware"\noccurred = "2026-04-09T08:00:00+08:00"\ndiscovered = "2026-04-09T08:20:00+08:00"\n'
        'summary = "勒索软件"\n%s[interruption]\nsection = "FP.BI"\nstarted = "2026-04-09T08:00:00+08:00"\n'
        'restored = "2026-04-09T21:00:00+08:00"\n[[interruption.profile]]\ndays = "mon-sun"\nhours = "00-24"\n'
        'amount = "10000.00"\n' % items))))


def cancellation(library):
    library.copied("products", "ningbo-2023-a", "ningbo-short", [('rule = "pro_rata"', 'rule = "short_rate"')])
    for product, expected in (("ningbo-2023-a", (203288, 101644, 101644)), ("ningbo-short", (168000, 84000, 84000))):
        house = House(library, "cancel-" + product, "2026-03-01")
        policy = house.policy(product)
        house.run("sun.subsidy", "subsidy", "decide", policy)
        for payer in ("customer", "government"):
            house.run("qian.finance", "premium", "receive", policy, "--payer", payer, "--amount", "1400.00")
        house.clock = datetime.datetime.fromisoformat("2026-06-08T09:00:00+08:00")
        refund = house.run("zhou.uw", "policy", "cancel", policy, "--on", "2026-06-09")
        check.equal(refund["days_on_risk"], 100, "E21: the day of the end")
        row("E21", product, list(expected), [refund[key]["amount"] for key in ("unearned", "to_customer", "to_government")])


def main():
    with Folder() as folder:
        library = Library(folder)
        parts = (liability, premium, cancellation, ningbo, waiting, retentions, services, scale, values, tower)
        with ThreadPoolExecutor(4) as pool:  # the commands of a house wait for the disk
            for done in [pool.submit(part, library) for part in parts]:
                done.result()
    widths = [max(len(str(line[column])) for line in table) for column in range(3)]
    for line in sorted(table, key=lambda line: line[0]):
        print("  ".join(str(cell).ljust(width) for cell, width in zip(line, widths)), line[3])
    print("*: written by the test from a shipped wording.")
    check.end()


if __name__ == "__main__":
    main()
