"""Changed backups through the program: 10,000 changed bytes, each verified by a process of its own."""

import _tamper

if __name__ == "__main__":
    _tamper.run("slow_backup_tamper", changes=10000, seed=20260102)
