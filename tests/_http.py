"""A server under test, and the words of a command line as a request to it."""

import http.client
import json
import os
import subprocess
import urllib.parse

from _anlan import BIN, must
from _replies import check_reply

PASSWORD = "seven maple hills 2026"


class Server:
    """`anlan serve` on these houses, stopped at the end of the block. fresh=False: with the accounts that are there."""

    def __init__(self, folder, houses, actors, options=(), fresh=True):
        self.folder, self.houses, self.options = folder, houses, list(options)
        self.accounts = os.path.join(folder, "accounts.db")
        self.tokens = {}
        self.operations = must("help", json=True).json()
        if not fresh:
            return
        password = os.path.join(folder, "password")
        with open(password, "w", encoding="utf-8") as file:
            file.write(PASSWORD + "\n")
        must("admin", "create", "--accounts", self.accounts, "--login", "admin", "--password-file", password)
        for house, actor in actors:
            must("admin", "join", "--accounts", self.accounts, "--login", "admin", "--house-name", house, "--actor", actor)
            made = must("admin", "key", "--accounts", self.accounts, "--login", "admin", "--house-name", house,
                        "--actor", actor, "--test", json=True).json()
            self.tokens[(house, actor)] = made["token"]
        self.reader = must("admin", "key", "--accounts", self.accounts, "--login", "admin", "--house-name", actors[0][0],
                           "--actor", actors[0][1], "--test", "--read-only", json=True).json()["token"]

    def __enter__(self):
        self.port = 0
        return self.start()

    def start(self):
        """On the port that it had before, where there was one."""
        self.process = subprocess.Popen([BIN, "serve", *self.houses, "--accounts", self.accounts, "--port", str(self.port), *self.options],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=open(os.path.join(self.folder, "log"), "ab"))
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("FAILED: the server did not start: " + open(os.path.join(self.folder, "log")).read())
        self.port = int(json.loads(line)["listening"].rsplit(":", 1)[1])
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.status = self.process.wait(timeout=60)

    def send(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            text = None if body is None else json.dumps(body).encode() if not isinstance(body, bytes) else body
            connection.request(method, path, text, headers or {})
            reply = connection.getresponse()
            data = reply.read()
            try:
                found = json.loads(data) if data else None
            except ValueError:
                found = data.decode("utf-8", "replace")
            return reply.status, found, dict((name.lower(), value) for name, value in reply.getheaders())
        finally:
            connection.close()

    def request_of(self, words):
        """Method, path and options of a command line."""
        words = list(words)
        operation = max((each for each in self.operations if words[:len(each["name"].split())] == each["name"].split()),
                        key=lambda each: len(each["name"].split()))
        name, rest = operation["name"].split(), words[len(operation["name"].split()):]
        options, positional = {}, [each["name"] for each in operation["options"] if each["positional"]]
        while rest:
            word = rest.pop(0)
            key, value = (word[2:], None) if word.startswith("--") else (positional.pop(0), word)
            if value is None:
                value = rest.pop(0) if rest and not rest[0].startswith("--") else True
            options[key] = value
        path = "/v1/" + name[0]
        subject = any(each["name"] == name[0] and each["positional"] and each["required"] for each in operation["options"])
        if subject:
            path += "/" + options.pop(name[0])
        path += "".join("/" + word for word in name[1:] if not (word == "show" and subject))
        return operation, path, options

    def run(self, words, house, as_, at=None, key=None, method=None, more=None):
        operation, path, options = self.request_of(words)
        headers = {"Authorization": "Bearer " + self.tokens[(house, as_)], "Accept-Language": "en", **(more or {})}
        if at:
            headers["Anlan-At"] = at
        if key:
            headers["Idempotency-Key"] = key
        if (method or ("POST" if operation["roles"] else "GET")) == "POST":
            return self.described(words, self.send("POST", path, options, headers))
        query = urllib.parse.urlencode({name: "true" if value is True else value for name, value in options.items()})
        return self.described(words, self.send("GET", path + ("?" + query if query else ""), None, headers))

    @staticmethod
    def described(words, answer):
        """What is put around a reply over HTTP is taken off, and the rest is as data/api/replies.toml says."""
        status, found, headers = answer
        if status == 200 and isinstance(found, dict) and "dry_run" not in found:
            if set(found) == {"items", "next"}:
                found = found["items"]
            check_reply(words, {key: value for key, value in found.items() if key != "files"} if isinstance(found, dict) else found)
        return answer
