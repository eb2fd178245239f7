"""What people see: every list and view in both languages on the house that the demonstration leaves.

Within 80 columns, without a name that only the program knows, equal to the JSON beside it; refusals wrapped and in
words; an answer file that can be filled in; letters that promise nothing before the approval.
"""

import json
import os
import re
import tomllib
import unicodedata

from _anlan import LANGUAGES, SOURCE, Check, Folder, anlan, events, must, small_house

COLUMNS = 80
check = Check("views")

# Names of the program that no Chinese sentence may hold. What people type (ids, options, choices) is not among them.
INNER = re.compile(r"\b[a-z]+_[a-z_]+\b")
LATE = "2027-08-01T09:00:00+08:00"


def width(line):
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def fits(text, what):
    for line in text.splitlines():
        check.that(width(line) <= COLUMNS, "%s: %d columns: %s" % (what, width(line), line))


def inner_names(text):
    ids = re.compile(r"^(ent|asm|ord|quo|pol|inc|clm|sub)_\d+$")
    return [name for name in INNER.findall(text) if not ids.match(name)]


def in_both(house, *words):
    """The text of a view in both languages, checked; the JSON beside it."""
    for lang in LANGUAGES:
        text = must(*words, house=house, lang=lang).out
        what = "%s --lang %s" % (" ".join(words), lang)
        fits(text, what)
        check.that(text.strip() != "", what + " says something")
        check.that("[" not in re.sub(r"^\[.*\]$", "", text, flags=re.M), what + " lacks a text: " + text[:400])
        if lang == "zh":
            check.equal(inner_names(text), [], what + " holds names of the program")
    return must(*words, house=house, json=True).json()


def first_of(journal, name, key):
    return next(event[key]["id"] for event in journal if event["event"] == name)


# The first record of each kind, and the claim that was denied.
def numbers(journal):
    known = {"ent": first_of(journal, "enterprise_registered", "enterprise"),
             "asm": first_of(journal, "assessment_recorded", "assessment"),
             "quo": first_of(journal, "quote_issued", "quote"), "pol": first_of(journal, "policy_bound", "policy"),
             "clm": first_of(journal, "claim_adjudicated", "decision")}
    known["denied"] = next(event["decision"]["id"] for event in journal
                           if event["event"] == "claim_adjudicated" and event["decision"]["outcome"] == "denied")
    return known


def lists(house, journal):
    counts = {"enterprise": "enterprise_registered", "order": "order_placed", "quote": "quote_issued",
              "policy": "policy_bound", "incident": "incident_reported", "claim": "claim_adjudicated"}
    company = first_of(journal, "enterprise_registered", "enterprise")
    for word, kind in counts.items():
        rows = in_both(house, word, "list")
        check.equal(len(rows), sum(1 for event in journal if event["event"] == kind), word + " list has them all")
        if word == "enterprise":
            continue
        own = in_both(house, word, "list", "--enterprise", company)
        check.equal(own, [row for row in rows if row["enterprise"] == company], word + " list of one company")
        check.that(0 < len(own) <= len(rows), word + " list of one company is a part")
        refused = anlan(word, "list", "--enterprise", "ent_999", house=house, json=True)
        check.equal((refused.status, refused.error()["code"]), (1, "not_found"), word + " list of nobody")
    check.equal({row["id"] for row in in_both(house, "product", "list")},
                {name[:-5] for name in os.listdir(os.path.join(SOURCE, "data", "products"))}, "product list")
    check.equal(len(in_both(house, "package", "list")), 1, "package list")
    for row in must("quote", "list", house=house, json=True).json():
        check.equal(row["premium"] is None, row["decision"] == "declined", "a declined risk has no premium")


