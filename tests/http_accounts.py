"""Accounts over HTTP: sessions and cookies, codes, keys, invitations, organisations by kind, licences, grants, limits."""

import base64
import hashlib
import hmac
import http.client
import json
import os
import stat
import struct
import time

from _anlan import Check, Folder, must, small_house
from _http import PASSWORD, Server

check = Check("http_accounts")
HOUSE, REAL = "test-house", "real-house"
AT = "2026-03-02T09:00:00+08:00"
NEXT = "nine maple hills 2026"


def code(answer):
    return answer[0], (answer[1] or {}).get("error", {}).get("code")


def totp(secret, steps=0):
    """RFC 6238, by the standard library alone."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    mac = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    place = mac[19] & 15
    return "%06d" % ((struct.unpack(">I", mac[place:place + 4])[0] & 0x7FFFFFFF) % 1000000)


class Person:
    def __init__(self, server, login, password=PASSWORD, otp=None):
        self.server = server
        body = {"login": login, "password": password}
        if otp:
            body["code"] = otp
        self.status, reply, self.headers = server.send("POST", "/v1/session/sign-in", body)
        check.equal(self.status, 200, "%s signs in: %s" % (login, reply))
        self.token = reply.get("token", "")
        self.bearer = {"Authorization": "Bearer " + self.token}

    def get(self, path):
        return self.server.send("GET", path, None, self.bearer)[:2]

    def post(self, path, body=None, headers=None):
        return self.server.send("POST", path, body or {}, dict(self.bearer, **(headers or {})))[:2]

    def run(self, words, house, at=AT):
        """A command line as this person, in a house in which it is one actor."""
        operation, path, options = self.server.request_of(words)
        headers = dict(self.bearer, **{"Anlan-House": house, "Accept-Language": "en"})
        if at:
            headers["Anlan-At"] = at
        if operation["roles"]:
            return self.server.send("POST", path, options, headers)[:2]
        query = "&".join("%s=%s" % pair for pair in options.items())
        return self.server.send("GET", path + ("?" + query if query else ""), None, headers)[:2]


def sessions(server):
    one, two = Person(server, "admin"), Person(server, "admin")
    status, who = one.get("/v1/session")
    check.equal((status, who["account"]["login"], who["kind"]), (200, "admin", "session"), "who am I")
    listed = one.get("/v1/session/list")[1]["items"]
    check.that(len(listed) >= 2 and sum(each["this"] for each in listed) == 1, "the list of sessions")
    other = two.get("/v1/session")[1]["session"]
    check.equal(one.post("/v1/session/%s/revoke" % other)[0], 200, "one is revoked")
    check.equal(code(two.get("/v1/session")), (401, "credential_unknown"), "and of no use")
    check.equal(code(one.post("/v1/session/ses_77/revoke")), (404, "session_missing"), "no such session")
    check.equal(one.post("/v1/session/revoke-all")[0], 200, "all of them")
    check.equal(code(one.get("/v1/session")), (401, "credential_unknown"), "this one too")
    check.equal(code(server.send("GET", "/v1/session")), (401, "sign_in_needed"), "nobody")
    status, reply, headers = server.send("POST", "/v1/session/list")
    check.equal((code((status, reply)), headers.get("allow")), ((405, "other_method"), "GET"), "another method")
    check.equal(server.send("GET", "/v1/session")[2].get("www-authenticate"), "Bearer", "what is wanted of nobody")
    check.equal(code(server.send("GET", "/v1/session/nothing/at/all")), (404, "no_such_path"), "no such path")
    key = {"Authorization": "Bearer " + server.reader}
    check.equal(server.send("GET", "/v1/session", None, key)[1]["kind"], "test", "a key asks who it is")
    check.equal(code(server.send("GET", "/v1/session/list", None, key)), (403, "session_needed"), "a key lists no sessions")
    check.equal(code(server.send("POST", "/v1/account/key/make", {"name": "x", "house": HOUSE, "actor": "wang.broker"}, key)),
                (403, "session_needed"), "a key makes no keys")
    for body, expected in (({"login": 7, "password": "x"}, 400), ({"login": "x"}, 400), ([], 400),
                           ({"login": "x", "password": "y", "more": 1}, 400), (b"{", 400)):
        check.equal(server.send("POST", "/v1/session/sign-in", body)[0], expected, "a sign-in of %r" % (body,))


def cookies(server):
    host = "127.0.0.1:%d" % server.port
    first = Person(server, "admin")
    cookie = first.headers["set-cookie"]
    check.that(cookie.startswith("anlan_session=") and "HttpOnly" in cookie and "SameSite=Strict" in cookie
               and "Secure" not in cookie, "without TLS: " + cookie)
    pair = cookie.split(";")[0]

    def post(path="/v1/account/key/make", **headers):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return server.send("POST", path, {"name": "site", "house": HOUSE, "actor": "wang.broker"}, dict({"Cookie": pair}, **names))

    check.equal(server.send("GET", "/v1/session", None, {"Cookie": pair})[0], 200, "a browser is known by its cookie")
    check.equal(code(server.send("GET", "/v1/session", None, {"Cookie": pair + "; " + pair})), (401, "sign_in_needed"), "a cookie twice")
    refused = (403, "cross_site")
    check.equal(code(post()), refused, "nothing says where it comes from")
    check.equal(code(post(Origin="http://evil.example")), refused, "another origin")
    check.equal(code(post(Origin="null")), refused, "no origin")
    check.equal(code(post(Sec_Fetch_Site="cross-site")), refused, "another site")
    check.equal(code(post(Sec_Fetch_Site="same-site")), refused, "a neighbour")
    check.equal(code(post(Sec_Fetch_Site="cross-site", Anlan_Request="1")), refused, "another site, whatever it adds")
    check.equal(code(post(Sec_Fetch_Site="same-origin", Origin="http://evil.example")), refused, "one of two is wrong")
    check.equal(post(Sec_Fetch_Site="same-origin")[0], 200, "a page of ours")
    check.equal(post(Origin="http://" + host)[0], 200, "our origin")
    check.equal(post(Anlan_Request="1")[0], 200, "our own header")
    words = server.request_of(["quote", "issue", "ent_1", "--product", "ningbo-2023-a", "--from", "2026-04-01"])
    check.equal(code(server.send("POST", words[1], words[2], {"Cookie": pair, "Anlan-House": HOUSE})), refused, "an operation likewise")
    check.equal(code(server.send("POST", "/v1/session/sign-in", {"login": "admin", "password": PASSWORD}, {"Origin": "http://evil.example"})),
                refused, "nobody is signed in by another site")
    status, _, headers = server.send("POST", "/v1/session/sign-in", {"login": "admin", "password": PASSWORD}, {"Cookie": pair})
    check.that(status == 200 and headers["set-cookie"].split(";")[0] != pair, "a new id at every sign-in")
    check.equal(code(server.send("GET", "/v1/session", None, {"Cookie": pair})), (401, "credential_unknown"), "the id before is spent")
    pair = headers["set-cookie"].split(";")[0]
    status, _, headers = server.send("POST", "/v1/session/sign-out", {}, {"Cookie": pair, "Anlan-Request": "1"})
    check.that(status == 200 and "Max-Age=0" in headers["set-cookie"], "signed out, and the cookie goes")
    check.equal(server.send("GET", "/v1/session", None, {"Cookie": pair})[0], 401, "of no use")


def codes(server, admin):
    invited = admin.post("/v1/account/invite", {"login": "li", "display_name": "李明"})[1]
    check.equal(code(server.send("POST", "/v1/account/join", {"invitation": "ani_x", "password": PASSWORD})), (401, "invitation_wrong"), "no invitation")
    join = {"invitation": invited["invitation"], "password": "short"}
    check.equal(code(server.send("POST", "/v1/account/join", join)), (400, "password_too_short"), "a short password")
    join["password"] = PASSWORD
    check.equal(server.send("POST", "/v1/account/join", join)[0], 200, "joined")
    check.equal(code(server.send("POST", "/v1/account/join", join)), (401, "invitation_wrong"), "once")
    li = Person(server, "li")
    began = li.post("/v1/account/second-factor/begin")[1]
    check.that(began["uri"].startswith("otpauth://totp/Anlan:li?secret=" + began["secret"]), "the address for an app")
    check.equal(code(li.post("/v1/account/second-factor/confirm", {"code": "000000"}))[1], "second_factor_wrong", "a wrong code")
    status, confirmed = li.post("/v1/account/second-factor/confirm", {"code": totp(began["secret"])})
    check.equal((status, len(confirmed["recovery_codes"])), (200, 10), "confirmed")
    with open(server.accounts, "rb") as file:
        check.that(base64.b32decode(began["secret"]) not in file.read(), "the secret does not stand in the file")
    check.equal(li.get("/v1/session")[1]["second_factor_fresh"], True, "and fresh in this session")
    check.equal(code(server.send("POST", "/v1/session/sign-in", {"login": "li", "password": PASSWORD})), (401, "code_required"), "asked for")
    recovery = confirmed["recovery_codes"]
    check.equal(Person(server, "li", otp=recovery[0]).get("/v1/session")[1]["recovery_codes"], 9, "a recovery code is spent")
    status, renewed = li.post("/v1/account/recovery-codes")
    check.equal((status, len(renewed["recovery_codes"])), (200, 10), "new recovery codes")
    check.equal(server.send("POST", "/v1/session/sign-in", {"login": "li", "password": PASSWORD, "code": recovery[1]})[0], 401, "the old ones are void")
    check.equal(code(li.post("/v1/session/confirm", {"code": "12345"})), (401, "sign_in_wrong"), "a wrong code in a session")
    check.equal(li.post("/v1/session/confirm", {"code": renewed["recovery_codes"][0]})[0], 200, "confirmed within the session")
    change = {"old_password": "wrong wrong wrong", "new_password": NEXT}
    check.equal(code(li.post("/v1/account/password", change)), (401, "sign_in_wrong"), "not without the old password")
    change["old_password"] = PASSWORD
    check.equal(li.post("/v1/account/password", change)[0], 200, "the password is changed")
    check.equal(code(li.get("/v1/session")), (401, "credential_unknown"), "and the sessions are over")
    li = Person(server, "li", NEXT, renewed["recovery_codes"][1])
    check.equal(li.post("/v1/account/second-factor/remove")[0], 200, "codes are removed")
    check.equal(Person(server, "li", NEXT).status, 200, "and not asked for")
    return invited["id"], li


def keys(server, admin, li_id, li):
    wanted = {"name": "sales site", "house": HOUSE, "actor": "wang.broker", "scope": "write"}
    check.equal(code(li.post("/v1/account/key/make", wanted))[1], "membership_missing", "not as somebody else")
    for house, actor, expected in ((HOUSE, "wang.broker", 200), ("nowhere", "wang.broker", 400), (HOUSE, "nobody", 403)):
        status, reply = admin.post("/v1/account/%s/grant" % li_id, {"house": house, "actor": actor})
        check.equal(status, expected, "a grant as %s in %s: %s" % (actor, house, reply))
    status, made = li.post("/v1/account/key/make", wanted)
    check.that(status == 200 and made["token"].startswith("anl_test_") and made["shown"] in made["token"], "a key: %s" % made)
    check.that(li.post("/v1/account/key/make", dict(wanted, live=True))[1]["token"].startswith("anl_live_"), "a live one")

    def works(token):
        return server.send("GET", "/v1/product/list", None, {"Authorization": "Bearer " + token, "Anlan-At": AT})[0]

    check.equal(works(made["token"]), 200, "it works")
    rotated = li.post("/v1/account/key/%s/rotate" % made["id"], {"overlap_hours": 1})[1]
    check.equal((works(made["token"]), works(rotated["token"])), (200, 200), "both work for an hour")
    again = li.post("/v1/account/key/%s/rotate" % made["id"])[1]
    check.equal((works(made["token"]), works(rotated["token"]), works(again["token"])), (401, 401, 200), "the one before works no more")
    check.equal(li.post("/v1/account/key/%s/rotate" % made["id"], {"overlap_hours": 10_000})[0], 400, "a year is no overlap")
    check.equal(li.post("/v1/account/key/%s/revoke" % made["id"])[0], 200, "revoked")
    check.equal(works(again["token"]), 401, "and of no use")
    check.equal(code(admin.post("/v1/account/key/%s/revoke" % made["id"])), (404, "api_key_missing"), "nobody else's to revoke")
    listed = li.get("/v1/account/key/list")[1]["items"]
    check.that(len(listed) == 2 and not any("token" in each for each in listed), "listed without their secrets")
    narrow = li.post("/v1/account/key/make", dict(wanted, operations=["product list"]))[1]["token"]
    check.equal(works(narrow), 200, "a key of one operation")
    check.equal(code(server.send("GET", "/v1/enterprise/list", None, {"Authorization": "Bearer " + narrow})), (403, "scope_missing"), "and no other")
    check.equal(admin.post("/v1/account/%s/withdraw" % li_id, {"house": HOUSE, "actor": "wang.broker"})[0], 200, "withdrawn")
    check.equal(works(narrow), 401, "and its keys are revoked")


def organisations(server, admin):
    """Kinds, administrators of one organisation, roles beyond a kind, companies of another's."""
    def put(name, kind, **more):
        return admin.post("/v1/account/organisation/put", dict({"name": name, "kind": kind}, **more))

    check.equal(put("sea-brokers", "broker")[0], 200, "a broker")
    check.equal(put("factory", "company")[0], 200, "a company")
    check.equal(code(put("sea-brokers", "insurer")), (409, "organisation_kind"), "its kind stays")
    check.equal(code(put("sea-brokers", "broker", licence="1")), (400, "licence_malformed"), "a licence is an insurer's")
    check.equal(put("sea-brokers", "bank")[0], 400, "no such kind")
    for name in ("house", "House", "HOUSE"):
        check.equal(code(put(name, "broker")), (400, "organisation_reserved"), "no organisation is called " + name)
    check.equal(code(put("house ", "broker")), (400, "name_malformed"), "nor with a space")
    boss = join(server, admin, "boss", "sea-brokers", True)
    check.equal([each["name"] for each in boss.get("/v1/account/organisation/list")[1]["items"]], ["sea-brokers"], "its own organisation")
    check.equal(code(boss.post("/v1/account/organisation/put", {"name": "other", "kind": "broker"})), (403, "administrator_needed"), "records none")
    check.equal({each["login"] for each in boss.get("/v1/account/list")[1]["items"]}, {"boss"}, "its own accounts")
    check.equal(code(boss.post("/v1/account/invite", {"login": "x", "display_name": "x", "organisation": "factory"})),
                (403, "administrator_needed"), "none of another organisation")
    clerk_id, clerk = join(server, boss, "clerk", None, False, True)
    check.equal(clerk.get("/v1/session")[1]["kind_of_organisation"], "broker", "of its organisation without saying so")
    for path in ("/v1/account/list", "/v1/account/organisation/list", "/v1/account/company/list"):
        check.equal(code(clerk.get(path)), (403, "administrator_needed"), path)
    root = admin.get("/v1/session")[1]["account"]["id"]
    for action in ("disable", "enable", "invite"):
        check.equal(code(boss.post("/v1/account/%s/%s" % (root, action))), (404, "account_missing"), "another's account is not there: " + action)
        check.equal(code(boss.post("/v1/account/acc_999/" + action)), (404, "account_missing"), "like one that is not: " + action)
    grant = "/v1/account/%s/grant" % clerk_id
    check.equal(code(boss.post(grant, {"house": HOUSE, "actor": "li.claims"})), (403, "other_organisation"), "the insurer's claims handler")
    check.equal(code(boss.post(grant, {"house": HOUSE, "actor": "mole.claims"})), (403, "role_not_of_kind"), "a claims handler of the broker")
    known = [boss.post(grant, {"house": name, "actor": actor}) for name, actor in (
        (HOUSE, "li.claims"), (HOUSE, "no.body"), ("nowhere", "li.claims"), (REAL, "zhou.uw"), (REAL, "no.body"))]
    check.equal({(status, json.dumps(reply["error"]).replace("li.claims", "X").replace("no.body", "X").replace("zhou.uw", "X"))
                 for status, reply in known}, {(known[0][0], json.dumps(known[0][1]["error"]).replace("li.claims", "X"))},
                "which houses and people there are is none of its business")
    check.equal(boss.post(grant, {"house": HOUSE, "actor": "song.broker"})[0], 200, "its own broker")
    check.equal(clerk.run(["product", "list"], HOUSE)[0], 200, "who then acts")
    # What was granted on the machine is bounded all the same.
    check.equal(clerk.run(["enterprise", "list"], HOUSE)[0], 200, "its companies")
    return boss, clerk


