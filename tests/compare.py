"""Wordings and products side by side, as people see them: the library of incidents, plays, comparisons.

Within 80 columns in both languages, equal to the JSON beside it; the fab of 60 hours pays what its terms say.
"""

import os
import re
import unicodedata

from _anlan import LANGUAGES, SOURCE, Check, Folder, anlan, must, small_house

check = Check("compare")
COLUMNS = 80
PRODUCTS = "ningbo-2023-a,ningbo-2023-b,waits"
WORDINGS = "ningbo-2023-a,ningbo-2023-b,ningbo-2023-a8"
INNER = re.compile(r"\b[a-z]+_[a-z_]+\b")


def width(line):
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def in_both(*words, house=None, data=None):
    for lang in LANGUAGES:
        text = must(*words, house=house, lang=lang, data=data).out
        what = "%s --lang %s" % (" ".join(words), lang)
        for line in text.splitlines():
            check.that(width(line) <= COLUMNS, "%s: %d columns: %s" % (what, width(line), line))
        if lang == "zh":
            said = text.split("下列数值是我们的假设")[0]  # what follows are paths of the file
            check.equal([n for n in INNER.findall(said) if not n.startswith("ent_")], [], what + " holds inner names")
    return must(*words, house=house, json=True, data=data).json()


def library():
    rows = in_both("incident", "library")
    names = {name[:-5] for name in os.listdir(os.path.join(SOURCE, "data", "scenarios"))}
    check.equal({row["id"] for row in rows}, names, "every file is listed")
    check.that(all(row["kind"] == "public" for row in in_both("incident", "library", "--kind", "public")), "of a kind")
    for name in ("fab-60-hours", "everyday-ransom", "everyday-cloud-outage", "everyday-phished-records"):
        in_both("incident", "script", name)
    for name in names:
        must("incident", "script", name, json=True)
    wrong = anlan("incident", "script", "fab-60-hour", json=True)
    check.equal((wrong.status, wrong.error()["code"]), (2, "script_unknown"), "nearest name")
    check.that("fab-60-hours" in anlan("incident", "script", "fab-60-hour", lang="en").err, "names the nearest")


def plays():
    fab = in_both("wording", "play", "ningbo-2023-a8", "--script", "fab-60-hours")
    # 60 h x 16,666,667.00 + 6,000,000 + 3,000,000 + 4,500,000 + 1,200,000
    check.equal(fab["stated"]["amount"], 6000 * 16_666_667 + 1_470_000_000, "what was stated")
    # 100,000 of interruption and 20,000 shared, less 5,000 after the sublimits; mitigation up to 400,000.
    check.equal(fab["paid"]["amount"], 11_500_000 + 40_000_000, "what is paid")
    check.equal((fab["deciding"]["reason"], fab["deciding"]["clause"]), ("sublimit_occurrence", "2.2"), "deciding step")
    wait = in_both("wording", "play", "ningbo-2023-a8", "--script", "everyday-cloud-outage")
    check.equal(wait["paid"], must("wording", "play", "ningbo-2023-a8", "--script", "everyday-cloud-outage",
                                   json=True).json()["paid"], "twice the same")
    both = in_both("wording", "compare", WORDINGS, "--script", "fab-60-hours")
    paid = {row["name"]: row["paid"]["amount"] for row in both["under"]}
    check.equal(paid, {"ningbo-2023-a": 52_000_000, "ningbo-2023-b": 52_000_000, "ningbo-2023-a8": 51_500_000}, "three")
    decided = {row["name"]: row["deciding"] and row["deciding"]["clause"] for row in both["under"]}
    check.equal(decided, {"ningbo-2023-a": None, "ningbo-2023-b": None, "ningbo-2023-a8": "2.7"}, "who decides")
    for row in both["covers"]:
        check.equal(len(row["under"]), 3, "each wording in each row")
    for words, code in ((("ningbo-2023-a",), "compare_too_few"), (("ningbo-2023-a,ningbo-2023-a",), "compare_twice"),
                        (("ningbo-2023-a,ningbo-2023-x",), "wording_unknown")):
        wrong = anlan("wording", "compare", *words, "--script", "fab-60-hours", json=True)
        check.equal((wrong.status, wrong.error()["code"]), (2, code), code)


def third_product(folder):
    """A product of the wording with eight waiting hours, beside those that ship."""
    with open(os.path.join(SOURCE, "data", "products", "ningbo-2023-a.toml"), encoding="utf-8") as file:
        text = file.read().replace('id = "ningbo-2023-a"', 'id = "waits"')
    os.makedirs(os.path.join(folder, "products"))
    with open(os.path.join(folder, "products", "waits.toml"), "w", encoding="utf-8") as file:
        file.write(text.replace('wording = "ningbo-2023-a"', 'wording = "ningbo-2023-a8"'))


def products(house, company, data):
    reply = in_both("compare", company, "--products", PRODUCTS, house=house, data=data)
    known = in_both("compare", company, "--products", PRODUCTS, "--scripts", "everyday-ransom", house=house, data=data)
    check.equal([row["as_told"]["incident"] for row in known["incidents"]], ["everyday-ransom"], "the one asked for")
    check.equal(known["simulated"], reply["simulated"], "the same incidents")
    check.equal(reply["simulated"]["events"], 10_000, "how many")
    check.that(len(reply["contrasts"]) > 0, "they differ somewhere")
    for each in reply["contrasts"]:
        check.equal(each["least"], "waits", "who pays least")
        check.that(each["deciding"]["clause"] in ("2.5", "2.7"), "by its wait or its retention: %r" % each["deciding"])
        for row in each["paid"]:
            check.equal(row["replayed"]["amount"], row["paid"], "replayed in row form")
    expected = reply["simulated"]["under"]
    check.that(all(0 < row["share_paid"] < 1 and row["worst_gap"] > 0 for row in expected), "shares and gaps")
    again = must("compare", company, "--products", "waits,ningbo-2023-b,ningbo-2023-a", house=house, json=True, data=data).json()
    check.equal({row["name"]: row["expected_paid"] for row in again["simulated"]["under"]},
                {row["name"]: row["expected_paid"] for row in expected}, "the order changes nothing")
    facts = ("--sector", "C34", "--revenue", "30000000", "--employees", "48")
    bare = in_both("compare", "--products", PRODUCTS, *facts, data=data)
    check.equal(len(bare["simulated"]["under"]), 3, "without a house")
    for words, code in (((), "compare_company"), ((company, *facts), "compare_company"),
                        (("--sector", "C34"), "missing_option")):
        wrong = anlan("compare", *words, "--products", PRODUCTS, house=house, json=True, data=data)
        check.equal(wrong.error()["code"] if wrong.status else "done", code, code)


library()
plays()
with Folder() as folder:
    home = os.path.join(folder, "house")
    third_product(os.path.join(folder, "data"))
    products(home, small_house(home), os.path.join(folder, "data"))
check.end()