def views(house, journal):
    for word, kind, key in (("enterprise", "enterprise_registered", "enterprise"),
                            ("assessment", "assessment_recorded", "assessment"), ("order", "order_placed", "order"),
                            ("quote", "quote_issued", "quote"), ("policy", "policy_bound", "policy"),
                            ("incident", "incident_reported", "incident"), ("claim", "claim_adjudicated", "decision")):
        for number in {event[key]["id"] for event in journal if event["event"] == kind}:
            check.equal(in_both(house, word, "show", number)["id"], number, word + " show")
    for words in (("actor", "list"), ("journal", "show"), ("ledger", "show"), ("ledger", "show", "--all")):
        in_both(house, *words)
    wrong = anlan("assessment", "show", "asm_1", house=house, json=True)
    check.equal(wrong.error()["code"], "not_found", "an event that is no assessment")
    known = numbers(journal)
    company = must("enterprise", "show", known["ent"], house=house, lang="zh").out
    for part in (known["ent"], "91330206MA2EXAMP50", known["pol"], known["quo"], known["asm"], "制造业"):
        check.that(part in company, "enterprise show names " + part)


def drills(house, journal, folder):
    known = numbers(journal)
    for script in ("everyday-ransom", "everyday-cloud-outage", "fab-60-hours"):
        played = in_both(house, "drill", known["pol"], "--incident", script, "--on", "2026-03-20")
        check.equal(played["payable"]["amount"] + played["kept"]["amount"], played["stated"]["amount"], script)
    plan = in_both(house, "plan", "response", known["ent"])
    hours = [step["hour"] for step in plan["steps"]]
    check.equal(hours, sorted(hours), "the plan goes by the hour")
    in_both(house, "claim", "disclosure", known["clm"])
    for name in sorted(os.listdir(os.path.join(SOURCE, "data", "disclosure_cases"))):
        in_both(house, "claim", "disclosure", "--case", "@disclosure_cases/" + name)
    sheet = os.path.join(folder, "sheet.toml")
    with open(sheet, "w", encoding="utf-8") as file:
        text = must("drill", "sheet", house=house, lang="zh").out
        file.write(re.sub(r'= ""', '= "甲"', text).replace('held_on = "甲"', 'held_on = "2027-07-30"'))
    done = must("drill", "record", known["pol"], "--incident", "everyday-ransom", "--participants", "6", "--file", sheet,
                house=house, as_="wang.broker", at=LATE, json=True, key="drill-1").json()
    check.equal((done["finished"], done["evidence_for"]), (True, "IRP-01"), "a finished exercise is evidence")
    again = must("drill", "record", known["pol"], "--incident", "everyday-ransom", "--participants", "6", "--file", sheet,
                 house=house, as_="wang.broker", at=LATE, json=True, key="drill-1").json()
    check.equal((again["id"], again["repeated"]), (done["id"], True), "asked twice under one key")
    check.equal([row["id"] for row in in_both(house, "drill", "list")], [done["id"]], "drill list")


def help_texts():
    whole = must("help", "--lang", "zh").out
    table = must("help", json=True).json()
    for operation in table:
        check.that(re.search("^%s " % operation["name"], whole, re.M), "help lists " + operation["name"])
    for lang in LANGUAGES:
        fits(must("help", lang=lang).out, "help")
        for operation in table:
            text = must("help", *operation["name"].split(), lang=lang).out
            if lang == "zh":
                check.equal(inner_names(text.split("\n", 2)[2]), [], "help " + operation["name"])
        group = must("help", "claim", lang=lang).out
        for name in ("claim adjudicate", "claim approve", "claim pay", "claim show", "claim list"):
            check.that(name in group, "help claim lists " + name)
        for name in ("demo", "batch", "serve", "version", "help"):
            must("help", name, lang=lang)
    alone = anlan("claim", lang="zh")
    check.that(alone.status == 2 and "anlan help claim" in alone.err, "a group alone points at its help")


