#include "engine/aggregate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/core.h>

#include "base/random.h"
#include "engine/annual_layer.h"
#include "engine/credibility.h"
#include "engine/panjer.h"
#include "engine/tower_price.h"

namespace anlan::engine {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::string text_of(Estimate one) {
  return fmt::format("{:.15g} +/- {:.3g}", one.value, one.error);
}

// Both estimate the same number: their bounds must overlap.
void check_agree(const std::string& what, Estimate a, Estimate b) {
  CAPTURE(what);
  CAPTURE(text_of(a));
  CAPTURE(text_of(b));
  CHECK(std::isfinite(a.error));
  CHECK(std::fabs(a.value - b.value) <= a.error + b.error + 4e-15 * std::fabs(b.value));
}

std::vector<Frequency> frequencies() {
  return {{Poisson{0.3}, {}},
          {Poisson{2.0}, {}},
          {Poisson{40.0}, {}},
          {NegativeBinomial{0.4, 3.0}, {}},
          {NegativeBinomial{1.0, 4.0}, {}},
          {Binomial{7, 0.4}, {}},
          {CountTable{{0.5, 0.4, 0.0, 0.1}}, {}},
          {NeymanA{0.8, 1.5}, {}},
          {Poisson{3.0}, 0.5},
          {Binomial{3, 0.3}, 0.4}};
}

// A mixture of two equal parts: the same claims, but no closed form that the program would see.
Severity disguised(const Severity& s) { return {Mixture{{s, s}, {0.5, 0.5}}}; }

TEST_CASE("aggregate: the bounds of a grid hold the closed form, for every frequency and claim") {
  const std::vector<Severity> claims{{Exponential{1.0}},
                                     {GammaLoss{3.0, 0.4}},
                                     {GammaLoss{0.5, 2.0}},
                                     {InverseGaussian{1.0, 0.7}}};
  int number = 0;
  for (const Frequency& frequency : frequencies()) {
    for (const Severity& claim : claims) {
      CAPTURE(++number);
      Aggregate exact(frequency, claim);
      Aggregate grid(frequency, disguised(claim));
      REQUIRE(exact.method() == AggregateMethod::kExact);
      REQUIRE(grid.method() == AggregateMethod::kGrid);
      for (const double multiple : {0.2, 1.0, 3.0}) {
        const double x = multiple * std::max(1.0, exact.mean());
        CAPTURE(x);
        const AggregatePoint a = grid.at(x);
        const AggregatePoint b = exact.at(x);
        check_agree("survival", a.survival, b.survival);
        check_agree("limited", a.limited, b.limited);
        check_agree("excess", a.excess, b.excess);
      }
    }
  }
}

TEST_CASE("aggregate: value at risk and its tail mean agree between grid and closed form") {
  for (const Frequency& frequency :
       {Frequency{Poisson{2.0}, {}}, Frequency{NegativeBinomial{1.0, 4.0}, {}}}) {
    Aggregate exact(frequency, {GammaLoss{2.0, 1.0}});
    Aggregate grid(frequency, disguised({GammaLoss{2.0, 1.0}}));
    for (const double level : {0.1, 0.6, 0.99, 0.9999}) {
      CAPTURE(level);
      check_agree("VaR", grid.value_at_risk(level), exact.value_at_risk(level));
      check_agree("TVaR", grid.tail_value_at_risk(level), exact.tail_value_at_risk(level));
    }
  }
}

TEST_CASE(
    "aggregate: the distribution function at a value at risk is its level, for many claims too") {
  const Severity splice = spliced({Lognormal{10.8, 1.7}}, {ParetoTail{0.6, 5e5, 1e6}}, 1e6, 0.03);
  const Severity lognormal{Lognormal{10.0, 1.5}};
  const std::vector<std::pair<Frequency, Severity>> years{
      {{Poisson{0.25}, {}}, splice},
      {{NegativeBinomial{0.5, 4.0}, {}}, splice},
      {{Poisson{1000.0}, {}}, lognormal},
      {{Binomial{20, 0.3}, {}}, {Pert{20.0, 100.0, 900.0, 4.0}}}};
  for (const auto& [frequency, severity] : years) {
    Aggregate total(frequency, severity);
    for (const double level : {0.995}) {
      CAPTURE(level);
      CAPTURE(frequency.form.index());
      CAPTURE(total.mean());
      const Estimate var = total.value_at_risk(level);
      CHECK(var.error < 1e-4 * var.value);
      const AggregatePoint point = total.at(var.value);
      CHECK(std::fabs(point.survival.value - (1.0 - level)) <=
            point.survival.error + 2.0 * point.density.value * var.error);
    }
  }
}

TEST_CASE("aggregate: a small probability of a heavy tail keeps relative accuracy") {
  // Subexponential claims: P(S > x) is E[N] P(X > x) (1 + 2 E[..] ...) and never below the chance
  // of one claim above x.
  const Severity heavy{ParetoTail{0.6, 5e5, 0.0}};
  Aggregate total({Poisson{0.3}, {}}, heavy);
  for (const double x : {1e8, 1e10, 1e13}) {
    CAPTURE(x);
    const AggregatePoint point = total.at(x);
    const double one = total.largest_claim_above(x).value;
    CHECK(point.survival.value > one);
    CHECK(point.survival.value < one * (1.0 + 20.0 * 5e5 / x * 10.0));
    CHECK(point.survival.error < 1e-6 * point.survival.value);
  }
}

TEST_CASE("aggregate: claims that are capped put mass on the limit, and quantiles find it") {
  const Severity capped = with_terms({Exponential{3.0}}, {.deductible = 2.0, .limit = 5.0});
  Aggregate total({Poisson{1.5}, {}}, capped);
  const double reach = std::exp(-2.0 / 3.0);
  const double full = std::exp(-7.0 / 3.0);
  // Exactly one claim that reaches, and it is a full limit.
  CHECK(total.mass_at(5.0).value ==
        doctest::Approx(std::exp(-1.5 * reach) * 1.5 * full).epsilon(1e-12));
  const double jump_top = 1.0 - total.at(5.0).survival.value;
  CHECK(total.value_at_risk(jump_top - 1e-4).value == doctest::Approx(5.0).epsilon(1e-12));
}

TEST_CASE("aggregate: random cases lie within their bounds of a grid 64 times finer") {
  int number = 0;
  for (std::uint64_t i = 0; i < 16; ++i) {
    const auto draw = [&](std::uint64_t k) { return unit({.seed = 20261122, .subject = i}, k); };
    const Severity claim =
        spliced({Lognormal{9.0 + 2.0 * draw(0), 1.0 + draw(1)}},
                {ParetoTail{0.2 + 0.6 * draw(2), 1e5 + 5e5 * draw(3), 0.0 + 1e6 * draw(4) + 2e5}},
                1e6 * draw(4) + 2e5, 0.01 + 0.1 * draw(5));
    const Frequency frequency{NegativeBinomial{0.2 + draw(6), 0.5 + 2.0 * draw(7)}, {}};
    const double limit = std::round(1e5 + 2e6 * draw(8));
    const TowerLayer layer{.attach = std::round(1e6 * draw(9)),
                           .limit = limit,
                           .annual_deductible = 0.5 * limit,
                           .annual_limit = 2.0 * limit};
    const Estimate rough = tower_price(frequency, claim, std::vector{layer}, 32)[0];
    const Estimate fine = tower_price(frequency, claim, std::vector{layer}, 2048)[0];
    const Estimate settled = annual_layer(frequency, claim,
                                          {.attach = layer.attach,
                                           .limit = layer.limit,
                                           .annual_deductible = layer.annual_deductible,
                                           .annual_limit = layer.annual_limit})
                                 .expected;
    CAPTURE(++number);
    check_agree("rough and fine", rough, fine);
    check_agree("settled and fine", settled, fine);
    CHECK(settled.error < 1e-6 * settled.value);
  }
}

TEST_CASE("panjer: a count of 100,000 starts far below the smallest double") {
  const std::vector<double> one{0.0, 1.0};
  const std::vector<double> p = count_masses({Poisson{1e5}, {}}, 110'000);
  // At its mode a Poisson mass is 1 / sqrt(2 pi mean), less 1 / 12 mean of itself.
  CHECK(p[100'000] ==
        doctest::Approx((1.0 - 1.0 / 1.2e6) / std::sqrt(2e5 * 3.14159265358979)).epsilon(1e-9));
  double sum = 0.0;
  for (const double mass : p) sum += mass;
  CHECK(sum == doctest::Approx(1.0).epsilon(1e-9));
}

TEST_CASE("panjer: block by block, sparse and direct give the same totals") {
  constexpr std::size_t kCount = 20'000;
  std::vector<double> f(kCount, 0.0);
  double sum = 0.0;
  for (std::size_t j = 0; j < kCount; ++j) sum += f[j] = 1.0 / (1.0 + static_cast<double>(j));
  for (double& mass : f) mass /= sum;
  const std::vector<double> short_f(f.begin(), f.begin() + 8000);
  for (const PanjerCount& count :
       {PanjerCount{0.0, 3.0, 3.0 * (f[0] - 1.0)}, PanjerCount{0.0, 400.0, 400.0 * (f[0] - 1.0)},
        PanjerCount{0.6, -0.3, -1.0}}) {
    REQUIRE(panjer_way(f, kCount) == PanjerWay::kOnLine);
    REQUIRE(panjer_way(short_f, 8000) == PanjerWay::kDense);
    const std::vector<double> all = panjer(count, f, kCount);
    const std::vector<double> direct = panjer(count, short_f, 8000);
    const double peak = *std::max_element(all.begin(), all.end());
    double worst = 0.0;
    for (std::size_t n = 0; n < direct.size(); ++n) {
      worst = std::max(worst, std::fabs(direct[n] - all[n]));
    }
    CHECK(peak > 0.0);
    CHECK(worst < 1e-14 * peak);
  }
  std::vector<double> rare(4000, 0.0);
  rare[3] = 0.5;
  rare[3999] = 0.5;
  REQUIRE(panjer_way(rare, 9000) == PanjerWay::kSparse);
  const std::vector<double> total = panjer({0.0, 1.0, -1.0}, rare, 9000);
  CHECK(total[4002] == doctest::Approx(std::exp(-1.0) * 0.25).epsilon(1e-13));
}

TEST_CASE("frequency: masses have the moments that are stated, thinned or not") {
  for (const Frequency& plain : frequencies()) {
    for (const double v : {1.0, 0.35}) {
      const Frequency f = thinned(plain, v);
      const CountMoments stated = moments(f);
      const std::vector<double> p = all_count_masses(f, 4000);
      double sum = 0.0;
      double mean = 0.0;
      for (std::size_t n = 0; n < p.size(); ++n) {
        sum += p[n];
        mean += static_cast<double>(n) * p[n];
      }
      double variance = 0.0;
      double third = 0.0;
      for (std::size_t n = 0; n < p.size(); ++n) {
        const double off = static_cast<double>(n) - mean;
        variance += off * off * p[n];
        third += off * off * off * p[n];
      }
      CAPTURE(plain.form.index());
      CHECK(sum == doctest::Approx(1.0).epsilon(1e-12));
      CHECK(mean == doctest::Approx(v * moments(plain).mean).epsilon(1e-11));
      CHECK(mean == doctest::Approx(stated.mean).epsilon(1e-11));
      CHECK(variance == doctest::Approx(stated.variance).epsilon(1e-10));
      CHECK(third == doctest::Approx(stated.third).epsilon(1e-9));
      CHECK(p[0] == doctest::Approx(probability_of_none(f)).epsilon(1e-12));
      CHECK(pgf(f, 0.7) + pgf_complement(f, 0.3) == doctest::Approx(1.0).epsilon(1e-13));
    }
  }
}

TEST_CASE("layers of the ground-up year add up to its mean") {
  const Severity claim = spliced({Lognormal{10.8, 1.7}}, {ParetoTail{0.6, 5e5, 1e6}}, 1e6, 0.03);
  const Frequency frequency{Poisson{0.25}, {}};
  double sum = 0.0;
  const std::vector<double> ends{0.0, 5e4, 5e5, 1e6, 2e6, 5e6, 2e7};
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const double limit = i + 1 < ends.size() ? ends[i + 1] - ends[i] : kInfinity;
    sum += annual_layer(frequency, claim,
                        {.attach = ends[i], .limit = limit, .annual_limit = kInfinity})
               .expected.value;
  }
  CHECK(sum == doctest::Approx(0.25 * 178509.29601015666).epsilon(1e-12));
}

TEST_CASE("annual layer: a corridor takes its band, a share scales all, premiums meet losses") {
  const Frequency frequency{Poisson{1.5}, {}};
  const Severity claim{Exponential{3.0}};
  const LayerTerms plain{.attach = 2.0, .limit = 5.0, .annual_limit = 15.0};
  LayerTerms corridor = plain;
  corridor.corridor = Corridor{5.0, 10.0};
  const double bands[] = {1.6081715072151448, 0.24184403820842953, 0.022436371248086565};
  CHECK(annual_layer(frequency, claim, corridor).expected.value ==
        doctest::Approx(bands[0] + bands[2]).epsilon(1e-9));
  LayerTerms half = plain;
  half.share = 0.5;
  half.annual_limit = 7.5;
  half.reinstatements = {1.0, 1.0};
  const LayerResult result = annual_layer(frequency, claim, half);
  CHECK(result.expected.value == doctest::Approx(0.5 * 1.8724519166716609).epsilon(1e-9));
  REQUIRE(result.bands.size() == 3);
  CHECK(result.bands[1].value == doctest::Approx(0.5 * bands[1]).epsilon(1e-9));
  CHECK(result.base_premium->value == doctest::Approx(0.5 * 1.3667501221385014).epsilon(1e-9));
}

TEST_CASE("credibility: one clean year at 5 % and a prior CV of 50 % is worth 1.2 %") {
  const Posterior p = posterior_rate(gamma_prior(0.05, 0.5), 0.0, 1.0);
  CHECK(p.credibility == doctest::Approx(1.0 / 81.0));
  CHECK(p.mean == doctest::Approx(0.05 * 80.0 / 81.0));
}

}  // namespace
}  // namespace anlan::engine
