"""MCP: the operations as tools, by a strict client, over HTTP and on standard input; who may use which, as over HTTP."""

import http.client
import json
import os
import subprocess

from _anlan import BIN, Check, Folder, must, small_house
from _http import Server

check = Check("http_mcp")
HOUSE = "test-house"
AT = "2026-03-01T10:%02d:00+08:00"
LATEST = "2025-06-18"


class Protocol(Exception):
    pass


def checked(reply, identity):
    """One message of JSON-RPC 2.0 that answers this request."""
    if set(reply) - {"jsonrpc", "id", "result", "error"} or reply.get("jsonrpc") != "2.0":
        raise Protocol("no reply of JSON-RPC 2.0: %r" % (reply,))
    if reply.get("id") != identity or type(reply["id"]) is not type(identity):
        raise Protocol("another id: %r for %r" % (reply.get("id"), identity))
    if ("result" in reply) == ("error" in reply):
        raise Protocol("result or error, one of both: %r" % (reply,))
    if "error" in reply and not (isinstance(reply["error"]["code"], int) and isinstance(reply["error"]["message"], str)):
        raise Protocol("no error: %r" % (reply,))
    return reply


class Overheard:
    """Over HTTP: each message is a POST; a notification is answered with 202 and nothing."""

    def __init__(self, server, token):
        self.server, self.token, self.version = server, token, None

    def raw(self, body, headers=None):
        fields = {"Authorization": "Bearer " + self.token, "Content-Type": "application/json",
                  "Accept": "application/json, text/event-stream", "Accept-Language": "en", **(headers or {})}
        if self.version:
            fields.setdefault("MCP-Protocol-Version", self.version)
        return self.server.send("POST", "/mcp", body, fields)

    def say(self, message):
        status, reply, headers = self.raw(json.dumps(message).encode())
        if "id" not in message:
            if (status, reply) != (202, None):
                raise Protocol("a notification is answered: %r %r" % (status, reply))
            return None
        if not headers["content-type"].startswith("application/json"):
            raise Protocol("no JSON: %r" % headers)
        return reply

    def close(self):
        pass