def join(server, by, login, organisation, administrator, with_id=False):
    body = {"login": login, "display_name": login, "administrator": administrator}
    if organisation:
        body["organisation"] = organisation
    status, invited = by.post("/v1/account/invite", body)
    check.equal(status, 200, "%s is invited: %s" % (login, invited))
    status, reply, _ = server.send("POST", "/v1/account/join", {"invitation": invited["invitation"], "password": PASSWORD})
    check.equal(status, 200, "%s joins: %s" % (login, reply))
    person = Person(server, login)
    return (invited["id"], person) if with_id else person


def grants(server, admin, boss, company):
    """A company that a broker registered, shown to the company itself."""
    holder_id, holder = join(server, admin, "holder", "factory", False, True)
    check.equal(admin.post("/v1/account/%s/grant" % holder_id, {"house": HOUSE, "actor": "ren.holder"})[0], 200, "a policyholder")
    show, listing = ["enterprise", "show", company], ["enterprise", "list"]
    unseen = holder.run(show, HOUSE)
    check.equal(code(unseen), (404, "not_found"), "it does not see its own company")
    check.equal(holder.run(listing, HOUSE)[1]["items"], [], "nor in a list")
    wanted = {"house": HOUSE, "organisation": "factory", "enterprise": company}
    check.equal(code(boss.post("/v1/account/company/grant", wanted)), (404, "not_found"), "another broker has no say in it")
    check.equal(code(admin.post("/v1/account/company/grant", dict(wanted, enterprise="ent_999"))), (404, "not_found"), "no such company")
    check.equal(code(admin.post("/v1/account/company/grant", dict(wanted, organisation="nobody"))), (404, "organisation_missing"), "no such organisation")
    check.equal(admin.post("/v1/account/company/grant", wanted)[0], 200, "granted")
    check.equal(holder.run(show, HOUSE)[0], 200, "and seen")
    check.equal([row["id"] for row in holder.run(listing, HOUSE)[1]["items"]], [company], "in the list too")
    check.equal(admin.get("/v1/account/company/list")[1]["items"], [wanted], "the list of grants")
    check.equal(boss.get("/v1/account/company/list")[1]["items"], [], "which is none of the other broker's business")
    check.equal(admin.post("/v1/account/company/withdraw", wanted)[0], 200, "withdrawn")
    check.equal(code(holder.run(show, HOUSE)), (404, "not_found"), "and unseen")


