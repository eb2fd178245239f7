#include "engine/survival_points.h"

#include <algorithm>
#include <cmath>

#include "base/maths.h"

namespace anlan::engine {
namespace {

// The exponent of the Pareto law between two points.
double exponent_between(const SurvivalPoint& from, const SurvivalPoint& to) {
  return maths::log(from.above / to.above) / maths::log(to.value / from.value);
}

// The integral of from.above (x / from.value)^-exponent over [from.value, until].
double area(const SurvivalPoint& from, double exponent, double until) {
  const double log_ratio = maths::log(until / from.value);
  const double power = (1.0 - exponent) * log_ratio;
  // (e^power - 1) / (1 - exponent), which is log_ratio where the exponent is 1.
  const double integral =
      std::fabs(power) < 1e-14 ? log_ratio : maths::expm1(power) / (1.0 - exponent);
  return from.above * from.value * integral;
}

}  // namespace

bool is_survival_law(std::span<const SurvivalPoint> points) {
  if (points.size() < 2 || points.front().above != 1.0 || !(points.front().value > 0.0)) {
    return false;
  }
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (!(points[i].value > points[i - 1].value)) return false;
    if (!(points[i].above < points[i - 1].above)) return false;
  }
  return points.back().above > 0.0;
}

double survival_quantile(std::span<const SurvivalPoint> points, double p) {
  const double above = 1.0 - p;
  std::size_t next = 1;
  while (next + 1 < points.size() && points[next].above > above) ++next;
  const SurvivalPoint& from = points[next - 1];
  const double exponent = exponent_between(from, points[next]);
  return from.value * maths::exp(maths::log(from.above / above) / exponent);
}

double survival_limited_mean(std::span<const SurvivalPoint> points, double cap) {
  double sum = std::min(cap, points.front().value);
  for (std::size_t i = 0; i < points.size() && points[i].value < cap; ++i) {
    const bool last = i + 1 == points.size();
    const std::size_t begin = last ? i - 1 : i;
    const double exponent = exponent_between(points[begin], points[begin + 1]);
    const double until = last ? cap : std::min(cap, points[i + 1].value);
    sum += area(points[i], exponent, until);
  }
  return sum;
}

}  // namespace anlan::engine
