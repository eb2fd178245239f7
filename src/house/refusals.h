// Refusals of the house: what its journal, its access rules and its decisions can say no to.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::house::refusals {

inline constexpr RefusalCode kUnknownEvent{7001, "unknown_event"};
inline constexpr RefusalCode kEventMalformed{7002, "event_malformed"};
inline constexpr RefusalCode kSeqGap{7003, "seq_gap"};
inline constexpr RefusalCode kChainBroken{7004, "chain_broken"};
inline constexpr RefusalCode kTimeBackwards{7005, "time_backwards"};
inline constexpr RefusalCode kCommandTorn{7006, "command_torn"};
inline constexpr RefusalCode kKeyMalformed{7007, "key_malformed"};
inline constexpr RefusalCode kKeyReused{7008, "key_reused"};
inline constexpr RefusalCode kHouseNotOpen{7009, "house_not_open"};
inline constexpr RefusalCode kHouseAlreadyOpen{7010, "house_already_open"};
inline constexpr RefusalCode kUnknownActor{7011, "unknown_actor"};
inline constexpr RefusalCode kRoleMissing{7012, "role_missing"};
inline constexpr RefusalCode kNotFound{7013, "not_found"};
inline constexpr RefusalCode kIdGiven{7014, "id_given"};
inline constexpr RefusalCode kCreditCodeKnown{7015, "credit_code_known"};
inline constexpr RefusalCode kConsentMissing{7016, "consent_missing"};
inline constexpr RefusalCode kNotLicensed{7017, "not_licensed"};
inline constexpr RefusalCode kInputsChanged{7018, "inputs_changed"};
inline constexpr RefusalCode kAlreadyDone{7019, "already_done"};
inline constexpr RefusalCode kWrongState{7020, "wrong_state"};
inline constexpr RefusalCode kNotBindable{7021, "not_bindable"};
inline constexpr RefusalCode kQuoteExpired{7022, "quote_expired"};
inline constexpr RefusalCode kClauseUnexplained{7023, "clause_unexplained"};
inline constexpr RefusalCode kUnknownClause{7024, "unknown_clause"};
inline constexpr RefusalCode kAboveAuthority{7025, "above_authority"};
inline constexpr RefusalCode kFourEyes{7026, "four_eyes"};
inline constexpr RefusalCode kAmountNotDue{7027, "amount_not_due"};
inline constexpr RefusalCode kBudgetExhausted{7028, "budget_exhausted"};
inline constexpr RefusalCode kOutsidePeriod{7029, "outside_period"};
inline constexpr RefusalCode kCurrencyOfHouse{7030, "currency_of_house"};
inline constexpr RefusalCode kRefundChanged{7031, "refund_changed"};
inline constexpr RefusalCode kSubsidyTwice{7033, "subsidy_twice"};
inline constexpr RefusalCode kFutureTime{7034, "future_time"};
inline constexpr RefusalCode kAuthorityTooLarge{7035, "authority_too_large"};
inline constexpr RefusalCode kRolesApart{7051, "roles_apart"};
inline constexpr RefusalCode kContradiction{7052, "contradiction"};
inline constexpr RefusalCode kNotRelated{7053, "not_related"};
inline constexpr RefusalCode kPartOfIncident{7054, "part_of_incident"};
inline constexpr RefusalCode kInterruptionTwice{7055, "interruption_twice"};
inline constexpr RefusalCode kEvidenceMissing{7056, "evidence_missing"};
inline constexpr RefusalCode kReserveMissing{7057, "reserve_missing"};

inline constexpr RefusalCode kNoSubsidy{7060, "no_subsidy"};
inline constexpr RefusalCode kDayNotOver{7061, "day_not_over"};

// Disclosure and traceability: 7142 to 7151.
inline constexpr RefusalCode kPremiumFrozen{7142, "premium_frozen"};
inline constexpr RefusalCode kNotUntrue{7143, "not_untrue"};
inline constexpr RefusalCode kLearnedBefore{7144, "learned_before"};  // args first
inline constexpr RefusalCode kNoRescission{7145, "no_rescission"};    // args right
inline constexpr RefusalCode kCalendarDays{7146, "calendar_days"};    // args first, last
inline constexpr RefusalCode kNothingFound{7147, "nothing_found"};

inline constexpr std::array kHouse{kUnknownEvent,      kEventMalformed,    kSeqGap,
                                   kChainBroken,       kTimeBackwards,     kCommandTorn,
                                   kKeyMalformed,      kKeyReused,         kHouseNotOpen,
                                   kHouseAlreadyOpen,  kUnknownActor,      kRoleMissing,
                                   kNotFound,          kIdGiven,           kCreditCodeKnown,
                                   kConsentMissing,    kNotLicensed,       kInputsChanged,
                                   kAlreadyDone,       kWrongState,        kNotBindable,
                                   kQuoteExpired,      kClauseUnexplained, kUnknownClause,
                                   kAboveAuthority,    kFourEyes,          kAmountNotDue,
                                   kBudgetExhausted,   kOutsidePeriod,     kCurrencyOfHouse,
                                   kRefundChanged,     kSubsidyTwice,      kFutureTime,
                                   kAuthorityTooLarge, kRolesApart,        kContradiction,
                                   kNotRelated,        kPartOfIncident,    kInterruptionTwice,
                                   kEvidenceMissing,   kReserveMissing,    kNoSubsidy,
                                   kDayNotOver,        kPremiumFrozen,     kNotUntrue,
                                   kLearnedBefore,     kNoRescission,      kCalendarDays,
                                   kNothingFound};

}  // namespace anlan::house::refusals
