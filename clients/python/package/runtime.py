"""What every operation of the client rests on: one request with its retries, pages, files, money. Standard library only."""

import base64
import dataclasses
import http.client
import json
import pathlib
import random
import socket
import ssl
import threading
import time
import urllib.parse
import uuid
from typing import Any, Callable, Dict, Iterator, List, Mapping, NamedTuple, Optional, Sequence, Union


@dataclasses.dataclass(frozen=True)
class Money:
    """An amount in minor units (fen, cents) with its currency: Money(280000, "CNY") is 2,800.00 CNY."""

    amount: int
    currency: str = "CNY"

    def __str__(self) -> str:
        sign = "-" if self.amount < 0 else ""
        return "%s%s.%02d %s" % (sign, format(abs(self.amount) // 100, ","), abs(self.amount) % 100, self.currency)


@dataclasses.dataclass(frozen=True)
class File:
    """A file that is sent or that came with a reply. Its name decides how it is read: .toml, .json, .csv, .xlsx, .pdf."""

    name: str
    data: bytes


# A file to send: a File, the path of one, its text (TOML), "@demo/..." for one that ships, or what would be its JSON.
FileSent = Union[File, pathlib.Path, str, Mapping[str, Any]]
Value = Union[str, int, Money]


class AnlanError(Exception):
    """Why there is no answer: what the service refused, or that it was not reached (status 0, code "unreachable")."""

    def __init__(self, status: int, error: Mapping[str, Any], request: str):
        self.status = status
        self.code: str = error.get("code", "")  # stable: for programs
        self.path: str = error.get("path", "")  # the option or field that is meant
        self.value: str = error.get("value", "")
        self.rule: str = error.get("rule", "")  # in the language of the client
        self.fix: str = error.get("fix", "")
        self.zh: str = error.get("zh", "")
        self.en: str = error.get("en", "")
        self.request: str = request  # the id under which the server's log has it
        super().__init__("%s (%d): %s %s [request %s]" % (self.code, status, self.rule, self.fix, request))


class Retries(NamedTuple):
    """When a request is sent again: too busy (429, 503), the same key at work (409), or a connection that was cut.

    The pauses grow from `first` to `longest` seconds, each by chance between a half and the whole; a Retry-After of the
    server is kept where it is longer, up to `longest`.
    """

    times: int = 6
    first: float = 0.2
    longest: float = 20.0
    pause: Callable[[float], None] = time.sleep


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str, timeout: float):
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def to_json(value: Any) -> Any:
    """A value of Python as the service takes it; None is left out by the caller."""
    if isinstance(value, Money):
        return {"amount": value.amount, "currency": value.currency}
    if isinstance(value, File):
        return {"name": value.name, "base64": base64.b64encode(value.data).decode("ascii")}
    if isinstance(value, pathlib.Path):
        return to_json(File(value.name, value.read_bytes()))
    if isinstance(value, float):
        raise TypeError("a float is no amount: give Money, or the digits as a string")
    if isinstance(value, bytes):
        raise TypeError("bytes have no name: give File(name, data)")
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    return value


def from_json(tree: Dict[str, Any]) -> Any:
    """Amounts become Money, files File; all else stays as it came."""
    keys = set(tree)
    if keys == {"amount", "currency"} and isinstance(tree["amount"], int) and isinstance(tree["currency"], str):
        return Money(tree["amount"], tree["currency"])
    if keys == {"name", "base64"} and isinstance(tree["base64"], str):
        return File(tree["name"], base64.b64decode(tree["base64"]))
    return tree


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Money):
        return "%s %s%d.%02d" % (value.currency, "-" if value.amount < 0 else "", abs(value.amount) // 100, abs(value.amount) % 100)
    return str(value)


class Pages:
    """The rows of a list, fetched page by page while they are read; rows that come in meanwhile move none."""

    def __init__(self, fetch: Callable[[Optional[str]], Any], after: Optional[str]):
        self._fetch, self._after = fetch, after

    def pages(self) -> Iterator[List[Dict[str, Any]]]:
        after = self._after
        while True:
            page = self._fetch(after)
            if not isinstance(page, dict) or "items" not in page:
                raise AnlanError(0, {"code": "no_page", "rule": "the reply is no page of a list."}, "")
            yield page["items"]
            after = page.get("next")
            if not after:
                return

    def __iter__(self) -> Iterator[Dict[str, Any]]:
        for page in self.pages():
            yield from page


class Transport:
    """One service and whoever asks. Safe for several threads; each has a connection of its own.

    address: "http://127.0.0.1:8420", "https://anlan.example", or "unix:/path/of/the/socket".
    token:   an API key, or the token of a session.
    house:   for an account that may act in several houses.
    actor:   for an account that may act as several people of a house.
    at:      the clock of a sandbox house, RFC 3339 with its offset.
    lang:    "zh" or "en", of sentences in replies.
    """

    def __init__(self, address: str, token: str = "", house: str = "", at: str = "", lang: str = "zh", timeout: float = 120.0,
                 retries: Retries = Retries(), tls: Optional[ssl.SSLContext] = None, actor: str = ""):
        self.address, self.token, self.house, self.actor, self.at, self.lang = address, token, house, actor, at, lang
        self.timeout, self.retries, self._tls = timeout, retries, tls
        self.attempts = 0  # requests that were sent, repeated ones too
        self._local = threading.local()
        if not address.startswith(("http://", "https://", "unix:")):
            raise ValueError("an address begins with http://, https:// or unix:")

    def close(self) -> None:
        """Ends this thread's connection; the next request opens one."""
        connection = getattr(self._local, "connection", None)
        self._local.connection = None
        if connection is not None:
            connection.close()

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def _open(self) -> http.client.HTTPConnection:
        if self.address.startswith("unix:"):
            return _UnixConnection(self.address[5:], self.timeout)
        parts = urllib.parse.urlsplit(self.address)
        if parts.scheme == "https":
            return http.client.HTTPSConnection(parts.netloc, timeout=self.timeout, context=self._tls or ssl.create_default_context())
        return http.client.HTTPConnection(parts.netloc, timeout=self.timeout)

    def _connection(self) -> http.client.HTTPConnection:
        made = getattr(self._local, "connection", None)
        if made is None:
            made = self._local.connection = self._open()
        return made

    def _once(self, method: str, path: str, body: Optional[bytes], headers: Dict[str, str]) -> Any:
        connection = self._connection()
        self.attempts += 1
        try:
            connection.request(method, path, body, headers)
            reply = connection.getresponse()
            data = reply.read()
        except BaseException:
            self.close()
            raise
        if reply.will_close:
            self.close()
        return reply, data

    def send(self, method: str, path: str, body: Optional[bytes], headers: Dict[str, str]) -> Any:
        """Until there is an answer: (status, headers, bytes). A request that is repeated keeps its headers, its key too."""
        pause = self.retries.first
        for left in range(self.retries.times, -1, -1):
            wait = 0.0
            try:
                reply, data = self._once(method, path, body, headers)
                busy = reply.status in (429, 503) or (reply.status == 409 and b'"key_in_flight"' in data)
                if not busy or left == 0:
                    return reply.status, reply.headers, data
                given = reply.headers.get("Retry-After", "")
                wait = float(given) if given.isdigit() else 0.0
            except (OSError, http.client.HTTPException) as fault:
                if left == 0 or isinstance(fault, ssl.SSLCertVerificationError):
                    raise AnlanError(0, {"code": "unreachable", "rule": "%s: %s." % (type(fault).__name__, fault),
                                         "fix": "Is the server up at %s?" % self.address}, "") from fault
            self.retries.pause(min(max(pause * random.uniform(0.5, 1.0), wait), self.retries.longest))
            pause = min(pause * 2, self.retries.longest)
        raise AssertionError("the last turn returns or raises")

    def call(self, method: str, path: str, parameter: Optional[str], query: Mapping[str, Any], body: Optional[Mapping[str, Any]],
             headers: Mapping[str, Any], key: Optional[str] = None, at: Optional[str] = None) -> Any:
        """One operation; what generated methods call. Raises AnlanError."""
        if parameter is not None:
            hole = path[path.index("{"):path.index("}") + 1]
            path = path.replace(hole, urllib.parse.quote(parameter, safe=""))
        pairs = [(name, _text(each)) for name, value in query.items() if value is not None and value is not False
                 for each in (value if isinstance(value, (list, tuple)) else [value])]
        if pairs:
            path += "?" + urllib.parse.urlencode(pairs)
        fields = {"Accept": "application/json", "Accept-Language": self.lang}
        fields.update({name: _text(value) for name, value in headers.items() if value is not None})
        if self.token:
            fields["Authorization"] = "Bearer " + self.token
        if self.house:
            fields["Anlan-House"] = self.house
        if self.actor:
            fields["Anlan-Actor"] = self.actor
        if at or self.at:
            fields["Anlan-At"] = at or self.at
        data = None
        if method == "POST":
            fields["Content-Type"] = "application/json"
            fields["Idempotency-Key"] = key or uuid.uuid4().hex
            data = json.dumps({name: to_json(value) for name, value in (body or {}).items() if value is not None},
                              ensure_ascii=False).encode("utf-8")
        status, came, found = self.send(method, path, data, fields)
        return self._answer(status, came, found)

    def _answer(self, status: int, headers: Any, data: bytes) -> Any:
        request = headers.get("X-Request-Id", "")
        try:
            tree = json.loads(data, object_hook=from_json) if data else None
        except ValueError:
            raise AnlanError(status, {"code": "no_json", "rule": "the reply is no JSON: %r." % data[:200]}, request) from None
        if status >= 400:
            error = tree.get("error", {}) if isinstance(tree, dict) else {}
            request = request or (tree.get("request", "") if isinstance(tree, dict) else "")
            raise AnlanError(status, error if isinstance(error, dict) else {"code": str(error)}, request)
        return tree

    def _listen(self, path: str, after: Optional[str]) -> Iterator[Dict[str, str]]:
        """The fields of each event of one connection, until it ends."""
        fields = {"Accept": "text/event-stream", "Accept-Language": self.lang, "Authorization": "Bearer " + self.token}
        if self.house:
            fields["Anlan-House"] = self.house
        if self.actor:
            fields["Anlan-Actor"] = self.actor
        if after:
            fields["Last-Event-ID"] = after
        connection = self._open()
        try:
            connection.request("GET", path, None, fields)
            reply = connection.getresponse()
            if reply.status != 200:
                self._answer(reply.status, reply.headers, reply.read())
            event: Dict[str, str] = {}
            for line in reply:
                name, _, value = line.decode("utf-8").rstrip("\r\n").partition(": ")
                if name:
                    event[name] = value
                else:
                    yield event
                    event = {}
        finally:
            connection.close()

    def events(self, kinds: Sequence[str] = (), after: Optional[str] = None) -> Iterator[Dict[str, Any]]:
        """What happens in the house, as it happens: {"id": "evt_57", "type": "policy_bound", "data": {...}, ...}.

        after: the id of the last event that is known; else it begins with what comes next. A connection that is cut is
        opened again behind the last event, so that none is missed and none comes twice. Raises AnlanError when the service
        refuses, or cannot be reached as often as a request is repeated.
        """
        path = "/v1/events" + ("?" + urllib.parse.urlencode({"kinds": ",".join(kinds)}) if kinds else "")
        pause, left = self.retries.first, self.retries.times
        while True:
            try:
                for event in self._listen(path, after):
                    pause, left = self.retries.first, self.retries.times
                    after = event.get("id", after)
                    if "data" in event:
                        yield json.loads(event["data"], object_hook=from_json)
            except AnlanError as refused:
                if refused.status not in (429, 503) or left == 0:
                    raise
            except (OSError, http.client.HTTPException) as fault:
                if left == 0 or isinstance(fault, ssl.SSLCertVerificationError):
                    raise AnlanError(0, {"code": "unreachable", "rule": "%s: %s." % (type(fault).__name__, fault),
                                         "fix": "Is the server up at %s?" % self.address}, "") from fault
            left = max(left - 1, 0)
            self.retries.pause(pause * random.uniform(0.5, 1.0))
            pause = min(pause * 2, self.retries.longest)

    def sign_in(self, login: str, password: str, code: str = "") -> str:
        """Begins a session of a person; its token is used from now on. Nothing is repeated when it is refused."""
        body = {"login": login, "password": password, **({"code": code} if code else {})}
        status, came, found = self.send("POST", "/v1/session/sign-in", json.dumps(body).encode("utf-8"),
                                        {"Content-Type": "application/json", "Accept-Language": self.lang})
        self.token = self._answer(status, came, found)["token"]
        return self.token

    def sign_out(self) -> None:
        """Ends the session whose token is used."""
        self._answer(*self.send("POST", "/v1/session/sign-out", b"{}", {"Authorization": "Bearer " + self.token,
                                                                       "Content-Type": "application/json"}))
        self.token = ""
