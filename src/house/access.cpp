#include "house/access.h"

#include <algorithm>

#include "house/command.h"
#include "house/refusals.h"

namespace anlan::house {
namespace {

using domain::Role;

struct Access {
  std::string_view command;
  std::vector<Role> roles;
};

// REFERENCE.md 4.4. Nobody may both decide a claim and pay it, sell a control and judge it, or
// appoint actors and touch business: the rules that need the state are in decide.
const std::vector<Access>& access_table() {
  static const std::vector<Access> table{
      {AppointActor::kName, {Role::kOperator}},
      {RegisterEnterprise::kName, {Role::kBroker, Role::kUnderwriter, Role::kPolicyholder}},
      {RecordFacts::kName, {Role::kBroker, Role::kUnderwriter, Role::kPolicyholder}},
      {RecordAssessment::kName, {Role::kBroker, Role::kUnderwriter, Role::kPolicyholder}},
      {PlaceOrder::kName, {Role::kBroker, Role::kPolicyholder}},
      {PayOrder::kName, {Role::kFinance}},
      {RecordObservation::kName, {Role::kSecurityVendor}},
      {IssueQuote::kName, {Role::kBroker, Role::kUnderwriter}},
      {ExplainClauses::kName, {Role::kBroker, Role::kUnderwriter}},
      {BindPolicy::kName, {Role::kUnderwriter}},
      {GrantSubsidyBudget::kName, {Role::kSubsidyOfficer}},
      {DecideSubsidy::kName, {Role::kSubsidyOfficer}},
      {ReceivePremium::kName, {Role::kFinance}},
      {EarnPremium::kName, {Role::kFinance}},
      {WriteOffPremium::kName, {Role::kFinance}},
      {PayInCapital::kName, {Role::kFinance}},
      {ReportIncident::kName, {Role::kBroker, Role::kPolicyholder, Role::kClaimsHandler}},
      {StateLoss::kName, {Role::kBroker, Role::kPolicyholder, Role::kClaimsHandler}},
      {RecordCondition::kName, {Role::kClaimsHandler, Role::kClaimsManager}},
      {AdjudicateClaim::kName, {Role::kClaimsHandler}},
      {ApproveClaim::kName, {Role::kClaimsManager, Role::kClaimsHandler}},
      {PayClaim::kName, {Role::kFinance}},
      {CancelPolicy::kName, {Role::kUnderwriter}},
      {PayRefund::kName, {Role::kFinance}},
      {LapsePolicy::kName, {Role::kUnderwriter, Role::kFinance}},
      {IssueDocument::kName, {Role::kBroker, Role::kUnderwriter}},
      {ErasePersonalData::kName, {Role::kOperator}},
  };
  return table;
}

std::string role_list(const std::vector<Role>& roles) {
  std::string text;
  for (const Role role : roles) {
    if (!text.empty()) text += ", ";
    text += name_of(role);
  }
  return text;
}

}  // namespace

const std::vector<Role>& roles_of_command(std::string_view command_name) {
  static const std::vector<Role> nobody;
  for (const Access& access : access_table()) {
    if (access.command == command_name) return access.roles;
  }
  return nobody;
}

bool has_role(const domain::Actor& actor, Role role) {
  return std::find(actor.roles.begin(), actor.roles.end(), role) != actor.roles.end();
}

Result<domain::Actor> may_command(const House& house, const domain::ActorName& name,
                                  std::string_view command_name) {
  const auto found = house.actors.find(name);
  if (found == house.actors.end()) {
    return Refusal{
        .code = refusals::kUnknownActor, .path = "as", .value = name.text, .args = {}, .at = {}};
  }
  const std::vector<Role>& roles = roles_of_command(command_name);
  const bool allowed = std::any_of(roles.begin(), roles.end(),
                                   [&](Role role) { return has_role(found->second, role); });
  if (allowed) return found->second;
  return Refusal{.code = refusals::kRoleMissing,
                 .path = "as",
                 .value = name.text,
                 .args = {{.name = "command", .value = std::string(command_name)},
                          {.name = "roles", .value = role_list(roles)}},
                 .at = {}};
}

}  // namespace anlan::house
