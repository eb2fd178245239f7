#!/usr/bin/env python3
"""`anlan settle` against the executable reference, tests/domain/settle_ref.py.

10,000 random cases and 1,000 with amounts up to the largest must give the same reply in every field that the reference
prints; 1,000 random invalid cases and one case per field and rule must be refused with the same path. Seeds are fixed;
SETTLE_SEED chooses others. A failure prints the case, what was expected and what came.
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
SEED = int(os.environ.get("SETTLE_SEED", "20260301"))
SHOWN_MAX = 3  # failures that are printed in full
failures = []


def fail(title, text, expected, got):
    failures.append(title)
    if len(failures) <= SHOWN_MAX:
        print(f"FAILED {title}\n  case:     {text[:2000]}\n  expected: {expected}\n  got:      {str(got)[:2000]}")


def settle_lines(texts):
    """The replies to one case a line, in one run of the program."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "cases.jsonl")
        with open(path, "w", encoding="utf-8") as f:
            f.writelines(text + "\n" for text in texts)
        run = subprocess.run([ANLAN, "settle", path, "--lines", "--json"], capture_output=True, text=True, check=True)
    replies = json.loads(run.stdout) if run.stdout.startswith("[") else [json.loads(x) for x in run.stdout.splitlines()]
    if len(replies) != len(texts):
        sys.exit(f"{len(texts)} cases gave {len(replies)} replies")
    return replies


def without_steps(reply):
    for incident in reply.get("incidents", []):
        incident.pop("steps", None)
    return reply


def compare_replies(title, cases):
    texts = [json.dumps(case) for case in cases]
    for number, (case, text, reply) in enumerate(zip(cases, texts, settle_lines(texts))):
        expected = reference.settle_case(case)
        # Text, so that the order of keys counts too: `paid` is in the order of the policy.
        if json.dumps(without_steps(reply)) != json.dumps(expected):
            fail(f"{title} {number}", text, json.dumps(expected), json.dumps(reply))
    print(f"{title}: {len(cases)} compared")


