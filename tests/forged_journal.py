"""A journal whose contents were changed and whose chain was made anew over them, without any key.

Whoever can write the file can do that. What then contradicts itself is refused at opening and by `journal verify`; what
does not is found against a signed head kept elsewhere. The chain is computed here on its own (docs/JOURNAL.md).
"""

import hashlib
import os
import shutil
import sqlite3
import struct

from _anlan import Check, Folder, anlan, house_rows, must

CLAIM_PAID, CLAIM_APPROVED, POLICY_BOUND, PREMIUM_RECEIVED = 19, 18, 10, 13
CLAIM_ADJUDICATED, MONEY_POSTED = 17, 22
CNY, USD = 156, 840
KIND_AT = 16  # of a posting: behind two lengths and its number
COLUMNS = ("seq", "at", "kind", "version", "ordinal", "count", "actor", "key", "input", "body")


def text(value):
    data = value.encode("utf-8")
    return struct.pack("<I", len(data)) + data


def chain_after(before, row):
    seq, at, kind, version, ordinal, count, actor, key, given, body = row
    record = struct.pack("<QqHHII", seq, at, kind, version, ordinal, count)
    record += text(actor) + text(key) + given + struct.pack("<I", len(body)) + body
    return hashlib.sha256(before + record).digest()


def rewrite(house, records):
    """Puts these records in the place of all, with the triggers out of the way meanwhile."""
    connection = sqlite3.connect(os.path.join(house, "journal.db"))
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute("DROP TRIGGER " + name)
    connection.execute("DELETE FROM records")
    chain = bytes(32)
    for record in records:
        chain = chain_after(chain, record)
        connection.execute("INSERT INTO records(%s, chain) VALUES(%s)" % (", ".join(COLUMNS), ", ".join("?" * 11)),
                           (*record, chain))
    for _, sql in triggers:
        connection.execute(sql)
    connection.commit()
    connection.close()


def change_body(kind, old, new):
    """In the first event of the kind: eight bytes for others."""
    def change(records):
        for place, record in enumerate(records):
            if record[2] != kind:
                continue
            body = record[9]
            at = body.find(struct.pack("<q", old))
            assert at >= 0, "the value stands in the body"
            records[place] = record[:9] + (body[:at] + struct.pack("<q", new) + body[at + 8:],)
            return records
        raise AssertionError("no such event")
    return change


def by_stranger(records):
    records[40] = records[40][:6] + ("stranger",) + records[40][7:]
    return [record[:6] + ("stranger",) + record[7:] if record[1] == records[40][1] else record for record in records]


def place_of_reserve(records):
    """The posting by which a decision holds its amount: kind 2."""
    for place, record in enumerate(records):
        if record[2] == MONEY_POSTED and record[9][KIND_AT:KIND_AT + 1] == b"\x02":
            return place
    raise AssertionError("no reserve")


def reserve_dropped(records):
    """The decision as a command of its own that holds nothing; the numbers behind it stay whole by ending there."""
    place = place_of_reserve(records)
    records[place - 1] = records[place - 1][:5] + (1,) + records[place - 1][6:]
    return records[:place]


def reserve_changed(change):
    def forge(records):
        place = place_of_reserve(records)
        record = records[place]
        body = change(record[9])
        assert body != record[9]
        records[place] = record[:9] + (body,)
        return records
    return forge


def zero_in_dollars(records):
    """The first amount of zero in the house's currency that a decision holds."""
    for place, record in enumerate(records):
        if record[2] != CLAIM_ADJUDICATED:
            continue
        at = record[9].find(struct.pack("<qH", 0, CNY))
        if at >= 0:
            body = record[9][:at] + struct.pack("<qH", 0, USD) + record[9][at + 10:]
            records[place] = record[:9] + (body,)
            return records
    raise AssertionError("no zero")


def torn(records):
    while records[-1][4] + 1 == records[-1][5] and records[-1][5] == 1:
        records.pop()
    return records[:-1]


def main():
    check = Check("forged_journal")
    with Folder() as folder:
        house = os.path.join(folder, "house")
        must("demo", house=house, lang="en")
        head = os.path.join(folder, "head.json")
        must("journal", "head", "--out", head, house=house, lang="en")
        records = [row[:10] for row in house_rows(house)]
        claim = next(e["claim"] for e in must("journal", "show", house=house, json=True).json()
                     if e["event"] == "claim_paid")
        number = int(str(claim).rsplit("_", maxsplit=1)[-1])
        cases = (
            ("a payment of one fen more", change_body(CLAIM_PAID, 15_000_000, 15_000_001), "contradiction"),
            ("a claim that is not there", change_body(CLAIM_PAID, number, 99_999), "contradiction"),
            ("an approval of a policy's number", change_body(CLAIM_APPROVED, number, 1), "contradiction"),
            ("a premium that its parts do not make", change_body(POLICY_BOUND, 280_000, 280_001), "contradiction"),
            ("an actor whom nobody appointed", by_stranger, "contradiction"),
            ("a decision without its reserve", reserve_dropped, "contradiction"),
            ("a reserve that is posted at once", reserve_changed(lambda body: body[:KIND_AT] + b"\x01" + body[KIND_AT + 1:]),
             "contradiction"),
            ("a reserve of one fen less", reserve_changed(
                lambda body: body.replace(struct.pack("<q", 15_000_000), struct.pack("<q", 14_999_999))),
             "contradiction"),
            ("nothing, in dollars", zero_in_dollars, "contradiction"),
            ("a last command cut short", torn, "command_torn"),
        )
        for what, change, code in cases:
            forged = os.path.join(folder, "forged")
            shutil.rmtree(forged, ignore_errors=True)
            shutil.copytree(house, forged)
            shutil.rmtree(os.path.join(forged, "keys"))
            rewrite(forged, change(list(records)))
            for words in (("ledger", "show"), ("journal", "verify")):
                answer = anlan(*words, house=forged, json=True)
                check.equal(answer.status, 1, "%s: %s" % (what, " ".join(words)))
                check.equal(answer.error()["code"], code, "%s: %s" % (what, " ".join(words)))
        # The same chain over the same contents is accepted: it is the contents that were refused.
        shutil.rmtree(forged)
        shutil.copytree(house, forged)
        rewrite(forged, list(records))
        must("journal", "verify", "--head", head, house=forged, lang="en")
        # A forgery that fits is found against the head from elsewhere, and only there.
        rewrite(forged, [record[:7] + (record[7] + "x" if record[7] else "",) + record[8:] for record in records])
        must("journal", "verify", house=forged, lang="en")
        answer = anlan("journal", "verify", "--head", head, house=forged, json=True)
        check.equal((answer.status, answer.error()["code"]), (1, "head_not_in_journal"), "against a head kept elsewhere")
    check.end()


if __name__ == "__main__":
    main()
