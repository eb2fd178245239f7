#!/usr/bin/env bash
# The actuarial jobs in this program, in plain numpy and in R actuar, side by side in one run: time of the processor,
# answer, error, peak memory of the process, ratio. What is not installed is left out and named.
# Usage: ratios.sh [BUILD]; takes about two minutes, most of it R's recursion over 65,536 points.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
build=${1-$root/build}
[ -x "$build/bin/bench_ratios" ] || { echo "build bench_ratios first: ninja -C build bench_ratios"; exit 1; }
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
exec python3 "$root/bench/ratios.py" "$root/bench" "$build/bin/bench_ratios"
