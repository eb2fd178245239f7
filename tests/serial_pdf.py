"""Answers on paper: what pdftotext reads back from --pdf is what --json and the terminal say, in both languages.

The files are whole, dated by their document, the same on a second run, never in the place of another file, and made in
little time. Without a font for Chinese the program says so instead of drawing boxes.
"""

import collections
import os
import re
import resource
import subprocess

from _anlan import LANGUAGES, Check, Folder, anlan, events, must

check = Check("serial_pdf")
PRODUCT = "ningbo-2023-a"


def text_of(file, *options):
    return subprocess.run(["pdftotext", *options, file, "-"], stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")


def info_of(file):
    lines = subprocess.run(["pdfinfo", file], stdout=subprocess.PIPE, check=True).stdout.decode("utf-8").splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def yuan(fen):
    return "{:,}".format((2 * fen + 100) // 200)


def bare(text):
    return re.sub(r"\s", "", text)


def paper(folder, house, lang, *words):
    """The pages of a view; returns file and text."""
    file = os.path.join(folder, "_".join(words[:3]).replace("/", "_") + "_" + lang + ".pdf")
    said = must(*words, "--pdf", file, house=house, lang=lang).out
    check.that(file in said, "%s says where the pages are" % " ".join(words))
    text = text_of(file, "-layout")
    pages = int(info_of(file)["Pages"])
    check.that(str(pages) in said, "%s says how many there are" % " ".join(words))
    for page in range(1, pages + 1):
        check.that(re.search(r"\b%d ?/ ?%d$" % (page, pages), text, re.MULTILINE), "%s has page %d of %d" % (file, page, pages))
    check.that("\ufffd" not in text, "%s: every sign is drawn" % file)
    return file, text


# Numbers, in the order of the page: they are what a reader acts on.
def numbers(text):
    return re.findall(r"\d[\d,]*(?:\.\d+)?", text)


def same_as_terminal(folder, house, lang, *words):
    """Every word of the terminal stands on the page: without blanks, line breaks and drawn lines, the texts agree."""
    _, text = paper(folder, house, lang, *words)
    page = bare(text)
    said = must(*words, house=house, lang=lang).out
    missing = [number for number in numbers(said) if number not in page]
    check.equal(missing, [], "%s --lang %s: numbers" % (" ".join(words), lang))
    # The cells of a row stand in another order where they wrap: the page has each letter as often, at least.
    lost = collections.Counter(re.findall(r"\w", said)) - collections.Counter(re.findall(r"\w", page))
    check.equal(dict(lost), {}, "%s --lang %s: letters" % (" ".join(words), lang))


def risk(folder, house, company):
    words = ("risk", company, "--product", PRODUCT, "--appetite", "500000@1%")
    told = must(*words, house=house, json=True).json()
    for lang in LANGUAGES:
        file, text = paper(folder, house, lang, *words)
        lines = [line.split() for line in text.splitlines()]
        for row in told["curve"]:
            amounts = [yuan(row[name]) for name in ("before", "before_error", "paid", "paid_error", "left",
                                               "left_error")]
            year = str(row["years"])
            check.that(any(line[-6:] == amounts and year in line[:-6] for line in lines),
                       "risk %s: 1 in %s is %s" % (lang, year, amounts))
        for row in told["perils"]:
            amounts = [yuan(row[name]) for name in ("expected_before", "expected_paid", "tail_before", "tail_before_error",
                                               "tail_left", "tail_left_error")]
            check.that(any(line[-6:] == amounts for line in lines), "risk %s: %s is %s" % (lang, row["peril"], amounts))
        for name in ("expected_before", "expected_paid", "expected_left"):
            check.that(yuan(told[name]) in text, "risk %s: %s" % (lang, name))
        check.that(told["as_of"] in text, "risk %s has its day" % lang)
        check.that(info_of(file)["Page size"].endswith("(A4)"), "risk %s is on A4" % lang)
        fonts = subprocess.run(["pdffonts", file], stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()[2:]
        check.that(fonts and all(re.search(r" yes +yes +yes ", line) for line in fonts), "risk %s embeds its fonts" % lang)
        check.that("█" in must(*words, house=house, lang=lang).out, "the terminal draws the chart, too")


def again(folder, house, policy):
    """The same bytes on a second run; a file that is there stays; JSON goes on beside the pages."""
    first, second = os.path.join(folder, "one.pdf"), os.path.join(folder, "two.pdf")
    must("policy", "show", policy, "--pdf", first, house=house)
    reply = must("policy", "show", policy, "--pdf", second, house=house, json=True)
    check.equal(reply.json(), must("policy", "show", policy, house=house, json=True).json(), "JSON beside the pages")
    with open(first, "rb") as one, open(second, "rb") as two:
        bytes_of_one = one.read()
        check.equal(bytes_of_one, two.read(), "the same bytes twice")
    refused = anlan("policy", "show", policy, "--pdf", first, house=house, json=True)
    check.equal((refused.status, refused.error()["code"]), (1, "file_exists"), "no file is replaced")
    with open(first, "rb") as one:
        check.equal(one.read(), bytes_of_one, "the file that was there is as it was")


def refusals(folder, house):
    file = os.path.join(folder, "none.pdf")
    for words in (("version",), ("demo",), ("batch", "x"), ("serve", "x", "--accounts", "y"), ("questions", "ent_13", "--template")):
        refused = anlan(*words, "--pdf", file, house=house, json=True)
        check.equal((refused.status, refused.error()["code"]), (2, "pdf_not_offered"), " ".join(words))
    refused = anlan("help", "--pdf", os.path.join(folder, "no", "where.pdf"), json=True)
    check.equal((refused.status, refused.error()["code"]), (1, "file_not_written"), "a folder that is not there")
    # A machine with fonts, but none for Chinese.
    config = os.path.join(folder, "fonts.conf")
    with open(config, "w", encoding="utf-8") as out:
        out.write("<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>"
                  "<dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>%s</cachedir></fontconfig>" % folder)
    bare_machine = {"FONTCONFIG_FILE": config}
    records = len(events(house))
    for lang in LANGUAGES:
        words = ("policy", "show", "pol_31", "--pdf", file)
        refused = anlan(*words, house=house, lang=lang, env=bare_machine, json=True)
        check.equal((refused.status, refused.error()["code"]), (1, "pdf_font_missing"), "no font for Chinese")
        said = anlan(*words, house=house, lang=lang, env=bare_machine)
        check.that("fonts-noto-cjk" in said.err and "Pango" not in said.err, "the package is named: " + said.err)
    check.that(not os.path.exists(file), "nothing is written")
    check.equal(len(events(house)), records, "nothing is recorded")


# Seconds of the processor: other programs may share it.
def used():
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def fast(folder, house):
    best = 60.0
    for turn in range(3):
        file = os.path.join(folder, "journal%d.pdf" % turn)
        start = used()
        must("journal", "show", "--pdf", file, house=house, lang="en")
        best = min(best, used() - start)
    pages = int(info_of(file)["Pages"])
    print("journal show: %d pages in %.0f ms, the start of the program within" % (pages, 1000 * best), flush=True)
    check.that(best < 0.5, "%d pages took %.2f s" % (pages, best))


def main():
    with Folder() as folder:
        house = os.path.join(folder, "house")
        must("demo", house=house, lang="zh")
        risk(folder, house, "ent_13")
        for lang in LANGUAGES:
            for words in (("quote", "show", "quo_19"), ("policy", "show", "pol_31"), ("claim", "show", "clm_52"),
                          ("model", "card"), ("assessment", "show", "asm_14"), ("ledger", "show"), ("help",)):
                same_as_terminal(folder, house, lang, *words)
        check.that("CreationDate" not in info_of(os.path.join(folder, "model_card_en.pdf")), "a card has no day")
        again(folder, house, "pol_31")
        refusals(folder, house)
        fast(folder, house)
    check.end()


main()
