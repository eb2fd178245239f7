#!/usr/bin/env python3
"""The library of wordings and the library of incidents hold together.

Every wording is read and has no finding of severity error. Every script plays under all wordings at once. Each pair of wordings
pays differently on at least five scripts; the two readings of the Ningbo wording, which differ over a year only, do so in three
incidents of one year (`anlan settle`). Every script is paid by some wording, but for those that are there to be out, each with
the reason. The pairs with the fewest differences are printed.
"""
import collections
import concurrent.futures
import glob
import itertools
import json
import os
import tempfile

from _anlan import SOURCE, Check, anlan, settle_policy

LEAST = 5
ONLY_OVER_A_YEAR = ("ningbo-2023-a", "ningbo-2023-b")
# Scripts that no wording pays, and why.
OUT = {
    "cloudflare-2025": "six hours, within every waiting period",
    "facebook-six-hours-2021": "six hours, within every waiting period",
    "ericsson-certificate-2018": "failure of a public network",
    "optus-telecom-2023": "failure of a public network",
    "tonga-cable-2022": "failure of a public network",
    "kyivstar-2023": "operation in a war",
    "viasat-wind-farms-2022": "operation in a war",
    "sme-declared-war-ddos": "operation in a war",
    "sme-management-fraud": "the management took part",
    "sme-prior-knowledge": "known before the policy began",
}
check = Check("wording_library")


def names(folder):
    return sorted(os.path.basename(path)[:-5] for path in glob.glob(os.path.join(SOURCE, "data", folder, "*.toml")))


def check_lint(wordings):
    reply = anlan("wording", "lint", json=True).json()
    files = reply["files"]
    check.equal(sorted(file["wording"] for file in files), wordings, "wordings that lint read")
    for file in files:
        check.equal(file["errors"], [], "%s: refusals" % file["file"])
        for finding in file["findings"]:
            check.that(finding["severity"] != "error", finding["en"])


def play(script, wordings):
    """What each wording pays for the script, in fen."""
    answer = anlan("wording", "compare", ",".join(wordings), "--script", script, json=True)
    if not check.equal(answer.status, 0, "%s: status\n%s%s" % (script, answer.out[:500], answer.err[:500])):
        return None
    paid = {under["name"]: under["paid"]["amount"] for under in answer.json()["under"]}
    check.equal(sorted(paid), wordings, "%s: wordings played" % script)
    return paid


def check_pairs(plays, wordings):
    pairs = {pair: 0 for pair in itertools.combinations(wordings, 2)}
    for paid in plays.values():
        for first, second in pairs:
            pairs[first, second] += paid[first] != paid[second]
    for pair, count in pairs.items():
        if pair != ONLY_OVER_A_YEAR:
            check.that(count >= LEAST, "%s and %s pay differently on %d scripts only" % (*pair, count))
    print("Pairs that pay differently on the fewest of %d scripts:" % len(plays))
    for pair, count in sorted(pairs.items(), key=lambda item: (item[1], item[0]))[:8]:
        print("  %3d  %s, %s" % (count, *pair))


def check_paid(plays):
    unpaid = sorted(script for script, paid in plays.items() if not any(paid.values()))
    check.equal(unpaid, sorted(OUT), "scripts that no wording pays")


def check_year(folder):
    """Three worm incidents in one year: sublimits of the incident pay thrice, those of the year once."""
    worm = {"losses": {"FP.DATA": 15_000_00, "FP.HW": 8_000_00, "FP.IR": 12_000_00},
            "outage": {"FP.BI": {"minutes": 600, "hourly": [12_000_00] * 10}}}
    paid = {}
    for wording in ONLY_OVER_A_YEAR:
        path = os.path.join(folder, wording + ".json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"policy": settle_policy(wording), "incidents": [worm] * 3}, file)
        answer = anlan("settle", path, json=True)
        if check.equal(answer.status, 0, "%s: settle\n%s" % (wording, answer.out[:500])):
            paid[wording] = [incident["paid_total"] for incident in answer.json()["incidents"]]
    print("Three worm incidents in one year:", paid)
    # 100,000 + 20,000 for each; the third is cut by the aggregate limit of 400,000 only where sublimits are of the incident.
    check.equal(paid.get("ningbo-2023-a"), [120_000_00, 120_000_00, 120_000_00], "sublimits of the incident")
    check.equal(paid.get("ningbo-2023-b"), [120_000_00, 0, 0], "sublimits of the year")


wordings, scripts = names("wordings"), names("scenarios")
check_lint(wordings)
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    replies = pool.map(lambda script: (script, play(script, wordings)), scripts)
    played = {script: paid for script, paid in replies if paid is not None}
check_pairs(played, wordings)
check_paid(played)
with tempfile.TemporaryDirectory() as work:
    check_year(work)
check.end()
