#!/usr/bin/env python3
"""`anlan aggregate` against tests/actuarial/reference_cases.json: textbooks, R actuar, closed forms, 40-digit series.

Every case within its stated tolerance; categories that the calculator does not have are listed and counted, so that a
case that is neither run nor listed fails. Then the five wrong answers of other tools, asserted right, and that every
reply has the same bytes on a processor without FMA and AVX2.
"""
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "actuarial"))
from translate import CASES, SPLICED, case, poisson  # noqa: E402

ANLAN = os.environ["ANLAN_BIN"]
ELSEWHERE = {"copula", "reserving", "model evaluation"}  # categories without a command
ELSEWHERE_IDS = {"cred-01-buhlmann-straub-unbiased", "cred-02-buhlmann-straub-iterative", "cred-03-buhlmann",
                 "cred-04-hierarchical", "cred-05-hachemeister-regression", "cred-08-lda-buhlmann-mixture",
                 "cred-09-lda-nonparametric-buhlmann", "cred-11-lda-buhlmann-straub-beta-prior"}
failures = []


OLD_PROCESSOR = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-AVX2,-FMA4,-AVX512F"}


def run_lines(cases):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "cases.jsonl")
        with open(path, "w", encoding="utf-8") as f:
            f.writelines(json.dumps(one) + "\n" for one in cases)
        command = [ANLAN, "aggregate", path, "--lines", "--json"]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        old = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **OLD_PROCESSOR})
        check("another processor, other bytes", run.stdout == old.stdout)
    replies = json.loads(run.stdout)
    if len(replies) != len(cases):
        sys.exit(f"{len(cases)} cases gave {len(replies)} replies")
    return replies


def flat(value, prefix=""):
    if isinstance(value, dict):
        return [x for key in value for x in flat(value[key], f"{prefix}.{key}")]
    if isinstance(value, list):
        return [x for n, each in enumerate(value) for x in flat(each, f"{prefix}[{n}]")]
    return [(prefix, float(value))]


def compare(name, expected, got, tolerance):
    want, have = dict(flat(expected)), dict(flat(got))
    if want.keys() != have.keys():
        failures.append(f"{name}: expected {sorted(want)}, got {sorted(have)}")
        return
    for key, value in want.items():
        allowed = max(tolerance.get("abs", 0.0), tolerance.get("rel", 0.0) * abs(value))
        allowed = max(allowed, 2e-15 * abs(value))  # the reference itself is a double
        if not abs(have[key] - value) <= allowed:
            failures.append(f"{name}{key}: expected {value!r}, got {have[key]!r}, off by {abs(have[key] - value):.2e}, "
                            f"allowed {allowed:.2e}")


def check(name, condition, detail=""):
    if not condition:
        failures.append(f"{name}: {detail}")


def reference_cases():
    with open(os.path.join(HERE, "actuarial", "reference_cases.json"), encoding="utf-8") as f:
        cases = json.load(f)["cases"]
    todo, ran, elsewhere = [], 0, 0
    for one in cases:
        if one["id"] in CASES:
            made, read = CASES[one["id"]](one["inputs"], one["expected"])
            todo.append((one, len(todo), made, read))
            ran += 1
        else:
            elsewhere += 1
            check(one["id"], one["category"] in ELSEWHERE or one["id"] in ELSEWHERE_IDS, "neither run nor listed")
    replies = run_lines([case_file for _, _, made, _ in todo for case_file in made])
    place = 0
    for one, _, made, read in todo:
        mine = replies[place:place + len(made)]
        place += len(made)
        refused = [x["error"] for x in mine if isinstance(x.get("error"), dict) and "code" in x["error"]]
        if refused:
            failures.append(f"{one['id']}: refused {refused}")
            continue
        compare(one["id"], one["expected"], read(mine), one["tolerance"])
    print(f"reference cases: {ran} run, {elsewhere} of categories without a command, {len(cases)} in all")


def wrong_answers_of_other_tools():
    burr = {"kind": "burr", "alpha": 3, "gamma": 1, "theta": 50, "deductible": 30}
    zm = {"kind": "poisson", "mean": 3, "zero_modified": 0.5}
    pert = {"kind": "pert", "low": 20000, "mode": 100000, "high": 900000}
    two = {"kind": "discrete", "x": [1, 2, 3, 4, 5], "p": [0.2, 0.4, 0.2, 0.15, 0.05]}
    coin = {"kind": "discrete", "x": [0, 100], "p": [0.5, 0.5]}
    layer = {"attach": 50000, "limit": 450000}
    replies = run_lines([
        case(burr, zm),
        case(pert, ask={"mean": True}),
        case(coin, poisson(4), ask={"sd": True, "pmf": [100]}),
        case(SPLICED, layers=[layer]),
        case(two, poisson(1.75), ask={"tvar": [0.9, 0.95, 0.99]}),
    ])
    # Loss Data Analytics, example 5.5.4, prints 0.7053.
    check("zero-modified count after a deductible", abs(replies[0]["payments"]["count_mean"] - 0.3854) < 5e-5)
    # riskquant takes the mode (100,000) for the mean.
    check("PERT mean", abs(replies[1]["ground_up"]["mean"] - 220000) < 1e-6)
    # pyfair multiplies one magnitude by the year's frequency: sd 4 x 50 x ... and no year with one claim of 100 among
    # several of 0. Independent claims have variance 4 E[X^2] = 4 x 5,000.
    check("claims of a year are independent", abs(replies[2]["ground_up"]["sd"] ** 2 - 20000) < 1e-6)
    check("one claim of 100 in a year", abs(replies[2]["ground_up"]["pmf"][0] - 0.2706705664732254) < 1e-12)
    # aggregate 0.30.1 gives 66,731 for this layer of a splice.
    check("a layer of a splice", abs(replies[3]["layers"][0]["expected"] - 82440.35) < 0.01,
          replies[3]["layers"][0]["expected"])
    # actuar's CTE on this lattice is 12.0037, 13.8288, 17.5827.
    for got, right in zip(replies[4]["ground_up"]["tvar"], [11.64056610171743, 13.312237589971733, 16.86009099600058]):
        check("TVaR on a lattice", abs(got - right) < 1e-9, got)


def main():
    reference_cases()
    wrong_answers_of_other_tools()
    for line in failures[:60]:
        print("FAILED", line)
    print(f"{len(failures)} failures")
    sys.exit(bool(failures))


main()
