#include "claims/work_calendar.h"

#include <algorithm>

#include "base/check.h"
#include "base/node_reader.h"
#include "claims/refusals.h"

namespace anlan::claims {
namespace {

constexpr int kYearFirst = 1970;
constexpr int kYearLast = 2199;  // as parse_instant

Date first_of_year(int year) {
  const std::chrono::sys_days day = std::chrono::year{year} / std::chrono::January / 1;
  return Date::from_days(static_cast<std::int32_t>(day.time_since_epoch().count()));
}

bool is_weekend(Date date) {
  const int since_monday = ((date.days() + 3) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
  return since_monday >= 5;
}

bool contains(const std::vector<Date>& days, Date date) {
  return std::binary_search(days.begin(), days.end(), date);
}

void check_year(NodeReader& reader, std::string_view key, Date date, const WorkCalendar& year) {
  if (is_known(year, date)) return;
  reader.refuse(key, refusals::kHolidayOutsideYear,
                {{.name = "year", .value = to_text(year.known_from).substr(0, 4)}});
}

void read_holiday(NodeReader& reader, WorkCalendar& year) {
  reader.text("zh");
  reader.text("en");
  const Date from = reader.date("from");
  const Date until = reader.date("until");
  reader.finish();
  if (reader.refused()) return;
  check_year(reader, "from", from, year);
  check_year(reader, "until", until, year);
  if (until < from) {
    reader.refuse("until", refusals::kHolidayPeriod, {{.name = "from", .value = to_text(from)}});
  }
  if (reader.refused()) return;
  for (Date day = from; day <= until; day = plus_days(day, 1)) year.rest_days.push_back(day);
}

void read_work_days(NodeReader& reader, WorkCalendar& year) {
  for (NodeReader& item : reader.list_or_empty("work_days")) {
    const std::string text = item.as_text();
    const Result<Date> day = parse_date(text, item.path());
    if (!day.ok()) return item.refuse("", anlan::refusals::kDateInvalid);
    check_year(item, "", day.value(), year);
    if (!is_weekend(day.value())) {
      item.refuse("", refusals::kWorkDayNotWeekend, {{.name = "day", .value = text}});
    }
    year.work_days.push_back(day.value());
  }
}

void sort_once(std::vector<Date>& days) {
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
}

}  // namespace

Result<WorkCalendar> read_work_calendar(const Node& root, const std::string& file) {
  ReadReport report(file);
  NodeReader reader(root, report);
  const auto number = static_cast<int>(reader.whole("year", kYearFirst, kYearLast));
  reader.text("source");
  reader.flag("assumption", false);
  WorkCalendar year;
  if (!report.refused()) {
    year.known_from = first_of_year(number);
    year.known_until = first_of_year(number + 1);
  }
  read_work_days(reader, year);
  for (NodeReader& holiday : reader.list("holidays")) read_holiday(holiday, year);
  reader.finish();
  sort_once(year.rest_days);
  sort_once(year.work_days);
  return report.result(std::move(year));
}

WorkCalendar joined(std::vector<WorkCalendar> years) {
  std::sort(years.begin(), years.end(), [](const WorkCalendar& a, const WorkCalendar& b) {
    return a.known_from < b.known_from;
  });
  WorkCalendar all;
  for (const WorkCalendar& year : years) {
    const bool first = all.known_from == all.known_until;
    if (first) all.known_from = year.known_from;
    if (!first && year.known_from > all.known_until) break;
    all.known_until = std::max(all.known_until, year.known_until);
    all.rest_days.insert(all.rest_days.end(), year.rest_days.begin(), year.rest_days.end());
    all.work_days.insert(all.work_days.end(), year.work_days.begin(), year.work_days.end());
  }
  sort_once(all.rest_days);
  sort_once(all.work_days);
  return all;
}

bool is_working_day(const WorkCalendar& calendar, Date date) {
  if (contains(calendar.work_days, date)) return true;
  return !is_weekend(date) && !contains(calendar.rest_days, date);
}

bool is_known(const WorkCalendar& calendar, Date date) {
  return calendar.known_from <= date && date < calendar.known_until;
}

Result<Done> require_known(const WorkCalendar& calendar, Date date, std::string_view path) {
  if (is_known(calendar, date)) return Done{};
  return Refusal{.code = refusals::kYearUnknown,
                 .path = std::string(path),
                 .value = to_text(date),
                 .args = {{.name = "first", .value = to_text(calendar.known_from)},
                          {.name = "last", .value = to_text(plus_days(calendar.known_until, -1))}},
                 .at = {}};
}

Result<Date> plus_working_days(const WorkCalendar& calendar, Date from, std::int32_t days) {
  ANLAN_CHECK(days >= 0);
  Date day = from;
  ANLAN_REQUIRE(require_known(calendar, day, "from"));
  while (days > 0 || !is_working_day(calendar, day)) {
    day = plus_days(day, 1);
    ANLAN_REQUIRE(require_known(calendar, day, "working_days"));
    if (days > 0 && is_working_day(calendar, day)) --days;
  }
  return day;
}

Result<std::int32_t> working_days_between(const WorkCalendar& calendar, Date from, Date until) {
  if (until <= from) return 0;
  ANLAN_REQUIRE(require_known(calendar, from, "from"));
  ANLAN_REQUIRE(require_known(calendar, plus_days(until, -1), "until"));
  std::int32_t count = 0;
  for (Date day = from; day < until; day = plus_days(day, 1)) {
    if (is_working_day(calendar, day)) ++count;
  }
  return count;
}

WorkCalendar part_of(const WorkCalendar& calendar, Date from, Date until) {
  const auto within = [&](const std::vector<Date>& days) {
    return std::vector<Date>(std::lower_bound(days.begin(), days.end(), from),
                             std::lower_bound(days.begin(), days.end(), until));
  };
  WorkCalendar out{.known_from = std::max(from, calendar.known_from),
                   .known_until = std::min(until, calendar.known_until),
                   .rest_days = within(calendar.rest_days),
                   .work_days = within(calendar.work_days)};
  out.known_until = std::max(out.known_from, out.known_until);
  return out;
}

// Bounded: the lists are finite, and behind them every Monday is a working day.
Date roll_forward(const WorkCalendar& calendar, Date date) {
  while (!is_working_day(calendar, date)) date = plus_days(date, 1);
  return date;
}

Date plus_years_of_law(Date date, int years) {
  const Date moved = plus_years(date, years);
  const bool same_number = moved.calendar().day() == date.calendar().day();
  return same_number ? moved : plus_days(moved, -1);  // only 29 February becomes 1 March
}

}  // namespace anlan::claims
