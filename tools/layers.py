#!/usr/bin/env python3
"""The include rule of docs/ARCHITECTURE.md. Usage: layers.py [--self-test] [ROOT]

Each finding names file, line, what is wrong and how to fix it. --self-test plants one violation per rule and fails
unless each is found; it also checks that lawful code passes.
"""
import pathlib
import re
import sys
import tempfile

from source_text import bare, cpp_files, report

_LOW = ["base", "domain", "terms", "ledger"]
_HOUSE = _LOW + ["protection", "claims", "engine", "underwriting", "portfolio"]

# module: the modules it may include, itself apart. The order of the table is the order of the house.
MAY_INCLUDE = {
    "base": [],
    "formats": ["base"],
    "domain": ["base"],
    "terms": ["base", "domain"],
    "ledger": ["base", "domain"],
    "protection": _LOW,
    "claims": _LOW,
    "engine": _LOW,
    "underwriting": _LOW + ["engine"],
    "portfolio": _LOW + ["engine"],
    "house": _HOUSE,
    "platform": ["base", "formats", "domain", "house"],
    "api": _HOUSE + ["formats", "house", "platform"],
    "app": ["base", "api", "platform"],
    "bench": _HOUSE + ["formats", "house", "platform", "api"],
}
IMPURE = {"platform", "bench"}

PURE_STD = set("""
    algorithm array bit bitset cctype cerrno charconv chrono climits cmath compare complex concepts cstddef cstdint cstdlib
    cstring cinttypes deque exception functional initializer_list iterator limits list map memory memory_resource new
    numbers numeric optional queue ranges ratio set source_location span stack stdexcept string string_view system_error
    tuple type_traits typeinfo unordered_map unordered_set utility variant vector version
""".split())
IMPURE_STD = set("""
    any atomic barrier cfenv condition_variable csignal cstdarg cstdio ctime filesystem fstream future iomanip ios iosfwd
    iostream istream latch locale mutex ostream random regex semaphore shared_mutex sstream stop_token streambuf
    syncstream thread
""".split())
POSIX = re.compile(r"(sys|netinet|arpa|linux)/[a-z_]+\.h|(unistd|fcntl|signal|poll|pwd|netdb|errno|termios|dirent|"
                   r"pthread|sched|time|ucontext|execinfo)\.h")

# pattern of an angle include: the modules that may use it, and whether a header may
THIRD_PARTY = [
    (re.compile(r"fmt/[a-z]+\.h"), set(MAY_INCLUDE), True),
    (re.compile(r"toml\+\+/.+"), {"formats"}, False),
    (re.compile(r"simdjson\.h"), {"formats"}, False),
    (re.compile(r"cairo-pdf\.h|pango/pangocairo\.h"), {"formats"}, False),
    (re.compile(r"qrencode\.h"), {"formats"}, False),
    (re.compile(r"minizip/unzip\.h|expat\.h|zlib\.h"), {"formats"}, False),
    (re.compile(r"zstd\.h"), {"platform"}, False),
    (re.compile(r"sodium\.h"), {"base", "platform"}, False),
    (re.compile(r"sqlite3\.h"), {"platform"}, False),
    (re.compile(r"xlsxwriter\.h"), {"platform"}, False),
    (re.compile(r"iconv\.h"), {"platform"}, False),
    (re.compile(r"openssl/evp\.h"), {"base", "platform"}, False),
    (re.compile(r"openssl/(?!evp\.h)[a-z0-9_]+\.h"), {"platform"}, False),
    (re.compile(r"(oneapi/)?tbb(/.+)?\.h"), {"platform"}, False),
    (re.compile(r"boost/asio/[a-z_/]+\.[hi]pp"), {"platform"}, False),
    (re.compile(r"boost/beast/http/[a-z_]+\.hpp"), {"platform"}, False),
    (re.compile(r"CLI/.+\.hpp"), {"app"}, True),
    (re.compile(r"benchmark/benchmark\.h"), {"bench"}, False),
    (re.compile(r"immintrin\.h"), {"base", "engine", "terms"}, False),
]
TEST_ONLY = re.compile(r"doctest/.+\.h|rapidcheck(\.h|/.+)|(mpfr|gmp)\.h")
# file: headers it may still use, and why
FILE_EXCEPTIONS = {
    "src/base/check.cpp": {"cstdio"},  # a failed check says where before the process stops
    "app/cli/main.cpp": {"cstdio", "iostream", "unistd.h"},  # standard streams meet the program here
    # coroutines of the connection loop; http.h, which others include, shows none of it
    "src/platform/http_stream.h": {"boost/asio/awaitable.hpp", "boost/asio/io_context.hpp"},
    "src/platform/http_connection.h": {"boost/asio/awaitable.hpp", "boost/asio/io_context.hpp",
                                       "boost/asio/steady_timer.hpp"},
}

