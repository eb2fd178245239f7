#!/usr/bin/env python3
"""The web application, for cmake/AnlanPages.cmake.

pages.py describe PROGRAM FILE   the description of the service into FILE, which stays untouched when it is the same
pages.py build SOURCE OUT        builds a copy of SOURCE/web in OUT and writes OUT/pages.S and OUT/pages.cpp, which hold
                                 the files of its dist/, plain and by gzip; no files where npm cannot be had
"""

import gzip
import hashlib
import pathlib
import shutil
import subprocess
import sys

LEFT_OUT = shutil.ignore_patterns("node_modules", "dist", "shots", "operations.ts", "words_*.ts", "__pycache__", "e2e")
# The versions of the lock file. Not "npm ci": it insists on the packages of every other platform as well, which a
# registry need not have.
NPM = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=2", "--fetch-timeout=60000"]


def describe(program, file):
    text = subprocess.run([program, "help", "--openapi"], check=True, capture_output=True).stdout
    path = pathlib.Path(file)
    if not path.exists() or path.read_bytes() != text:
        path.write_bytes(text)


def copy_sources(source, out):
    """A tree of its own, so that nothing is made in the source: web, and what its tools read beside it."""
    web = out / "web"
    for old in web.glob("*") if web.exists() else []:
        if old.name == "node_modules":
            continue
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    shutil.copytree(source / "web", web, ignore=LEFT_OUT, dirs_exist_ok=True)
    for name in ("clients", "data"):
        link = out / name
        if not link.is_symlink():
            link.symlink_to(source / name)
    return web


def install(web):
    """The packages of the lock file; false where they cannot be had."""
    wanted = hashlib.sha256((web / "package-lock.json").read_bytes()).hexdigest()
    mark = web / "node_modules" / ".anlan-lock"
    if mark.exists() and mark.read_text() == wanted:
        return True
    if not shutil.which("npm"):
        print("pages: npm is missing; the program is built without its pages")
        return False
    done = subprocess.run(NPM, cwd=web, capture_output=True, text=True)
    if done.returncode:
        print("pages: npm could not install the packages; the program is built without its pages\n" + done.stderr[-500:])
        return False
    mark.write_text(wanted)
    return True


def step(web, *words):
    done = subprocess.run(words, cwd=web, capture_output=True, text=True)
    if done.returncode:
        sys.exit("pages: %s\n%s%s" % (" ".join(words), done.stdout, done.stderr))


def embed(files, out):
    """As cmake/AnlanData.cmake does with data/: the assembler reads the bytes."""
    assembly, declarations, rows = ["  .section .rodata"], [], []
    squeezed = out / "squeezed"
    shutil.rmtree(squeezed, ignore_errors=True)
    squeezed.mkdir(parents=True)
    for number, (name, file) in enumerate(files):
        short = squeezed / str(number)
        packed = gzip.compress(file.read_bytes(), 9, mtime=0)
        short.write_bytes(packed if len(packed) < file.stat().st_size else b"")
        for label, path in (("page_%d" % number, file), ("page_%d_squeezed" % number, short)):
            assembly += [".balign 16", ".globl anlan_%s" % label, "anlan_%s:" % label, '.incbin "%s"' % path,
                         ".globl anlan_%s_end" % label, "anlan_%s_end:" % label, ".byte 0"]
            declarations += ["extern const std::byte anlan_%s[];" % label, "extern const std::byte anlan_%s_end[];" % label]
        rows.append('      {"/%s", {anlan_page_%d, anlan_page_%d_end}, {anlan_page_%d_squeezed, anlan_page_%d_squeezed_end}},'
                    % (name, number, number, number, number))
    assembly += ['  .section .note.GNU-stack,"",%progbits', ""]
    body = ["  static const PageFile kFiles[] = {", *rows, "  };", "  return kFiles;"] if rows else ["  return {};"]
    (out / "pages.S").write_text("\n".join(assembly))
    (out / "pages.cpp").write_text("\n".join(
        ['#include "api/pages.h"', "", 'extern "C" {', *declarations, "}", "", "namespace anlan::api {", "",
         "std::span<const PageFile> built_pages() {", *body, "}", "", "}  // namespace anlan::api", ""]))


def build(source, out):
    source, out = pathlib.Path(source).resolve(), pathlib.Path(out).resolve()
    web = copy_sources(source, out)
    files = []
    if install(web):
        step(web, "python3", "-B", "tools/words.py")
        step(web, "python3", "-B", "tools/operations.py", str(out / "openapi.json"))
        step(web, "npm", "run", "build")
        dist = web / "dist"
        files = sorted((path.relative_to(dist).as_posix(), path) for path in dist.rglob("*") if path.is_file())
    embed(files, out)


if __name__ == "__main__":
    {"describe": describe, "build": build}[sys.argv[1]](*sys.argv[2:])
