// Referral: what people decide about a quote beside its rules: overrides with typed reasons, and
// the decision on a referred risk.
#pragma once

#include "base/fields.h"

namespace anlan::domain {

enum class OverrideField : std::uint8_t {
  kFinding = 1,  // what one finding leads to
  kPremium = 2,  // the premium, within the filed range
};
constexpr auto enum_names(OverrideField*) {
  using F = OverrideField;
  return std::array{EnumName<F>{F::kFinding, "finding"}, EnumName<F>{F::kPremium, "premium"}};
}

enum class OverrideReason : std::uint8_t {
  kEvidenceSeen = 1,  // evidence that the rule cannot read
  kRiskImproved = 2,
  kDataCorrected = 3,  // what the rule read was wrong
  kPrecedent = 4,      // as in an earlier case
  kCommercial = 5,
  kRiskWorse = 6,  // known to be worse than the rule can see
};
constexpr auto enum_names(OverrideReason*) {
  using R = OverrideReason;
  return std::array{EnumName<R>{R::kEvidenceSeen, "evidence_seen"},
                    EnumName<R>{R::kRiskImproved, "risk_improved"},
                    EnumName<R>{R::kDataCorrected, "data_corrected"},
                    EnumName<R>{R::kPrecedent, "precedent"},
                    EnumName<R>{R::kCommercial, "commercial"},
                    EnumName<R>{R::kRiskWorse, "risk_worse"}};
}

enum class ReferralOutcome : std::uint8_t { kAccept = 1, kConditions = 2, kDecline = 3 };
constexpr auto enum_names(ReferralOutcome*) {
  using O = ReferralOutcome;
  return std::array{EnumName<O>{O::kAccept, "accept"}, EnumName<O>{O::kConditions, "conditions"},
                    EnumName<O>{O::kDecline, "decline"}};
}

// Of a quote, derived from its record and the day.
enum class QuoteState : std::uint8_t {
  kIssued = 1,
  kReferred = 2,
  kApproved = 3,  // referred, and accepted by whoever may
  kDeclined = 4,
  kExpired = 5,
  kBound = 6,
  kWithdrawn = 7,
};
constexpr auto enum_names(QuoteState*) {
  using S = QuoteState;
  return std::array{EnumName<S>{S::kIssued, "issued"},      EnumName<S>{S::kReferred, "referred"},
                    EnumName<S>{S::kApproved, "approved"},  EnumName<S>{S::kDeclined, "declined"},
                    EnumName<S>{S::kExpired, "expired"},    EnumName<S>{S::kBound, "bound"},
                    EnumName<S>{S::kWithdrawn, "withdrawn"}};
}

}  // namespace anlan::domain