def own_grant(server, admin, boss, clerk):
    """Whoever registered a company shows it to others."""
    path = os.path.join(server.folder, "company.toml")
    with open(os.path.join(os.environ["ANLAN_SOURCE_DIR"], "data", "demo", "enterprise.toml"), encoding="utf-8") as file:
        text = file.read()
    from _sheets import credit_code
    import re
    text = re.sub(r'credit_code = "[^"]*"', 'credit_code = "%s"' % credit_code(3), text)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    status, made, _ = server.send("POST", "/v1/enterprise/register", {"file": {"name": "company.toml", "text": text}},
                                  dict(clerk.bearer, **{"Anlan-House": HOUSE, "Anlan-At": AT}))
    check.equal(status, 200, "the clerk registers a company: %s" % json.dumps(made)[:300])
    wanted = {"house": HOUSE, "organisation": "factory", "enterprise": made.get("id", "")}
    check.equal(boss.post("/v1/account/company/grant", wanted)[0], 200, "its administrator grants it")
    check.equal(boss.get("/v1/account/company/list")[1]["items"], [wanted], "and sees that grant")
    unknown = dict(wanted, organisation="who-is-that")
    check.equal(boss.post("/v1/account/company/grant", unknown), (200, unknown), "who else there is, it is not told")
    check.equal(boss.post("/v1/account/company/withdraw", unknown)[0], 200, "nor when it withdraws")
    elsewhere = [code(boss.post("/v1/account/company/grant", dict(wanted, **other))) for other in ({"house": "nowhere"}, {"house": REAL})]
    check.equal(elsewhere, [(404, "not_found")] * 2, "nor which houses there are")


