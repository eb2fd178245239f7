#include "claims/work_calendar.h"

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "claims/refusals.h"

using namespace anlan;
using namespace anlan::claims;

namespace {

Date day(std::string_view text) { return parse_date(text, "test").value(); }

Node holiday(std::string_view from, std::string_view until) {
  Node out = Node::table();
  out.add("zh", Node::string("劳动节"));
  out.add("en", Node::string("Labour Day"));
  out.add("from", Node::string(from));
  out.add("until", Node::string(until));
  return out;
}

Node file(std::vector<std::string_view> work_days, Node first_holiday) {
  Node out = Node::table();
  out.add("year", Node::number(2026));
  out.add("source", Node::string("State Council"));
  out.add("assumption", Node::boolean(false));
  Node days = Node::list();
  for (const std::string_view text : work_days) days.items.push_back(Node::string(text));
  out.add("work_days", std::move(days));
  Node holidays = Node::list();
  holidays.items.push_back(std::move(first_holiday));
  out.add("holidays", std::move(holidays));
  return out;
}

TEST_CASE("years of law: from 29 February to the last day of February") {
  const auto day = [](std::string_view text) { return parse_date(text, "day").value(); };
  CHECK(plus_years_of_law(day("2024-02-29"), 2) == day("2026-02-28"));
  CHECK(plus_years_of_law(day("2024-02-29"), 4) == day("2028-02-29"));
  CHECK(plus_years_of_law(day("2026-03-01"), 2) == day("2028-03-01"));
}

}  // namespace

TEST_CASE("calendar: a file gives the days of rest and the weekend days that are worked") {
  const WorkCalendar out =
      read_work_calendar(file({"2026-05-09"}, holiday("2026-05-01", "2026-05-05")), "cn.toml")
          .value();
  CHECK(out.known_from == day("2026-01-01"));
  CHECK(out.known_until == day("2027-01-01"));
  CHECK(out.rest_days.size() == 5);
  CHECK(out.work_days == std::vector{day("2026-05-09")});
  CHECK_FALSE(is_working_day(out, day("2026-05-05")));
  CHECK(is_working_day(out, day("2026-05-06")));
  CHECK(is_working_day(out, day("2026-05-09")));
  CHECK_FALSE(is_working_day(out, day("2026-05-10")));
  CHECK(roll_forward(out, day("2026-05-02")) == day("2026-05-06"));
  CHECK(roll_forward(out, day("2026-05-06")) == day("2026-05-06"));
}

TEST_CASE("calendar: every rule refuses its file") {
  struct Row {
    RefusalCode code;
    std::string path;
    Node root;
  };
  const std::vector<Row> rows{
      {claims::refusals::kHolidayOutsideYear, "holidays[0].until",
       file({}, holiday("2026-12-30", "2027-01-02"))},
      {claims::refusals::kHolidayOutsideYear, "work_days[0]",
       file({"2025-05-10"}, holiday("2026-05-01", "2026-05-05"))},
      {claims::refusals::kHolidayPeriod, "holidays[0].until",
       file({}, holiday("2026-05-05", "2026-05-01"))},
      {claims::refusals::kWorkDayNotWeekend, "work_days[1]",
       file({"2026-05-09", "2026-05-08"}, holiday("2026-05-01", "2026-05-05"))},
      {anlan::refusals::kDateInvalid, "work_days[0]",
       file({"2026-02-30"}, holiday("2026-05-01", "2026-05-05"))},
  };
  for (const Row& row : rows) {
    CAPTURE(row.code.name);
    const auto out = read_work_calendar(row.root, "cn.toml");
    REQUIRE_FALSE(out.ok());
    CHECK(out.refusal().code.name == row.code.name);
    CHECK(out.refusal().path == row.path);
    CHECK(out.refusal().at.file == "cn.toml");
  }
}

TEST_CASE("calendar: years are joined up to the first gap") {
  const auto year = [](std::string_view from, std::string_view until, std::string_view rest) {
    return WorkCalendar{.known_from = day(from),
                        .known_until = day(until),
                        .rest_days = {day(rest)},
                        .work_days = {}};
  };
  const WorkCalendar y26 = year("2026-01-01", "2027-01-01", "2026-05-01");
  const WorkCalendar y27 = year("2027-01-01", "2028-01-01", "2027-05-03");
  const WorkCalendar y29 = year("2029-01-01", "2030-01-01", "2029-05-01");
  const WorkCalendar out = joined({y29, y27, y26});
  CHECK(out.known_from == day("2026-01-01"));
  CHECK(out.known_until == day("2028-01-01"));
  CHECK(out.rest_days == std::vector{day("2026-05-01"), day("2027-05-03")});
  CHECK(joined({}) == WorkCalendar{});
}

TEST_CASE("work calendar: working days are counted over holidays, weekends and worked weekends") {
  WorkCalendar calendar;
  calendar.known_from = day("2026-01-01");
  calendar.known_until = day("2027-01-01");
  for (const char* text : {"2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04", "2026-05-05"})
    calendar.rest_days.push_back(day(text));
  calendar.work_days = {day("2026-05-09")};
  struct Row {
    std::string_view from;
    std::int32_t days;
    std::string_view expected;
  };
  for (const Row& row : std::vector<Row>{{"2026-04-30", 0, "2026-04-30"},
                                         {"2026-05-01", 0, "2026-05-06"},
                                         {"2026-04-30", 1, "2026-05-06"},
                                         {"2026-05-01", 1, "2026-05-06"},
                                         {"2026-05-06", 3, "2026-05-09"},
                                         {"2026-05-06", 4, "2026-05-11"}}) {
    CAPTURE(row.from);
    CAPTURE(row.days);
    const auto found = plus_working_days(calendar, day(row.from), row.days);
    REQUIRE(found.ok());
    CHECK(to_text(found.value()) == row.expected);
  }
  CHECK(working_days_between(calendar, day("2026-04-27"), day("2026-05-11")).value() == 8);
  CHECK(working_days_between(calendar, day("2026-05-11"), day("2026-05-11")).value() == 0);
  CHECK(part_of(calendar, day("2026-05-03"), day("2026-05-10")).rest_days ==
        std::vector{day("2026-05-03"), day("2026-05-04"), day("2026-05-05")});
  CHECK(part_of(calendar, day("2026-05-03"), day("2026-05-10")).work_days ==
        std::vector{day("2026-05-09")});
}

TEST_CASE("refusal 6033 year_unknown: a count that leaves the listed years") {
  WorkCalendar calendar;
  calendar.known_from = day("2026-01-01");
  calendar.known_until = day("2027-01-01");
  const auto late = plus_working_days(calendar, day("2026-12-31"), 1);
  REQUIRE(!late.ok());
  CHECK(late.refusal().code.name == claims::refusals::kYearUnknown.name);
  CHECK(late.refusal().args[1].value == "2026-12-31");
  CHECK(!plus_working_days(calendar, day("2025-12-31"), 0).ok());
  CHECK(!working_days_between(calendar, day("2026-12-30"), day("2027-01-02")).ok());
  CHECK(working_days_between(calendar, day("2026-12-31"), day("2027-01-01")).value() == 1);
}
