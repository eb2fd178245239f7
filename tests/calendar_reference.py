#!/usr/bin/env python3
"""The calendar against a second implementation: Python's datetime and calendar.

10,000 random dates of 2024 to 2027: terms (a year, also from 29 February), premium by day, working days, and the
periods of the Insurance Law, all in one call of `anlan calendar show --file`. The holidays are read from the same files
of data/holidays, every rule is written anew here. Days that the lists do not reach are refused, never guessed.
"""

import calendar
import datetime
import json
import os
import random
import tomllib

from _anlan import SOURCE, Check, Folder, anlan, must

DAYS = 10_000
SEED = 20_261_122
CLOCKS = {"decision": 30, "payment": 10, "denial_notice": 3, "provisional_payment": 60}
DAY = datetime.timedelta(days=1)
check = Check("calendar_reference")


class Years:
    def __init__(self):
        self.rest, self.work, self.years = set(), set(), []
        folder = os.path.join(SOURCE, "data", "holidays")
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name), "rb") as file:
                year = tomllib.load(file)
            self.years.append(year["year"])
            self.work |= {datetime.date.fromisoformat(day) for day in year["work_days"]}
            for holiday in year["holidays"]:
                day = datetime.date.fromisoformat(holiday["from"])
                while day <= datetime.date.fromisoformat(holiday["until"]):
                    self.rest.add(day)
                    day += DAY
        self.first = datetime.date(min(self.years), 1, 1)
        self.last = datetime.date(max(self.years), 12, 31)

    def works(self, day):
        if day in self.work:
            return True
        return calendar.weekday(day.year, day.month, day.day) < 5 and day not in self.rest

    def known(self, day):
        return self.first <= day <= self.last


class Unknown(Exception):
    pass


years = Years()


def known(day):
    if not years.known(day):
        raise Unknown(day)
    return day


def rolled(day):
    while not years.works(known(day)):
        day += DAY
    return day


def nth_working_day(day, count):
    known(day)
    while count > 0 or not years.works(day):
        day = known(day + DAY)
        if count > 0 and years.works(day):
            count -= 1
    return day


def later(day, count):
    """The same day some years later; 29 February becomes 1 March where the year has none."""
    if (day.month, day.day) == (2, 29) and not calendar.isleap(day.year + count):
        return datetime.date(day.year + count, 3, 1)
    return day.replace(year=day.year + count)


def half_up(numerator, denominator):
    return (2 * numerator + denominator) // (2 * denominator)


def expected(row):
    day = datetime.date.fromisoformat(row["from"])
    out = {"from": row["from"], "weekday": day.isoweekday(),
           "working_day": years.works(day) if years.known(day) else None}
    try:
        nominal = day + row["days"] * DAY
        out["nominal"], out["due"] = str(known(nominal)), str(rolled(nominal))
        out["working_day_on"] = str(nth_working_day(day, row["working-days"]))
        until = datetime.date.fromisoformat(row["until"])
        count = 0
        if until > day:
            known(day), known(until - DAY)
            count = sum(years.works(day + n * DAY) for n in range((until - day).days))
        out["working_days"] = count
        out["clocks"] = {name: str(rolled(day + length * DAY)) for name, length in CLOCKS.items()}
    except Unknown:
        return None
    end = later(day, row["term"])
    on = datetime.date.fromisoformat(row["on"])
    total = (end - day).days
    risk = min(max((on - day).days, 0), total)
    premium = int(row["amount"].replace(".", ""))
    unearned = premium - half_up(premium * risk, total)
    out.update(until=str(end), days_total=total, days_on_risk=risk, unearned=unearned, earned=premium - unearned)
    return out


def question(draw):
    span = (years.last - years.first).days
    day = years.first + draw.randrange(span + 1) * DAY
    if draw.random() < 0.05:
        day = datetime.date(draw.choice((2024, 2028)), 2, 29)
    if draw.random() < 0.02:
        day = datetime.date(draw.choice((2023, 2028)), draw.randrange(1, 13), draw.randrange(1, 29))
    term = draw.choice((1, 1, 1, 2, 3))
    return {"from": str(day), "days": draw.randrange(0, 91), "working-days": draw.randrange(0, 41),
            "until": str(day + draw.randrange(-5, 60) * DAY), "term": term,
            "on": str(day + draw.randrange(-3, 380 * term) * DAY),
            "amount": "%d.%02d" % (draw.randrange(1, 10**6), draw.randrange(100)), "clocks": True}


def flat(answer):
    out = dict(answer)
    for name in ("unearned", "earned"):
        if name in out:
            out[name] = out[name]["amount"]
    return out


def ten_thousand(folder):
    draw = random.Random(SEED)
    questions = [question(draw) for _ in range(DAYS)]
    path = os.path.join(folder, "dates.jsonl")
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in questions)
    answers = must("calendar", "show", "--file", path, json=True).json()["rows"]
    check.equal(len(answers), DAYS, "one answer a line")
    refused = leap = 0
    for asked, answer in zip(questions, answers):
        wanted = expected(asked)
        if wanted is None:
            refused += 1
            check.equal(answer.get("error", {}).get("code"), "year_unknown", "not guessed: %s" % asked)
        else:
            leap += asked["from"].endswith("02-29")
            check.equal(flat(answer), wanted, json.dumps(asked))
    check.that(leap > 100 and 100 < refused < DAYS // 2, "29 February and unlisted years were drawn")


def known_cases():
    def one(**options):
        words = [word for name, value in options.items() for word in ("--" + name.replace("_", "-"), value)]
        return anlan("calendar", "show", *words, json=True)

    # REFERENCE.md E28 and E21; a term of a leap day ends on 1 March.
    check.equal(one(**{"from": "2026-03-02"}, days=60).json()["due"], "2026-05-06", "past Labour Day")
    cancelled = one(**{"from": "2026-03-01"}, term=1, on="2026-06-09", amount="2800.00").json()
    check.equal((cancelled["days_on_risk"], cancelled["unearned"]["amount"]), (100, 203288), "cancelled on day 100")
    leap = one(**{"from": "2024-02-29"}, term=1).json()
    check.equal((leap["until"], leap["days_total"]), ("2025-03-01", 366), "a year from 29 February")
    check.equal(one(**{"from": "2024-02-18"}).json()["working_day"], True, "a Sunday that is worked")
    for words, code in (([], "nothing_asked"), (["--from", "2023-02-29"], "date_invalid"),
                        (["--from", "2030-01-01", "--days", "3"], "year_unknown"),
                        (["--from", "2026-01-01", "--term", "0"], "out_of_range")):
        answer = anlan("calendar", "show", *words, json=True)
        check.equal((answer.error()["code"], answer.status != 0), (code, True), " ".join(words))
    for lang in ("zh", "en"):
        text = must("calendar", "show", "--from", "2026-03-02", "--clocks", lang=lang).out
        check.that("2026-05-06" in text, "the clocks in " + lang)


with Folder() as place:
    ten_thousand(place)
known_cases()
check.end()
