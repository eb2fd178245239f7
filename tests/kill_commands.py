"""200 times kill -9 during bind, claim and pay: nothing acknowledged is lost, nothing is doubled."""

import _kill

if __name__ == "__main__":
    _kill.run("kill_commands", kills=200, policies=6, incidents=20, seed=20260301)
