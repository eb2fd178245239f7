"""An account for whoever wants to buy: asked for without one, limited, and no more than a policyholder of its own company."""

import json

from _anlan import Check, Folder, house_rows, must, small_house
from _http import Server

check = Check("account_asking")
HOUSE, REAL = "test-house", "real-house"
PASSWORD = "eight maple hills 2026"
PERSON = {"login": "Chen@example.com", "display_name": "陈示例", "company": "宁波海潮机械有限公司", "house": HOUSE}
FIRM = {
    "legal_name": "宁波海潮机械有限公司", "credit_code": "91330206MA2HACHA0F", "assess_consent": True, "monitor_consent": True, "stated_on": "2026-11-01",
    "facts": {"sector": "C34", "region": "330206", "revenue": "30000000.00", "gross_margin": "25 %", "employees": 48, "records": 8000, "endpoints": 30,
              "cii_operator": False, "incidents_36m": 0},
}


def code(reply):
    return reply[0], ((reply[1] or {}).get("error") or {}).get("code")


def closed(folder, house):
    with Server(folder, [house], [(HOUSE, "wang.broker")]) as server:
        rows = len(house_rows(house))
        check.equal(code(server.send("POST", "/v1/account/ask", PERSON)), (400, "asking_closed"), "no house takes requests")
        check.equal(len(house_rows(house)), rows, "nothing was recorded")


def bought(server, house, company):
    """From nothing to a quote, without anybody else; what is of others stays unseen."""
    check.equal(code(server.send("POST", "/v1/account/ask", {**PERSON, "login": "no login"})), (400, "login_malformed"), "a login that is none")
    check.equal(code(server.send("POST", "/v1/account/ask", {**PERSON, "company": ""})), (400, "empty_text"), "no company")
    rows = len(house_rows(house))
    status, asked, _ = server.send("POST", "/v1/account/ask", PERSON)
    check.equal((status, asked.get("house"), asked.get("sandbox"), asked.get("login")), (200, HOUSE, True, "chen@example.com"), "asked: %s" % asked)
    check.equal(code(server.send("POST", "/v1/session/sign-in", {"login": PERSON["login"], "password": PASSWORD})), (401, "sign_in_wrong"), "not yet")
    joined = server.send("POST", "/v1/account/join", {"invitation": asked["invitation"], "password": PASSWORD})
    check.equal(joined[0], 200, "joined: %s" % joined[1])
    check.equal(len(house_rows(house)), rows + 1, "one person was appointed")
    token = server.send("POST", "/v1/session/sign-in", {"login": PERSON["login"], "password": PASSWORD})[1]["token"]
    mine = {"Authorization": "Bearer " + token}
    acts = server.send("GET", "/v1/session", None, mine)[1]["acts_as"]
    check.equal([(each["house"], each["roles"]) for each in acts], [(HOUSE, ["policyholder"])], "a policyholder, and nothing else")
    check.equal(server.send("GET", "/v1/enterprise/list", None, mine)[1]["items"], [], "sees no company of others")
    check.equal(server.send("GET", "/v1/enterprise/" + company, None, mine)[0], 404, "nor one by its id")
    check.equal(code(server.send("POST", "/v1/actor/x.y/appoint", {"role": "operator"}, mine))[0], 403, "appoints nobody")
    moved = server.send("POST", "/v1/enterprise/register", {"file": {"name": "firm.json", "text": json.dumps(FIRM)}}, {**mine, "Anlan-At": "2099-01-01T00:00:00+08:00"})
    check.equal(code(moved)[1], "clock_not_settable", "who let himself in does not move the clock of others")
    made = server.send("POST", "/v1/enterprise/register", {"file": {"name": "firm.json", "text": json.dumps(FIRM)}}, mine)
    check.equal(made[0], 200, "registers its company: %s" % made[1])
    seen = server.send("GET", "/v1/enterprise/list", None, mine)[1]["items"]
    check.equal([each["id"] for each in seen], [made[1]["id"]], "sees its own")
    assessed = server.send("POST", "/v1/assess", {"enterprise": made[1]["id"], "answers": "@demo/answers.toml"}, mine)
    check.equal(assessed[0], 200, "answers the questions: %s" % assessed[1])
    check.equal(code(server.send("POST", "/v1/account/ask", PERSON)), (409, "login_taken"), "the same login again")
    check.equal(code(server.send("POST", "/v1/account/join", {"invitation": asked["invitation"], "password": PASSWORD})), (401, "invitation_wrong"), "good once")


def limited(server, house):
    rows = len(house_rows(house))
    codes = [code(server.send("POST", "/v1/account/ask", {**PERSON, "login": "many.%d" % number})) for number in range(8)]
    check.that((429, "too_many_requests") in codes, "one network asks for few: %s" % codes)
    check.that(len(house_rows(house)) <= rows + 5, "and gets few")
    last = server.send("POST", "/v1/account/ask", {**PERSON, "login": "many.9"})
    check.that(int(last[2].get("retry-after", "0")) > 60, "it is told when to come again: %s" % last[2])


def of_real_money(server, real):
    rows = len(house_rows(real))
    status, asked, _ = server.send("POST", "/v1/account/ask", {**PERSON, "login": "real@example.com", "house": REAL})
    check.equal((status, asked.get("sandbox"), asked.get("invitation")), (200, False, None), "a person sees to it: %s" % asked)
    check.equal(len(house_rows(real)), rows, "nobody is appointed by asking")
    status, asked, _ = server.send("POST", "/v1/account/ask", {**PERSON, "login": "beside@example.com", "house": HOUSE})
    check.equal((status, asked.get("sandbox"), asked.get("invitation")), (200, True, None), "nor in a sandbox beside it: the logins are the server's: %s" % asked)


def main():
    with Folder() as folder:
        house, real = folder + "/house", folder + "/real"
        company = small_house(house)
        must("init", "--name", REAL, house=real, as_="op", lang="en")
        closed(folder, house)
        for each in (house, real):
            must("actor", "appoint", "account-desk", "--role", "operator", house=each, as_="op")
        with Server(folder, [house, real], [], fresh=False) as server:
            of_real_money(server, real)
        with Server(folder, [house], [], fresh=False) as server:
            bought(server, house, company)
        with Server(folder, [house], [], fresh=False) as server:
            limited(server, house)
    check.end()


main()
