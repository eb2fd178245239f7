#include "base/beta.h"

#include <cmath>
#include <limits>
#include <utility>

#include "base/log_newton.h"
#include "base/maths.h"
#include "base/normal.h"

namespace anlan::maths {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kLogTwo = 0x1.62e42fefa39efp-1;
constexpr double kTwoPi = 6.283185307179586476925;
constexpr int kTermsMax = 100000;  // O(sqrt(max(a, b))) are needed

// DLMF 8.17.22: I_x(a, b) a B(a, b) / (x^a (1-x)^b) for x <= (a + 1) / (a + b + 2).
double fraction(BetaShape s, double x) {
  constexpr double kTiny = 1e-300;
  double c = 1.0;
  double d = 0.0;
  double product = 1.0;
  const auto extend = [&](double term) {
    d = 1.0 + term * d;
    if (d == 0.0) d = kTiny;
    c = 1.0 + term / c;
    if (c == 0.0) c = kTiny;
    d = 1.0 / d;
    product *= c * d;
    return c * d;
  };
  extend(-(s.a + s.b) * x / (s.a + 1.0));
  for (int n = 1; n < kTermsMax; ++n) {
    const double a = s.a + 2.0 * n;
    extend(n * (s.b - n) * x / ((a - 1.0) * a));
    const double factor = extend(-(s.a + n) * (s.a + s.b + n) * x / (a * (a + 1.0)));
    if (std::fabs(factor - 1.0) < 1e-16) break;
  }
  return 1.0 / product;
}

}  // namespace

BetaDistribution::BetaDistribution(BetaShape shape)
    : shape_(shape),
      log_scale_(0.5 * log(shape.a * shape.b / ((shape.a + shape.b) * kTwoPi)) +
                 stirling_error(shape.a + shape.b) - stirling_error(shape.a) -
                 stirling_error(shape.b)),
      log_beta_(lgamma(shape.a) + lgamma(shape.b) - lgamma(shape.a + shape.b)),
      middle_(at(0.5).lower) {}

BetaDistribution BetaDistribution::mirrored() const {
  BetaDistribution out;
  out.shape_ = {.a = shape_.b, .b = shape_.a};
  out.log_scale_ = log_scale_;
  out.log_beta_ = log_beta_;
  out.middle_ = 1.0 - middle_;
  return out;
}

double BetaDistribution::density_times(double x) const {
  // (a + b) x - a as exactly as doubles allow: both deviances hang on it.
  const Pair total = two_sum(shape_.a, shape_.b);
  const Pair expected = times(total, x);
  const double difference = (expected.high - shape_.a) + expected.low;
  return exp(
      log_scale_ - deviance({.mean = shape_.a, .value = expected.high, .difference = difference}) -
      deviance({.mean = shape_.b, .value = total.high * (1.0 - x), .difference = -difference}));
}

Tails BetaDistribution::at(double x) const {
  if (x != x) return {kNan, kNan};
  if (x <= 0.0) return {0.0, 1.0};
  if (x >= 1.0) return {1.0, 0.0};
  return tails_at(x, density_times(x));
}

Tails BetaDistribution::tails_at(double x, double density) const {
  if (x <= (shape_.a + 1.0) / (shape_.a + shape_.b + 2.0)) {
    const double lower = density * fraction(shape_, x) / shape_.a;
    return {lower, 1.0 - lower};
  }
  const double upper = density * fraction({shape_.b, shape_.a}, 1.0 - x) / shape_.b;
  return {1.0 - upper, upper};
}

double BetaDistribution::start(double p) const {
  const auto [a, b] = shape_;
  if (a < 1.0 || b < 1.0) return (log(p) + log(a) + log_beta_) / a;  // the first term of the series
  // Abramowitz & Stegun 26.5.22 with the sign of the normal quantile turned.
  const double y = -normal_quantile(p);
  const double lambda = (y * y - 3.0) / 6.0;
  const double inverse_a = 1.0 / (2.0 * a - 1.0);
  const double inverse_b = 1.0 / (2.0 * b - 1.0);
  const double h = 2.0 / (inverse_a + inverse_b);
  const double w =
      y * sqrt(h + lambda) / h - (inverse_b - inverse_a) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));
  return log(a) - log(a + b * exp(2.0 * w));
}

double BetaDistribution::solve(double lower, double upper) const {
  const Sought sought{
      .lower = lower, .upper = upper, .t_start = start(lower), .t_max = 1e-9 - kLogTwo};
  return exp(solve_log(sought, [this](double t) {
    const double x = exp(t);
    const double density = density_times(x);
    return TailPoint{tails_at(x, density), density / (1.0 - x)};
  }));
}

double BetaDistribution::quantile(double p) const {
  if (p != p || p < 0.0 || p > 1.0) return kNan;
  if (p == 0.0 || p == 1.0) return p;
  if (p <= middle_) return solve(p, 1.0 - p);
  return 1.0 - mirrored().solve(1.0 - p, p);
}

}  // namespace anlan::maths