def enlarged(case, rng):
    """The case with its amounts multiplied, up to the largest that is allowed."""
    factor = 10 ** rng.choice([3, 5, 6])

    def grow(value, key=None):
        if isinstance(value, dict):
            return {k: grow(v, key if k.startswith(("FP.", "TP.")) else k) for k, v in value.items()}
        if isinstance(value, list):
            return [grow(v, key) for v in value]
        money = key in reference.MONEY_FIELDS or key == "losses"
        if type(value) is int and money:
            return min(value * factor, reference.MONEY_MAX)
        if type(value) is int and key == "hourly":  # their sum is bounded too
            return min(value * factor, reference.MONEY_MAX // 200)
        return value

    return grow(case)


BASE = {
    "policy": {"aggregate_limit": 1000, "sections": [
        {"code": "FP.BI", "time": {"waiting_hours": 8}}, {"code": "FP.EXT"}, {"code": "FP.IR"}, {"code": "FP.HW", "inside_aggregate": False}],
        "groups": [{"id": "g", "codes": ["FP.IR"], "sublimit_occ": 50}]},
    "incidents": [{"losses": {"FP.EXT": 100, "FP.IR": 70}, "outage": {"FP.BI": {"minutes": 541, "hourly": [5] * 10}}}]}
BASE_TOWER = {
    "tower": {"retention": 10, "layers": [{"name": "L1", "limit": 100, "shares": [["A", 6000], ["B", 4000]]}, {"name": "L2", "limit": 50, "shares": [["C", 10000]]}]},
    "losses": [70, {"FP.BI": 30}]}
SINGLE = dict(BASE, policy=dict(BASE["policy"], retention_rule="single_highest"))
NO_CAP = dict(BASE, policy={k: v for k, v in BASE["policy"].items() if k != "aggregate_limit"})
REMOVED = object()
TOO_LARGE = str(10**15 + 1)

# base case, path of the field, its new JSON text (REMOVED: taken out), path that must be named (None: that of the field)
FIELDS = [
    (BASE, "note", "1", None), (BASE, "policy", REMOVED, None), (BASE, "incidents", REMOVED, None),
    (BASE, "policy", "[]", None), (BASE, "policy", "null", None), (BASE, "incidents", "{}", None), (BASE, "incidents", "null", None),
    (BASE, "incidents[0]", "5", None), (BASE_TOWER, "tower", "null", None), (BASE_TOWER, "tower", "[]", None),
    # every amount: negative, too large, boolean, with decimals, as text
    *[(BASE, f"policy.{f}", v, None) for f in ("aggregate_limit", "occurrence_limit", "occurrence_retention", "mitigation_cap")
      for v in ("-1", TOO_LARGE, "true", "1.0", '"5"', "1e3", "99999999999999999999999")],
    *[(BASE, f"policy.sections[1].{f}", v, None) for f in ("deductible", "own_retention", "sublimit_occ", "sublimit_agg") for v in ("-1", TOO_LARGE, "false", "1.5")],
    *[(BASE, f"policy.groups[0].{f}", v, None) for f in ("sublimit_occ", "sublimit_agg") for v in ("-1", TOO_LARGE, "true", "1.5")],
    *[(BASE, f"policy.sections[0].time.{f}", v, None) for f in ("monetary", "daily_amount") for v in ("-1", TOO_LARGE, "true", "2.0")],
    *[(BASE, f"incidents[0].{f}", v, None) for f in ("mitigation", "extra_retention") for v in ("-1", TOO_LARGE, "true", "2.0", "null")],
    *[(BASE_TOWER, f"tower.{f}", v, None) for f in ("retention", "layers[0].limit", "layers[0].annual_limit") for v in ("-1", TOO_LARGE, "true", "2.0", "null")],
    # null is no value where no cap is meant
    *[(BASE, f"policy.{f}", "null", None) for f in ("occurrence_retention", "retention_position", "retention_rule", "retention_kind", "franchise_at", "sections", "groups")],
    *[(BASE, f"policy.sections[1].{f}", "null", None) for f in ("code", "deductible", "coins_bp", "coins_position", "inside_aggregate", "time")],
    *[(BASE, f"policy.sections[0].time.{f}", "null", None) for f in ("waiting_hours", "mode", "indemnity_start", "day_counting")],
    # choices
    *[(BASE, f"policy.{f}", '"other"', None) for f in ("retention_position", "retention_rule", "retention_kind", "franchise_at")],
    (BASE, "policy.sections[1].coins_position", '"after"', None), (BASE, "policy.sections[1].coins_position", "1", None),
    *[(BASE, f"policy.sections[0].time.{f}", '"other"', None) for f in ("mode", "indemnity_start", "day_counting")],
    # shares, hours, flags
    *[(BASE, "policy.sections[1].coins_bp", v, None) for v in ("-1", "10001", "true", "50.0")],
    *[(BASE, "incidents[0].premium_paid_bp", v, None) for v in ("-1", "10001", "true", "null")],
    *[(BASE, f"policy.sections[0].time.{f}", v, None) for f in ("waiting_hours", "indemnity_hours") for v in ("-1", "87601", "true", "8.0")],
    (BASE, "policy.sections[1].inside_aggregate", '"yes"', None), (BASE, "policy.sections[1].inside_aggregate", "1", None),
    (BASE, "incidents[0].peril_covered", "0", None), (BASE_TOWER, "tower.drop_down", '"false"', None),
    # unknown keys at every level
    *[(BASE, f"{at}.surprise", "1", None) for at in ("policy", "policy.sections[2]", "policy.sections[0].time", "policy.groups[0]", "incidents[0]", "incidents[0].outage.FP.BI")],
    *[(BASE_TOWER, f"{at}.surprise", "1", None) for at in ("tower", "tower.layers[1]")],
    # sections and groups
    (BASE, "policy.sections", "[]", None), (BASE, "policy.sections", REMOVED, None), (BASE, "policy.sections", '{"code": "FP.BI"}', None),
    (BASE, "policy.sections[1]", '"FP.EXT"', None), (BASE, "policy.sections[1].code", REMOVED, None), (BASE, "policy.sections[1].code", '""', None),
    (BASE, "policy.sections[1].code", "7", None), (BASE, "policy.sections[1].code", '"FP.BI"', None), (BASE, "policy.sections[1].time", "[]", None),
    (BASE, "policy.groups", "{}", None), (BASE, "policy.groups[0]", "7", None), (BASE, "policy.groups[0].id", REMOVED, None), (BASE, "policy.groups[0].id", '""', None),
    (BASE, "policy.groups[0].id", '"FP.HW"', None), (BASE, "policy.groups[0].codes", REMOVED, None), (BASE, "policy.groups[0].codes", "[]", None),
    (BASE, "policy.groups[0].codes", '"FP.IR"', None), (BASE, "policy.groups[0].codes", '["FP.NONE"]', None), (BASE, "policy.groups[0].codes", '["FP.IR", "FP.IR"]', None),
    (BASE, "policy.groups[0].codes", '["FP.IR", 5]', None), (BASE, "policy.groups[0].codes", '["FP.IR", "FP.HW"]', None),
    (BASE, "policy.groups", '[{"id": "g", "codes": ["FP.IR"]}, {"id": "h", "codes": ["FP.IR"]}]', "policy.groups[1].codes"),
    (BASE, "policy.groups", '[{"id": "g", "codes": ["FP.IR"]}, {"id": "g", "codes": ["FP.EXT"]}]', "policy.groups[1].id"),
    # terms that could never act
    (BASE, "policy.sections[1].own_retention", "5", None), (SINGLE, "policy.occurrence_retention", "5", None),
    (BASE, "policy.sections[0].time.monetary", "5", None), (BASE, "policy.sections[0].time", '{"mode": "qualifying", "monetary": 5}', "policy.sections[0].time.monetary"),
    (BASE, "policy.sections[0].time", '{"mode": "qualifying", "indemnity_start": "waiting_end"}', "policy.sections[0].time.indemnity_start"),
    (BASE, "policy.sections[0].time", '{"mode": "monetary_only", "indemnity_start": "waiting_end"}', "policy.sections[0].time.indemnity_start"),
    (NO_CAP, "incidents[0].mitigation", "5", "policy.mitigation_cap"),
    # losses and outages
    (BASE, "incidents[0].losses", "[]", None), (BASE, "incidents[0].losses.FP.NONE", "5", None), (BASE, "incidents[0].losses.FP.BI", "5", None),
    *[(BASE, "incidents[0].losses.FP.EXT", v, None) for v in ("-1", TOO_LARGE, "true", "1.0", '"1"', "null")],
    (BASE, "incidents[0].outage", "[]", None), (BASE, "incidents[0].outage.FP.NONE", '{"minutes": 1, "hourly": [1]}', None), (BASE, "incidents[0].outage.FP.BI", "5", None),
    (BASE, "incidents[0].outage.FP.BI.minutes", REMOVED, None), (BASE, "incidents[0].outage.FP.BI.hourly", REMOVED, None),
    *[(BASE, "incidents[0].outage.FP.BI.minutes", v, None) for v in ("-1", "5256001", "true", "541.0")],
    (BASE, "incidents[0].outage.FP.BI.minutes", "540", "incidents[0].outage.FP.BI.hourly"), (BASE, "incidents[0].outage.FP.BI.minutes", "601", "incidents[0].outage.FP.BI.hourly"),
    *[(BASE, "incidents[0].outage.FP.BI.hourly", v, None) for v in ("[]", "5", "[5, 5, 5, 5, 5, 5, 5, 5, 5, -1]", "[5, 5, 5, 5, 5, 5, 5, 5, 5, 5.0]", "[5, 5, 5, 5, 5, 5, 5, 5, 5, true]",
                                                                    f"[{10**15}, 1, 0, 0, 0, 0, 0, 0, 0, 0]")],
    # towers
    (BASE_TOWER, "policy", "{}", None), (BASE_TOWER, "losses", REMOVED, None), (BASE_TOWER, "losses", "5", None), (BASE_TOWER, "losses[0]", "-1", None), (BASE_TOWER, "losses[0]", "1.0", None),
    (BASE_TOWER, "losses[0]", "null", None), (BASE_TOWER, "losses[1].FP.BI", "true", None), (BASE_TOWER, "losses[1].FP.BI", TOO_LARGE, None),
    (BASE_TOWER, "tower.layers", REMOVED, None), (BASE_TOWER, "tower.layers", "[]", None), (BASE_TOWER, "tower.layers", "{}", None), (BASE_TOWER, "tower.layers[0]", "5", None),
    (BASE_TOWER, "tower.layers[0].name", REMOVED, None), (BASE_TOWER, "tower.layers[0].name", '""', None), (BASE_TOWER, "tower.layers[1].name", '"L1"', None),
    (BASE_TOWER, "tower.layers[0].limit", REMOVED, None), (BASE_TOWER, "tower.layers[0].shares", REMOVED, None),
    *[(BASE_TOWER, "tower.layers[0].shares", v, None) for v in ("[]", "{}", '[["A", 9999]]', '[["A", 10001]]', '[["A", 5000], ["A", 5000]]', '[["", 10000]]', '[["A"]]', '[["A", 10000, 1]]',
                                                                '[["A", 10000.0]]', '[["A", true], ["B", 9999]]', '[[1, 10000]]', '["A", 10000]')],
    *[(BASE_TOWER, "tower.layers[0].covers", v, None) for v in ("[]", '"FP.BI"', '["FP.BI", "FP.BI"]', '[""]', "[5]")],
    *[(BASE_TOWER, "tower.layers[0].recognises_erosion_by", v, None) for v in ("[]", '"FP.BI"', "null", '["FP.BI", 5]')],
    (BASE_TOWER, "tower.layers[1].covers", '["FP.BI"]', "losses[0]"), (BASE_TOWER, "tower.layers[1].recognises_erosion_by", '["FP.BI"]', "losses[0]"),
]
# The whole text; a key that stands twice is named with its whole path, of which the reference names the last part.
TEXTS = [
    ("5", "case"), ("[]", "case"), ("null", "case"), ("{}", "incidents"),
    ('{"policy": {"sections": [{"code": "A", "code": "B"}]}, "incidents": []}', "policy.sections[0].code"),
    ('{"policy": {"sections": [{"code": "A"}]}, "incidents": [{"losses": {"A": 1, "A": 2}}]}', "incidents[0].losses.A"),
    ('{"policy": {"sections": [{"code": "A"}]}, "incidents": [], "incidents": []}', "incidents"),
    ('{"tower": {"layers": [{"name": "L", "limit": 1, "shares": [["A", 10000]]}]}, "losses": [{"A": 1, "A": 1}]}', "losses[0].A"),
]


def keys_of(path):
    """policy.sections[1].code -> policy, sections, 1, code; a code with a dot (FP.BI) is one key."""
    for part in path.replace("FP.", "FP/").split("."):
        name, *places = part.split("[")
        yield name.replace("FP/", "FP.")
        yield from (int(x[:-1]) for x in places)


def changed(base, path, text):
    case = json.loads(json.dumps(base))
    holder, mark = case, "\0changed"
    *parents, last = keys_of(path)
    for key in parents:
        holder = holder[key]
    if text is REMOVED:
        del holder[last]
        return json.dumps(case)
    holder[last] = mark
    return json.dumps(case).replace(json.dumps(mark), text)


def reference_path(text):
    """The path that the reference names; None when it accepts the case."""
    try:
        reference.settle_case(json.loads(text, object_pairs_hook=reference.unique_keys))
    except reference.Invalid as refusal:
        return str(refusal)
    return None


def named_cases():
    cases = [(changed(base, path, text), named or path) for base, path, text, named in FIELDS] + TEXTS
    for text, path in cases:
        said = reference_path(text)
        if said is None or path != said and not path.endswith("." + said):
            fail("the list of this test", text, path, said)
    return cases


def compare_refusals(title, cases):
    replies = settle_lines([text for text, _ in cases])
    for number, ((text, path), reply) in enumerate(zip(cases, replies)):
        if reply.get("error", {}).get("path") != path:
            fail(f"{title} {number}", text, path, json.dumps(reply))
    print(f"{title}: {len(cases)} refused")


def settle_file(text, *options):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "case.json")
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return subprocess.run([ANLAN, "settle", path, *options], capture_output=True, text=True, check=False)


