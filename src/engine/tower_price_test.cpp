#include "engine/tower_price.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include "base/random.h"
#include "engine/annual_layer.h"
#include "engine/lattice.h"
#include "engine/loss_curve.h"
#include "engine/panjer.h"

namespace anlan::engine {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Severity yardstick(double mu = 10.8, double sigma = 1.7) {
  return spliced({Lognormal{mu, sigma}}, {ParetoTail{0.6, 5e5, 1e6}}, 1e6, 0.03);
}

std::vector<TowerLayer> tower_of_five() {
  return {{50e3, 450e3, 0.0, 900e3},
          {500e3, 500e3, 0.0, 1e6},
          {1e6, 1e6, 0.0, 1e6},
          {2e6, 3e6, 0.0, 3e6},
          {5e6, 5e6, 0.0, 5e6}};
}

// A random claim, count and layer; kinks of a splice often fall inside the layer.
struct Case {
  Frequency frequency;
  Severity severity;
  TowerLayer layer;
};
Case random_case(std::uint64_t number) {
  const auto draw = [&](std::uint64_t k) { return unit({.seed = 77, .subject = number}, k); };
  const double threshold = 2e5 + 2e6 * draw(0);
  Case out;
  switch (number % 4) {
    case 0:
      out.severity = spliced({Lognormal{8.0 + 4.0 * draw(1), 0.5 + 2.0 * draw(2)}},
                             {ParetoTail{0.05 + 0.8 * draw(3), 1e5 + 1e6 * draw(4), threshold}},
                             threshold, 0.005 + 0.1 * draw(5));
      break;
    case 1:
      out.severity = {Lognormal{8.0 + 5.0 * draw(1), 0.3 + 2.2 * draw(2)}};
      break;
    case 2:
      out.severity = {ParetoTail{0.05 + 1.2 * draw(3), 1e4 + 1e6 * draw(4), 0.0}};
      break;
    default:
      out.severity = {GammaLoss{0.3 + 3.0 * draw(1), 1e5 * draw(2) + 1e4}};
  }
  const double mean = std::exp(-6.0 + 9.0 * draw(6));
  if (number % 3 == 0) out.frequency = {Poisson{mean}, {}};
  if (number % 3 == 1) out.frequency = {NegativeBinomial{mean, 0.2 + 3.0 * draw(7)}, {}};
  if (number % 3 == 2) out.frequency = {Poisson{mean}, 0.3 + 0.5 * draw(7)};
  const double limit = std::round(std::exp(9.0 + 7.0 * draw(10)));
  const auto quarters = [&](double u) { return 0.25 * limit * (1.0 + std::floor(8.0 * u)); };
  out.layer = {.attach = draw(8) < 0.2 ? 0.0 : std::exp(9.0 + 7.0 * draw(9)),
               .limit = limit,
               .annual_deductible = draw(13) < 0.6 ? 0.0 : quarters(draw(14)),
               .annual_limit = draw(15) < 0.1 ? kInfinity : quarters(draw(12))};
  return out;
}

TEST_CASE("tower: each stated bound holds a grid of 1,024 points, for random claims and layers") {
  TowerPricer pricer({.relative_error = 1e-6});
  int settled = 0;
  int counted = 0;
  for (std::uint64_t number = 0; number < 400; ++number) {
    CAPTURE(number);
    const Case one = random_case(number);
    const std::vector<TowerLayer> layer{one.layer};
    const Estimate rough = pricer.price(one.frequency, one.severity, layer)[0];
    const Estimate fine = tower_price(one.frequency, one.severity, layer, 1024)[0];
    CHECK(std::fabs(rough.value - fine.value) <= rough.error + fine.error + 1e-300);
    if (fine.value < 1e-9 * one.layer.limit) continue;
    ++counted;
    settled += rough.error <= 1e-6 * rough.value;
  }
  CHECK(counted > 300);
  CHECK(settled > counted * 85 / 100);  // the others have a kink inside, and say so
}

TEST_CASE("tower: the yardstick is within 1e-6 by its own bound, and right") {
  TowerPricer pricer({.relative_error = 1e-6});
  const auto layers = tower_of_five();
  double total = 0.0;
  for (const Estimate& one : pricer.price({Poisson{0.25}, {}}, yardstick(), layers)) {
    CHECK(one.error <= 1e-6 * one.value);
    total += one.value;
  }
  CHECK(total == doctest::Approx(34273.84508374312).epsilon(1e-7));
}

TEST_CASE("tower: a company's price does not depend on the companies before it") {
  const auto layers = tower_of_five();
  TowerPricer used({});
  used.price({NegativeBinomial{0.4, 2.0}, {}}, {GammaLoss{2.0, 4e5}}, layers);
  used.price({Poisson{3.0}, {}}, yardstick(9.0, 2.0), std::span(layers).first(2));
  const std::span<const Estimate> again = used.price({Poisson{0.25}, {}}, yardstick(), layers);
  TowerPricer fresh({});
  const std::span<const Estimate> first = fresh.price({Poisson{0.25}, {}}, yardstick(), layers);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    CHECK(again[i].value == first[i].value);
    CHECK(again[i].error == first[i].error);
    const std::vector<TowerLayer> alone{layers[i]};
    CHECK(TowerPricer({}).price({Poisson{0.25}, {}}, yardstick(), alone)[0].value ==
          first[i].value);
  }
}

