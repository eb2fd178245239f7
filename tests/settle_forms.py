#!/usr/bin/env python3
"""`anlan settle` against a small model of the forms that the executable reference does not know: services in kind,
underinsurance average, parametric hours of a named provider, other insurance, the further participation and the reduced limit
of ladders and scales.

5,000 random policies of the reference, each with some of the forms, must give the same reply in every field, services
included; and each form must matter: without it, some replies differ. A named list of invalid cases must be refused with the
path of the field. Seeds are fixed; SETTLE_SEED chooses others.
"""
import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "domain"))
import settle_ref as reference  # noqa: E402

ANLAN = os.environ["ANLAN_BIN"]
SEED = int(os.environ.get("SETTLE_SEED", "20261122"))
CASES = 5_000
BP = reference.BP
half_up, split, cap = reference.half_up, reference.split, reference.cap
failures = []


def measured(outage, amount):
    """The curve of a parametric section: so much for each completed hour."""
    minutes = outage["minutes"]
    return {"minutes": minutes, "hourly": [amount] * (minutes // 60) + [0] * (1 if minutes % 60 else 0)}


class FormsYear(reference.PolicyYear):
    """A policy year with the forms; stages 4 to 9 are those of the reference where no form acts."""

    def __init__(self, policy):
        super().__init__(policy)
        self.served = {}

    def services(self, incident, claimed):
        rendered = {}
        for service in self.p.get("services", []) if incident.get("peril_covered", True) else []:
            codes = [s["code"] for s in self.p["sections"] if s["code"] in service["serves"]]
            amounts = [claimed.get(c, 0) for c in codes]
            room = min(cap(service.get("limit_occ")), cap(service.get("limit_agg")) - self.served.get(service["code"], 0))
            taken = min(sum(amounts), max(0, room))
            for code, part in zip(codes, split(taken, amounts)):
                claimed[code] = claimed.get(code, 0) - part
            if taken:
                rendered[service["code"]] = taken
                self.served[service["code"]] = self.served.get(service["code"], 0) + taken
        return rendered

    def has_cover(self, s):
        p = self.p
        dead = {c for g in p.get("groups", []) if 0 in (g.get("sublimit_occ"), g.get("sublimit_agg")) for c in g["codes"]}
        none_inside = 0 in (p.get("aggregate_limit"), p.get("occurrence_limit"))
        return (s.get("sublimit_occ") != 0 and s.get("sublimit_agg") != 0 and s.get("coins_bp", 0) != BP and s["code"] not in dead
                and not (none_inside and s.get("inside_aggregate", True)))

    def after_time(self, incident):
        claimed = dict(incident.get("losses", {}))
        stated = dict(claimed)
        rendered = self.services(incident, claimed)
        for s in self.p["sections"]:
            outage, time = incident.get("outage", {}).get(s["code"]), s.get("time", {})
            if outage is None or "provider" in s and s["provider"] != incident.get("provider"):
                continue
            if time.get("parametric_hourly") is not None:
                outage = measured(outage, time["parametric_hourly"])
            loss = reference.time_loss(outage, time)
            claimed[s["code"]] = claimed.get(s["code"], 0) + loss
            stated[s["code"]] = stated.get(s["code"], 0) + loss
        return stated, claimed, rendered

    def averaged(self, s, loss, incident):
        value = incident.get("values", {}).get(s["code"])
        if not s.get("average") or value is None or value["declared"] >= value["actual"]:
            return loss
        return half_up(loss * value["declared"], value["actual"])

    def settle(self, incident):
        p = self.p
        stated, cash, rendered = self.after_time(incident)
        covered = [s for s in p["sections"] if incident.get("peril_covered", True) and self.has_cover(s)]
        self.covered_loss = sum(cash.get(s["code"], 0) for s in covered)
        loss = {s["code"]: self.averaged(s, cash.get(s["code"], 0), incident) for s in covered}
        live = [s for s in covered if loss[s["code"]] > s.get("deductible", 0)]
        best = self.claim(live, loss, incident)
        if p.get("retention_rule", "occurrence") == "single_highest":
            for top in sorted({s.get("own_retention", 0) for s in live}, reverse=True):
                trial = self.claim([s for s in live if s.get("own_retention", 0) <= top], loss, incident)
                if sum(trial.values()) > sum(best.values()):
                    best = trial
        for code, amount in best.items():
            self.used_by[code] = self.used_by.get(code, 0) + amount
            for g in p.get("groups", []):
                if code in g["codes"]:
                    self.used_by[g["id"]] = self.used_by.get(g["id"], 0) + amount
        self.used += sum(best.get(s["code"], 0) for s in p["sections"] if s.get("inside_aggregate", True))
        return self.reply(incident, stated, best, rendered)

    def reply(self, incident, stated, best, rendered):
        p, bp = self.p, incident.get("premium_paid_bp", BP)
        codes = [s["code"] for s in p["sections"] if stated.get(s["code"], 0) > 0]
        owed = [best.get(c, 0) for c in codes]
        paid = dict(zip(codes, split(half_up(sum(owed) * bp, BP), owed)))
        limit, mitigation = p.get("aggregate_limit"), 0
        if incident.get("mitigation") and incident.get("peril_covered", True):
            annual = limit if p.get("mitigation_cap") is None else p["mitigation_cap"]
            mitigation = min(incident["mitigation"], max(0, annual - self.mitigation_used))
            self.mitigation_used += mitigation
        out = {"paid": paid, "paid_total": sum(paid.values()), "mitigation_paid": half_up(mitigation * bp, BP),
               "aggregate_left": None if limit is None else limit - self.used}
        if p.get("services"):
            out["services"] = rendered
        return out

    def claim(self, live, loss, incident):
        """What is owed for the sections that claim, after what the forms add to stages 6 and 9."""
        amount = self.limited(live, loss, incident)
        if incident.get("limit_bp", BP) != BP:
            limit = self.p.get("occurrence_limit")
            limit = self.p.get("aggregate_limit") if limit is None else limit
            if limit is not None:
                self.cut(amount, [s["code"] for s in live if s.get("inside_aggregate", True)], half_up(limit * incident["limit_bp"], BP))
        other = self.p.get("other_insurance")
        if other and other["rule"] == "pro_rata" and incident.get("other_sum_insured"):
            own = self.p["aggregate_limit"]
            self.cut(amount, list(amount), half_up(sum(amount.values()) * own, own + incident["other_sum_insured"]))
        if other and other["rule"] == "excess" and incident.get("other_paid"):
            self.cut(amount, list(amount), max(0, self.covered_loss - incident["other_paid"]))
        return amount

    @staticmethod
    def cut(amount, codes, room):
        if sum(amount[c] for c in codes) > room:
            amount.update(zip(codes, split(room, [amount[c] for c in codes])))

    def limited(self, live, loss, incident):
        """Stages 4 to 9 of the reference, with the further participation at stage 6."""
        p, amount = self.p, {s["code"]: loss[s["code"]] - s.get("deductible", 0) for s in live}
        codes = [s["code"] for s in live]
        single = p.get("retention_rule", "occurrence") == "single_highest"
        retention = max([s.get("own_retention", 0) for s in live] or [0]) if single else p.get("occurrence_retention", 0)
        if p.get("retention_kind", "straight") == "franchise":
            total = sum(amount.values())
            if retention and not (total >= retention if p.get("franchise_at", "exceeds") == "reaches" else total > retention):
                return dict.fromkeys(amount, 0)
            retention = 0
        retention += incident.get("extra_retention", 0)

        def retain():
            parts = split(min(retention, sum(amount.values())), [amount[c] for c in codes])
            amount.update({c: amount[c] - part for c, part in zip(codes, parts)})

        before = p.get("retention_position", "before_sublimits") == "before_sublimits"
        if before:
            retain()
        for s in live:
            amount[s["code"]] = self.sublimited(s, amount[s["code"]], incident)
        for g in p.get("groups", []):
            left = cap(g.get("sublimit_agg")) - self.used_by.get(g["id"], 0)
            self.cut(amount, [c for c in codes if c in g["codes"]], max(0, min(cap(g.get("sublimit_occ")), left)))
        if not before:
            retain()
        inside = [s["code"] for s in live if s.get("inside_aggregate", True)]
        self.cut(amount, inside, max(0, min(cap(p.get("occurrence_limit")), cap(p.get("aggregate_limit")) - self.used)))
        return amount

    def sublimited(self, s, x, incident):
        keep, further = BP - s.get("coins_bp", 0), BP - incident.get("extra_participation_bp", 0)
        year = cap(s.get("sublimit_agg"))
        if s.get("coins_position", "before_sublimit") == "before_sublimit":
            x = half_up(half_up(x * keep, BP) * further, BP)
            x = min(x, cap(s.get("sublimit_occ")))
        else:
            x = min(half_up(x * further, BP), cap(s.get("sublimit_occ")), year)
            x, year = half_up(x * keep, BP), half_up(year * keep, BP)
        return min(x, max(0, year - self.used_by.get(s["code"], 0)))


# ---- random cases


def add_forms(case, rng):
    policy = case["policy"]
    plain = [s["code"] for s in policy["sections"] if not reference.timed(s.get("time", {}))]
    money = lambda: rng.randrange(1, 3_000_000)  # noqa: E731
    for s in policy["sections"]:
        if rng.random() < 0.4:
            s["average"] = True
        if s["code"] not in plain and rng.random() < 0.5:
            s["time"]["parametric_hourly"] = rng.randrange(1, 300_000)
            if rng.random() < 0.5:
                s["provider"] = rng.choice(["cloud", "net"])
    rng.shuffle(plain)
    for k in range(rng.randrange(3)):
        serves = [plain.pop() for _ in range(min(len(plain), rng.randrange(1, 3)))]
        if serves:
            limits = rng.choice([{"limit_occ": money()}, {"limit_agg": money()}, {"limit_occ": money(), "limit_agg": money()}])
            policy.setdefault("services", []).append({"code": f"FP.SERVICE{k}", "serves": serves, **limits})
    if rng.random() < 0.6:
        rules = ["excess"] if policy.get("aggregate_limit") is None else ["excess", "pro_rata"]
        policy["other_insurance"] = {"rule": rng.choice(rules)}
    for incident in case["incidents"]:
        add_facts(policy, incident, rng, money)
    return case


def add_facts(policy, incident, rng, money):
    for s in policy["sections"]:
        if rng.random() < 0.5:
            incident.setdefault("values", {})[s["code"]] = {"declared": money(), "actual": money()}
        outage = incident.get("outage", {}).get(s["code"])
        if outage and "parametric_hourly" in s.get("time", {}) and rng.random() < 0.3:
            del outage["hourly"]
    for key, value in (("other_sum_insured", money()), ("other_paid", 100 * money()), ("provider", rng.choice(["cloud", "net"])),
                       ("extra_participation_bp", rng.choice([1, 1000, 3333, 10_000])), ("limit_bp", rng.choice([0, 1, 500, 2500, 9999]))):
        if rng.random() < 0.4:
            incident[key] = value


def expected(case):
    year = FormsYear(case["policy"])
    return {"incidents": [year.settle(x) for x in case["incidents"]]}


def settle_lines(texts):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "cases.jsonl")
        with open(path, "w", encoding="utf-8") as f:
            f.writelines(text + "\n" for text in texts)
        run = subprocess.run([ANLAN, "settle", path, "--lines", "--json"], capture_output=True, text=True, check=True)
    return json.loads(run.stdout) if run.stdout.startswith("[") else [json.loads(x) for x in run.stdout.splitlines()]


def compare(cases):
    replies = settle_lines([json.dumps(case) for case in cases])
    if len(replies) != len(cases):
        sys.exit(f"{len(cases)} cases gave {len(replies)} replies")
    for number, (case, reply) in enumerate(zip(cases, replies)):
        for incident in reply.get("incidents", []):
            incident.pop("steps", None)
        want = expected(case)
        if json.dumps(reply) != json.dumps(want):
            failures.append(number)
            if len(failures) <= 3:
                print(f"FAILED case {number}\n  {json.dumps(case)}\n  expected {json.dumps(want)}\n  got      {json.dumps(reply)[:2000]}")
    print(f"{len(cases)} cases compared")


def without(case, form):
    case = json.loads(json.dumps(case))
    policy = case["policy"]
    for holder in [policy, *policy["sections"], *(s.get("time", {}) for s in policy["sections"]), *case["incidents"]]:
        holder.pop(form, None)
    if form == "parametric_hourly" and any("hourly" not in o for x in case["incidents"] for o in x.get("outage", {}).values()):
        return None
    return case


def check_each_form_matters(cases):
    for form in ("services", "average", "parametric_hourly", "provider", "other_insurance", "values", "other_sum_insured", "other_paid",
                 "extra_participation_bp", "limit_bp"):
        differ = 0
        for case in cases:
            changed = without(case, form)
            differ += changed is not None and [x["paid"] for x in expected(changed)["incidents"]] != [x["paid"] for x in expected(case)["incidents"]]
        if differ < 20:
            failures.append(form)
            print(f"FAILED {form} matters in {differ} of {len(cases)} cases only")


SECTION = {"code": "FP.IR"}
TIMED = {"code": "FP.CBI", "time": {"parametric_hourly": 100}}
SERVICE = {"code": "FP.SERVICE", "serves": ["FP.IR"], "limit_agg": 5}


def invalid(policy=None, incident=None, sections=None):
    base = {"aggregate_limit": 1000, "sections": sections or [SECTION, TIMED]}
    return {"policy": {**base, **(policy or {})}, "incidents": [incident or {}]}


REFUSED = [
    (invalid({"services": [{**SERVICE, "code": "FP.IR"}]}), "policy.services[0].code"),
    (invalid({"services": [SERVICE, {**SERVICE, "serves": ["FP.X"]}]}), "policy.services[1].code"),
    (invalid({"services": [{**SERVICE, "serves": ["FP.X"]}]}), "policy.services[0].serves"),
    (invalid({"services": [{**SERVICE, "serves": ["FP.CBI"]}]}), "policy.services[0].serves"),
    (invalid({"services": [SERVICE, {**SERVICE, "code": "FP.S2"}]}), "policy.services[1].serves"),
    (invalid({"services": [{"code": "FP.SERVICE", "serves": ["FP.IR"]}]}), "policy.services[0].limit_occ"),
    (invalid({"services": [{**SERVICE, "limit_agg": 0}]}), "policy.services[0].limit_agg"),
    (invalid({"services": [{**SERVICE, "limit_occ": 0}]}), "policy.services[0].limit_occ"),
    (invalid({"services": [{**SERVICE, "surprise": 0}]}), "policy.services[0].surprise"),
    (invalid({"aggregate_limit": None, "other_insurance": {"rule": "pro_rata"}}), "policy.other_insurance.rule"),
    (invalid({"other_insurance": {"rule": "escape"}}), "policy.other_insurance.rule"),
    (invalid(sections=[{**SECTION, "provider": "cloud"}]), "policy.sections[0].provider"),
    (invalid(sections=[{**SECTION, "average": 1}]), "policy.sections[0].average"),
    (invalid(sections=[{"code": "A", "time": {"parametric_hourly": 0}}]), "policy.sections[0].time.parametric_hourly"),
    (invalid(sections=[{"code": "A", "time": {"parametric_hourly": 10**15 // 87600 + 1}}]), "policy.sections[0].time.parametric_hourly"),
    (invalid(incident={"values": {"FP.X": {"declared": 1, "actual": 1}}}), "incidents[0].values.FP.X"),
    (invalid(incident={"values": {"FP.IR": {"declared": 1, "actual": 0}}}), "incidents[0].values.FP.IR.actual"),
    (invalid(incident={"other_paid": -1}), "incidents[0].other_paid"),
    (invalid(incident={"limit_bp": 10_001}), "incidents[0].limit_bp"),
    (invalid(incident={"losses": {"FP.CBI": 1}}), "incidents[0].losses.FP.CBI"),
]


def check_refusals():
    for (case, path), reply in zip(REFUSED, settle_lines([json.dumps(case) for case, _ in REFUSED])):
        if reply.get("error", {}).get("path") != path:
            failures.append(path)
            print(f"FAILED {json.dumps(case)}\n  must be refused at {path}\n  got {json.dumps(reply)[:600]}")
    print(f"{len(REFUSED)} cases refused")


def main():
    rng = random.Random(SEED)
    cases = []
    while len(cases) < CASES:
        case = reference.random_case(rng)
        if "policy" in case:
            cases.append(add_forms(case, rng))
    compare(cases)
    check_each_form_matters(cases[:1_000])
    check_refusals()
    print(f"{len(failures)} failure(s)")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
