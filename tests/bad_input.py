"""Bad input on the command line, in both languages, as text and as JSON.

Every refusal must name its code, field and value, stand where it belongs (standard error, or one JSON object on
standard output), have the status of its class (2: the input alone is wrong; 1: the state of the house says no) and
leave the journal as it was.
"""

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import tomllib

from _anlan import BIN, LANGUAGES, SOURCE, Check, Folder, anlan, house_rows, must, small_house

AT = "2026-03-05T09:00:00+08:00"
INPUT, STATE = 2, 1
FIELDS = {"code", "path", "value", "rule", "fix", "zh", "en"}
check = Check("bad_input")


def unwrapped(text):
    """A refusal is wrapped at 80 columns, Chinese without a blank where it breaks."""
    return "".join(text.split())


def demo(name):
    with open(os.path.join(SOURCE, "data", "demo", name), encoding="utf-8") as file:
        return file.read()


class World:
    def __init__(self, folder):
        self.folder = folder
        self.house = os.path.join(folder, "house")
        self.company = small_house(self.house)
        self.refusals = 0
        self.codes = set()

    def file(self, name, content):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as out:
            out.write(content if isinstance(content, bytes) else content.encode())
        return path

    def head(self):
        """All that an operation may change: the journal and who may act on it."""
        return [(row[0], row[10]) for row in house_rows(self.house)][-1]

    def refuse(self, code, status, words, path=None, value=None, near=None, place=None, **options):
        """Three runs: JSON, and text in each language."""
        options = {"house": self.house, "as_": "wang.broker", "at": AT, **options}
        label = "anlan " + " ".join(str(word) for word in words)[:100]
        before = self.head()
        answer = anlan(*words, json=True, **options)
        try:
            document = answer.json()
            error = document["error"]
        except (ValueError, KeyError, TypeError):
            check.that(False, "%s: no error object (status %d): %s%s" % (label, answer.status, answer.out[:160],
                                                                        answer.err[:160]))
            check.equal(self.head(), before, label + ": nothing is done")
            return
        self.refusals += 1
        self.codes.add(error.get("code"))
        check.equal(answer.status, status, label + ": status")
        check.equal(answer.err, "", label + ": nothing beside the JSON")
        check.equal((set(document), set(error)), ({"error"}, FIELDS), label + ": fields")
        if code is not None:
            check.equal(error["code"], code, label + ": code")
        if path is not None:
            check.equal(error["path"], path, label + ": path")
        if value is not None:
            check.equal(error["value"], value, label + ": value")
        check.that(error["rule"] and error["fix"], label + ": rule and fix are said")
        check.that(error["zh"] != error["en"] and has_han(error["zh"]), label + ": two languages")
        for lang in LANGUAGES:
            text = anlan(*words, lang=lang, **options)
            check.equal((text.status, text.out), (status, ""), "%s: %s: standard output is empty" % (label, lang))
            check.equal(unwrapped(text.err), unwrapped(error[lang]), "%s: %s: the sentence is the same" % (label, lang))
            if near:
                check.that(unwrapped(near) in unwrapped(text.err),
                           "%s: %s: names the nearest %s: %s" % (label, lang, near, text.err[:200]))
            if place:
                check.that(unwrapped(place) in unwrapped(text.err),
                           "%s: %s: names the place %s: %s" % (label, lang, place, text.err[:200]))
        check.equal(self.head(), before, label + ": nothing is done")


def has_han(text):
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def place_of(content, needle):
    """line:column of a piece of a file, columns counted in bytes."""
    start = content.encode().index(needle.encode())
    head = content.encode()[:start]
    return ":%d:%d" % (head.count(b"\n") + 1, start - (head.rfind(b"\n") + 1) + 1)


def persons(world):
    """Rows of every table of the vault."""
    connection = sqlite3.connect("file:%s?mode=ro" % os.path.join(world.house, "personal.db"), uri=True)
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    counts = {table: connection.execute("SELECT count(*) FROM " + table).fetchone()[0] for table in tables}
    connection.close()
    return counts


