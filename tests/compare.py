"""Wordings and products side by side, as people see them: the library of incidents, plays, comparisons.

Every simulated incident that is shown pays, replayed in row form, what the column form paid: for every product.
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
                        (("--sector", "C34"), "missing_option"), ((company, "--scripts", ","), "compare_too_few"),
                        ((company, "--scripts", ""), "option_without_value"),
                        ((company, "--scripts", "everyday-ransom, everyday-ransom"), "compare_twice"),
                        ((company, "--scripts", "everyday-ransm"), "script_unknown")):
        wrong = anlan("compare", *words, "--products", PRODUCTS, house=house, json=True, data=data)
        check.equal(wrong.error()["code"] if wrong.status else "done", code, code)
    blank = must("compare", company, "--products", " ningbo-2023-a , waits", "--scripts", " everyday-ransom ", house=house,
                 json=True, data=data).json()
    check.equal([row["as_told"]["incident"] for row in blank["incidents"]], ["everyday-ransom"], "blanks do not matter")


def every_product(house, company):
    """In pairs with one that covers nearly everything: paid by columns = replayed by rows."""
    names = sorted(name[:-5] for name in os.listdir(os.path.join(SOURCE, "data", "products")))
    check.that(len(names) > 30, "all products")
    rows, contrasts = {}, 0
    for name in names:
        beside = "sme-comprehensive" if name != "sme-comprehensive" else "personal-anti-fraud"
        reply = must("compare", company, "--products", name + "," + beside, "--scripts", "everyday-ransom", house=house,
                     json=True).json()
        rows[name] = reply["simulated"]["under"][0]
        for each in reply["contrasts"]:
            contrasts += 1
            for paid in each["paid"]:
                what = "%s beside %s, %s, row %d: %s" % (name, beside, each["peril"], each["row"], paid["name"])
                check.equal(paid["replayed"] and paid["replayed"]["amount"], paid["paid"], what)
    check.that(contrasts > len(names), "they differ")
    check.equal([name for name in names if rows[name]["expected_paid"] == 0 and name == "cross-border-local"],
                ["cross-border-local"], "a policy for abroad pays for nothing at home")
    can_buy = {name: rows[name]["decision"] for name in names}
    check.that(set(can_buy.values()) > {"bindable"}, "not all of them can be bought: %r" % can_buy)
    for name in [name for name in names if can_buy[name] == "declined"]:
        quote = must("quote", "issue", company, "--product", name, "--from", "2026-03-10", house=house, as_="zhou.uw",
                     at="2026-02-26T10:00:00+08:00", json=True).json()
        check.equal(quote["decision"], "declined", name + " is declined by a quote, too")
        found = [finding["reason"] for finding in quote["findings"]]
        check.that([finding["reason"] for finding in rows[name]["findings"]] == found[:len(rows[name]["findings"])] and found,
                   name + ": for the same reasons")
        text = must("compare", company, "--products", name + ",sme-comprehensive", "--scripts", "everyday-ransom", house=house,
                    lang="en").out
        check.that("! A: for this company declined, because of" in re.sub(r"\s+", " ", text), name + ": why it cannot be bought")
    zero = must("compare", company, "--products", "cross-border-local,sme-comprehensive", "--scripts", "everyday-ransom",
                house=house, lang="en").out
    check.that("A does not extend to China (clause" in re.sub(r"\s+", " ", zero), "and which clause says so")
    twelve = ",".join(names[:12])
    in_both("compare", company, "--products", twelve, "--scripts", "everyday-ransom,fab-60-hours", house=house)
    wordings = sorted(name[:-5] for name in os.listdir(os.path.join(SOURCE, "data", "wordings")) if name.endswith(".toml"))
    in_both("wording", "compare", ",".join(wordings), "--script", "fab-60-hours")
    words = ("compare", company, "--products", ",".join(names[:13]))
    wrong = anlan(*words, house=house, json=True)
    check.equal((wrong.status, wrong.error()["code"]), (2, "compare_too_many"), " ".join(words))


def currencies(folder):
    """A product in another currency than its wording, or than the model, is refused with both."""
    def copy(kind, known, name, *changes):
        with open(os.path.join(SOURCE, "data", kind, known + ".toml"), encoding="utf-8") as file:
            text = file.read().replace('id = "%s"' % known, 'id = "%s"' % name)
        for old, new in changes:
            check.equal(text.count(old), 1, kind + ": " + old)
            text = text.replace(old, new)
        os.makedirs(os.path.join(folder, kind), exist_ok=True)
        with open(os.path.join(folder, kind, name + ".toml"), "w", encoding="utf-8") as file:
            file.write(text)

    dollars = ('currency = "CNY"', 'currency = "USD"')
    copy("wordings", "ningbo-2023-a", "abroad", dollars)
    copy("products", "ningbo-2023-a", "half", dollars)
    copy("products", "ningbo-2023-a", "whole", dollars, ('wording = "ningbo-2023-a"', 'wording = "abroad"'))
    facts = ("--sector", "C34", "--revenue", "30000000", "--employees", "48")
    for product, code, value, other in (("half", "product_currency", "USD", "CNY"),
                                        ("whole", "hazard_currency_mismatch", "USD", "CNY")):
        for words in (("quote", "indicate", "--product", product), ("compare", "--products", product + ",ningbo-2023-b")):
            wrong = anlan(*words, *facts, data=folder, json=True)
            what = " ".join(words)
            check.equal((wrong.status, wrong.error()["code"], wrong.error()["value"]), (1, code, value),
                        what)
            check.that(other in anlan(*words, *facts, data=folder, lang="en").err, what + " names both")


library()
plays()
with Folder() as folder:
    home = os.path.join(folder, "house")
    third_product(os.path.join(folder, "data"))
    company = small_house(home)
    products(home, company, os.path.join(folder, "data"))
    every_product(home, company)
    currencies(os.path.join(folder, "foreign"))
check.end()
