// What must hold for every company and every wording: intervals that cover, better controls that
// cost nothing, tougher terms that pay no more, price walks that add up.
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <string>

#include <doctest/doctest.h>

#include "api/market_fixture_test.h"
#include "engine/event_losses.h"
#include "engine/expected_loss.h"
#include "engine/mean_loss.h"
#include "engine/scenario_table.h"
#include "engine/year.h"
#include "underwriting/price.h"

namespace anlan::api {
namespace {

using namespace fixture;
using engine::ControlUse;
using engine::InsuredCover;
using engine::LossModel;
using engine::ScenarioTable;
using engine::YearLoss;
using engine::YearSetting;

// ---- the interval of a sampled figure

// Three of the perils: a table is made for every case, so that no two share their errors.
engine::Hazard some_perils(Dice& dice) {
  engine::Hazard out = real_hazard();
  while (out.perils.size() > 3) {
    out.perils.erase(out.perils.begin() + dice.below(static_cast<std::int64_t>(out.perils.size())));
  }
  return out;
}

struct Covered {
  int inside = 0;
  int cases = 0;
  double share() const { return static_cast<double>(inside) / cases; }
};

// `seeds` tables of one company and wording against a table of 512 points.
void cover_cases(int number, int seeds, Covered& out) {
  Dice dice(static_cast<std::uint64_t>(number) + 5000);
  const engine::Hazard hazard = some_perils(dice);
  LossModel model = engine::make_loss_model(hazard, random_company(dice), ControlUse::kOwn);
  for (engine::PerilModel& peril : model.perils) peril.frequency *= dice.one_of({1.0, 5.0});
  const terms::Plan plan = terms::compile(random_terms(dice));
  InsuredCover cover{.plan = &plan, .perils = {}};
  for (const engine::PerilHazard& peril : hazard.perils) cover.perils.push_back(peril.peril);
  YearSetting setting{.hazard = &hazard, .table = nullptr, .cover = &cover};
  SerialExecutor executor;
  const ScenarioTable precise(hazard, {.points = 512, .seed = 1}, executor);
  setting.table = &precise;
  setting.error = 1e-4;
  const YearLoss truth = engine::year_loss(setting, model, executor).value();
  if (truth.insured <= 0.0) return;
  for (int seed = 0; seed < seeds; ++seed) {
    const ScenarioTable table(
        hazard, {.points = 64, .seed = static_cast<std::uint64_t>(1000 * number + seed + 2)},
        executor);
    setting.table = &table;
    // Some stop at 32 points, some at the end of the table.
    setting.error = dice.spread(0.01, 0.05);
    const YearLoss year = engine::year_loss(setting, model, executor).value();
    const double error = std::hypot(year.standard_error, truth.standard_error);
    // Student's t with 15 degrees of freedom: 95 % within 2.131 standard errors.
    if (std::fabs(year.insured - truth.insured) <= 2.131 * error) ++out.inside;
    ++out.cases;
  }
}

// The first table and the target of a quote, against a large table of other replicates.
TEST_CASE("engine: the standard error that a quote states covers some 95 % of 100 companies") {
  SerialExecutor executor;
  const ScenarioTable precise(real_hazard(), {.points = 4096, .seed = 1}, executor);
  Covered covered;
  Dice dice(99);
  while (covered.cases < 100) {
    const LossModel model =
        engine::make_loss_model(real_hazard(), random_company(dice), ControlUse::kOwn);
    const terms::Plan plan = terms::compile(random_terms(dice));
    InsuredCover cover{.plan = &plan, .perils = {}};
    for (const engine::PerilHazard& peril : real_hazard().perils) {
      cover.perils.push_back(peril.peril);
    }
    YearSetting setting{
        .hazard = &real_hazard(), .table = &precise, .cover = &cover, .error = 2e-4};
    const YearLoss truth = engine::year_loss(setting, model, executor).value();
    if (truth.insured <= 0.0) continue;
    const ScenarioTable table(
        real_hazard(), {.points = 256, .seed = static_cast<std::uint64_t>(covered.cases) + 2},
        executor);
    setting.table = &table;
    setting.error = engine::kErrorTarget;
    const YearLoss year = engine::year_loss(setting, model, executor).value();
    const double error = std::hypot(year.standard_error, truth.standard_error);
    if (std::fabs(year.insured - truth.insured) <= 2.131 * error) ++covered.inside;
    ++covered.cases;
  }
  MESSAGE("covered ", covered.inside, " of ", covered.cases);
  CHECK(covered.inside >= 91);  // 95 % less two standard deviations of a binomial of 100
}

TEST_CASE("engine: 95 % intervals of 1,000 random cases contain the precise value in 92 to 98 %") {
  Covered covered;
  for (int number = 0; covered.cases < 1000; ++number) cover_cases(number, 10, covered);
  MESSAGE("covered ", covered.inside, " of ", covered.cases);
  CHECK(covered.share() >= 0.92);
  CHECK(covered.share() <= 0.98);
}

// ---- controls

double ground_up(const LossModel& model, const engine::SectionMap& sections) {
  double sum = 0.0;
  for (std::size_t p = 0; p < model.perils.size(); ++p) {
    sum += model.perils[p].frequency * engine::mean_loss(model, p, sections).ground_up;
  }
  return sum;
}

// One wording and a small table: pairs of years on the same events.
struct PairMarket {
  SerialExecutor executor;
  ScenarioTable table{real_hazard(), {.points = 16, .replicates = 4}, executor};

