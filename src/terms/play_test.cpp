#include "terms/play.h"

#include <doctest/doctest.h>

#include "terms/refusals.h"

using namespace anlan;
using namespace anlan::terms;
using domain::StepReason;

namespace {

Money yuan(std::int64_t whole) { return Money::from_minor(whole * 100, Currency::kCny); }

Clause clause(std::string ref, ClauseKind kind) {
  return {.ref = std::move(ref), .kind = kind, .exemption = kind == ClauseKind::kExclusion};
}

// 100,000 for interruption after 8 hours, 30,000 for extortion, 400,000 in all.
Wording small() {
  Wording out;
  out.clauses = {clause("1.1", ClauseKind::kInsuring),  clause("2.1", ClauseKind::kLimit),
                 clause("2.2", ClauseKind::kLimit),     clause("2.5", ClauseKind::kLimit),
                 clause("3.1", ClauseKind::kExclusion), clause("4.2", ClauseKind::kCondition)};
  out.perils = {.codes = {"ransomware"}, .clause = "1.1"};
  out.terms.aggregate_limit = 40'000'000;
  out.terms.aggregate_clause = "2.1";
  out.terms.mitigation_cap = 40'000'000;
  Section hours{.code = "FP.BI", .sublimit_occ = 10'000'000, .sublimit_clause = "2.2"};
  hours.time = {.waiting_hours = 8, .waiting_clause = "2.5"};
  out.terms.sections = {hours, {.code = "FP.EXT", .sublimit_occ = 3'000'000}, {.code = "FP.IR"}};
  out.exclusions = {{.name = "war", .causes = {"war"}, .clause = "3.1"}};
  out.conditions = {{.name = "police_report", .heads = {"FP.EXT.RANSOM"}, .clause = "4.2"}};
  return out;
}

Script outage_of(std::int64_t hours, std::int64_t an_hour) {
  Script out{.id = "case"};
  out.peril = {"ransomware"};
  out.occurred = parse_instant("2026-03-09T08:00:00+08:00", "t").value();
  out.discovered = out.occurred;
  out.mitigation = yuan(0);
  out.outage = ScriptOutage{.section = {"FP.BI"}};
  out.outage->hourly.assign(static_cast<std::size_t>(hours), an_hour * 100);
  return out;
}

ScriptLoss lump(std::string head, std::int64_t amount) {
  return {.head = {std::move(head)}, .amount = yuan(amount), .betterment = yuan(0)};
}

}  // namespace

