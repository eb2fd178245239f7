// One incident, three ways: through the gates and `settle` as a claim is decided on what a house
// has on record, as `wording play` does, and in the column form that prices. They pay the same.
#include <algorithm>

#include <doctest/doctest.h>

#include "api/library.h"
#include "api/market_fixture_test.h"
#include "base/bytes.h"
#include "base/sha256.h"
#include "claims/adjudicate.h"
#include "claims/drill.h"
#include "claims/refusals.h"
#include "engine/compare_events.h"
#include "engine/trigger_share.h"
#include "house/consistency.h"
#include "house/decide.h"
#include "house/evolve.h"
#include "house/views.h"
#include "terms/play.h"
#include "terms/refusals.h"
#include "terms/settle_columns.h"

namespace anlan::api {
namespace {

using terms::Played;
using terms::Script;

// ---- a script as the statement of a claim

// A moment of the outage: the clock of the script with its gaps.
struct Hour {
  Instant from;
  std::int64_t lost = 0;
  bool again = false;  // the first of a stretch that came back
};

std::vector<Hour> hours_of(const Script& script) {
  std::vector<Hour> out;
  Instant clock = script.occurred;
  const auto add = [&](std::int64_t lost, bool again) {
    out.push_back({.from = clock, .lost = lost, .again = again});
    clock = plus_minutes(clock, 60);
  };
  const std::vector<std::int64_t>& hourly = script.outage->hourly;
  if (script.outage->stretches.empty()) {
    for (const std::int64_t lost : hourly) add(lost, false);
    return out;
  }
  std::size_t next = 0;
  for (const terms::ScriptStretch& stretch : script.outage->stretches) {
    clock = plus_minutes(clock, stretch.gap * 60);
    for (std::int64_t h = 0; h < stretch.hours; ++h) {
      add(hourly[next++], stretch.gap > 0 && h == 0);
    }
  }
  return out;
}

domain::LossStatement statement_of(const Script& script, const terms::Wording& wording) {
  domain::LossStatement out{.incident = {1}, .items = {}, .interruption = {}, .mitigation = {}};
  out.mitigation = script.mitigation;
  for (const terms::ScriptLoss& loss : script.losses) {
    domain::LossItem item{.head = loss.head,
                          .amount = terms::in_script_currency(script, loss.amount),
                          .betterment = terms::in_script_currency(script, loss.betterment)};
    item.incurred = plus_minutes(script.occurred, loss.after_hours * 60);
    item.vendor = loss.vendor;
    out.items.push_back(std::move(item));
  }
  if (!script.outage) return out;
  const std::vector<std::int64_t>& hourly = script.outage->hourly;
  const std::int64_t full = *std::max_element(hourly.begin(), hourly.end());
  domain::InterruptionStatement stated{.section = terms::outage_section(script, wording)};
  stated.started = script.occurred;
  stated.weekly_profit.assign(168, full);
  // What was still earned in an hour is the difference to a full one.
  Money alike = Money::zero(script.currency);
  for (const Hour& hour : hours_of(script)) {
    const Instant end = plus_minutes(hour.from, 60);
    if (hour.again) stated.again.push_back({.started = hour.from});
    (stated.again.empty() ? stated.restored : stated.again.back().restored) = end;
    if (hour.lost == full) continue;
    const Money earned = Money::from_minor(full - hour.lost, script.currency);
    // Hours that earned alike share one record.
    if (!stated.sales.empty() && stated.sales.back().until == hour.from && alike == earned) {
      stated.sales.back().until = end;
      stated.sales.back().gross_profit += earned;
      continue;
    }
    alike = earned;
    stated.sales.push_back({.from = hour.from, .until = end, .gross_profit = earned});
  }
  if (script.outage->last_minutes != 60) {
    stated.restored = plus_minutes(script.occurred, script.outage->outage().minutes);
  }
  stated.provider = script.outage->provider;
  out.interruption = std::move(stated);
  return out;
}

domain::Policy policy_of(const Script& script, const terms::Wording& wording) {
  domain::Policy policy;
  policy.id = {1};
  policy.wording = wording.id;
  policy.premium = Money::zero(wording.terms.currency);
  policy.from = start_of_day(date_of(script.occurred));
  policy.until = plus_minutes(policy.from, std::int64_t{365} * 1440);
  std::vector<domain::ExplainedClause> explained;
  for (const std::string& ref : terms::exemption_clauses(wording))
    explained.push_back({.clause = ref});
  policy.explained = std::move(explained);
  return policy;
}

// A house that holds the policy and the incident as reported: without place, causes, attribution
// and, in the loss, without the provider.
house::House house_with(const Script& script, const terms::Wording& wording) {
  house::House house;
  house.opening.emplace().currency = script.currency;
  house.actors[{"manager"}] = {
      .name = {"manager"}, .organisation = {"insurer"}, .roles = {domain::Role::kClaimsManager}};
  house.enterprises[{2}].enterprise.id = {2};
  house::PolicyFile& policy = house.policies[{1}];
  policy.policy = policy_of(script, wording);
  policy.policy.enterprise = {2};
  for (Money* const due :
       {&policy.customer_due, &policy.government_due, &policy.customer_paid,
        &policy.government_paid, &policy.policy.customer_part, &policy.policy.subsidy_part}) {
    *due = Money::zero(script.currency);
  }
  house::IncidentFile& file = house.incidents[{1}];
  file.incident.id = {1};
  file.incident.policy = {1};
  file.incident.peril = script.peril;
  file.incident.occurred = script.occurred;
  file.incident.discovered = script.discovered;
  file.loss = statement_of(script, wording);
  if (file.loss->interruption) file.loss->interruption->provider.clear();
  for (const std::string& met : script.conditions_met) {
    file.conditions.emplace_back().condition = {
        .incident = {1}, .condition = met, .reference = "test", .evidence = {}};
  }
  return house;
}

// What a claims manager records of the script: all that is beside report and loss.
domain::IncidentFacts facts_of(const Script& script) {
  domain::IncidentFacts facts{.location = script.location,
                              .causes = script.causes,
                              .note = script.id,
                              .evidence = sha256(bytes_of(script.id))};
  facts.days_unpatched = script.days_unpatched();
  for (const auto& [code, declared] : script.values.declared) {
    const auto actual = script.values.actual.find(code);
    if (actual == script.values.actual.end()) continue;
    facts.values.push_back({.section = {code}, .declared = declared, .actual = actual->second});
  }
  if (script.other_insurance) {
    facts.other_insurance = domain::OtherCover{.sum_insured = script.other_insurance->sum_insured,
                                               .paid = script.other_insurance->paid};
  }
  if (script.outage) facts.provider = script.outage->provider;
  if (script.attribution) facts.attribution = terms::attribution_of(*script.attribution);
  return facts;
}

// How many plays had each item on record.
struct OnRecord {
  int days = 0;
  int values = 0;
  int other = 0;
  int provider = 0;
  int causes = 0;
  int attribution = 0;