  YearLoss year(const LossModel& model, const terms::Terms& terms) {
    const terms::Plan plan = terms::compile(terms);
    InsuredCover cover{.plan = &plan, .perils = {}};
    for (const engine::PerilHazard& peril : real_hazard().perils) {
      cover.perils.push_back(peril.peril);
    }
    const YearSetting setting{
        .hazard = &real_hazard(), .table = &table, .cover = &cover, .points = 16};
    return engine::year_loss(setting, model, executor).value();
  }
};

// What single incidents pay: a year's limits act on the sum of a year only.
double single_payments(const LossModel& model, const YearLoss& year) {
  double sum = 0.0;
  for (std::size_t p = 0; p < model.perils.size(); ++p) {
    sum += model.perils[p].frequency * year.perils[p].paid;
  }
  return sum;
}

// In the class of SETTLE_CASE.md: straight retention, no single-highest, no groups, all inside.
terms::Terms plain_class(terms::Terms terms) {
  terms.retention_rule = terms::RetentionRule::kOccurrence;
  terms.retention_kind = terms::RetentionKind::kStraight;
  terms.groups.clear();
  for (terms::Section& section : terms.sections) {
    section.inside_aggregate = true;
    section.own_retention = 0;
  }
  return terms;
}

TEST_CASE(
    "engine: a better state of one control, source and age fixed, never raises the expected loss") {
  PairMarket market;
  const std::vector<engine::ControlPrior>& priors = real_hazard().controls.rows;
  for (int number = 0; number < 2000; ++number) {
    Dice dice(static_cast<std::uint64_t>(number) + 100'000);
    engine::RiskInput company = random_company(dice);
    if (company.controls.empty()) continue;
    const auto which =
        static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(company.controls.size())));
    const engine::ControlPrior& prior = *std::find_if(
        priors.begin(), priors.end(),
        [&](const auto& row) { return row.control == company.controls[which].control; });
    const std::uint32_t trust = company.controls[which].trust.ppm();
    const double low = 0.05 * static_cast<double>(dice.below(20));
    const double high = low + (1.0 - low) * dice.one_of({0.05, 0.3, 1.0});
    const terms::Terms terms = plain_class(random_terms(dice));
    company.controls[which] = stated(prior, low, trust);
    const LossModel before = engine::make_loss_model(real_hazard(), company, ControlUse::kOwn);
    company.controls[which] = stated(prior, high, trust);
    const LossModel after = engine::make_loss_model(real_hazard(), company, ControlUse::kOwn);
    INFO("company ", number, ", ", prior.control.text, " from ", low, " to ", high, ", typical ",
         prior.typical, ", trust ", trust);
    const terms::Plan plan = terms::compile(terms);
    const engine::SectionMap sections(real_hazard(), plan);
    const double was = ground_up(before, sections);
    const double is = ground_up(after, sections);
    REQUIRE(is <= was * (1.0 + 1e-12));
    const YearLoss year_was = market.year(before, terms);
    const YearLoss year_is = market.year(after, terms);
    // Shares round to the minor unit: at most one for each section of an event.
    const double rounding = year_was.frequency * static_cast<double>(terms.sections.size());
    REQUIRE(single_payments(after, year_is) <= single_payments(before, year_was) + rounding);
  }
}

// ---- terms

// One term made tougher; false where it cannot act.
struct Tightening {
  const char* clause;
  std::function<bool(Dice&, terms::Terms&)> act;
};

terms::Section& any_section(Dice& dice, terms::Terms& terms) {
  return terms.sections[static_cast<std::size_t>(
      dice.below(static_cast<std::int64_t>(terms.sections.size())))];
}

bool lower(std::optional<std::int64_t>& cap, Dice& dice) {
  cap = cap ? static_cast<std::int64_t>(static_cast<double>(*cap) * dice.unit())
            : dice.amount(10'000, 500'000);
  return true;
}

std::vector<Tightening> tightenings() {
  using terms::Section;
  using terms::Terms;
  return {
      {"deductible",
       [](Dice& dice, Terms& t) {
         any_section(dice, t).deductible += dice.amount(500, 20'000);
         return true;
       }},
      {"retention",
       [](Dice& dice, Terms& t) {
         if (t.retention_rule == terms::RetentionRule::kSingleHighest) {
           any_section(dice, t).own_retention += dice.amount(500, 20'000);
         } else {
           t.occurrence_retention += dice.amount(500, 20'000);
         }
         return true;
       }},
      {"waiting period",
       [](Dice& dice, Terms& t) {
         Section& section = any_section(dice, t);
         if (section.time.waiting_hours == 0) return false;
         section.time.waiting_hours += 1 + dice.below(24);
         return true;
       }},
      {"indemnity period",
       [](Dice& dice, Terms& t) {
         Section& section = any_section(dice, t);
         if (!section.time.indemnity_hours) return false;
         section.time.indemnity_hours = *section.time.indemnity_hours / (2 + dice.below(4));
         return true;
       }},
      {"sublimit",
       [](Dice& dice, Terms& t) { return lower(any_section(dice, t).sublimit_occ, dice); }},
      {"annual sublimit",
       [](Dice& dice, Terms& t) { return lower(any_section(dice, t).sublimit_agg, dice); }},
      {"participation",
       [](Dice& dice, Terms& t) {
         any_section(dice, t).participation_bp += 500;
         return true;
       }},
      {"occurrence limit", [](Dice& dice, Terms& t) { return lower(t.occurrence_limit, dice); }},
      {"aggregate limit", [](Dice& dice, Terms& t) { return lower(t.aggregate_limit, dice); }},
  };
}

LossModel busy_company(Dice& dice) {
  LossModel model = engine::make_loss_model(real_hazard(), random_company(dice), ControlUse::kOwn);
  for (engine::PerilModel& peril : model.perils) peril.frequency *= 10.0;
  return model;
}

TEST_CASE(
    "engine: in the plain class no tougher term pays more for one incident on the same events") {
  PairMarket market;
  const std::vector<Tightening> all = tightenings();
  int compared = 0;
  for (int number = 0; number < 500; ++number) {
    Dice dice(static_cast<std::uint64_t>(number) + 200'000);
    const LossModel model = busy_company(dice);
    const terms::Terms terms = plain_class(random_terms(dice));
    const YearLoss was = market.year(model, terms);
    const Tightening& what = all[static_cast<std::size_t>(number) % all.size()];
    terms::Terms tougher = terms;
    if (!what.act(dice, tougher)) continue;
    const YearLoss is = market.year(model, tougher);
    INFO("wording ", number, ", tougher ", what.clause);
    CHECK(single_payments(model, is) <=
          single_payments(model, was) + was.frequency * static_cast<double>(terms.sections.size()));
    ++compared;
  }
  CHECK(compared > 400);
}

TEST_CASE(
    "engine: elsewhere a tougher term that pays more over the year is rare, and counted by "
    "clause") {
  PairMarket market;
  std::map<std::string, std::pair<int, int>> counts;  // violations, comparisons
  int violations = 0;
  int compared = 0;
  for (int number = 0; number < 1500; ++number) {
    Dice dice(static_cast<std::uint64_t>(number) + 300'000);
    const LossModel model = busy_company(dice);
    const terms::Terms terms = random_terms(dice);
    const Tightening what = tightenings()[static_cast<std::size_t>(number) % 9];
    terms::Terms tougher = terms;
    if (!what.act(dice, tougher)) continue;
    const YearLoss was = market.year(model, terms);
    const YearLoss is = market.year(model, tougher);
    const double rounding = was.frequency * static_cast<double>(terms.sections.size());
    auto& [bad, seen] = counts[what.clause];
    ++seen;
    ++compared;
    if (is.insured <= was.insured + rounding) continue;
    ++bad;
    ++violations;
  }
  for (const auto& [clause, count] : counts) {
    MESSAGE(clause, ": ", count.first, " of ", count.second, " pay more over the year");
  }
  CHECK(compared > 1000);
  CHECK(counts.size() == 9);
  CHECK(violations * 100 <= compared * 2);  // SETTLE_CASE.md finds 0.1 to 0.7 %
}

// ---- the walk

TEST_CASE("engine: the price walk of 10,000 random companies adds up to the minor unit") {
  Library library{platform::Artefacts{}};
  const underwriting::PriceLoads& loads = *library.loads().value();
  const terms::Wording& wording = *library.wording({"ningbo-2023-a"}).value();
  terms::Terms terms = wording.terms;
  terms.aggregate_limit.reset();  // no year to play: what is tested adds up with any terms
  const terms::Plan plan = terms::compile(terms);
  InsuredCover cover{.plan = &plan, .perils = {}};
  for (const std::string& code : wording.perils.codes) cover.perils.push_back({code});
  SerialExecutor executor;
  const ScenarioTable table(real_hazard(), {.points = 4, .replicates = 2}, executor);
  const YearSetting setting{
      .hazard = &real_hazard(), .table = &table, .cover = &cover, .points = 4};
  int right = 0;
  for (int number = 0; number < 10'000; ++number) {
    Dice dice(static_cast<std::uint64_t>(number) + 400'000);
    const domain::LossResult loss =
        engine::expected_loss(setting, random_company(dice), executor).value();
    const Money filed = Money::from_minor(dice.amount(500, 50'000), Currency::kCny);
    const domain::PriceParts parts = underwriting::price_parts(loss, loads, filed);
    bool adds_up = true;
    for (const auto& walk :
         {underwriting::price_walk(loss, parts), underwriting::price_walk_reversed(loss, parts)}) {
      Money total = Money::from_minor(0, Currency::kCny);
      for (const domain::WalkLine& line : walk) {
        total += line.change;
        adds_up = adds_up && total == line.cumulative;
      }
      // Five published steps and no other: nothing is left over for a residual one.
      adds_up = adds_up && walk.size() == 5 && total == filed;
    }
    Money perils = Money::from_minor(0, Currency::kCny);
    for (const domain::PerilLoss& peril : loss.perils) perils += peril.insured;
    adds_up = adds_up && perils == loss.insured && loss.insured_low <= loss.insured_high;
    if (adds_up) ++right;
  }
  CHECK(right == 10'000);
}

}  // namespace
}  // namespace anlan::api
