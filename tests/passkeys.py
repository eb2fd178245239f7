"""Passkeys over HTTP, with an authenticator that shares no code with the program: each algorithm, and every wrong answer."""

import json

from _anlan import Check, Folder, small_house
from _authenticator import EDDSA, ES256, PRESENT, RS256, VERIFIED, Authenticator, Key, b64, cbor, unb64
from _http import PASSWORD, Server

check = Check("passkeys")
ORIGIN = "https://anlan.example"


class Person:
    def __init__(self, server, login="admin", password=PASSWORD):
        self.server = server
        status, reply, _ = server.send("POST", "/v1/session/sign-in", {"login": login, "password": password})
        check.equal(status, 200, "%s signs in by password: %s" % (login, reply))
        self.bearer = {"Authorization": "Bearer " + reply["token"]}

    def get(self, path):
        return self.server.send("GET", path, None, self.bearer)[:2]

    def post(self, path, body=None):
        return self.server.send("POST", path, body or {}, self.bearer)[:2]


def code(answer):
    return answer[0], (answer[1] or {}).get("error", {}).get("code")


def options_of(answer):
    check.equal(answer[0], 200, "options: %s" % json.dumps(answer[1])[:200])
    return answer[1]["publicKey"]


def register(person, authenticator, name="laptop", **wrong):
    options = options_of(person.post("/v1/account/passkey/begin"))
    return person.post("/v1/account/passkey/finish", dict(authenticator.create(options, **wrong), name=name))


def sign_in(server, authenticator, **wrong):
    options = options_of(server.send("POST", "/v1/session/passkey/begin", {})[:2])
    check.equal(options["allowCredentials"], [], "nothing is said of anybody's passkeys")
    check.equal(options["userVerification"], "required", "the person is verified")
    return server.send("POST", "/v1/session/passkey/finish", authenticator.get(options, **wrong))


def good(server, person):
    for algorithm in (ES256, EDDSA, RS256):
        authenticator = Authenticator(ORIGIN, algorithm)
        status, made = register(person, authenticator, "key %d" % algorithm)
        check.equal(status, 200, "registered with %d: %s" % (algorithm, made))
        check.equal(unb64(made["credential"]), authenticator.id, "its id")
        status, reply, headers = sign_in(server, authenticator)
        check.equal(status, 200, "signed in with %d: %s" % (algorithm, reply))
        cookie = headers["set-cookie"]
        check.that(cookie.startswith("__Host-anlan_session=") and "Secure" in cookie and "HttpOnly" in cookie
                   and "SameSite=Strict" in cookie and "Path=/" in cookie and "Domain" not in cookie, "the cookie: " + cookie)
        who = server.send("GET", "/v1/session", None, {"Authorization": "Bearer " + reply["token"]})[1]
        check.equal((who["account"]["login"], who["second_factor_fresh"]), ("admin", True), "who signed in")
        person.bearer = {"Authorization": "Bearer " + reply["token"]}
    listed = person.get("/v1/account/passkey/list")[1]["items"]
    check.equal([each["name"] for each in listed], ["key -7", "key -8", "key -257"], "the list of passkeys")
    for form, statement in (("packed", {"alg": -7, "sig": b"\x30\x00", "x5c": [b"\x30\x82"]}), ("fido-u2f", {"sig": b"", "x5c": [b"\0"]})):
        other = Authenticator(ORIGIN)
        status, made = register(person, other, form, attestation=(form, statement), extensions=True)
        check.equal(status, 200, "a statement of the form %s is not trusted, and no fault: %s" % (form, made))
        check.equal(person.post("/v1/account/passkey/%s/remove" % made["id"])[0], 200, "removed")
        check.equal(code(sign_in(server, other)), (401, "passkey_unknown"), "a passkey that was removed")


def wrong_registrations(person):
    def refused(expected, what, authenticator=None, **wrong):
        check.equal(code(register(person, authenticator or Authenticator(ORIGIN), **wrong)), expected, "registration: " + what)

    malformed = (400, "passkey_malformed")
    refused((401, "passkey_origin"), "another origin", origin="https://evil.example")
    refused((401, "passkey_origin"), "the origin without TLS", origin="http://anlan.example")
    refused((401, "passkey_origin"), "within a page of another", client={"crossOrigin": True})
    refused((401, "passkey_party"), "another party", party="evil.example")
    refused((401, "passkey_not_verified"), "nobody was verified", flags=PRESENT)
    refused((401, "passkey_not_verified"), "nobody was present", flags=VERIFIED)
    refused((401, "passkey_challenge"), "a challenge of its own", client={"challenge": b64(bytes(32))})
    refused(malformed, "the answer of a sign-in", kind="webauthn.get")
    refused(malformed, "no CBOR", object=b"\xff")
    refused(malformed, "more than CBOR", object=cbor({"fmt": "none", "attStmt": {}, "authData": b""}) + b"\0")
    refused(malformed, "a map of no certain length", object=b"\xbf\xff")
    key = Key(ES256)
    other = dict(key.cose)
    other[3] = -35
    refused((400, "passkey_algorithm"), "ES384", cose=other)
    off = dict(key.cose)
    off[-3] = bytes(32)
    refused((400, "passkey_algorithm"), "a point off the curve", cose=off)
    authenticator = Authenticator(ORIGIN)
    options = options_of(person.post("/v1/account/passkey/begin"))
    answer = dict(authenticator.create(options), name="twice")
    check.equal(person.post("/v1/account/passkey/finish", answer)[0], 200, "the first time")
    check.equal(code(person.post("/v1/account/passkey/finish", answer)), (401, "passkey_challenge"), "the same answer again")
    refused((409, "passkey_there"), "a credential that is registered", authenticator)
    for text in ("%%%", "AA==", "A" * 40_000):
        status, reply = person.post("/v1/account/passkey/finish", dict(answer, attestationObject=text))
        check.equal(code((status, reply)), malformed, "no base64url")