def facts_files(world):
    """The file of a company, wrong in one place at a time."""
    good = demo("enterprise.toml").replace("91330206MA2EXAMP50", "91330203MA2DEMB767")

    def register(code, content, status=INPUT, name="company.toml", **expected):
        world.refuse(code, status, ["enterprise", "register", world.file(name, content)], **expected)

    wrong = good.replace("revenue =", "revnue =")
    register("fact_unknown", wrong, path="facts.revnue", near="revenue",
             place="company.toml" + place_of(wrong, '"30000000.00"'))
    wrong = good.replace("monitor_consent = true", "monitor_consent = true\nassess_konsent = false")
    register("unknown_key", wrong, path="assess_konsent", near="assess_consent",
             place="company.toml" + place_of(wrong, "assess_konsent"))
    wrong = good.replace("phone =", "fone =")
    register("unknown_key", wrong, path="contact.fone", near="phone", place="company.toml" + place_of(wrong, "fone"))
    for code, amount in MONEY:
        wrong = good.replace("30000000.00", amount)
        register(code, wrong, path="facts.revenue", value=amount,
                 place="company.toml" + place_of(wrong, '"%s"' % amount))
    register("date_invalid", good.replace("2026-02-20", "2026-02-30"), path="stated_on", value="2026-02-30")
    register("date_invalid", good.replace("2026-02-20", "2026-2-3"), path="stated_on", value="2026-2-3")
    register("credit_code_check_digit", good.replace("B767", "B768"), path="credit_code", value="91330203MA2DEMB768")
    before = persons(world)
    register("credit_code_known", good.replace("91330203MA2DEMB767", "91330206MA2EXAMP50"), STATE)
    check.equal(persons(world), before, "nothing of a person is stored beside a refused command")
    register("missing_key", good.replace("legal_name", "# legal_name"), path="legal_name")
    register("wrong_type", good.replace("assess_consent = true", 'assess_consent = "yes"'), path="assess_consent")
    wrong = good.replace("records = 8000", "records = 8000\nrecords = 8")
    register("duplicate_key", wrong, place="company.toml" + place_of(wrong, "records = 8\n"))
    wrong = json.dumps(tomllib.loads(good), ensure_ascii=False)[:-1] + ', "legal_name": "again"}'
    register("duplicate_key", wrong, name="company.json", place="company.json:1:")
    register("looks_like_gbk", good.encode("gbk"))
    register("looks_like_utf16", good.encode("utf-16"))
    register("not_utf8", good.encode().replace(b"C34", b"C34\xed\xa0\x80"))
    register("file_empty", "")
    register("file_empty", b"\xef\xbb\xbf")
    register("nul_byte", good.replace("C34", "C\x0034"), place="company.toml" + place_of(good, "34\"   "))
    register("too_deep", "x = " + "[" * 5000 + "]" * 5000)
    register("too_deep", "[" * 100000, name="company.json")
    register("toml_syntax", "legal_name = = 1", place=":1:")
    register("json_syntax", '{"legal_name": }', name="company.json")
    register("trailing_content", "{} {}", name="company.json")
    register("line_too_long", 'legal_name = "%s"' % ("b" * 20_000_000))
    register("file_too_large", b"a" * 100_000_000)
    register("file_too_large", b'{"policy": "' + b"a" * 100_000_000 + b'"}', name="company.json")
    os.remove(os.path.join(world.folder, "company.json"))


MONEY = (("money_negative", "-1.00"), ("money_too_large", "99999999999999999999.00"),
         ("money_too_large", "92233720368547758.07"), ("money_too_large", "10000000000000.01"),
         ("money_decimals", "1.005"), ("money_malformed", "1.00 USD"), ("money_currency", "USD 1.00"),
         ("money_malformed", "\uff11\uff12\uff13.00"), ("money_malformed", "1,000.00"), ("money_malformed", "1e4"),
         ("money_malformed", "NaN"), ("money_malformed", "0x10"), ("money_malformed", "+1.00"),
         ("money_malformed", "1."), ("money_malformed", " 1.00"))


def other_files(world):
    case = '{"policy": {"aggregate_limit": 1,\n "sections": [{"code": "FP.BI", "sublimit_oc": 1}]}, "incidents": []}'
    world.refuse("unknown_key", INPUT, ["settle", world.file("case.json", case)], near="sublimit_occ",
                 path="policy.sections[0].sublimit_oc", place="case.json" + place_of(case, '"sublimit_oc"'))
    world.refuse("file_too_large", INPUT, ["settle", world.file("case.json", b"1" * 100_000_000)])
    world.refuse("file_missing", STATE, ["settle", os.path.join(world.folder, "absent.json")])
    world.file("case.json", "{}")
    shutil.copytree(os.path.join(SOURCE, "data", "products"), os.path.join(world.folder, "data", "products"))
    product = os.path.join(world.folder, "data", "products", "ningbo-2023-a.toml")
    with open(product, encoding="utf-8") as file:
        good = file.read()
    quote = ["quote", "issue", world.company, "--product", "ningbo-2023-a", "--from", "2026-03-10"]
    wrong = good.replace("quote_days = 30", "quote_days = 30\nquote_day = 31")
    world.file(product, wrong)
    world.refuse("unknown_key", INPUT, quote, as_="zhou.uw", data=os.path.join(world.folder, "data"), path="quote_day",
                 near="quote_days", place="products/ningbo-2023-a.toml" + place_of(wrong, "quote_day = 31"))
    wrong = good.replace("[refund]", "[refund]\nrul = 1")
    world.file(product, wrong)
    world.refuse("unknown_key", INPUT, quote, as_="zhou.uw", data=os.path.join(world.folder, "data"), near="rule",
                 place="products/ningbo-2023-a.toml" + place_of(wrong, "rul = 1"))
    world.refuse("unknown_artefact", INPUT, ["enterprise", "register", "@demo/enterprize.toml"],
                 near="@demo/enterprise.toml")


