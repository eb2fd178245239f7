#!/usr/bin/env python3
"""The walks of the READMEs and of docs/ARCHITECTURE.md name files and functions that exist. Usage: walks.py [--self-test] [ROOT]

A walk is the text between `<!-- walks -->` and `<!-- /walks -->`. In it every span of code is one of
  a file        `src/terms/plan.cpp`, `api/pricing` (below src/, .h and .cpp), `triage.cpp` (in the folder of the file before),
                `data/hazard/*.toml`: it must exist;
  a function    `compile`, `Ledger::post`, `decide_sale(IssueQuote)`, `(StateLoss)` (the name before, another argument): it must be
                defined or declared in a file named in the same cell or sentence, a .cpp standing for its .h too; in a table also in a
                file of the row. Where none is named, in any file below src/ or app/;
  anything else a command, an option: not looked at.
The two READMEs must name the same files and functions in the same order.
"""
import pathlib
import re
import sys
import tempfile

from source_text import bare, cpp_files, project_files, report

DOCUMENTS = ("README.md", "README.zh-CN.md", "docs/ARCHITECTURE.md")
SAME = ("README.md", "README.zh-CN.md")
EVENTS = "src/domain/"  # an event may be named beside any file; its struct stands with its noun
OPEN, CLOSE = "<!-- walks -->", "<!-- /walks -->"

SPAN = re.compile(r"`([^`]+)`")
PATH = re.compile(r"[A-Za-z0-9_.*-]+(/[A-Za-z0-9_.*-]+)+|[a-z0-9_*-]+\.(cpp|h|py|toml|csv|json)")
FUNCTION = re.compile(r"(?P<name>[A-Za-z_]\w*(::\w+)?)(\((?P<argument>\w+)\))?")
SAME_NAME = re.compile(r"\((?P<argument>\w+)\)")


class Tree:
    """The files of a project, and what each C++ file defines or declares."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.files = {path.relative_to(self.root).as_posix() for path in project_files(self.root)}
        self.code = sorted(path.relative_to(self.root).as_posix() for path in cpp_files(self.root, "src", "app"))
        self.texts = {}

    def text(self, name):
        if name not in self.texts:
            text = (self.root / name).read_text(encoding="utf-8")
            self.texts[name] = bare(text) if name.endswith((".h", ".cpp")) else text
        return self.texts[name]

    def find(self, written, folder):
        """The files that a path of a document means; none when there is no such file."""
        if "/" not in written:
            written = f"{folder}/{written}"
        if "*" in written:
            pattern = re.compile(re.escape(written).replace(r"\*", "[^/]*"))
            return [name for name in sorted(self.files) if pattern.fullmatch(name)]
        if written.rstrip("/") != written or not pathlib.PurePath(written).suffix:
            return [name for stem in (written, f"src/{written}") for name in (f"{stem}.cpp", f"{stem}.h")
                    if name in self.files]
        if written not in self.files:
            return []
        header = re.sub(r"\.cpp$", ".h", written)
        return [written, header] if header != written and header in self.files else [written]

    def defines(self, name, function, argument):
        if not name.endswith((".h", ".cpp")):
            return function in self.text(name)
        text = self.text(name)
        short = function.split("::")[-1]
        owner = function.split("::")[0] if "::" in function else ""
        if owner and not re.search(rf"\b{owner}::{short}\s*\(|\b(class|struct)\s+{owner}\b", text):
            return False
        inside = rf"[^;{{]*\b{argument}\b" if argument else ""
        called = rf"{re.escape(short)}\s*\({inside}"
        before = r"^(?![ \t]*(return|throw|else|case|if|for|while|switch)\b)[ ]{0,2}[A-Za-z_][\w:<>,*& \t]*[ *&:]"
        return bool(re.search(before + called, text, re.MULTILINE) or re.search("^" + called, text, re.MULTILINE)
                    or (not argument and re.search(rf"^\s*((enum\s+)?(class|struct)\s+{short}\b[^;]*\{{|using\s+{short}\s*=)", text, re.M)))


class Reading:
    """One cell or sentence after another: the file that was named last gives a folder to short file names."""

    def __init__(self, tree):
        self.tree = tree
        self.folder = ""
        self.named = ""  # the function before, for `(StateLoss)`

    def spans(self, text, files, problems):
        """Checks one piece of text, adds the files that it names to `files`, gives its spans that are no plain words."""
        seen = []
        for span in SPAN.findall(text):
            if PATH.fullmatch(span):
                found = self.tree.find(span, self.folder)
                if not found:
                    problems.append(f"there is no file {span}")
                if "/" in span and found:
                    self.folder = found[0].rsplit("/", 1)[0]
                files += found
                seen.append(span)
                continue
            again = SAME_NAME.fullmatch(span)
            match = again or FUNCTION.fullmatch(span)
            if not match:
                continue
            self.named = self.named if again else match["name"]
            seen.append(span)
            events = [name for name in self.tree.code if name.startswith(EVENTS) and name.endswith(".h")]
            pool = [*files, *events] if files else self.tree.code
            if not any(self.tree.defines(name, self.named, match["argument"]) for name in pool):
                where = ", ".join(dict.fromkeys(files)) or "src/ and app/"
                problems.append(f"{self.named}{span if again else span[len(self.named):]} is not defined in {where}")
        return seen


def walks_of(text):
    """(line number, line) of every line between the marks."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() in (OPEN, CLOSE):
            inside = line.strip() == OPEN
        elif inside:
            yield number, line