def licence(server, admin):
    """A real house binds and collects only when an insurer with a licence runs it."""
    root = admin.get("/v1/session")[1]["account"]["id"]
    check.equal(admin.post("/v1/account/%s/grant" % root, {"house": REAL, "actor": "zhou.uw"})[0], 200, "an underwriter of the real house")

    def bind():
        return code(admin.run(["policy", "bind", "quo_999"], REAL, None))

    def put(name, kind, **more):
        check.equal(admin.post("/v1/account/organisation/put", dict({"name": name, "kind": kind}, **more))[0], 200, "%s is recorded" % name)

    check.equal(bind(), (403, "house_unlicensed"), "nobody runs it")
    put("sea-brokers", "broker", houses=[REAL])
    check.equal(bind(), (403, "house_unlicensed"), "a broker runs it")
    check.equal(code(admin.post("/v1/account/organisation/put", {"name": "east", "kind": "insurer", "houses": [REAL]})),
                (409, "house_run_by_other"), "one house, one that runs it")
    put("sea-brokers", "broker")
    put("east", "insurer", houses=[REAL])
    check.equal(bind(), (403, "house_unlicensed"), "an insurer without a licence")
    put("east", "insurer", houses=[REAL], licence="000123")
    check.equal(bind(), (404, "not_found"), "and then it is a matter of the quote")
    # Its people are those of the house itself.
    _, staff = join(server, admin, "staff", "east", False, True)
    staff_id = staff.get("/v1/session")[1]["account"]["id"]
    check.equal(admin.post("/v1/account/%s/grant" % staff_id, {"house": REAL, "actor": "zhou.uw"})[0], 200, "the underwriter of the insurer")
    check.equal(code(admin.post("/v1/account/%s/grant" % staff_id, {"house": HOUSE, "actor": "zhou.uw"})), (403, "other_organisation"),
                "not of a house that it does not run")


