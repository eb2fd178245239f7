// Rules of underwriting as a house records them: what a rule found, from which inputs, what it asks
// for, and who may decide how much. The files that state the rules are read by
// underwriting/rules.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "base/share.h"
#include "domain/enterprise.h"
#include "domain/ids.h"
#include "domain/party.h"
#include "domain/subjectivity.h"

namespace anlan::domain {

// Mildest first. The gravest decides; a factor moves the premium within its filed range and decides
// nothing.
enum class RuleOutcome : std::uint8_t {
  kAccept = 1,
  kFactor = 2,
  kCondition = 3,
  kRefer = 4,
  kDecline = 5,
};
constexpr auto enum_names(RuleOutcome*) {
  using R = RuleOutcome;
  return std::array{EnumName<R>{R::kAccept, "accept"}, EnumName<R>{R::kFactor, "factor"},
                    EnumName<R>{R::kCondition, "condition"}, EnumName<R>{R::kRefer, "refer"},
                    EnumName<R>{R::kDecline, "decline"}};
}

// One test of a rule that held: "control_gap BKP-02", found "100.0 %", asked "above 50.0 %".
struct RuleInput {
  std::string test;
  std::string value;
  std::string limit;
  bool operator==(const RuleInput&) const = default;
  template <class E = RuleInput>
  static constexpr auto fields() {
    return std::tuple{field("test", &E::test), field("value", &E::value),
                      field("limit", &E::limit)};
  }
};

// A rule that applied, with its own sentences, so that it can be read without the file.
struct RuleFinding {
  std::string code;  // of the rule
  RuleOutcome outcome = RuleOutcome::kAccept;
  std::string zh;
  std::string en;
  std::vector<RuleInput> inputs;
  std::uint32_t factor_ppm = Share::kWhole;    // of the premium; acts under kFactor only
  std::optional<SubjectivityTerms> condition;  // under kCondition only
  bool operator==(const RuleFinding&) const = default;
  template <class F = RuleFinding>
  static constexpr auto fields() {
    return std::tuple{field("code", &F::code),
                      field("outcome", &F::outcome),
                      field("zh", &F::zh),
                      field("en", &F::en),
                      field("inputs", &F::inputs),
                      field("factor_ppm", &F::factor_ppm),
                      field("condition", &F::condition)};
  }
};

// What the rules read of a company, as it was when it was judged: the same quote can be judged
// again by other rules.
struct JudgedRisk {
  std::string sector;  // GB/T 4754
  std::string region;  // GB/T 2260
  Money revenue;
  std::int64_t employees = 0;
  std::int64_t incidents = 0;  // of the last 36 months
  bool cii_operator = false;
  Share score;                         // control_score of underwriting/rules.h
  std::vector<ControlName> proven;     // by products that run
  std::vector<ControlName> conflicts;  // where the answer says more than the signals show
  std::vector<Fact> facts;             // known to the house
  bool operator==(const JudgedRisk&) const = default;
  template <class J = JudgedRisk>
  static constexpr auto fields() {
    return std::tuple{field("sector", &J::sector),       field("region", &J::region),
                      field("revenue", &J::revenue),     field("employees", &J::employees),
                      field("incidents", &J::incidents), field("cii_operator", &J::cii_operator),
                      field("score", &J::score),         field("proven", &J::proven),
                      field("conflicts", &J::conflicts), field("facts", &J::facts)};
  }
};

// One row of the authority matrix. Of the rows of an actor's role, the one with the largest
// authority_from that the actor's authority reaches is the actor's.
struct AuthorityRow {
  Role role = Role::kUnderwriter;
  Money authority_from;
  Money limit_alone;  // aggregate that such a person decides alone, never above its authority
  Money limit_two;    // aggregate that two such persons decide together; zero: no more than alone
  std::vector<std::string> sectors;           // GB/T 4754 prefixes; empty: all
  std::vector<std::string> sectors_excluded;  // of them not
  Share score_min;                            // a company below it is for somebody else
  bool cii = false;            // may decide operators of critical information infrastructure
  bool outside_range = false;  // and a technical price above the filed range
  bool operator==(const AuthorityRow&) const = default;
  template <class A = AuthorityRow>
  static constexpr auto fields() {
    return std::tuple{field("role", &A::role),
                      field("authority_from", &A::authority_from),
                      field("limit_alone", &A::limit_alone),
                      field("limit_two", &A::limit_two),
                      field("sectors", &A::sectors),
                      field("sectors_excluded", &A::sectors_excluded),
                      field("score_min", &A::score_min),
                      field("cii", &A::cii),
                      field("outside_range", &A::outside_range)};
  }
};

// What stands where no rules were published: every underwriter to its own authority.
inline std::vector<AuthorityRow> default_authority(Currency currency) {
  return {{.role = Role::kUnderwriter,
           .authority_from = Money::zero(currency),
           .limit_alone = Money::from_minor(kAmountMax, currency),
           .limit_two = Money::zero(currency),
           .sectors = {},
           .sectors_excluded = {},
           .score_min = {},
           .cii = true,
           .outside_range = true}};
}

}  // namespace anlan::domain