TEST_CASE("loss curve: eight amounts at once agree with one at a time, on both sides") {
  const Severity forms[] = {yardstick(),
                            {Lognormal{10.0, 0.3}},
                            {Lognormal{0.0, 8.0}},
                            {Lognormal{12.0, 0.01}},
                            spliced({Lognormal{9.0, 2.0}}, {ParetoTail{0.89, 3e4, 1e5}}, 3e5, 0.2),
                            {GammaLoss{0.7, 1e5}}};
  for (const Severity& form : forms) {
    std::vector<double> x{0.0};
    for (double at = 1e-3; at < 1e12; at *= 1.7) x.push_back(at);
    std::vector<LossPoint> got(x.size());
    LossCurve curve;
    curve.reset(form);
    curve.at(x, got);
    const double all = mean_of(form);
    for (std::size_t i = 0; i < x.size(); ++i) {
      CAPTURE(form.form.index());
      CAPTURE(x[i]);
      // Relative to the larger of the two terms that are subtracted.
      const double size = excess(form, x[i]) + x[i] * survival(form, x[i]);
      CHECK(std::fabs(got[i].excess - excess(form, x[i])) <= 2e-13 * size + 1e-290);
      CHECK(std::fabs(got[i].limited - limited_expected(form, x[i])) <=
            2e-13 * std::min(x[i] + 1e-290, all));
    }
  }
}

// ---- places where a price is known without a grid ----

TEST_CASE("tower: where nothing can be paid the price is 0, not a rounding") {
  const Severity uniform{Uniform{0.0, 1e6}};
  const std::vector<TowerLayer> beyond{{2e6, 1e6, 0.0, 2e6}, {1e6, 5e5, 5e5, kInfinity}};
  for (const Estimate& one : tower_price({Poisson{0.7}, {}}, uniform, beyond, 16)) {
    CHECK(one.value == 0.0);
  }
  const std::vector<TowerLayer> empty{{1e5, 0.0, 0.0, kInfinity}, {1e5, 0.0, 0.0, 0.0}};
  for (const Estimate& one : tower_price({Poisson{0.7}, {}}, uniform, empty, 16)) {
    CHECK(one.value == 0.0);
    CHECK(one.error == 0.0);
  }
  for (const Estimate& one : tower_price({Poisson{0.0}, {}}, yardstick(), tower_of_five(), 16)) {
    CHECK(one.value == 0.0);
    CHECK(one.error == 0.0);
  }
}

TEST_CASE("tower: with claims as rare as 1e-12 a year the price is the first claim's, to 1e-11") {
  const auto layers = tower_of_five();
  constexpr double kRare = 1e-12;
  const std::vector<Estimate> got = tower_price({Poisson{kRare}, {}}, yardstick(), layers, 32);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    // Two claims meet with probability 1e-24.
    const double first = kRare * layer_mean(yardstick(), layers[i].attach, layers[i].limit);
    CHECK(got[i].value == doctest::Approx(first).epsilon(1e-11));
  }
}