TEST_CASE("play: waiting hours, sublimit and mitigation act, and the largest step is named") {
  Script script = outage_of(60, 3'000);
  script.mitigation = yuan(500);
  const auto played = play(script, small());
  REQUIRE(played.ok());
  CHECK(played->stated == yuan(180'500));
  CHECK(played->paid == yuan(100'500));  // 52 h x 3,000 above 100,000
  REQUIRE(played->deciding);
  CHECK(played->steps[*played->deciding].reason == StepReason::kSublimitOccurrence);
  CHECK(played->steps[*played->deciding].clause == "2.2");
}

TEST_CASE("play: an outage of exactly the wait pays nothing") {
  CHECK(play(outage_of(8, 3'000), small())->paid == yuan(0));
  CHECK(play(outage_of(9, 3'000), small())->paid == yuan(3'000));
}

TEST_CASE("play: exclusion, condition, betterment and a cover not bought leave their steps") {
  Script script = outage_of(10, 1'000);
  script.losses = {lump("FP.EXT.RANSOM", 20'000), lump("FP.PR", 900), lump("FP.IR", 1'000)};
  script.losses[2].betterment = yuan(100);
  const auto played = play(script, small());
  REQUIRE(played.ok());
  CHECK(played->paid == yuan(2'000 + 900));
  const auto took = [&](StepReason reason) {
    for (const domain::SettlementStep& step : played->steps) {
      if (step.reason == reason) return step.before - step.after;
    }
    return yuan(0);
  };
  CHECK(took(StepReason::kConditionNotMet) == yuan(20'000));
  CHECK(took(StepReason::kNoCover) == yuan(900));
  CHECK(took(StepReason::kCorrected) == yuan(100));
  script.conditions_met = {"police_report"};
  CHECK(play(script, small())->paid == yuan(22'900));
  CHECK(play(outage_of(10, 1'000), small(), {.every_condition_met = true}).ok());
  script.causes = {"war"};
  script.mitigation = yuan(50);
  CHECK(play(script, small())->paid == yuan(0));
}

TEST_CASE("play: the policy is that of the discovery where the trigger asks for it") {
  Script script = outage_of(10, 1'000);
  script.discovered = plus_minutes(script.occurred, 500 * 1440);
  Wording wording = small();
  CHECK(play(script, wording)->paid == yuan(2'000));
  CHECK(play_from(script, wording.trigger) == date_of(script.occurred));
  wording.trigger = {.basis = TriggerBasis::kDiscovery, .retroactive_days = 400, .clause = "1.1"};
  CHECK(play(script, wording)->paid == yuan(0));
  CHECK(play_from(script, wording.trigger) == date_of(script.discovered));
  wording.trigger.retroactive_days = 600;
  CHECK(play(script, wording)->paid == yuan(2'000));
  wording.trigger = {.basis = TriggerBasis::kDiscovery,
                     .retroactive_date = parse_date("2030-01-01", "t").value(),
                     .clause = "1.1"};
  CHECK(play(script, wording)->paid == yuan(2'000));
}

TEST_CASE("play: another currency and a sum for a section by the hour are refused") {
  Wording dollars = small();
  dollars.terms.currency = Currency::kUsd;
  CHECK(play(outage_of(10, 1), dollars).refusal().code == terms::refusals::kPlayCurrency);
  Script script = outage_of(10, 1);
  script.outage.reset();
  script.losses = {lump("FP.BI", 100)};
  CHECK(play(script, small()).refusal().code == terms::refusals::kPlayLump);
}

TEST_CASE("play: a share of an unmet condition is taken from the hours of an outage") {
  Wording wording = small();
  wording.conditions = {{.name = "log", .heads = {"FP.BI"}, .clause = "4.2", .unmet_bp = 5'000}};
  Script script = outage_of(20, 1'000);
  CHECK(play(script, wording)->paid == yuan(6'000));  // half of the 12 hours after the wait
  script.conditions_met = {"log"};
  CHECK(play(script, wording)->paid == yuan(12'000));
}

TEST_CASE(
    "play: of a section of a named provider only its outages are paid, an unknown is refused") {
  Wording wording = small();
  wording.perils.codes.emplace_back("provider_outage");
  wording.terms.sections[0].time = {.parametric_hourly = 100'000, .parametric_clause = "2.5"};
  wording.terms.sections[0].provider = "cloud_one";
  Script script = outage_of(20, 7);
  script.outage->provider = "cloud_one";
  CHECK(play(script, wording)->paid == yuan(0));  // ransomware is no outage of a provider
  script.peril = {"provider_outage"};
  CHECK(play(script, wording)->paid == yuan(20'000));
  script.outage->provider = "cloud_two";
  CHECK(play(script, wording)->paid == yuan(0));
  script.outage->provider.clear();
  CHECK(play(script, wording).refusal().code == terms::refusals::kPlayProvider);
}

TEST_CASE("play: the deciding term is the one whose absence closes most of the difference") {
  struct Row {
    const char* what;
    Script script;
    Money more;
    StepReason reason;
    const char* clause;
    Money closes;
  };
  Script ransom = outage_of(10, 100);
  ransom.losses = {lump("FP.EXT.RANSOM", 20'000)};
  Script war = outage_of(20, 1'000);
  war.causes = {"war"};
  Script unknown = outage_of(20, 1'000);
  unknown.peril = {"dos"};
  Script uninsured = outage_of(9, 10);
  uninsured.losses = {lump("TP.PRIV", 5'000)};
  const std::vector<Row> rows{
      {"sublimit", outage_of(60, 3'000), yuan(150'000), StepReason::kSublimitOccurrence, "2.2",
       yuan(50'000)},
      {"wait", outage_of(20, 1'000), yuan(20'000), StepReason::kWaitingHours, "2.5", yuan(8'000)},
      {"within the wait", outage_of(8, 1'000), yuan(8'000), StepReason::kOutageWithinWaiting, "2.5",
       yuan(8'000)},
      {"condition", ransom, yuan(21'000), StepReason::kConditionNotMet, "4.2", yuan(20'000)},
      {"exclusion", war, yuan(12'000), StepReason::kExclusion, "3.1", yuan(12'000)},
      {"peril", unknown, yuan(15'000), StepReason::kPerilNotCovered, "1.1", yuan(12'000)},
      {"no cover", uninsured, yuan(3'010), StepReason::kNoCover, "", yuan(3'000)},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const Wording wording = small();
    const auto played = play(row.script, wording);
    REQUIRE(played.ok());
    const Played better{.paid = row.more};
    const auto found = deciding_term(row.script, wording, *played, better);
    REQUIRE(found);
    CHECK(found->step.reason == row.reason);
    CHECK(found->step.clause == row.clause);
    CHECK(found->closes == row.closes);
    CHECK(!deciding_term(row.script, wording, *played, *played));
  }
}

TEST_CASE("play: a step that both wordings have decides nothing between them") {
  Script script = outage_of(9, 10);
  script.losses = {lump("TP.PRIV", 5'000), lump("FP.IR", 3'000)};
  Wording retained = small();
  retained.terms.occurrence_retention = 500'000;
  retained.terms.retention_clause = "2.7";
  const auto less = play(script, retained);
  const auto more = play(script, small());
  REQUIRE(less.ok());
  CHECK(more->paid == yuan(3'010));
  CHECK(less->paid == yuan(0));
  const auto found = deciding_term(script, retained, *less, *more);
  REQUIRE(found);
  CHECK(found->step.reason == StepReason::kRetention);
  CHECK(found->step.clause == "2.7");
  CHECK(found->closes == yuan(3'010));
}
