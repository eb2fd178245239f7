"""How long an answer of the what-if page takes on a server: price, who bears what and what is filed, with other answers and
hours. Prints the times; the first question of a server must not wait for tables that could have been made before."""

import statistics
import time

from _anlan import Check, Folder, house_rows, small_house
from _http import Server

check = Check("what_if")
HOUSE, UW = "test-house", "zhou.uw"
AT = "2026-03-02T09:00:00+08:00"
SLOW = 10.0  # seconds: what no machine should need for the median; the figure that is aimed at is 0.5


def ask(server, company, *more):
    words = ["quote", "options", company, "--product", "ningbo-2023-a", "--bears"]
    begun = time.monotonic()
    status, rows, _ = server.send("GET", "/v1/quote/options?enterprise=%s&product=ningbo-2023-a&bears=true&%s" % (company, "&".join(more)),
                                  headers={"Authorization": "Bearer " + server.tokens[(HOUSE, UW)], "Anlan-At": AT})
    took = time.monotonic() - begun
    check.equal(status, 200, "an answer: %s" % (rows if status != 200 else words))
    items = rows["items"] if isinstance(rows, dict) else rows
    return items[0], took


def main():
    with Folder() as folder:
        house = folder + "/house"
        company = small_house(house)
        with Server(folder, [house], [(HOUSE, UW)]) as server:
            time.sleep(15)  # as long as somebody needs to sign in and open a quote
            before = len(house_rows(house))
            plain, first = ask(server, company, "limit=400000", "retention=0")
            times = []
            for number in range(20):
                row, took = ask(server, company, "limit=%d" % (200000 + 20000 * number), "retention=%d" % (500 * number),
                                "waiting=%d" % number, "answers=IAM-01%%3D%d" % (60 + 2 * number), "answers=IAM-02%3D100")
                times.append(took)
                check.that(row["bears"]["retained"]["amount"] > 0 and row["filed"]["text"], "price, who bears what and the filing in one answer")
                check.equal([each["control"] for each in row["answers"]], ["IAM-01", "IAM-02"], "with the answers that were tried")
            check.equal(plain["filed"]["premium"], {"amount": 280000, "currency": "CNY"}, "the filed terms have their filed premium")
            check.equal(row["filed"]["premium"], None, "others have none")
            check.equal(len(house_rows(house)), before, "nothing is recorded")
            times.sort()
            print("what-if: the first %.0f ms; of %d: median %.0f ms, slowest %.0f ms" %
                  (1000 * first, len(times), 1000 * statistics.median(times), 1000 * times[-1]))
            check.that(statistics.median(times) < SLOW, "the median is no %s s" % SLOW)
        check.equal(server.status, 0, "the server ends as asked")
    check.end()


main()