# rule name: (pattern over code without comments and literals, message). They hold in pure modules, tests apart.
PURITY = {
    "clock": (re.compile(r"\b(system|steady|high_resolution|utc|tai|gps|file)_clock\b|\btime\s*\(\s*(nullptr|NULL|0)\s*\)"
                         r"|\bclock_gettime\b|\bgettimeofday\b|__DATE__|__TIME__"),
              "reads a clock; take the Instant as an argument, only platform knows the time"),
    "environment": (re.compile(r"\b(secure_)?getenv\b|\b(set|put)env\b"),
                    "reads the environment; take the value as an argument, only platform may look it up"),
    "chance": (re.compile(r"\bs?rand\s*\(|\bstd::\w+_distribution\b|\brandom_device\b|\bmt19937"),
               "uses hidden or library-dependent chance; use the counter-based random numbers of base"),
    "thread": (re.compile(r"\bthread_local\b|\bstd::(jthread|thread|mutex|atomic|async)\b"),
               "knows about threads; use base/executor.h, only platform starts threads"),
    "global": (re.compile(r"^\s*(inline\s+|thread_local\s+)*static\s+(?!const\b|constexpr\b|constinit\b|inline\b)"
                          r"[\w:<>,\s*&]+?\b\w+\s*(=[^=]|;|\{)", re.MULTILINE),
               "keeps mutable static state; pass the state as an argument"),
    "libm": (re.compile(r"\bstd::(exp|exp2|expm1|log|log2|log10|log1p|pow|cbrt|hypot|sin|cos|tan|atan|atan2|erf|erfc"
                        r"|tgamma|lgamma)\s*\("),
             "calls libm, whose bits differ between machines; use base/maths.h"),
}
VIRTUAL = re.compile(r"\bvirtual\b")
VIRTUAL_HOMES = {"src/base/executor.h", "src/house/ports.h"}
FLOATING = re.compile(r"\b(double|float)\b")
FLOATING_BANNED = {"domain", "ledger", "protection", "claims", "house", "terms"}
FLOATING_HOMES = re.compile(r"src/terms/settle_columns\w*\.(h|cpp)")

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"(?P<quoted>[^"]*)"|<(?P<angle>[^>]*)>|(?P<other>.*))', re.MULTILINE)
QUOTED = re.compile(r"[a-z_]+(/[a-z0-9_]+)+\.h")


def module_of(relative):
    """src/terms/plan.h -> terms; app/... -> app; bench/... -> bench."""
    return relative.parts[1] if relative.parts[0] == "src" and len(relative.parts) > 2 else relative.parts[0]


def quoted_problem(module, relative, target):
    if not QUOTED.fullmatch(target):
        return f'include "{target}": write it as "module/file.h"'
    first = target.split("/")[0]
    if first == module or (module == "app" and first == relative.parts[1]):
        return None
    if first not in MAY_INCLUDE or first in {"app", "bench"}:
        return f'include "{target}": \'{first}\' is not a module; the modules are those of docs/ARCHITECTURE.md'
    if first not in MAY_INCLUDE[module]:
        allowed = ", ".join(MAY_INCLUDE[module]) or "nothing"
        return f"{module} may not include {first} (it may include {allowed}); move the code up or pass the value in"
    return None