def command_lines(world):
    company, quote = world.company, ["quote", "issue", world.company, "--product", "ningbo-2023-a"]
    order = ["order", "place", company, "--package", "security-guard", "--from", "2026-03-10"]
    world.refuse("unknown_operation", INPUT, ["polcy", "bind", "x"], near="policy bind")
    world.refuse("unknown_operation", INPUT, ["policy", "bnd", "x"], near="policy bind", value="policy bnd")
    world.refuse("unknown_option", INPUT, ["quote", "issue", company, "--prodct", "a"], near="--product", path="prodct")
    world.refuse("missing_option", INPUT, quote, path="from")
    world.refuse("option_without_value", INPUT, [*quote, "--from"], path="from")
    world.refuse("option_twice", INPUT, [*quote, "--product", "b", "--from", "2026-03-10"], path="product")
    world.refuse("too_many_arguments", INPUT, ["quote", "show", "quo_1", "quo_2"], value="quo_2")
    for wrong in ("pol_11", "ent_0", "ent_-1", "ent_01", "ent_x", "11", "ent_99999999999999999999999", ""):
        world.refuse("id_malformed", INPUT, ["enterprise", "show", wrong], path="enterprise", value=wrong)
    world.refuse("not_found", STATE, ["enterprise", "show", "ent_9999"], value="ent_9999")
    world.refuse("name_malformed", INPUT,
                 ["quote", "issue", company, "--product", "../../etc/passwd", "--from", "2026-03-10"])
    world.refuse("date_invalid", INPUT, [*quote, "--from", "2026-02-29"], path="from", value="2026-02-29")
    world.refuse("unknown_choice", INPUT, ["actor", "appoint", "new.one", "--role", "king"], as_="op", value="king")
    world.refuse("unknown_choice", INPUT, ["subsidy", "budget", "ningbo-premium-subsidi", "--amount", "1.00"],
                 path="scheme", near="ningbo-premium-subsidy")
    for code, amount in MONEY:
        world.refuse(code, INPUT, ["actor", "appoint", "new.one", "--role", "broker", "--authority=" + amount],
                     as_="op", path="authority", value=amount)
    world.refuse("name_malformed", INPUT, ["actor", "appoint", "New One", "--role", "broker"], as_="op")
    world.refuse("name_malformed", INPUT,
                 ["actor", "appoint", "new.one", "--role", "broker", "--organisation", "A B/.."],
                 as_="op", path="organisation")
    for threads in ("abc", "-1", "", "1.5", "4294967297", "99999999999999999999"):
        world.refuse(None, INPUT, [*quote, "--from", "2026-03-10", "--threads=" + threads], as_="zhou.uw",
                     path="threads")
    world.refuse("unknown_actor", STATE, order, as_="nobody", value="nobody")
    world.refuse("name_malformed", INPUT, order, as_="a b;c", path="as")
    world.refuse("role_missing", STATE, order, as_="qian.finance")
    for wrong in ("2026-13-01T00:00:00+08:00", "yesterday"):
        world.refuse("instant_invalid", INPUT, order, at=wrong, path="at", value=wrong)
    for wrong in ("a b", "k" * 256, "\u952e"):
        world.refuse("key_malformed", INPUT, order, key=wrong, path="key")
    world.refuse(None, INPUT, ["actor", "appoint", b"\xff\xfe", "--role", "broker"], as_="op", path="actor")
    world.refuse("house_missing", STATE, ["ledger", "show"], house=os.path.join(world.folder, "absent"))
    world.refuse("house_exists", STATE, ["init", "--name", "again", "--sandbox"], as_="op")
    world.refuse("roles_apart", STATE, ["actor", "appoint", "qian.finance", "--role", "claims_handler"], as_="op",
                 value="qian.finance")
    wrong = demo("answers.toml").replace("GOV-05 = 0", 'GOV-99 = "yes"\nGOV-05 = 0')
    world.refuse(None, INPUT, ["assess", company, "--answers", world.file("answers.toml", wrong)])
    fewer = world.file("answers.toml", demo("answers.toml").replace("GOV-05 = 0\n", ""))
    answer = anlan("assess", company, "--answers", fewer, house=world.house, as_="wang.broker", at=AT, json=True)
    check.equal((answer.status, answer.error()["code"]), (STATE, "missing_answers"), "the house asks for more answers")
    line = {"as": "wang.broker", "at": AT, "key": "wrong", "words": ["enterprise", "show", "ent_9999"]}
    batch = anlan("batch", world.file("batch.jsonl", json.dumps(line) + "\n"), house=world.house)
    check.equal((batch.status, "error" in batch.json()), (STATE, True), "a batch with a refused line says so")
    world.refuse("hex_malformed", INPUT, ["journal", "verify", "--key", "zz"])
    world.refuse("not_found", STATE, ["personal", "erase", "per_77", "--reason", "asked"], as_="op")
    world.refuse("unknown_option", INPUT, ["demo", "--nope"])


