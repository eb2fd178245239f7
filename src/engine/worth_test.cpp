#include "engine/worth.h"

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include "engine/fixture_test.h"
#include "engine/refusals.h"

namespace anlan::engine {
namespace {

ControlPrior prior(const char* name, std::array<double, 3> risk, std::vector<Driver> drivers) {
  ControlPrior out{.control = {name},
                   .log_risk = 0.35 * std::log(risk[1]),
                   .log_low = 0.35 * std::log(risk[0]),
                   .log_high = 0.35 * std::log(risk[2]),
                   .typical = 0.4,
                   .on_frequency = drivers.empty(),
                   .drivers = std::move(drivers)};
  out.relevance.fill(1.0);
  return out;
}

// A covered peril of an outage and restoration, one not covered; controls on frequency and severity
// that surely act, and one of each side that may do nothing.
struct Market {
  explicit Market(std::int64_t members = 1024) {
    terms::Terms terms = fixture::plain_terms({"FP.DATA", "FP.BI"});
    terms.aggregate_limit = 4'000'000;
    terms.occurrence_retention = 100'000;
    plan = terms::compile(std::move(terms));
    LossPart part = fixture::lump(800'000, 1.0, "FP.DATA");
    part.driver = Driver::kCost;
    PerilHazard outage = fixture::peril("ransomware", 0.02, {part});
    outage.outage = fixture::fixed_outage(40.0);
    outage.outage->sigma = 0.8;
    hazard.perils = {outage,
                     fixture::peril("insider", 0.01, {fixture::lump(500'000, 1.0, "FP.DATA")})};
    hazard.ensemble.members = members;
    hazard.controls.rows = {prior("F-1", {1.3, 2.0, 3.0}, {}), prior("F-2", {1.0, 1.2, 1.5}, {}),
                            prior("S-1", {1.3, 2.0, 3.5}, {Driver::kDowntime, Driver::kCost}),
                            prior("S-2", {1.0, 1.3, 1.6}, {Driver::kShareHit, Driver::kCost})};
    cover = {.plan = &*plan, .perils = {{"ransomware"}}};
    company = reference_company(hazard);
    for (const ControlPrior& row : hazard.controls.rows) company.controls.push_back(at(row, 1e6));
    table.emplace(hazard, ScenarioOptions{.points = 256, .replicates = 16, .seed = 3}, executor);
  }

  static domain::ControlState at(const ControlPrior& row, double gap_ppm) {
    return {.control = row.control,
            .gap = Share::from_ppm(static_cast<std::uint32_t>(gap_ppm)),
            .trust = Share::from_percent(95),
            .source = domain::FactSource::kTelemetry};
  }
  std::vector<domain::ControlState> with(std::initializer_list<std::size_t> better) const {
    std::vector<domain::ControlState> out = company.controls;
    for (const std::size_t row : better) out[row] = at(hazard.controls.rows[row], 30'000);
    return out;
  }
  YearSetting setting() {
    return {.hazard = &hazard, .table = &*table, .cover = &cover, .points = 128};
  }
  Worth worth(const std::vector<domain::ControlState>& controls) {
    return PairedYears::around(setting(), company, executor)->worth(controls, executor).value();
  }

  Hazard hazard = fixture::plain_hazard();
  std::optional<terms::Plan> plan;
  InsuredCover cover;
  RiskInput company;
  std::optional<ScenarioTable> table;
  SerialExecutor executor;
};

TEST_CASE("worth: the change of a company is far better known than its year") {
  Market market;
  const YearLoss year =
      PairedYears::around(market.setting(), market.company, market.executor)->year();
  const Worth change = market.worth(market.with({0, 2}));
  CHECK(change.insured < 0.0);
  CHECK(change.ground_up < change.insured);
  CHECK(change.error < 0.5 * year.standard_error);
  for (const auto& [value, range] : {std::pair{change.insured, change.insured_range},
                                     std::pair{change.ground_up, change.ground_up_range},
                                     std::pair{change.retained, change.retained_range}}) {
    CHECK(range.low < value);
    CHECK(value < range.high);
  }
  CHECK(std::fabs(change.retained + change.insured - change.ground_up) < 1e-9);
  CHECK(std::fabs(static_cast<double>(change.after.insured.minor()) - year.insured -
                  change.insured) < 1.0);
}

TEST_CASE("worth: the range ends at nothing for a control that may do nothing, and only for one") {
  Market market;
  struct Row {
    std::size_t control;
    bool may_do_nothing;
  };
  for (const Row& row : {Row{0, false}, Row{1, true}, Row{2, false}, Row{3, true}}) {
    CAPTURE(row.control);
    const Worth change = market.worth(market.with({row.control}));
    CHECK(change.ground_up < 0.0);
    const bool loss_at_nothing =
        std::fabs(change.ground_up_range.high) < 1e-6 * std::fabs(change.ground_up);
    const bool paid_at_nothing =
        std::fabs(change.insured_range.high) < 1e-6 * std::fabs(change.insured);
    CHECK(loss_at_nothing == row.may_do_nothing);
    CHECK(paid_at_nothing == row.may_do_nothing);
    CHECK(change.ground_up_range.high <= 1e-6);
  }
}

TEST_CASE("worth: a policy in another currency than the hazard is refused") {
  Market market;
  market.company.revenue = Money::from_minor(3'000'000'000, Currency::kUsd);
  const auto refused = PairedYears::around(market.setting(), market.company, market.executor);
  REQUIRE(!refused.ok());
  CHECK(refused.refusal().code == refusals::kCurrencyMismatch);
}

TEST_CASE("worth: states that are what they were are worth nothing in any parameter set") {
  Market market;
  const Worth change = market.worth(market.company.controls);
  CHECK(change.ground_up == 0.0);
  CHECK(change.insured == 0.0);
  CHECK(change.ground_up_range.low == 0.0);
  CHECK(change.insured_range.high == 0.0);
}

// One member of the ensemble, calculated in full: its risks in the priors, its factors in the
// model.
std::pair<double, double> member_year(Market& market, const ControlDraws& draws, std::size_t member,
                                      const std::vector<domain::ControlState>& controls) {
  Hazard hazard = market.hazard;
  for (std::size_t row = 0; row < hazard.controls.rows.size(); ++row) {
    hazard.controls.rows[row].log_risk = draws.log_risk(row)[member];
  }
  RiskInput company = market.company;
  company.controls = controls;
  LossModel model = make_loss_model(hazard, company, ControlUse::kOwn);
  for (std::size_t p = 0; p < model.perils.size(); ++p) {
    const EnsembleDraw& draw = market.table->ensemble()[member * model.perils.size() + p];
    model.perils[p].frequency *= draw.frequency;
    if (p == 0) model.hourly *= draw.factor;  // the only outage
    for (PartModel& part : model.perils[p].parts) part.median *= draw.factor;
  }
  YearSetting setting = market.setting();
  setting.hazard = &hazard;
  const YearLoss year = year_loss(setting, model, market.executor).value();
  return {year.ground_up, year.insured};
}

TEST_CASE("worth: the range is that of full recalculations with the risks of each member") {
  Market market(64);
  const ControlDraws draws(market.hazard.controls, {.seed = 3, .members = 64, .correlation = 0.25});
  for (const auto& controls :
       {market.with({0}), market.with({2}), market.with({3}), market.with({0, 1, 2, 3})}) {
    const Worth change = market.worth(controls);
    std::vector<double> ground_up;
    std::vector<double> paid;
    for (std::size_t m = 0; m < draws.members(); ++m) {
      const auto before = member_year(market, draws, m, market.company.controls);
      const auto after = member_year(market, draws, m, controls);
      ground_up.push_back(after.first - before.first);
      paid.push_back(after.second - before.second);
    }
    const PaymentRange full = range_of(ground_up);
    const PaymentRange full_paid = range_of(paid);
    CAPTURE(change.ground_up);
    CHECK(change.ground_up_range.low == doctest::Approx(full.low).epsilon(0.02));
    CHECK(change.ground_up_range.mean == doctest::Approx(full.mean).epsilon(0.02));
    CHECK(std::fabs(change.ground_up_range.high - full.high) < 0.02 * std::fabs(full.mean));
    CHECK(change.insured_range.low == doctest::Approx(full_paid.low).epsilon(0.05));
    CHECK(change.insured_range.mean == doctest::Approx(full_paid.mean).epsilon(0.05));
    CHECK(std::fabs(change.insured_range.high - full_paid.high) < 0.05 * std::fabs(full_paid.mean));
  }
}

}  // namespace
}  // namespace anlan::engine