def told_of_itself(server):
    """A key is told as whom it may act, and not what else its owner may."""
    key = {"Authorization": "Bearer " + server.reader}
    who = server.send("GET", "/v1/session", None, key)[1]
    check.equal(who["account"]["memberships"], [{"house": HOUSE, "actor": "wang.broker"}], "a key's own")
    whole = Person(server, "admin").get("/v1/session")[1]["account"]["memberships"]
    check.that({"house": REAL, "actor": "zhou.uw"} in whole, "its owner has more: %s" % whole)


def sizes(server, admin):
    """Nobody unknown makes the server hold much."""
    long = {"login": "x" * 17_000, "password": PASSWORD}
    check.equal(server.send("POST", "/v1/session/sign-in", long)[0], 413, "a long sign-in")
    check.equal(server.send("POST", "/v1/account/invite", long)[0], 413, "a long request of nobody")
    check.equal(server.send("POST", "/v1/session/sign-in", dict(long, login="x" * 9_000))[0], 401, "one that is long enough")
    check.equal(admin.post("/v1/account/invite", {"login": "y", "display_name": "x" * 17_000})[0], 400, "somebody who is known")
    check.equal(admin.post("/v1/account/invite", {"login": "y", "display_name": "x" * 300_000})[0], 413, "and too much of that")


