// How far the expected payment may be off because the parameters are guesses: an ensemble of
// parameter sets (MODEL.md 6).
//
// Each member multiplies every peril's frequency by a lognormal factor of mean one (sd of the
// hazard's ensemble) and its amounts by another; the factors of two perils are correlated, because
// one author guessed them. The mean payment of a peril as a function of its severity factor is
// computed at 7 nodes on the first 256 rows of the table, interpolated by cubics and brought to the
// peril's mean payment in the year. Members are the same for every company: common random numbers.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/executor.h"
#include "base/result.h"
#include "engine/ensemble.h"
#include "engine/year.h"

namespace anlan::engine {

// The value below which the share `p` of the sorted values lies, linear between them; two values or
// more.
double sorted_quantile(const std::vector<double>& sorted, double p);

// One entry a member of the ensemble, in the same order for every company: expected a year, minor
// units.
struct EnsembleMembers {
  std::vector<double> ground_up;
  std::vector<double> paid;
};

// `central` is the year of the same setting and model: each peril's mean payment is its level, and
// its ratio to the plain sum over perils (the effect of several incidents in a year) is kept for
// all members.
Result<EnsembleMembers> ensemble_members(const YearSetting& setting, const LossModel& model,
                                         const YearLoss& central, Executor& executor);

struct PaymentRange {
  double low = 0.0;   // 5 % of the members lie below
  double high = 0.0;  // 5 % lie above
  double mean = 0.0;
};

// Of a list that is not empty.
PaymentRange range_of(std::vector<double> members);

// Mean payment of an event of one peril, with its amounts at each node of the severity (standard
// deviations of ln severity), and the cubic through the nodes: what ensemble_members goes by.
inline constexpr std::size_t kSeverityNodes = 7;
using SeverityCurve = std::array<double, kSeverityNodes>;
Result<SeverityCurve> severity_curve(const YearSetting& setting, const LossModel& model,
                                     std::size_t peril);
double on_curve(const SeverityCurve& curve, double z);

// The range of ensemble_members' payments.
Result<PaymentRange> payment_range(const YearSetting& setting, const LossModel& model,
                                   const YearLoss& central, Executor& executor);

}  // namespace anlan::engine
