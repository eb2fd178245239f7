// Hours: what the time terms of a section leave of an outage (REFERENCE.md 3.4, stage 2).
//
// The outage itself, not the loss in it, must exceed the waiting period: one of exactly the wait
// pays nothing. The loss is cut in true hours of its curve, never by a flat average.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "terms/terms.h"

namespace anlan::terms {

// `minutes` 0 to kMinutesMax; `hourly` has one loss per started hour, ceil(minutes / 60) of them,
// in minor units, from the start of the outage; their sum is at most kAmountMax.
struct Outage {
  std::int64_t minutes = 0;
  std::vector<std::int64_t> hourly = {};
  bool operator==(const Outage&) const = default;
};

// The loss after each of the time terms, in the order in which they act. Never rising from top to
// bottom.
template <class Amount>
struct TimeLoss {
  Amount gross = 0;             // the whole curve
  Amount in_period = 0;         // within the indemnity period
  Amount after_wait = 0;        // after waiting hours and money amount, as the mode says
  Amount payable = 0;           // after the daily amount
  bool within_waiting = false;  // the outage did not exceed the waiting period: payable is 0
};

// Days that count towards the daily amount: the minutes inside the indemnity period, and under
// kDeductHours after the wait. `end_hours` is where the indemnity period ends on this outage.
inline std::int64_t payable_days(const TimeTerms& time, std::int64_t minutes,
                                 std::int64_t end_hours) {
  constexpr std::int64_t kDayMinutes = 1440;
  const std::int64_t skipped =
      time.mode == TimeMode::kDeductHours ? std::min(time.waiting_hours, end_hours) * 60 : 0;
  const std::int64_t counted =
      std::max<std::int64_t>(0, std::min(minutes, end_hours * 60) - skipped);
  return time.day_counting == DayCounting::kCompleted ? counted / kDayMinutes
                                                      : (counted + kDayMinutes - 1) / kDayMinutes;
}

// What the mode leaves of `in_period`, of which `waited` fell into the waiting hours.
template <class Amount>
Amount after_wait(const TimeTerms& time, Amount in_period, Amount waited) {
  const Amount monetary = static_cast<Amount>(time.monetary);
  switch (time.mode) {
    case TimeMode::kDeductHours:
      return in_period - waited;
    case TimeMode::kQualifying:
      return in_period;
    case TimeMode::kQualifyingThenMonetary:
    case TimeMode::kMonetaryOnly:
      return std::max<Amount>(0, in_period - monetary);
    case TimeMode::kGreaterOf:
      return std::max<Amount>(0, in_period - std::max(waited, monetary));
  }
  check_failed("a known time mode", __FILE__, __LINE__);
}

// One code for the row form (whole minor units) and the column form (the same as floating-point
// numbers, exact below 2^53). Cost: one pass over the hours; no allocation.
template <class Amount>
TimeLoss<Amount> time_loss(const TimeTerms& time, std::int64_t minutes,
                           std::span<const Amount> hourly) {
  TimeLoss<Amount> out;
  const auto hours = static_cast<std::int64_t>(hourly.size());
  const IndemnityStart starts = time.indemnity_start.value_or(time.mode == TimeMode::kDeductHours
                                                                  ? IndemnityStart::kWaitingEnd
                                                                  : IndemnityStart::kOutageStart);
  const std::int64_t start = starts == IndemnityStart::kWaitingEnd ? time.waiting_hours : 0;
  const std::int64_t end =
      time.indemnity_hours ? std::min(hours, start + *time.indemnity_hours) : hours;
  const std::int64_t wait_end = std::min(time.waiting_hours, end);
  Amount waited = 0;
  for (std::int64_t hour = 0; hour < wait_end; ++hour)
    waited += hourly[static_cast<std::size_t>(hour)];
  out.in_period = waited;
  for (std::int64_t hour = wait_end; hour < end; ++hour) {
    out.in_period += hourly[static_cast<std::size_t>(hour)];
  }
  out.gross = out.in_period;
  for (std::int64_t hour = end; hour < hours; ++hour)
    out.gross += hourly[static_cast<std::size_t>(hour)];

  out.within_waiting = time.mode != TimeMode::kMonetaryOnly && time.waiting_hours > 0 &&
                       minutes <= time.waiting_hours * 60;
  if (minutes == 0 || out.within_waiting) return out;
  out.after_wait = after_wait(time, out.in_period, waited);
  out.payable = out.after_wait;
  if (time.daily_amount) {
    const auto daily = static_cast<Amount>(*time.daily_amount);
    out.payable =
        std::min(out.payable, static_cast<Amount>(payable_days(time, minutes, end)) * daily);
  }
  return out;
}

inline TimeLoss<std::int64_t> time_loss(const TimeTerms& time, const Outage& outage) {
  return time_loss<std::int64_t>(time, outage.minutes, outage.hourly);
}

}  // namespace anlan::terms
