"""Changed backups through the program: 200 changed bytes (10,000 run in the test of platform), tails, rewrites."""

import _tamper

if __name__ == "__main__":
    _tamper.run("backup_tamper", changes=200, seed=20260101)