  void count(const domain::IncidentFacts& facts) {
    days += facts.days_unpatched ? 1 : 0;
    values += facts.values.empty() ? 0 : 1;
    other += facts.other_insurance ? 1 : 0;
    provider += facts.provider.empty() ? 0 : 1;
    causes += facts.causes->empty() ? 0 : 1;
    attribution += facts.attribution ? 1 : 0;
  }
};

// The facts go the way of the command: decided, held against the house, and taken by it.
Result<domain::ClaimDecision> claimed(const Script& script, const terms::Wording& wording,
                                      OnRecord* on_record = nullptr) {
  house::House house = house_with(script, wording);
  const domain::IncidentFacts facts = facts_of(script);
  if (on_record) on_record->count(facts);
  const Instant now = plus_minutes(script.discovered, 1440);
  const auto events = house::decide(house, {.at = now, .actor = {"manager"}, .next_seq = 10},
                                    house::RecordIncidentFacts{.incident = {1}, .facts = facts});
  REQUIRE(events.ok());
  REQUIRE(events->size() == 1);
  const house::EventContext context{.seq = 10, .at = now, .actor = {"manager"}};
  REQUIRE(house::check_follows(house, context, events->front()).ok());
  house::evolve(house, context, events->front());
  claims::AdjudicationInput input = house::adjudication_input(house, wording, {1}, {});
  input.reported = script.reported;  // none: the script knows no notice, and none was late
  return claims::adjudicate(input);
}

// ---- an incident as one row of columns

struct Row {
  double paid = 0.0;
  double mitigation = 0.0;
};

Row in_columns(const terms::Wording& wording, const Played& played) {
  const terms::Incident& incident = played.incident;
  const terms::Plan plan = terms::compile(terms::limited_terms(
      terms::effective_terms(wording, terms::everything_explained(wording)).terms,
      played.admission.limit));
  const std::size_t sections = plan.section_count();
  std::vector<std::vector<double>> lumps(sections);
  std::vector<std::vector<double>> hours(sections);
  std::vector<std::vector<double>> minutes(sections);
  std::vector<std::vector<std::uint32_t>> offsets(sections);
  terms::ColumnIncidents columns{.rows = 1};
  columns.losses.resize(sections);
  columns.outages.resize(sections);
  for (std::size_t s = 0; s < sections; ++s) {
    double lump = static_cast<double>(incident.losses[s]);
    const std::string& provider = plan.terms().sections[s].provider;
    const bool elsewhere = !provider.empty() && provider != incident.provider;
    if (const auto& outage = incident.outages[s]; outage && !elsewhere) {
      for (const std::int64_t hour : outage->hourly) hours[s].push_back(static_cast<double>(hour));
      if (plan.takes_outage(s)) {
        minutes[s] = {static_cast<double>(outage->minutes)};
        offsets[s] = {0, static_cast<std::uint32_t>(hours[s].size())};
        columns.outages[s] = {.minutes = minutes[s], .hourly = hours[s], .offsets = offsets[s]};
        continue;
      }
      for (const double hour : hours[s]) lump += hour;
    }
    if (plan.takes_outage(s)) continue;
    lumps[s] = {lump};
    columns.losses[s] = lumps[s];
  }
  const std::vector<double> mitigation{static_cast<double>(incident.mitigation)};
  if (incident.mitigation != 0) columns.mitigation = mitigation;
  const auto one = [](std::int64_t value) {
    return std::vector<double>{static_cast<double>(value)};
  };
  const std::vector<double> extra = one(incident.extra_retention);
  const std::vector<double> participation = one(incident.extra_participation_bp);
  const std::vector<double> limit = one(incident.limit_bp);
  const std::vector<double> other_sum = one(incident.other_sum_insured);
  const std::vector<double> other_paid = one(incident.other_paid);
  std::vector<std::vector<double>> declared;
  std::vector<std::vector<double>> actual;
  for (const terms::DeclaredValue& value : incident.values) {
    declared.push_back(one(value.declared));
    actual.push_back(one(value.actual));
  }
  for (std::size_t s = 0; s < declared.size(); ++s) {
    columns.values.push_back({.declared = declared[s], .actual = actual[s]});
  }
  columns.extra_retention = extra;
  columns.extra_participation_bp = participation;
  columns.limit_bp = limit;
  columns.other_sum_insured = other_sum;
  columns.other_paid = other_paid;
  terms::ColumnYear year = terms::fresh_column_year(plan, 1);
  terms::ColumnPaid paid;
  REQUIRE(terms::settle_columns(plan, columns, year, paid).ok());
  return {.paid = paid.total[0], .mitigation = paid.mitigation.empty() ? 0.0 : paid.mitigation[0]};
}

std::vector<terms::Wording> all_wordings(Library& library) {
  std::vector<terms::Wording> out;
  for (const std::string& path : library.artefacts().list("wordings/")) {
    const std::string name = path.substr(9, path.size() - 9 - 5);
    const auto read = library.wording({name});
    REQUIRE(read.ok());
    out.push_back(**read);
    out.back().trigger.retroactive_date.reset();  // a script may be older
  }
  return out;
}

}  // namespace

TEST_CASE("the same incident pays the same as a claim, as a play and in columns") {
  Library library{platform::Artefacts{}};
  const std::vector<terms::Wording> wordings = all_wordings(library);
  int played = 0;
  int paid = 0;
  OnRecord on_record;
  for (const std::string& name : library.script_names()) {
    const auto script = library.script(name);
    REQUIRE(script.ok());
    const bool one_year =
        days_between(date_of((*script)->occurred), date_of((*script)->discovered)) < 365;
    for (const terms::Wording& wording : wordings) {
      CAPTURE(name);
      CAPTURE(wording.id.text);
      if ((*script)->currency != wording.terms.currency || !one_year) continue;
      const auto decision = claimed(**script, wording, &on_record);
      const auto result = terms::play(**script, wording);
      REQUIRE(decision.ok() == result.ok());
      if (!result.ok()) {
        CHECK(result.refusal().code == terms::refusals::kPlayLump);
        CHECK(decision.refusal().code == claims::refusals::kLumpForTimedSection);
        continue;
      }
      Money payable = decision->payable;
      for (const auto& service : decision->settlement.services_paid) payable += service.rendered;
      CHECK(payable == result->paid);
      CHECK(decision->settlement == result->settlement);
      const Row row = in_columns(wording, *result);
      CHECK(row.paid == static_cast<double>(result->settlement.paid_total.minor()));
      CHECK(row.mitigation == static_cast<double>(result->settlement.mitigation_paid.minor()));
      ++played;
      if (!result->paid.is_zero()) ++paid;
    }
  }
  CHECK(played >= 5'000);
  CHECK(paid >= 1'500);
  CHECK(on_record.days >= 100);
  CHECK(on_record.values >= 20);
  CHECK(on_record.other >= 20);
  CHECK(on_record.provider >= 100);
  CHECK(on_record.causes >= 100);
  CHECK(on_record.attribution >= 100);
}

// With every fact that a wording may ask for: an old vulnerability, three fifths of each value
// declared, other policies for a third of the loss.
Script with_all_facts(Script script, const terms::Wording& wording) {
  script.vulnerability = terms::ScriptVulnerability{
      .id = "CVE-2017-0144", .fix_available = plus_days(date_of(script.occurred), -400)};
  for (const terms::Section& section : wording.terms.sections) {
    script.values.declared[section.code] = Money::from_minor(6'000'000, script.currency);
    script.values.actual[section.code] = Money::from_minor(10'000'000, script.currency);
  }
  script.other_insurance =
      terms::ScriptOtherInsurance{.sum_insured = Money::from_minor(100'000'000, script.currency),
                                  .paid = Money::from_minor(1'000'000, script.currency)};
  return script;
}

TEST_CASE("facts that people recorded take the same of a claim as a script's of its play") {
  Library library{platform::Artefacts{}};
  const std::vector<terms::Wording> wordings = all_wordings(library);
  int less = 0;
  for (const std::string& name : library.script_names()) {
    const Script plain = **library.script(name);
    if (days_between(date_of(plain.occurred), date_of(plain.discovered)) >= 365) continue;
    for (const terms::Wording& wording : wordings) {
      CAPTURE(name);
      CAPTURE(wording.id.text);
      if (plain.currency != wording.terms.currency) continue;
      const Script script = with_all_facts(plain, wording);
      const auto decision = claimed(script, wording);
      const auto played = terms::play(script, wording);
      REQUIRE(decision.ok() == played.ok());
      if (!played.ok()) continue;
      CHECK(decision->settlement == played->settlement);
      if (played->paid < terms::play(plain, wording)->paid) ++less;
    }
  }
  CHECK(less >= 100);
}

// Whose conditions are all unmet, at half of the heads, with one on every section by the hour.
terms::Wording half_met(terms::Wording wording) {
  std::vector<std::string> heads;
  for (const terms::Section& section : wording.terms.sections) {
    if (section.time.acts()) heads.push_back(section.code);
  }
  if (!heads.empty()) wording.conditions.push_back({.name = "outage_log", .heads = heads});
  for (terms::Condition& condition : wording.conditions) condition.unmet_bp = 5'000;
  return wording;
}

TEST_CASE("an unmet condition takes the same of an outage in a play as in a claim") {
  Library library{platform::Artefacts{}};
  const std::vector<terms::Wording> wordings = all_wordings(library);
  int halved = 0;
  for (const std::string& name : library.script_names()) {
    Script script = **library.script(name);
    if (!script.outage) continue;
    script.conditions_met.clear();
    for (const terms::Wording& whole : wordings) {
      CAPTURE(name);
      CAPTURE(whole.id.text);
      const terms::Wording wording = half_met(whole);
      if (script.currency != wording.terms.currency) continue;
      if (days_between(date_of(script.occurred), date_of(script.discovered)) >= 365) continue;
      const auto decision = claimed(script, wording);
      const auto played = terms::play(script, wording);
      REQUIRE(decision.ok() == played.ok());
      if (!played.ok()) continue;
      CHECK(decision->settlement == played->settlement);
      if (played->paid < terms::play(script, whole, {.every_condition_met = true})->paid) ++halved;
    }
  }
  CHECK(halved >= 500);
}

TEST_CASE("drill: paid, rendered in kind and kept by each term make the loss, to the fen") {
  Library library{platform::Artefacts{}};
  const auto calendar = library.work_calendar();
  REQUIRE(calendar.ok());
  int drilled = 0;
  int rendered = 0;
  int measured = 0;
  int limited = 0;
  for (const std::string& name : library.script_names()) {
    for (const bool met : {true, false}) {
      Script script = **library.script(name);
      if (!met) script.conditions_met.clear();
      for (const terms::Wording& whole : all_wordings(library)) {
        const terms::Wording wording = met ? whole : half_met(whole);
        CAPTURE(name);
        CAPTURE(wording.id.text);
        CAPTURE(met);
        if (script.currency != wording.terms.currency) continue;
        const domain::Policy policy = policy_of(script, wording);
        const domain::Incident incident = claims::incident_of(script, policy.id);
        claims::AdjudicationInput input{.wording = wording,
                                        .policy = policy,
                                        .incident = incident,
                                        .loss = claims::statement_of(script, wording),
                                        .reported = script.reported};
        claims::add_script_facts(script, input);
        for (const std::string& each : script.conditions_met) {
          input.conditions.push_back({.incident = {1}, .condition = each, .reference = "test"});
        }
        const auto drill = claims::drill(
            {.script = script, .adjudication = input, .calendar = **calendar, .offset = {}});
        if (!drill.ok()) {
          CHECK(drill.refusal().code == claims::refusals::kLumpForTimedSection);
          continue;
        }
        ++drilled;
        Money rows = Money::zero(script.currency);
        for (const claims::DrillKept& kept : drill->kept_by) {
          rows += kept.amount;
          if (kept.reason == domain::StepReason::kOccurrenceLimit) ++limited;
        }
        CHECK(rows == drill->kept);
        CHECK(drill->decision.payable + drill->rendered + drill->kept == drill->stated);
        CHECK(!drill->kept.is_negative());
        if (!drill->rendered.is_zero()) ++rendered;
        if (drill->measured) ++measured;
        const auto has = [&](claims::DrillClockKind kind) {
          return std::any_of(drill->clocks.begin(), drill->clocks.end(),
                             [&](const auto& clock) { return clock.kind == kind; });
        };
        CHECK(has(claims::DrillClockKind::kDenialNotice) ==
              (drill->decision.outcome == domain::ClaimOutcome::kDenied));
        CHECK(has(claims::DrillClockKind::kPayment) == !drill->decision.payable.is_zero());
      }
    }
  }
  CHECK(drilled >= 5'000);
  CHECK(rendered >= 20);
  CHECK(measured >= 10);
  CHECK(limited >= 10);
}

TEST_CASE("every simulated incident that is played again pays what the columns paid") {
  const engine::Hazard& hazard = fixture::real_hazard();
  SerialExecutor executor;
  const engine::ScenarioTable table(hazard, {.points = 64}, executor);
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    fixture::Dice dice(seed);
    const engine::LossModel model =
        engine::make_loss_model(hazard, fixture::random_company(dice), engine::ControlUse::kOwn);
    std::vector<terms::Wording> wordings(3);
    std::vector<terms::Plan> plans;
    for (terms::Wording& wording : wordings) {
      wording.terms = fixture::random_terms(dice);
      for (const domain::PerilName& peril : fixture::random_perils(dice, hazard)) {
        wording.perils.codes.push_back(peril.text);
      }
      plans.push_back(terms::compile(wording.terms));
    }
    std::vector<engine::InsuredCover> covers;
    engine::CompareSetting setting{.hazard = &hazard, .table = &table, .covers = {}, .events = 900};
    for (std::size_t k = 0; k < wordings.size(); ++k) {
      covers.push_back(engine::insured_cover(hazard, wordings[k], plans[k], std::nullopt));
    }
    for (const engine::InsuredCover& cover : covers) setting.covers.push_back(&cover);
    const auto found = engine::compare_events(setting, model);
    REQUIRE(found.ok());
    CHECK(found->events.size() == 900);
    int wrong = 0;
    for (std::size_t k = 0; k < wordings.size(); ++k) {
      const engine::YearSetting year = setting.of(k);
      for (std::size_t i = 0; i < found->events.size(); ++i) {
        const Script script = engine::event_script(year, model, found->events[i]);
        const auto played = terms::play(script, wordings[k], {.every_condition_met = true});
        REQUIRE(played.ok());
        if (static_cast<double>(played->paid.minor()) != found->paid[k][i]) ++wrong;
      }
    }
    CHECK(wrong == 0);
    for (const engine::EventContrast& contrast : found->contrasts) {
      CHECK(found->paid[contrast.most][contrast.event] -
                found->paid[contrast.least][contrast.event] ==
            contrast.difference);
    }
  }
}

// The same for shipped wordings, whose exclusions take out heads and perils.
TEST_CASE("simulated incidents under shipped wordings pay what their exclusions leave") {
  const engine::Hazard& hazard = fixture::real_hazard();
  SerialExecutor executor;
  const engine::ScenarioTable table(hazard, {.points = 64}, executor);
  api::Library library{platform::Artefacts()};
  const engine::LossModel model =
      engine::make_loss_model(hazard, engine::reference_company(hazard), engine::ControlUse::kOwn);
  int excluded = 0;
  for (const char* name :
       {"energy", "service-in-kind", "security-professional-liability", "chain-leader"}) {
    CAPTURE(name);
    const terms::Wording wording = *library.wording({name}).value();
    const terms::Plan plan = terms::compile(wording.terms);
    const auto cover = engine::insured_cover(hazard, wording, plan, std::nullopt);
    engine::InsuredCover without = cover;
    without.exclusions = nullptr;
    const engine::CompareSetting setting{
        .hazard = &hazard, .table = &table, .covers = {&cover, &without}, .events = 1'300};
    const auto found = engine::compare_events(setting, model);
    REQUIRE(found.ok());
    for (std::size_t i = 0; i < found->events.size(); ++i) {
      const Script script = engine::event_script(setting.of(0), model, found->events[i]);
      const auto plain = terms::play(script, wording, {.every_condition_met = true});
      REQUIRE(plain.ok());
      if (wording.obligations.empty() && wording.scales.empty()) {
        CHECK(static_cast<double>(plain->paid.minor()) == found->paid[0][i]);
      }
      CHECK(found->paid[0][i] <= found->paid[1][i]);
      if (found->paid[0][i] < found->paid[1][i]) ++excluded;
    }
  }
  CHECK(excluded >= 20);
}

TEST_CASE("equal terms give equal columns, and a higher limit never pays less on any incident") {
  const engine::Hazard& hazard = fixture::real_hazard();
  SerialExecutor executor;
  const engine::ScenarioTable table(hazard, {.points = 64}, executor);
  fixture::Dice dice(7);
  const engine::LossModel model =
      engine::make_loss_model(hazard, engine::reference_company(hazard), engine::ControlUse::kOwn);
  terms::Terms small = fixture::random_terms(dice);
  small.aggregate_limit = 10'000'000;
  terms::Terms large = small;
  large.aggregate_limit = 20'000'000;
  const std::vector<terms::Plan> plans{terms::compile(small), terms::compile(small),
                                       terms::compile(large)};
  std::vector<engine::InsuredCover> covers;
  for (const terms::Plan& plan : plans) {
    engine::InsuredCover cover{.plan = &plan, .perils = {}};
    for (const engine::PerilHazard& peril : hazard.perils) cover.perils.push_back(peril.peril);
    covers.push_back(cover);
  }
  const engine::CompareSetting setting{.hazard = &hazard,
                                       .table = &table,
                                       .covers = {covers.data(), &covers[1], &covers[2]},
                                       .events = 1'000};
  const auto found = engine::compare_events(setting, model);
  REQUIRE(found.ok());
  CHECK(found->paid[0] == found->paid[1]);
  CHECK(found->policies[0].expected == found->policies[1].expected);
  for (std::size_t i = 0; i < found->events.size(); ++i) {
    CHECK(found->paid[2][i] >= found->paid[0][i]);
    CHECK(found->paid[2][i] <= found->loss[i]);
  }
  double frequency = 0.0;
  for (const engine::PerilModel& peril : model.perils) frequency += peril.frequency;
  CHECK(found->frequency == doctest::Approx(frequency).epsilon(1e-12));
  double weights = 0.0;
  for (const engine::ComparedEvent& event : found->events) weights += event.weight;
  CHECK(weights == doctest::Approx(frequency).epsilon(1e-12));
  // About the year's own figure, which knows that incidents of a year share the limit.
  const auto year = engine::year_loss(setting.of(2), model, executor);
  REQUIRE(year.ok());
  CHECK(found->policies[2].expected == doctest::Approx(year->insured).epsilon(0.15));
}

}  // namespace anlan::api
