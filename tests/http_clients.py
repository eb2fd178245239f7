"""The clients of clients/, made from the description of a running server: the examples, retries, pages, files, errors, types."""

import http.server
import importlib
import inspect
import json
import os
import pathlib
import shutil
import subprocess
import sys
import threading
import typing
import urllib.request

from _anlan import Check, Folder, SOURCE, must, small_house
from _http import Server

check = Check("http_clients")
HOUSE = "test-house"
CLIENTS = os.path.join(SOURCE, "clients")
AT = "2026-03-01T10:%02d:00+08:00"


def made(language, description, out):
    done = subprocess.run([sys.executable, "-B", os.path.join(CLIENTS, language, "generate.py"), description, out],
                          capture_output=True, text=True, timeout=120)
    check.equal(done.returncode, 0, "generate.py of %s: %s" % (language, done.stderr))
    return out


class Proxy(http.server.BaseHTTPRequestHandler):
    """Between client and server: does to each request what stands next in `plan`, and notes its key."""

    protocol_version = "HTTP/1.1"
    plan, keys, server_port = [], [], 0

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Proxy.keys.append(self.headers["Idempotency-Key"])
        todo = Proxy.plan.pop(0) if Proxy.plan else "pass"
        if todo in ("busy", "later"):
            self.send_response(503 if todo == "busy" else 429)
            self.send_header("Retry-After", "7")
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")
            return
        if todo == "deaf":  # cut before anything reached the server
            self.close_connection = True
            return
        asked = urllib.request.Request("http://127.0.0.1:%d%s" % (Proxy.server_port, self.path), body, dict(self.headers), method="POST")
        try:
            with urllib.request.urlopen(asked, timeout=120) as reply:
                status, data = reply.status, reply.read()
        except urllib.error.HTTPError as refused:
            status, data = refused.code, refused.read()
        if todo == "cut":  # done, and the answer is lost
            self.close_connection = True
            return
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[:10] if todo == "half" else data)
        self.close_connection = todo == "half"

    def log_message(self, *_):
        pass


def retries(anlan, server, company):
    proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    Proxy.server_port = server.port
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    pauses = []
    kept = anlan.Retries(times=5, first=0.5, longest=10.0, pause=pauses.append)
    broker = anlan.Client("http://127.0.0.1:%d" % proxy.server_port, server.tokens[(HOUSE, "wang.broker")], retries=kept, lang="en")
    Proxy.plan, Proxy.keys = ["busy", "later", "deaf", "cut", "half"], []
    quote = broker.quote_issue(enterprise=company, product="ningbo-2023-a", from_="2026-04-01", at=AT % 1)
    check.equal((quote["repeated"], len(Proxy.keys), len(set(Proxy.keys))), (True, 6, 1), "one key for all tries, one answer")
    check.equal(pauses[:2], [7.0, 7.0], "Retry-After is kept")
    check.that(all(0.5 * 0.5 * 2 ** turn <= pauses[turn] <= 0.5 * 2 ** turn for turn in (2, 3, 4)), "growing pauses: %r" % pauses)
    check.equal([row["id"] for row in broker_list(anlan, server)].count(quote["id"]), 1, "one quote came of six tries")
    Proxy.plan, Proxy.keys = ["cut"] * 6, []
    try:
        broker.quote_issue(enterprise=company, product="ningbo-2023-a", from_="2026-04-02", key="given", at=AT % 2)
        check.that(False, "six cuts are more than five repetitions")
    except anlan.AnlanError as fault:
        check.equal((fault.status, fault.code, set(Proxy.keys)), (0, "unreachable", {"given"}), "at last it says so")
    again = broker.quote_issue(enterprise=company, product="ningbo-2023-a", from_="2026-04-02", key="given", at=AT % 2)
    check.equal(again["repeated"], True, "the key gives what was done after all")
    try:
        broker.quote_issue(enterprise=company, product="ningbo-2023-a", from_="2026-04-03", key="given", at=AT % 3)
        check.that(False, "another request under the key")
    except anlan.AnlanError as fault:
        check.equal((fault.status, fault.code), (422, "key_reused"), "another request under the key")
        check.that(fault.rule and fault.fix and fault.zh != fault.en and fault.request, "an error is whole: %r" % vars(fault))
    check.equal(len(Proxy.keys), 8, "a refusal is not sent again")
    proxy.shutdown()
    proxy.server_close()


