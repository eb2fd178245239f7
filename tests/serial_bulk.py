"""500 companies of one list, registered and quoted: at most 20 s of a processor, which is 10 s on the two cores that
the yardstick of docs/BENCHMARKS.md names; and a second run that records nothing in a tenth of that."""

import os
import resource
import time

from _anlan import Check, Folder, must, small_house
from _sheets import company, csv_text

check = Check("serial_bulk")


def used():
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def run(house, file, at):
    start, clock = used(), time.monotonic()
    reply = must("submission", "bulk", file, "--product", "ningbo-2023-a", "--from", "2026-03-10", house=house, at=at,
                 as_="wang.broker", json=True).json()
    print("%d rows: %.2f s of a processor, %.2f s" % (len(reply["rows"]), used() - start, time.monotonic() - clock))
    return reply, used() - start


with Folder() as root:
    home = os.path.join(root, "house")
    small_house(home)
    path = os.path.join(root, "list.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(csv_text([company(number) for number in range(500)]))
    first, spent = run(home, path, "2026-03-02T10:00:00+08:00")
    check.equal(sum(row["submission"] is not None for row in first["rows"]), 500, "every row is answered")
    check.that(spent <= 20.0, "at most 20 s of a processor: %.1f" % spent)
    second, spent = run(home, path, "2026-03-02T11:00:00+08:00")
    check.equal([row["submission"] for row in second["rows"]], [row["submission"] for row in first["rows"]], "the same")
    check.that(spent <= 5.0, "a second run calculates nothing: %.1f" % spent)
check.end()