def check_line(reading, line):
    problems, seen = [], []
    if line.startswith("|"):
        cells = line.strip().strip("|").split("|")
        row = []  # of the first cells with files; the cell of functions is read with them
        for index, cell in enumerate(cells):
            files = list(row) if index < 3 else []
            seen += reading.spans(cell, files, problems)
            if index < 3:
                row = files
        return problems, seen
    for sentence in re.split(r"(?<=[;；。])\s*|\.\s+", line):
        seen += reading.spans(sentence, [], problems)
    return problems, seen


def check_document(tree, name):
    if name not in tree.files:
        return [f"{name}:1: the document is missing; tools/walks.py reads it"], []
    findings, seen = [], []
    reading = Reading(tree)
    for number, line in walks_of(tree.text(name)):
        problems, spans = check_line(reading, line)
        findings += [f"{name}:{number}: {problem}; name the file and the function as they are" for problem in problems]
        seen += [(number, span) for span in spans]
    if not seen:
        findings.append(f"{name}:1: no walk between {OPEN} and {CLOSE}")
    return findings, seen


def check_tree(root):
    tree = Tree(root)
    findings, seen = [], {}
    for name in DOCUMENTS:
        found, seen[name] = check_document(tree, name)
        findings += found
    first, second = (seen[name] for name in SAME)
    for (line, span), (other_line, other) in zip(first, second):
        if span != other:
            findings.append(f"{SAME[1]}:{other_line}: the walk says {other}, {SAME[0]}:{line} says {span}; they name the same")
            break
    else:
        if len(first) != len(second):
            findings.append(f"{SAME[1]}:1: names {len(second)} files and functions, {SAME[0]} {len(first)}; they name the same")
    return findings


CODE = {
    "src/terms/plan.h": "namespace t {\nclass Plan {\n public:\n  int size() const;\n};\nPlan compile(const Terms& terms);\n}\n",
    "src/terms/plan.cpp": "namespace t {\nint Plan::size() const { return count(); }\nPlan compile(const Terms& terms) {\n"
                          "  const auto x = settle(1);\n  return check(x);\n}\n}\n",
    "src/house/decide_sale.cpp": "Result<Done>\ndecide_sale(Decision& d, const IssueQuote& command) { return 1; }\n",
    "src/domain/event.h": "struct QuoteIssued {\n  int id;\n};\n",
    "data/hazard/perils.toml": "a = 1\n",
}
LAWFUL = ("| 1 | `src/terms/plan.cpp` | `compile`, `Plan::size` | `data/hazard/*.toml` | `QuoteIssued`; see `quote issue` |\n"
          "1. `src/terms/plan.cpp` `compile` -> `src/house/decide_sale.cpp` `decide_sale(IssueQuote)`; `(IssueQuote)`\n"
          "`terms/plan` `compile`: `plan.h` `Plan`\n")
# One violation per rule: a line of a walk and words that its only finding must hold.
VIOLATIONS = [
    ("| 1 | `src/terms/gone.cpp` | | |", "no file src/terms/gone.cpp"),
    ("| 1 | `src/terms/plan.cpp`, `gone.h` | | |", "no file gone.h"),
    ("`terms/gone` is read", "no file terms/gone"),
    ("| 1 | `src/terms/plan.cpp` | `missing` | |", "missing is not defined in src/terms/plan.cpp"),
    ("| 1 | `src/terms/plan.cpp` | `settle` | |", "settle is not defined"),  # called, not defined
    ("| 1 | `src/terms/plan.cpp` | `check` | |", "check is not defined"),    # returned from, not defined
    ("| 1 | `src/terms/plan.cpp` | `Other::size` | |", "Other::size is not defined"),
    ("| 1 | `src/house/decide_sale.cpp` | `decide_sale(PayClaim)` | |", "decide_sale(PayClaim) is not defined"),
    ("| 1 | `src/terms/plan.cpp` | `compile` | `data/gone/*.toml` |", "no file data/gone/*.toml"),
    ("| 1 | `src/terms/plan.cpp` | `compile` | | then `NeverIssued` |", "NeverIssued is not defined in src/ and app/"),
]


def self_test():
    def findings_of(walk, other=None):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            documents = {name: f"{OPEN}\n{walk}\n{CLOSE}\n" for name in DOCUMENTS}
            if other is not None:
                documents[SAME[1]] = f"{OPEN}\n{other}\n{CLOSE}\n"
            for name, text in {**CODE, **documents}.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text, encoding="utf-8")
            return check_tree(root)

    problems = [f"self-test: a lawful walk was refused: {line}" for line in findings_of(LAWFUL)]
    for walk, words in VIOLATIONS:
        found = findings_of(walk)
        if len(found) != len(DOCUMENTS) or any(words not in line for line in found):
            problems.append(f"self-test: '{walk}' should give one finding a document with '{words}', gave {found}")
    if len(findings_of("nothing")) != len(DOCUMENTS):
        problems.append("self-test: a document without a walk is not found")
    if not any("they name the same" in line for line in findings_of(LAWFUL, LAWFUL.replace("`compile`, ", ""))):
        problems.append("self-test: two READMEs that differ are not found")
    return problems


def main(arguments):
    if "--self-test" in arguments:
        return report("walks self-test", self_test())
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).parent.parent).resolve()
    return report("walks", check_tree(root))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
