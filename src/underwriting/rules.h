// Rules: what an underwriter writes in a file of data/rules, as data and without a script: tests of
// what is recorded of a risk, joined by "and", and what follows when all of them hold. They stand
// beside the triage of the product, which is not changed by them: the gravest finding decides.
//
//   [[rules]]
//   code = "offline_backup"
//   when = [
//     { test = "control_gap", of = "BKP-02", above = "50 %" },
//     { test = "employees", at_least = 50 },
//   ]
//   then = "condition"
//   zh = "..."
//   en = "..."
//   [rules.condition]
//   owner = "policyholder"
//   days = 30
//   clears = "control_proven"
//   subject = "BKP-02"
//   effect = "bind_blocker"
//
// The authority matrix stands in the same file, a row for each class of underwriter.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "base/node_reader.h"
#include "base/result.h"
#include "domain/control.h"
#include "domain/quote.h"
#include "domain/rules.h"

namespace anlan::underwriting {

enum class RuleTest : std::uint8_t {
  kFact = 1,             // a fact known to the house, by name
  kControlGap = 2,       // of a control as it was priced, by name
  kControlProven = 3,    // whether signals prove that the control runs
  kSector = 4,           // GB/T 4754, by prefix
  kRegion = 5,           // GB/T 2260, by prefix
  kRevenue = 6,          // a year
  kEmployees = 7,        //
  kIncidents = 8,        // of the last 36 months
  kLossRatio = 9,        // expected loss of the filed premium, whole percent
  kTechnicalPrice = 10,  // technical gross of the filed premium, whole percent
  kAggregate = 11,       // the most that the year can take
  kCii = 12,             // an operator of critical information infrastructure
  kScore = 13,           // control_score
  kConflicts = 14,       // answers that say more than the signals show
};
constexpr auto enum_names(RuleTest*) {
  using T = RuleTest;
  return std::array{EnumName<T>{T::kFact, "fact"},
                    EnumName<T>{T::kControlGap, "control_gap"},
                    EnumName<T>{T::kControlProven, "control_proven"},
                    EnumName<T>{T::kSector, "sector"},
                    EnumName<T>{T::kRegion, "region"},
                    EnumName<T>{T::kRevenue, "revenue"},
                    EnumName<T>{T::kEmployees, "employees"},
                    EnumName<T>{T::kIncidents, "incidents"},
                    EnumName<T>{T::kLossRatio, "loss_ratio"},
                    EnumName<T>{T::kTechnicalPrice, "technical_price"},
                    EnumName<T>{T::kAggregate, "aggregate"},
                    EnumName<T>{T::kCii, "cii"},
                    EnumName<T>{T::kScore, "score"},
                    EnumName<T>{T::kConflicts, "evidence_conflicts"}};
}

enum class RuleCompare : std::uint8_t {
  kAbove = 1,
  kBelow = 2,
  kAtLeast = 3,
  kAtMost = 4,
  kIs = 5,
  kIn = 6,
  kNotIn = 7,
};
constexpr auto enum_names(RuleCompare*) {
  using C = RuleCompare;
  return std::array{EnumName<C>{C::kAbove, "above"},
                    EnumName<C>{C::kBelow, "below"},
                    EnumName<C>{C::kAtLeast, "at_least"},
                    EnumName<C>{C::kAtMost, "at_most"},
                    EnumName<C>{C::kIs, "is"},
                    EnumName<C>{C::kIn, "in"},
                    EnumName<C>{C::kNotIn, "not_in"}};
}

// `number`: minor units, a count, ppm of a share; 1 and 0 of yes and no. `words`: prefixes, or the
// canonical texts of a fact. A test of something that nobody knows does not hold.
struct RuleCheck {
  RuleTest test = RuleTest::kFact;
  std::string of;  // the fact or the control; else empty
  RuleCompare compare = RuleCompare::kIs;
  std::int64_t number = 0;
  std::vector<std::string> words;
  bool operator==(const RuleCheck&) const = default;
};

// What a test asks, in the words of the file: "at_least 20", "above 50.0 %", "in C, F".
std::string limit_of(const RuleCheck& check);

struct Rule {
  std::string code;
  std::vector<RuleCheck> when;  // all of them; at least one
  domain::RuleOutcome outcome = domain::RuleOutcome::kAccept;
  std::string zh;
  std::string en;
  std::uint32_t factor_ppm = Share::kWhole;            // under kFactor
  std::optional<domain::SubjectivityTerms> condition;  // under kCondition
  bool operator==(const Rule&) const = default;
};

struct RuleSet {
  std::string name;
  std::string zh;
  std::string en;
  std::vector<Rule> rules;
  std::vector<domain::AuthorityRow> authority;
  bool decide_before_bind = false;  // a referred quote is bound only after a referral decision
  bool operator==(const RuleSet&) const = default;
};

// A file has at most this many rules that move the premium, each by 10 % to 1,000 %: then the
// product of all of them stays within 128 bits, however many apply to one quote.
inline constexpr std::size_t kFactorRulesMax = 7;

// Reads a file into `report`, which keeps the first refusal or all of them. Refuses
// kRuleComparison (args test, allowed), kRuleSubject (args test), kRuleCodeTwice, kRulePart (args
// part, outcome), kAuthorityBand, kAuthorityTwice, kTooManyFactorRules (args max), domain's
// refusals of a fact's value, and what NodeReader refuses.
RuleSet read_rules(const Node& root, ReadReport& report);
Result<RuleSet> read_rules(const Node& root, std::string_view file);

// The conditions of a referral decision: a file of [[conditions]], each as in a rule with its own
// code, zh and en.
Result<std::vector<domain::SubjectivityTerms>> read_conditions(const Node& root,
                                                               std::string_view file);

// The mean working state of all controls as they were priced, unweighted: assumption. Rounded down
// to ppm; the whole where there are none.
Share control_score(const std::vector<domain::ControlState>& controls);

// The rules that apply to a quote, in the order of the file, from what the quote records: no loss
// model is run. About a microsecond a rule.
std::vector<domain::RuleFinding> judge(const RuleSet& rules, const domain::Quote& quote);

// The filed premium by the factors of these findings, rounded half-up once.
Money premium_by(const std::vector<domain::RuleFinding>& findings, Money filed_premium);

// The gravest of the triage and of the rules.
domain::QuoteDecision gravest(const std::vector<domain::TriageFinding>& triage,
                              const std::vector<domain::RuleFinding>& rules);

}  // namespace anlan::underwriting