def broker_list(anlan, server):
    return anlan.Client("http://127.0.0.1:%d" % server.port, server.tokens[(HOUSE, "wang.broker")]).quote_list(limit=2)


def pages_and_files(anlan, server, folder, company):
    address = "unix:" + os.path.join(folder, "socket")
    broker = anlan.Client(address, server.tokens[(HOUSE, "wang.broker")], lang="en")
    rows = [row["id"] for row in broker.quote_list(limit=1)]
    sizes = [len(page) for page in broker.quote_list(limit=1).pages()]
    check.equal((rows, sizes), ([row["id"] for row in broker.quote_list()], [1] * len(rows)), "pages of one hold every row once")
    check.that(len(rows) >= 2, "rows: %r" % rows)
    check.equal([row["id"] for row in broker.quote_list(limit=2, after=rows[0])], rows[1:], "behind the first")
    quote = broker.quote_show(rows[0])
    check.that(isinstance(quote["premium"], anlan.Money) and quote["premium"] == anlan.Money(280000, "CNY"), "money: %r" % (quote["premium"],))
    check.equal(str(quote["premium"]), "2,800.00 CNY", "money as people write it")
    path = pathlib.Path(folder) / "answers.toml"
    shutil.copyfile(os.path.join(SOURCE, "data", "demo", "answers.toml"), path)
    for number, answers in enumerate((path, anlan.File("answers.toml", path.read_bytes()), path.read_text(encoding="utf-8"), "@demo/answers.toml")):
        done = broker.assess(enterprise=company, answers=answers, at=AT % (10 + number))
        check.that(done["id"].startswith("asm_") or "id" in done, "answers as %s" % type(answers).__name__)
    finance = anlan.Client(address, server.tokens[(HOUSE, "qian.finance")], lang="en")
    paid = finance.capital_pay_in(amount=anlan.Money(123456, "CNY"), at=AT % 20)
    check.that(paid is not None, "money in a request")
    for bad, what in ((1.5, "a float"), (b"x", "bytes")):
        try:
            finance.capital_pay_in(amount=bad, at=AT % 21)
            check.that(False, what + " is no amount")
        except TypeError:
            check.that(True, what)
    exported = broker.enterprise_export(company, **{"as_": "json"} if "as_" in inspect.signature(broker.enterprise_export).parameters else {},
                                        out="company.json") if "out" in inspect.signature(broker.enterprise_export).parameters else None
    if exported is not None:
        file = exported["files"][0]
        check.that(isinstance(file, anlan.File) and isinstance(file.data, bytes) and file.data, "a file as bytes: %r" % (file,))


def sessions_and_refusals(anlan, server):
    address = "http://127.0.0.1:%d" % server.port
    person = anlan.Client(address, house=HOUSE, lang="zh")
    try:
        person.sign_in("admin", "wrong wrong wrong")
        check.that(False, "a wrong password")
    except anlan.AnlanError as fault:
        check.equal((fault.status, fault.code), (401, "sign_in_wrong"), "a wrong password")
    nobody = anlan.Client("http://127.0.0.1:9", "x", retries=anlan.Retries(times=2, pause=lambda _: None))
    try:
        nobody.policy_list().__iter__().__next__()
        check.that(False, "nobody listens")
    except anlan.AnlanError as fault:
        check.equal((fault.status, fault.code, nobody.attempts), (0, "unreachable", 3), "nobody listens")


def typed(anlan, operations, document):
    def ends(node):
        return not any("text/event-stream" in each.get("content", {}) for each in node["responses"].values())
    known = {node["operationId"]: (method.upper(), path) for path, methods in document["paths"].items()
             for method, node in methods.items() if "operationId" in node and ends(node)}
    check.equal({name: (each["method"], each["path"]) for name, each in operations.OPERATIONS.items()}, known, "every operation is there")
    for name in known:
        method = getattr(anlan.Client, name)
        hints = typing.get_type_hints(method, vars(operations))
        check.that(set(inspect.signature(method).parameters) - {"self"} <= set(hints) and "return" in hints, name + " is typed")
        check.that(inspect.getdoc(method).count("\n") >= 2, name + " is documented")


