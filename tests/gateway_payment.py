"""Paying through the sandbox's gateway: once however often it is tapped or told, whoever is killed in between."""

import hashlib
import hmac
import http.client
import os
import random
import sqlite3
import threading
import time

from _anlan import SOURCE, Check, Folder, anlan, house_rows, must, small_house
from _http import Server

check = Check("gateway_payment")
HOUSE, OWNER, BROKER, FINANCE = "test-house", "wang.owner", "wang.broker", "qian.finance"
AT = "2026-02-27T09:%02d:00+08:00"


def prepared(house, instalments):
    """Two policies of two companies; the premium of the second is paid in instalments."""
    companies = [small_house(house)]
    must("actor", "appoint", OWNER, "--role", "policyholder", house=house, as_="op", at="2026-02-24T10:30:00+08:00")
    facts = house + ".toml"
    with open(os.path.join(SOURCE, "data/demo/enterprise_c.toml"), encoding="utf-8") as shipped, open(facts, "w", encoding="utf-8") as file:
        file.write(shipped.read().replace("2026-09", "2026-02"))
    companies.append(must("enterprise", "register", facts, house=house, as_=BROKER, at="2026-02-24T11:00:00+08:00", json=True).json()["id"])
    policies = []
    for number, company in enumerate(companies):
        when = "2026-02-25T09:%02d:00+08:00"
        quote = must("quote", "issue", company, "--product", "ningbo-2023-a", "--from", "2026-03-10", house=house,
                     as_="zhou.uw", at=when % (3 * number), json=True).json()["id"]
        must("quote", "explain", quote, "--confirmed-by", "e-sign", house=house, as_=BROKER, at=when % (3 * number + 1))
        policies.append(must("policy", "bind", quote, house=house, as_="zhou.uw", at=when % (3 * number + 2), json=True).json()["id"])
    must("premium", "plan", policies[1], "--instalments", instalments, "--every", 1, house=house, as_=FINANCE, at="2026-02-25T10:00:00+08:00")
    return policies


def appoint_gateway(house):
    must("actor", "appoint", "payment-gateway", "--role", "finance", house=house, as_="op", at="2026-02-26T09:00:00+08:00")


def receipts(house):
    return [row for row in house_rows(house) if row[6] == "payment-gateway" and row[4] == 0]


def secret_of(house):
    connection = sqlite3.connect("file:%s/gateway-sandbox.db?mode=ro" % house, uri=True)
    try:
        return connection.execute("SELECT value FROM meta WHERE name = 'secret'").fetchone()[0]
    finally:
        connection.close()


def signed(secret, payment, outcome, minor, seconds):
    text = "%d.%s\n%s\n%d\nCNY" % (seconds, payment, outcome, minor)
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def notice_words(payment, minor, seconds, signature, outcome="paid"):
    return ["premium", "notice", "--payment", payment, "--outcome", outcome, "--amount", "%d.%02d" % divmod(minor, 100),
            "--seconds", str(seconds), "--signature", signature]


