// Refusals of engine: parameters that do not hold together. Beside them the shared reader refuses
// unknown, missing and duplicate keys, wrong types, ranges and choices.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::engine::refusals {

inline constexpr RefusalCode kPerilUnknown{3001, "hazard_peril_unknown"};
inline constexpr RefusalCode kPerilNotModelled{3002, "hazard_peril_not_modelled"};
inline constexpr RefusalCode kNameUnknown{3003, "hazard_name_unknown"};
inline constexpr RefusalCode kHeadUnknown{3004, "hazard_head_unknown"};
inline constexpr RefusalCode kHeadPercentSum{3005, "hazard_head_percent_sum"};
inline constexpr RefusalCode kTooManyDrivers{3006, "hazard_too_many_drivers"};
inline constexpr RefusalCode kOutsideOwnRange{3007, "hazard_outside_own_range"};
inline constexpr RefusalCode kActivityMalformed{3008, "hazard_activity_malformed"};
inline constexpr RefusalCode kCurveMalformed{3009, "hazard_curve_malformed"};
inline constexpr RefusalCode kSectorMissing{3010, "hazard_sector_missing"};
inline constexpr RefusalCode kControlUnmapped{3011, "hazard_control_unmapped"};
inline constexpr RefusalCode kControlUnknown{3012, "hazard_control_unknown"};
inline constexpr RefusalCode kVectorUnmapped{3013, "hazard_vector_unmapped"};
inline constexpr RefusalCode kCategoryUnmapped{3014, "hazard_category_unmapped"};
inline constexpr RefusalCode kDriversOfSide{3015, "hazard_drivers_of_side"};
inline constexpr RefusalCode kCurrencyMismatch{3016, "hazard_currency_mismatch"};
inline constexpr RefusalCode kPointsMalformed{3017, "hazard_points_malformed"};
inline constexpr RefusalCode kRecordsUnused{3018, "hazard_records_unused"};

// The actuarial calculator (aggregate_case.h).
inline constexpr RefusalCode kProbabilitySum{3101, "aggregate_probability_sum"};
inline constexpr RefusalCode kNotAbove{3102, "aggregate_not_above"};
inline constexpr RefusalCode kNotInside{3103, "aggregate_not_inside"};
inline constexpr RefusalCode kInfiniteMoment{3104, "aggregate_infinite_moment"};
inline constexpr RefusalCode kReversed{3105, "aggregate_reversed"};
inline constexpr RefusalCode kLengthsDiffer{3106, "aggregate_lengths_differ"};
inline constexpr RefusalCode kNestedTooDeep{3107, "aggregate_nested_too_deep"};
inline constexpr RefusalCode kNoMassThere{3108, "aggregate_no_mass_there"};
inline constexpr RefusalCode kNeverAClaim{3109, "aggregate_never_a_claim"};
inline constexpr RefusalCode kLimitNeeded{3110, "aggregate_limit_needed"};
inline constexpr RefusalCode kFactorsNotRising{3111, "aggregate_factors_not_rising"};
inline constexpr RefusalCode kFactorsNotConcave{3112, "aggregate_factors_not_concave"};
inline constexpr RefusalCode kKeysExclude{3113, "aggregate_keys_exclude"};
inline constexpr RefusalCode kNoSpread{3114, "aggregate_no_spread"};

inline constexpr std::array kRefusals{
    kPerilUnknown,     kPerilNotModelled, kNameUnknown,       kHeadUnknown,      kHeadPercentSum,
    kTooManyDrivers,   kOutsideOwnRange,  kActivityMalformed, kCurveMalformed,   kSectorMissing,
    kControlUnmapped,  kControlUnknown,   kVectorUnmapped,    kCategoryUnmapped, kDriversOfSide,
    kCurrencyMismatch, kPointsMalformed,  kRecordsUnused,     kProbabilitySum,   kNotAbove,
    kNotInside,        kInfiniteMoment,   kReversed,          kLengthsDiffer,    kNestedTooDeep,
    kNoMassThere,      kNeverAClaim,      kLimitNeeded,       kFactorsNotRising, kFactorsNotConcave,
    kKeysExclude,      kNoSpread};

}  // namespace anlan::engine::refusals
