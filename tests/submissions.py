"""Submissions, lists of companies, records in other forms and documents, through the program.

One company offered to several products; a list in which every bad row is sent back with its reason and nothing is half
done; a second run that changes nothing; a record that leaves in four forms and comes back the same; a document whose
statements count only after a person has confirmed them.
"""

import csv
import json
import os

from _anlan import Check, Folder, anlan, events, must, small_house
from _sheets import company, csv_text, read_book, write_bomb, write_book, write_pdf

check = Check("submissions")
AT = "2026-03-02T10:%02d:00+08:00"
BROKER = {"as_": "wang.broker", "lang": "en", "json": True}
PRODUCTS = ("--product", "ningbo-2023-a", "--product", "ningbo-2023-b")


def written(folder, name, text, encoding="utf-8"):
    path = os.path.join(folder, name)
    with open(path, "w", encoding=encoding, newline="") as file:
        file.write(text)
    return path


def one_company(house, enterprise):
    draft = must("submission", "draft", enterprise, *PRODUCTS, "--from", "2026-03-10", "--note", "renews elsewhere",
                 house=house, at=AT % 0, key="draft", **BROKER).json()
    check.equal(draft["state"], "draft", "a draft asks nobody")
    quotes = len(must("quote", "list", house=house, json=True).json())
    sent = must("submission", "send", draft["id"], house=house, at=AT % 1, key="send", **BROKER).json()
    check.equal([row["product"] for row in sent["results"]], ["ningbo-2023-a", "ningbo-2023-b"], "each product answers")
    check.equal(len(must("quote", "list", house=house, json=True).json()), quotes + 2, "two quotes stand on record")
    for row in sent["results"]:
        alone = must("quote", "show", row["quote"], house=house, json=True).json()
        issued = must("quote", "issue", enterprise, "--product", row["product"], "--from", "2026-03-10", house=house,
                      at=AT % 2, **BROKER).json()
        for part in ("premium", "parts", "loss", "decision", "walk"):
            check.equal(alone[part], issued[part], "a submission prices as quote issue does: " + part)
    again = must("submission", "send", draft["id"], house=house, at=AT % 3, key="send", **BROKER).json()
    check.equal((again["repeated"], again["results"]), (True, sent["results"]), "asked twice under one key")
    twice = anlan("submission", "send", draft["id"], house=house, at=AT % 3, **BROKER)
    check.equal((twice.status, twice.error()["code"]), (1, "already_done"), "a submission is sent once")
    same = anlan("submission", "draft", enterprise, "--product", "ningbo-2023-a", "--product", "ningbo-2023-a", "--from",
                 "2026-03-10", house=house, at=AT % 3, **BROKER)
    check.that(same.status != 0, "a product twice is refused")
    unknown = anlan("submission", "draft", enterprise, "--product", "nowhere", "--from", "2026-03-10", house=house,
                    at=AT % 3, **BROKER)
    check.that(unknown.status != 0, "a product that there is not is refused before anything is recorded")
    gone = must("submission", "withdraw", draft["id"], "--reason", "sold", house=house, at=AT % 4, **BROKER).json()
    check.equal(gone["state"], "withdrawn", "withdrawn")
    check.equal([row["id"] for row in must("submission", "list", house=house, json=True).json()], [draft["id"]], "list")
    # A company without its facts: the refusal of each product is its answer, with what is missing.
    bare = written(os.path.dirname(house), "bare.toml", 'legal_name = "Bare"\ncredit_code = "%s"\nassess_consent = true\n'
                   'stated_on = "2026-02-20"\n[facts]\nsector = "C34"\n' % company(900)["credit_code"])
    poor = must("enterprise", "register", bare, house=house, at=AT % 5, **BROKER).json()["id"]
    draft = must("submission", "draft", poor, *PRODUCTS, "--from", "2026-03-10", house=house, at=AT % 6, **BROKER).json()
    sent = must("submission", "send", draft["id"], house=house, at=AT % 6, **BROKER).json()
    check.equal([row["refusal"] for row in sent["results"]], ["missing_facts"] * 2, "refused by each product")
    shown = must("submission", "show", draft["id"], house=house, lang="en").out
    check.that("revenue" in shown and "{" not in shown, "the reason names the missing facts")


