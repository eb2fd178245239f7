// Newton's method for a quantile in the logarithm of its argument, kept inside a bracket.
//
// In t = ln x the logarithm of a tail of the gamma and beta distributions is nearly straight, so
// five steps are usual even where x is 1e-200.
#pragma once

#include <cmath>
#include <limits>

#include "base/gamma.h"
#include "base/maths.h"

namespace anlan::maths {

// Where the search stands: the tails at e^t and x times the density there.
struct TailPoint {
  Tails tails;
  double slope = 0.0;
};

// The probability sought, both ways, so that neither side loses digits.
struct Sought {
  double lower = 0.5;
  double upper = 0.5;
  double t_start = 0.0;
  double t_max = std::numeric_limits<double>::infinity();
};

// The t at which the tails of `at(t)` are those sought. at() must increase in its lower tail.
template <class At>
double solve_log(const Sought& sought, At&& at) {
  constexpr int kStepsMax = 200;
  constexpr double kClose = 1e-10;  // the next Newton step after one this small is below 1e-17
  constexpr double kStride = 3.0;   // longest step upwards, where the slope may be far too small
  double lo = -std::numeric_limits<double>::infinity();
  double hi = sought.t_max;
  double t = sought.t_start < hi ? sought.t_start : hi - 1e-3;
  const bool low_side = sought.lower <= sought.upper;
  for (int i = 0; i < kStepsMax; ++i) {
    const TailPoint point = at(t);
    const double tail = low_side ? point.tails.lower : point.tails.upper;
    const double ratio = log(tail / (low_side ? sought.lower : sought.upper));
    const double miss = low_side ? ratio : -ratio;
    if (miss == 0.0) break;
    (miss > 0.0 ? hi : lo) = t;
    double step = -miss * tail / point.slope;
    if (!std::isfinite(step)) step = miss > 0.0 ? -kStride : kStride;
    const double next = t + (step < kStride ? step : kStride);
    if (std::fabs(step) < kClose) return next;
    t = next > lo && next < hi ? next : 0.5 * (lo + hi);
  }
  return t;
}

}  // namespace anlan::maths
