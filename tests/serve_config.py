"""Settings of a server: flag before environment before file; what is wrong is refused with its place; nothing is served."""

import json
import os
import subprocess

from _anlan import BIN, Check, Folder, anlan, must, small_house
from _http import PASSWORD

check = Check("serve_config")


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def shown(*words, **variables):
    return {each["key"]: (each["value"], each["source"])
            for each in must("serve", *words, "--show-config", json=True, env=variables).json()["settings"]}


def sources(folder):
    file = write(os.path.join(folder, "serve.toml"), 'houses = ["one", "two"]\naccounts = "a.db"\nport = 1\nworkers = 3\n')
    usual = {"houses": ("", "usual"), "accounts": ("", "usual"), "address": ("127.0.0.1", "usual"), "port": ("8420", "usual"),
             "certificate": ("", "usual"), "private_key": ("", "usual"), "socket": ("", "usual"), "workers": ("24", "usual"),
             "accounts_key": ("", "usual"), "origin": ("", "usual"), "open_house": ("", "usual"), "backups": ("", "usual"), "proxy": ("", "usual"), "rate_key": ("0", "usual"), "rate_account": ("0", "usual"),
             "streams": ("200", "usual"), "streams_account": ("20", "usual"),
             "webhooks_to_private": ("", "usual"), "webhooks_ca": ("", "usual")}
    check.equal(shown(), usual, "nobody said anything")
    of_file = dict(usual, houses=("one, two", "file"), accounts=("a.db", "file"), port=("1", "file"), workers=("3", "file"))
    check.equal(shown("--config", file), of_file, "the file")
    check.equal(shown(ANLAN_SERVE_CONFIG=file), of_file, "the file, named by the environment")
    environment = {"ANLAN_SERVE_PORT": "2", "ANLAN_SERVE_HOUSES": "three:four", "ANLAN_SERVE_PRIVATE_KEY": "k.pem",
                   "ANLAN_SERVE_WORKERS": ""}
    of_both = dict(of_file, port=("2", "environment"), houses=("three, four", "environment"), private_key=("k.pem", "environment"))
    check.equal(shown("--config", file, **environment), of_both, "the environment before the file; an empty variable says nothing")
    of_all = dict(of_both, port=("3", "flag"), houses=("five", "flag"), accounts=("b.db", "flag"))
    check.equal(shown("five", "--config", file, "--port", "3", "--accounts", "b.db", **environment), of_all, "a flag before both")
    for lang in ("zh", "en"):
        text = must("serve", "--config", file, "--show-config", lang=lang).out
        check.that("one, two" in text and "serve.toml" in text, "for people: " + text)
    every = {key: "x" for key in usual}
    whole = ("port", "workers", "rate_key", "rate_account", "streams", "streams_account")
    every.update({key: "1" for key in whole}, webhooks_to_private="true")
    for key, value in every.items():
        name = "ANLAN_SERVE_" + key.upper()
        check.equal(shown(**{name: value})[key], (value, "environment"), name)
        flag = [value] if key == "houses" else ["--" + key.replace("_", "-")] + ([value] if value != "true" else [])
        check.equal(shown(*flag)[key], (value, "flag"), "as a flag: " + key)
        literal = '["x"]' if key in ("houses", "origin", "proxy") else value if key in whole or value == "true" else '"x"'
        check.equal(shown("--config", write(os.path.join(folder, "one.toml"), "%s = %s\n" % (key, literal)))[key],
                    (value, "file"), "in the file: " + key)


def refused(folder):
    path = os.path.join(folder, "wrong.toml")
    for text, code, line, near in (
            ("port = 1\nprot = 2\n", "unknown_key", 2, "port"), ("privat_key = 'x'\n", "unknown_key", 1, "private_key"),
            ("\n\nport = 'many'\n", "wrong_type", 3, None), ("port = 70000\n", "out_of_range", 1, None),
            ("workers = 1.5\n", "wrong_type", 1, None), ("houses = 'one'\n", "wrong_type", 1, None),
            ("houses = [1]\n", "wrong_type", 1, None), ("accounts = true\n", "wrong_type", 1, None),
            ("port = 1\nport = 2\n", "duplicate_key", 2, None), ("port 1\n", "toml_syntax", 1, None)):
        answer = anlan("serve", "--config", write(path, text), "--show-config", json=True)
        error = answer.error()
        check.equal((answer.status, error["code"]), (2, code), "%r" % text)
        check.that("wrong.toml:%d:" % line in error["en"], "its line: " + error["en"])
        if near:
            told = anlan("serve", "--config", path, "--show-config", lang="en").err
            check.that(near in told and "wrong.toml:%d" % line in told, "the nearest known key: " + told)
    for variables, code, near in (({"ANLAN_SERVE_PROT": "1"}, "variable_unknown", "ANLAN_SERVE_PORT"),
                                  ({"ANLAN_SERVE_PORT": "many"}, "out_of_range", "ANLAN_SERVE_PORT"),
                                  ({"ANLAN_SERVE_WORKERS": "257"}, "out_of_range", "ANLAN_SERVE_WORKERS")):
        check.equal(anlan("serve", "--show-config", json=True, env=variables).error()["code"], code, "%r" % variables)
        told = anlan("serve", "--show-config", lang="en", env=variables).err
        check.that(near in told, "%r: %s" % (variables, told))
    for words, code in ((["--port", "x"], "out_of_range"), (["--prot", "1"], "unknown_option"), (["--port"], "option_without_value"),
                        (["--config", os.path.join(folder, "nowhere.toml")], "file_missing")):
        check.equal(anlan("serve", "--show-config", *words, json=True).error()["code"], code, " ".join(words))
    check.equal(anlan("serve", json=True).error()["code"], "missing_option", "a server without a house and accounts")
    check.equal(anlan("serve", "house", json=True).error()["code"], "missing_option", "a server without accounts")


def served(folder):
    """A server from a file alone serves what the file says."""
    house, accounts = os.path.join(folder, "house"), os.path.join(folder, "accounts.db")
    small_house(house)
    must("admin", "create", "--accounts", accounts, "--login", "admin", "--password-file",
         write(os.path.join(folder, "password"), PASSWORD + "\n"))
    socket = os.path.join(folder, "anlan.sock")
    file = write(os.path.join(folder, "real.toml"), 'houses = ["%s"]\naccounts = "%s"\nport = 0\nsocket = "%s"\nworkers = 2\n'
                 % (house, accounts, socket))
    process = subprocess.Popen([BIN, "serve", "--config", file], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL)
    line = json.loads(process.stdout.readline())
    check.equal(line["houses"], ["test-house"], "the house of the file")
    check.that(os.path.exists(socket), "the socket of the file")
    with open("/proc/%d/limits" % process.pid, encoding="ascii") as limits:
        soft, hard = next(each for each in limits if each.startswith("Max open files")).split()[3:5]
    check.equal(soft, hard, "it may open as many files as it is allowed to")
    process.terminate()
    check.equal(process.wait(timeout=60), 0, "it ends as asked")


def main():
    with Folder() as folder:
        sources(folder)
        refused(folder)
        served(folder)
    check.end()


if __name__ == "__main__":
    main()