class Typed:
    """On standard input and output: one message a line, nothing else."""

    def __init__(self, words, environment=None):
        self.process = subprocess.Popen([BIN, "mcp", "--lang", "en", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, env={**os.environ, **(environment or {})})

    def line(self, data):
        self.process.stdin.write(data + b"\n")
        self.process.stdin.flush()
        found = self.process.stdout.readline()
        if not found:
            raise Protocol("it ended: " + self.process.stderr.read().decode())
        return json.loads(found)

    def say(self, message):
        data = json.dumps(message).encode()
        if "id" not in message:
            self.process.stdin.write(data + b"\n")
            return None  # whatever came would be read as the next reply, and its id would be another
        return self.line(data)

    def close(self):
        self.process.stdin.close()
        rest = self.process.stdout.read()
        check.equal((self.process.wait(timeout=60), rest), (0, b""), "it ends with its input")


class Client:
    def __init__(self, wire):
        self.wire, self.next = wire, 0

    def ask(self, method, params=None):
        self.next += 1
        identity = self.next if self.next % 2 else "request-%d" % self.next
        message = {"jsonrpc": "2.0", "id": identity, "method": method, **({} if params is None else {"params": params})}
        return checked(self.wire.say(message), identity)

    def result(self, method, params=None):
        reply = self.ask(method, params)
        if "error" in reply:
            raise Protocol("%s: %r" % (method, reply["error"]))
        return reply["result"]

    def open(self):
        found = self.result("initialize", {"protocolVersion": LATEST, "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}})
        if found["protocolVersion"] != LATEST or not {"tools", "resources"} <= set(found["capabilities"]):
            raise Protocol("initialize: %r" % found)
        check.that(found["serverInfo"]["name"] == "anlan" and found["instructions"], "who it is")
        if isinstance(self.wire, Overheard):
            self.wire.version = LATEST
        self.wire.say({"jsonrpc": "2.0", "method": "notifications/initialized"})
        return self

    def tools(self):
        found = self.result("tools/list")
        if set(found) != {"tools"}:
            raise Protocol("tools/list: %r" % list(found))
        return found["tools"]

    def call(self, name, **arguments):
        """(isError, what the operation says)."""
        found = self.result("tools/call", {"name": name, "arguments": {key.replace("_", "-"): value for key, value in arguments.items()}})
        text = "".join(part["text"] for part in found["content"])
        if any(part["type"] != "text" for part in found["content"]):
            raise Protocol("content: %r" % found["content"])
        if "structuredContent" in found and found["structuredContent"] != json.loads(text):
            raise Protocol("the text says something else than the structure")
        return found["isError"], json.loads(text)


def whole(schema, inside=None):
    """A schema that stands alone: what it names is in it."""
    inside = schema if inside is None else inside
    if isinstance(schema, dict):
        reference = schema.get("$ref")
        if reference is not None:
            node = inside
            for key in reference.removeprefix("#/").split("/"):
                node = node[key]
        return all(whole(each, inside) for each in schema.values())
    return all(whole(each, inside) for each in schema) if isinstance(schema, list) else True


# What every tool must say of itself; and which of those that write take something away.
def described(tools):
    for tool in tools:
        check.that(set(tool) == {"name", "title", "description", "inputSchema", "annotations"}, "fields of " + tool["name"])
        check.that(0 < len(tool["name"]) <= 64 and tool["name"].replace("_", "").isalnum() and tool["name"].isascii(), "name " + tool["name"])
        check.that(" / " in tool["description"] and tool["description"].isascii() is False, "both languages: " + tool["name"])
        schema = tool["inputSchema"]
        check.that(schema["type"] == "object" and schema["additionalProperties"] is False and
                   set(schema.get("required", [])) <= set(schema["properties"]), "schema of " + tool["name"])
        check.that(whole(schema), "the schema of %s stands alone" % tool["name"])
    hints = {tool["name"]: tool["annotations"] for tool in tools}
    for name, hint in hints.items():
        check.that(not (hint["readOnlyHint"] and hint["destructiveHint"]), "hints of " + name)
    return hints


def allowed(server, token):
    """The operations of the description that this key may use, as the service says itself over HTTP."""
    found = set()
    for path, methods in server.paths.items():
        for method, node in methods.items():
            streams = any("text/event-stream" in each.get("content", {}) for each in node["responses"].values())
            if "operationId" not in node or streams:
                continue
            filled = path
            while "{" in filled:
                filled = filled[:filled.index("{")] + "xxx_99999" + filled[filled.index("}") + 1:]
            headers = {"Authorization": "Bearer " + token, "Anlan-At": AT % 0}
            status, reply, _ = server.send(method.upper(), filled, {} if method == "post" else None, headers)
            code = reply.get("error", {}).get("code") if isinstance(reply, dict) else None
            if code not in ("role_missing", "scope_missing"):
                found.add(node["operationId"])
    return found


def by_role(server, people):
    """A role that may not is told so only when its request is whole: then the table of roles decides, as the house does."""
    roles = {name: role for name, role in people}
    for name, role in roles.items():
        tools = {tool["name"] for tool in Client(Overheard(server, server.tokens[(HOUSE, name)])).open().tools()}
        reached = allowed(server, server.tokens[(HOUSE, name)])
        wanted = {node["operationId"] for methods in server.paths.values() for node in methods.values()
                  if "operationId" in node and node["operationId"] in reached and "x-roles" in node and (not node["x-roles"] or role in node["x-roles"])}
        check.equal(sorted(tools ^ wanted), [], "the tools of a %s are the operations that it may use" % role)
    reader = {tool["name"] for tool in Client(Overheard(server, server.reader)).open().tools()}
    writing = {node["operationId"] for methods in server.paths.values() for node in methods.values() if node.get("x-roles")}
    check.that(reader and not reader & writing, "a key that reads has no tool that writes: %r" % sorted(reader & writing))


def business(client, company, start):
    """From a quote to a refusal by tools alone."""
    failed, quote = client.call("quote_issue", enterprise=company, product="ningbo-2023-a", **{"from": "2026-04-0%d" % start},
                                anlan_at=AT % start, idempotency_key="tool-%d" % start)
    check.equal(failed, False, "a quote: %r" % (quote,))
    check.equal(quote["premium"], {"amount": 280000, "currency": "CNY"}, "its premium")
    failed, again = client.call("quote_issue", enterprise=company, product="ningbo-2023-a", **{"from": "2026-04-0%d" % start},
                                anlan_at=AT % start, idempotency_key="tool-%d" % start)
    check.equal((failed, again["id"], again["repeated"]), (False, quote["id"], True), "the same key, the same answer")
    failed, rows = client.call("quote_list", limit=1)
    check.that(not failed and len(rows["items"]) == 1, "a page of one: %r" % (rows,))
    check.equal(client.call("quote_show", quote=quote["id"])[1]["id"], quote["id"], "a view with its subject in the path")
    for arguments, code in (({"quote": "quo_99999"}, "not_found"), ({"quote": quote["id"] + "/walk"}, "body_value"), ({}, "body_value")):
        failed, refused = client.call("quote_show", **arguments)
        check.equal((failed, refused["error"]["code"]), (True, code), "quote_show %r" % arguments)
    failed, refused = client.call("policy_bind", quote=quote["id"])
    check.equal((failed, refused["error"]["code"]), (True, "role_missing"), "a broker does not bind, whatever it calls")
    check.that(refused["error"]["fix"] and refused["error"]["zh"] != refused["error"]["en"], "an error is whole")
    failed, refused = client.call("quote_issue", enterprise=company, nothing="x")
    check.equal((failed, refused["error"]["code"]), (True, "unknown_option"), "an argument that nobody knows")
    listed = client.result("resources/list")["resources"]
    check.that(listed and all(each["uri"].startswith("anlan://wording/") for each in listed), "wordings: %r" % listed[:2])
    text = client.result("resources/read", {"uri": listed[0]["uri"]})["contents"][0]
    check.that(json.loads(text["text"])["clauses"], "a wording with its clauses")
    check.equal(client.ask("resources/read", {"uri": "anlan://wording/../policy"})["error"]["code"], -32002, "no such wording")
    check.equal(client.result("resources/templates/list"), {"resourceTemplates": []}, "no templates")
    check.equal(client.result("ping"), {}, "ping")
    for method, params, code in (("tools/nothing", None, -32601), ("tools/call", {"name": "nothing"}, -32602), ("tools/call", None, -32602),
                                 ("initialize", {}, -32602), ("tools/list", {"cursor": "x"}, -32602), ("tools/call", [], -32602)):
        check.equal(client.ask(method, params)["error"]["code"], code, "%s %r" % (method, params))


MALFORMED = ((b"{", -32700), (b"\xff\xfe", -32700), (b"[]", -32600), (b'[{"jsonrpc":"2.0","id":1,"method":"ping"}]', -32600),
             (b'{"jsonrpc":"1.0","id":1,"method":"ping"}', -32600), (b'{"id":1,"method":"ping"}', -32600), (b'"ping"', -32600),
             (b'{"jsonrpc":"2.0","id":{},"method":"ping"}', -32600), (b'{"jsonrpc":"2.0","id":null,"method":"ping"}', -32600),
             (b'{"jsonrpc":"2.0","id":1}', -32600), (b"[" * 5000 + b"]" * 5000, -32700))


def hostile(server, token, typed):
    wire = Overheard(server, token)
    for body, code in MALFORMED:
        status, reply, _ = wire.raw(body)
        check.equal((status, reply["error"]["code"]), (400, code), "over HTTP: %r" % body[:60])
        check.equal(typed.line(body)["error"]["code"], code, "typed: %r" % body[:60])
    huge = b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":"' + b"a" * (9 << 20) + b'"}}'
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.putrequest("POST", "/mcp")
    for name, value in (("Authorization", "Bearer " + token), ("Content-Length", str(len(huge)))):
        connection.putheader(name, value)
    connection.endheaders()
    check.equal(connection.getresponse().status, 413, "nine megabytes over HTTP")
    connection.close()
    check.equal(typed.line(huge)["error"]["code"], -32600, "nine megabytes in a line")
    check.equal(wire.raw(b'{"jsonrpc":"2.0","id":1,"method":"ping"}', {"Origin": "https://elsewhere.example"})[0], 403, "another site's page")
    check.equal(wire.raw(b'{"jsonrpc":"2.0","id":1,"method":"ping"}', {"Origin": "http://127.0.0.1:%d" % server.port})[0], 200, "its own page")
    check.equal(wire.raw(b'{"jsonrpc":"2.0","id":1,"method":"ping"}', {"MCP-Protocol-Version": "1999-01-01"})[0], 400, "another protocol")
    check.equal(wire.raw(b'{"jsonrpc":"2.0","id":7,"result":{}}')[0], 202, "an answer to nothing")
    status, reply, headers = server.send("GET", "/mcp", headers={"Authorization": "Bearer " + token})
    check.equal((status, reply["error"]["code"]), (405, "other_method"), "no stream to read")
    status, reply, headers = Overheard(server, "anl_test_nobody").raw(b'{"jsonrpc":"2.0","id":1,"method":"ping"}')
    check.equal((status, reply["error"]["code"], headers.get("www-authenticate")), (401, "credential_unknown", "Bearer"), "nobody")
    old = Client(Overheard(server, token))
    for version, found in (("2024-11-05", "2024-11-05"), ("1999-01-01", LATEST)):
        check.equal(old.result("initialize", {"protocolVersion": version, "capabilities": {}, "clientInfo": {}})["protocolVersion"], found, version)


def main():
    with Folder() as folder:
        house = os.path.join(folder, "house")
        company = small_house(house)
        people = [("wang.broker", "broker"), ("zhou.uw", "underwriter"), ("li.claims", "claims_handler"), ("qian.finance", "finance"), ("op", "operator")]
        socket = os.path.join(folder, "socket")
        with Server(folder, [house], [(HOUSE, name) for name, _ in people], ["--socket", socket]) as server:
            server.paths = server.send("GET", "/openapi.json")[1]["paths"]
            token = server.tokens[(HOUSE, "wang.broker")]
            by_role(server, people)
            over_http = Client(Overheard(server, token)).open()
            tools = over_http.tools()
            hints = described(tools + Client(Overheard(server, server.tokens[(HOUSE, "zhou.uw")])).open().tools())
            check.equal((hints["quote_show"]["readOnlyHint"], hints["policy_bind"]["readOnlyHint"], hints["policy_cancel"]["destructiveHint"],
                         hints["quote_issue"]["destructiveHint"]), (True, False, True, False), "hints")
            business(over_http, company, 1)
            for number, words in ((2, ["--socket", socket]), (3, ["--server", "http://127.0.0.1:%d" % server.port])):
                typed = Client(Typed(words, {"ANLAN_API_KEY": token})).open()
                check.equal(typed.tools(), tools, "the same tools %r" % words)
                business(typed, company, number)
                if number == 2:
                    hostile(server, token, typed.wire)
                typed.wire.close()
            stranger = Typed(["--socket", socket], {"ANLAN_API_KEY": "anl_test_nobody"})
            refused = stranger.line(b'{"jsonrpc":"2.0","id":"a","method":"ping"}')
            check.equal((refused["id"], refused["error"]["code"], refused["error"]["data"]["code"]), ("a", -32000, "credential_unknown"), "nobody, typed")
            stranger.close()
            gone = Typed(["--socket", socket + "-none"], {"ANLAN_API_KEY": token})
            check.equal(gone.line(b'{"jsonrpc":"2.0","id":5,"method":"ping"}')["error"]["code"], -32000, "no server")
            gone.close()
            for words, environment, code in ((["--server", "http://anlan.example"], {"ANLAN_API_KEY": "x"}, "server_address"),
                                             (["--server", "ftp://127.0.0.1"], {"ANLAN_API_KEY": "x"}, "server_address"),
                                             (["--socket", socket], {"ANLAN_API_KEY": ""}, "api_key_needed")):
                done = subprocess.run([BIN, "mcp", "--json", *words], env={**os.environ, **environment}, capture_output=True, text=True, timeout=60)
                check.equal((done.returncode, json.loads(done.stdout)["error"]["code"]), (2, code), "%r" % words)
            busy = subprocess.run([BIN, "mcp", "--json", "--house", house, "--as", "wang.broker"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
            check.equal(json.loads(busy.stdout)["error"]["code"], "house_busy", "the server holds the house")
        alone = Client(Typed(["--house", house, "--as", "wang.broker"])).open()
        check.equal(alone.tools(), tools, "the same tools for an actor of a house without a server")
        business(alone, company, 4)
        alone.wire.close()
        done = subprocess.run([BIN, "mcp", "--json", "--house", house, "--as", "nobody"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        check.equal(json.loads(done.stdout)["error"]["code"], "unknown_actor", "nobody of that name")
    check.end()


main()
