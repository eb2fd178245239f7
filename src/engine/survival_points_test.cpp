#include "engine/survival_points.h"

#include <cmath>

#include <doctest/doctest.h>

namespace anlan::engine {
namespace {

const SurvivalPoints kOutages = {{0.25, 1.0}, {1.0, 0.84},  {2.0, 0.73}, {4.0, 0.47},
                                 {8.0, 0.25}, {12.0, 0.20}, {24.0, 0.08}};

bool near(double got, double want, double error = 1e-12) {
  return std::fabs(got - want) <= error * std::fabs(want);
}

TEST_CASE("survival points: a law starts at one, rises in value and falls in probability") {
  CHECK(is_survival_law(kOutages));
  for (const SurvivalPoints& no : {
           SurvivalPoints{},
           SurvivalPoints{{1.0, 1.0}},
           SurvivalPoints{{1.0, 0.9}, {2.0, 0.5}},  // what of the shortest tenth?
           SurvivalPoints{{0.0, 1.0}, {2.0, 0.5}},  // no logarithm of 0
           SurvivalPoints{{1.0, 1.0}, {1.0, 0.5}},
           SurvivalPoints{{1.0, 1.0}, {2.0, 1.0}},
           SurvivalPoints{{1.0, 1.0}, {2.0, 0.5}, {3.0, 0.6}},
           SurvivalPoints{{1.0, 1.0}, {2.0, 0.0}},
           SurvivalPoints{{1.0, 1.0}, {std::nan(""), 0.5}},
       }) {
    CHECK(!is_survival_law(no));
  }
}

TEST_CASE("survival points: the quantile goes through every point and on beyond the last") {
  for (const SurvivalPoint& point : kOutages) {
    CHECK(near(survival_quantile(kOutages, 1.0 - point.above), point.value));
  }
  // Half way in both logarithms.
  CHECK(near(survival_quantile(kOutages, 1.0 - std::sqrt(0.25 * 0.20)), std::sqrt(96.0)));
  // 0.08 to 0.032 is what 0.20 to 0.08 is: another doubling.
  CHECK(near(survival_quantile(kOutages, 1.0 - 0.032), 48.0));
  double before = 0.0;
  for (int i = 0; i < 1000; ++i) {
    const double value = survival_quantile(kOutages, i / 1000.0);
    CHECK(value > before);
    before = value;
  }
}

TEST_CASE("survival points: the limited mean is the area under the survival function") {
  // 1 + the integral of 1/x from 1 to 4: the exponent is 1, where the power rule does not hold.
  CHECK(near(survival_limited_mean(SurvivalPoints{{1.0, 1.0}, {2.0, 0.5}}, 4.0),
             1.0 + std::log(4.0)));
  CHECK(survival_limited_mean(kOutages, 0.1) == 0.1);
  // Python, sum of s0 h0 / (1 - k) ((h1 / h0)^(1 - k) - 1) over the stretches.
  CHECK(near(survival_limited_mean(kOutages, 336.0), 9.992464064382009));
  for (const double cap : {0.3, 5.0, 24.0, 30.0, 336.0}) {
    double area = 0.0;  // quantiles at the middles of a million equal parts
    constexpr int kParts = 1'000'000;
    for (int i = 0; i < kParts; ++i) {
      area += std::min(cap, survival_quantile(kOutages, (i + 0.5) / kParts)) / kParts;
    }
    CHECK(near(survival_limited_mean(kOutages, cap), area, 1e-5));
  }
}

}  // namespace
}  // namespace anlan::engine
