#!/usr/bin/env python3
"""The table of ratios.sh: runs each job in a process of its own, so that each peak of memory is its own."""
import json
import shutil
import subprocess
import sys

RIGHT = {"tower": 34273.84508374312}  # by this program on grids of 512 points and by R actuar on 4,096
MEMORY_MAX_KIB = 200 * 1024
JOBS = {"tower": "tower of 5 layers, error at most 1e-6", "market": "10,000 different companies x that tower",
        "years": "expected payment of a layer (numpy: 10^6 years)", "panjer": "compound Poisson, 4,096 points",
        "fft": "compound Poisson, 65,536 points"}
# actuar and numpy have no bound: the least number of points, a power of 2, whose error is below 1e-6, found beforehand
# (numpy the same: 16 for the tower, 128 for the market, whose annual deductible is cut more sharply). 128 points a layer
# of the tower are what actuar's yardstick used before.
ACTUAR = {"tower": [16, 128], "market": [128], "panjer": [4096], "fft": [65536]}


def find_python():
    for name in (sys.executable, "/usr/bin/python3"):
        found = subprocess.run([name, "-c", "import numpy"], capture_output=True, check=False)
        if found.returncode == 0:
            return name
    return None


def has_actuar():
    if not shutil.which("Rscript"):
        return False
    return subprocess.run(["Rscript", "-e", "library(actuar)"], capture_output=True, check=False).returncode == 0


def run(command):
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def time_text(seconds):
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} us"


def show(who, got, ours, extra):
    ratio = "" if got is ours else f"{got['seconds'] / ours['seconds']:8.1f} x"
    print(f"  {who:<22}{time_text(got['seconds']):>10}{got['kib'] / 1024:8.0f} MB  {got['value']:<16.10g}{ratio:>11}  {extra}")


def error_text(job, got, ours):
    right = RIGHT.get(job, ours["value"])
    text = f"off by {abs(got['value'] / right - 1.0):.0e}"
    if "bound" in got and got["bound"] > 0.0:
        text += f", stated {got['bound']:.0e}"
    return text


def main():
    folder, program = sys.argv[1:]
    python, actuar = find_python(), has_actuar()
    if not python:
        print("numpy is not installed (Debian: apt-get install python3-numpy): its lines are left out")
    if not actuar:
        print("R with actuar is not installed (Debian: apt-get install r-cran-actuar): its lines are left out")
    largest = 0
    for job, title in JOBS.items():
        ours = run([program, job])
        largest = max(largest, ours["kib"])
        print(title)
        show("anlan", ours, ours, error_text(job, ours, ours))
        if python:
            got = run([python, f"{folder}/against_numpy.py", job])
            extra = error_text(job, got, ours)
            if job == "years":
                extra = f"standard error {got['detail']:.1e} of it"
            show("numpy", got, ours, extra)
        for points in ACTUAR.get(job, []) if actuar else []:
            got = run(["Rscript", f"{folder}/against_actuar.R", job, str(points)])
            extra = error_text(job, got, ours)
            if job == "market":
                extra = "200 companies, scaled up; " + extra
            show(f"actuar, {points:,} points", got, ours, extra)
    print(f"peak memory of this program over all jobs: {largest / 1024:.1f} MB of {MEMORY_MAX_KIB // 1024}")
    sys.exit(0 if largest <= MEMORY_MAX_KIB else 1)


if __name__ == "__main__":
    main()
