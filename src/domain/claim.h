// Claim: the decision on one incident, with every step from the stated loss to the payment.
#pragma once

#include <string>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "domain/ids.h"
#include "domain/settlement.h"

namespace anlan::domain {

enum class ClaimOutcome : std::uint8_t { kAccepted = 1, kPartly = 2, kDenied = 3 };
constexpr auto enum_names(ClaimOutcome*) {
  using O = ClaimOutcome;
  return std::array{EnumName<O>{O::kAccepted, "accepted"}, EnumName<O>{O::kPartly, "partly"},
                    EnumName<O>{O::kDenied, "denied"}};
}

enum class ClaimState : std::uint8_t {
  kAdjudicated = 1,  // decided by one person, not yet final
  kApproved = 2,
  kPaid = 3,      // or, decided again, nothing is left to pay
  kDenied = 4,    // approved as denied
  kReturned = 5,  // sent back by whoever should approve: to be adjudicated again
  kReopened = 6,  // was final, is to be adjudicated again
};
constexpr auto enum_names(ClaimState*) {
  using S = ClaimState;
  return std::array{EnumName<S>{S::kAdjudicated, "adjudicated"},
                    EnumName<S>{S::kApproved, "approved"},
                    EnumName<S>{S::kPaid, "paid"},
                    EnumName<S>{S::kDenied, "denied"},
                    EnumName<S>{S::kReturned, "returned"},
                    EnumName<S>{S::kReopened, "reopened"}};
}

// A head as stated and as quantified, before the policy's terms.
struct QuantifiedHead {
  CoverCode head;
  Money stated;
  Money quantified;
  bool admitted = true;  // false: a condition or exclusion keeps it out (a step says which)
  bool operator==(const QuantifiedHead&) const = default;
  template <class Q = QuantifiedHead>
  static constexpr auto fields() {
    return std::tuple{field("head", &Q::head), field("stated", &Q::stated),
                      field("quantified", &Q::quantified), field("admitted", &Q::admitted)};
  }
};

struct ClaimDecision {
  ClaimId id;
  IncidentId incident;
  PolicyId policy;
  ClaimOutcome outcome = ClaimOutcome::kAccepted;
  std::vector<QuantifiedHead> heads;
  std::vector<SettlementStep> admission;  // stages 0 and 1: corrections, conditions, exclusions
  Settlement settlement;                  // stages 2 to 11
  std::vector<std::string>
      unapplied;  // exemption clauses left out: their explanation is not evidenced
  std::vector<std::string> overridden;       // of these, applied on an authorised person's word
  Money payable;                             // paid_total + mitigation_paid
  std::vector<ControlName> proven_controls;  // running at the incident, as observed
  EnterpriseId payee = {};  // the member of a park that is paid; 0: the insured of the policy
  bool operator==(const ClaimDecision&) const = default;
  template <class C = ClaimDecision>
  static constexpr auto fields() {
    return std::tuple{field("id", &C::id),
                      field("incident", &C::incident),
                      field("policy", &C::policy),
                      field("outcome", &C::outcome),
                      field("heads", &C::heads),
                      field("admission", &C::admission),
                      field("settlement", &C::settlement),
                      field("unapplied", &C::unapplied),
                      field("overridden", &C::overridden),
                      field("payable", &C::payable),
                      field("proven_controls", &C::proven_controls),
                      field("payee", &C::payee)};
  }
};

}  // namespace anlan::domain
