"""Pages of the manual and completions: made by the program, complete, and taken by the programs that read them."""

import os
import re
import shutil
import subprocess

from _anlan import Check, Folder, anlan, must

check = Check("manual")


def operations():
    return must("help", json=True).json()


def pages(folder, table):
    words = list(dict.fromkeys(each["name"].split()[0] for each in table))
    for lang in ("zh", "en"):
        main_page = must("help", "--man", lang=lang).out
        check.that(main_page.startswith(".TH ANLAN 1 "), "it is a page of the manual")
        for word in words:
            check.that(".B " + word.replace("-", "\\-") + "\n" in main_page, "anlan(1) names " + word)
        for word in words:
            page = must("help", "--man", word, lang=lang).out
            for each in table:
                if each["name"].split()[0] != word:
                    continue
                check.that(".SS anlan " + each["name"].replace("-", "\\-") in page, "%s: %s" % (lang, each["name"]))
                for option in each["options"]:
                    if not option["positional"]:
                        name = "--" + option["name"]
                        check.that(name.replace("-", "\\-") in page, "%s: %s of %s" % (lang, name, each["name"]))
            path = os.path.join(folder, "anlan-%s.%s.1" % (word, lang))
            with open(path, "w", encoding="utf-8") as file:
                file.write(page)
    check.equal(anlan("help", "--man", "clame", json=True).error()["code"], "unknown_operation", "no such page")


def rendered(folder):
    """groff says nothing against any page, and what it shows holds no trace of its commands."""
    if not shutil.which("groff"):
        print("no groff here: pages are not rendered")
        return
    for name in sorted(os.listdir(folder)):
        done = subprocess.run(["groff", "-Kutf8", "-Tutf8", "-man", "-ww", os.path.join(folder, name)],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        # Chinese has no spaces to break at: that a line is wide is no fault of the page.
        said = [line for line in done.stderr.decode().splitlines() if line and "break" not in line]
        check.equal((done.returncode, said), (0, []), "groff on " + name)
        text = re.sub("\x1b\\[[0-9;]*m|.\x08", "", done.stdout.decode("utf-8"))
        check.that(not re.search(r"^\.[A-Z]{2}|\\-|\\e", text, re.M), "commands of roff show in " + name)
    if shutil.which("mandoc"):
        for name in sorted(os.listdir(folder)):
            done = subprocess.run(["mandoc", "-Tlint", "-Werror", os.path.join(folder, name)], stdout=subprocess.PIPE, check=False)
            check.equal(done.returncode, 0, "mandoc on %s: %s" % (name, done.stdout.decode()))


BASH = """source "$1"
COMP_WORDS=("${@:2}")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_anlan
printf '%s\\n' "${COMPREPLY[@]}"
"""


def completed(script, *words):
    """What bash itself would offer for the last word."""
    done = subprocess.run(["bash", "-c", BASH, "bash", script, "anlan", *words], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=True)
    check.equal(done.stderr, b"", "bash says nothing: %r" % (words,))
    return sorted(filter(None, done.stdout.decode().split("\n")))


def bash(folder, table):
    script = os.path.join(folder, "anlan.bash")
    with open(script, "w", encoding="utf-8") as file:
        file.write(must("completion", "bash").out)
    subprocess.run(["bash", "-n", script], check=True)
    names = [each["name"] for each in table]
    words = {name.split()[0] for name in names}
    others = {"demo", "batch", "serve", "completion", "version", "help", "mcp", "webhooks"}
    check.equal(completed(script, ""), sorted(words | others), "all first words")
    check.equal(completed(script, "do"), ["doctor", "document"], "those that begin so")
    for word in sorted(words):
        second = {name.split()[1] for name in names if name.startswith(word + " ")}
        if second:
            found = set(completed(script, word, ""))
            check.that(second <= found, "%s: %r lacks %r" % (word, found, second - found))
    shared = {"--house", "--as", "--key", "--at", "--lang", "--data", "--pdf", "--xlsx", "--json", "--help"}
    for each in table:
        wanted = {"--" + option["name"] for option in each["options"] if not option["positional"]} | shared
        check.equal(set(completed(script, *each["name"].split(), "--")), wanted, "options of " + each["name"])
    check.equal(completed(script, "claim", "list", "--lang", ""), ["en", "zh"], "values of an option")
    check.equal(completed(script, "--lang", "en", "completion", ""), ["bash", "fish", "zsh"], "behind an option and its value")
    with open(os.path.join(folder, "house one.backup"), "w", encoding="utf-8"):
        pass
    check.equal(completed(script, "backup", "verify", os.path.join(folder, "house")), [os.path.join(folder, "house one.backup")],
                "names of files, with a space")
    check.equal(completed(script, "serve", "--port", ""), [], "nothing is offered for a number")


def other_shells(folder):
    for shell, flags in (("zsh", ["-n"]), ("fish", ["--no-execute"])):
        script = os.path.join(folder, "anlan." + shell)
        with open(script, "w", encoding="utf-8") as file:
            file.write(must("completion", shell, lang="en").out)
        if shutil.which(shell):
            check.equal(subprocess.run([shell, *flags, script], check=False).returncode, 0, shell + " reads it")
    if shutil.which("fish"):
        script = os.path.join(folder, "anlan.fish")
        done = subprocess.run(["fish", "-c", "source %s; complete -C 'anlan docto'; complete -C 'anlan doctor --acc'" % script],
                              stdout=subprocess.PIPE, check=True).stdout.decode()
        check.that("doctor" in done and "--accounts" in done, "fish completes: " + done)
    check.equal(anlan("completion", "tcsh", json=True).error()["code"], "unknown_choice", "no such shell")
    check.equal(anlan("completion", json=True).error()["code"], "missing_option", "which shell")


def main():
    table = operations()
    with Folder() as folder:
        written = os.path.join(folder, "man")
        os.mkdir(written)
        pages(written, table)
        rendered(written)
        bash(folder, table)
        other_shells(folder)
    check.end()


if __name__ == "__main__":
    main()
