#!/usr/bin/env python3
"""Makes the Python client from the description of the service: generate.py SOURCE OUT

SOURCE is a file or http://SERVER/openapi.json; OUT becomes a folder that holds the package anlan_client.
"""

import keyword
import pathlib
import pprint
import shutil
import sys
import textwrap

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import description  # noqa: E402

OF_THE_CLIENT = {"anlan-house", "anlan-actor", "anlan-at", "idempotency-key"}
TAKEN = {"self", "key", "at", "path", "query", "body", "headers"}


def python_name(name):
    plain = name.lower().replace("-", "_").replace(".", "_").replace(" ", "_")
    return plain + "_" if keyword.iskeyword(plain) or plain in TAKEN else plain


def type_of(schema):
    """The annotation of what is given."""
    if description.is_file(schema):
        return "FileSent"
    if description.holds_money(schema):
        return "Value"
    if schema.get("type") == "array":
        return "Sequence[%s]" % type_of(schema.get("items", {}))
    if "enum" in schema and all(isinstance(each, str) for each in schema["enum"]):
        return "Literal[%s]" % ", ".join(repr(each) for each in schema["enum"])
    return {"boolean": "bool", "integer": "int", "number": "Union[int, str]", "string": "str"}.get(schema.get("type"), "Any")


class Shapes:
    """The shapes of replies as TypedDicts, each under a name of its own."""

    def __init__(self, document):
        self.document, self.lines, self.known = document, [], {}

    def type_of(self, schema, name):
        if "$ref" in schema:
            called = schema["$ref"].rsplit("/", 1)[1]
            if called == "Money":
                return "Money"
            return self.table(description.resolved(self.document, schema), "".join(part.capitalize() for part in called.split("_"))
                              if "_" in called else called)
        if "anyOf" in schema or "oneOf" in schema:
            kinds = [self.type_of(each, "%s%d" % (name, at)) for at, each in enumerate(schema.get("anyOf") or schema["oneOf"])]
            return "Union[%s]" % ", ".join(dict.fromkeys(kinds))
        kind = schema.get("type")
        if isinstance(kind, list):
            return "Union[%s]" % ", ".join(dict.fromkeys(self.type_of({**schema, "type": each}, name) for each in kind))
        if kind == "object":
            return self.table(schema, name)
        if kind == "array":
            return "List[%s]" % self.type_of(schema.get("items", {}), name + "Item")
        return {"boolean": "bool", "integer": "int", "number": "float", "string": "str", "null": "None"}.get(kind, "Any")

    def table(self, schema, name):
        properties = schema.get("properties")
        if not properties:
            inner = schema.get("additionalProperties")
            return "Dict[str, %s]" % (self.type_of(inner, name + "Value") if isinstance(inner, dict) else "Any")
        if set(properties) == {"amount", "currency"}:
            return "Money"
        if set(properties) == {"name", "base64"}:
            return "File"
        if id(schema) in self.known:
            return repr(self.known[id(schema)])
        self.known[id(schema)] = name
        needed = schema.get("required", [])
        fields = {key: self.type_of(given, name + "".join(part.capitalize() for part in key.replace("-", "_").split("_")))
                  for key, given in properties.items()}
        rows = ["    %r: %s," % (key, kind if key in needed else "NotRequired[%s]" % kind) for key, kind in fields.items()]
        self.lines += ["%s = TypedDict(%r, {" % (name, name), *rows, "})", ""]
        return name


def signature(operation):
    """(arguments in order with their annotation and default, fields by argument)."""
    fields = [field for field in operation.fields if field.place != "header" or field.name.lower() not in OF_THE_CLIENT]
    in_path = [field for field in fields if field.place == "path"]
    needed = [field for field in fields if field.place != "path" and field.required]
    free = [field for field in fields if field.place != "path" and not field.required]
    parts = ["self"] + ["%s: str" % python_name(field.name) for field in in_path]
    parts += ["*"] + ["%s: %s" % (python_name(field.name), type_of(field.schema)) for field in needed]
    parts += ["%s: Optional[%s] = None" % (python_name(field.name), type_of(field.schema)) for field in free]
    if operation.method == "POST":
        parts.append("key: Optional[str] = None")
    parts.append("at: Optional[str] = None")
    return parts, fields


def docstring(operation, fields):
    lines = ["%s / %s" % (operation.en, operation.zh), "", "%s %s" % (operation.method, operation.path)]
    lines.append("Roles: " + ", ".join(operation.roles) if operation.roles else "Reads only.")
    for field in fields:
        lines.append("%s: %s" % (python_name(field.name), field.text or field.name))
    if operation.method == "POST":
        lines.append("key: kept over repetitions; one is made for each call that gives none")
    lines.append("at: the clock of a sandbox house for this call")
    return "\n".join(lines).replace("\\", "\\\\").replace('"""', "'''")


def passed(fields, place):
    return "{%s}" % ", ".join("%r: %s" % (field.name, python_name(field.name)) for field in fields if field.place == place)


def method(operation, shapes):
    parts, fields = signature(operation)
    path = next((python_name(field.name) for field in fields if field.place == "path"), None)
    name = python_name(operation.id)
    shape = shapes.type_of(operation.reply(), "".join(part.capitalize() for part in operation.id.split("_")) + "Reply")
    returns = "Pages" if operation.is_list() else shape
    key = "key" if operation.method == "POST" else "None"
    body = passed(fields, "body") if operation.method == "POST" else "None"
    call = "self.call(%r, %r, %s, %%s, %s, %s, %s, at)" % (operation.method, operation.path, path, body, passed(fields, "header"), key)
    lines = ["def %s(%s) -> %s:" % (name, ", ".join(parts), returns), textwrap.indent('"""%s\n"""' % docstring(operation, fields), "    ")]
    query = passed(fields, "query")
    if operation.is_list():
        lines.append("    given: Dict[str, Any] = %s" % query)
        lines.append("    return Pages(lambda behind: %s, after)" % (call % "{**given, 'after': behind}"))
    else:
        lines.append("    return %s" % (call % query))
    return textwrap.indent("\n".join(lines), "    ")


def module(document):
    shapes = Shapes(document)
    methods = [method(each, shapes) for each in description.operations(document)]
    table = {each.id: {"method": each.method, "path": each.path, "roles": each.roles} for each in description.operations(document)}
    head = ['"""The operations of Anlan %s, made from its description. Do not edit: clients/python/generate.py."""' % document["info"]["version"],
            "# pylint: skip-file", "# flake8: noqa", "",
            "from typing import Any, Dict, List, Literal, Optional, Sequence, TypedDict, Union", "",
            "try:", "    from typing import NotRequired", "except ImportError:  # before Python 3.11 annotations of replies say less",
            "    NotRequired = Optional", "",
            "from .runtime import File, FileSent, Money, Pages, Transport, Value", "", "",
            "OPERATIONS = %s" % pprint.pformat(table, width=140, sort_dicts=False), "", ""]
    body = ["", "class Client(Transport):", '    """Every operation as a method; what they rest on is in runtime.py."""', "", "\n\n".join(methods), ""]
    return "\n".join(head + shapes.lines + body)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    document = description.read(sys.argv[1])
    package = pathlib.Path(sys.argv[2]) / "anlan_client"
    package.mkdir(parents=True, exist_ok=True)
    for name in ("__init__.py", "runtime.py"):
        shutil.copyfile(HERE / "package" / name, package / name)
    (package / "operations.py").write_text(module(document), encoding="utf-8")
    print("%s: %d operations" % (package, len(description.operations(document))))


if __name__ == "__main__":
    main()