def bulk(house, file, *words, at=20, **options):
    return anlan("submission", "bulk", file, "--from", "2026-03-10", *words, house=house, at=AT % at, **BROKER, **options)


def lists(house, folder):
    rows = [company(1, products="ningbo-2023-a"), company(2, products="ningbo-2023-a;ningbo-2023-b"),
            company(3, products="ningbo-2023-a", revenue="3,000 万"), company(4, products=""),
            company(5, products="ningbo-2023-a", credit_code=company(6)["credit_code"][:-1] + "?"),
            company(1, products="ningbo-2023-b"), company(7, products="nowhere"),
            company(8, products="ningbo-2023-a", revenue=""), company(9, products="ningbo-2023-a", assess_consent="no"),
            company(10, products="ningbo-2023-a", legal_name="=HYPERLINK(1)")]
    file = written(folder, "list.csv", "\ufeff" + csv_text(rows))
    before = len(events(house))
    out = os.path.join(folder, "back.xlsx")
    reply = bulk(house, file, "--out", out).json()
    states = [row["status"] for row in reply["rows"]]
    codes = [row["code"] for row in reply["rows"]]
    check.equal(states[2:9], ["refused"] * 7, "bad rows are sent back")
    check.equal(codes[2:7] + codes[8:9], ["money_malformed", "row_without_product", "credit_code_malformed", "row_twice",
                                          "insurance_product_unknown", "consent_missing"], "each with its reason")
    check.that(states[0] != "refused" and states[1] != "refused" and states[9] != "refused", "good rows are quoted")
    check.that("missing_facts" in json.dumps(must("submission", "list", house=house, json=True).json()),
               "a company without revenue is registered; the product's answer says what is missing")
    for row in reply["rows"]:
        check.that(bool(row["zh"]) == bool(row["en"]) and (row["status"] != "refused" or row["zh"]), "zh and en reasons")
    back = read_book(out)
    check.equal(len(back), len(rows), "as many rows come back")
    for sent, received in zip(rows, back):
        check.equal({key: received.get(key, "") for key in sent}, sent, "the row as it was sent")
    check.equal(back[0]["enterprise"], reply["rows"][0]["enterprise"], "the ids stand in the row")
    after = len(events(house))
    check.that(after > before, "something was recorded")

    again = bulk(house, file, at=21).json()
    check.equal(len(events(house)), after, "a second run records nothing")
    for first, second in zip(reply["rows"], again["rows"]):
        check.equal({key: second[key] for key in ("status", "enterprise", "submission", "quotes")},
                    {key: first[key] for key in ("status", "enterprise", "submission", "quotes")}, "and says the same")

    # The returned sheet, put right, is sent again: only the new row is new.
    for row in back:
        if row["legal_name"] == rows[2]["legal_name"]:
            row["revenue"] = "30000000.00"
    columns = list(back[0])
    fixed = os.path.join(folder, "fixed.xlsx")
    write_book(fixed, [columns] + [[row.get(key, "") for key in columns] for row in back])
    third = bulk(house, fixed, at=22).json()
    check.that(third["rows"][2]["status"] != "refused", "the row that was put right is quoted")
    check.equal(third["rows"][0]["submission"], reply["rows"][0]["submission"], "the others stay")

    before = len(events(house))
    plain = [list(company(40)), list(company(40).values())]
    write_book(os.path.join(folder, "merged.xlsx"), plain, merged="A1:B1")
    write_book(os.path.join(folder, "formula.xlsx"), plain, cells={(2, 7): '<c r="%s"><f>A1*2</f><v>5</v></c>'})
    write_bomb(os.path.join(folder, "bomb.xlsx"))
    written(folder, "broken.xlsx", "PK\x03\x04 nothing")
    written(folder, "gbk.csv", csv_text([company(41)]), encoding="gb18030")
    written(folder, "column.csv", csv_text([company(42, colour="red")]))
    for name, code in (("merged.xlsx", "xlsx_merged"), ("bomb.xlsx", "xlsx_too_large"), ("broken.xlsx", "xlsx_broken"),
                       ("gbk.csv", "looks_like_gbk"), ("column.csv", "csv_column_unknown"),
                       ("list.txt", "file_missing")):
        answer = bulk(house, os.path.join(folder, name), *PRODUCTS, at=23)
        check.that(answer.status != 0, name)
        check.equal(answer.error()["code"], code, name)
    formula = bulk(house, os.path.join(folder, "formula.xlsx"), *PRODUCTS, at=23).json()
    check.equal((formula["rows"][0]["status"], formula["rows"][0]["code"]), ("refused", "xlsx_formula"),
                "a row with a formula is sent back")
    check.equal(len(events(house)), before, "nothing was recorded of any of them")
    taken = bulk(house, file, "--out", out, at=23)
    check.equal(taken.error()["code"], "file_exists", "no file is written over")
    alone = anlan("submission", "bulk", file, "--from", "2026-03-10", house=house, at=AT % 23, as_="qian.finance", json=True)
    check.equal(alone.error()["code"], "role_missing", "finance sends no submissions")
    numbers = os.path.join(folder, "numbers.xlsx")
    write_book(numbers, [list(company(43)), list(company(43).values())],
               cells={(2, 7): '<c r="%s"><v>3.0000000000000000E7</v></c>', (2, 9): '<c r="%s"><v>48</v></c>'})
    typed = bulk(house, numbers, "--product", "ningbo-2023-a", at=24).json()["rows"][0]
    shown = must("enterprise", "show", typed["enterprise"], house=house, json=True).json()
    facts = {fact["name"]: fact["value"] for fact in shown["facts"]}
    check.equal((facts["revenue"], facts["employees"]), ("3000000000", "48"), "numbers of a spreadsheet are numbers")


