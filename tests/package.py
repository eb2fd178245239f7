"""The Debian package: made, taken apart, complete, and its program run from where it was unpacked; the unit as systemd sees it."""

import gzip
import os
import re
import shutil
import subprocess

from _anlan import BIN, SOURCE, Check, Folder, anlan

check = Check("package")


def run(*words, **options):
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **options)
    if done.returncode != 0:
        check.that(False, "%s: %d %s" % (" ".join(words), done.returncode, done.stderr.decode()[-500:]))
    return done.stdout.decode()


def package(folder):
    path = run("bash", os.path.join(SOURCE, "tools", "deb.sh"), BIN, folder).strip()
    size = os.path.getsize(path)
    print("package: %s, %.1f MB" % (os.path.basename(path), size / 1e6))
    check.that(size < 20e6, "it is not larger than 20 MB")
    fields = dict(line.split(": ", 1) for line in run("dpkg-deb", "--field", path).splitlines() if re.match(r"[A-Z][\w-]*: ", line))
    check.equal(fields["Package"], "anlan", "its name")
    check.that("libc6" in fields["Depends"] and "adduser" in fields["Depends"] and "libsqlite3-0" in fields["Depends"],
               "what it needs: " + fields["Depends"])
    again = os.path.join(folder, "again")
    second = run("bash", os.path.join(SOURCE, "tools", "deb.sh"), BIN, again).strip()
    with open(path, "rb") as one, open(second, "rb") as two:
        check.that(one.read() == two.read(), "made again it is the same, byte for byte")
    return path


def unpacked(folder, path):
    root = os.path.join(folder, "root")
    run("dpkg", "-x", path, root)
    listed = run("dpkg-deb", "--contents", path)
    check.that(all(" root/root " in line for line in listed.splitlines()), "all of it belongs to root")
    check.that("house" not in " ".join(os.listdir(root)) and not os.path.exists(os.path.join(root, "var")), "no house, no data")
    program = os.path.join(root, "usr/bin/anlan")
    check.equal(anlan("version", program=program).out, anlan("version").out, "its program runs")
    house = os.path.join(folder, "house")
    check.equal(anlan("demo", program=program, house=house).status, 0, "and does a year of business")
    check.equal(anlan("journal", "verify", program=program, house=house).status, 0, "whose journal verifies")
    words = {each["name"].split()[0] for each in anlan("help", json=True).json()}
    for folder_of in ("usr/share/man/man1", "usr/share/man/zh_CN/man1"):
        pages = set(os.listdir(os.path.join(root, folder_of)))
        check.equal(pages, {"anlan.1.gz"} | {"anlan-%s.1.gz" % word for word in words}, "pages in " + folder_of)
        with gzip.open(os.path.join(root, folder_of, "anlan-claim.1.gz"), "rt", encoding="utf-8") as page:
            check.that(page.read().startswith(".TH ANLAN\\-CLAIM 1 "), "a page is one")
    if shutil.which("man"):
        shown = run("man", "-l", os.path.join(root, "usr/share/man/man1/anlan-doctor.1.gz"),
                    env=dict(os.environ, MANWIDTH="80", LC_ALL="C.UTF-8", MANPAGER="cat"))
        check.that("anlan doctor" in shown, "man shows it")
    for completion in ("usr/share/bash-completion/completions/anlan", "usr/share/zsh/vendor-completions/_anlan",
                       "usr/share/fish/vendor_completions.d/anlan.fish"):
        check.that(os.path.getsize(os.path.join(root, completion)) > 10_000, completion)
    example = os.path.join(root, "usr/share/doc/anlan/examples/serve.toml")
    shown = anlan("serve", "--config", example, "--show-config", program=program, json=True)
    check.equal(shown.status, 0, "the example is a configuration: " + shown.out)
    with open(example, encoding="utf-8") as file:
        text = file.read()
    every = re.sub(r"^#(?=[a-z_]+ = )", "", text, flags=re.M)
    whole = os.path.join(folder, "whole.toml")
    with open(whole, "w", encoding="utf-8") as file:
        file.write(every)
    settings = anlan("serve", "--config", whole, "--show-config", program=program, json=True).json()["settings"]
    check.equal([each["key"] for each in settings if each["source"] != "file"], [], "it names every setting")
    return root


def scripts(folder, path):
    control = os.path.join(folder, "control")
    run("dpkg-deb", "--control", path, control)
    for script in ("postinst", "prerm", "postrm"):
        run("sh", "-n", os.path.join(control, script))
        # Asked for anything but what they are for, they do nothing.
        run("sh", os.path.join(control, script), "abort-upgrade")
    with open(os.path.join(control, "postinst"), encoding="utf-8") as file:
        text = file.read()
    check.that("adduser --system" in text and "anlan init" not in text and "admin create" not in text,
               "postinst makes a user, and no house or account")
    run("md5sum", "--check", "--quiet", os.path.join(control, "md5sums"), cwd=os.path.join(folder, "root"))


def unit(root):
    """The unit as systemd reads it, with the program where it was unpacked."""
    if not shutil.which("systemd-analyze"):
        print("no systemd here: the unit is not examined")
        return
    path = os.path.join(root, "usr/lib/systemd/system/anlan.service")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for label, changed, expected in (("as it is", text, False), ("with a word that is none", text + "[Service]\nProtectNothing=yes\n", True)):
        placed = os.path.join(root, "anlan.service")
        with open(placed, "w", encoding="utf-8") as file:
            file.write(changed.replace("/usr/bin/anlan", os.path.join(root, "usr/bin/anlan")))
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", placed], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              check=False)
        said = [line for line in done.stdout.decode().splitlines() if "anlan.service" in line]
        check.equal(bool(said), expected, "what systemd says of the unit %s: %r" % (label, said))
    done = run("systemd-analyze", "security", "--offline=true", "--no-pager", path)
    found = re.search(r"Overall exposure level for anlan\.service: ([0-9.]+)", done)
    check.that(found and float(found[1]) <= 2.0, "its exposure: " + (found[0] if found else done[-200:]))
    print("package: " + (found[0] if found else "?"))


def main():
    for tool in ("dpkg-deb", "dpkg-shlibdeps"):
        if not shutil.which(tool):
            print("package: no %s here: not made" % tool)
            return
    with Folder() as folder:
        path = package(folder)
        root = unpacked(folder, path)
        scripts(folder, path)
        unit(root)
    check.end()


if __name__ == "__main__":
    main()