def on_the_command_line(house, policies):
    who = {"house": house, "as_": OWNER, "json": True, "lang": "en"}
    first, second = policies
    refused = anlan("premium", "pay", first, at="2026-02-25T10:01:00+08:00", **who)
    check.equal((refused.status, refused.error()["code"]), (1, "gateway_none"), "no gateway was appointed")
    shown = anlan("premium", "payments", first, **who).json()
    check.equal((shown["gateway"], shown["payments"]), (None, []), "the view says so")
    check.that(not os.path.exists(house + "/payments.db"), "looking makes no files")
    appoint_gateway(house)

    denied = anlan("premium", "pay", first, house=house, as_="zhou.uw", at=AT % 0, json=True, lang="en")
    check.equal(denied.error()["code"], "role_missing", "the insurer does not pay to itself")
    made = anlan("premium", "pay", first, at=AT % 1, **who).json()
    owed = must("premium", "payments", first, **who).json()["payable"]
    check.equal((made["state"], made["amount"], made["sandbox"]), ("waiting", owed, True), "the amount is the house's")
    again = anlan("premium", "pay", first, at=AT % 2, **who).json()
    check.equal(again["payment"], made["payment"], "a second tap is the same payment")
    wrong = anlan("premium", "sandbox", second, "--payment", made["payment"], "--answer", "paid", at=AT % 2, **who)
    check.equal(wrong.error()["code"], "payment_missing", "a payment of another policy")
    declined = anlan("premium", "sandbox", first, "--payment", made["payment"], "--answer", "declined", at=AT % 3, **who).json()
    check.equal((declined["state"], len(receipts(house))), ("declined", 0), "declined: nothing is recorded")

    # Told twice, after another try.
    made = anlan("premium", "pay", first, at=AT % 4, **who).json()
    check.that(made["payment"] != declined["payment"], "another try is another payment")
    paid = anlan("premium", "sandbox", first, "--payment", made["payment"], "--answer", "paid", "--tell", "twice", at=AT % 5, **who).json()
    check.equal((paid["state"], len(receipts(house))), ("recorded", 1), "told twice, recorded once")
    check.equal(receipts(house)[0][7], "gateway/" + made["payment"], "under its own key")
    nothing = anlan("premium", "pay", first, at=AT % 6, **who)
    check.equal(nothing.error()["code"], "wrong_state", "nothing is owed any more")

    # Notices that somebody made up, with the secret and without.
    made = anlan("premium", "pay", second, at=AT % 7, **who).json()
    secret, name, minor = secret_of(house), made["payment"], made["amount"]["amount"]
    for words, code, what in [
        (notice_words(name, minor, 1772154540, "0" * 64), "notice_forged", "a wrong signature"),
        (notice_words(name, 1, 1772154540, signed(secret, name, "paid", minor, 1772154540)), "notice_forged", "another amount than was signed"),
        (notice_words(name, 1, 1772154540, signed(secret, name, "paid", 1, 1772154540)), "notice_amount", "a wrong amount, signed"),
        (notice_words("gwp-0", minor, 1772154540, signed(secret, "gwp-0", "paid", minor, 1772154540)), "payment_missing", "a payment that is not there"),
    ]:
        found = anlan(*words, house=house, at=AT % 8, json=True, lang="en")
        check.equal((found.error()["code"], len(receipts(house))), (code, 1), what)
    right = notice_words(name, minor, 1772154540, signed(secret, name, "paid", minor, 1772154540))
    for _ in range(3):
        found = anlan(*right, house=house, at=AT % 9, json=True, lang="en").json()
        check.equal((found["state"], len(receipts(house))), ("recorded", 2), "a notice that comes again")

    # What came by transfer in between is not paid twice: the gateway gives it back.
    made = anlan("premium", "pay", second, at=AT % 10, **who).json()
    must("premium", "receive", second, "--payer", "customer", "--amount", "%d.%02d" % divmod(made["amount"]["amount"], 100),
         house=house, as_=FINANCE, at=AT % 11)
    back = anlan("premium", "sandbox", second, "--payment", made["payment"], "--answer", "paid", at=AT % 12, **who).json()
    check.equal((back["state"], len(receipts(house))), ("returned", 2), "given back")
    for lang, word in (("en", "Sandbox"), ("zh", "沙箱")):
        said = anlan("premium", "payments", second, house=house, as_=BROKER, lang=lang)
        check.that(word.lower() in said.out.lower() and said.status == 0, "it says that it is a sandbox: " + said.out)


def answer(server, policy, payment, minute, **options):
    body = {"policy": policy, "payment": payment, "answer": "paid", **options}
    return server.send("POST", "/v1/premium/sandbox", body, bearer(server, minute))


def bearer(server, minute):
    return {"Authorization": "Bearer " + server.tokens[(HOUSE, BROKER)], "Anlan-At": "2026-02-28T%02d:%02d:00+08:00" % divmod(600 + minute, 60)}


def kill(server):
    server.process.kill()
    server.process.wait()
    server.process.stdout.close()
    server.start()


def state_of(server, policy, minute):
    found = server.send("GET", "/v1/premium/payments?policy=" + policy, None, bearer(server, minute))[1]
    return [each["state"] for each in found["payments"]]


def settled(server, policy, minute):
    for _ in range(150):
        states = state_of(server, policy, minute)
        if "pending" not in states:
            return states
        time.sleep(0.1)
    return states


