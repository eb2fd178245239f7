#include "engine/explained_share.h"

#include <cmath>

#include <doctest/doctest.h>

#include "base/normal.h"
#include "base/random.h"

namespace anlan::engine {
namespace {

// ln y = a x1 + b x2 + c x3 with independent standard normal x: the shares are the squares of a, b,
// c over their sum (A. Saltelli and others 2010, Computer Physics Communications 181(2), linear
// case).
struct Linear {
  std::vector<double> fact[3];
  std::vector<double> outcomes;
};

Linear linear(std::array<double, 3> by, std::uint64_t seed, std::size_t members = 4096) {
  Linear out;
  const RandomStream random({.seed = seed, .subject = 0, .stream = 7});
  for (std::size_t m = 0; m < members; ++m) {
    double log = 10.0;
    for (std::size_t i = 0; i < 3; ++i) {
      out.fact[i].push_back(maths::normal_quantile(random.unit(3 * m + i)));
      log += by[i] * out.fact[i].back();
    }
    out.outcomes.push_back(std::exp(log));
  }
  return out;
}

Explained of(const Linear& sample, std::size_t i) {
  return explained_share(sample.outcomes, fact_classes(sample.fact[i]));
}

TEST_CASE("explained share: a linear model gives the shares of its squares within the errors") {
  const Linear sample = linear({0.4, 0.2, 0.0}, 3);
  for (const auto& [i, share] : {std::pair{0, 0.8}, std::pair{1, 0.2}, std::pair{2, 0.0}}) {
    CAPTURE(i);
    const Estimate found = of(sample, static_cast<std::size_t>(i)).share;
    // What varies within a class is not explained: about 2.5 % of the share in eleven classes.
    CHECK(std::fabs(found.value - share) < 4.0 * found.error() + 0.03 * share);
    CHECK(found.error() < 0.02);
  }
}

TEST_CASE("explained share: its standard error is the scatter over samples") {
  double sum = 0.0;
  double squares = 0.0;
  double said = 0.0;
  constexpr int kSamples = 40;
  for (int seed = 0; seed < kSamples; ++seed) {
    const Estimate found = of(linear({0.3, 0.3, 0.1}, 100 + seed, 1024), 0).share;
    sum += found.value;
    squares += found.value * found.value;
    said += found.error() / kSamples;
  }
  const double scatter =
      std::sqrt((squares - sum * sum / kSamples) / static_cast<double>(kSamples - 1));
  CHECK(said == doctest::Approx(scatter).epsilon(0.4));
}

TEST_CASE("explained share: a control variate changes the error, not the share") {
  const Linear sample = linear({0.1, 0.4, 0.0}, 9);
  const FactClasses classes = fact_classes(sample.fact[0]);
  const Estimate plain = explained_share(sample.outcomes, classes).share;
  const Estimate known = explained_share(sample.outcomes, classes, sample.fact[1]).share;
  const double share = 0.01 / 0.17;
  CHECK(std::fabs(known.value - share) < 4.0 * known.error() + 0.03 * share);
  CHECK(std::fabs(plain.value - known.value) < 4.0 * plain.error());
  CHECK(known.error() < 0.5 * plain.error());
}

TEST_CASE("explained share: the width that is left is that of the other facts") {
  const Linear sample = linear({0.2, 0.1, 0.0}, 5);
  const double z = maths::normal_quantile(0.95);
  // Given x1 the outcome is lognormal with 0.1; its median averages e^10 e^(0.2^2 / 2).
  const double left = std::exp(10.0 + 0.02) * (std::exp(0.1 * z) - std::exp(-0.1 * z));
  const Estimate found = of(sample, 0).width;
  CHECK(std::fabs(found.value - left) < 4.0 * found.error() + 0.06 * left);
}

TEST_CASE("explained share: two facts that explain the same share a rank, a third comes below") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const Linear sample = linear({0.3, 0.3, 0.1}, seed);
    std::vector<Estimate> falling{of(sample, 0).share, of(sample, 1).share};
    if (falling[0].value < falling[1].value) std::swap(falling[0], falling[1]);
    falling.push_back(of(sample, 2).share);
    const auto ranks = ranks_within_error(falling);
    CHECK(ranks[2] == 3);
    if (seed == 1) CHECK(ranks == std::vector<std::size_t>{1, 1, 3});
  }
}

TEST_CASE("fact classes: equal values stay together, and all members are in one") {
  std::vector<double> counts(1000, 0.0);
  for (std::size_t i = 0; i < 150; ++i) counts[i * 6] = i % 10 == 0 ? 2.0 : 1.0;
  const FactClasses classes = fact_classes(counts);
  REQUIRE(classes.largest.size() == 2);
  CHECK(classes.largest == std::vector<double>{0.0, 2.0});
  CHECK(outcomes_of(counts, classes, 0).size() == 850);
  CHECK(outcomes_of(counts, classes, 1).size() == 150);
  CHECK(classes.find(0.0) == 0);
  CHECK(classes.find(1.0) == 1);
  CHECK(classes.find(9.0) == 1);
  CHECK(fact_classes(std::vector<double>(100, 4.0)).largest.size() == 1);
  std::vector<double> rising;
  for (int i = 0; i < 2048; ++i) rising.push_back(i);
  const FactClasses even = fact_classes(rising);
  REQUIRE(even.largest.size() == kFactClasses);
  for (std::size_t c = 0; c < kFactClasses; ++c) {
    const auto size = static_cast<double>(outcomes_of(rising, even, c).size());
    CHECK(std::fabs(size - 2048.0 / kFactClasses) <= 1.0);
  }
  CHECK(even.find(1024.0) == 5);
}

}  // namespace
}  // namespace anlan::engine
