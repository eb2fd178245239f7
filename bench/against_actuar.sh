#!/usr/bin/env bash
# One job, two programs, one run: a tower of five layers with annual aggregates. Usage: against_actuar.sh [BUILD]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
build=${1-$root/build}
ours=$build/bin/bench_aggregate_bench
[ -x "$ours" ] || { echo "build bench_aggregate_bench first: ninja -C build bench_aggregate_bench"; exit 1; }
if ! command -v Rscript >/dev/null || ! Rscript -e 'library(actuar)' >/dev/null 2>&1; then
  echo "skipped: R with actuar is not installed (Debian: apt-get install r-cran-actuar)"
  exit 0
fi
"$ours" --benchmark_filter='^tower/8$' --benchmark_format=json 2>/dev/null >"${TMPDIR:-/tmp}/$$.ours.json"
Rscript "$root/bench/against_actuar.R" >"${TMPDIR:-/tmp}/$$.actuar"
python3 - "${TMPDIR:-/tmp}/$$.ours.json" "${TMPDIR:-/tmp}/$$.actuar" <<'END'
import json
import sys

RIGHT = 34273.84508374312
row = json.load(open(sys.argv[1]))["benchmarks"][0]
ms, total, points = open(sys.argv[2]).read().split()
ours_us, theirs_us = row["real_time"], float(ms) * 1e3
print(f"tower of five layers  anlan   {ours_us:10.1f} us  relative error {row['relative_error']:.1e}"
      f" (stated {row['stated_bound']:.1e})")
print(f"                      actuar  {theirs_us:10.1f} us  relative error {abs(float(total) / RIGHT - 1):.1e}"
      f" ({points} points a layer)")
print(f"                      ratio   {theirs_us / ours_us:10.0f}")
END
rm -f "${TMPDIR:-/tmp}/$$.ours.json" "${TMPDIR:-/tmp}/$$.actuar"