def limits(folder, house):
    with Server(folder, [house], [], ["--rate-key", "5", "--rate-account", "1000"], fresh=False) as server:
        server.tokens = {}
        admin = Person(server, "admin")
        token = admin.post("/v1/account/key/make", {"name": "busy", "house": HOUSE, "actor": "wang.broker"})[1]["token"]
        bearer = {"Authorization": "Bearer " + token, "Anlan-At": AT}
        found = [server.send("GET", "/v1/product/list", None, bearer) for _ in range(40)]
        statuses = [each[0] for each in found]
        check.that(statuses[:10] == [200] * 10, "ten at once: %s" % statuses)
        late = next((each for each in found if each[0] == 429), None)
        check.that(late is not None, "and no forty")
        if late:
            check.equal(late[1]["error"]["code"], "too_many_requests", "the refusal")
            check.that(int(late[2]["retry-after"]) >= 1 and "r=0" in late[2]["ratelimit"] and "q=5" in late[2]["ratelimit-policy"],
                       "when to come again: %s" % late[2])
        check.that("q=1000" in found[0][2]["ratelimit-policy"] or "q=5" in found[0][2]["ratelimit-policy"], "the headers of a limit")
        text = server.send("GET", "/metrics")[1]
        check.that('anlan_rate_limited_total{by="key"} %d' % statuses.count(429) in text, "the count")

        def say(method, params):
            message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
            return server.send("POST", "/mcp", message, dict(bearer, Accept="application/json"))

        time.sleep(2.5)
        calls = [say("tools/call", {"name": "product_list", "arguments": {}}) for _ in range(8)]
        check.equal([(each[0], each[1]["result"]["isError"]) for each in calls], [(200, False)] * 8, "a tool counts once")
        found = [say("ping", {}) for _ in range(40)]
        check.that(429 in [each[0] for each in found], "messages to /mcp count: %s" % [each[0] for each in found])
        check.equal({each[1]["error"]["code"] for each in found if each[0] == 429}, {"too_many_requests"}, "with the same refusal")


