#include "base/time.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/refusals.h"

namespace anlan {
namespace {

Date day(std::string_view text) { return parse_date(text, "d").value(); }
Instant moment(std::string_view text) { return parse_instant(text, "t").value(); }

TEST_CASE("date: days since 1970 follow the Gregorian calendar") {
  struct Row {
    std::string_view text;
    std::int32_t days;  // GNU date: date -u -d TEXT +%s / 86400
  };
  constexpr Row kRows[] = {{"1970-01-01", 0},      {"1970-12-31", 364},    {"2000-02-29", 11'016},
                           {"2000-03-01", 11'017}, {"2024-02-29", 19'782}, {"2026-03-01", 20'513},
                           {"2100-02-28", 47'540}, {"2100-03-01", 47'541}, {"2199-12-31", 84'005}};
  for (const Row& row : kRows) {
    CAPTURE(row.text);
    CHECK(day(row.text).days() == row.days);
    CHECK(to_text(Date::from_days(row.days)) == row.text);
  }
}

TEST_CASE("date: a day that does not exist is refused with its path and text") {
  constexpr std::string_view kTexts[] = {"",           "2026-02-29", "2100-02-29",    "2026-04-31",
                                         "2026-13-01", "2026-00-10", "2026-01-00",    "2026-01-32",
                                         "1969-12-31", "2200-01-01", "2026-1-01",     "2026-01-1",
                                         "2026/01/01", "20260101",   "2026-01-01 ",   " 2026-01-01",
                                         "2026-01-0x", "+026-01-01", "２０２６-01-01"};
  for (const std::string_view text : kTexts) {
    CAPTURE(text);
    const auto parsed = parse_date(text, "cover.from");
    REQUIRE_FALSE(parsed.ok());
    CHECK(parsed.refusal().code == refusals::kDateInvalid);
    CHECK(parsed.refusal().path == "cover.from");
    CHECK(parsed.refusal().value == text);
  }
}

TEST_CASE("date: every day from 1970 to 2199 is written and read back") {
  for (std::int32_t days = 0; days <= 84'005; ++days) {
    const Date date = Date::from_days(days);
    if (day(to_text(date)) != date) FAIL("day " << days);
  }
}

TEST_CASE("plus_years: 29 February becomes 1 March where the year has none") {
  CHECK(to_text(plus_years(day("2024-02-29"), 1)) == "2025-03-01");
  CHECK(to_text(plus_years(day("2024-02-29"), 4)) == "2028-02-29");
  CHECK(to_text(plus_years(day("2096-02-29"), 4)) == "2100-03-01");
  CHECK(to_text(plus_years(day("2024-02-29"), -1)) == "2023-03-01");
  CHECK(to_text(plus_years(day("2026-03-01"), 1)) == "2027-03-01");
  CHECK(to_text(plus_years(day("2023-12-31"), 1)) == "2024-12-31");
  CHECK(days_between(day("2024-02-29"), plus_years(day("2024-02-29"), 1)) == 366);
}

TEST_CASE("instant: RFC 3339 with zone, fractions and Z") {
  struct Row {
    std::string_view text;
    std::int64_t micros;
  };
  // RFC 3339 5.8 and GNU date +%s.
  constexpr Row kRows[] = {
      {"1970-01-01T00:00Z", 0},
      {"1970-01-01T08:00+08:00", 0},
      {"1970-01-01T00:00:00+00:01", -60'000'000},
      {"1985-04-12T23:20:50.52Z", 482'196'050'520'000},
      {"1996-12-19T16:39:57-08:00", 851'042'397'000'000},
      {"2026-03-01T02:00:00+08:00", 1'772'301'600'000'000},
      {"2026-03-01T02:00:00.000001+08:00", 1'772'301'600'000'001},
      {"2026-03-01T02:00:00.999999+08:00", 1'772'301'600'999'999},
      {"2024-02-29T23:59:59Z", 1'709'251'199'000'000},
      {"2026-03-01T02:00:00-00:00", 1'772'330'400'000'000},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.text);
    const auto parsed = parse_instant(row.text, "at");
    REQUIRE(parsed.ok());
    CHECK(parsed->micros() == row.micros);
  }
}

TEST_CASE("instant: no zone, no such time or too fine a fraction is refused") {
  constexpr std::string_view kTexts[] = {"",
                                         "2026-03-01",
                                         "2026-03-01T02:00",
                                         "2026-03-01T02:00:00",
                                         "2026-03-01 02:00:00Z",
                                         "2026-03-01T24:00:00Z",
                                         "2026-03-01T02:60:00Z",
                                         "2026-03-01T02:00:60Z",
                                         "2026-02-29T02:00:00Z",
                                         "2026-03-01T02:00:00.Z",
                                         "2026-03-01T02:00:00.1234567Z",
                                         "2026-03-01T02:00:00z",
                                         "2026-03-01T02:00:00+0800",
                                         "2026-03-01T02:00:00+15:00",
                                         "2026-03-01T02:00:00+08:60",
                                         "2026-03-01T02:00:00ZZ",
                                         "2026-03-01T02:0Z"};
  for (const std::string_view text : kTexts) {
    CAPTURE(text);
    const auto parsed = parse_instant(text, "incident.start");
    REQUIRE_FALSE(parsed.ok());
    CHECK(parsed.refusal().code == refusals::kInstantInvalid);
    CHECK(parsed.refusal().path == "incident.start");
    CHECK(parsed.refusal().value == text);
  }
}

TEST_CASE("instant: whole seconds are written and read back in every zone") {
  CHECK(rc::check("parse_instant(to_text(t, z)) == t", [] {
    // Two days inside the years 1970 to 2199, so that no zone leaves them.
    const auto seconds = *rc::gen::inRange<std::int64_t>(2 * 86'400, 84'003LL * 86'400);
    const auto offset =
        UtcOffset::from_minutes(*rc::gen::inRange<std::int32_t>(-14 * 60, 14 * 60 + 1));
    const Instant instant = Instant::from_micros(seconds * 1'000'000);
    RC_ASSERT(parse_instant(to_text(instant, offset), "t").value() == instant);
    const Date date = date_of(instant, offset);
    RC_ASSERT(start_of_day(date, offset) <= instant);
    RC_ASSERT(instant < start_of_day(plus_days(date, 1), offset));
  }));
}

TEST_CASE("instant: the day and the hour of the week are those of the zone") {
  const UtcOffset utc = UtcOffset::from_minutes(0);
  const UtcOffset new_york = UtcOffset::from_minutes(-300);
  const Instant late =
      moment("2026-03-01T16:30:00Z");  // a Sunday in Europe, Monday 00:30 in Beijing
  CHECK(to_text(date_of(late)) == "2026-03-02");
  CHECK(to_text(date_of(late, utc)) == "2026-03-01");
  CHECK(hour_of_week(late) == 0);
  CHECK(hour_of_week(late, utc) == 6 * 24 + 16);
  CHECK(hour_of_week(late, new_york) == 6 * 24 + 11);
  CHECK(hour_of_week(Instant::from_micros(-1), utc) == 2 * 24 + 23);  // Wednesday 31 December 1969
  CHECK(to_text(Instant::from_micros(-1), utc) == "1969-12-31T23:59:59+00:00");
  CHECK(to_text(late, UtcOffset::from_minutes(-210)) == "2026-03-01T13:00:00-03:30");
  CHECK(start_of_day(day("2026-03-02")) == moment("2026-03-02T00:00:00+08:00"));
}

TEST_CASE("minutes: intervals count whole minutes") {
  const Instant start = moment("2026-03-01T02:00:00+08:00");
  CHECK(plus_minutes(start, 750) == moment("2026-03-01T14:30:00+08:00"));
  CHECK(plus_minutes(start, -121) == moment("2026-02-28T23:59:00+08:00"));
  CHECK(minutes_between(start, plus_minutes(start, 750)) == 750);
  CHECK(minutes_between(start, moment("2026-03-01T02:00:59.999999+08:00")) == 0);
}

}  // namespace
}  // namespace anlan
