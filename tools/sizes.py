#!/usr/bin/env python3
"""Sizes that a reader can hold in the head. Usage: sizes.py [--self-test] [ROOT]

Functions of at most 70 lines (lines that are rows of a table do not count; tests are exempt), at most 5 parameters,
files of at most 800 lines. Functions are found by matching braces, not by a compiler: a body is a "{" at namespace or
class scope whose head has a parameter list.
"""
import pathlib
import re
import sys

from source_text import bare, cpp_files, report

FUNCTION_LINES_MAX = 70
PARAMETERS_MAX = 5
FILE_LINES_MAX = 800

_SCOPE = re.compile(r'\b(namespace|class|struct|union|enum)\b|^\s*extern\s*"')
_TABLE_ROW = re.compile(r"\s*(\{.*\},?|\}+[,;]*|\"[^\"]*\",?)\s*$")
_NAME = re.compile(r"((?:[\w~]+::)*(?:operator\s*(?:\(\)|[^\s\w(]+|\w+)|~?\w+))\s*$")


def close_of(text, place):
    """Index after the bracket that closes the one at place; the end of the text when none does."""
    pairs = {"(": ")", "{": "}"}
    opening, closing, depth = text[place], pairs[text[place]], 0
    for index in range(place, len(text)):
        if text[index] == opening:
            depth += 1
        elif text[index] == closing:
            depth -= 1
            if depth == 0:
                return index + 1
    return len(text)


def parameter_list(head):
    """(name, parameter text) of a function head, or None."""
    place = head.find("(")
    while place >= 0:
        name = _NAME.search(head[:place])
        end = close_of(head, place)
        word = name[1] if name else ""
        if head[:place].rstrip().endswith("operator"):  # operator()(...)
            place = head.find("(", end)
            continue
        if word in {"alignas", "decltype", "requires", "noexcept", "explicit", "__attribute__"}:
            place = head.find("(", end)
            continue
        return (word or "function", head[place + 1:end - 1]) if word else None
    return None


def parameter_count(text):
    depth, commas = 0, 0
    for character in text:
        if character in "(<[{":
            depth += 1
        elif character in ")>]}":
            depth -= 1
        elif character == "," and depth == 0:
            commas += 1
    return commas + 1 if text.strip() else 0


def functions(text):
    """(name, first line, counted lines, parameters) of each function body, lambdas counted in their function."""
    index, head_start = 0, 0
    while index < len(text):
        character = text[index]
        if character in ";}":
            head_start = index + 1
        elif character == "#" and not text[head_start:index].strip():
            end = index
            while True:  # a directive with its continuation lines
                end = text.find("\n", end)
                if end < 0 or text[end - 1] != "\\":
                    break
                end += 1
            index = len(text) if end < 0 else end
            head_start = index
            continue
        elif character == "(":
            index = close_of(text, index)
            continue
        elif character == "{":
            head = re.sub(r"\b(public|private|protected)\s*:", " ", text[head_start:index])
            found = None if _is_value(head) else parameter_list(head)
            if _SCOPE.search(head) and not (found and head.rstrip().endswith((")", "const", "noexcept", "override"))):
                head_start = index + 1
            elif found:
                if re.search(r"\)\s*(noexcept\s*)?:[^:]", head) and re.search(r"[\w>]\s*$", head):
                    index = close_of(text, index)  # a member initialised with braces: the head goes on
                    continue
                end = close_of(text, index)
                first = text.count("\n", 0, index) + 1
                rows = text[index:end].splitlines()
                counted = sum(1 for row in rows if not _TABLE_ROW.fullmatch(row) or row.strip() == "}")
                yield found[0], first, counted, parameter_count(found[1])
                index, head_start = end, end
                continue
            else:
                index = close_of(text, index)  # an initialiser
                continue
        index += 1


def _is_value(head):
    """Whether the brace starts an initialiser: `constexpr X kTable[] = {`."""
    flat = re.sub(r"\([^()]*\)", "()", head)
    return bool(re.search(r"(?<![=!<>])=\s*[\w:<>]*\s*$", flat)) and "operator" not in flat


def check_text(name, text):
    is_test = name.endswith("_test.cpp")
    findings = []
    lines = text.count("\n")
    if lines > FILE_LINES_MAX:
        findings.append(f"{name}:1: {lines} lines, at most {FILE_LINES_MAX}: split it by concept")
    if is_test:
        return findings
    for function, line, counted, parameters in functions(bare(text)):
        if counted > FUNCTION_LINES_MAX:
            findings.append(f"{name}:{line}: {function} has {counted} lines, at most {FUNCTION_LINES_MAX}: "
                            "give its parts names of their own")
        if parameters > PARAMETERS_MAX:
            findings.append(f"{name}:{line}: {function} has {parameters} parameters, at most {PARAMETERS_MAX}: "
                            "gather them in a struct")
    return findings


def self_test():
    long_body = "  step();\n" * 71
    cases = [
        ("a.cpp", "namespace n {\nint f(int a) {\n" + long_body + "}\n}\n", "f has 73 lines"),
        ("b.cpp", "A::A(int x) : a_{x}, b_(x) {\n" + long_body + "}\n", "A::A has 73 lines"),
        ("c.h", "class A {\n public:\n  int f(int a) const noexcept {\n" + long_body + "  }\n};\n", "f has 73 lines"),
        ("d.cpp", "void g(int a, std::map<int, int> b, int c, int d, int e, int f) {}\n", "g has 6 parameters"),
        ("e.cpp", "auto h(int a) -> std::vector<int> {\n  auto x = [&](int b) { return b; };\n" + long_body + "}\n", "h has 74"),
        ("f.cpp", "int x();\n" * 801, "801 lines, at most 800"),
        ("g.cpp", "bool operator==(const A& a, const A& b) {\n" + long_body + "}\n", "has 73 lines"),
        ("h_test.cpp", "void f() {\n" + long_body + "}\n", None),
        ("i.cpp", "constexpr Row kRows[] = {\n" + '    {1, "a"},\n' * 90 + "};\n", None),
        ("j.cpp", "Rows rows() {\n  return {\n" + '    {1, "a"},\n' * 90 + "  };\n}\n", None),
        ("k.cpp", 'void f(int a, std::map<int, int> b, int c, int d, int e) { g("{"); }\n' + "// }\n" * 90, None),
        ("l.h", "struct A {\n" + "  int a;\n" * 90 + "};\nstruct B {\n" + "  int f() { return 1; }\n" * 90 + "};\n", None),
    ]
    problems = []
    for name, text, words in cases:
        found = check_text(name, text)
        if (len(found) != 1 or words not in found[0]) if words else found:
            problems.append(f"self-test: {name} should give {words!r}, gave {found}")
    return problems


def main(arguments):
    if "--self-test" in arguments:
        return report("sizes self-test", self_test())
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).parent.parent).resolve()
    findings = []
    for path in cpp_files(root, "src", "app", "bench"):
        findings += check_text(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
    return report("sizes", findings)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
