// Numerical helpers of the severities: quadrature of a survival function and the bracketed search
// for a quantile.
#pragma once

#include <cmath>
#include <limits>

#include "base/maths.h"
#include "engine/severity_families.h"

namespace anlan::engine {

// Tanh-sinh rule on [a, b]: error below 1e-14 relative for integrands that are smooth inside.
template <class F>
double integrate_panel(F&& f, double a, double b) {
  constexpr double kHalfPi = 1.5707963267948966192;
  constexpr double kStep = 1.0 / 16.0;
  constexpr int kHalfCount = 52;  // to t = 3.25, where the weights fall below 1e-17
  const double width = b - a;
  double sum = 0.0;
  for (int i = -kHalfCount; i <= kHalfCount; ++i) {
    const double t = i * kStep;
    const double up = maths::exp(t);
    const double sinh = 0.5 * (up - 1.0 / up);
    const double cosh = 0.5 * (up + 1.0 / up);
    const double e = maths::exp(-2.0 * kHalfPi * sinh);
    // The place as a share of the panel, 1 / (1 + e), and its derivative.
    const double share = 1.0 / (1.0 + e);
    const double weight = 2.0 * kHalfPi * cosh * e * share * share;
    if (weight < 1e-300) continue;
    sum += weight * f(a + width * share);
  }
  return sum * kStep * width;
}

// The integral of k x^(k-1) upper(x) over [0, d], d finite, on panels that grow from `scale`, a
// typical loss.
template <class Upper>
double integrate_upper(Upper&& upper, int k, double d, double scale) {
  constexpr double kGrowth = 4.0;
  const auto integrand = [&](double x) {
    const double power = k == 1 ? 1.0 : k == 2 ? 2.0 * x : 3.0 * x * x;
    return power * upper(x);
  };
  double sum = 0.0;
  double low = 0.0;
  double high = scale / 64.0;
  while (low < d) {
    if (!(high < d)) high = d;
    sum += integrate_panel(integrand, low, high);
    low = high;
    high *= kGrowth;
  }
  return sum;
}

// The smallest x in [low, high] whose lower tail reaches level.lower (or whose upper tail falls to
// level.upper, whichever is the smaller number): bisection, in ln x where the bracket spans
// magnitudes. high may be infinite. tails(x) must be monotone.
template <class At>
double bisect_quantile(At&& tails, Tails level, double low, double high) {
  constexpr int kStepsMax = 400;
  const bool low_side = level.lower <= level.upper;
  const auto reached = [&](double x) {
    const Tails at = tails(x);
    return low_side ? at.lower >= level.lower : at.upper <= level.upper;
  };
  if (!std::isfinite(high)) {
    high = low > 0.0 ? 2.0 * low : 1.0;
    while (!reached(high) && high < 1e300) high *= 4.0;
  }
  if (reached(low)) return low;
  for (int i = 0; i < kStepsMax; ++i) {
    if (high - low <= 2e-16 * high) break;
    const bool far = low > 0.0 && high > 4.0 * low;
    const double middle = far ? maths::sqrt(low) * maths::sqrt(high) : 0.5 * (low + high);
    if (!(middle > low && middle < high)) break;
    (reached(middle) ? high : low) = middle;
    if (high < 1e-300) break;
  }
  return high;
}

}  // namespace anlan::engine
