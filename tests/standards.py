#!/usr/bin/env python3
"""docs/STANDARDS.md: every command and every test that it names exists, and every row says what was read."""

import os
import re

from _anlan import SOURCE, Check, must

READ = {"text", "page", "secondary", "not read"}
STANDARDS = ("GB/T 45576", "GB/T 20984", "GB/T 20986", "GB/T 4754", "GB/T 22239", "ISO/IEC 27102", "Insurance Law")
BESIDE = {"help", "demo", "batch", "serve", "version"}  # what runs beside the table of operations
check = Check("standards")


def rows(lines):
    """The cells of each row with the standard under whose heading it stands."""
    standard = ""
    for line in lines:
        if line.startswith("## "):
            standard = line[3:]
        elif line.startswith("| ") and not line.startswith("| clause"):
            yield standard, [cell.strip() for cell in line.strip().strip("|").split("|")]


with open(os.path.join(SOURCE, "docs", "STANDARDS.md"), encoding="utf-8") as file:
    text = file.read()
operations = {operation["name"] for operation in must("help", json=True).json()} | BESIDE
found = list(rows(text.splitlines()))
for standard in STANDARDS:
    check.that(any(standard in heading for heading, _ in found), standard + " has rows")
for heading, cells in found:
    where = "%s: %s" % (heading, cells[0])
    if not check.equal(len(cells), 5, where + " has five cells"):
        continue
    check.that(cells[1] in READ, "%s says what was read: %r" % (where, cells[1]))
    commands, tests = re.findall(r"`([^`]+)`", cells[3]), re.findall(r"`([^`]+)`", cells[4])
    check.that(commands or cells[3] == "none", where + " names a command, or none")
    check.that(tests, where + " names a test")
    for command in commands:
        check.that(command.startswith("anlan ") and command[6:] in operations, "%s: no command %s" % (where, command))
    for test in tests:
        path = os.path.join(SOURCE, test)
        check.that(re.fullmatch(r"tests/\w+\.py|src/\w+/\w+_test\.cpp", test) and os.path.isfile(path),
                   "%s: no test %s" % (where, test))
check.that(len(found) > 30, "the tables were read")
check.end()
