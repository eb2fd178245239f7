#include "engine/year.h"

#include <cmath>

#include <doctest/doctest.h>

#include "base/maths.h"
#include "base/normal.h"
#include "engine/fixture_test.h"
#include "engine/incidents.h"

namespace anlan::engine {
namespace {

TEST_CASE("year: P(N >= k) of a negative binomial number sum to the rate and start with 1 - P(0)") {
  for (const double rate : {0.001, 0.0438, 0.5}) {
    const std::vector<double> at_least = incidents_at_least(rate, 4.0, 40);
    double sum = 0.0;
    for (const double p : at_least) sum += p;
    CHECK(std::fabs(sum - rate) < 1e-12 * rate + 1e-15);
    const double none = std::pow(4.0 / (4.0 + rate), 4.0);
    if (at_least.size() > 1) CHECK(std::fabs(at_least[0] - (1.0 - none)) < 1e-14);
    if (at_least.size() > 2) {
      CHECK(std::fabs(at_least[1] - (1.0 - none - none * 4.0 * rate / (4.0 + rate))) < 1e-14);
    }
  }
  CHECK(incidents_at_least(0.0, 4.0, 8).empty());
}

TEST_CASE("year: a very even gamma gives the Poisson number") {
  const double rate = 0.3;
  const std::vector<double> at_least = incidents_at_least(rate, 1e9, 40);
  CHECK(std::fabs(at_least[0] - (1.0 - std::exp(-rate))) < 1e-9);
  CHECK(std::fabs(at_least[1] - (1.0 - std::exp(-rate) * (1.0 + rate))) < 1e-9);
}

// Runs one peril with one lump sum of FP.DATA.
struct Case {
  double frequency = 0.0;
  double sigma = 0.0;
  terms::Terms terms = fixture::plain_terms({"FP.DATA"});
  ScenarioOptions options;
};

constexpr double kMedian = 10'000.0;

YearLoss run(const Case& what) {
  Hazard hazard = fixture::plain_hazard();
  hazard.perils = {
      fixture::peril("wiper", what.frequency, {fixture::lump(kMedian, what.sigma, "FP.DATA")})};
  SerialExecutor executor;
  const ScenarioTable table(hazard, what.options, executor);
  const terms::Plan plan = terms::compile(what.terms);
  const InsuredCover cover{.plan = &plan, .perils = {{"wiper"}}};
  const LossModel model = make_loss_model(hazard, reference_company(hazard), ControlUse::kOwn);
  return year_loss({.hazard = &hazard, .table = &table, .cover = &cover}, model, executor).value();
}

TEST_CASE("year: incidents of one size under an annual limit pay what the exact sum says") {
  // 100.00 each, 250.00 a year: the first two in full, the third 50.00, later ones nothing.
  Case what{.frequency = 0.4};
  what.terms.aggregate_limit = 25'000;
  const YearLoss year = run(what);
  const std::vector<double> p = incidents_at_least(0.4, 4.0, 60);
  const double want = 10'000.0 * (p[0] + p[1]) + 5'000.0 * p[2];
  CHECK(std::fabs(year.insured - want) < 1e-9 * want);
  CHECK(std::fabs(year.ground_up - 4'000.0) < 1e-9);
  CHECK(year.insured_by_peril[0] == doctest::Approx(want));
  CHECK(year.insured_by_section[0] == doctest::Approx(want));
  CHECK(year.standard_error < 1e-9);
  CHECK(year.paid_frequency == doctest::Approx(0.4));
}

TEST_CASE("year: a deductible and a limit on lognormal losses pay the limited expected value") {
  Case what{.frequency = 0.02, .sigma = 1.0};
  what.terms.sections[0].deductible = 5'000;
  what.terms.sections[0].sublimit_occ = 20'000;
  const YearLoss year = run(what);
  // E[min(X, c)] = m e^(s^2/2) Phi(ln(c/m)/s - s) + c Phi(-ln(c/m)/s)
  const auto limited = [](double cap) {
    const double z = std::log(cap / kMedian);
    return kMedian * std::exp(0.5) * maths::normal_cdf(z - 1.0) + cap * maths::normal_cdf(-z);
  };
  const double want = 0.02 * (limited(25'000) - limited(5'000));
  CHECK(std::fabs(year.insured - want) < 1e-3 * want);
  CHECK(std::fabs(year.insured - want) < 5.0 * year.standard_error + 1e-4 * want);
}

TEST_CASE("year: a rare payment that no event of the first sample reaches is found") {
  Case what{.frequency = 0.02, .sigma = 1.0};
  what.terms.sections[0].deductible = 400'000;  // one event in 9,000
  const YearLoss year = run(what);
  const double z = std::log(400'000 / kMedian);
  const double want = 0.02 * (kMedian * std::exp(0.5) * maths::normal_cdf(1.0 - z) -
                              400'000 * maths::normal_cdf(-z));
  CHECK(year.insured > 0.0);
  CHECK(year.standard_error > 0.0);
  CHECK(std::fabs(year.insured - want) < 4.0 * year.standard_error);
}

TEST_CASE("year: the standard error of 16 replicates covers the truth as often as it says") {
  Case what{.frequency = 0.02, .sigma = 1.0};
  what.terms.sections[0].sublimit_occ = 20'000;
  what.options.points = 32;
  const double z = std::log(20'000 / kMedian);
  const double want = 0.02 * (kMedian * std::exp(0.5) * maths::normal_cdf(z - 1.0) +
                              20'000 * maths::normal_cdf(-z));
  int inside = 0;
  constexpr int kRuns = 200;
  for (int seed = 0; seed < kRuns; ++seed) {
    what.options.seed = static_cast<std::uint64_t>(seed);
    const YearLoss year = run(what);
    // Student's t with 15 degrees of freedom: 95 % within 2.131 standard errors.
    if (std::fabs(year.insured - want) <= 2.131 * year.standard_error) ++inside;
  }
  // 190 expected; four standard deviations of the count are 12.
  CHECK(inside >= 178);
  CHECK(inside < kRuns);
}

TEST_CASE("year: a peril that is not covered neither pays nor erodes") {
  Hazard hazard = fixture::plain_hazard();
  hazard.perils = {fixture::peril("wiper", 0.1, {fixture::lump(10'000, 0.0, "FP.DATA")}),
                   fixture::peril("insider", 5.0, {fixture::lump(10'000, 0.0, "FP.DATA")})};
  SerialExecutor executor;
  const ScenarioTable table(hazard, {.points = 64, .replicates = 4, .seed = 1}, executor);
  terms::Terms terms = fixture::plain_terms({"FP.DATA"});
  terms.aggregate_limit = 10'000;
  const terms::Plan plan = terms::compile(terms);
  const InsuredCover cover{.plan = &plan, .perils = {{"wiper"}}};
  const LossModel model = make_loss_model(hazard, reference_company(hazard), ControlUse::kOwn);
  const YearLoss year =
      year_loss({.hazard = &hazard, .table = &table, .cover = &cover}, model, executor).value();
  CHECK(year.insured_by_peril[1] == 0.0);
  CHECK(std::fabs(year.insured - 10'000.0 * incidents_at_least(0.1, 4.0, 60)[0]) < 1e-6);
  CHECK(year.in_sections == doctest::Approx(1'000.0));
  CHECK(year.ground_up == doctest::Approx(51'000.0));
}

TEST_CASE("year: an event too large for exact doubles is refused") {
  Hazard hazard = fixture::plain_hazard();
  std::vector<LossPart> parts;
  std::vector<std::string> codes;
  for (const char* code : {"FP.DATA", "FP.HW", "FP.IR", "FP.PR", "FP.LEGAL", "FP.NOTIFY",
                           "FP.CREDIT", "FP.REP", "FP.EXT", "FP.THEFT"}) {
    parts.push_back(fixture::lump(1e15, 0.0, code));
    codes.emplace_back(code);
  }
  hazard.perils = {fixture::peril("wiper", 0.1, parts)};
  SerialExecutor executor;
  const ScenarioTable table(hazard, {.points = 16, .replicates = 2, .seed = 1}, executor);
  const terms::Plan plan = terms::compile(fixture::plain_terms(codes));
  const InsuredCover cover{.plan = &plan, .perils = {{"wiper"}}};
  const LossModel model = make_loss_model(hazard, reference_company(hazard), ControlUse::kOwn);
  CHECK(!year_loss({.hazard = &hazard, .table = &table, .cover = &cover}, model, executor).ok());
}

}  // namespace
}  // namespace anlan::engine
