// Approve: who may approve a decision and who may pay it. Reporter, handler, approver and payer of
// a claim are kept apart (REFERENCE.md 4.4; that who reported or stated a loss does not approve it
// is an assumption of the same kind).
#pragma once

#include <vector>

#include "base/result.h"
#include "domain/claim.h"
#include "domain/incident.h"
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

// Who had a part in the claim before the approval.
struct ClaimPeople {
  std::vector<domain::ActorName> reporters;
  std::vector<domain::ActorName> staters;  // of any loss statement of the incident
  domain::ActorName adjudicator;
};

// What an approver's authority must cover: the payable amount; where an exemption clause was
// applied although its explanation is not evidenced, the full loss as stated if that is more.
Money amount_at_stake(const domain::ClaimDecision& decision, Money stated_mitigation);

// A denial, a decision with an overridden clause and one that changes an earlier decision always
// take a second person; so does everything under `rule` kAlways.
FourEyes rule_for(const domain::ClaimDecision& decision, bool decided_before, FourEyes rule);

// In this order:
//   kApproverInvolved       who reported the incident or stated its loss approves nothing of it,
//                           whatever the authority (args part: reported, stated)
//   kApproverIsAdjudicator  whoever adjudicated approves only within the own authority, and never
//                           under FourEyes::kAlways (args payable, authority)
//   kApproverRole           another person approves as claims manager; the adjudicator as claims
//                           handler or claims manager
//   kApproverAuthority      `at_stake` is within the approver's authority (args payable, authority)
// An authority in another currency than the decision's is no authority.
Result<Done> may_approve(Money at_stake, const ClaimPeople& people, const domain::Actor& approver,
                         FourEyes rule = FourEyes::kAboveAuthority);

// kPayerRole: finance pays. kPayerDecided: never somebody who adjudicated or approved the claim
// (args decided: what the payer did).
Result<Done> may_pay(const domain::ActorName& adjudicator, const domain::ActorName& approver,
                     const domain::Actor& payer);

}  // namespace anlan::claims
