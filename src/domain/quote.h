// Quote: a price with all that stands behind it.
#pragma once

#include <string>
#include <vector>

#include "base/alike.h"
#include "base/fields.h"
#include "base/money.h"
#include "base/sha256.h"
#include "base/time.h"
#include "domain/control.h"
#include "domain/ids.h"
#include "domain/loss_result.h"
#include "domain/rules.h"

namespace anlan::domain {

// The published order of the price walk; a step is the difference of two full prices.
enum class WalkStep : std::uint8_t {
  kFacts = 1,
  kControls = 2,
  kTerms = 3,
  kExpenses = 4,
  kFiling = 5
};
constexpr auto enum_names(WalkStep*) {
  using W = WalkStep;
  return std::array{EnumName<W>{W::kFacts, "facts"}, EnumName<W>{W::kControls, "controls"},
                    EnumName<W>{W::kTerms, "terms"}, EnumName<W>{W::kExpenses, "expenses"},
                    EnumName<W>{W::kFiling, "filing_adjustment"}};
}

struct WalkLine {
  WalkStep step = WalkStep::kFacts;
  Money change;      // may be negative
  Money cumulative;  // after this step
  bool operator==(const WalkLine&) const = default;
  template <class E = WalkLine>
  static constexpr auto fields() {
    return std::tuple{field("step", &E::step), field("change", &E::change),
                      field("cumulative", &E::cumulative)};
  }
};

// MODEL.md 6: every part of the technical price, in the order of the formula.
struct PriceParts {
  Money expected_loss;
  Money service;  // loss-prevention service written in the policy
  Money claims_handling;
  Money policy_cost;
  Money reinsurance;
  Money capital;  // cost of capital x (allocated TVaR - expected loss)
  Money acquisition;
  Money administration;
  Money margin;
  Money guarantee_fund;
  Money technical_net;  // the sum of the above
  Money vat;
  Money technical_gross;
  Money filing_adjustment;  // filed gross - technical gross
  Money filed_gross;
  bool operator==(const PriceParts&) const = default;
  template <class P = PriceParts>
  static constexpr auto fields() {
    return std::tuple{field("expected_loss", &P::expected_loss),
                      field("service", &P::service),
                      field("claims_handling", &P::claims_handling),
                      field("policy_cost", &P::policy_cost),
                      field("reinsurance", &P::reinsurance),
                      field("capital", &P::capital),
                      field("acquisition", &P::acquisition),
                      field("administration", &P::administration),
                      field("margin", &P::margin),
                      field("guarantee_fund", &P::guarantee_fund),
                      field("technical_net", &P::technical_net),
                      field("vat", &P::vat),
                      field("technical_gross", &P::technical_gross),
                      field("filing_adjustment", &P::filing_adjustment),
                      field("filed_gross", &P::filed_gross)};
  }
};

enum class QuoteDecision : std::uint8_t { kBindable = 1, kReferred = 2, kDeclined = 3 };
constexpr auto enum_names(QuoteDecision*) {
  using D = QuoteDecision;
  return std::array{EnumName<D>{D::kBindable, "bindable"}, EnumName<D>{D::kReferred, "referred"},
                    EnumName<D>{D::kDeclined, "declined"}};
}

// Why a risk is referred or declined; the sentence of each stands in data/locales under
// "triage.<name>".
enum class TriageReason : std::uint8_t {
  kRevenueAboveProduct = 1,
  kEmployeesAboveProduct = 2,
  kRegionNotEligible = 3,
  kSectorExcluded = 4,
  kTooManyIncidents = 5,
  kMinimumControlMissing = 6,
  kCriticalInfrastructure = 7,
  kLossRatioAboveTarget = 8,  // expected loss against filed premium
  kAboveAuthority = 9,
  kOutsideFiledRange = 10,
  kBeyondSizeLaws = 11,  // larger or smaller than the sizes for which the laws were guessed
};
constexpr auto enum_names(TriageReason*) {
  using T = TriageReason;
  return std::array{EnumName<T>{T::kRevenueAboveProduct, "revenue_above_product"},
                    EnumName<T>{T::kEmployeesAboveProduct, "employees_above_product"},
                    EnumName<T>{T::kRegionNotEligible, "region_not_eligible"},
                    EnumName<T>{T::kSectorExcluded, "sector_excluded"},
                    EnumName<T>{T::kTooManyIncidents, "too_many_incidents"},
                    EnumName<T>{T::kMinimumControlMissing, "minimum_control_missing"},
                    EnumName<T>{T::kCriticalInfrastructure, "critical_infrastructure"},
                    EnumName<T>{T::kLossRatioAboveTarget, "loss_ratio_above_target"},
                    EnumName<T>{T::kAboveAuthority, "above_authority"},
                    EnumName<T>{T::kOutsideFiledRange, "outside_filed_range"},
                    EnumName<T>{T::kBeyondSizeLaws, "beyond_size_laws"}};
}

struct TriageFinding {
  TriageReason reason = TriageReason::kAboveAuthority;
  QuoteDecision consequence = QuoteDecision::kReferred;
  std::string value;  // what was found
  std::string limit;  // what the rule allows
  bool operator==(const TriageFinding&) const = default;
  template <class E = TriageFinding>
  static constexpr auto fields() {
    return std::tuple{field("reason", &E::reason), field("consequence", &E::consequence),
                      field("value", &E::value), field("limit", &E::limit)};
  }
};

// Why a subsidy is 0.00; the sentence of each stands in data/locales under "subsidy.<name>".
enum class SubsidyObstacle : std::uint8_t {
  kPolicyYear = 1,  // the scheme pays in other years of the policy
  kRegion = 2,
  kEmployees = 3,
  kRevenue = 4,
  kClaimedBefore = 5,
  kNoScheme = 6,      // no scheme belongs to the product
  kBudgetUsedUp = 7,  // less than the subsidy is left of the scheme's budget
};
constexpr auto enum_names(SubsidyObstacle*) {
  using O = SubsidyObstacle;
  return std::array{
      EnumName<O>{O::kPolicyYear, "policy_year"},       EnumName<O>{O::kRegion, "region"},
      EnumName<O>{O::kEmployees, "employees"},          EnumName<O>{O::kRevenue, "revenue"},
      EnumName<O>{O::kClaimedBefore, "claimed_before"}, EnumName<O>{O::kNoScheme, "no_scheme"},
      EnumName<O>{O::kBudgetUsedUp, "budget_used_up"}};
}

// What a price was calculated from, so that it can be calculated again.
struct QuoteBasis {
  std::uint64_t after = 0;  // the last record of the journal then
  Instant at;               // the clock then
  Digest files;             // list of the data files that were read; kept with the house
  std::string program;      // its version
  bool operator==(const QuoteBasis&) const = default;
  template <class E = QuoteBasis>
  static constexpr auto fields() {
    return std::tuple{field("after", &E::after), field("at", &E::at), field("files", &E::files),
                      field("program", &E::program)};
  }
};

// What a quote would come to with what is on file now, calculated when evidence came in: enough to
// see that it is not a worse risk than the one that was offered.
struct PricedAgain {
  Digest inputs;  // as Quote::inputs
  QuoteDecision decision = QuoteDecision::kBindable;
  std::vector<std::string> reasons;  // codes of all that refers or declines
  Money technical;                   // technical gross price
  bool operator==(const PricedAgain&) const = default;
  template <class P = PricedAgain>
  static constexpr auto fields() {
    return std::tuple{field("inputs", &P::inputs), field("decision", &P::decision),
                      field("reasons", &P::reasons), field("technical", &P::technical)};
  }
};

struct Quote {
  QuoteId id;
  EnterpriseId enterprise;
  ProductName product;
  Digest product_artefact;
  WordingName wording;
  Digest wording_artefact;
  Digest pricing_artefact;  // of the price loads, the inference table and the subsidy scheme
  Date from;                // first day of cover
  Date until;               // the day after the last
  Date valid_until;
  std::uint32_t policy_year = 1;  // 1: first year; a renewal counts on
  PolicyId renewal_of;
  Money premium;  // filed gross, all taxes in
  Money filed_low;
  Money filed_high;
  SchemeName scheme;                        // empty: no subsidy
  Money subsidy;                            // what the scheme would pay
  std::vector<SubsidyObstacle> no_subsidy;  // why that is zero; else empty
  Money customer_pays;                      // premium - subsidy
  Money aggregate_limit;   // the most that the year can take; what authority is measured against
  Money incident_maximum;  // the most that one incident can take
  PriceParts parts;
  Money technical_low;  // technical gross at 5 % and 95 % of the parameter ensemble
  Money technical_high;
  Share assumed;  // of the technical price, what rests on assumptions
  Alike<std::vector<WalkLine>> walk;
  // The same steps in the reverse order: the order's effect, shown.
  Alike<std::vector<WalkLine>> walk_reversed;
  Alike<LossResult> loss;
  Alike<std::vector<ControlState>> controls;  // the posture that was priced
  Alike<std::vector<FactName>> inferred;      // facts nobody stated
  Digest inputs;  // facts, answers and observations priced: bind checks that they still hold
  QuoteBasis basis;
  Alike<std::vector<std::string>> to_explain;  // refs of the exemption clauses
  QuoteDecision decision = QuoteDecision::kBindable;
  std::vector<TriageFinding> findings;
  std::string registration;          // number under which wording and rate are filed
  Money filed_premium;               // before the factors of rules
  std::uint32_t rules_version = 0;   // of the house that judged it; 0: none was published
  Digest rules_artefact;             // the file of those rules
  Alike<JudgedRisk> judged;          // what they read beside the price
  std::vector<RuleFinding> applied;  // those that applied, in the order of the file
  Share loss_ratio_max;  // of the product: expected loss above it, of the premium, is referred
  bool operator==(const Quote&) const = default;
  template <class Q = Quote>
  static constexpr auto fields() {
    return std::tuple{field("id", &Q::id),
                      field("enterprise", &Q::enterprise),
                      field("product", &Q::product),
                      field("product_artefact", &Q::product_artefact),
                      field("wording", &Q::wording),
                      field("wording_artefact", &Q::wording_artefact),
                      field("pricing_artefact", &Q::pricing_artefact),
                      field("from", &Q::from),
                      field("until", &Q::until),
                      field("valid_until", &Q::valid_until),
                      field("policy_year", &Q::policy_year),
                      field("renewal_of", &Q::renewal_of),
                      field("premium", &Q::premium),
                      field("filed_low", &Q::filed_low),
                      field("filed_high", &Q::filed_high),
                      field("scheme", &Q::scheme),
                      field("subsidy", &Q::subsidy),
                      field("no_subsidy", &Q::no_subsidy),
                      field("customer_pays", &Q::customer_pays),
                      field("aggregate_limit", &Q::aggregate_limit),
                      field("incident_maximum", &Q::incident_maximum),
                      field("parts", &Q::parts),
                      field("technical_low", &Q::technical_low),
                      field("technical_high", &Q::technical_high),
                      field("assumed", &Q::assumed),
                      field("walk", &Q::walk),
                      field("walk_reversed", &Q::walk_reversed),
                      field("loss", &Q::loss),
                      field("controls", &Q::controls),
                      field("inferred", &Q::inferred),
                      field("inputs", &Q::inputs),
                      field("basis", &Q::basis),
                      field("to_explain", &Q::to_explain),
                      field("decision", &Q::decision),
                      field("findings", &Q::findings),
                      field("registration", &Q::registration),
                      field("filed_premium", &Q::filed_premium),
                      field("rules_version", &Q::rules_version),
                      field("rules_artefact", &Q::rules_artefact),
                      field("judged", &Q::judged),
                      field("applied", &Q::applied),
                      field("loss_ratio_max", &Q::loss_ratio_max)};
  }
};

}  // namespace anlan::domain
