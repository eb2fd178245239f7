#!/usr/bin/env python3
"""Words that mean unfinished work, and paths of one machine. Usage: words.py [--self-test] [ROOT]"""
import pathlib
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


def check_line(relative, line):
    if relative.parts[0] in UNFINISHED_FOLDERS and UNFINISHED.search(line) and not UNFINISHED_ALLOWED.search(line):
        yield f"'{UNFINISHED.search(line)[0]}': finish it, or say plainly what the code does"
    if MACHINE_PATH.search(line) and not MACHINE_PATH_ALLOWED.search(line):
        yield f"'{MACHINE_PATH.search(line)[0]}' is a path of one machine: take it as an argument"


def check_tree(root):
    findings = []
    for path in project_files(root):
        relative = path.relative_to(root)
        data = path.read_bytes()
        if b"\0" in data[:8000] or path.name.endswith(".lock") or path.name == "package-lock.json":
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            findings += [f"{relative}:{number}: {problem}" for problem in check_line(relative, line)]
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
    return [f"self-test: {name} '{line}' should {'' if bad else 'not '}be found"
            for name, line, bad in cases if bool(list(check_line(pathlib.PurePath(name), line))) != bad]


def main(arguments):
    if "--self-test" in arguments:
        return report("words self-test", self_test())
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).parent.parent).resolve()
    return report("words", check_tree(root))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
