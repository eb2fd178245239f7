#include "engine/activity.h"

namespace anlan::engine {

Activity::Activity(const WeekProfile& week) : level_(week) {
  for (std::size_t hour = 0; hour < kWeekHours; ++hour) {
    before_[hour] = total_;
    total_ += week[hour];
  }
}

}  // namespace anlan::engine
