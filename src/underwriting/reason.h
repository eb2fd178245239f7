// Reasons: why a price is what it is, as typed codes with their figures, for programs; the sentence
// of each stands in data/locales under "reason.<name>". A code keeps its number and its meaning.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/fields.h"
#include "base/texts.h"
#include "domain/quote.h"

namespace anlan::underwriting {

// 1-99 the price itself, 100-199 a fact that nobody stated, 200-299 a finding of the triage (200 +
// its TriageReason).
enum class ReasonCode : std::uint16_t {
  kFacts = 1,
  kControlsLower = 10,
  kControlsHigher = 11,
  kControlsAverage = 12,
  kControlsLowerPaid = 13,   // more before the limits, less of what the policy pays
  kControlsHigherPaid = 14,  // less before the limits, more of what the policy pays
  kTermsLower = 20,
  kTermsNone = 21,
  kExpenses = 30,
  kFilingAbove = 40,
  kFilingBelow = 41,
  kFilingEqual = 42,
  kHistoryLower = 50,
  kHistoryHigher = 51,
  kAssumedLoss = 60,
  kAssumedPrice = 61,
  kInferredGrossMargin = 100,
  kInferredItDependence = 101,
  kInferredOnlineRevenue = 102,
  kInferredServers = 103,
  kInferredOtLines = 104,
  kInferredRecords = 105,
  kInferredSensitiveRecords = 106,
  kInferredCiiOperator = 107,
  kInferredOtherCyberSumInsured = 108,
  kRevenueAboveProduct = 201,
  kEmployeesAboveProduct = 202,
  kRegionNotEligible = 203,
  kSectorExcluded = 204,
  kTooManyIncidents = 205,
  kMinimumControlMissing = 206,
  kCriticalInfrastructure = 207,
  kLossRatioAboveTarget = 208,
  kAboveAuthority = 209,
  kOutsideFiledRange = 210,
  kBeyondSizeLaws = 211,
};
constexpr auto enum_names(ReasonCode*) {
  using R = ReasonCode;
  return std::array{
      EnumName<R>{R::kFacts, "facts"},
      EnumName<R>{R::kControlsLower, "controls_lower"},
      EnumName<R>{R::kControlsHigher, "controls_higher"},
      EnumName<R>{R::kControlsAverage, "controls_average"},
      EnumName<R>{R::kControlsLowerPaid, "controls_lower_paid"},
      EnumName<R>{R::kControlsHigherPaid, "controls_higher_paid"},
      EnumName<R>{R::kTermsLower, "terms_lower"},
      EnumName<R>{R::kTermsNone, "terms_none"},
      EnumName<R>{R::kExpenses, "expenses"},
      EnumName<R>{R::kFilingAbove, "filing_above"},
      EnumName<R>{R::kFilingBelow, "filing_below"},
      EnumName<R>{R::kFilingEqual, "filing_equal"},
      EnumName<R>{R::kHistoryLower, "history_lower"},
      EnumName<R>{R::kHistoryHigher, "history_higher"},
      EnumName<R>{R::kAssumedLoss, "assumed_loss"},
      EnumName<R>{R::kAssumedPrice, "assumed_price"},
      EnumName<R>{R::kInferredGrossMargin, "inferred_gross_margin"},
      EnumName<R>{R::kInferredItDependence, "inferred_it_dependence"},
      EnumName<R>{R::kInferredOnlineRevenue, "inferred_online_revenue"},
      EnumName<R>{R::kInferredServers, "inferred_servers"},
      EnumName<R>{R::kInferredOtLines, "inferred_ot_lines"},
      EnumName<R>{R::kInferredRecords, "inferred_records"},
      EnumName<R>{R::kInferredSensitiveRecords, "inferred_sensitive_records"},
      EnumName<R>{R::kInferredCiiOperator, "inferred_cii_operator"},
      EnumName<R>{R::kInferredOtherCyberSumInsured, "inferred_other_cyber_sum_insured"},
      EnumName<R>{R::kRevenueAboveProduct, "finding_revenue_above_product"},
      EnumName<R>{R::kEmployeesAboveProduct, "finding_employees_above_product"},
      EnumName<R>{R::kRegionNotEligible, "finding_region_not_eligible"},
      EnumName<R>{R::kSectorExcluded, "finding_sector_excluded"},
      EnumName<R>{R::kTooManyIncidents, "finding_too_many_incidents"},
      EnumName<R>{R::kMinimumControlMissing, "finding_minimum_control_missing"},
      EnumName<R>{R::kCriticalInfrastructure, "finding_critical_infrastructure"},
      EnumName<R>{R::kLossRatioAboveTarget, "finding_loss_ratio_above_target"},
      EnumName<R>{R::kAboveAuthority, "finding_above_authority"},
      EnumName<R>{R::kOutsideFiledRange, "finding_outside_filed_range"},
      EnumName<R>{R::kBeyondSizeLaws, "finding_beyond_size_laws"}};
}

struct Reason {
  ReasonCode code = ReasonCode::kFacts;
  TextArgs args;  // of its sentence: amount, paid, share, weight, value, limit
};

// What the company's own controls change against the sector's average: before limits, deductibles
// and waiting (the walk), and of what the policy pays (the walk with the terms first). The two may
// have opposite signs: controls against what the policy does not pay count in the first only.
ReasonCode reason_of_controls(Money before_limits, Money paid);

// The code of one step of a walk by itself, by its direction.
ReasonCode reason_of(const domain::WalkLine& line);
// `fact` may be inferred (inference.h).
ReasonCode reason_of_inferred(const domain::FactName& fact);
ReasonCode reason_of(const domain::TriageFinding& finding);

// In order: the steps of the walk, the loss history where it acts, what rests on assumptions, the
// inferred facts, the findings.
std::vector<Reason> reasons(const domain::Quote& quote);

}  // namespace anlan::underwriting
