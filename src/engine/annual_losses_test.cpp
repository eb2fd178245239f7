#include "engine/annual_losses.h"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/event_losses.h"
#include "engine/expected_loss.h"
#include "engine/fixture_test.h"
#include "engine/incidents.h"
#include "engine/mean_loss.h"

namespace anlan::engine {
namespace {

// Two perils of one lump sum each; the policy covers the first only.
struct Market {
  Market(double sigma, terms::Terms terms) : plan(terms::compile(std::move(terms))) {
    hazard.perils = {fixture::peril("wiper", 0.3, {fixture::lump(10'000, sigma, "FP.DATA")}),
                     fixture::peril("insider", 0.1, {fixture::lump(50'000, sigma, "FP.DATA")})};
    cover = {.plan = &plan, .perils = {{"wiper"}}};
    company = reference_company(hazard);
  }
  ScenarioTable table() {
    return ScenarioTable(hazard, {.points = 256, .replicates = 16, .seed = 3}, executor);
  }
  Hazard hazard = fixture::plain_hazard();
  terms::Plan plan;
  InsuredCover cover;
  RiskInput company;
  SerialExecutor executor;
};

terms::Terms capped() {
  terms::Terms terms = fixture::plain_terms({"FP.DATA"});
  terms.aggregate_limit = 15'000;
  return terms;
}

AnnualLosses losses_of(Market& market, const ScenarioTable& table) {
  const YearSetting setting{.hazard = &market.hazard, .table = &table, .cover = &market.cover};
  const LossModel model = make_loss_model(market.hazard, market.company, ControlUse::kOwn);
  return AnnualLosses::sample(setting, model, 256, market.executor).value();
}

TEST_CASE("annual losses: fixed amounts give the negative binomial probabilities") {
  Market market(0.0, capped());
  const ScenarioTable table = market.table();
  const AnnualLosses losses = losses_of(market, table);
  const std::vector<double> at_least = incidents_at_least(0.4, 4.0, 8);
  CHECK(std::fabs(losses.no_incident() - (1.0 - at_least[0])) < 1e-14);
  CHECK(std::fabs(losses.exceeds(LossView::kGroundUp, 0.0).value - at_least[0]) < 1e-12);
  // One incident of 50,000, or two and more of any kind that add up to it.
  const double one_large = (at_least[0] - at_least[1]) * 0.25;
  const Sampled above = losses.exceeds(LossView::kGroundUp, 49'999);
  CHECK(above.value > one_large);
  CHECK(above.value < one_large + at_least[1]);
  CHECK(losses.exceeds(LossView::kPaid, 15'000).value == 0.0);
  CHECK(losses.quantile(LossView::kPaid, 0.5).value == 0.0);
  CHECK(losses.quantile(LossView::kPaid, 0.8).value == 10'000.0);
  CHECK(losses.quantile(LossView::kPaid, 0.9999).value == 15'000.0);
}

TEST_CASE("annual losses: years of ten and more incidents are followed to their end") {
  Market market(0.0, fixture::plain_terms({"FP.DATA"}));
  market.hazard.perils = {fixture::peril("wiper", 3.0, {fixture::lump(10'000, 0.0, "FP.DATA")})};
  const ScenarioTable table = market.table();
  const AnnualLosses losses = losses_of(market, table);
  // Rate 3, shape 4: negative binomial with P(N >= 12) = 0.004, so that a bound of eight would
  // show.
  const std::vector<double> at_least = incidents_at_least(3.0, 4.0, 100);
  CHECK(at_least[11] > 0.003);
  CHECK(losses.exceeds(LossView::kPaid, 119'999.0).value == doctest::Approx(at_least[11]));
  CHECK(losses.mean(LossView::kPaid).value == doctest::Approx(30'000.0).epsilon(1e-6));
  double sum = 0.0;
  for (const double p : incident_counts(3.0, 4.0)) sum += p;
  CHECK(sum == doctest::Approx(1.0).epsilon(1e-14));
}

TEST_CASE("annual losses: the means are those of the year within their errors") {
  Market market(1.0, capped());
  const ScenarioTable table = market.table();
  const AnnualLosses losses = losses_of(market, table);
  const YearLoss year =
      year_loss({.hazard = &market.hazard, .table = &table, .cover = &market.cover},
                make_loss_model(market.hazard, market.company, ControlUse::kOwn), market.executor)
          .value();
  const Sampled ground_up = losses.mean(LossView::kGroundUp);
  CHECK(ground_up.error < 0.02 * year.ground_up);
  CHECK(std::fabs(ground_up.value - year.ground_up) <
        4.0 * ground_up.error + 0.005 * year.ground_up);
  const Sampled paid = losses.mean(LossView::kPaid);
  CHECK(std::fabs(paid.value - year.insured) <
        4.0 * std::hypot(paid.error, year.standard_error) + 1e-3 * year.insured);
  const Sampled retained = losses.mean(LossView::kRetained);
  CHECK(std::fabs(retained.value + paid.value - ground_up.value) < 1e-6 * ground_up.value);
}

TEST_CASE("annual losses: a tail mean is at least its quantile and is the perils' sum") {
  Market market(1.3, capped());
  const ScenarioTable table = market.table();
  const AnnualLosses losses = losses_of(market, table);
  for (const LossView view : {LossView::kGroundUp, LossView::kPaid, LossView::kRetained}) {
    double before = 0.0;
    for (const double level : {0.8, 0.9, 0.99, 0.999}) {
      const double tail = losses.tail_mean(view, level).value;
      CHECK(tail >= losses.quantile(view, level).value * (1.0 - 1e-12));
      CHECK(tail >= before * (1.0 - 1e-12));
      before = tail;
      double sum = 0.0;
      for (const Sampled& part : losses.tail_by_peril(view, view, level)) sum += part.value;
      CHECK(std::fabs(sum - tail) < 1e-9 * tail + 1e-9);
      const Sampled whole = losses.tail_of(view, view, level);
      CHECK(whole.value == doctest::Approx(tail).epsilon(1e-9));
      CHECK(whole.error == doctest::Approx(losses.tail_mean(view, level).error).epsilon(1e-6));
    }
  }
}

TEST_CASE("annual losses: what the sections and the uncovered add in a tail is the whole tail") {
  Market market(1.3, capped());
  market.hazard.perils[0].losses.push_back(fixture::lump(4'000, 0.8, "FP.HW"));
  market.hazard.perils[0].losses.push_back(fixture::lump(3'000, 0.8, "TP.PRIV"));
  terms::Terms terms = fixture::plain_terms({"FP.DATA", "FP.HW"});
  terms.aggregate_limit = 15'000;
  market.plan = terms::compile(terms);
  const ScenarioTable table = market.table();
  const AnnualLosses losses = losses_of(market, table);
  for (const double level : {0.0, 0.8, 0.99, 0.999}) {
    CAPTURE(level);
    const std::vector<SectionTail> parts = losses.tail_by_section(LossView::kGroundUp, level);
    REQUIRE(parts.size() == 3);
    double before = 0.0;
    double paid = 0.0;
    for (const SectionTail& part : parts) {
      CHECK(part.insurable.value > 0.0);
      CHECK(part.paid.value <= part.insurable.value * (1.0 + 1e-12));
      CHECK(part.unpaid.value ==
            doctest::Approx(part.insurable.value - part.paid.value).epsilon(1e-12));
      before += part.insurable.value;
      paid += part.paid.value;
    }
    CHECK(parts.back().paid.value == 0.0);
    const double tail = losses.tail_mean(LossView::kGroundUp, level).value;
    CHECK(std::fabs(before - tail) < 1e-9 * tail);
    double paid_by_perils = 0.0;
    for (const Sampled& part : losses.tail_by_peril(LossView::kGroundUp, LossView::kPaid, level)) {
      paid_by_perils += part.value;
    }
    CHECK(std::fabs(paid - paid_by_perils) < 1e-9 * tail);
  }
}

TEST_CASE("mean loss: the sections and what none takes add up to the whole") {
  Market market(1.0, capped());
  market.hazard.perils[0].losses.push_back(fixture::lump(4'000, 0.8, "TP.PRIV"));
  const LossModel model = make_loss_model(market.hazard, market.company, ControlUse::kOwn);
  const SectionMap sections(market.hazard, market.plan);
  const std::vector<double> parts = mean_by_section(model, 0, sections);
  const MeanLoss whole = mean_loss(model, 0, sections);
  REQUIRE(parts.size() == 2);
  CHECK(parts[0] == whole.in_sections);
  CHECK(parts[1] > 0.0);
  CHECK(std::fabs(parts[0] + parts[1] - whole.ground_up) < 1e-9 * whole.ground_up);
}

TEST_CASE("annual losses: the tail mean of a lognormal with one incident is the closed form") {
  Market market(1.0, fixture::plain_terms({"FP.DATA"}));
  market.hazard.perils = {fixture::peril("wiper", 0.001, {fixture::lump(10'000, 1.0, "FP.DATA")})};
  const ScenarioTable table(market.hazard, {.points = 4096, .replicates = 16, .seed = 3},
                            market.executor);
  const YearSetting setting{.hazard = &market.hazard, .table = &table, .cover = &market.cover};
  const LossModel model = make_loss_model(market.hazard, market.company, ControlUse::kOwn);
  const AnnualLosses losses = AnnualLosses::sample(setting, model, 4096, market.executor).value();
  // The worst 0.0001 of the years are the worst tenth of the events: median e^1.2816,
  // mean 10,000 e^(1/2) Phi(1 - 1.2816) / 0.1.
  CHECK(losses.quantile(LossView::kGroundUp, 0.9999).value ==
        doctest::Approx(10'000 * std::exp(1.281551565544600)).epsilon(5e-3));
  const double phi = 0.5 * std::erfc((1.281551565544600 - 1.0) / std::sqrt(2.0));
  CHECK(losses.tail_mean(LossView::kGroundUp, 0.9999).value ==
        doctest::Approx(10'000 * std::exp(0.5) * phi / 0.1).epsilon(5e-3));
}

TEST_CASE(
    "annual losses: insurable losses are those of the covered peril, and are paid or unpaid") {
  Market market(1.0, capped());
  const ScenarioTable table = market.table();
  const AnnualLosses losses = losses_of(market, table);
  const double insurable = losses.mean(LossView::kInsurable).value;
  const double paid = losses.mean(LossView::kPaid).value;
  CHECK(std::fabs(insurable - paid - losses.mean(LossView::kUnpaid).value) < 1e-9 * insurable);
  CHECK(insurable == doctest::Approx(0.3 * 10'000 * std::exp(0.5)).epsilon(0.02));
  CHECK(losses.exceeds(LossView::kInsurable, 15'000).value ==
        doctest::Approx(losses.exceeds(LossView::kUnpaid, 0.0).value));
  const std::vector<Sampled> parts =
      losses.tail_by_peril(LossView::kGroundUp, LossView::kPaid, 0.99);
  CHECK(parts[1].value == 0.0);  // a peril that is not covered is never paid
}

TEST_CASE("annual losses: a retention per incident is held against the largest incident") {
  Market market(0.0, fixture::plain_terms({"FP.DATA"}));
  const ScenarioTable table = market.table();
  const AnnualLosses losses = losses_of(market, table);
  // Incidents of 10,000 that are covered: two in a year make 20,000, none of them above 10,000.
  CHECK(losses.exceeds(LossView::kLargestInsurable, 10'000).value == 0.0);
  CHECK(losses.exceeds(LossView::kInsurable, 10'000).value > 0.01);
  // At least one covered incident: the negative binomial of rate 0.3, 1 - (1 + 0.3 / 4)^-4.
  const Sampled any = losses.exceeds(LossView::kLargestInsurable, 9'999);
  CHECK(std::fabs(any.value - (1.0 - std::pow(1.075, -4.0))) < 4.0 * any.error + 1e-3);
  CHECK(losses.exceeds(LossView::kInsurable, 0.0).value == doctest::Approx(any.value));
}

TEST_CASE(
    "annual losses: the error of a part of a tail is the scatter over tables of other seeds") {
  Market market(1.3, capped());
  std::vector<double> found;
  double said = 0.0;
  constexpr int kTables = 24;
  for (int seed = 1; seed <= kTables; ++seed) {
    const ScenarioTable table(
        market.hazard, {.points = 256, .replicates = 16, .seed = static_cast<std::uint64_t>(seed)},
        market.executor);
    const AnnualLosses losses = losses_of(market, table);
    const Sampled part = losses.tail_by_peril(LossView::kGroundUp, LossView::kGroundUp, 0.99)[0];
    const Sampled section = losses.tail_by_section(LossView::kGroundUp, 0.99)[0].insurable;
    CHECK(section.error > 0.0);
    found.push_back(part.value);
    said += part.error / kTables;
  }
  double mean = 0.0;
  double squares = 0.0;
  for (const double one : found) mean += one / kTables;
  for (const double one : found) squares += (one - mean) * (one - mean);
  CHECK(said == doctest::Approx(std::sqrt(squares / (kTables - 1))).epsilon(0.5));
}

TEST_CASE("expected loss: the central record is the whole record without range and corners") {
  Market market(1.0, capped());
  const ScenarioTable table = market.table();
  const YearSetting setting{.hazard = &market.hazard, .table = &table, .cover = &market.cover};
  domain::LossResult whole = expected_loss(setting, market.company, market.executor).value();
  const domain::LossResult central = central_loss(setting, market.company, market.executor).value();
  CHECK(central.insured.minor() > 0);
  for (Money* const only : {&whole.insured_low, &whole.insured_high, &whole.insured_sector,
                            &whole.insured_full_sector}) {
    *only = Money::zero(Currency::kCny);
  }
  whole.bits = {};
  CHECK(central == whole);
}

}  // namespace
}  // namespace anlan::engine
