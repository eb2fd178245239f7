#!/usr/bin/env python3
"""Writes data/api/replies.toml from replies that tests recorded: what a new field or operation needs, to be read before
it is committed.

Usage: ANLAN_RECORD_REPLIES=FOLDER ctest ...; tools/replies.py FOLDER [--fresh]
Without --fresh the shapes of now are kept and what was recorded is added to them.
"""

import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from _replies import DATE, DIGEST, ID, INSTANT, MONEY, Shape, described, operation_of  # noqa: E402

PLAIN = re.compile(r"[a-z][a-z0-9_]*")
SHARED_MIN = 7  # fields of a shape that is worth a name of its own


def kind_of(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    for name, pattern in (("date", DATE), ("instant", INSTANT), ("digest", DIGEST)):
        if pattern.fullmatch(value):
            return name
    known = ID.fullmatch(value)
    return known.group(1) if known else "text"


def learn(shape, value):
    if isinstance(value, dict) and set(value) == MONEY:
        shape.types.add("money")
    elif isinstance(value, dict):
        seen = getattr(shape, "seen", 0)
        shape.seen = seen + 1
        if shape.value or any(not PLAIN.fullmatch(name) for name in value):
            shape.value = shape.value or Shape()
            for old in shape.fields.values():
                merge(shape.value, old)
            shape.fields, shape.optional = {}, set()
            for each in value.values():
                learn(shape.value, each)
            return
        for name in value:
            if seen and name not in shape.fields:
                shape.optional.add(name)
        shape.optional |= set(shape.fields) - set(value)
        for name, each in value.items():
            learn(shape.field(name), each)
    elif isinstance(value, list):
        shape.item = shape.item or Shape()
        for each in value:
            learn(shape.item, each)
    else:
        shape.types.add(kind_of(value))


def merge(into, other):
    into.types |= other.types
    for name, each in other.fields.items():
        merge(into.field(name), each)
    into.optional |= other.optional
    for place in ("item", "value"):
        if getattr(other, place):
            if not getattr(into, place):
                setattr(into, place, Shape())
            merge(getattr(into, place), getattr(other, place))


def tidy(types):
    """What differs only by how a text happened to look is a text."""
    types = set(types)
    if types == {"null"}:
        return {"any"}  # what else it may be, nobody has seen
    if "number" in types:
        types.discard("integer")
    if "text" in types:
        types -= {each for each in types if each not in ("text", "null", "boolean", "integer", "number", "money", "any")}
    return types


def lines_of(shape, path=""):
    types = tidy(shape.types)
    if shape.shared:
        types.add("@" + shape.shared)
    nothing = not (types or shape.fields or shape.item or shape.value)
    if nothing:
        types = {"any"}
    out = ["%s %s" % (path or ".", "|".join(sorted(types)))] if types else []
    if shape.shared:
        return out
    for name, each in shape.fields.items():
        mark = "?" if name in shape.optional else ""
        out += lines_of(each, (path + "." if path else "") + name + mark)
    if shape.item:
        out += lines_of(shape.item, path + "[]")
    if shape.value:
        out += lines_of(shape.value, path + "{}")
    return out


def places(shape, path=""):
    yield path, shape
    for name, each in shape.fields.items():
        yield from places(each, path + "." + name)
    for each in (shape.item, shape.value):
        if each:
            yield from places(each, path)


def share(replies):
    """Objects of the same fields in several places become one shape."""
    shared = {}
    while True:
        by_text = {}
        for name, root in [*replies.items(), *shared.items()]:
            for path, shape in places(root):
                if shape.fields and not shape.shared and not (name in shared and path == ""):
                    text = "\n".join(lines_of(shape))
                    if text.count("\n") + 1 >= SHARED_MIN:
                        by_text.setdefault(text, []).append((path.rsplit(".", 1)[-1] or name.split()[0], shape))
        often = {text: found for text, found in by_text.items() if len(found) > 1}
        if not often:
            return shared
        text = max(often, key=lambda each: (each.count("\n"), each))
        name = base = re.sub(r"[^a-z]", "_", often[text][0][0]) or "part"
        number = 2
        while name in shared:
            name, number = "%s_%d" % (base, number), number + 1
        copy = Shape()
        merge(copy, often[text][0][1])
        copy_shared(copy, often[text][0][1])
        shared[name] = copy
        for _, shape in often[text]:
            shape.fields, shape.optional, shape.shared = {}, set(), name


def copy_shared(into, other):
    into.shared = other.shared
    for name, each in other.fields.items():
        copy_shared(into.fields[name], each)
    for place in ("item", "value"):
        if getattr(other, place):
            copy_shared(getattr(into, place), getattr(other, place))


def expand(shape, shapes):
    """Puts the shared shapes where they are named, whatever is shared within them too."""
    while shape.shared:
        part, shape.shared = shapes[shape.shared], None
        merge(shape, part)
        copy_shared(shape, part)
    shape.seen = 1
    for each in (*shape.fields.values(), shape.item, shape.value):
        if each:
            expand(each, shapes)


def operations():
    done = subprocess.run([os.path.join(ROOT, "build", "bin", "anlan"), "help", "--json"], capture_output=True, check=True)
    return {each["name"] for each in json.loads(done.stdout)}


def main():
    folder, fresh = sys.argv[1], "--fresh" in sys.argv
    names = operations()
    replies = {}
    if not fresh:
        replies, shapes = described()
        for root in replies.values():
            expand(root, shapes)
    for file in sorted(os.listdir(folder)):
        with open(os.path.join(folder, file), encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                name = operation_of(row["words"], names)
                if name and not (isinstance(row["reply"], dict) and ("error" in row["reply"] or row["reply"].get("dry_run"))):
                    learn(replies.setdefault(name, Shape()), row["reply"])
    shared = share(replies)
    with open(os.path.join(ROOT, "data", "api", "replies.toml"), "w", encoding="utf-8") as out:
        out.write(HEAD)
        for table, roots in (("shape", shared), ("reply", replies)):
            out.write("\n[%s]\n" % table)
            for name in sorted(roots):
                out.write("\n\"%s\" = '''\n%s\n'''\n" % (name, "\n".join(lines_of(roots[name]))))
    missing = sorted(names - set(replies))
    print("%d replies, %d shapes; no reply was recorded of: %s" % (len(replies), len(shared), ", ".join(missing) or "none"))


HEAD = """# What an operation replies: a line for each field, its path and its type. tests/_replies.py says what the words mean and
# holds every reply of every test against it; /openapi.json is made of it. tools/replies.py adds what tests recorded.
"""

if __name__ == "__main__":
    main()
