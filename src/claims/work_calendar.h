// Work calendar: which days are working days, for periods that end on one (Civil Code art 203). The
// lists are data: data/holidays/*.toml.
#pragma once

#include <string>
#include <vector>

#include "base/node.h"
#include "base/result.h"
#include "base/time.h"

namespace anlan::claims {

// Within [known_from, known_until) the lists are complete; outside it only Saturdays and Sundays
// are known to be days of rest.
struct WorkCalendar {
  Date known_from;
  Date known_until;
  std::vector<Date> rest_days;  // public holidays with the days moved to them, ascending
  std::vector<Date> work_days;  // Saturdays and Sundays that are worked instead, ascending
  bool operator==(const WorkCalendar&) const = default;
};

// One file, one year:
//   year = 2026
//   source = "..."                            # who announced it and when
//   assumption = false                        # true: not yet announced
//   work_days = ["2026-01-04", ...]
//   [[holidays]]
//   zh = "劳动节"  en = "Labour Day"  from = "2026-05-01"  until = "2026-05-05"   # both days
//   included
// Refuses what the reader refuses, and kHolidayOutsideYear, kHolidayPeriod (until before from),
// kWorkDayNotWeekend.
Result<WorkCalendar> read_work_calendar(const Node& root, const std::string& file);

// Years side by side, in any order. Years between that nobody gave are not known: the range ends
// before the first gap.
WorkCalendar joined(std::vector<WorkCalendar> years);

bool is_working_day(const WorkCalendar& calendar, Date date);
bool is_known(const WorkCalendar& calendar, Date date);

// The date itself when it is a working day, else the next one.
Date roll_forward(const WorkCalendar& calendar, Date date);

// Refuses kYearUnknown (args first, last: the days that the lists reach).
Result<Done> require_known(const WorkCalendar& calendar, Date date, std::string_view path);
// The n-th working day after `from`, a day that is not counted itself (Civil Code art 201); n = 0:
// `from`, or the next working day. Refuses kYearUnknown when the count leaves the lists.
Result<Date> plus_working_days(const WorkCalendar& calendar, Date from, std::int32_t days);
// Working days in [from, until); 0 when until is not later. Refuses kYearUnknown.
Result<std::int32_t> working_days_between(const WorkCalendar& calendar, Date from, Date until);
// What the lists say of the days in [from, until), as a calendar that knows only these.
WorkCalendar part_of(const WorkCalendar& calendar, Date from, Date until);

// A period of years of law ends on the day of the same number, and where its month has none, on the
// last day of that month (Civil Code art 202): two years from 29 February 2024 end on 28 February
// 2026.
Date plus_years_of_law(Date date, int years);

}  // namespace anlan::claims
