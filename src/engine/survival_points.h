// A duration given by points of its survival function, for data that no lognormal fits.
#pragma once

#include <span>
#include <vector>

namespace anlan::engine {

struct SurvivalPoint {
  double value = 0.0;  // hours, more than 0
  double above = 1.0;  // probability of a larger value
  bool operator==(const SurvivalPoint&) const = default;
};

// Between two points the logarithm of the survival function is linear in the logarithm of the
// value, so that each stretch is a Pareto law; beyond the last point the last stretch goes on.
using SurvivalPoints = std::vector<SurvivalPoint>;

// At least two points, values rising from more than 0, probabilities falling from 1 to more than 0.
bool is_survival_law(std::span<const SurvivalPoint> points);

// The value that is exceeded with probability 1 - p, p in [0, 1). The points are a law.
double survival_quantile(std::span<const SurvivalPoint> points, double p);

// E[min(X, cap)]: the integral of the survival function from 0 to the cap, stretch by stretch in
// closed form. cap is finite; the points are a law.
double survival_limited_mean(std::span<const SurvivalPoint> points, double cap);

}  // namespace anlan::engine