def answers(house, folder):
    company = must("enterprise", "list", house=house, json=True).json()[0]["id"]
    for lang in LANGUAGES:
        text = must("questions", company, "--template", house=house, lang=lang, at=LATE).out
        fits(text, "template")
        template = tomllib.loads(text)
        check.equal(template["stated_on"], LATE[:10], "the template is dated")
        asked = must("questions", company, "--choices", house=house, json=True).json()
        check.equal(list(template["answers"]), [question["control"] for question in asked], "the template asks all")
    fits(must("questions", company, "--choices", house=house, lang="zh").out, "questions --choices")
    blank = os.path.join(folder, "blank.toml")
    with open(blank, "w", encoding="utf-8") as file:
        file.write(text)
    refused = anlan("assess", company, "--answers", blank, house=house, as_="wang.broker", at=LATE, json=True)
    check.equal(refused.error()["code"], "missing_answers", "a blank template is asked for in one go")
    check.equal(refused.error()["value"], str(len(asked)), "all of its questions are asked for")
    fits(anlan("assess", company, "--answers", blank, house=house, as_="wang.broker", at=LATE).err, "missing answers")
    with open(os.path.join(SOURCE, "data", "demo", "answers.toml"), "rb") as file:
        given = tomllib.load(file)["answers"]
    filled = text.replace(LATE[:10], "2027-07-20")
    for control, answer in given.items():
        value = answer["value"] if isinstance(answer, dict) else answer
        filled = filled.replace('\n%s = ""' % control, '\n%s = "%s"' % (control, value))
    with open(blank, "w", encoding="utf-8") as file:
        file.write(filled)
    done = must("assess", company, "--answers", blank, house=house, as_="wang.broker", at=LATE, json=True).json()
    check.equal(len(done["answers"]), len(given), "the filled template is taken")


def letters(house, journal):
    states = {row["id"]: row["state"] for row in must("claim", "list", house=house, json=True).json()}
    check.equal(set(states.values()), {"paid", "adjudicated", "denied"}, "the demonstration has these states")
    for claim, state in states.items():
        zh, en = (must("claim", "show", claim, house=house, lang=lang).out for lang in LANGUAGES)
        check.equal("尚待核赔" in zh, state == "adjudicated", claim + " is proposed")
        check.equal("Proposed decision" in en, state == "adjudicated", claim + " is proposed")
        check.that(not (state == "adjudicated" and "We pay" in en), claim + " promises nothing")
        check.that("致：" in zh and "ningbo-demo" in zh and claim in zh and "AL-2026-" in zh, claim + " says who and what")
        if state == "denied":
            check.that(re.search(r"第 [\d.]+ 条", zh) and re.search(r"[Cc]lause", en), claim + " names a clause")
    partly = next(event["decision"] for event in journal if event["event"] == "claim_adjudicated"
                  and any(head["head"] == "FP.NOTIFY" for head in event["decision"]["heads"]))
    text = re.sub(r"\s", "", must("claim", "show", partly["id"], house=house, lang="zh").out)
    check.that("通知费用：保单的保险责任（第1.2、1.3、1.4、1.5、1.6条）不包括该项" in text, "notification names its clauses")
    check.that("通知的费用属于另行投保的保障" in text, "and the clause says the same")


def declined(house, journal):
    quote = next(event["quote"]["id"] for event in journal
                 if event["event"] == "quote_issued" and event["quote"]["decision"] == "declined")
    zh = must("quote", "show", quote, house=house, lang="zh").out
    check.that("不予承保通知书" in zh and "2,800.00" not in zh and "1,400.00" not in zh, "a declinature offers nothing")
    refused = anlan("quote", "explain", quote, "--confirmed-by", "x", house=house, as_="wang.broker", at=LATE, json=True)
    check.equal((refused.status, refused.error()["code"]), (1, "not_bindable"), "a declined quote is not explained")


REFUSED = (
    (("claim", "approve", "{clm}"), "wang.broker", "role_missing", ("理赔主管", "核赔")),
    (("policy", "bind", "{quo}"), "zhou.uw", "already_done", ("此前已经办理",)),
    (("policy", "show", "pol_999"), "zhou.uw", "not_found", ("保单",)),
    (("quote", "issue", "{ent}", "--product", "foo", "--from", "2027-09-01"), "zhou.uw", "insurance_product_unknown", ("产品", "foo")),
    (("premium", "receive", "{pol}", "--payer", "nobody", "--amount", "1.00"), "qian.finance", "unknown_choice",
     ("付款人", "customer（企业）")),
    (("actor", "appoint", "x", "--role", "boss"), "op", "unknown_choice", ("claims_manager（理赔主管）",)),
    (("claim", "pay", "{denied}"), "qian.finance", "wrong_state", ("已拒赔", "已核赔")),
    (("policy", "show"), "op", "missing_option", ("POLICY",)),
    (("policy", "cancel", "{pol}"), "zhou.uw", "missing_option", ("--on YYYY-MM-DD",)),
)


