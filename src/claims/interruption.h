// Interruption: the loss of a business interruption hour by hour, from the profit of an ordinary
// week and what was sold although the interruption was stated (REFERENCE.md 3.4, stage 1; E06: a
// curve, never a flat average).
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "domain/incident.h"
#include "terms/hours.h"

namespace anlan::claims {

inline constexpr std::size_t kHoursOfWeek = 168;

struct InterruptionLoss {
  terms::Outage stated;           // before the sales records; of the first stretch, as the next
  terms::Outage corrected;        // after them; what the policy's terms work on
  std::int64_t stated_total = 0;  // of all stretches, as the three below
  std::int64_t corrected_total = 0;
  std::int64_t sales = 0;                 // gross profit of all sales records
  std::vector<terms::Outage> again = {};  // later stretches, corrected
  std::vector<std::int64_t> gaps = {};    // minutes from each stretch to the next
  std::int64_t sales_beyond = 0;  // of it more than the loss in the hours it covers: without effect
  bool operator==(const InterruptionLoss&) const = default;
};

// Hour i of the curve is [started + i h, started + (i + 1) h), the last one ends when the outage
// ends; its profit is that of the calendar hours it touches, by minutes, times the share that
// stopped, rounded half-up once. Times count in whole minutes; part of a minute at the end is
// dropped.
//
// Each sales record, in the order stated, takes its gross profit off what is left of the loss in
// the minutes that it covers, in proportion (allot), never below zero.
//
// An interruption that came back is one statement with several stretches, each measured like this;
// how their clocks run together is for the wording (terms/occurrence.h).
//
// All amounts in `currency`. `offset`: the policy's time zone, in which the week runs. Refuses,
// with `path` below "interruption":
//   kRestoredBeforeStarted  an interruption lasts at least a minute
//   kOutageTooLong          at most terms::kMinutesMax, from the first start to the last end
//   kStretchOrder           a stretch does not begin before the one ahead of it has ended (args
//                           restored)
//   kProfileNotAWeek        168 hours (args hours)
//   kMoneyNegative, kMoneyTooLarge, kMoneyCurrency   of an hour, a record, or the whole curve
//   kOutOfRange             stopped_ppm above 1,000,000
//   kLossEntries            more than kLossEntriesMax sales records
//   kSalesPeriod, kSalesOutsideOutage                of a record, in one of the stretches
// Cost: the hours of the outage, and for each record the hours that it covers.
Result<InterruptionLoss> interruption_loss(const domain::InterruptionStatement& statement,
                                           Currency currency, UtcOffset offset);

// Items or sales records of one loss statement: more than a claim file holds, few enough to work
// on.
inline constexpr std::size_t kLossEntriesMax = 1'000;

// Refuses an amount that is not of `currency`, negative, or above kAmountMax.
Result<Done> check_amount(Money amount, Currency currency, std::string_view path);

}  // namespace anlan::claims
