// Approve: who may approve a decision and who may pay it. Handler, approver and payer of a claim
// are kept apart (REFERENCE.md 4.4).
#pragma once

#include "base/result.h"
#include "domain/claim.h"
#include "domain/party.h"

namespace anlan::claims {

// When a second person must approve: above the adjudicator's authority, or always (a rule of the
// house).
enum class FourEyes : std::uint8_t { kAboveAuthority = 1, kAlways = 2 };
constexpr auto enum_names(FourEyes*) {
  using F = FourEyes;
  return std::array{EnumName<F>{F::kAboveAuthority, "above_authority"},
                    EnumName<F>{F::kAlways, "always"}};
}

// In this order:
//   kApproverIsAdjudicator  whoever adjudicated approves only within the own authority, and never
//   under
//                           FourEyes::kAlways (args payable, authority)
//   kApproverRole           another person approves as claims manager; the adjudicator as claims
//   handler or
//                           claims manager
//   kApproverAuthority      the payable amount is within the approver's authority (args payable,
//   authority)
// An authority in another currency than the decision's is no authority.
Result<Done> may_approve(const domain::ClaimDecision& decision,
                         const domain::ActorName& adjudicator, const domain::Actor& approver,
                         FourEyes rule = FourEyes::kAboveAuthority);

// kPayerRole: finance pays. kPayerDecided: never somebody who adjudicated or approved the claim
// (args decided: what the payer did).
Result<Done> may_pay(const domain::ActorName& adjudicator, const domain::ActorName& approver,
                     const domain::Actor& payer);

}  // namespace anlan::claims
