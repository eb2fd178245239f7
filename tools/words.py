#!/usr/bin/env python3
"""Words that mean unfinished work, paths of one machine, citations of pages that are not there. Usage: words.py [--self-test] [ROOT]

A page is cited by its name, by the end of its path or by a path from the file that cites it.
"""
import pathlib
import posixpath
import re
import sys

from source_text import project_files, report

# Each word is written with a bracket so that this file does not find itself.
UNFINISHED = re.compile(r"\b(T[O]DO|FIX[M]E|X[X]X|H[A]CK|not imple[m]ented|placeho[l]der|st[u]b(bed)?|for n[o]w|simpl[i]fied"
                        r"|dum[m]y)\b", re.IGNORECASE)
UNFINISHED_ALLOWED = re.compile("placeho" r"lder=|::placeho" r"lder", re.IGNORECASE)
UNFINISHED_FOLDERS = {"src", "app", "web", "tools", "cmake", "bench", "data"}
MACHINE_PATH = re.compile(r"/(work|tmp|root|home|farm)/")
MACHINE_PATH_ALLOWED = re.compile(r"/tmp/\$|mktemp|/root/?\"?$")

PAGE = re.compile(r"(?<![\w./-])(?:[\w.-]+/)*[\w-]+(?:\.[\w-]+)*\.md\b")
# Cited and not written yet, or a page of TigerBeetle: what the line must hold.
PAGES_ELSEWHERE = {"docs/STANDARDS.md": "planned", "docs/coding/two-phase-transfers.md": ""}
# docs/STYLE.md quotes the pages of other projects throughout; this file holds made-up ones.
CITES_OTHERS = {"docs/STYLE.md", "tools/words.py"}


def pages_missing(relative, line, pages):
    for cited in PAGE.findall(line):
        if cited in PAGES_ELSEWHERE and PAGES_ELSEWHERE[cited] in line.lower():
            continue
        near = posixpath.normpath(f"{relative.parent.as_posix()}/{cited}")
        if near not in pages and not any(page == cited or page.endswith("/" + cited) for page in pages):
            yield f"cites {cited}, and there is no such page: name one that is in the tree, or say in words what is meant"


def check_line(relative, line):
    if relative.parts[0] in UNFINISHED_FOLDERS and UNFINISHED.search(line) and not UNFINISHED_ALLOWED.search(line):
        yield f"'{UNFINISHED.search(line)[0]}': finish it, or say plainly what the code does"
    if MACHINE_PATH.search(line) and not MACHINE_PATH_ALLOWED.search(line):
        yield f"'{MACHINE_PATH.search(line)[0]}' is a path of one machine: take it as an argument"


def check_tree(root):
    findings = []
    files = project_files(root)
    pages = {path.relative_to(root).as_posix() for path in files if path.suffix == ".md"}
    for path in files:
        relative = path.relative_to(root)
        data = path.read_bytes()
        if b"\0" in data[:8000] or path.name.endswith(".lock") or path.name == "package-lock.json":
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            problems = list(check_line(relative, line))
            if relative.as_posix() not in CITES_OTHERS:
                problems += pages_missing(relative, line, pages)
            findings += [f"{relative}:{number}: {problem}" for problem in problems]
    return findings


def self_test():
    cases = [
        ("src/a.cpp", "// to" "do: later", True),
        ("tools/a.sh", "# works for" " now", True),
        ("docs/a.md", "the schedule of a dum" "my claim", False),
        ("docs/a.md", "see /ho" "me/me/file", True),
        ("tools/a.sh", "mktemp -d /tm" "p/x.XXXX", False),
        ("src/a.cpp", "return limit;", False),
    ]
    pages = {"README.md", "docs/STYLE.md", "docs/decisions/001-a.b.md"}
    citations = [
        ("src/a.cpp", "// STYLE.md 3", False),
        ("src/a.cpp", "// MODEL.md 3", True),
        ("docs/a.md", "[style](STYLE.md)", False),
        ("docs/decisions/b.md", "[style](../STYLE.md), [root](../../README.md), 001-a.b.md", False),
        ("docs/a.md", "[style](other/STYLE.md)", True),
        ("docs/a.md", "docs/STANDARDS.md says it", True),
        ("docs/a.md", "(planned) docs/STANDARDS.md", False),
    ]
    found = [(name, line, bad, bool(list(check_line(pathlib.PurePath(name), line)))) for name, line, bad in cases]
    found += [(name, line, bad, bool(list(pages_missing(pathlib.PurePath(name), line, pages))))
              for name, line, bad in citations]
    return [f"self-test: {name} '{line}' should {'' if bad else 'not '}be found"
            for name, line, bad, is_found in found if is_found != bad]


def main(arguments):
    if "--self-test" in arguments:
        return report("words self-test", self_test())
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).parent.parent).resolve()
    return report("words", check_tree(root))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