TEST_CASE("tower: far above all common losses a layer keeps its relative accuracy") {
  // Reached with probability 5e-9: two claims do not meet, and the price is the mean.
  const std::vector<TowerLayer> far{{3e10, 1e10, 0.0, 2e10}};
  const Estimate got = tower_price({Poisson{0.25}, {}}, yardstick(), far, 32)[0];
  const double mean = 0.25 * layer_mean(yardstick(), 3e10, 1e10);
  CHECK(mean < 1e4);
  CHECK(got.value == doctest::Approx(mean).epsilon(1e-8));
  CHECK(got.error < 1e-8 * mean);
}

TEST_CASE("tower: an annual limit below one loss pays it whenever there is a claim") {
  // Every claim is 7 to the layer, the year pays 2: so 2 x P(N >= 1).
  const Severity seven{Discrete{{7.0}, {1.0}}};
  const std::vector<TowerLayer> layer{{0.0, 4.0, 0.0, 2.0}, {0.0, 4.0, 4.0, 4.0}};
  const std::vector<Estimate> got = tower_price({Poisson{0.8}, {}}, seven, layer, 8);
  CHECK(got[0].value == doctest::Approx(2.0 * (1.0 - std::exp(-0.8))).epsilon(1e-13));
  // The second full limit only: 4 x P(N >= 2).
  CHECK(got[1].value == doctest::Approx(4.0 * (1.0 - 1.8 * std::exp(-0.8))).epsilon(1e-13));
}

TEST_CASE("tower: a tail index near 1 and above it prices layers, whose mean is finite") {
  for (const double xi : {0.89, 0.91, 0.999999, 1.0, 1.000001, 1.4}) {
    CAPTURE(xi);
    const Severity claim = spliced({Lognormal{10.0, 1.5}}, {ParetoTail{xi, 3e5, 1e6}}, 1e6, 0.02);
    const std::vector<TowerLayer> layer{{1e6, 4e6, 0.0, 8e6}, {1e6, 4e6, 0.0, kInfinity}};
    const std::vector<Estimate> got = tower_price({Poisson{0.1}, {}}, claim, layer, 64);
    const double unit = 3e5 / xi;
    const double grown =
        std::fabs(1.0 - xi) < 1e-5
            ? std::log1p(4e6 / unit)
            : (std::pow(1.0 + 4e6 / unit, 1.0 - 1.0 / xi) - 1.0) / (1.0 - 1.0 / xi);
    const double mean = 0.1 * 0.02 * unit * grown;
    CHECK(got[1].value == doctest::Approx(mean).epsilon(2e-6));
    CHECK(got[0].value < got[1].value);
    CHECK(got[0].error < 1e-6 * got[0].value);
  }
}

TEST_CASE("tower: widths of a lognormal from next to none to 8 keep their bounds") {
  for (const double sigma : {1e-6, 1e-3, 0.05, 4.0, 8.0}) {
    CAPTURE(sigma);
    // A claim of next to no width at 2.5 pays 1.5 of the layer; the year at most 3.
    const Severity claim{Lognormal{std::log(2.5), sigma}};
    const std::vector<TowerLayer> layer{{1.0, 2.0, 0.0, 3.0}};
    const Estimate rough = tower_price({Poisson{0.6}, {}}, claim, layer, 64)[0];
    const Estimate fine = tower_price({Poisson{0.6}, {}}, claim, layer, 2048)[0];
    CHECK(std::isfinite(rough.value));
    CHECK(std::fabs(rough.value - fine.value) <= rough.error + fine.error);
    if (sigma < 1e-2) {
      const double none = std::exp(-0.6);
      const double exact = 1.5 * 0.6 * none + 3.0 * (1.0 - 1.6 * none);
      CHECK(fine.value == doctest::Approx(exact).epsilon(1e-3));
    }
  }
}

TEST_CASE("tower: a modified zero scales the price of a layer that one claim exhausts") {
  const Severity seven{Discrete{{7.0}, {1.0}}};
  const std::vector<TowerLayer> layer{{0.0, 4.0, 0.0, 4.0}};
  for (const double none : {0.0, 0.3, 0.99, 1.0}) {
    CAPTURE(none);
    const Estimate got = tower_price({Poisson{0.8}, none}, seven, layer, 8)[0];
    CHECK(got.value == doctest::Approx(4.0 * (1.0 - none)).epsilon(1e-13));
  }
}