def angle_problem(module, relative, target, is_test):
    if target in PURE_STD or target in FILE_EXCEPTIONS.get(relative.as_posix(), ()):
        return None
    for pattern, modules, in_headers in THIRD_PARTY:
        if pattern.fullmatch(target):
            if module not in modules:
                return f"<{target}> belongs in {', '.join(sorted(modules))}; {module} works on our own types"
            if relative.suffix == ".h" and not in_headers:
                return f"<{target}> in a header: keep third-party headers in .cpp files"
            return None
    if TEST_ONLY.fullmatch(target):
        return None if is_test else f"<{target}> is for _test.cpp files"
    if target in IMPURE_STD or POSIX.fullmatch(target):
        if module in IMPURE or is_test:
            return None
        return f"{module} is pure; <{target}> belongs in platform, behind a port of house/ports.h or base/executor.h"
    return f"<{target}> is not in the list of tools/layers.py; add it there with the modules that need it"


def purity_problems(module, relative, text):
    name = relative.as_posix()
    rules = [] if module in IMPURE else [(rule, *PURITY[rule]) for rule in PURITY]
    if module not in IMPURE and name not in VIRTUAL_HOMES:
        rules.append(("virtual", VIRTUAL, "declares a virtual function; the only interfaces are the executor and the "
                      "ports of house (use a variant or a function argument)"))
    if module in FLOATING_BANNED and not FLOATING_HOMES.fullmatch(name):
        rules.append(("floating", FLOATING, f"uses floating point, which {module} must not know; use Money, Share or "
                      "an integer with its unit"))
    for rule, pattern, message in rules:
        for match in pattern.finditer(text):
            place = match.start() + len(match[0]) - len(match[0].lstrip())
            yield place, f"{message} [{rule}]"


def check_file(root, path):
    relative = path.relative_to(root)
    module = module_of(relative)
    if module not in MAY_INCLUDE:
        return [f"{relative}:1: '{module}' is not a module; the modules are those of docs/ARCHITECTURE.md"]
    is_test = path.name.endswith("_test.cpp")
    text = bare(path.read_text(encoding="utf-8"))
    found = []
    for match in INCLUDE.finditer(text):
        if match["quoted"] is not None:
            problem = quoted_problem(module, relative, match["quoted"])
        elif match["angle"] is not None:
            problem = angle_problem(module, relative, match["angle"], is_test)
        else:
            problem = "an include must name its file"
        if problem:
            found.append((match.start(), problem))
    if not is_test:
        found += purity_problems(module, relative, text)
    return [f"{relative}:{text.count(chr(10), 0, place) + 1}: {problem}" for place, problem in sorted(found)]


def check_tree(root):
    return [line for path in cpp_files(root, "src", "app", "bench") for line in check_file(root, path)]


