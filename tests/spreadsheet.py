"""Spreadsheets: what --xlsx writes is read back without the program, with the archive and XML readers of Python.

Numbers are numbers and equal to --json, texts that look like formulas are texts, the same bytes on a second run, never
in the place of another file.
"""

import os
import re
import xml.etree.ElementTree as ElementTree
import zipfile

from _anlan import LANGUAGES, SOURCE, Check, Folder, anlan, must, small_house

check = Check("spreadsheet")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Book:
    def __init__(self, file):
        with zipfile.ZipFile(file) as archive:
            check.equal(archive.testzip(), None, "the archive is whole")
            parts = {name: archive.read(name) for name in archive.namelist()}
        shared = ElementTree.fromstring(parts["xl/sharedStrings.xml"]) if "xl/sharedStrings.xml" in parts else []
        self.texts = ["".join(part.text or "" for part in entry.iter(MAIN + "t")) for entry in shared]
        styles = ElementTree.fromstring(parts["xl/styles.xml"])
        custom = {entry.get("numFmtId"): entry.get("formatCode") for entry in styles.iter(MAIN + "numFmt")}
        self.formats = [custom.get(entry.get("numFmtId"), entry.get("numFmtId"))
                        for entry in styles.find(MAIN + "cellXfs")]
        self.names = [sheet.get("name") for sheet in ElementTree.fromstring(parts["xl/workbook.xml"]).iter(MAIN + "sheet")]
        self.sheets = {}
        for number, name in enumerate(self.names, 1):
            body = parts["xl/worksheets/sheet%d.xml" % number]
            check.that(b"<f>" not in body, "no formula in " + name)
            self.sheets[name] = [self.cell(cell) for cell in ElementTree.fromstring(body).iter(MAIN + "c")]

    def cell(self, cell):
        value = cell.find(MAIN + "v")
        style = self.formats[int(cell.get("s", "0"))]
        if value is None:
            return None, style
        return (self.texts[int(value.text)] if cell.get("t") == "s" else float(value.text)), style

    def all(self):
        return [cell for cells in self.sheets.values() for cell in cells]

    def numbers(self):
        return [value for value, _ in self.all() if isinstance(value, float)]


def books(folder, house, company):
    products = "ningbo-2023-a,ningbo-2023-b"
    for lang in LANGUAGES:
        file = os.path.join(folder, "compare-%s.xlsx" % lang)
        words = ("compare", company, "--products", products)
        said = must(*words, "--xlsx", file, house=house, lang=lang).out
        check.that(file in said, "the program says where the file is")
        book = Book(file)
        reply = must(*words, house=house, lang=lang, json=True).json()
        numbers = book.numbers()
        for row in reply["simulated"]["under"]:
            whole = (2 * row["expected_paid"] + 100) // 200
            check.that(float(whole) in numbers, "%s: %d stands there as a number" % (lang, whole))
            check.that(any(abs(number - row["share_paid"]) < 6e-5 for number in numbers), "a share is a number")
        check.equal(len(book.names), len({name.lower() for name in book.names}), "names of sheets")
        check.that(all(0 < len(name) <= 31 and not re.search(r"[][:*?/\\]", name) for name in book.names), "names fit")
        again = os.path.join(folder, "again-%s.xlsx" % lang)
        must(*words, "--xlsx", again, house=house, lang=lang)
        with open(file, "rb") as one, open(again, "rb") as two:
            check.that(one.read() == two.read(), "the same bytes")
        refused = anlan(*words, "--xlsx", file, house=house, json=True)
        check.equal((refused.status, refused.error()["code"]), (1, "file_exists"), "never in the place of a file")


def formulas(folder, house):
    """A company whose name is a formula stays a text."""
    with open(os.path.join(folder, "e.toml"), "w", encoding="utf-8") as file:
        with open(os.path.join(SOURCE, "data", "demo", "enterprise_b.toml"), encoding="utf-8") as known:
            text = re.sub('legal_name = ".*"', 'legal_name = "=1+HYPERLINK(1)"', known.read())
            file.write(re.sub('stated_on = ".*"', 'stated_on = "2026-02-20"', text))
    reply = anlan("enterprise", "register", os.path.join(folder, "e.toml"), house=house, as_="wang.broker",
                  at="2026-02-25T10:00:00+08:00", lang="en")
    check.equal(reply.status, 0, "registered: " + reply.err)
    file = os.path.join(folder, "list.xlsx")
    must("enterprise", "list", "--xlsx", file, house=house, lang="en")
    cells = [cell for cell in Book(file).all() if isinstance(cell[0], str) and cell[0].startswith("=")]
    check.equal([style for _, style in cells], ["@"] * len(cells) if cells else ["missing"], "guarded as text: %r" % cells)


def refusals(folder, house, company):
    for words, code in ((("product", "list", "--xlsx="), "option_without_value"),
                        (("actor", "appoint", "x", "--role", "broker", "--xlsx", folder + "/a.xlsx"), "xlsx_not_offered"),
                        (("demo", "--xlsx", folder + "/a.xlsx"), "xlsx_not_offered"),
                        (("questions", company, "--template", "--xlsx", folder + "/a.xlsx"), "xlsx_not_offered"),
                        (("product", "list", "--xlsx", folder + "/none/a.xlsx"), "file_not_written")):
        refused = anlan(*words, house=house, json=True)
        check.equal(refused.error()["code"] if refused.status else "done", code, " ".join(words))
    check.that(not os.path.exists(folder + "/a.xlsx"), "nothing was written")
    name = folder + "/a\x1b[31m\x07\nred.xlsx"
    for lang in LANGUAGES:
        for done in (anlan("product", "list", "--xlsx", name, lang=lang),  # written, then there
                     anlan("product", "list", "--xlsx", name, lang=lang, json=True)):
            check.that("\x1b" not in done.out + done.err and "\x07" not in done.out + done.err,
                       "no control byte of a file's name: %r" % (done.out + done.err))
    both = (folder + "/both.pdf", folder + "/both.xlsx")
    must("product", "list", "--pdf", both[0], "--xlsx", both[1], lang="zh")
    check.that(all(os.path.getsize(name) > 1000 for name in both), "both files at once")


with Folder() as folder:
    house = os.path.join(folder, "house")
    company = small_house(house)
    books(folder, house, company)
    formulas(folder, house)
    refusals(folder, house, company)
check.end()