def refusals(house, journal):
    known = numbers(journal)
    for words, actor, code, parts in REFUSED:
        words = [known.get(word.strip("{}"), word) if word.startswith("{") else word for word in words]
        what = " ".join(words)
        refused = anlan(*words, house=house, as_=actor, at=LATE, json=True)
        check.equal(refused.error()["code"], code, what)
        for lang in LANGUAGES:
            text = anlan(*words, house=house, as_=actor, at=LATE, lang=lang).err
            fits(text, what)
            lines = text.splitlines()
            check.that(all(line.startswith("  ") for line in lines[1:]), what + " hangs: " + text)
        zh = re.sub(r"\n +", "", anlan(*words, house=house, as_=actor, at=LATE, lang="zh").err)
        for part in parts:
            check.that(part in zh, "%s: %s does not say %s" % (what, zh, part))
        if code != "unknown_choice":
            check.equal(inner_names(zh), [], what + " holds names of the program")
    early = anlan("policy", "show", known["pol"], house=house, at="2020-01-01T00:00:00+08:00", json=True)
    check.equal((early.status, early.error()["code"]), (1, "clock_behind"), "a clock behind the last record")


def fingerprints(house, folder, journal):
    path = os.path.join(folder, "policy.json")
    must("policy", "document", numbers(journal)["pol"], "--out", path, house=house, as_="wang.broker", at=LATE)
    whole = must("verify", path, json=True).json()["fingerprint"]
    for given in (whole, whole.replace(" ", ""), whole.upper()):
        check.equal(anlan("verify", path, "--fingerprint", given).status, 0, "the whole fingerprint, as it is written")
    short = anlan("verify", path, "--fingerprint", whole[:19], json=True)
    check.equal((short.status, short.error()["code"]), (2, "fingerprint_short"), "a part of a fingerprint")
    other = anlan("verify", path, "--fingerprint", "0" * len(whole.replace(" ", "")), json=True)
    check.equal((other.status, other.error()["code"]), (2, "fingerprint_other"), "the fingerprint of another key")


PILOT = ("--product", "ningbo-2023-b")
KNOWN = ("--sector", "C39", "--revenue", "30000000", "--employees", "50")