def check_one_file():
    """Exit status and streams of single files: 0 and the reply; 2 and nothing but the refusal."""
    good = settle_file(json.dumps(BASE), "--json")
    if good.returncode != 0 or without_steps(json.loads(good.stdout)) != reference.settle_case(BASE):
        fail("a good file", json.dumps(BASE), "status 0 and the reply", good)
    text = changed(BASE, "policy.sections[2].coins_bp", "10001")
    for options in (["--json"], []):
        bad = settle_file(text, *options)
        if bad.returncode != 2:
            fail("a bad file", text, "status 2", bad)
        if not options and (bad.stdout or "coins_bp" not in bad.stderr):
            fail("a bad file", text, "the sentence on standard error, standard output empty", bad)
        if options:
            error = json.loads(bad.stdout)["error"]
            if set(error) < {"code", "path", "value", "rule", "fix", "zh", "en"} or error["path"] != "policy.sections[2].coins_bp" or error["value"] != "10001":
                fail("a bad file", text, "the error object", bad)
            if not all(error[k] for k in ("code", "rule", "fix", "zh", "en")):
                fail("a bad file", text, "an error object in words", bad)


def main():
    rng = random.Random(SEED)
    cases = [reference.random_case(rng) for _ in range(10_000)]
    compare_replies("random cases", cases)
    compare_replies("random cases with large amounts", [enlarged(case, rng) for case in cases[:1_000]])
    invalid = [reference.invalid_case(rng) for _ in range(1_000)]
    compare_refusals("random invalid cases", [(json.dumps(x["case"]), x["path"]) for x in invalid])
    compare_refusals("cases of each field and rule", named_cases())
    check_one_file()
    print(f"{len(failures)} failure(s)")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
