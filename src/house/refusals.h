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

inline constexpr RefusalCode kEndorsementShape{7062, "endorsement_shape"};
inline constexpr RefusalCode kEndorsementOutsidePeriod{7063, "endorsement_outside_period"};
inline constexpr RefusalCode kEndorsementOverlap{7064, "endorsement_overlap"};
inline constexpr RefusalCode kNotReplaceable{7065, "not_replaceable"};
inline constexpr RefusalCode kFactorOutsideFiling{7066, "factor_outside_filing"};
inline constexpr RefusalCode kOutsideFiling{7067, "outside_filing"};
inline constexpr RefusalCode kIncidentOnDay{7068, "incident_on_day"};
inline constexpr RefusalCode kImprovementUnproven{7069, "improvement_unproven"};
inline constexpr RefusalCode kProofDay{7070, "proof_day"};
inline constexpr RefusalCode kWrongDirection{7071, "wrong_direction"};
inline constexpr RefusalCode kRenewalNotice{7072, "renewal_notice"};
inline constexpr RefusalCode kRulesChanged{7082, "rules_changed"};
inline constexpr RefusalCode kMatrixExceeded{7083, "matrix_exceeded"};
inline constexpr RefusalCode kSubjectivitiesOpen{7084, "subjectivities_open"};
inline constexpr RefusalCode kNotAsFiled{7085, "not_as_filed"};
inline constexpr RefusalCode kNothingToOverride{7086, "nothing_to_override"};
inline constexpr RefusalCode kNotEvidenced{7087, "not_evidenced"};
inline constexpr RefusalCode kProductTwice{7101, "product_twice"};
inline constexpr RefusalCode kSubmissionIncomplete{7102, "submission_incomplete"};
inline constexpr RefusalCode kProposedTwice{7103, "proposed_twice"};
inline constexpr RefusalCode kOtherCompany{7104, "other_company"};
inline constexpr RefusalCode kInstrumentExcluded{7111, "instrument_excluded"};
inline constexpr RefusalCode kPublicShareExceeded{7112, "public_share_exceeded"};

inline constexpr RefusalCode kPlanSum{7121, "plan_sum"};
inline constexpr RefusalCode kPlanDates{7122, "plan_dates"};
inline constexpr RefusalCode kMonthNotEarned{7123, "month_not_earned"};
inline constexpr RefusalCode kMonthNotNext{7124, "month_not_next"};
inline constexpr RefusalCode kAccumulationExceeded{7125, "accumulation_exceeded"};
inline constexpr RefusalCode kRiskUnitExceeded{7126, "risk_unit_exceeded"};
// Disclosure and traceability: 7142 to 7151.
inline constexpr RefusalCode kPremiumFrozen{7142, "premium_frozen"};
inline constexpr RefusalCode kNotUntrue{7143, "not_untrue"};
inline constexpr RefusalCode kLearnedBefore{7144, "learned_before"};  // args first
inline constexpr RefusalCode kNoRescission{7145, "no_rescission"};    // args right
inline constexpr RefusalCode kCalendarDays{7146, "calendar_days"};    // args first, last
inline constexpr RefusalCode kNothingFound{7147, "nothing_found"};
inline constexpr RefusalCode kBearingNotFound{7148, "bearing_not_found"};  // args incident
// Certificates of a park: 7152 to 7159.
inline constexpr RefusalCode kCertificateDays{7152, "certificate_days"};        // args first, last
inline constexpr RefusalCode kCertificateTwice{7153, "certificate_twice"};      // args other
inline constexpr RefusalCode kCertificateLimit{7154, "certificate_limit"};      // args most
inline constexpr RefusalCode kCertificatePremium{7155, "certificate_premium"};  // args low, high
inline constexpr RefusalCode kCertificatesTooMany{7156, "certificates_too_many"};  // args max
inline constexpr RefusalCode kCertificateNeeded{7157, "certificate_needed"};
inline constexpr RefusalCode kOtherMember{7158, "other_member"};  // args first

// Facts of an incident: 7162 to 7166.
inline constexpr RefusalCode kNoFactsStated{7162, "no_facts_stated"};
inline constexpr RefusalCode kFactTwice{7163, "fact_twice"};  // args stated
inline constexpr RefusalCode kFactUnevidenced{7164, "fact_unevidenced"};
inline constexpr RefusalCode kFinderSellsControl{7165,
                                                 "finder_sells_control"};    // args control, order