def indications():
    """A price from three facts, without a house; every fact more is asked for no more."""
    found = in_both(None, "quote", "indicate", *PILOT, *KNOWN)
    check.equal(must("quote", "indicate", *PILOT, *KNOWN, json=True).json(), found, "an indication is repeatable")
    for name in ("expected_before", "expected_paid", "technical"):
        low, central, high = (found[name][end]["amount"] for end in ("low", "central", "high"))
        check.that(0 < low < central < high, name + " is an interval")
    check.equal(found["filed"]["amount"], 280000, "the filed premium stands beside")
    check.that(50_000 < found["systemic_ppm"] < 500_000, "the share of systemic perils")
    check.equal({row["fact"] for row in found["inferred"]},
                {"gross_margin", "it_dependence", "online_revenue", "ot_lines", "records", "incidents_36m"},
                "what was not said and acts is named")
    check.equal([row["fact"] for row in found["missing_facts"]], ["region", "endpoints", "incidents_36m"],
                "what a quote asks for is named")
    check.that({"BKP-02", "NET-01"} <= {row["control"] for row in found["minimum_controls"]}, "minimum controls")
    shares = [row["explained_ppm"] for row in found["next"]]
    check.that(shares and shares == sorted(shares, reverse=True), "the next questions are ranked")
    ranks = [row["rank"] for row in found["next"]]
    check.that(ranks[0] == 1 and ranks == sorted(ranks), "ranks from 1")
    check.that(len(ranks) <= 3 or len(set(ranks[2:])) == 1, "three of them and who shares the rank of the third")
    wide = found["technical"]["high"]["amount"] - found["technical"]["low"]["amount"]
    for row in found["next"]:
        check.equal(row["width_now"]["amount"], wide, "one width, that of the table")
        check.that(row["width_left"]["amount"] < wide + 2 * row["width_left_error"]["amount"], "none widens")
        check.that(row["explained_ppm"] > 2 * row["explained_error_ppm"] > 0, "each stands out of the noise")
        check.that(row["question"] and len(row["at"]) == 3, "a question with its three answers")
    more = KNOWN + ("--records", "8000", "--gross-margin", "25%", "--it-dependence", "100", "--online-revenue",
                    "1500000", "--ot-lines", "2", "--incidents", "0", "--region", "3302")
    full = in_both(None, "quote", "indicate", *PILOT, *more)
    check.equal(full["inferred"], [], "nothing is left to infer")
    check.that({row["fact"] for row in full["next"]} <= {None}, "only the controls are left to ask for")
    # In proportion: a fact may raise the whole price. The shares of the questions are of its logarithm, too.
    width = lambda reply: reply["technical"]["high"]["amount"] / reply["technical"]["low"]["amount"]
    check.that(width(full) < width(found), "facts narrow the interval")
    online = in_both(None, "quote", "indicate", *PILOT, "--sector", "I64", "--revenue", "30000000", "--employees", "50")
    check.that("online_revenue" in {row["fact"] for row in online["inferred"]}, "a part is drawn up to its whole")
    huge = in_both(None, "quote", "indicate", *PILOT, *KNOWN, "--records", "9000000000")
    check.that("beyond_size_laws" in [row["reason"] for row in huge["findings"]], "a size beyond the laws is flagged")
    away = in_both(None, "quote", "indicate", *PILOT, *KNOWN, "--region", "11")
    check.equal((away["decision"], [row["reason"] for row in away["findings"]]),
                ("declined", ["region_not_eligible"]), "a risk outside the product is said to be")
    for words, code in ((("--sector", "C39", "--revenue", "0", "--employees", "5"), "out_of_range"),
                        (("--sector", "C99", "--revenue", "1", "--employees", "5"), "sector_unknown"),
                        (KNOWN + ("--records", "1000000000000000"), "out_of_range"),
                        (("--sector", "Z9", "--revenue", "1", "--employees", "5"), "sector_malformed"),
                        (("--sector", "C39", "--revenue", "1"), "missing_option"),
                        (KNOWN + ("--gross-margin", "130%"), "out_of_range")):
        refused = anlan("quote", "indicate", *PILOT, *words, json=True)
        check.equal((refused.status, refused.error()["code"]), (2, code), "refused: " + " ".join(words))


def promises(folder):
    """A wording with a trigger or with obligations is priced by them: nothing of the loss before the policy changes."""
    data = os.path.join(folder, "data")
    os.makedirs(os.path.join(data, "wordings"))
    with open(os.path.join(SOURCE, "data", "wordings", "ningbo-2023-b.toml"), encoding="utf-8") as file:
        plain = file.read()

    def indicate(before, extra):
        with open(os.path.join(data, "wordings", "ningbo-2023-b.toml"), "w", encoding="utf-8") as file:
            file.write(plain.replace(before, extra + before, 1))
        return anlan("quote", "indicate", *PILOT, *KNOWN, "--data", data, json=True)

    trigger = '[trigger]\nbasis = "%s"\nclause = "1.1"\n%s\n'
    back = 'retroactive_days = 0\nretroactive_clause = "1.1"\n'
    ladder = '[[obligations]]\ncontrol = "%s"\nclause = "1.1"\nsteps = [{ lapse_days = 7, extra_retention = "20000.00" }]\n\n'
    amounts = lambda reply, name: reply[name]["central"]["amount"]
    today = indicate("[policy]", "").json()
    same = indicate("[policy]", trigger % ("discovery", "")).json()
    check.equal(same["expected_paid"], today["expected_paid"], "a mature year by discovery is a year by occurrence")
    for replies, what in ((indicate("[policy]", trigger % ("claims_made", back)), "a first year of claims made"),
                          (indicate("[[conditions]]", ladder % "BKP-02"), "a ladder")):
        found = replies.json()
        check.equal(found["expected_before"], today["expected_before"], what + " leaves the loss as it is")
        check.that(0 < amounts(found, "expected_paid") < amounts(today, "expected_paid"), what + " pays less")
    for refused, code in ((indicate("[[conditions]]", ladder % "BKP-99"), "control_unknown"),
                          (indicate("[policy]", trigger % ("occurrence", back)), "trigger_term_void")):
        check.equal((refused.status, refused.error()["code"]), (2, code), "refused: " + code)


