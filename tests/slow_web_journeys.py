"""The web application in a browser: the journeys of web/e2e against the pages in the program itself, in Debian's Chromium.

slow_web_journeys.py            what each change runs: every address in both languages and both forms, the main journeys
slow_web_journeys.py all        every journey, every width and theme, longer texts, the purchase against the clock, 200 hostile texts
slow_web_journeys.py guide OUT  the pictures of docs/guide
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

from _anlan import BIN, SOURCE, Check, Folder, anlan, must, small_house
from _http import Server
from _sheets import credit_code

check = Check("slow_web_journeys")
E2E = pathlib.Path(SOURCE) / "web" / "e2e"
MODULES = pathlib.Path(os.environ.get("ANLAN_BINARY_DIR", "build")) / "pages" / "web" / "node_modules"


def skipped():
    """Why the journeys cannot be walked here, in a sentence; nothing where they can."""
    if not shutil.which("node"):
        return "node is not installed"
    if not shutil.which(os.environ.get("CHROMIUM", "chromium")):
        return "chromium is not installed"
    for name in ("playwright-core", "axe-core"):
        if not (MODULES / name).is_dir():
            return "%s is not in %s: the build could not install the packages of the pages" % (name, MODULES)
    return ""


def has_pages(folder):
    house = folder + "/house"
    small_house(house)
    with Server(folder, [house], [("test-house", "zhou.uw")]) as server:
        return server.send("GET", "/", headers={"Accept": "text/html"})[0] == 200


def walk(folder, *options):
    """The journeys, out of a tree of their own: node looks for packages beside the files that ask for them."""
    tree = pathlib.Path(folder) / "web"
    shutil.copytree(E2E, tree / "e2e")
    (tree / "node_modules").symlink_to(MODULES.resolve())
    (tree / "src").symlink_to(E2E.parent / "src")
    done = subprocess.run(["node", str(tree / "e2e" / "run.mjs"), "--own", *options], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, env=dict(os.environ, ANLAN=BIN), check=False)
    print(done.stdout, end="", flush=True)
    walked = re.findall(r"^(ok  |FAIL) (.*)$", done.stdout, re.M)
    for verdict, label in walked:
        check.that(verdict == "ok  ", label)
    check.that(walked, "journeys were walked")
    check.equal(done.returncode, 0, "the end of the journeys")


def payloads(count):
    """The hostile texts of the journeys."""
    words = "import { PAYLOADS, sample } from %s; console.log(JSON.stringify(%d ? sample(%d) : PAYLOADS))" % (json.dumps(str(E2E / "payloads.mjs")), count, count)
    return json.loads(subprocess.run(["node", "--input-type=module", "-e", words], capture_output=True, text=True, check=True).stdout)


def formulae_of(workbook):
    """Cells that a spreadsheet would calculate, and parts that load something."""
    with zipfile.ZipFile(workbook) as book:
        found = [name for name in book.namelist() if "externalLink" in name or "vbaProject" in name]
        for name in book.namelist():
            if name.endswith(".xml"):
                found += re.findall(r"<f[ >].*?</f>|<hyperlink .*?>", book.read(name).decode("utf-8"))
    return found


def files_of(folder, count):
    """The hostile texts as names of companies, in every file that the program writes of them."""
    house = folder + "/files"
    small_house(house)
    kept = []
    for at, text in enumerate(payloads(count)):
        file = "%s/company_%d.json" % (folder, at)
        facts = {"sector": "C34", "region": "330206", "revenue": "30000000.00", "gross_margin": "25 %", "employees": 48,
                 "records": 8000, "endpoints": 30, "cii_operator": False, "incidents_36m": 0}
        pathlib.Path(file).write_text(json.dumps({"legal_name": text, "credit_code": credit_code(900 + at), "assess_consent": True,
                                                  "monitor_consent": True, "stated_on": "2026-02-20", "facts": facts}), encoding="utf-8")
        made = anlan("enterprise", "register", file, house=house, as_="wang.broker", at="2026-02-24T11:00:00+08:00", key="hostile-%d" % at, json=True)
        check.that(made.status in (0, 1), "registered or refused, %r: %d %s" % (text, made.status, made.err))
        if made.status == 0:
            kept.append((made.json()["id"], text))
    check.that(len(kept) > count // 2, "names that were kept: %d" % len(kept))
    book = folder + "/list.xlsx"
    must("enterprise", "list", "--xlsx", book, house=house, as_="zhou.uw")
    check.equal(formulae_of(book), [], "formulae in the workbook of the list")
    with zipfile.ZipFile(book) as opened:
        shown = "".join(opened.read(name).decode("utf-8") for name in opened.namelist() if name.endswith(".xml"))
    formula = next(text for _, text in kept if text[0] in "=+-@")
    check.that(formula[:6].replace("&", "&amp;").replace("<", "&lt;") in shown, "the list holds %r as it is" % formula)
    for at, (company, text) in enumerate(kept[:20] if count else kept):
        out = "%s/one_%d.xlsx" % (folder, at)
        must("enterprise", "export", company, "--form", "xlsx", "--out", out, house=house, as_="zhou.uw")
        check.equal(formulae_of(out), [], "formulae in the workbook of %r" % text)
    some = [each for each in kept if "<" in each[1]][:4] + [each for each in kept if each[1][0] in "=+@"][:3]
    papers(folder, house, some if count else kept)


def papers(folder, house, kept):
    """Print takes the text as text: nothing of a PDF runs, and its letters are those of the name."""
    at = "2026-02-24T12:00:00+08:00"
    for number, (company, text) in enumerate(kept):
        must("assess", company, "--answers", "@demo/answers.toml", house=house, as_="wang.broker", at=at, key="answers-%d" % number)
        quote = must("quote", "issue", company, "--product", "ningbo-2023-a", "--from", "2026-03-01", house=house, as_="wang.broker", at=at,
                     key="quote-%d" % number, json=True).json()["id"]
        out = "%s/quote_%d.pdf" % (folder, number)
        must("print", "quote", quote, "--out", out, house=house, as_="wang.broker", at=at, key="print-%d" % number)
        data = pathlib.Path(out).read_bytes()
        check.that(not re.search(rb"/(JavaScript|JS|Launch|OpenAction|AA|URI|SubmitForm)\b", data), "nothing to run in the paper of %r" % text)
        if not text.isascii():
            continue  # what is read out of a PDF again has marks and directions of its own
        shown = subprocess.run(["pdftotext", "-layout", out, "-"], capture_output=True, check=True).stdout.decode("utf-8")
        bare = re.sub(r"\s", "", shown)
        check.that(re.sub(r"\s", "", text)[:12] in bare, "the paper holds %r" % text)


def main():
    mode = sys.argv[1] if len(sys.argv) > 1 else "ci"
    if mode not in ("ci", "all", "guide") or (mode == "guide") != (len(sys.argv) == 3):
        sys.exit(__doc__)
    why = skipped()
    if why:
        print("slow_web_journeys: skipped, %s" % why)
        return
    with Folder() as folder:
        if not has_pages(folder):
            print("slow_web_journeys: skipped, the program was built without its pages")
            return
        if mode == "guide":
            walk(folder, "--set", "guide", "--shots", sys.argv[2])
        else:
            files_of(folder, 20 if mode == "ci" else 0)
            walk(folder, "--set", mode, "--shots", folder + "/shots")
    check.end()


main()
