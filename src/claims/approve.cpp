#include "claims/approve.h"

#include <algorithm>

#include "claims/refusals.h"

namespace anlan::claims {
namespace {

using domain::Actor;
using domain::Role;

bool acts_as(const Actor& actor, Role role) {
  return std::find(actor.roles.begin(), actor.roles.end(), role) != actor.roles.end();
}

Refusal refuse(RefusalCode code, const Actor& actor, std::vector<RefusalArg> args) {
  return Refusal{
      .code = code, .path = "as", .value = actor.name.text, .args = std::move(args), .at = {}};
}

std::vector<RefusalArg> amounts(Money payable, const Actor& actor) {
  return {{.name = "payable", .value = to_grouped(payable)},
          {.name = "authority", .value = to_grouped(actor.authority)},
          {.name = "currency", .value = std::string(currency_code(payable.currency()))}};
}

bool within_authority(Money payable, const Actor& actor) {
  return payable.currency() == actor.authority.currency() && payable <= actor.authority;
}

}  // namespace

Result<Done> may_approve(const domain::ClaimDecision& decision,
                         const domain::ActorName& adjudicator, const Actor& approver,
                         FourEyes rule) {
  const Money payable = decision.payable;
  const bool same = approver.name == adjudicator;
  if (same && (rule == FourEyes::kAlways || !within_authority(payable, approver))) {
    return refuse(refusals::kApproverIsAdjudicator, approver, amounts(payable, approver));
  }
  if (!acts_as(approver, Role::kClaimsManager) &&
      !(same && acts_as(approver, Role::kClaimsHandler))) {
    return refuse(refusals::kApproverRole, approver,
                  {{.name = "role", .value = std::string(name_of(Role::kClaimsManager))}});
  }
  if (!within_authority(payable, approver)) {
    return refuse(refusals::kApproverAuthority, approver, amounts(payable, approver));
  }
  return Done{};
}

Result<Done> may_pay(const domain::ActorName& adjudicator, const domain::ActorName& approver,
                     const Actor& payer) {
  if (!acts_as(payer, Role::kFinance)) {
    return refuse(refusals::kPayerRole, payer,
                  {{.name = "role", .value = std::string(name_of(Role::kFinance))}});
  }
  if (payer.name == approver || payer.name == adjudicator) {
    const std::string_view decided = payer.name == approver ? "approved" : "adjudicated";
    return refuse(refusals::kPayerDecided, payer,
                  {{.name = "decided", .value = std::string(decided)}});
  }
  return Done{};
}

}  // namespace anlan::claims