def keys(world):
    """The same key with the same input is the same command: the same answer, and no new event."""
    order = ["order", "place", world.company, "--package", "security-guard", "--from", "2026-03-10"]
    told = {"house": world.house, "as_": "wang.broker", "at": AT, "key": "order-1"}
    first = must(*order, json=True, **told).json()
    after = world.head()
    again = must(*order, json=True, **told).json()
    check.equal((first.pop("repeated"), again.pop("repeated")), (False, True), "the answer says that it is a repeat")
    check.equal(again, first, "the same key gives the same answer")
    check.equal(world.head(), after, "the same key writes no new event")
    world.refuse("key_reused", STATE, [*order[:-1], "2026-03-11"], key="order-1", path="key")
    check.that(must(*order, json=True, **dict(told, at="2026-03-06T09:00:00+08:00")).json()["repeated"],
               "a repeat a day later is still a repeat")
    bom = world.file("bom.toml", b"\xef\xbb\xbf" + demo("enterprise.toml").encode())
    check.equal(anlan("enterprise", "facts", world.company, bom, house=world.house, as_="wang.broker", at=AT).status, 0,
                "a byte order mark is accepted and dropped")
    shown = anlan("journal", "show", "--from", "2", house=world.house, json=True)
    check.that(shown.status == 0 and shown.json()[0]["seq"] == 2, "journal show --from 2: %s" % shown.out[:200])


def memory(world):
    """Too little memory for a large file ends with a line and a status, not with a signal."""
    large = world.file("large.json", '{"policy": "' + "a" * 50_000_000 + '"}')

    def limited(*words):
        limit = 90 << 20
        return subprocess.run([BIN, *words], stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))

    if limited("version").returncode != 0:
        print("memory: not tried, this build needs more than the limit to start")
    else:
        done = limited("settle", large)
        check.equal((done.returncode, done.stdout, done.stderr.count(b"\n")), (1, b"", 1), "out of memory")
        check.that(b"out of memory" in done.stderr, "it says so")
    os.remove(large)


def repeats(folder):
    """Each kind of command of the demonstration, given again with its key when much has happened since."""
    house = os.path.join(folder, "demo-house")
    played = must("demo", house=house, json=True, lang="en").json()
    with open(os.path.join(SOURCE, "data", "demo", "script.toml"), "rb") as file:
        runs = [run for step in tomllib.load(file)["step"] for run in step["run"]]
    if not check.equal(len(runs), len(played), "the demonstration answers every line of its script"):
        return
    lines, expected = [], []
    for number, (run, entry) in enumerate(zip(runs, played)):
        writes = "reply" in entry and isinstance(entry["reply"], dict) and "first_seq" in entry["reply"]
        if writes and run["words"][0] != "init" or run["words"][:2] == ["policy", "document"]:
            lines.append({"as": run["as"], "at": run["at"], "key": "demo-%d" % (number + 1), "words": entry["words"]})
            expected.append(entry["reply"])
    path = os.path.join(folder, "repeat.jsonl")
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    before = house_rows(house)
    answers = [json.loads(line) for line in must("batch", path, house=house, lang="en").out.splitlines()]
    check.equal(len(answers), len(lines), "one answer for each line")
    same = 0
    for line, answer, reply in zip(lines, answers, expected):
        label = "repeated later: " + " ".join(line["words"][:3])
        if not check.that("reply" in answer, "%s: %s" % (label, answer.get("error", {}).get("code"))):
            continue
        if "first_seq" in reply:
            check.equal([answer["reply"].get(name) for name in ("first_seq", "last_seq", "repeated")],
                        [reply["first_seq"], reply["last_seq"], True], label)
        same += 1
    check.that(house_rows(house) == before, "repeats write nothing")
    print("%d of %d commands of the demonstration repeat with their keys" % (same, len(lines)))


def main():
    with Folder() as folder:
        world = World(folder)
        facts_files(world)
        other_files(world)
        command_lines(world)
        keys(world)
        memory(world)
        must("journal", "verify", house=world.house, lang="en")
        repeats(folder)
        print("%d refusals of %d codes, each as JSON and in two languages, the journal compared after each"
              % (world.refusals, len(world.codes)))
    check.end()


if __name__ == "__main__":
    main()
