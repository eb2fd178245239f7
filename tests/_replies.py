"""The replies of the program against data/api/replies.toml: a field that is not described there is a failure.

The shape of a reply is a line for each field: its path and its type. "walk[].change money" is a field of each item of
a list, "balances{} money" a value under whatever name, "note? text" may be absent. Types: id prefixes (pol), text,
integer, number, boolean, money, date, instant, digest, any; several are separated by "|"; "null" is one of them. A type
"@name" is a shape of its own.
"""

import functools
import json
import os
import re
import tomllib

SOURCE = os.environ.get("ANLAN_SOURCE_DIR", os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
DIGEST = re.compile(r"[0-9a-f]{64}")
ID = re.compile(r"([a-z]{2,4})_\d+")
MONEY = {"amount", "currency"}


class Shape:
    """What one place may hold: the scalar types, the fields of an object, the shape of an item or of any value."""

    def __init__(self):
        self.types, self.fields, self.optional = set(), {}, set()
        self.item = self.value = None
        self.shared = None

    def field(self, name):
        return self.fields.setdefault(name, Shape())


def steps_of(path):
    """"walk[].change?" as steps: names, "[]" and "{}"."""
    for word in path.split("."):
        name = word.rstrip("?[]{}")
        if name:
            yield ("field", name.replace("~", "."), word[len(name):].startswith("?"))
        for mark in re.findall(r"\[\]|\{\}", word):
            yield (mark, None, False)


def read_shape(text):
    root = Shape()
    for line in text.strip().splitlines():
        path, types = line.split(" ", 1)
        place = root
        for kind, name, optional in steps_of("" if path == "." else path):
            if kind == "[]":
                place.item = place.item or Shape()
                place = place.item
            elif kind == "{}":
                place.value = place.value or Shape()
                place = place.value
            else:
                if optional:
                    place.optional.add(name)
                place = place.field(name)
        for each in types.split("|"):
            if each.startswith("@"):
                place.shared = each[1:]
            else:
                place.types.add(each)
    return root


@functools.cache
def described():
    with open(os.path.join(SOURCE, "data", "api", "replies.toml"), "rb") as file:
        table = tomllib.load(file)
    return ({name: read_shape(text) for name, text in table["reply"].items()},
            {name: read_shape(text) for name, text in table.get("shape", {}).items()})


@functools.cache
def allowed(kind):
    """The function that says whether a scalar is of this type."""
    def text_like(pattern):
        return lambda value: isinstance(value, str) and pattern.fullmatch(value)
    known = {
        "null": lambda value: value is None,
        "boolean": lambda value: isinstance(value, bool),
        "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
        "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
        "text": lambda value: isinstance(value, str),
        "date": text_like(DATE), "instant": text_like(INSTANT), "digest": text_like(DIGEST),
        "money": lambda value: isinstance(value, dict) and set(value) == MONEY and isinstance(value["amount"], int),
        "any": lambda value: True,
    }
    return known.get(kind) or text_like(re.compile(kind + r"_\d+"))


def faults(shape, value, path=""):
    """What of `value` the shape does not describe."""
    if any(allowed(kind)(value) for kind in shape.types):
        return []
    if shape.shared:
        return faults(described()[1][shape.shared], value, path)
    if isinstance(value, list) and shape.item:
        return [fault for number, each in enumerate(value) for fault in faults(shape.item, each, "%s[%d]" % (path, number))]
    if isinstance(value, dict) and shape.value:
        return [fault for name, each in value.items() for fault in faults(shape.value, each, "%s{%s}" % (path, name))]
    if isinstance(value, dict) and shape.fields:
        found = ["%s.%s is missing" % (path, name) for name in shape.fields if name not in value and name not in shape.optional]
        for name, each in value.items():
            if name in shape.fields:
                found += faults(shape.fields[name], each, path + "." + name)
            else:
                found.append("%s.%s is not described" % (path, name))
        return found
    return ["%s is no %s: %s" % (path or "the reply", "|".join(sorted(shape.types)) or "such value", json.dumps(value)[:120])]


def operation_of(words, names):
    words = [word for word in map(str, words)]
    for count in (3, 2, 1):
        name = " ".join(words[:count])
        if name in names:
            return name
    return None


def check_reply(words, reply):
    """Stops the test when a reply of these words is not as it is described; errors have one shape for all."""
    folder = os.environ.get("ANLAN_RECORD_REPLIES")
    if folder:
        with open(os.path.join(folder, "%d.jsonl" % os.getpid()), "a", encoding="utf-8") as file:
            file.write(json.dumps({"words": [str(word) for word in words[:4]], "reply": reply}) + "\n")
        return
    name = operation_of(words, described()[0])
    if name is None or (isinstance(reply, dict) and ("error" in reply or reply.get("dry_run") is True)):
        return  # of a dry run the events are shown, whatever the command
    found = faults(described()[0][name], reply)
    if found:
        raise SystemExit("FAILED: the reply of \"%s\" is not that of data/api/replies.toml:\n  %s" % (name, "\n  ".join(found[:12])))
