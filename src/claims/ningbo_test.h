// The Ningbo product of 2023 and its ransomware incident as values, for the tests of claims. The
// file that is sold is data/wordings/ningbo-2023-a.toml; clause numbers and amounts are the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/alike_test.h"
#include "base/time.h"
#include "claims/adjudicate.h"
#include "domain/incident.h"
#include "domain/policy.h"
#include "terms/wording.h"

namespace anlan::claims::ningbo {

inline Money yuan(std::int64_t whole) { return Money::from_minor(whole * 100, Currency::kCny); }
inline Money fen(std::int64_t minor) { return Money::from_minor(minor, Currency::kCny); }
inline Instant at(std::string_view text) { return parse_instant(text, "test").value(); }

// Reading A: sublimits for each incident. Reading B: for the year.
enum class Reading { kA, kB };

inline terms::Section section(std::string code, std::optional<std::int64_t> sublimit,
                              std::string clause, Reading reading) {
  terms::Section out;
  out.code = std::move(code);
  (reading == Reading::kA ? out.sublimit_occ : out.sublimit_agg) = sublimit;
  out.sublimit_clause = std::move(clause);
  return out;
}

inline terms::Clause clause(std::string ref, terms::ClauseKind kind, bool exemption) {
  terms::Clause out;
  out.zh = "第" + ref + "条文本";
  out.en = "Text of " + ref + ".";
  out.ref = std::move(ref);
  out.kind = kind;
  out.exemption = exemption;
  return out;
}

inline std::vector<terms::Clause> clauses() {
  using K = terms::ClauseKind;
  return {clause("1.1", K::kInsuring, false),   clause("1.7", K::kInsuring, false),
          clause("2.1", K::kLimit, false),      clause("2.2", K::kLimit, false),
          clause("2.3", K::kLimit, false),      clause("2.4", K::kLimit, false),
          clause("2.6", K::kCondition, true),   clause("3.1", K::kExclusion, true),
          clause("3.6", K::kExclusion, true),   clause("4.1", K::kCondition, false),
          clause("4.2", K::kCondition, true),   clause("4.3", K::kCondition, true),
          clause("5.1", K::kDefinition, false), clause("5.2", K::kDefinition, false)};
}

inline terms::Terms terms_of(Reading reading) {
  terms::Terms out;
  out.aggregate_limit = 40'000'000;
  out.aggregate_clause = "2.1";
  out.mitigation_cap = 40'000'000;
  out.mitigation_clause = "1.7";
  out.instalment_clause = "2.6";
  out.sections = {section("FP.BI", 10'000'000, "2.2", reading),
                  section("FP.EXT", 3'000'000, "2.3", reading), section("FP.DATA", {}, "", reading),
                  section("FP.HW", {}, "", reading), section("FP.IR", {}, "", reading)};
  terms::Group group;
  group.id = "restoration";
  group.codes = {"FP.DATA", "FP.HW", "FP.IR"};
  (reading == Reading::kA ? group.sublimit_occ : group.sublimit_agg) = 2'000'000;
  group.clause = "2.4";
  out.groups = {group};
  return out;
}

inline terms::Wording wording(Reading reading = Reading::kA) {
  terms::Wording out;
  out.id = {reading == Reading::kA ? "ningbo-2023-a" : "ningbo-2023-b"};
  out.title = {.zh = "网络安全综合保险", .en = "Cyber security insurance"};
  out.clauses = clauses();
  out.terms = terms_of(reading);
  out.perils = {.codes = {"ransomware", "data_breach"}, .clause = "1.1"};
  out.conditions = {{.name = "prior_written_consent",
                     .heads = {"FP.EXT.RANSOM"},
                     .clause = "4.2",
                     .before_payment = true},
                    {.name = "police_report",
                     .heads = {"FP.EXT.RANSOM"},
                     .clause = "4.3",
                     .before_payment = true}};
  out.exclusions = {
      {.name = "war", .causes = {"war"}, .clause = "3.1"},
      {.name = "funds", .causes = {"funds_transfer"}, .heads = {"FP.IR"}, .clause = "3.6"}};
  out.late_notice = terms::LateNotice{.hours = 48, .clause = "4.1"};
  out.quantification = {.interruption_clause = "5.1", .betterment_clause = "5.2"};
  return out;
}

inline domain::Policy policy(const terms::Wording& wording) {
  domain::Policy out;
  out.id = {30};
  out.number = "AL-2026-000030";
  out.wording = wording.id;
  out.from = at("2026-03-01T00:00:00+08:00");
  out.until = at("2027-03-01T00:00:00+08:00");
  out.premium = yuan(2'800);
  std::vector<domain::ExplainedClause> explained;
  for (const std::string& ref : terms::exemption_clauses(wording)) {
    explained.emplace_back();
    explained.back().clause = ref;
  }
  out.explained = std::move(explained);
  return out;
}

inline domain::Incident incident() {
  domain::Incident out;
  out.id = {40};
  out.policy = {30};
  out.peril = {"ransomware"};
  out.occurred = at("2026-05-11T08:00:00+08:00");
  out.discovered = at("2026-05-11T08:20:00+08:00");
  return out;
}

inline domain::LossItem item(std::string head, Money amount, Money betterment = fen(0)) {
  domain::LossItem out;
  out.head = {std::move(head)};
  out.amount = amount;
  out.betterment = betterment;
  return out;
}

// Gross profit an hour: Monday to Saturday 2,200.00 from 8 to 18 and 550.00 from 18 to 22.
inline std::vector<std::int64_t> weekly_profit() {
  std::vector<std::int64_t> week(kHoursOfWeek);
  for (std::size_t day = 0; day < 6; ++day) {
    for (std::size_t hour = 8; hour < 22; ++hour) {
      week[day * 24 + hour] = hour < 18 ? 220'000 : 55'000;
    }
  }
  return week;
}

// Six days from a Monday morning: 145,200.00 by the profile.
inline domain::InterruptionStatement interruption() {
  domain::InterruptionStatement out;
  out.section = {"FP.BI"};
  out.started = at("2026-05-11T08:00:00+08:00");
  out.restored = at("2026-05-17T08:00:00+08:00");
  out.weekly_profit = weekly_profit();
  return out;
}

inline domain::SalesRecord sales(std::string_view from, std::string_view until, Money profit) {
  domain::SalesRecord out;
  out.from = at(from);
  out.until = at(until);
  out.gross_profit = profit;
  return out;
}

inline domain::SalesRecord saturday_sales() {
  return sales("2026-05-16T08:00:00+08:00", "2026-05-16T18:00:00+08:00", yuan(15'200));
}

// E02 (REFERENCE.md 3.5): interruption 130,000, extortion 50,000, restoration 35,000.
inline domain::LossStatement e02_loss() {
  domain::LossStatement out;
  out.incident = {40};
  out.items = {item("FP.BI", yuan(130'000)),        item("FP.EXT.COST", yuan(12'000)),
               item("FP.EXT.RANSOM", yuan(38'000)), item("FP.DATA", yuan(15'000)),
               item("FP.HW", yuan(8'000)),          item("FP.IR", yuan(12'000))};
  return out;
}

// The same loss, the interruption stated by its hours and corrected by the sales of Saturday.
inline domain::LossStatement hourly_loss() {
  domain::LossStatement out = e02_loss();
  out.items.erase(out.items.begin());
  out.interruption = interruption();
  out.interruption->sales = {saturday_sales()};
  return out;
}

inline std::vector<domain::ConditionMet> conditions_met() {
  std::vector<domain::ConditionMet> out(2);
  out[0].condition = "prior_written_consent";
  out[1].condition = "police_report";
  return out;
}

// All that a test changes before it adjudicates.
struct Claim {
  terms::Wording wording = ningbo::wording();
  domain::Policy policy = ningbo::policy(wording);
  domain::Incident incident = ningbo::incident();
  domain::LossStatement loss = e02_loss();
  std::vector<domain::ConditionMet> conditions = conditions_met();
  std::vector<std::string> overrides = {};
  std::vector<domain::Settlement> earlier = {};
  std::int32_t premium_paid_bp = 10'000;
  std::optional<Instant> reported = {};
  std::vector<LostByLateNotice> lost = {};
  std::vector<LapsedControl> lapses = {};

  void forget_explanation(const std::string& ref) {
    change(policy.explained, [&](std::vector<domain::ExplainedClause>& all) {
      std::erase_if(all, [&](const auto& clause) { return clause.clause == ref; });
    });
  }
  Result<domain::ClaimDecision> adjudicate() const {
    return claims::adjudicate({.wording = wording,
                               .policy = policy,
                               .incident = incident,
                               .loss = loss,
                               .conditions = conditions,
                               .overrides = overrides,
                               .earlier = earlier,
                               .premium_paid_bp = premium_paid_bp,
                               .proven_controls = {{"BKP-02"}},
                               .lapses = lapses,
                               .reported = reported,
                               .lost_by_late_notice = lost});
  }
};

}  // namespace anlan::claims::ningbo
