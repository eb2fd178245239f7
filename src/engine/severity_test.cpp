#include "engine/severity.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "engine/severity_numeric.h"

namespace anlan::engine {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Example {
  std::string name;
  Severity severity;
  double scale;  // a typical loss
};

std::vector<Example> examples() {
  std::vector<Example> all{
      {"exponential", {Exponential{1000.0}}, 1000.0},
      {"gamma", {GammaLoss{2.3, 100.0}}, 230.0},
      {"gamma with a pole", {GammaLoss{0.4, 100.0}}, 40.0},
      {"Weibull", {Weibull{0.7, 500.0}}, 500.0},
      {"lognormal", {Lognormal{7.0, 1.4}}, 1096.0},
      {"Lomax", {ParetoTail{1.0 / 2.5, 3600.0 / 2.5, 0.0}}, 3600.0},
      {"Pareto", {ParetoTail{1.0 / 1.8, 40.0 / 1.8, 40.0}}, 40.0},
      {"Pareto without a mean", {ParetoTail{1.0 / 0.9, 40.0 / 0.9, 40.0}}, 40.0},
      {"Pareto at the edge of a mean", {ParetoTail{1.0, 40.0, 0.0}}, 40.0},
      {"bounded generalised Pareto", {ParetoTail{-0.4, 500.0, 0.0}}, 500.0},
      {"generalised Pareto of shape 0", {ParetoTail{0.0, 500.0, 10.0}}, 500.0},
      {"Burr", {Burr{3.0, 1.7, 50.0}}, 50.0},
      {"Burr without a mean", {Burr{0.5, 1.5, 50.0}}, 50.0},
      {"inverse Gaussian", {InverseGaussian{2.0, 1.5}}, 2.0},
      {"uniform", {Uniform{10.0, 110.0}}, 60.0},
      {"PERT", {Pert{20.0, 100.0, 900.0, 4.0}}, 200.0},
  };
  all.push_back({"splice",
                 spliced({Lognormal{5.0, 1.0}}, {ParetoTail{0.6, 500.0, 400.0}}, 400.0, 0.2),
                 300.0});
  all.push_back(
      {"mixture", {Mixture{{{Exponential{100.0}}, {Weibull{2.0, 900.0}}}, {0.3, 0.7}}}, 500.0});
  all.push_back(
      {"lognormal under terms",
       with_terms({Lognormal{7.0, 1.4}},
                  {.trend = 1.1, .deductible = 200.0, .limit = 9000.0, .coinsurance = 0.8}),
       800.0});
  return all;
}

TEST_CASE("severity: limited moments are integrals of the survival function") {
  for (const Example& e : examples()) {
    CAPTURE(e.name);
    for (const double multiple : {0.3, 1.0, 2.7, 40.0}) {
      const double d = multiple * e.scale;
      CAPTURE(d);
      // Panels between the kinks, so that the quadrature sees smooth pieces.
      std::vector<double> ends{0.0};
      for (const double kink : kinks(e.severity)) {
        if (kink < d) ends.push_back(kink);
      }
      ends.push_back(d);
      for (int k = 1; k <= 3; ++k) {
        CAPTURE(k);
        double sum = 0.0;
        for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
          for (int part = 0; part < 16; ++part) {
            const double width = (ends[i + 1] - ends[i]) / 16.0;
            sum += integrate_panel(
                [&](double x) { return k * std::pow(x, k - 1) * survival(e.severity, x); },
                ends[i] + part * width, ends[i] + (part + 1) * width);
          }
        }
        CHECK(limited_moment(e.severity, k, d) == doctest::Approx(sum).epsilon(2e-10));
      }
    }
  }
}

