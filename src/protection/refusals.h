// Refusals of protection: questionnaires, answers, catalogues, orders and observations that do not
// hold together.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::protection {

// Questionnaire and answers.
inline constexpr RefusalCode kOptionsMalformed{5001, "options_malformed"};
inline constexpr RefusalCode kControlUnknown{5002, "control_unknown"};
inline constexpr RefusalCode kAnswerNotAChoice{5003, "answer_not_a_choice"};
inline constexpr RefusalCode kAnswerOutOfRange{5004, "answer_out_of_range"};
inline constexpr RefusalCode kAnswerMalformed{5005, "answer_malformed"};
inline constexpr RefusalCode kAnswerPartMissing{5006, "answer_part_missing"};
inline constexpr RefusalCode kAnswerPartUnknown{5007, "answer_part_unknown"};
inline constexpr RefusalCode kAnswerInFuture{5008, "answer_in_future"};
inline constexpr RefusalCode kAnswerTwice{5009, "answer_twice"};
// What an answer is worth.
inline constexpr RefusalCode kStateMissing{5020, "state_missing"};
inline constexpr RefusalCode kStateOfFact{5021, "state_of_fact"};
inline constexpr RefusalCode kPointsNotRising{5022, "points_not_rising"};
inline constexpr RefusalCode kTrustMissing{5023, "trust_missing"};
// Catalogue and orders.
inline constexpr RefusalCode kCategoryNotOfControl{5030, "category_not_of_control"};
inline constexpr RefusalCode kProofNotByTelemetry{5031, "proof_not_by_telemetry"};
inline constexpr RefusalCode kProofNotSupplied{5032, "proof_not_supplied"};
inline constexpr RefusalCode kProductUnknown{5033, "product_unknown"};
inline constexpr RefusalCode kPackageUnknown{5034, "package_unknown"};
inline constexpr RefusalCode kEndpointsMissing{5035, "endpoints_missing"};
inline constexpr RefusalCode kOrderPeriod{5036, "order_period"};
// Observations.
inline constexpr RefusalCode kProductNotOrdered{5040, "product_not_ordered"};
inline constexpr RefusalCode kSignalFormatWrong{5041, "signal_format_wrong"};
inline constexpr RefusalCode kNoSignals{5042, "no_signals"};
inline constexpr RefusalCode kSignalsOutsideOrder{5043, "signals_outside_order"};
inline constexpr RefusalCode kDevicesUnknown{5044, "devices_unknown"};
inline constexpr RefusalCode kSignalsSpanTooLong{5045, "signals_span_too_long"};

inline constexpr std::array kRefusals{
    kOptionsMalformed,  kControlUnknown,       kAnswerNotAChoice,    kAnswerOutOfRange,
    kAnswerMalformed,   kAnswerPartMissing,    kAnswerPartUnknown,   kAnswerInFuture,
    kAnswerTwice,       kStateMissing,         kStateOfFact,         kPointsNotRising,
    kTrustMissing,      kCategoryNotOfControl, kProofNotByTelemetry, kProofNotSupplied,
    kProductUnknown,    kPackageUnknown,       kEndpointsMissing,    kOrderPeriod,
    kProductNotOrdered, kSignalFormatWrong,    kNoSignals,           kSignalsOutsideOrder,
    kDevicesUnknown,    kSignalsSpanTooLong};

}  // namespace anlan::protection