TEST_CASE("reinstatements: at 100 % pro rata the premium is what the closed form says") {
  // Full-limit claims, N Poisson(m), two reinstatements: bands 4 x P(N >= k), k = 1, 2, 3, and the
  // premium for which P (1 + P(N >= 1) + P(N >= 2)) equals the expected loss.
  const Severity seven{Discrete{{7.0}, {1.0}}};
  constexpr double kMean = 0.8;
  const LayerResult got = annual_layer(
      {Poisson{kMean}, {}}, seven,
      {.attach = 0.0, .limit = 4.0, .annual_limit = 12.0, .reinstatements = {1.0, 1.0}});
  const double none = std::exp(-kMean);
  const double one = 1.0 - none;
  const double two = one - kMean * none;
  const double three = two - 0.5 * kMean * kMean * none;
  CHECK(got.expected.value == doctest::Approx(4.0 * (one + two + three)).epsilon(1e-12));
  REQUIRE(got.base_premium.has_value());
  CHECK(got.base_premium->value ==
        doctest::Approx(4.0 * (one + two + three) / (1.0 + one + two)).epsilon(1e-12));
}

TEST_CASE("annual layer: a tail index next to 1 leaves no hole where the mean would be") {
  // E[min((X - 1000)+, 5000)] = 1000 ln(7/2) at xi = 1, and the annual limit takes 0.18 of it.
  for (const double xi : {0.9999999, 1.0, 1.0000001}) {
    CAPTURE(xi);
    const Severity claim{ParetoTail{xi, 1000.0, 0.0}};
    const LayerResult got = annual_layer({Poisson{0.3}, {}}, claim,
                                         {.attach = 1000.0, .limit = 5000.0, .annual_limit = 1e4});
    const double mean = 300.0 * std::log(3.5);
    CHECK(got.before_annual_mean.value == doctest::Approx(mean).epsilon(1e-6));
    CHECK(got.expected.value < mean);
    CHECK(got.expected.value > 0.99 * mean);
    CHECK(got.expected.error < 1e-6 * mean);
    const std::vector<TowerLayer> layer{{1000.0, 5000.0, 0.0, 1e4}};
    const Estimate tower = tower_price({Poisson{0.3}, {}}, claim, layer, 128)[0];
    CHECK(std::fabs(tower.value - got.expected.value) <= tower.error + got.expected.error);
  }
}

TEST_CASE("annual layer: a claim in 1e12 years keeps its relative accuracy") {
  const Severity claim{Lognormal{10.0, 1.0}};
  const LayerResult got = annual_layer({Poisson{1e-12}, {}}, claim,
                                       {.attach = 1000.0, .limit = 5000.0, .annual_limit = 1e4});
  const double mean = 1e-12 * layer_mean(claim, 1000.0, 5000.0);
  CHECK(got.expected.value == doctest::Approx(mean).epsilon(1e-9));
  CHECK(got.expected.error < 1e-9 * mean);
}

TEST_CASE("lattice: what 100,000 claims carry beyond the lattice does not come back into it") {
  // Their sum is 1.1e6 +- 5e3 cells: none of it below 50,000, where a transform without padding
  // would put all of it.
  std::vector<double> claim(1200, 0.0);
  for (std::size_t j = 0; j < 21; ++j) claim[j] = 1.0 / 22.0;
  for (std::size_t j = 100; j < 1200; ++j) claim[j] = 1.0 / 22.0 / 1100.0;
  constexpr std::size_t kCells = 50'000;
  REQUIRE(panjer_way(claim, kCells) == PanjerWay::kOnLine);
  const LatticeTotal total = lattice_total({Poisson{1e5}, {}}, claim, 1.0, kCells);
  double below = 0.0;
  for (const double mass : total.masses) below += mass;
  CHECK(below >= 0.0);
  CHECK(below < 1e-12);
  CHECK(total.upper.back() == doctest::Approx(1.0).epsilon(1e-12));
}

TEST_CASE("tower: 100,000 claims a year fill an annual limit, and nothing wraps around") {
  // The sum is 1e5 x 1 +- 447; the limit of the year at 95,000 is eleven deviations below it.
  const Severity small{Exponential{1.0}};
  const std::vector<TowerLayer> layer{{0.0, 95'000.0, 0.0, 95'000.0}};
  const Estimate got = tower_price({Poisson{1e5}, {}}, small, layer, 512)[0];
  CHECK(std::isfinite(got.value));
  CHECK(std::fabs(got.value - 95'000.0) <= got.error + 1e-6);
}

}  // namespace
}  // namespace anlan::engine
