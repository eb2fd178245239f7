// Activity over the hours from Monday 00:00, and how much of it a stretch of time holds.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/hazard.h"

namespace anlan::engine {

// The integral of a week's profile, repeated for ever. Whole hours are looked up and parts of an
// hour interpolated, so a stretch costs two look-ups however long it is.
class Activity {
 public:
  explicit Activity(const WeekProfile& week);

  const WeekProfile& week() const { return level_; }
  // Average hours of activity from Monday 00:00 until `hour`, 0 to 2^31.
  double until(double hour) const {
    const auto whole = static_cast<std::uint32_t>(hour);
    const std::uint32_t weeks = whole / kWeekHours;
    const std::uint32_t rest = whole - weeks * static_cast<std::uint32_t>(kWeekHours);
    return static_cast<double>(weeks) * total_ + before_[rest] +
           (hour - static_cast<double>(whole)) * level_[rest];
  }

 private:
  std::array<double, kWeekHours> before_{};  // of the hours before each hour of the week
  WeekProfile level_{};
  double total_ = 0.0;
};

// An outage that begins at a whole hour of the week: what of the activity it has lost after so many
// hours. The stages are those of the hazard, in parts of the outage.
class LostActivity {
 public:
  LostActivity(const Activity& activity, std::span<const CurveStage> curve)
      : activity_(&activity), curve_(curve) {}

  // `after` and `hours` (the length) in hours, after <= hours.
  double at(double start, double hours, double after) const {
    double sum = 0.0;
    const double origin = activity_->until(start);
    for (std::size_t stage = 0; stage < curve_.size(); ++stage) {
      const double next = stage + 1 < curve_.size() ? curve_[stage + 1].level : 0.0;
      const double end = curve_[stage].until * hours;
      const double until = end < after ? end : after;
      sum += (curve_[stage].level - next) * (activity_->until(start + until) - origin);
    }
    return sum;
  }

 private:
  const Activity* activity_;
  std::span<const CurveStage> curve_;
};

}  // namespace anlan::engine