# One violation per rule: path, text, words that its only finding must hold.
VIOLATIONS = [
    ("src/terms/a.cpp", '#include "engine/year.h"\n', "terms may not include engine"),
    ("src/terms/b.cpp", '#include "ledger/post.h"\n', "terms may not include ledger"),
    ("src/formats/c.cpp", '#include "domain/policy.h"\n', "formats may not include domain"),
    ("src/platform/d.cpp", '#include "terms/settle.h"\n', "platform may not include terms"),
    ("app/cli/e.cpp", '#include "house/decide.h"\n', "app may not include house"),
    ("src/base/a_test.cpp", '#include "domain/cover.h"\n', "base may not include domain"),
    ("src/terms/f.cpp", '#include "plan.h"\n', 'as "module/file.h"'),
    ("src/terms/g.cpp", '#include "../base/money.h"\n', 'as "module/file.h"'),
    ("src/terms/h.cpp", '#include "plugins/money.h"\n', "is not a module"),
    ("src/plugins/i.cpp", "int x();\n", "is not a module"),
    ("src/base/j.h", "#include <thread>\n", "base is pure"),
    ("src/api/k.cpp", "#include <fstream>\n", "api is pure"),
    ("src/claims/l.cpp", "#include <unistd.h>\n", "claims is pure"),
    ("src/terms/m.cpp", "#include <toml++/toml.h>\n", "belongs in formats"),
    ("src/platform/n.cpp", "#include <simdjson.h>\n", "belongs in formats"),
    ("src/api/o.cpp", "#include <sqlite3.h>\n", "belongs in platform"),
    ("src/engine/p.cpp", "#include <tbb/parallel_for.h>\n", "belongs in platform"),
    ("src/house/q.cpp", "#include <sodium.h>\n", "belongs in base, platform"),
    ("src/base/r.h", "#include <sodium.h>\n", "in a header"),
    ("src/api/ae.cpp", "#include <boost/asio/post.hpp>\n", "belongs in platform"),
    ("src/formats/af.cpp", "#include <boost/beast/http/basic_parser.hpp>\n", "belongs in platform"),
    ("src/house/ag.cpp", "#include <openssl/ssl.h>\n", "belongs in platform"),
    ("src/platform/http.h", "#include <boost/asio/awaitable.hpp>\n", "in a header"),
    ("src/api/s.cpp", "#include <CLI/CLI.hpp>\n", "belongs in app"),
    ("src/base/t.cpp", "#include <doctest/doctest.h>\n", "is for _test.cpp"),
    ("src/base/u.cpp", "#include <boost/json.hpp>\n", "not in the list"),
    ("src/base/v.cpp", "#define H <vector>\n#include H\n", "must name its file"),
    ("src/house/w.cpp", "auto t = std::chrono::system_clock::now();\n", "[clock]"),
    ("src/base/x.cpp", 'auto v = std::getenv("HOME");\n', "[environment]"),
    ("src/engine/y.cpp", "std::normal_distribution d;\n", "[chance]"),
    ("src/engine/z.cpp", "std::mutex m;\n", "[thread]"),
    ("src/ledger/aa.cpp", "static int count = 0;\n", "[global]"),
    ("src/engine/ab.cpp", "auto y = std::log(x);\n", "[libm]"),
    ("src/claims/ac.h", "struct A { virtual void f(); };\n", "[virtual]"),
    ("src/api/ah.cpp", "#include <openssl/hmac.h>\n", "belongs in platform"),
    ("src/domain/ad.h", "struct A { double rate; };\n", "[floating]"),
]
LAWFUL = [
    ("src/house/ports.h", '#include "claims/notice.h"\n#include <string>\nstruct Clock { virtual int now() = 0; };\n'),
    ("src/house/sim/run.h", '#include "house/sim/world.h"\n#include "base/money.h"\n'),
    ("src/base/hash.cpp", '#include "base/hash.h"\n#include <sodium.h>\n#include <fmt/core.h>\n'),
    ("src/base/ok.cpp", "// std::mutex and getenv in a comment\nstatic constexpr int kA = 1'000;\nstatic int f();\n"),
    ("src/terms/settle_columns.cpp", "double x;\n"),
    ("src/terms/plan_test.cpp", '#include "terms/plan.h"\n#include <fstream>\n#include <doctest/doctest.h>\ndouble d;\n'),
    ("src/platform/http_stream.h", "#include <boost/asio/awaitable.hpp>\n"),
    ("src/platform/clock.cpp", "#include <thread>\n#include <sqlite3.h>\nauto t = std::chrono::system_clock::now();\n"),
    ("app/cli/main.cpp", '#include "api/operations.h"\n#include "cli/table.h"\n#include <CLI/CLI.hpp>\n'),
]


def self_test():
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text, *_ in VIOLATIONS + LAWFUL:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        for name, text, words in VIOLATIONS:
            found = check_file(root, root / name)
            if len(found) != 1 or words not in found[0]:
                problems.append(f"self-test: {name} should give one finding with '{words}', gave {found}")
        for name, text in LAWFUL:
            problems += [f"self-test: lawful code was refused: {line}" for line in check_file(root, root / name)]
        if len(check_tree(root)) != len(VIOLATIONS):
            problems.append("self-test: walking the tree does not find every file")
    return problems


def main(arguments):
    if "--self-test" in arguments:
        return report(f"layers self-test ({len(VIOLATIONS)} planted violations)", self_test())
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).parent.parent).resolve()
    return report("layers", check_tree(root))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
