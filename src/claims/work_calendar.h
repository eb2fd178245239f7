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

}  // namespace anlan::claims