TEST_CASE("severity: quantile and distribution function are inverse, far into both tails") {
  for (const Example& e : examples()) {
    if (e.name == "lognormal under terms") continue;  // has atoms at both ends
    CAPTURE(e.name);
    for (const double upper : {1.0 - 1e-6, 0.9, 0.5, 0.1, 1e-3, 1e-7, 1e-12}) {
      if (upper < 1e-3 && largest(e.severity) < kInfinity) continue;  // the end swallows the digits
      const double x = quantile(e.severity, {1.0 - upper, upper});
      CAPTURE(upper);
      CHECK(survival(e.severity, x) == doctest::Approx(upper).epsilon(1e-9));
    }
  }
}

TEST_CASE("severity: expected excess and limited mean add up, and the excess keeps its digits") {
  for (const Example& e : examples()) {
    const double mean = mean_of(e.severity);
    if (mean == kInfinity) continue;
    CAPTURE(e.name);
    for (const double multiple : {0.0, 0.3, 1.0, 2.7, 40.0}) {
      const double d = multiple * e.scale;
      CHECK(limited_expected(e.severity, d) + excess(e.severity, d) ==
            doctest::Approx(mean).epsilon(1e-11));
    }
  }
  // P(X > 60 means) = e^-60: 1 minus the limited mean would have no digit left.
  CHECK(excess({Exponential{1.0}}, 60.0) == doctest::Approx(std::exp(-60.0)).epsilon(1e-13));
  CHECK(survival({Weibull{2.0, 1.0}}, 20.0) == doctest::Approx(std::exp(-400.0)).epsilon(1e-11));
  CHECK(mean_excess({ParetoTail{0.6, 5e5, 1e6}}, 1e12) ==
        doctest::Approx((5e5 + 0.6 * (1e12 - 1e6)) / 0.4).epsilon(1e-12));
}

TEST_CASE("severity: moments that do not exist are infinite, limited ones are finite") {
  const Severity heavy{ParetoTail{1.0 / 0.9, 40.0 / 0.9, 40.0}};
  CHECK(mean_of(heavy) == kInfinity);
  CHECK(layer_mean(heavy, 40.0, 160.0) ==
        doctest::Approx(40.0 / 0.1 * (std::pow(5.0, 0.1) - 1.0)).epsilon(1e-12));
  CHECK(limited_moment({ParetoTail{0.6, 5e5, 1e6}}, 2, kInfinity) == kInfinity);
  CHECK(limited_moment({Burr{3.0, 1.0, 50.0}}, 3, kInfinity) == kInfinity);
  CHECK(mean_of({Burr{3.0, 1.0, 50.0}}) == doctest::Approx(25.0).epsilon(1e-12));
}

TEST_CASE("severity: layers side by side add up to the ground-up limited mean") {
  for (const Example& e : examples()) {
    CAPTURE(e.name);
    double sum = 0.0;
    double last = 0.0;
    for (const double top : {0.1, 0.5, 1.0, 3.0, 10.0, 50.0}) {
      sum += layer_mean(e.severity, last * e.scale, (top - last) * e.scale);
      last = top;
    }
    CHECK(sum == doctest::Approx(limited_expected(e.severity, last * e.scale)).epsilon(1e-11));
  }
}

TEST_CASE("severity: terms of a claim make atoms at nothing and at the limit") {
  const Severity paid = with_terms({Exponential{1000.0}}, {.deductible = 100.0, .limit = 500.0});
  const std::vector<Atom> points = atoms(paid);
  REQUIRE(points.size() == 2);
  CHECK(points[0].x == 0.0);
  CHECK(points[0].p == doctest::Approx(1.0 - std::exp(-0.1)));
  CHECK(points[1].x == 500.0);
  CHECK(points[1].p == doctest::Approx(std::exp(-0.6)));
  CHECK(largest(paid) == 500.0);
  CHECK_FALSE(is_discrete(paid));
  CHECK(is_discrete(with_terms({Discrete{{40, 80}, {0.5, 0.5}}},
                               {.trend = 1.5, .deductible = 50.0, .limit = kInfinity})));
}

}  // namespace
}  // namespace anlan::engine
