"""kill -9 during `anlan init`: what is left is a house, or nothing that the next init refuses.

The process is killed at 20 moments spread over an undisturbed run, and a few after its end.
"""

import os
import subprocess
import time

from _anlan import BIN, Check, Folder, anlan, must

KILLS = 20


def init_words(house):
    return ["init", "--name", "killed", "--house", house, "--as", "op", "--lang", "en"]


def undisturbed_seconds(folder):
    """The slowest of five runs."""
    slowest = 0.0
    for run in range(5):
        start = time.monotonic()
        subprocess.run([BIN] + init_words(os.path.join(folder, "timed-%d" % run)), check=True,
                       stdout=subprocess.DEVNULL)
        slowest = max(slowest, time.monotonic() - start)
    return slowest


def kill_after(house, seconds):
    process = subprocess.Popen([BIN] + init_words(house), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    process.kill()
    process.wait()
    return process.returncode


def main():
    check = Check("init_kill")
    with Folder() as folder:
        whole = undisturbed_seconds(folder)
        before = 0
        for number in range(KILLS):
            house = os.path.join(folder, "house-%02d" % number)
            kill_after(house, whole * number / (KILLS - 1))
            if not os.path.exists(house):
                before += 1
                must(*init_words(house))
            report = must("journal", "verify", house=house, lang="en", json=True).json()
            check.equal(int(report["records"]), 1, "records after kill %d" % number)
            must("actor", "appoint", "wang.broker", "--role", "broker", house=house, as_="op", lang="en")
            refused = anlan(*init_words(house))
            check.equal(refused.status, 1, "a second init after kill %d" % number)
        check.that(before > 0, "some kills come before the house is there")
        print("killed before the house was there: %d of %d" % (before, KILLS))
    check.end()


if __name__ == "__main__":
    main()