def options(house, journal):
    """Prices and what is kept over limits and retentions, with sublimits and without sections."""
    company = first_of(journal, "enterprise_registered", "enterprise")
    year = in_both(house, "risk", company, *PILOT)
    shared = sum(row["expected_paid"] for row in year["perils"]
                 if row["peril"] in ("provider_outage", "vendor_breach", "mass_exploit"))
    check.that(abs(year["systemic_share"] - shared / year["expected_paid"]) < 1e-3 and shared > 0, "the systemic share")
    grid = in_both(house, "risk", "grid", company, *PILOT, "--limit", "400000", "--limit", "800000",
                   "--retention", "0", "--retention", "20000")
    check.equal(len(grid), 4, "a cell for each limit and retention")
    whole = {row["expected_retained"] + row["expected_transferred"] for row in grid}
    check.that(max(whole) - min(whole) <= 1, "kept and transferred are the whole loss in every cell")
    check.that(grid[0]["expected_transferred"] > grid[1]["expected_transferred"], "a retention transfers less")
    check.that(grid[2]["expected_transferred"] > grid[0]["expected_transferred"], "a limit transfers more")
    check.that(grid[0]["over_retention"] > grid[1]["over_retention"] > 0, "P(loss > retention) falls")
    check.that(grid[0]["over_limit"] > grid[2]["over_limit"] > 0, "P(loss > limit) falls")
    check.that(grid[0]["retained_tail_mean"] < grid[1]["retained_tail_mean"], "a retention leaves worse years")
    one = ("quote", "options", company, *PILOT, "--limit", "400000", "--retention", "0")
    insured = lambda *words: in_both(house, *one, *words)[0]["loss"]["insured"]["amount"]
    plain = insured()
    check.that(insured("--sublimit", "FP.BI=200000") > plain, "a larger sublimit pays more")
    check.that(insured("--sublimit", "FP.BI=10000", "--sublimit", "restoration=5000") < plain, "smaller ones pay less")
    check.that(insured("--without", "FP.EXT") < plain, "a section less pays less")
    check.equal(insured("--sublimit", "FP.BI=100000"), plain, "the sublimit of the wording changes nothing")
    all_but = [word for code in ("FP.BI", "FP.EXT", "FP.DATA", "FP.HW", "FP.IR") for word in ("--without", code)]
    for words, code in ((("--sublimit", "FP.BX=1"), "section_unknown"), (("--without", "FP.XX"), "section_unknown"),
                        (("--without", "FP.EXT", "--sublimit", "FP.EXT=1"), "section_unknown"),
                        (("--sublimit", "FP.BI=1", "--sublimit", "FP.BI=2"), "sublimit_twice"),
                        (("--retention-position", "both"), "unknown_choice"),
                        (("--sublimit", "FP.BI"), "sublimit_malformed"),
                        (("--sublimit", "FP.BI=400000.01"), "sublimit_above_limit"),
                        (all_but, "no_section_left")):
        refused = anlan(*one, *words, house=house, json=True)
        check.equal((refused.status, refused.error()["code"]), (2, code), "refused: " + " ".join(words))
        for lang in LANGUAGES:
            fits(anlan(*one, *words, house=house, lang=lang).err, code)
    for lang, incident, year in (("zh", "FP.BI 每次事故最高 10,000.00", "FP.IR 全年最高 10,000.00"),
                                 ("en", "FP.BI at most 10,000.00 for each incident", "FP.IR at most 10,000.00 a year")):
        said = must("quote", "options", company, "--product", "ningbo-2023-a", "--limit", "400000", "--retention", "0",
                    "--sublimit", "FP.BI=10000", "--sublimit", "FP.IR=10000", house=house, lang=lang).out
        flat = re.sub(r"\s+", " " if lang == "en" else "", said)
        position = "先减免赔额" if lang == "zh" else "before the sublimits"
        for part in (incident, year, position):
            check.that(part.replace(" ", "") in flat.replace(" ", ""), "a cap says what it holds for: " + part)
    for appetite in ("500000", "500000@", "@1%", "500000@200%", "500000@x"):
        refused = anlan("risk", company, *PILOT, "--appetite", appetite, house=house, json=True).error()
        check.equal((refused["code"], refused["value"]), ("appetite_malformed", appetite), "an appetite: " + appetite)
    close = anlan("risk", company, *PILOT, "--appetite", "500000", house=house, lang="en").err
    check.that("AMOUNT@PERCENT" in close and "appetite" in close, "the form of an appetite is said")
    for lang in LANGUAGES:
        card = must("model", "card", lang=lang).out
        check.that("anlan risk " in card, "the card says what its total leaves out and risk counts")
    in_both(house, "risk", company, *PILOT, "--appetite", "20000@5%", "--appetite", "500000@1%")
    unknown = anlan(*one, "--without", "FP.XX", house=house, lang="en").err
    check.that("FP.BI" in unknown and "restoration" in unknown, "an unknown section names the known ones")


