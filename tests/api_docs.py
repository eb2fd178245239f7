"""The guides of docs/api/ in both languages: every sample runs as it stands, in order, and prints what the page says.

A block marked sh is a sample; a block marked text right behind it is what it prints, where … stands for whatever is there in
a line, and a line of … alone for any lines. Run with --reset FOLDER, the pages are rewritten with what was printed.
"""

import os
import re
import shutil
import signal
import subprocess
import sys

from _anlan import BIN, Check, Folder, SOURCE

check = Check("api_docs")
GUIDES = ("first-quote", "errors", "idempotency", "paging", "files", "access", "clients", "tools", "events")
MARK = "=====block %d====="


def samples(text):
    """(script, what it prints or None) of each block, with the span of the expected text."""
    found = []
    for match in re.finditer(r"^```sh\n(.*?)^```\n(?:```text\n(.*?)^```\n)?", text, re.DOTALL | re.MULTILINE):
        found.append((match[1], match[2]))
    return found


def fits(said, wanted):
    """Line by line, … as anything."""
    def pattern(line):
        return ".*".join(re.escape(part) for part in line.split("…"))

    whole = "".join(r"(?:.*\n)*?" if line.strip() == "…" else pattern(line) + "\n" for line in wanted.splitlines())
    return re.fullmatch(whole, said) is not None


def run(folder, scripts):
    """What each sample prints, in one shell that stops at the first that fails."""
    os.makedirs(os.path.join(folder, "build", "bin"))
    os.makedirs(os.path.join(folder, "tmp"))
    os.symlink(BIN, os.path.join(folder, "build", "bin", "anlan"))
    for name in ("data", "clients"):
        os.symlink(os.path.join(SOURCE, name), os.path.join(folder, name))
    lines = ["set -eE -o pipefail", "trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT"]
    for number, script in enumerate(scripts):
        lines += ["echo '%s'" % (MARK % number), script]
    with open(os.path.join(folder, "script.sh"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\necho '%s'\n" % (MARK % len(scripts)))
    environment = {**os.environ, "TMPDIR": os.path.join(folder, "tmp"), "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(["bash", "script.sh"], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True)
    try:
        out, err = process.communicate(timeout=500)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
    parts = re.split(r"^=====block \d+=====\n", out, flags=re.MULTILINE)[1:]
    return process.returncode, parts, err


def language(folder, ending, reset):
    texts = {}
    for name in GUIDES:
        path = os.path.join(SOURCE, "docs", "api", name + ending)
        with open(path, encoding="utf-8") as file:
            texts[path] = file.read()
    blocks = [(os.path.basename(path), *sample) for path, text in texts.items() for sample in samples(text)]
    check.that(len(blocks) >= 15, "%d samples in *%s are no guide" % (len(blocks), ending))
    status, printed, err = run(folder, [script for _, script, _ in blocks])
    check.equal(status, 0, "the samples of *%s: %s" % (ending, err[-1500:]))
    check.equal(len(printed), len(blocks) + 1, "samples that ran of *%s" % ending)
    for (name, script, wanted), said in zip(blocks, printed):
        if reset:
            continue
        check.that(fits(said, wanted or "…"), "%s: after\n%s\nit says\n%sand not\n%s" % (name, script, said, wanted))
    if reset:
        rewrite(texts, [said for said in printed])
    return blocks


def rewrite(texts, printed):
    for path, text in texts.items():
        def filled(match):
            said = printed.pop(0)
            return "```sh\n%s```\n```text\n%s```\n" % (match[1], said) if match[2] is not None else match[0]

        text = re.sub(r"^```sh\n(.*?)^```\n(?:```text\n(.*?)^```\n)?", filled, text, flags=re.DOTALL | re.MULTILINE)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


def main():
    reset = "--reset" in sys.argv
    if not shutil.which("curl"):
        raise SystemExit("curl is not installed: the samples cannot run")
    with Folder() as folder:
        english = language(os.path.join(folder, "en"), ".md", reset)
        if not reset:
            chinese = language(os.path.join(folder, "zh"), ".zh-CN.md", reset)
            plain = [(script.replace("zh", "en"), bool(wanted)) for _, script, wanted in chinese]
            check.equal(plain, [(script.replace("zh", "en"), bool(wanted)) for _, script, wanted in english], "both languages show the same samples")
    check.end()


main()
