"""2,000 times kill -9 during bind, claim and pay: nothing acknowledged is lost, nothing is doubled."""

import _kill

if __name__ == "__main__":
    _kill.run("slow_kill_commands", kills=2000, policies=6, incidents=24, seed=20260401)
