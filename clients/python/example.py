#!/usr/bin/env python3
"""From a first quote to a bound policy, over HTTP: example.py

ANLAN_SERVER names the server (http://127.0.0.1:8420, or unix:/path/of/the/socket); ANLAN_BROKER_KEY and
ANLAN_UNDERWRITER_KEY hold API keys of a broker and of an underwriter of one sandbox house. The package anlan_client is
made by generate.py and must be on PYTHONPATH.
"""

import os
import pathlib

from anlan_client import AnlanError, Client

DAY = "2026-10-02T%s:00+08:00"  # a sandbox has a clock that can be set; leave `at` out elsewhere


def main():
    server = os.environ["ANLAN_SERVER"]
    with Client(server, os.environ["ANLAN_BROKER_KEY"], lang="en") as broker, \
            Client(server, os.environ["ANLAN_UNDERWRITER_KEY"], lang="en") as underwriter:
        company = broker.enterprise_register(file="@demo/enterprise_b.toml", at=DAY % "09:00")["id"]
        broker.assess(enterprise=company, answers="@demo/answers.toml", at=DAY % "09:10")
        quote = broker.quote_issue(enterprise=company, product="ningbo-2023-a", from_="2026-10-05", at=DAY % "09:20")
        print("quoted: premium %s, subsidy %s" % (quote["premium"], quote["subsidy"]))
        try:
            underwriter.policy_bind(quote=quote["id"], at=DAY % "09:30")
        except AnlanError as refused:
            print("refused, as it must be: %s: %s" % (refused.code, refused.fix))
        broker.quote_explain(quote["id"], confirmed_by="e-sign 2026-1002-01", at=DAY % "09:40")
        # The key is ours here: were this program to end before the answer, a second run would get the first one's policy.
        policy = underwriter.policy_bind(quote=quote["id"], key="bind-" + quote["id"], at=DAY % "09:50")
        again = underwriter.policy_bind(quote=quote["id"], key="bind-" + quote["id"], at=DAY % "09:50")
        print("bound: %s; sent again under its key: %s" % (policy["id"], "the same" if again["id"] == policy["id"] else "another"))
        paper = underwriter.policy_document(policy["id"], out="policy.json", at=DAY % "10:00")["files"][0]
        folder = pathlib.Path(os.environ.get("ANLAN_OUT", "."))
        (folder / paper.name).write_bytes(paper.data)
        print("signed policy: %s, %d bytes" % (paper.name, len(paper.data)))
        print("policies of the house:", ", ".join(row["id"] for row in underwriter.policy_list(limit=1)))


main()
