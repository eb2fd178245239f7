#include "engine/activity.h"

namespace anlan::engine {

Activity::Activity(const WeekProfile& week, std::size_t hours) {
  // One hour more than can be reached, so that the end of the last hour is a look-up too.
  const std::size_t count = kWeekHours + hours + 1;
  before_.reserve(count);
  level_.reserve(count);
  double sum = 0.0;
  for (std::size_t hour = 0; hour < count; ++hour) {
    before_.push_back(sum);
    level_.push_back(week[hour % kWeekHours]);
    sum += level_.back();
  }
}

}  // namespace anlan::engine