# A step of the controls that the payment goes against: the reason says both.
OF_PAYMENT = {"controls_higher": "controls_lower_paid", "controls_lower": "controls_higher_paid"}


def towers(house, journal, folder):
    """A tower of layers under the losses of a product's sections: parts that add up, refused as a settle case is."""
    company = first_of(journal, "enterprise_registered", "enterprise")
    layer = {"name": "primary", "limit": 40000000, "shares": [["A", 5000], ["B", 3000], ["C", 2000]]}
    above = {"name": "excess", "limit": 100000000, "annual_limit": 200000000, "shares": [["D", 10000]]}
    path = os.path.join(folder, "tower.json")

    def write(tower):
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"tower": tower}, file)

    write({"retention": 1000000, "layers": [layer, above]})
    found = in_both(house, "risk", "tower", company, *PILOT, "--tower", path)
    paid = sum(row["expected"] for row in found["layers"])
    check.that(abs(paid - found["expected_paid"]) <= 2, "layers add up")
    parts = found["expected_retained"] + found["expected_paid"] + found["expected_uninsured"]
    check.that(abs(parts - found["expected_loss"]) <= 2, "retained, paid and uninsured are the loss")
    first, second = found["layers"]
    check.equal((first["attach"], second["attach"]), (1000000, 41000000), "attachments")
    check.that(first["reached"] > second["reached"] > second["exhausted"] > 0, "upper layers are rarer")
    check.that(0 < first["expected_error"] < 0.05 * first["expected"], "an error on every figure")
    check.that(abs(sum(row["expected"] for row in first["shares"]) - first["expected"]) <= 2, "co-insurers' shares")
    check.that(first["rate_on_line"] > second["rate_on_line"], "rate on line falls")
    fewer = in_both(house, "risk", "tower", company, *PILOT, "--tower", path, "--peril", "ransomware")
    check.that(fewer["expected_loss"] < found["expected_loss"], "one peril is less than all")
    for tower, words, code in (({"retention": 0, "layers": []}, (), "empty_list"),
                               ({"layers": [dict(layer, shares=[["A", 9999]])]}, (), "shares_malformed"),
                               ({"layers": [dict(layer, limits=1)]}, (), "unknown_key"),
                               ({"layers": [dict(layer, covers=["FP.BX"])]}, (), "wording_head_unknown"),
                               ({"layers": [layer]}, ("--peril", "flood"), "peril_unknown")):
        write(tower)
        refused = anlan("risk", "tower", company, *PILOT, "--tower", path, *words, house=house, json=True)
        check.equal((refused.status, refused.error()["code"]), (2, code), "refused: " + code)