def forms(house, folder, enterprise):
    record = must("enterprise", "export", enterprise, "--form", "json", house=house).out
    for form, name in (("json", "r.json"), ("oed", "r.csv"), ("form", "r.txt"), ("xlsx", "r.xlsx")):
        path = os.path.join(folder, name)
        must("enterprise", "export", enterprise, "--form", form, "--out", path, house=house)
        other = os.path.join(folder, "house-" + form)
        must("init", "--name", "other", "--sandbox", house=other, as_="op", at=AT % 0)
        must("actor", "appoint", "wang.broker", "--role", "broker", house=other, as_="op", at=AT % 1)
        reply = must("enterprise", "import", path, house=other, at=AT % 30, **BROKER).json()
        back = must("enterprise", "export", reply["id"], "--form", "json", house=other).out
        check.equal(back, record, "the record comes back from " + form)
        twice = anlan("enterprise", "import", path, house=other, at=AT % 31, **BROKER)
        check.equal(twice.error()["code"], "credit_code_known", "a company is registered once")
    with open(os.path.join(folder, "r.pdf"), "wb") as file:
        file.write(b"%PDF-1.4")
    unknown = anlan("enterprise", "import", os.path.join(folder, "r.pdf"), house=house, at=AT % 31, **BROKER)
    check.equal(unknown.error()["code"], "file_form_unknown", "a form that is not known")
    with open(os.path.join(folder, "r.csv"), encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    two = os.path.join(folder, "two.csv")
    with open(two, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines + lines[1:])
    several = anlan("enterprise", "import", two, house=house, at=AT % 31, **BROKER)
    check.equal(several.error()["code"], "oed_rows", "one company a file")


def facts_of(house, enterprise):
    shown = must("enterprise", "show", enterprise, house=house, json=True).json()
    return {fact["name"]: (fact["value"], fact["source"]) for fact in shown["facts"]}


def documents(house, folder, enterprise):
    pdf = os.path.join(folder, "report.pdf")
    write_pdf(pdf, [["Annual report", "Annual revenue: RMB 31.5 million"],
                    ["Number of employees: 52", "MFA is enforced on all remote access (VPN).",
                     "We plan to keep offline backups.", "Gross margin: 26%"]])
    before = facts_of(house, enterprise)
    proposal = must("document", "propose", pdf, "--enterprise", enterprise, house=house, at=AT % 40, key="propose",
                    **BROKER).json()
    found = {item["name"]: (item["value"], item["page"]) for item in proposal["items"]}
    check.equal(found, {"revenue": ("3150000000", 1), "employees": ("52", 2), "IAM-01": ("100", 2),
                        "gross_margin": ("260000", 2)}, "what the document states")
    check.equal(facts_of(house, enterprise), before, "nothing of it is a fact yet")
    shown = must("document", "show", proposal["id"], house=house, lang="en").out
    check.that("Annual revenue: RMB 31.5 million" in shown, "the line is quoted")
    again = must("document", "propose", pdf, "--enterprise", enterprise, house=house, at=AT % 41, key="propose",
                 **BROKER).json()
    check.equal((again["id"], again["repeated"]), (proposal["id"], True), "asked twice under one key")
    number = {item["name"]: index for index, item in enumerate(proposal["items"], 1)}
    must("document", "reject", proposal["id"], "--item", number["employees"], "--reason", "another company", house=house,
         at=AT % 42, **BROKER)
    must("document", "confirm", proposal["id"], "--on", "2025-12-31", house=house, at=AT % 43, **BROKER)
    after = facts_of(house, enterprise)
    check.equal(after["revenue"], ("3150000000", "documented"), "confirmed: a documented fact")
    check.equal(after["gross_margin"], ("260000", "documented"), "and the other")
    check.equal(after["employees"], before["employees"], "rejected: as it was")
    recorded = [event for event in events(house) if event["event"] == "facts_recorded"][-1]
    check.equal(recorded["document"], proposal["document"], "the record names the document")
    done = anlan("document", "confirm", proposal["id"], "--item", 1, house=house, at=AT % 44, **BROKER)
    check.equal(done.error()["code"], "already_done", "an item is decided once")
    late = anlan("document", "confirm", proposal["id"], "--item", 9, house=house, at=AT % 44, **BROKER)
    check.equal(late.error()["code"], "out_of_range", "an item that there is not")

    sheet = os.path.join(folder, "answers.xlsx")
    write_book(sheet, [["单位：万元", ""], ["营业收入", "3,200"], ["员工总数", "55"], ["核心数据每日备份，离线保存", ""]])
    second = must("document", "propose", sheet, "--enterprise", enterprise, house=house, at=AT % 45, **BROKER).json()
    check.equal([(item["name"], item["value"], item["line"]) for item in second["items"]],
                [("revenue", "3200000000", 2), ("employees", "55", 3), ("BKP-01", "24", 4),
                 ("BKP-02", "offline_or_immutable", 4)], "a sheet is read row by row")
    two = os.path.join(folder, "two.pdf")
    write_pdf(two, [["Annual revenue: CNY 1", "Annual revenue: CNY 2"]])
    doubt = must("document", "propose", two, "--enterprise", enterprise, house=house, at=AT % 46, **BROKER).json()
    both = anlan("document", "confirm", doubt["id"], house=house, at=AT % 47, **BROKER)
    check.equal(both.error()["code"], "proposed_twice", "two figures of one thing: a person chooses")

    other = os.path.join(folder, "other.pdf")
    write_pdf(other, [["Code: " + company(77)["credit_code"], "Number of employees: 5"]])
    nothing = os.path.join(folder, "nothing.pdf")
    write_pdf(nothing, [["Hello"]])
    text = written(folder, "plain.pdf", "no PDF at all")
    broken = written(folder, "broken.pdf", "%PDF-1.4\nnothing of the kind")
    before = len(events(house))
    for path, code in ((other, "other_company"), (nothing, "nothing_proposed"), (text, "file_form_unknown"),
                       (broken, "pdf_not_read")):
        answer = anlan("document", "propose", path, "--enterprise", enterprise, house=house, at=AT % 48, **BROKER)
        check.that(answer.status != 0, path)
        check.equal(answer.error()["code"], code, os.path.basename(path))
    missing = anlan("document", "propose", nothing, "--enterprise", enterprise, house=house, at=AT % 48,
                    env={"PATH": folder}, **BROKER)
    check.equal(missing.error()["code"], "pdf_tool_missing", "without pdftotext")
    check.equal(len(events(house)), before, "nothing was recorded of any of them")
    check.equal(len(must("document", "list", house=house, json=True).json()), 3, "the list")


with Folder() as root:
    home = os.path.join(root, "house")
    first = small_house(home)
    one_company(home, first)
    lists(home, root)
    forms(home, root, first)
    documents(home, root, first)
    must("journal", "verify", house=home)
check.end()
