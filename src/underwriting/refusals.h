// Refusals of underwriting: products and tables that contradict themselves, facts that a price
// lacks, cancellations, renewals and lapses that law or calendar do not allow.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::underwriting::refusals {

inline constexpr RefusalCode kFiledRangeReversed{4001, "filed_range_reversed"};
inline constexpr RefusalCode kPremiumOutsideFiledRange{4002, "premium_outside_filed_range"};
inline constexpr RefusalCode kShortRateTable{4003, "short_rate_table"};
inline constexpr RefusalCode kProductWording{4004, "product_wording"};
inline constexpr RefusalCode kProductIncidentMaximum{4005, "product_incident_maximum"};
inline constexpr RefusalCode kLoadsLeaveNothing{4006, "loads_leave_nothing"};
inline constexpr RefusalCode kInferenceMissing{4007, "inference_missing"};
inline constexpr RefusalCode kFactsMissing{4008, "facts_missing"};
inline constexpr RefusalCode kCoverInPast{4009, "cover_in_past"};
inline constexpr RefusalCode kPolicyEnded{4010, "policy_ended"};
inline constexpr RefusalCode kCancelOutsidePeriod{4011, "cancel_outside_period"};
inline constexpr RefusalCode kCancelGround{4012, "cancel_ground"};
inline constexpr RefusalCode kCancelNotice{4013, "cancel_notice"};
inline constexpr RefusalCode kRenewalTooEarly{4014, "renewal_too_early"};
inline constexpr RefusalCode kRenewalTooLate{4015, "renewal_too_late"};
inline constexpr RefusalCode kPremiumReceived{4016, "premium_received"};
inline constexpr RefusalCode kPremiumNotOverdue{4017, "premium_not_overdue"};
inline constexpr RefusalCode kIncidentsUndecided{4018, "incidents_undecided"};
inline constexpr RefusalCode kFactorRangeReversed{4019, "factor_range_reversed"};
inline constexpr RefusalCode kTooManyFactors{4020, "too_many_factors"};
inline constexpr RefusalCode kProductCurrency{4021, "product_currency"};  // args currency
inline constexpr RefusalCode kFactsContradict{4040, "facts_contradict"};
inline constexpr RefusalCode kRevenueMustBePositive{4041, "revenue_must_be_positive"};
inline constexpr RefusalCode kInferenceRange{4070, "inference_range"};

inline constexpr RefusalCode kRuleComparison{4091, "rule_comparison"};
inline constexpr RefusalCode kRuleSubject{4092, "rule_subject"};
inline constexpr RefusalCode kRuleCodeTwice{4093, "rule_code_twice"};
inline constexpr RefusalCode kRulePart{4094, "rule_part"};
inline constexpr RefusalCode kAuthorityBand{4095, "authority_band"};
inline constexpr RefusalCode kAuthorityTwice{4096, "authority_twice"};
inline constexpr RefusalCode kFactorOutsideFiledRange{4097, "factor_outside_filed_range"};
inline constexpr RefusalCode kTooManyFactorRules{4098, "too_many_factor_rules"};  // args max

inline constexpr std::array kUnderwriting{kFiledRangeReversed,
                                          kPremiumOutsideFiledRange,
                                          kShortRateTable,
                                          kProductWording,
                                          kProductIncidentMaximum,
                                          kLoadsLeaveNothing,
                                          kInferenceMissing,
                                          kFactsMissing,
                                          kCoverInPast,
                                          kPolicyEnded,
                                          kCancelOutsidePeriod,
                                          kCancelGround,
                                          kCancelNotice,
                                          kRenewalTooEarly,
                                          kRenewalTooLate,
                                          kPremiumReceived,
                                          kPremiumNotOverdue,
                                          kIncidentsUndecided,
                                          kFactorRangeReversed,
                                          kTooManyFactors,
                                          kProductCurrency,
                                          kFactsContradict,
                                          kRevenueMustBePositive,
                                          kInferenceRange,
                                          kRuleComparison,
                                          kRuleSubject,
                                          kRuleCodeTwice,
                                          kRulePart,
                                          kAuthorityBand,
                                          kAuthorityTwice,
                                          kFactorOutsideFiledRange,
                                          kTooManyFactorRules};

}  // namespace anlan::underwriting::refusals
