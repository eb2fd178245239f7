"""The description of the service (OpenAPI 3.1) as generators of clients read it."""

import json
import sys
import urllib.request


def read(source):
    """The document of a file, or of a server's address ending in /openapi.json."""
    if source.startswith(("http://", "https://")):
        with urllib.request.urlopen(source, timeout=60) as reply:
            return json.load(reply)
    with open(source, encoding="utf-8") as file:
        return json.load(file)


class Field:
    """What an operation takes: its name, where it stands, its schema, its words."""

    def __init__(self, name, place, required, schema, text):
        self.name, self.place, self.required, self.schema, self.text = name, place, required, schema, text


class Operation:
    def __init__(self, document, path, method, node):
        self.document, self.path, self.method, self.node = document, path, method.upper(), node
        self.id = node["operationId"]
        self.roles = node.get("x-roles", [])
        self.zh, self.en = node.get("description", ""), node.get("summary", "")
        self.fields = [self._parameter(given) for given in node.get("parameters", [])] + self._body()

    def _parameter(self, given):
        found = resolved(self.document, given)
        text = found.get("description") or found.get("schema", {}).get("description", "")
        return Field(found["name"], found["in"], found.get("required", False), found.get("schema", {}), text)

    def _body(self):
        content = self.node.get("requestBody", {}).get("content", {}).get("application/json")
        schema = resolved(self.document, content["schema"]) if content else {}
        needed = schema.get("required", [])
        return [Field(name, "body", name in needed, given, given.get("description", ""))
                for name, given in schema.get("properties", {}).items()]

    def reply(self):
        """The schema of the answer when all went well."""
        for status, given in self.node.get("responses", {}).items():
            if status.startswith("2"):
                content = resolved(self.document, given).get("content", {}).get("application/json", {})
                return content.get("schema", {})
        return {}

    def is_list(self):
        return any(field.place == "query" and field.name == "after" for field in self.fields)


def resolved(document, node):
    while "$ref" in node:
        found = document
        for key in node["$ref"][2:].split("/"):
            found = found[key]
        node = found
    return node


def is_stream(node):
    """What never ends has no generated method; the runtimes say what they offer for it."""
    return any("text/event-stream" in given.get("content", {}) for given in node.get("responses", {}).values())


def operations(document):
    """All that answer once, by name."""
    found = [Operation(document, path, method, node) for path, methods in document["paths"].items()
             for method, node in methods.items() if "operationId" in node and not is_stream(node)]
    if not found:
        sys.exit("the description holds no operation")
    return sorted(found, key=lambda each: each.id)


def is_file(schema):
    return schema.get("$ref", "").endswith("/FileSent")


def holds_money(schema):
    return any(each.get("$ref", "").endswith("/Money") for each in schema.get("anyOf", []))
