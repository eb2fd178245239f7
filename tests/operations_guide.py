"""The commands of docs/OPERATIONS.md and its translation, run as they stand there, in folders and at a port of their own."""

import json
import os
import re
import socket
import subprocess

from _anlan import BIN, SOURCE, Check, Folder, must

check = Check("operations_guide")
PAGES = ("OPERATIONS.md", "OPERATIONS.zh-CN.md")


def blocks(name, kind):
    with open(os.path.join(SOURCE, "docs", name), encoding="utf-8") as file:
        return re.findall(r"^```%s\n(.*?)^```$" % kind, file.read(), re.M | re.S)


def placed(text, folder, ports):
    for place in ("/var/lib/anlan", "/etc/anlan"):
        text = text.replace(place, folder + place)
    for usual, port in ports.items():
        text = text.replace(usual, str(port))
    return text


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(name):
    with Folder() as folder:
        for place in ("var/lib/anlan", "etc/anlan"):
            os.makedirs(os.path.join(folder, place), mode=0o700)
        script = placed("\n".join(blocks(name, "sh")), folder, {"8420": free_port(), "8421": free_port()})
        path = os.path.join(folder, "guide.sh")
        with open(path, "w", encoding="utf-8") as file:
            # The service goes with the script, however that ends.
            file.write("set -eu\nset -m\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n" + script)
        done = subprocess.run(["bash", "-x", path], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=300, check=False,
                              env=dict(os.environ, PATH=os.path.dirname(BIN) + ":" + os.environ["PATH"], LC_ALL="C.UTF-8"))
        said = done.stderr.decode()
        check.equal(done.returncode, 0, "%s: %s" % (name, said[-1500:]))
        ran = [line for line in said.splitlines() if re.match(r"\++ (\w+=\S+ )?anlan ", line)]
        check.that(len(ran) >= 20, "%s: its commands were run: %d" % (name, len(ran)))
        restored = must("journal", "verify", os.path.join(folder, "var/lib/anlan/restored"), json=True).json()
        live = must("journal", "verify", os.path.join(folder, "var/lib/anlan/house"), json=True).json()
        check.equal(restored["chain"], live["chain"], "what was restored is what was there")
        with open(os.path.join(folder, "var/lib/anlan/log"), encoding="utf-8") as log:
            paths = [json.loads(line)["path"] for line in log]
        check.equal(paths, ["/health", "/ready", "/metrics", "/command"], "what the service was asked, at last by a command beside it")
    return len(ran)


def main():
    check.equal(blocks(PAGES[0], "sh"), blocks(PAGES[1], "sh"), "both languages have the same commands")
    check.equal(blocks(PAGES[0], "console"), blocks(PAGES[1], "console"), "and the same that need a machine")
    names = [each["name"] for each in must("help", json=True).json()]
    for block in blocks(PAGES[0], "console"):
        for command in re.findall(r"\banlan (?!anlan)([a-z]+)", block):
            check.that(any(name.split()[0] == command for name in names), "a command in a console: " + command)
    print("operations_guide: %d commands of %s, %d of %s" % (run(PAGES[0]), PAGES[0], run(PAGES[1]), PAGES[1]))
    check.end()


if __name__ == "__main__":
    main()
