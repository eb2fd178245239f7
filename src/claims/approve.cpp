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

Money amount_at_stake(const domain::ClaimDecision& decision, Money stated_mitigation) {
  if (decision.overridden.empty()) return decision.payable;
  Money stated = stated_mitigation;
  for (const domain::QuantifiedHead& head : decision.heads) stated += head.stated;
  return std::max(stated, decision.payable);
}

FourEyes rule_for(const domain::ClaimDecision& decision, bool decided_before, FourEyes rule) {
  const bool denied = decision.outcome == domain::ClaimOutcome::kDenied;
  return denied || decided_before || !decision.overridden.empty() ? FourEyes::kAlways : rule;
}

Result<Done> may_approve(Money at_stake, const ClaimPeople& people, const Actor& approver,
                         FourEyes rule) {
  const auto among = [&](const std::vector<domain::ActorName>& names) {
    return std::find(names.begin(), names.end(), approver.name) != names.end();
  };
  const bool stated = among(people.staters);
  if (stated || among(people.reporters)) {
    return refuse(refusals::kApproverInvolved, approver,
                  {{.name = "part", .value = stated ? "stated" : "reported"}});
  }
  const bool same = approver.name == people.adjudicator;
  if (same && (rule == FourEyes::kAlways || !within_authority(at_stake, approver))) {
    return refuse(refusals::kApproverIsAdjudicator, approver, amounts(at_stake, approver));
  }
  if (!acts_as(approver, Role::kClaimsManager) &&
      !(same && acts_as(approver, Role::kClaimsHandler))) {
    return refuse(refusals::kApproverRole, approver,
                  {{.name = "role", .value = std::string(name_of(Role::kClaimsManager))}});
  }
  if (!within_authority(at_stake, approver)) {
    return refuse(refusals::kApproverAuthority, approver, amounts(at_stake, approver));
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