inline constexpr RefusalCode kLapseDays{7166, "lapse_days"};                 // args from, incident
inline constexpr RefusalCode kProviderOnRecord{7167, "provider_on_record"};  // args recorded
// Rules and decisions, continued: 7172 to 7179.
inline constexpr RefusalCode kRiskWorse{7172, "risk_worse"};          // args what, before
inline constexpr RefusalCode kOvertaken{7173, "overtaken"};           // args then, now
inline constexpr RefusalCode kOptionPremium{7174, "option_premium"};  // args due
// Filings: 7180 to 7183.
inline constexpr RefusalCode kFilingShape{7180, "filing_shape"};  // args what
inline constexpr RefusalCode kOtherFiling{
    7181, "other_filing"};  // args what, registration, filed, unfiled
inline constexpr RefusalCode kNoFiling{7182, "no_filing"};    // args first
inline constexpr RefusalCode kFilingDay{7183, "filing_day"};  // args before
// Licence, adjusters: 7184 to 7186.
inline constexpr RefusalCode kNoLicence{7184, "no_licence"};        // args day
inline constexpr RefusalCode kLicenceDays{7185, "licence_days"};    // args from
inline constexpr RefusalCode kNotAppointed{7186, "not_appointed"};  // args adjuster

inline constexpr std::array kHouse{kUnknownEvent,
                                   kEventMalformed,
                                   kSeqGap,
                                   kChainBroken,
                                   kTimeBackwards,
                                   kCommandTorn,
                                   kKeyMalformed,
                                   kKeyReused,
                                   kHouseNotOpen,
                                   kHouseAlreadyOpen,
                                   kUnknownActor,
                                   kRoleMissing,
                                   kNotFound,
                                   kIdGiven,
                                   kCreditCodeKnown,
                                   kConsentMissing,
                                   kNotLicensed,
                                   kInputsChanged,
                                   kAlreadyDone,
                                   kWrongState,
                                   kNotBindable,
                                   kQuoteExpired,
                                   kClauseUnexplained,
                                   kUnknownClause,
                                   kAboveAuthority,
                                   kFourEyes,
                                   kAmountNotDue,
                                   kBudgetExhausted,
                                   kOutsidePeriod,
                                   kCurrencyOfHouse,
                                   kRefundChanged,
                                   kSubsidyTwice,
                                   kFutureTime,
                                   kAuthorityTooLarge,
                                   kRolesApart,
                                   kContradiction,
                                   kNotRelated,
                                   kPartOfIncident,
                                   kInterruptionTwice,
                                   kEvidenceMissing,
                                   kReserveMissing,
                                   kNoSubsidy,
                                   kDayNotOver,
                                   kEndorsementShape,
                                   kEndorsementOutsidePeriod,
                                   kEndorsementOverlap,
                                   kNotReplaceable,
                                   kFactorOutsideFiling,
                                   kOutsideFiling,
                                   kIncidentOnDay,
                                   kImprovementUnproven,
                                   kProofDay,
                                   kWrongDirection,
                                   kRenewalNotice,
                                   kRulesChanged,
                                   kMatrixExceeded,
                                   kSubjectivitiesOpen,
                                   kNotAsFiled,
                                   kNothingToOverride,
                                   kNotEvidenced,
                                   kProductTwice,
                                   kSubmissionIncomplete,
                                   kProposedTwice,
                                   kOtherCompany,
                                   kInstrumentExcluded,
                                   kPublicShareExceeded,
                                   kPlanSum,
                                   kPlanDates,
                                   kMonthNotEarned,
                                   kMonthNotNext,
                                   kAccumulationExceeded,
                                   kRiskUnitExceeded,
                                   kPremiumFrozen,
                                   kNotUntrue,
                                   kLearnedBefore,
                                   kNoRescission,
                                   kCalendarDays,
                                   kNothingFound,
                                   kBearingNotFound,
                                   kCertificateDays,
                                   kCertificateTwice,
                                   kCertificateLimit,
                                   kCertificatePremium,
                                   kCertificatesTooMany,
                                   kCertificateNeeded,
                                   kOtherMember,
                                   kNoFactsStated,
                                   kFactTwice,
                                   kFactUnevidenced,
                                   kFinderSellsControl,
                                   kLapseDays,
                                   kProviderOnRecord,
                                   kRiskWorse,
                                   kOvertaken,
                                   kOptionPremium,
                                   kFilingShape,
                                   kOtherFiling,
                                   kNoFiling,
                                   kFilingDay,
                                   kNoLicence,
                                   kLicenceDays,
                                   kNotAppointed};

}  // namespace anlan::house::refusals