def reasons(house, journal):
    """Every step, assumption, inferred fact and finding of a quote has a code and a sentence; evidence is named."""
    for number in {event["quote"]["id"] for event in journal if event["event"] == "quote_issued"}:
        for lang in LANGUAGES:
            quote = must("quote", "show", number, house=house, lang=lang, json=True).json()
            codes = [row["code"] for row in quote["reasons"]]
            for line in quote["walk"] + quote["findings"]:
                said = {line["code"], OF_PAYMENT.get(line["code"])}
                check.that(said & set(codes), number + " has the reason " + line["code"])
            before, paid = (next(int(line["change"]["amount"]) for line in quote[walk] if line["step"] == "controls")
                            for walk in ("walk", "walk_reversed"))
            check.that((before > 0 > paid or before < 0 < paid) == bool(set(OF_PAYMENT.values()) & set(codes)),
                       number + " says where the controls change the payment the other way")
            for fact in quote["inferred"]:
                check.that("inferred_" + fact in codes, number + " says that it inferred " + fact)
            check.that({"assumed_loss", "assumed_price"} <= set(codes), number + " says what is assumed")
            for row in quote["reasons"]:
                check.that(row["text"] and "{" not in row["text"] and not row["text"].startswith("["),
                           "a sentence for " + row["code"])
            paid = {row["peril"]: row["insured"]["amount"] for row in quote["loss"]["perils"]}
            shared = sum(paid.get(peril, 0) for peril in ("provider_outage", "vendor_breach", "mass_exploit"))
            check.that(abs(quote["systemic_ppm"] - 1e6 * shared / sum(paid.values())) <= 1, "the systemic share")
            if quote["decision"] != "declined":
                said = "%.1f %%" % (quote["systemic_ppm"] / 1e4)
                check.that(said in must("quote", "show", number, house=house, lang=lang).out, number + " says " + said)
            weak = {row["fact"]: row["source"] for row in quote["evidence_needed"]}
            check.that(set(quote["inferred"]) <= set(weak) or not quote["inferred"], "inferred facts lack evidence")
            check.that(set(weak.values()) <= {"declared", "inferred"}, "only weak sources are named")


def bound(house):
    """Binding names the facts that no document supports, as the quote does."""
    company = small_house(house)
    at, uw = "2026-02-24T11:00:00+08:00", "zhou.uw"
    quote = must("quote", "issue", company, *PILOT, "--from", "2026-03-01", house=house, as_=uw, at=at, json=True).json()
    must("quote", "explain", quote["id"], "--confirmed-by", "sms-1", house=house, as_="wang.broker", at=at)
    policy = must("policy", "bind", quote["id"], house=house, as_=uw, at=at, json=True).json()
    check.equal(policy["evidence_needed"], quote["evidence_needed"], "the same facts")
    sources = {row["fact"]: row["source"] for row in policy["evidence_needed"]}
    check.equal((sources["revenue"], sources["servers"]), ("declared", "inferred"), "with their sources")
    check.that(all(row["question"] for row in policy["evidence_needed"]), "with their questions")


def main():
    with Folder() as folder:
        house = os.path.join(folder, "house")
        must("demo", house=house, lang="zh")
        journal = events(house)
        lists(house, journal)
        views(house, journal)
        help_texts()
        letters(house, journal)
        declined(house, journal)
        refusals(house, journal)
        answers(house, folder)
        fingerprints(house, folder, journal)
        indications()
        promises(folder)
        options(house, journal)
        towers(house, journal, folder)
        reasons(house, journal)
        drills(house, journal, folder)
        bound(os.path.join(folder, "small"))
    check.end()


main()