def described(server):
    paths = server.send("GET", "/openapi.json")[1]["paths"]
    ids = [each["operationId"] for path in paths.values() for each in path.values()]
    check.equal(len(ids), len(set(ids)), "every operation of the description has an id of its own")
    routes = [(path, method) for path in paths for method in paths[path] if path.startswith(("/v1/session", "/v1/account"))]
    check.that(len(routes) >= 36, "the routes of accounts are described: %d" % len(routes))
    open_to_all = {"/v1/session/sign-in", "/v1/session/passkey/begin", "/v1/session/passkey/finish", "/v1/account/join", "/v1/account/ask", "/v1/account/shared"}
    for path, method in routes:
        reply = server.send(method.upper(), path.replace("{", "").replace("}", ""), None if method == "get" else {})
        if path in open_to_all:
            check.that(reply[0] != 404 and code(reply)[1] != "sign_in_needed", path + " is for everybody")
        else:
            check.equal(code(reply), (401, "sign_in_needed"), path + ": nobody")


def main():
    with Folder() as folder:
        house, real = os.path.join(folder, "house"), os.path.join(folder, "real")
        company = small_house(house)
        for name, role, organisation in (("song.broker", "broker", "sea-brokers"), ("mole.claims", "claims_handler", "sea-brokers"),
                                         ("ren.holder", "policyholder", "factory")):
            must("actor", "appoint", name, "--role", role, "--authority", "0.00", "--organisation", organisation,
                 house=house, as_="op", at="2026-02-24T11:00:00+08:00", lang="en")
        must("init", "--name", REAL, house=real, as_="op", lang="en")
        must("actor", "appoint", "zhou.uw", "--role", "underwriter", "--authority", "1000000.00", house=real, as_="op", lang="en")
        must("actor", "appoint", "qian.finance", "--role", "finance", house=real, as_="op", lang="en")
        paper = os.path.join(folder, "licence.txt")
        with open(paper, "w", encoding="utf-8") as file:
            file.write("a licence\n")
        must("licence", "record", "000123", "--from", "2020-01-01", "--evidence", paper, house=real, as_="qian.finance", lang="en")
        with Server(folder, [house, real], [(HOUSE, "wang.broker")]) as server:
            check.equal(stat.S_IMODE(os.stat(server.accounts + ".key").st_mode), 0o600, "the key of the accounts is private")
            sessions(server)
            cookies(server)
            admin = Person(server, "admin")
            li_id, li = codes(server, admin)
            keys(server, admin, li_id, li)
            boss, clerk = organisations(server, admin)
            grants(server, admin, boss, company)
            own_grant(server, admin, boss, clerk)
            licence(server, admin)
            told_of_itself(server)
            sizes(server, admin)
            described(server)
        check.equal(server.status, 0, "the server ends as asked")
        limits(folder, house)
    check.end()


main()
