#!/usr/bin/env python3
"""Makes the TypeScript client from the description of the service: generate.py SOURCE OUT

SOURCE is a file or http://SERVER/openapi.json; OUT becomes a folder with operations.ts and client.ts.
"""

import json
import pathlib
import re
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import description  # noqa: E402

OF_THE_CLIENT = {"anlan-house", "anlan-actor", "anlan-at", "idempotency-key"}


def name_of(text):
    return text if re.fullmatch(r"[A-Za-z_$][\w$]*", text) else json.dumps(text)


def type_of(schema):
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1]
    if "const" in schema:
        return json.dumps(schema["const"], ensure_ascii=False)
    if "enum" in schema:
        return " | ".join(json.dumps(each, ensure_ascii=False) for each in schema["enum"])
    for key, between in (("anyOf", " | "), ("oneOf", " | "), ("allOf", " & ")):
        if key in schema:
            return "(%s)" % between.join(dict.fromkeys(type_of(each) for each in schema[key]))
    kind = schema.get("type")
    if isinstance(kind, list):
        return "(%s)" % " | ".join(dict.fromkeys(type_of({**schema, "type": each}) for each in kind))
    if kind == "array":
        return "%s[]" % type_of(schema.get("items", {}))
    if kind == "object":
        return table(schema)
    return {"boolean": "boolean", "integer": "number", "number": "number", "string": "string", "null": "null"}.get(kind, "unknown")


def table(schema):
    properties = schema.get("properties", {})
    if not properties:
        inner = schema.get("additionalProperties")
        return "{ [key: string]: %s }" % (type_of(inner) if isinstance(inner, dict) else "any")
    needed = schema.get("required", [])
    return "{ %s }" % "; ".join("%s%s: %s" % (name_of(key), "" if key in needed else "?", type_of(given)) for key, given in properties.items())


def comment(text, indent):
    return "%s/** %s */" % (indent, text.replace("*/", "* /"))


def of_operation(operation):
    fields = [field for field in operation.fields if field.place != "header" or field.name.lower() not in OF_THE_CLIENT]
    lines = [comment("%s / %s" % (operation.en, operation.zh), "  "), "  %s: {" % operation.id, "    request: {"]
    for field in fields:
        if field.text:
            lines.append(comment(field.text, "      "))
        lines.append("      %s%s: %s;" % (name_of(field.name), "" if field.required else "?", type_of(field.schema)))
    lines += ["    };", "    reply: %s;" % (type_of(operation.reply()) if operation.reply() else "unknown"), "  };"]
    places = {field.name: field.place for field in fields}
    row = "  %s: %s," % (operation.id, json.dumps({"method": operation.method, "path": operation.path, "places": places}))
    return lines, row


def module(document):
    lines = ["// The operations of Anlan %s, made from its description. Do not edit: clients/typescript/generate.py." % document["info"]["version"], ""]
    for name, schema in document["components"]["schemas"].items():
        lines += ["export type %s = %s;" % (name, type_of(schema)), ""]
    types, rows = [], []
    for operation in description.operations(document):
        found, row = of_operation(operation)
        types += found
        rows.append(row)
    lines += ["export interface Operations {", *types, "}", "", "export const operations = {", *rows, "} as const;", ""]
    return "\n".join(lines)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    document = description.read(sys.argv[1])
    out = pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    for name in ("client.ts", "example.ts"):
        shutil.copyfile(HERE / name, out / name)
    (out / "operations.ts").write_text(module(document), encoding="utf-8")
    print("%s: %d operations" % (out, len(description.operations(document))))


if __name__ == "__main__":
    main()
