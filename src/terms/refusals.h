// Refusals of terms: what a settle case, a wording or a column of incidents can be refused for,
// beyond what the shared reader says about keys, types and ranges.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::terms::refusals {

inline constexpr RefusalCode kTooManyEntries{1001, "too_many_entries"};
inline constexpr RefusalCode kOccurrenceRetentionVoid{1002, "occurrence_retention_void"};
inline constexpr RefusalCode kOwnRetentionVoid{1003, "own_retention_void"};
inline constexpr RefusalCode kTimeMonetaryVoid{1004, "time_monetary_void"};
inline constexpr RefusalCode kWaitingEndVoid{1005, "waiting_end_void"};
inline constexpr RefusalCode kGroupSectionUnknown{1006, "group_section_unknown"};
inline constexpr RefusalCode kGroupSectionTwice{1007, "group_section_twice"};
inline constexpr RefusalCode kGroupMixesAggregate{1008, "group_mixes_aggregate"};
inline constexpr RefusalCode kLossSectionUnknown{1009, "loss_section_unknown"};
inline constexpr RefusalCode kLumpOnTimedSection{1010, "lump_on_timed_section"};
inline constexpr RefusalCode kHourlyMalformed{1011, "hourly_malformed"};
inline constexpr RefusalCode kHourlySumTooLarge{1012, "hourly_sum_too_large"};
inline constexpr RefusalCode kMitigationNeedsCap{1013, "mitigation_needs_cap"};
inline constexpr RefusalCode kSharesMalformed{1014, "shares_malformed"};
inline constexpr RefusalCode kLossNeedsSections{1015, "loss_needs_sections"};
inline constexpr RefusalCode kColumnSumTooLarge{1016, "column_sum_too_large"};
inline constexpr RefusalCode kClauseUnknown{1017, "clause_unknown"};
inline constexpr RefusalCode kExemptionUnmarked{1018, "exemption_unmarked"};
inline constexpr RefusalCode kExemptionUnused{1019, "exemption_unused"};
inline constexpr RefusalCode kPerilUnknown{1020, "peril_unknown"};
inline constexpr RefusalCode kHeadUnknown{1021, "wording_head_unknown"};
inline constexpr RefusalCode kHeadNotInsured{1022, "head_not_insured"};
inline constexpr RefusalCode kExclusionEmpty{1023, "exclusion_empty"};
inline constexpr RefusalCode kTriggerTermVoid{1024, "trigger_term_void"};
inline constexpr RefusalCode kRetroactiveTwice{1025, "retroactive_twice"};
inline constexpr RefusalCode kLadderNotRising{1026, "ladder_not_rising"};
inline constexpr RefusalCode kLadderEmpty{1027, "ladder_empty"};
inline constexpr RefusalCode kExclusionTermVoid{1040, "exclusion_term_void"};
inline constexpr RefusalCode kConditionTermVoid{1041, "condition_term_void"};
inline constexpr RefusalCode kCountryMalformed{1042, "country_malformed"};
inline constexpr RefusalCode kTerritoryVoid{1043, "territory_void"};
inline constexpr RefusalCode kStatusVoid{1044, "status_void"};
inline constexpr RefusalCode kProgrammeTermVoid{1045, "programme_term_void"};
inline constexpr RefusalCode kExcessMismatch{1046, "excess_mismatch"};
inline constexpr RefusalCode kInterruptionRateDate{1047, "interruption_rate_date"};

inline constexpr RefusalCode kServiceSectionUnknown{1050, "service_section_unknown"};
inline constexpr RefusalCode kServiceSectionTwice{1051, "service_section_twice"};
inline constexpr RefusalCode kServiceSectionTimed{1052, "service_section_timed"};
inline constexpr RefusalCode kServiceUnlimited{1053, "service_unlimited"};
inline constexpr RefusalCode kOtherInsuranceVoid{1054, "other_insurance_void"};
inline constexpr RefusalCode kProviderVoid{1055, "provider_void"};
inline constexpr RefusalCode kParametricRange{1056, "parametric_range"};
inline constexpr RefusalCode kRetentionShareVoid{1057, "retention_share_void"};
inline constexpr RefusalCode kReducedLimitVoid{1058, "reduced_limit_void"};
inline constexpr RefusalCode kScalePerilNotCovered{1059, "scale_peril_not_covered"};

// Scripts of incidents.
inline constexpr RefusalCode kScriptName{1060, "script_name"};
inline constexpr RefusalCode kCauseUnknown{1061, "cause_unknown"};
inline constexpr RefusalCode kScriptSource{1062, "script_source"};
inline constexpr RefusalCode kScriptTimes{1063, "script_times"};
inline constexpr RefusalCode kScriptCurve{1064, "script_curve"};
inline constexpr RefusalCode kScriptHead{1065, "script_head"};
inline constexpr RefusalCode kScriptEmpty{1066, "script_empty"};
inline constexpr RefusalCode kScriptRate{1067, "script_rate"};
inline constexpr RefusalCode kScriptAssumption{1068, "script_assumption"};
inline constexpr RefusalCode kPlayCurrency{1070, "play_currency"};
inline constexpr RefusalCode kPlayLump{1071, "play_lump"};
inline constexpr RefusalCode kPlayProvider{1072, "play_provider"};

inline constexpr std::array kRefusals{kTooManyEntries,       kOccurrenceRetentionVoid,
                                      kOwnRetentionVoid,     kTimeMonetaryVoid,
                                      kWaitingEndVoid,       kGroupSectionUnknown,
                                      kGroupSectionTwice,    kGroupMixesAggregate,
                                      kLossSectionUnknown,   kLumpOnTimedSection,
                                      kHourlyMalformed,      kHourlySumTooLarge,
                                      kMitigationNeedsCap,   kSharesMalformed,
                                      kLossNeedsSections,    kColumnSumTooLarge,
                                      kClauseUnknown,        kExemptionUnmarked,
                                      kExemptionUnused,      kPerilUnknown,
                                      kHeadUnknown,          kHeadNotInsured,
                                      kExclusionEmpty,       kTriggerTermVoid,
                                      kRetroactiveTwice,     kLadderNotRising,
                                      kLadderEmpty,          kExclusionTermVoid,
                                      kConditionTermVoid,    kCountryMalformed,
                                      kTerritoryVoid,        kStatusVoid,
                                      kProgrammeTermVoid,    kExcessMismatch,
                                      kInterruptionRateDate, kServiceSectionUnknown,
                                      kServiceSectionTwice,  kServiceSectionTimed,
                                      kServiceUnlimited,     kOtherInsuranceVoid,
                                      kProviderVoid,         kParametricRange,
                                      kRetentionShareVoid,   kReducedLimitVoid,
                                      kScalePerilNotCovered, kScriptName,
                                      kCauseUnknown,         kScriptSource,
                                      kScriptTimes,          kScriptCurve,
                                      kScriptHead,           kScriptEmpty,
                                      kScriptRate,           kScriptAssumption,
                                      kPlayCurrency,         kPlayLump,
                                      kPlayProvider};

}  // namespace anlan::terms::refusals
