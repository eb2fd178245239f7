#!/usr/bin/env python3
"""The brute-force simulation of api_test over a hundred million years instead of ten."""
import os
import pathlib
import subprocess
import sys

program = pathlib.Path(os.environ["ANLAN_BINARY_DIR"]) / "bin" / "api_test"
ran = subprocess.run(
    [str(program), "--test-case=brute force*", "--no-skip"],
    env=dict(os.environ, ANLAN_BRUTE_FORCE_YEARS="1e8"),
    capture_output=True,
    text=True,
)
print(ran.stdout[-3000:])
if ran.returncode != 0 or "1 passed" not in ran.stdout:
    sys.exit("the simulation and the engine disagree, or the test was not found")
