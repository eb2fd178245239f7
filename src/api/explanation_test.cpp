// The explanation of a price on the project's own hazard data: exact sums for companies and
// wordings at random.
#include "underwriting/explanation.h"

#include <algorithm>
#include <map>

#include <doctest/doctest.h>

#include "api/market_fixture_test.h"
#include "engine/expected_loss.h"
#include "engine/scenario_table.h"
#include "platform/executor_tbb.h"
#include "underwriting/price.h"

namespace anlan::api {
namespace {

using namespace fixture;
using domain::FactSource;
using underwriting::ExplainKind;
using underwriting::ExplainStep;

underwriting::PriceLoads real_loads() {
  Library library{platform::Artefacts{}};
  return *library.loads().value();
}

const engine::ScenarioTable& small_table() {
  static SerialExecutor executor;
  static const engine::ScenarioTable table(real_hazard(), {.points = 16, .replicates = 2},
                                           executor);
  return table;
}

// A random company that has some facts of the reference, and few controls, so that 200 of them take
// seconds.
engine::RiskInput company_near_reference(Dice& dice, std::vector<std::string>& same) {
  engine::RiskInput out = random_company(dice);
  const engine::RiskInput reference = engine::reference_company(real_hazard());
  const auto keep = [&](const std::string& fact, auto& own, const auto& from) {
    if (dice.chance(70)) return;
    own = from;
    same.push_back(fact);
  };
  keep("sector", out.sector, reference.sector);
  keep("revenue", out.revenue, reference.revenue);
  keep("gross_margin", out.gross_margin, reference.gross_margin);
  keep("employees", out.employees, reference.employees);
  keep("records", out.records, reference.records);
  keep("it_dependence", out.it_dependence, reference.it_dependence);
  keep("online_revenue", out.online_share, reference.online_share);
  keep("ot_lines", out.ot_lines, reference.ot_lines);
  keep("incidents_36m", out.history, reference.history);
  while (out.controls.size() > 8) {
    out.controls.erase(out.controls.begin() +
                       dice.below(static_cast<std::int64_t>(out.controls.size())));
  }
  return out;
}

// A control that no table has, one that asks for a fact only, one that nobody answered.
std::vector<std::string> add_idle_controls(engine::RiskInput& company) {
  std::vector<std::string> idle{"ZZZ-99"};
  company.controls.push_back({.control = {"ZZZ-99"},
                              .gap = Share::from_percent(100),
                              .trust = Share::from_percent(100),
                              .source = FactSource::kTelemetry});
  for (const engine::ControlPrior& prior : real_hazard().controls.rows) {
    if (prior.log_risk != 0.0) continue;
    std::erase_if(company.controls, [&](const auto& s) { return s.control == prior.control; });
    company.controls.push_back({.control = prior.control,
                                .gap = Share::from_percent(100),
                                .trust = Share::from_percent(100),
                                .source = FactSource::kDeclared});
    idle.push_back(prior.control.text);
  }
  return idle;
}

TEST_CASE("explanation: 200 random companies and wordings add up to the fen in both orders") {
  const underwriting::PriceLoads loads = real_loads();
  platform::TbbExecutor executor(0);
  int moved = 0;
  int ordered = 0;  // steps that another order gives another amount
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Dice dice(seed);
    CAPTURE(seed);
    std::vector<std::string> same;
    engine::RiskInput company = company_near_reference(dice, same);
    const std::vector<std::string> idle = add_idle_controls(company);
    const terms::Terms terms = random_terms(dice);
    const auto perils = random_perils(dice, real_hazard());
    const terms::Plan plan = terms::compile(terms);
    const engine::InsuredCover cover{.plan = &plan, .perils = perils};
    const engine::YearSetting setting{
        .hazard = &real_hazard(), .table = &small_table(), .cover = &cover, .points = 16};
    const Money filed = Money::from_minor(280'000, Currency::kCny);
    const Money pays = Money::from_minor(140'000, Currency::kCny);
    const auto steps = underwriting::explain_price({.setting = setting,
                                                    .company = company,
                                                    .terms = terms,
                                                    .perils = perils,
                                                    .loads = loads,
                                                    .filed = filed,
                                                    .customer_pays = pays},
                                                   executor);
    REQUIRE(steps.ok());
    const auto loss = engine::expected_loss(setting, company, executor);
    REQUIRE(loss.ok());
    const Money technical = underwriting::price_parts(*loss, loads, filed).technical_gross;
    Money sum = Money::zero(Currency::kCny);
    Money reversed = sum;
    for (const ExplainStep& step : *steps) {
      sum += step.change;
      reversed += step.change_reversed;
      CHECK(sum == step.cumulative);
      if (step.subject == "vat") {
        CHECK(sum == technical);
        CHECK(reversed == technical);
      }
      const bool zero = step.change.is_zero() && step.change_reversed.is_zero();
      moved += zero ? 0 : 1;
      ordered += step.change == step.change_reversed ? 0 : 1;
      const auto in = [&](const std::vector<std::string>& list) {
        return std::find(list.begin(), list.end(), step.subject) != list.end();
      };
      if (step.kind == ExplainKind::kFact && in(same)) CHECK(zero);
      if (step.kind == ExplainKind::kControl && in(idle)) CHECK(zero);
    }
    CHECK(sum == pays);
    CHECK(reversed == pays);
    CHECK(std::is_sorted(steps->begin(), steps->end(), [](const auto& a, const auto& b) {
      const auto whole = [](ExplainKind kind) {
        // The terms of one section stand together, so do those of one group.
        if (kind >= ExplainKind::kWaiting && kind <= ExplainKind::kSublimitYear) return 7;
        if (kind == ExplainKind::kSharedYear) return 14;
        return static_cast<int>(kind);
      };
      return whole(a.kind) < whole(b.kind);
    }));
  }
  CHECK(moved > 200 * 10);
  CHECK(ordered > 200);
}

// Against prices put together by hand: the company of the model with own revenue and everything
// else average, everything covered, no loads but what the engine expects to pay.
TEST_CASE("explanation: a step is the difference of two prices that anybody can calculate") {
  const engine::Hazard& hazard = real_hazard();
  platform::TbbExecutor executor(0);
  engine::RiskInput company = engine::reference_company(hazard);
  company.revenue = Money::from_minor(9'000'000'000, Currency::kCny);
  company.controls.push_back({.control = {"NET-01"},
                              .gap = Share::from_percent(100),
                              .trust = Share::from_percent(100),
                              .source = FactSource::kDeclared});
  terms::Terms terms;
  terms.sections = {{.code = "FP.BI"}};
  terms.aggregate_limit = 20'000'000;
  const std::vector<domain::PerilName> perils{{"ransomware"}, {"dos"}};
  const auto steps = underwriting::explain_price(
      {.setting = {.hazard = &hazard, .table = &small_table(), .points = 16},
       .company = company,
       .terms = terms,
       .perils = perils,
       .loads = real_loads(),
       .filed = Money::from_minor(100, Currency::kCny),
       .customer_pays = Money::from_minor(100, Currency::kCny)},
      executor);
  REQUIRE(steps.ok());
  std::map<std::string, const ExplainStep*> by_subject;
  for (const ExplainStep& step : *steps) by_subject[step.subject] = &step;
  std::vector<domain::PerilName> all;
  for (const engine::PerilHazard& peril : hazard.perils) all.push_back(peril.peril);
  const auto expected = [&](const engine::RiskInput& of, const terms::Terms& under,
                            const std::vector<domain::PerilName>& covered) {
    const terms::Plan plan = terms::compile(under);
    const engine::InsuredCover cover{.plan = &plan, .perils = covered};
    return engine::expected_loss(
               {.hazard = &hazard, .table = &small_table(), .cover = &cover, .points = 16}, of,
               executor)
        ->insured;
  };
  // Nothing limits yet, so which covers stand beside does not matter: all losses are paid.
  terms::Terms open;
  open.sections = {{.code = "FP.BI"}};
  for (const ExplainStep& step : *steps) {
    if (step.kind == ExplainKind::kCover) open.sections.push_back({.code = step.subject});
  }
  engine::RiskInput reference = engine::reference_company(hazard);
  CHECK(steps->front().cumulative == expected(reference, open, all));
  CHECK(by_subject["sector"]->change.is_zero());
  reference.revenue = company.revenue;
  CHECK(by_subject["revenue"]->cumulative == expected(reference, open, all));
  CHECK(by_subject["incidents_36m"]->cumulative == expected(reference, open, all));
  CHECK(by_subject["NET-01"]->cumulative == expected(company, open, all));
  CHECK(by_subject["NET-01"]->change.minor() > 0);
  terms::Terms interruption;
  interruption.sections = {{.code = "FP.BI"}};
  CHECK(steps->at(static_cast<std::size_t>(by_subject["service"] - steps->data()) - 2).cumulative ==
        expected(company, interruption, perils));
  CHECK(steps->at(static_cast<std::size_t>(by_subject["service"] - steps->data()) - 1).cumulative ==
        expected(company, terms, perils));
  // Published order, first and last.
  CHECK(steps->front().kind == ExplainKind::kStart);
  CHECK(steps->back().kind == ExplainKind::kSubsidy);
}

}  // namespace
}  // namespace anlan::api
