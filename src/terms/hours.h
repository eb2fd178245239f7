// Hours: what the time terms of a section leave of an outage (REFERENCE.md 3.4, stage 2).
//
// The outage itself, not the loss in it, must exceed the waiting period: one of exactly the wait
// pays nothing. The loss is cut in true hours of its curve, never by a flat average.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "base/int128.h"
#include "terms/terms.h"

namespace anlan::terms {

// `minutes` 0 to kMinutesMax; `hourly` (which may be empty for a parametric section) has one loss
// per started hour, ceil(minutes / 60) of them, in minor units, from the start of the outage; their
// sum is at most kAmountMax.
struct Outage {
  std::int64_t minutes = 0;
  std::vector<std::int64_t> hourly = {};
  // Of a parametric section: what passed the gates, of what was claimed. The measured amount falls
  // in this proportion, half-up; claimed 0: all of it passed.
  std::int64_t passed = 0;
  std::int64_t claimed = 0;
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

// Where the time terms cut the curve of an outage, in hours from its start: 0 <= wait_end <= end <=
// hours.
struct HourCuts {
  std::int64_t wait_end = 0;  // of the waiting hours, inside the indemnity period
  std::int64_t end = 0;       // of the indemnity period
  std::int64_t hours = 0;     // of the outage: started hours
};

inline HourCuts hour_cuts(const TimeTerms& time, std::int64_t minutes) {
  const std::int64_t hours = (minutes + 59) / 60;
  const IndemnityStart starts = time.indemnity_start.value_or(time.mode == TimeMode::kDeductHours
                                                                  ? IndemnityStart::kWaitingEnd
                                                                  : IndemnityStart::kOutageStart);
  const std::int64_t start = starts == IndemnityStart::kWaitingEnd ? time.waiting_hours : 0;
  const std::int64_t end =
      time.indemnity_hours ? std::min(hours, start + *time.indemnity_hours) : hours;
  return {.wait_end = std::min(time.waiting_hours, end), .end = end, .hours = hours};
}

// The loss of an outage up to each cut: 0 <= waited <= in_period <= gross.
template <class Amount>
struct HourSums {
  Amount waited = 0;
  Amount in_period = 0;
  Amount gross = 0;
};

template <class Amount>
HourSums<Amount> sum_hours(const HourCuts& cuts, std::span<const Amount> hourly) {
  HourSums<Amount> sums;
  std::int64_t hour = 0;
  Amount sum = 0;
  for (; hour < cuts.wait_end; ++hour) sum += hourly[static_cast<std::size_t>(hour)];
  sums.waited = sum;
  for (; hour < cuts.end; ++hour) sum += hourly[static_cast<std::size_t>(hour)];
  sums.in_period = sum;
  for (; hour < cuts.hours; ++hour) sum += hourly[static_cast<std::size_t>(hour)];
  sums.gross = sum;
  return sums;
}

// The sums of a parametric section: its amount for each completed hour up to each cut.
template <class Amount>
HourSums<Amount> measured_sums(const TimeTerms& time, std::int64_t minutes) {
  const HourCuts cuts = hour_cuts(time, minutes);
  const std::int64_t completed = minutes / 60;
  const auto up_to = [&](std::int64_t hours) {
    return static_cast<Amount>(std::min(hours, completed) * *time.parametric_hourly);
  };
  return {.waited = up_to(cuts.wait_end), .in_period = up_to(cuts.end), .gross = up_to(completed)};
}

// One code for the row form (whole minor units) and the column form (the same as floating-point
// numbers, exact below 2^53). `sums` at the hour_cuts of the same terms and minutes.
template <class Amount>
TimeLoss<Amount> time_loss(const TimeTerms& time, std::int64_t minutes,
                           const HourSums<Amount>& sums) {
  TimeLoss<Amount> out;
  out.in_period = sums.in_period;
  out.gross = sums.gross;
  out.within_waiting = time.mode != TimeMode::kMonetaryOnly && time.waiting_hours > 0 &&
                       minutes <= time.waiting_hours * 60;
  if (minutes == 0 || out.within_waiting) return out;
  out.after_wait = after_wait(time, sums.in_period, sums.waited);
  out.payable = out.after_wait;
  if (time.daily_amount) {
    const auto daily = static_cast<Amount>(*time.daily_amount);
    const std::int64_t days = payable_days(time, minutes, hour_cuts(time, minutes).end);
    out.payable = std::min(out.payable, static_cast<Amount>(days) * daily);
  }
  return out;
}

// The same from the hours themselves, ceil(minutes / 60) of them. Cost: one pass; no allocation.
template <class Amount>
TimeLoss<Amount> time_loss(const TimeTerms& time, std::int64_t minutes,
                           std::span<const Amount> hourly) {
  return time_loss<Amount>(time, minutes, sum_hours(hour_cuts(time, minutes), hourly));
}

// What of measured sums passed the gates.
inline HourSums<std::int64_t> passed_sums(const Outage& outage, HourSums<std::int64_t> sums) {
  if (outage.claimed == 0) return sums;
  const auto passed = [&](std::int64_t sum) {
    return static_cast<std::int64_t>(
        half_up(static_cast<Int128>(sum) * outage.passed, outage.claimed));
  };
  return {.waited = passed(sums.waited),
          .in_period = passed(sums.in_period),
          .gross = passed(sums.gross)};
}

// Of a parametric section the hours themselves are not read.
inline TimeLoss<std::int64_t> time_loss(const TimeTerms& time, const Outage& outage) {
  if (time.parametric_hourly) {
    const auto sums = measured_sums<std::int64_t>(time, outage.minutes);
    return time_loss<std::int64_t>(time, outage.minutes, passed_sums(outage, sums));
  }
  return time_loss<std::int64_t>(time, outage.minutes, std::span(outage.hourly));
}

}  // namespace anlan::terms