def wrong_sign_ins(server, person):
    mine, other = Authenticator(ORIGIN), Authenticator(ORIGIN, EDDSA)
    for each in (mine, other):
        check.equal(register(person, each)[0], 200, "registered")

    def refused(expected, what, **wrong):
        check.equal(code(sign_in(server, mine, **wrong)), expected, "sign-in: " + what)

    check.equal(sign_in(server, mine)[0], 200, "as it should be")
    refused((401, "passkey_origin"), "another origin", origin="https://anlan.example.evil.cn")
    refused((401, "passkey_origin"), "within a page of another", client={"crossOrigin": True})
    refused((401, "passkey_party"), "another party", party="evil.example")
    refused((401, "passkey_not_verified"), "nobody was verified", flags=PRESENT)
    refused((401, "passkey_not_verified"), "nobody was present", flags=VERIFIED)
    refused((401, "passkey_signature"), "the key of another", key=Key(ES256))
    refused((401, "passkey_signature"), "a signature of another algorithm", key=other.key)
    refused((400, "empty_text"), "no signature", signature=b"")
    refused((401, "passkey_unknown"), "the id of nobody", id=bytes(32))
    refused((401, "passkey_signature"), "the id of another passkey", id=other.id)
    refused((401, "passkey_unknown"), "another account in it", user=bytes(32))
    refused((400, "passkey_malformed"), "the answer of a registration", kind="webauthn.create")
    refused((400, "passkey_malformed"), "more behind it", rest=b"\0")
    before = mine.counter
    refused((401, "passkey_counter"), "a counter that stands still", counter=1)
    refused((401, "passkey_counter"), "a counter of none", counter=0)
    check.equal(sign_in(server, mine, counter=before + 1)[0], 200, "a counter that rises")
    options = options_of(server.send("POST", "/v1/session/passkey/begin", {})[:2])
    answer = mine.get(options)
    check.equal(server.send("POST", "/v1/session/passkey/finish", answer)[0], 200, "the first time")
    check.equal(code(server.send("POST", "/v1/session/passkey/finish", answer)), (401, "passkey_challenge"), "the same answer again")
    mine.counter += 10
    check.equal(code(server.send("POST", "/v1/session/passkey/finish", mine.get(options))), (401, "passkey_challenge"),
                "a new answer to a challenge that is spent")
    options = options_of(person.post("/v1/account/passkey/begin"))
    check.equal(code(server.send("POST", "/v1/session/passkey/finish", mine.get(dict(options, rpId="anlan.example")))),
                (401, "passkey_challenge"), "a challenge of a registration")
    return mine


def other_people(server, person, mine):
    """What is one account's is no other's."""
    invited = person.post("/v1/account/invite", {"login": "wang", "display_name": "Wang"})[1]
    status, joined, _ = server.send("POST", "/v1/account/join", {"invitation": invited["invitation"], "password": PASSWORD})
    check.equal(status, 200, "joined: %s" % joined)
    wang = Person(server, "wang")
    theirs = Authenticator(ORIGIN)
    check.equal(register(wang, theirs)[0], 200, "a passkey of Wang")
    check.equal(code(register(wang, mine)), (409, "passkey_there"), "the admin's credential is not Wang's")

    def confirm(who, authenticator, **wrong):
        options = options_of(who.post("/v1/session/confirm/begin"))
        return who.post("/v1/session/confirm/finish", authenticator.get(options, **wrong))

    again = Person(server, "wang")
    check.equal(again.get("/v1/session")[1]["second_factor_fresh"], False, "a password is one factor")
    check.equal(code(again.post("/v1/account/passkey/begin")), (403, "factor_not_fresh"), "no passkey without one")
    check.equal(code(confirm(again, mine)), (401, "passkey_unknown"), "the passkey of another account")
    check.equal(code(confirm(again, theirs, flags=PRESENT)), (401, "passkey_not_verified"), "nobody was verified")
    options = options_of(person.post("/v1/session/confirm/begin"))
    check.equal(code(again.post("/v1/session/confirm/finish", theirs.get(options))), (401, "passkey_challenge"),
                "a challenge of another account")
    check.equal(confirm(again, theirs)[0], 200, "its own passkey")
    check.equal(again.get("/v1/session")[1]["second_factor_fresh"], True, "fresh")
    check.equal(again.post("/v1/account/passkey/begin")[0], 200, "and then")
    passkey = wang.get("/v1/account/passkey/list")[1]["items"][0]["id"]
    check.equal(code(person.post("/v1/account/passkey/%s/remove" % passkey))[1], "passkey_unknown", "not the admin's to remove")
    person.post("/v1/account/%s/disable" % invited["id"])
    check.equal(code(sign_in(server, theirs)), (401, "account_disabled"), "a disabled account")


def main():
    with Folder() as folder:
        house = folder + "/house"
        small_house(house)
        actors = [("test-house", "wang.broker")]
        with Server(folder, [house], actors, ["--origin", ORIGIN]) as server:
            person = Person(server)
            good(server, person)
            wrong_registrations(person)
            mine = wrong_sign_ins(server, person)
            other_people(server, person, mine)
            described = server.send("GET", "/openapi.json")[1]["paths"]
            check.that("/v1/session/passkey/finish" in described, "the routes are described")
        check.equal(server.status, 0, "the server ends as asked")
        with Server(folder, [house], [], fresh=False) as server:
            check.equal(code(server.send("POST", "/v1/session/passkey/begin", {}))[1], "passkeys_not_offered", "without an origin")
    check.end()


main()
