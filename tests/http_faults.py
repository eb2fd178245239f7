"""The service when connections are cut and the server is killed: whatever was acknowledged is there once, and a retry
under its key gives the first answer. Usage: http_faults.py [CUTS [KILLS]]"""

import http.client
import json
import os
import random
import signal
import socket
import sys
import threading
import time

from _anlan import Check, Folder, house_rows, must, small_house
from _http import Server

CUTS, KILLS = int((sys.argv[1:] or ["300"])[0]), int((sys.argv[2:] or ["12"])[0])
AT = "2026-03-01T09:00:00+08:00"
check = Check("http_faults")


class Payer:
    """Pays capital in, one yuan under each key, and remembers what was answered."""

    def __init__(self, server, name):
        self.server, self.name, self.answers, self.sent, self.silent = server, name, {}, 0, None
        self.random = random.Random(name)

    def request(self, key):
        body = json.dumps({"amount": "1.00"})
        return ("POST /v1/capital/pay-in HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nAnlan-At: %s\r\n"
                "Idempotency-Key: %s\r\nContent-Length: %d\r\n\r\n%s" % (
                    self.server.tokens[("test-house", "qian.finance")], AT, key, len(body), body)).encode()

    def cut(self, key):
        """Sends some of the request, or all, reads nothing or a part, and hangs up."""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=60) as line:
            request = self.request(key)
            line.sendall(request[:self.random.choice([0, len(request) // 2, len(request), len(request), len(request)])])
            if self.random.random() < 0.3:
                line.settimeout(0.005)
                try:
                    line.recv(self.random.randint(1, 60))
                except (TimeoutError, OSError):
                    pass

    def ask(self, key):
        """The answer, however often it must be asked for; None where nobody listens for minutes."""
        patience = time.monotonic() + 300
        while time.monotonic() < patience:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
                connection.request("POST", "/v1/capital/pay-in", json.dumps({"amount": "1.00"}), {
                    "Authorization": "Bearer " + self.server.tokens[("test-house", "qian.finance")], "Anlan-At": AT,
                    "Idempotency-Key": key})
                reply = connection.getresponse()
                answer = json.loads(reply.read())
                connection.close()
            except (OSError, http.client.HTTPException, ValueError):
                time.sleep(0.01)
                continue
            if reply.status == 200:
                return answer
            if reply.status not in (409, 429, 503):
                raise SystemExit("FAILED: %d %s" % (reply.status, answer))
            time.sleep(0.01)
        return None


def same(first, second):
    """Of one key, everything but whether it is the first answer or the same again."""
    return {name: value for name, value in first.items() if name != "repeated"} == \
        {name: value for name, value in second.items() if name != "repeated"}


def capital(server):
    status, reply, _ = server.run(["ledger", "show"], "test-house", "zhou.uw", method="GET")
    check.equal(status, 200, "the ledger")
    found = [row for row in reply["balances"] if row["kind"] == "paid_in_capital"]
    return abs(found[0]["balance"]["amount"]) // 100 if found else 0


def cut_connections(server):
    """Half of the keys are cut first; then each is asked for twice."""
    payers = [Payer(server, "cut-%d" % number) for number in range(4)]

    def work(payer):
        for number in range(CUTS // len(payers)):
            key = "%s-%d" % (payer.name, number)
            payer.cut(key)
            first, second = payer.ask(key), payer.ask(key)
            if first is None or second is None or not same(first, second):
                payer.answers[key] = (first, second)
            payer.sent += 1

    threads = [threading.Thread(target=work, args=(payer,)) for payer in payers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sent = sum(payer.sent for payer in payers)
    check.equal(sent, CUTS // 4 * 4, "every key was asked for")
    check.equal([answer for payer in payers for answer in payer.answers.items()], [], "every retry has the first answer")
    check.equal(capital(server), sent, "each yuan was paid in once")
    return sent


def kills(folder, house):
    """Clients that pay while the server is killed and started again and again."""
    with Server(folder, [house], [("test-house", "qian.finance"), ("test-house", "zhou.uw")]) as server:
        before = capital(server)
        payers = [Payer(server, "kill-%d" % number) for number in range(4)]
        ended = threading.Event()

        def work(payer):
            while not ended.is_set():
                key = "%s-%d" % (payer.name, payer.sent)
                answer = payer.ask(key)
                if answer is None:
                    payer.silent = key  # whether it was recorded nobody knows
                    return
                payer.answers[key] = answer
                payer.sent += 1

        threads = [threading.Thread(target=work, args=(payer,)) for payer in payers]
        for thread in threads:
            thread.start()
        chance = random.Random(7)
        for _ in range(KILLS):
            done, patience = sum(payer.sent for payer in payers), time.monotonic() + 60
            while sum(payer.sent for payer in payers) == done and time.monotonic() < patience:
                time.sleep(0.001)  # something is answered between two kills
            time.sleep(chance.random() * 0.03)
            server.process.send_signal(signal.SIGKILL)
            server.process.wait()
            server.start()
        time.sleep(0.05)
        ended.set()
        for thread in threads:
            thread.join()
        check.equal([payer.silent for payer in payers], [None] * len(payers), "every request has its answer in the end")
        sent = sum(payer.sent for payer in payers)
        check.that(sent >= KILLS, "work went on between the kills: %d" % sent)
        lost = [key for payer in payers for key, answer in payer.answers.items() if not same(payer.ask(key), answer)]
        check.equal(lost, [], "what was acknowledged before a kill is answered the same after it")
        check.equal(capital(server) - before, sent, "nothing is lost or doubled by %d kills" % KILLS)
    check.equal(server.status, 0, "the server ends as asked")
    must("journal", "verify", house=house)
    # The journal's own word: each key of each payer once.
    keys = [row[7] for row in house_rows(house) if row[6] == "qian.finance" and row[7].startswith("kill-")]
    check.equal((len(keys), len(set(keys))), (sent, sent), "each key stands in the journal once")
    return sent


def main():
    with Folder() as folder:
        house = os.path.join(folder, "house")
        small_house(house)
        first = os.path.join(folder, "first")
        os.mkdir(first)
        with Server(first, [house], [("test-house", "qian.finance"), ("test-house", "zhou.uw")]) as server:
            cut = cut_connections(server)
        second = os.path.join(folder, "second")
        os.mkdir(second)
        paid = kills(second, house)
        print("%d cut connections; %d commands beside %d kills" % (cut, paid, KILLS))
    check.end()


main()
