"""Documents on paper: signed pages whose QR code, attached content and every byte are checked offline; where pages may be
written; the report for whoever decides."""

import hashlib
import json
import os
import random
import re
import shutil
import subprocess

from _anlan import LANGUAGES, Check, Folder, anlan, events, must

check = Check("printed")
LATE = "2027-08-01T09:00:00+08:00"
PRODUCT = "ningbo-2023-a"


def run(*words):
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout


def text_of(file):
    return run("pdftotext", "-layout", file, "-").decode("utf-8")


def bare(text):
    return re.sub(r"\s", "", text)


def info_of(file):
    return dict(line.split(":", 1) for line in run("pdfinfo", file).decode("utf-8").splitlines() if ":" in line)


DOTS = 100  # an inch


def without_ink(folder, file):
    """Chinese characters that can be searched and copied, and whose place on the page is blank."""
    lost = set()
    pages = re.findall(r"<page .*?</page>", run("pdftotext", "-bbox", file, "-").decode("utf-8"), flags=re.S)
    for number, page in enumerate(pages, 1):
        picture = run("pdftoppm", "-r", str(DOTS), "-gray", "-f", str(number), "-l", str(number), file)
        width = int(re.match(rb"P5\s(\d+)\s", picture)[1])
        height = int(re.match(rb"P5\s\d+\s(\d+)\s", picture)[1])
        dots = memoryview(picture)[-width * height:]
        for left, top, right, bottom, word in re.findall(
                r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([\u3001-\u3011\u4e00-\u9fff\uff01-\uff1f]+)</word>', page):
            left, top, right, bottom = (float(edge) * DOTS / 72 for edge in (left, top, right, bottom))
            for at, sign in enumerate(word):
                if not "\u4e00" <= sign <= "\u9fff":
                    continue
                first, last = (round(left + (right - left) * (at + part) / len(word)) for part in (0.1, 0.9))
                rows = range(max(0, round(top)), min(height, round(bottom)))
                if not any(min(dots[row * width + first:row * width + last]) < 200 for row in rows):
                    lost.add(sign)
    return lost


def scanned(folder, file, page):
    """What a phone reads from the page at 200 dots an inch."""
    stem = os.path.join(folder, "scan")
    run("pdftoppm", "-r", "200", "-png", "-f", str(page), "-l", str(page), "-singlefile", file, stem)
    return run("zbarimg", "--quiet", "--raw", "-S*.disable", "-Sqrcode.enable", stem + ".png").decode().strip()


def attached(folder, file):
    target = os.path.join(folder, "attached.json")
    run("pdfdetach", "-save", "1", "-o", target, file)
    with open(target, "rb") as content:
        return content.read()


def printed(folder, house, lang, who, *words, **more):
    file = os.path.join(folder, "-".join(words) + "-" + lang + ".pdf")
    reply = must("print", *words, "--out", file, house=house, lang=lang, as_=who, at=LATE, json=True, **more).json()
    return file, reply


def one_document(folder, house, lang, who, *words):
    file, reply = printed(folder, house, lang, who, *words)
    what = " ".join(words) + " " + lang
    text = text_of(file)
    pages = int(info_of(file)["Pages"])
    check.equal(pages, reply["pages"], what + ": pages")
    for page in range(1, pages + 1):
        said = "第 %d 页，共 %d 页" % (page, pages) if lang == "zh" else "Page %d of %d" % (page, pages)
        check.that(said in text, "%s: foot of page %d" % (what, page))
    check.equal(text.count(reply["number"]), pages + 1, what + ": its number in each foot and beside the code")
    check.that("\ufffd" not in text, what + ": every sign is drawn")
    check.equal(scanned(folder, file, pages), reply["code"], what + ": what its QR code says")
    check.equal(info_of(file)["Keywords"].strip(), reply["code"], what + ": keyword")
    content = attached(folder, file)
    check.equal(hashlib.sha256(content).hexdigest(), reply["content"], what + ": the attached content is the signed one")
    check.that(reply["fingerprint"] in re.sub(r"\s+", " ", text), what + ": fingerprint")
    told = must("verify", file, house="none", lang="en").out
    check.that("It names its issuer as ningbo-demo" in re.sub(r"\s+", " ", told), what + ": a name proves nothing")
    told = must("verify", file, "--fingerprint", reply["fingerprint"], house="none", lang="en").out
    check.that("Issued by ningbo-demo" in re.sub(r"\s+", " ", told), what + ": a fingerprint does")
    for words_of_check in ((file,), ("--code", reply["code"]), (file, "--fingerprint", reply["fingerprint"])):
        found = must("verify", *words_of_check, house="none", lang=lang, json=True).json()
        check.equal([found[key] for key in ("valid", "kind", "number", "content", "fingerprint", "head_seq")],
                    [True] + [reply[key] for key in ("kind", "number", "content", "fingerprint", "head_seq")],
                    what + ": verify " + words_of_check[0][:20])
        check.that(words_of_check[0] == "--code" or found["pages"] == "same", what + ": pages")
    other = anlan("verify", file, "--fingerprint", reply["fingerprint"].replace("0", "1").replace("2", "3"), json=True)
    check.equal((other.status, other.error()["code"]), (2, "fingerprint_other"), what + ": another key")
    flips(folder, file, what)
    check.equal(without_ink(folder, file), set(), what + ": characters without ink")
    return file, text, json.loads(content)


def flips(folder, file, what):
    with open(file, "rb") as source:
        whole = source.read()
    target = os.path.join(folder, "flipped.pdf")
    for _ in range(6):
        at = random.randrange(len(whole))
        changed = whole[:at] + bytes([whole[at] ^ (1 << random.randrange(8))]) + whole[at + 1:]
        with open(target, "wb") as out:
            out.write(changed)
        check.that(anlan("verify", target, json=True).status != 0, "%s: byte %d flipped" % (what, at))


def policy_pages(folder, house, lang, policy):
    _, text, content = one_document(folder, house, lang, "zhou.uw", "policy", policy)
    # What of a clause is on two pages has the foot of the first between.
    page = bare("\n".join(line for line in text.splitlines() if content["number"] + " · " not in line))
    clauses = content["record"]["clauses"]
    shown = {block["text"].split(" ")[0]: block for block in content["blocks"] if block["kind"] == "bullet"}
    for clause in clauses:
        block = shown[clause["ref"]]
        check.that(bare(block["text"]) in page, "clause %s in full" % clause["ref"])
        check.that(len(bare(block["text"])) > 10, "clause %s has a text" % clause["ref"])
        check.equal((block.get("strong", False), block["mark"] == "★"), (clause["exemption"],) * 2,
                    "clause %s: bold and marked if it is an exemption" % clause["ref"])
    if lang == "zh":
        check.that("400,000.00（人民币肆拾万元整）" in page, "the limit in capital numerals")
        check.that("2,800.00（人民币贰仟捌佰元整）" in page, "the premium in capital numerals")
    else:
        check.that("人民币" not in page, "no capital numerals in English")
    _, text, content = one_document(folder, house, lang, "wang.broker", "schedule", policy)
    check.that(not any(block.get("strong") for block in content["blocks"]),
               "the schedule says where the wording stands")
    one_document(folder, house, lang, "wang.broker", "certificate", policy)


def documents(folder, house):
    journal = events(house)
    bound = [event["policy"]["id"] for event in journal if event["event"] == "policy_bound"]
    declined = next(event["quote"]["id"] for event in journal
                    if event["event"] == "quote_issued" and event["quote"]["decision"] == "declined")
    states = {claim: must("claim", "show", claim, house=house, json=True).json()["state"]
              for claim in {event["decision"]["id"] for event in journal if event["event"] == "claim_adjudicated"}}
    paid = min((claim for claim, state in states.items() if state == "paid"), key=lambda name: int(name[4:]))
    for claim in states:
        letter = os.path.join(folder, "letter-%s.pdf" % claim)
        must("claim", "show", claim, "--pdf", letter, house=house, lang="zh")
        check.equal(without_ink(folder, letter), set(), claim + ": characters of the letter without ink")
    for lang in LANGUAGES:
        policy_pages(folder, house, lang, bound[1])
        _, text, _ = one_document(folder, house, lang, "chen.manager", "decision", paid)
        payable = must("claim", "show", paid, house=house, json=True).json()["payable"]["amount"]
        check.that("{:,}.{:02}".format(*divmod(payable, 100)) in text, "the decision pays what was decided")
        check.equal("整）" in text, lang == "zh", "the payment in capital numerals in Chinese")
        one_document(folder, house, lang, "wang.broker", "quote", journal_quote(journal))
        _, text, _ = one_document(folder, house, lang, "zhou.uw", "quote", declined)
        check.that("2,800.00" not in text, "a declined risk gets no premium")
        one_document(folder, house, lang, "zhou.uw", "card")
    records = [event for event in events(house) if event["event"] == "document_issued"]
    check.equal(len(records), 1 + 14, "every printed document is on record")
    return bound, states


def journal_quote(journal):
    return next(event["quote"]["id"] for event in journal if event["event"] == "quote_issued")


def rules(folder, house, bound, states):
    file = os.path.join(folder, "rule.pdf")

    def refused(code, status, *words, who="zhou.uw"):
        answer = anlan(*words, "--out", file, house=house, as_=who, at=LATE, lang="en", json=True)
        check.equal((answer.status, answer.error()["code"]), (status, code), " ".join(words))
        check.that(not os.path.exists(file), "nothing is written")

    before = len(events(house))
    refused("wrong_state", 1, "print", "certificate", bound[0])  # expired
    for claim, state in states.items():
        if state in ("adjudicated", "returned", "reopened"):
            refused("wrong_state", 1, "print", "decision", claim, who="chen.manager")
    paid = next(claim for claim, state in states.items() if state == "paid")
    refused("role_missing", 1, "print", "decision", paid, who="wang.broker")
    refused("role_missing", 1, "print", "policy", bound[1], who="chen.manager")
    refused("unknown_choice", 2, "print", "poster", bound[1])
    refused("missing_key", 2, "print", "policy")
    refused("not_found", 1, "print", "policy", "pol_1")
    check.equal(len(events(house)), before, "nothing is recorded")
    # The same key: the same bytes, to whatever file; another content under it is refused.
    first, second = os.path.join(folder, "k1.pdf"), os.path.join(folder, "k2.pdf")
    for target in (first, second, second):
        must("print", "policy", bound[1], "--out", target, house=house, as_="zhou.uw", at=LATE, lang="zh", key="twice")
    with open(first, "rb") as one, open(second, "rb") as two:
        check.that(one.read() == two.read(), "the same document twice")
    precious = os.path.join(folder, "precious.pdf")
    with open(precious, "w", encoding="utf-8") as other:
        other.write("of somebody else")
    kept = anlan("print", "policy", bound[1], "--out", precious, house=house, as_="zhou.uw", at=LATE, lang="zh", key="twice",
                 json=True)
    check.equal((kept.status, kept.error()["code"]), (1, "file_exists"), "a known key replaces no other file")
    with open(precious, encoding="utf-8") as other:
        check.equal(other.read(), "of somebody else", "and it is as it was")
    before = len(events(house))
    for name in (os.path.join(folder, "none", "a.pdf"), os.path.join(folder, "n" * 250 + ".pdf")):
        lost = anlan("print", "policy", bound[1], "--out", name, house=house, as_="zhou.uw", at=LATE, json=True)
        check.equal((lost.status, lost.error()["code"]), (1, "file_not_written"), "a place that takes no file")
    check.equal(len(events(house)), before, "what cannot be written is not recorded")
    check.equal([name for name in os.listdir(folder) if ".pdf." in name], [], "nothing is left beside")
    other = anlan("print", "policy", bound[1], "--out", first, house=house, as_="zhou.uw", at=LATE, lang="en", key="twice",
                  json=True)
    check.equal((other.status, other.error()["code"]), (1, "paper_changed"), "another language is another document")
    again = anlan("print", "policy", bound[1], "--out", first, house=house, as_="zhou.uw", at=LATE, json=True)
    check.equal((again.status, again.error()["code"]), (1, "file_exists"), "no file is replaced")
    plain = os.path.join(folder, "plain.pdf")
    must("policy", "show", bound[1], "--pdf", plain, house=house, at=LATE)
    for words, code in (((plain,), "paper_unsigned"), (("--code", "ANLAN1:ABC"), "code_malformed"),
                        (("--code", "hello"), "code_malformed"), ((), "missing_key"),
                        (("--code", ""), "option_without_value"), ((first, "--fingerprint", ""), "option_without_value"),
                        ((first, "--fingerprint", " "), "fingerprint_short"),
                        ((plain, "--code", "ANLAN1:ABC"), "too_many_arguments")):
        answer = anlan("verify", *words, json=True)
        check.equal((answer.status, answer.error()["code"]), (2 if code != "paper_unsigned" else answer.status, code),
                    "verify " + " ".join(words))


def today(folder, house, bound):
    """Where the house is at hand, what became of the document since; another house of its name is told apart."""
    policy, later = bound[1], "2027-08-03T09:00:00+08:00"
    file = os.path.join(folder, policy + ".json")
    must("policy", "document", policy, "--out", file, house=house, as_="zhou.uw", at=LATE)
    paper = os.path.join(folder, "k1.pdf")
    states = []
    for turn in range(2):
        if turn == 1:
            must("policy", "cancel", policy, "--on", "2027-08-02", house=house, as_="zhou.uw", at=LATE)
        state = must("policy", "show", policy, house=house, at=later, json=True).json()["state"]
        states.append(state)
        for name, kind in ((file, "record"), (paper, "policy")):
            reply = must("verify", name, house=house, at=later, json=True).json()
            check.equal((reply["state_now"], reply["house_proven"], reply["kind"]), (state, True, kind), name + ": now")
            check.equal(must("verify", name, house="none", json=True).json()["state_now"], None, name + ": nobody knows")
            for lang in LANGUAGES:
                told = bare(must("verify", name, house="none", lang=lang).out)
                check.that(bare("此后发生的事" if lang == "zh" else "says nothing of what happened after that") in told,
                           name + ": the document itself says nothing of it")
                check.that("有效：" not in told and "isvalid" not in told, name + ": nobody says that the policy is valid")
    check.equal(states, ["in_force", "cancelled"], "before and after")
    other = os.path.join(folder, "namesake")
    must("init", "--name", "ningbo-demo", "--sandbox", house=other, as_="op", at="2026-02-23T09:00:00+08:00")
    for name in (file, paper):
        wrong = anlan("verify", name, house=other, json=True)
        check.equal((wrong.status, wrong.error()["code"]), (2, "fingerprint_other"), name + ": another house of this name")


def quotes(folder, house):
    """A quote on paper says what became of it."""
    folder = os.path.join(folder, "quotes")
    os.makedirs(folder)
    journal = events(house)
    seen = set()
    taken = {event["policy"]["quote"]: event["policy"]["id"] for event in journal if event["event"] == "policy_bound"}
    for event in journal:
        if event["event"] != "quote_issued":
            continue
        quote = event["quote"]
        state = "bound" if quote["id"] in taken else "declined" if quote["decision"] == "declined" else \
            "expired" if quote["valid_until"] < LATE[:10] else "open"
        seen.add(state)
        file, _ = printed(folder, house, "en", "zhou.uw", "quote", quote["id"])
        text = re.sub(r"\s+", " ", text_of(file))
        said = {"bound": "This quote is bound as " + taken.get(quote["id"], ""), "declined": "The risk was declined",
                "open": "This quote is open until " + quote["valid_until"],
                "expired": "This quote expired at the end of " + quote["valid_until"]}[state]
        check.that(said in text, "%s: %s" % (quote["id"], said))
        check.equal(must("verify", file, house=house, at=LATE, json=True).json()["state_now"], state, quote["id"] + " now")
    check.that({"bound", "declined", "open"} <= seen, "quotes of every kind: %r" % seen)


def where(folder, house, policy):
    """--pdf and --out: not into the house, not to standard output, no raw control bytes, for everyone to read."""
    os.symlink(house, os.path.join(folder, "link"))
    os.makedirs(os.path.join(folder, "beside"))
    inside = [os.path.join(house, "a.pdf"), os.path.join(house, "keys", "a.pdf"), os.path.join(folder, "link", "a.pdf"),
              os.path.join(folder, "beside", "..", os.path.basename(house), "a.pdf")]
    for words, option in ((("policy", "show", policy), "--pdf"), (("print", "policy", policy), "--out")):
        for target, code in [(name, "pdf_inside_house") for name in inside] + [("-", "pdf_to_output")]:
            refused = anlan(*words, option, target, house=house, as_="zhou.uw", at=LATE, json=True)
            check.equal((refused.status, refused.error()["code"]), (2, code), option + " " + target)
            check.that(not os.path.exists(target), "nothing is written")
        name = os.path.join(folder, option + "-\x1b[31m\x07\nred.pdf")
        for lang in LANGUAGES:
            for done in (anlan(*words, option, name, house=house, as_="zhou.uw", at=LATE, lang=lang),  # written, then there
                         anlan(*words, option, name, house=house, as_="zhou.uw", at=LATE, lang=lang, json=True)):
                check.that("\x1b" not in done.out + done.err and "\x07" not in done.out + done.err,
                           "no control byte of a file's name: %r" % (done.out + done.err))
        check.equal(oct(os.stat(name).st_mode & 0o777), "0o644", "for everyone to read")
    previous = os.umask(0o077)
    must("policy", "show", policy, "--pdf", os.path.join(folder, "mask.pdf"), house=house, at=LATE)
    os.umask(previous)
    check.equal(oct(os.stat(os.path.join(folder, "mask.pdf")).st_mode & 0o777), "0o644", "whatever the mask says")


def yuan(fen):
    return "{:,}".format((2 * abs(fen) + 100) // 200)


def executive(folder, house, company):
    words = ("report", "executive", company, "--product", PRODUCT)
    risk = must("risk", company, "--product", PRODUCT, house=house, json=True).json()
    worth = must("risk", "worth", company, "--product", PRODUCT, house=house, json=True).json()
    told = must(*words, house=house, json=True).json()
    check.equal(told["risk"], risk, "the report's risk is that of risk")
    check.equal(told["first"], worth["controls"][:3], "the three things are the first of worth")
    for lang in LANGUAGES:
        file = os.path.join(folder, "executive-%s.pdf" % lang)
        must(*words, "--pdf", file, house=house, lang=lang)
        text = text_of(file)
        check.that(int(info_of(file)["Pages"]) <= 2, "one to two pages")
        wanted = [yuan(risk[key]) for key in ("expected_before", "expected_paid", "expected_left")]
        wanted += [yuan(row[key]) for row in risk["curve"] if row["years"] in (10, 100, 200) for key in ("before", "paid", "left")]
        for row in worth["controls"][:3]:
            wanted += [row["name"]] + [yuan(row[key]) for key in ("change_before", "change_left", "change_technical_premium")]
        left = sorted(risk["covers"], key=lambda row: -row["tail_left"])[:5]
        wanted += [yuan(row[key]) for row in left if row["tail_left"] >= 50 for key in ("expected_left", "tail_left")]
        check.equal([one for one in wanted if one not in text], [], "executive %s: figures of risk and worth" % lang)
        check.that("[report" not in text and "{" not in text, "every sentence is there")


def main():
    random.seed(20260308)
    with Folder() as folder:
        house = os.path.join(folder, "house")
        must("demo", house=house, lang="zh")
        bound, states = documents(folder, house)
        rules(folder, house, bound, states)
        quotes(folder, house)
        where(folder, house, bound[1])
        executive(folder, house, "ent_13")
        today(folder, house, bound)
        keep = os.environ.get("ANLAN_KEEP_PAGES")
        if keep:
            os.makedirs(keep, exist_ok=True)
            for name in os.listdir(folder):
                if name.endswith(".pdf") and "\n" not in name:
                    shutil.copy(os.path.join(folder, name), keep)
    check.end()


main()