def killed(server, house, policy):
    """The gateway has the money and has not told: killed, pending, and in the end one record."""
    made = server.send("POST", "/v1/premium/pay", {"policy": policy}, bearer(server, 0))[1]
    late = answer(server, policy, made["payment"], 1, tell="late")[1]
    check.equal((late["state"], len(receipts(house))), ("pending", 0), "the gateway is slow, and the answer says pending")
    kill(server)
    check.equal(state_of(server, policy, 2), ["pending"], "pending after the restart")
    tapped = server.send("POST", "/v1/premium/pay", {"policy": policy}, bearer(server, 2))[1]
    check.equal((tapped["payment"], tapped["state"]), (made["payment"], "pending"), "who taps again is told so")
    check.equal(settled(server, policy, 3), ["recorded"], "the gateway tells again")
    check.equal(len(receipts(house)), 1, "one record")


def twice_at_once(work):
    """The replies of two who do the same at once; of none where the server was killed."""
    def one():
        try:
            replies.append(work())
        except (OSError, http.client.HTTPException):
            pass

    replies = []
    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    return threads, replies


def killed_anywhere(server, house, policy, rounds):
    """Double taps and double answers on one instalment after the other, and the server is killed at random in between."""
    dice = random.Random(20260228)
    for number in range(1, rounds + 1):
        before, minute = len(receipts(house)), 10 * number
        body = {"policy": policy}
        threads, replies = twice_at_once(lambda: server.send("POST", "/v1/premium/pay", body, bearer(server, minute)))
        if number % 2:
            time.sleep(dice.uniform(0.0, 0.03))
            kill(server)
        for thread in threads:
            thread.join()
        replies.append(server.send("POST", "/v1/premium/pay", body, bearer(server, minute + 1)))
        names = {reply[1]["payment"] for reply in replies}
        check.equal(({reply[0] for reply in replies}, len(names)), ({200}, 1), "all taps are one payment: %s" % names)
        payment, tell = names.pop(), dice.choice(["once", "twice"])
        threads, _ = twice_at_once(lambda: answer(server, policy, payment, minute + 2, tell=tell))
        time.sleep(dice.uniform(0.0, 0.05))
        kill(server)
        for thread in threads:
            thread.join()
        if state_of(server, policy, minute + 3)[0] == "waiting":  # the gateway was not reached
            answer(server, policy, payment, minute + 3)
        check.equal(settled(server, policy, minute + 4)[0], "recorded", "recorded in the end")
        check.equal(len(receipts(house)), before + 1, "one record of the payment in round %d" % number)


def anybody(server, house, policy):
    """The gateway needs no account: its signature is enough; without one nothing is taken."""
    made = server.send("POST", "/v1/premium/pay", {"policy": policy}, bearer(server, 100))[1]
    secret, name, minor = secret_of(house), made["payment"], made["amount"]["amount"]
    before = len(receipts(house))
    body = {"payment": name, "outcome": "paid", "amount": made["amount"], "seconds": 1772247600}
    forged = server.send("POST", "/v1/premium/notice", {**body, "signature": "0" * 64})
    check.equal((forged[1]["error"]["code"], len(receipts(house))), ("notice_forged", before), "forged over HTTP")
    told = server.send("POST", "/v1/premium/notice", {**body, "signature": signed(secret, name, "paid", minor, 1772247600)})
    check.equal((told[0], told[1].get("state"), len(receipts(house))), (200, "recorded", before + 1), "told over HTTP without an account: %s" % told[1])
    check.equal(server.send("POST", "/v1/premium/pay", {"policy": policy})[0], 401, "paying needs one")


def main():
    with Folder() as folder:
        on_the_command_line(folder + "/one", prepared(folder + "/one", 2))
        house = folder + "/two"
        whole, parts = prepared(house, 12)
        appoint_gateway(house)
        with Server(folder, [house], [(HOUSE, BROKER)], ["--open-house", HOUSE]) as server:
            killed(server, house, whole)
            killed_anywhere(server, house, parts, 8)
            anybody(server, house, parts)
        must("journal", "verify", house=house)
    check.end()


main()