def example(server, package, folder):
    environment = {**os.environ, "PYTHONPATH": package, "ANLAN_SERVER": "unix:" + os.path.join(folder, "socket"), "ANLAN_OUT": folder,
                   "ANLAN_BROKER_KEY": server.tokens[(HOUSE, "wang.broker")], "ANLAN_UNDERWRITER_KEY": server.tokens[(HOUSE, "zhou.uw")]}
    done = subprocess.run([sys.executable, "-B", os.path.join(CLIENTS, "python", "example.py")], env=environment, capture_output=True,
                          text=True, timeout=300)
    check.equal(done.returncode, 0, "example.py: " + done.stderr)
    for said in ("premium 2,800.00 CNY", "refused, as it must be: clause_unexplained", "sent again under its key: the same", "signed policy: policy.json"):
        check.that(said in done.stdout, "example.py says %r: %r" % (said, done.stdout))
    paper = os.path.join(folder, "policy.json")
    check.that(os.path.exists(paper) and must("verify", paper).status == 0, "the policy that came is signed")


def typescript(server, description, folder):
    tsc, node = shutil.which("tsc"), shutil.which("node")
    out = made("typescript", description, os.path.join(folder, "typescript"))
    if not tsc:
        print("http_clients: tsc is not installed (node-typescript): the types are not checked")
        return
    options = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--target", "es2022", "--module", "es2022",
               "--moduleResolution", "node", "--lib", "es2022,dom,dom.iterable"]
    done = subprocess.run([tsc, *options, "--outDir", os.path.join(out, "js"), os.path.join(out, "example.ts")], capture_output=True, text=True, timeout=300)
    check.equal((done.returncode, done.stdout), (0, ""), "tsc")
    wrong = os.path.join(out, "wrong.ts")
    with open(wrong, "w", encoding="utf-8") as file:
        file.write('import { Client } from "./client.js";\nconst client = new Client({ server: "", token: "" });\n'
                   'void client.call("policy_bind", {});\nvoid client.call("policy_bind", { quote: "quo_1", nothing: "x" });\n'
                   'void client.call("no_such_operation", {});\nvoid client.rows("quote_show", { quote: "quo_1" });\n'
                   'void client.call("quote_issue", { enterprise: "ent_1", product: "p", from: true });\n')
    done = subprocess.run([tsc, *options, "--noEmit", wrong], capture_output=True, text=True, timeout=300)
    lines = {line.split("(")[1].split(",")[0] for line in done.stdout.splitlines() if "wrong.ts(" in line}
    check.equal(lines, {"3", "4", "5", "6", "7"}, "what the table does not know does not compile: %s" % done.stdout)
    if not node:
        print("http_clients: node is not installed: the example is not run")
        return
    with open(os.path.join(out, "js", "package.json"), "w", encoding="utf-8") as file:
        file.write('{"type": "module"}')
    environment = {**os.environ, "ANLAN_SERVER": "http://127.0.0.1:%d" % server.port, "ANLAN_BROKER_KEY": server.tokens[(HOUSE, "wang.broker")],
                   "ANLAN_UNDERWRITER_KEY": server.tokens[(HOUSE, "zhou.uw")]}
    done = subprocess.run([node, os.path.join(out, "js", "example.js")], env=environment, capture_output=True, text=True, timeout=300)
    check.equal(done.returncode, 0, "example.js: " + done.stdout + done.stderr)
    for said in ("refused, as it must be: clause_unexplained", "sent again under its key: the same", "policies of the house: pol_"):
        check.that(said in done.stdout, "example.js says %r: %r" % (said, done.stdout))


def main():
    with Folder() as folder:
        house = os.path.join(folder, "house")
        company = small_house(house)
        people = [(HOUSE, name) for name in ("wang.broker", "zhou.uw", "qian.finance")]
        with Server(folder, [house], people, ["--socket", os.path.join(folder, "socket")]) as server:
            description = os.path.join(folder, "openapi.json")
            document = server.send("GET", "/openapi.json")[1]
            with open(description, "w", encoding="utf-8") as file:
                json.dump(document, file)
            package = made("python", description, os.path.join(folder, "python"))
            sys.dont_write_bytecode = True
            sys.path.insert(0, package)
            anlan, operations = importlib.import_module("anlan_client"), importlib.import_module("anlan_client.operations")
            typed(anlan, operations, document)
            retries(anlan, server, company)
            pages_and_files(anlan, server, folder, company)
            sessions_and_refusals(anlan, server)
            example(server, package, folder)
            typescript(server, description, folder)
    check.end()


main()
