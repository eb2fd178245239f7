// Companies and wordings at random on the project's own hazard data, for the tests that ask whether
// the engine is right. All draws are numbered: the same seed gives the same company everywhere.
#pragma once

#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "api/library.h"
#include "base/maths.h"
#include "base/random.h"
#include "engine/risk_input.h"
#include "terms/plan.h"

namespace anlan::api::fixture {

inline const engine::Hazard& real_hazard() {
  static const engine::Hazard hazard = [] {
    Library library{platform::Artefacts{}};
    return *library.hazard().value();
  }();
  return hazard;
}

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : stream_({.seed = seed, .subject = 0, .stream = 900}) {}
  double unit() { return stream_.unit(draw_++); }
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(stream_.bits(draw_++) % static_cast<std::uint64_t>(bound));
  }
  bool chance(std::int64_t percent) { return below(100) < percent; }
  template <class T>
  T one_of(std::initializer_list<T> list) {
    return list.begin()[below(static_cast<std::int64_t>(list.size()))];
  }
  // As likely between 1 and 10 as between 10 and 100.
  double spread(double low, double high) { return low * maths::pow(high / low, unit()); }
  std::int64_t amount(double low, double high) {
    return static_cast<std::int64_t>(spread(low, high)) * 100;
  }

 private:
  RandomStream stream_;
  std::uint64_t draw_ = 0;
};

// What protection::control_states makes of a state that was found: a good one counts with its
// trust.
inline domain::ControlState stated(const engine::ControlPrior& prior, double state,
                                   std::uint32_t trust_ppm) {
  const double trust = trust_ppm / 1e6;
  const double counted =
      state <= prior.typical ? state : trust * state + (1.0 - trust) * prior.typical;
  return {.control = prior.control,
          .gap = Share::from_ppm(static_cast<std::uint32_t>(std::lround((1.0 - counted) * 1e6))),
          .trust = Share::from_ppm(trust_ppm),
          .source = domain::FactSource::kDeclared};
}

inline engine::RiskInput random_company(Dice& dice) {
  const auto share = [&](std::int64_t low, std::int64_t high) {
    return Share::from_percent(static_cast<std::uint32_t>(low + dice.below(high - low + 1)));
  };
  engine::RiskInput out;
  out.employees = static_cast<std::int64_t>(dice.spread(5.0, 3000.0));
  out.revenue = Money::from_minor(out.employees * dice.amount(1e5, 3e6), Currency::kCny);
  out.gross_margin = share(5, 60);
  out.records = static_cast<std::int64_t>(dice.spread(50.0, 1e6));
  out.it_dependence = share(20, 100);
  out.online_share = share(0, 60);
  out.ot_lines = dice.below(4);
  out.sector = dice.one_of<const char*>({"C", "C39", "F52", "H", "I64", "J66", "L", "P83", "Q84"});
  for (const engine::ControlPrior& prior : real_hazard().controls.rows) {
    if (dice.chance(40)) continue;
    const auto trust = static_cast<std::uint32_t>(dice.below(1'000'001));
    out.controls.push_back(stated(prior, 0.05 * static_cast<double>(dice.below(21)), trust));
  }
  if (dice.chance(60)) out.history = {.incidents = dice.below(4), .months = 36};
  return out;
}

inline terms::TimeTerms random_time(Dice& dice) {
  using terms::TimeMode;
  terms::TimeTerms time;
  time.mode = dice.one_of({TimeMode::kDeductHours, TimeMode::kQualifying, TimeMode::kMonetaryOnly,
                           TimeMode::kQualifyingThenMonetary, TimeMode::kGreaterOf});
  time.waiting_hours = dice.one_of<std::int64_t>({4, 8, 12, 24});
  if (time.mode != TimeMode::kDeductHours && time.mode != TimeMode::kQualifying) {
    time.monetary = dice.amount(500, 20'000);
  }
  if (dice.chance(60)) time.indemnity_hours = dice.one_of<std::int64_t>({24, 72, 240, 2160});
  if (dice.chance(25)) time.daily_amount = dice.amount(2'000, 50'000);
  time.day_counting = dice.one_of({terms::DayCounting::kStarted, terms::DayCounting::kCompleted});
  return time;
}

inline terms::Section random_section(Dice& dice, const std::string& code, bool single) {
  using terms::ParticipationPosition;
  terms::Section out{.code = code};
  if (dice.chance(50)) out.deductible = dice.amount(500, 20'000);
  if (single) out.own_retention = dice.amount(500, 30'000);
  if (dice.chance(70)) out.sublimit_occ = dice.amount(10'000, 500'000);
  if (dice.chance(40)) out.sublimit_agg = dice.amount(20'000, 800'000);
  out.participation_bp = dice.one_of<std::int32_t>({0, 0, 1000, 2000, 3333});
  out.participation_position =
      dice.one_of({ParticipationPosition::kBeforeSublimit, ParticipationPosition::kAfterSublimit});
  out.inside_aggregate = dice.chance(85);
  const bool interruption = code == "FP.BI" || code == "FP.CBI";
  if (interruption && dice.chance(85)) out.time = random_time(dice);
  return out;
}

inline void add_group(Dice& dice, terms::Terms& terms) {
  if (terms.sections.size() < 3) return;
  terms::Group group{.id = "shared", .sublimit_occ = dice.amount(20'000, 500'000)};
  if (dice.chance(50)) group.sublimit_agg = dice.amount(30'000, 800'000);
  for (const std::size_t i : {std::size_t{0}, terms.sections.size() - 1}) {
    terms.sections[i].inside_aggregate = true;
    group.codes.push_back(terms.sections[i].code);
  }
  terms.groups.push_back(group);
}

// Sections, sublimits, time terms, retentions of each kind, groups and an aggregate.
inline terms::Terms random_terms(Dice& dice) {
  terms::Terms out;
  const bool single = dice.chance(30);
  for (const char* code : {"FP.BI", "FP.CBI", "FP.EXT", "FP.DATA", "FP.HW", "FP.IR", "FP.NOTIFY",
                           "TP.PRIV", "FP.FTF", "TP.SPRING"}) {
    if (dice.chance(65)) out.sections.push_back(random_section(dice, code, single));
  }
  if (out.sections.empty()) out.sections.push_back(random_section(dice, "FP.IR", single));
  if (dice.chance(80)) out.aggregate_limit = dice.amount(50'000, 2'000'000);
  if (dice.chance(40)) out.occurrence_limit = dice.amount(40'000, 1'000'000);
  out.retention_rule =
      single ? terms::RetentionRule::kSingleHighest : terms::RetentionRule::kOccurrence;
  if (!single) out.occurrence_retention = dice.amount(500, 30'000);
  out.retention_position = dice.one_of(
      {terms::RetentionPosition::kBeforeSublimits, terms::RetentionPosition::kAfterSublimits});
  if (dice.chance(30)) out.retention_kind = terms::RetentionKind::kFranchise;
  out.franchise_at = dice.one_of({terms::FranchiseAt::kExceeds, terms::FranchiseAt::kReaches});
  if (dice.chance(50)) add_group(dice, out);
  return out;
}

// Some of the hazard's perils, at least one.
inline std::vector<domain::PerilName> random_perils(Dice& dice, const engine::Hazard& hazard) {
  std::vector<domain::PerilName> out;
  for (const engine::PerilHazard& peril : hazard.perils) {
    if (dice.chance(75)) out.push_back(peril.peril);
  }
  if (out.empty()) out.push_back(hazard.perils.front().peril);
  return out;
}

}  // namespace anlan::api::fixture
