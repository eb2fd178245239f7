#include "house/access.h"

#include <algorithm>
#include <array>

#include "house/command.h"
#include "house/incident_facts.h"
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
      {IssueQuote::kName, {Role::kBroker, Role::kUnderwriter, Role::kPolicyholder}},
      // Who reads the clauses on a page of the insurer confirms them there himself.
      {ExplainClauses::kName, {Role::kBroker, Role::kUnderwriter, Role::kPolicyholder}},
      {BindPolicy::kName, {Role::kUnderwriter}},
      {GrantSubsidyBudget::kName, {Role::kSubsidyOfficer}},
      {DecideSubsidy::kName, {Role::kSubsidyOfficer}},
      {ReceivePremium::kName, {Role::kFinance}},
      {EarnPremium::kName, {Role::kFinance}},
      {WriteOffPremium::kName, {Role::kFinance}},
      {PayInCapital::kName, {Role::kFinance}},
      {ReportIncident::kName, {Role::kBroker, Role::kPolicyholder, Role::kClaimsHandler}},
      {StateLoss::kName,
       {Role::kBroker, Role::kPolicyholder, Role::kClaimsHandler, Role::kAdjuster}},
      {RecordCondition::kName, {Role::kClaimsHandler, Role::kClaimsManager, Role::kAdjuster}},
      {RecordIncidentFacts::kName, {Role::kClaimsHandler, Role::kClaimsManager, Role::kAdjuster}},
      {AppointAdjuster::kName, {Role::kClaimsHandler, Role::kClaimsManager}},
      {AdjudicateClaim::kName, {Role::kClaimsHandler}},
      {ApproveClaim::kName, {Role::kClaimsManager, Role::kClaimsHandler}},
      {PayClaim::kName, {Role::kFinance}},
      {ReturnClaim::kName, {Role::kClaimsManager}},
      {ReopenClaim::kName, {Role::kClaimsHandler, Role::kClaimsManager}},
      {RelateIncident::kName, {Role::kClaimsHandler}},
      {RecoverClaim::kName, {Role::kFinance}},
      {WriteOffClaim::kName, {Role::kClaimsManager}},
      // The law lets a policyholder leave at any time (Insurance Law art 15).
      {CancelPolicy::kName, {Role::kUnderwriter, Role::kPolicyholder}},
      {PayRefund::kName, {Role::kFinance}},
      {LapsePolicy::kName, {Role::kUnderwriter, Role::kFinance}},
      {IssueDocument::kName,
       {Role::kBroker, Role::kUnderwriter, Role::kClaimsHandler, Role::kClaimsManager,
        Role::kPolicyholder}},
      {RecordDrill::kName, {Role::kBroker, Role::kUnderwriter, Role::kPolicyholder}},
      {EndorsePolicy::kName, {Role::kUnderwriter}},
      {VoidEndorsement::kName, {Role::kUnderwriter}},
      {ReinstatePolicy::kName, {Role::kUnderwriter}},
      {RewritePolicy::kName, {Role::kUnderwriter}},
      {AddCertificates::kName, {Role::kUnderwriter}},
      {EndCertificate::kName, {Role::kUnderwriter}},
      {ChooseRenewal::kName, {Role::kBroker, Role::kPolicyholder, Role::kUnderwriter}},
      {ProposeRules::kName, {Role::kUnderwriter}},
      {PublishRules::kName, {Role::kUnderwriter}},
      {RollBackRules::kName, {Role::kUnderwriter}},
      {OverrideQuote::kName, {Role::kUnderwriter}},
      {DecideReferral::kName, {Role::kUnderwriter}},
      {SetSubjectivity::kName, {Role::kUnderwriter}},
      {ClearSubjectivity::kName, {Role::kBroker, Role::kUnderwriter}},
      {WaiveSubjectivity::kName, {Role::kUnderwriter}},
      {FailSubjectivity::kName, {Role::kUnderwriter}},
      {WithdrawQuote::kName, {Role::kBroker, Role::kUnderwriter}},
      {LearnNonDisclosure::kName, {Role::kUnderwriter, Role::kClaimsHandler, Role::kClaimsManager}},
      {FindNonDisclosure::kName, {Role::kUnderwriter, Role::kClaimsHandler, Role::kClaimsManager}},
      {FreezePremium::kName, {Role::kUnderwriter, Role::kClaimsManager}},
      {RescindPolicy::kName, {Role::kUnderwriter, Role::kClaimsManager}},
      {ShowText::kName, {Role::kBroker, Role::kUnderwriter}},
      {ErasePersonalData::kName, {Role::kOperator}},
      {RecordSubmission::kName, {Role::kBroker, Role::kUnderwriter, Role::kPolicyholder}},
      {SendSubmission::kName, {Role::kBroker, Role::kUnderwriter}},
      {WithdrawSubmission::kName, {Role::kBroker, Role::kUnderwriter, Role::kPolicyholder}},
      {ProposeFacts::kName, {Role::kBroker, Role::kUnderwriter, Role::kPolicyholder}},
      // A company does not itself vouch that its papers say so: assumption.
      {DecideProposal::kName, {Role::kBroker, Role::kUnderwriter}},
      {AgreeInstalments::kName, {Role::kUnderwriter, Role::kFinance}},
      {IssueInvoices::kName, {Role::kFinance}},
      {SendDunning::kName, {Role::kFinance}},
      {CloseMonth::kName, {Role::kFinance}},
      // What may be bound is set by whoever answers for the capital, not by whoever binds:
      // assumption.
      {SetAccumulationLimit::kName, {Role::kFinance}},
      {SetRiskUnitRule::kName, {Role::kFinance}},
      {SetCharges::kName, {Role::kFinance}},
      {CedeFacultative::kName, {Role::kUnderwriter}},
      {RecordFiling::kName, {Role::kFinance}},
      {RecordLicence::kName, {Role::kFinance}},
      {ChangeConsent::kName, {Role::kBroker, Role::kUnderwriter, Role::kPolicyholder}},
      {ApplyInstrument::kName, {Role::kBroker, Role::kPolicyholder}},
      {DecideInstrument::kName, {Role::kSubsidyOfficer}},
      {PayInstrument::kName, {Role::kSubsidyOfficer}},
      {ClawBackInstrument::kName, {Role::kSubsidyOfficer}},
  };
  return table;
}

struct RolesApart {
  Role role;
  std::vector<Role> others;
};

// Duties that one person must not hold together. Every pair stands once, at the role that comes
// first in the enum. What is left: a broker for a policyholder; an underwriter who also handles or
// manages claims; a claims handler who is a manager (persons, not roles, keep a claim's steps
// apart).
const std::vector<RolesApart>& roles_apart() {
  static const std::vector<RolesApart> table{
      // "platform admin (no business data by default)", REFERENCE.md 4.4
      {Role::kOperator,
       {Role::kPolicyholder, Role::kBroker, Role::kUnderwriter, Role::kSecurityVendor,
        Role::kClaimsHandler, Role::kClaimsManager, Role::kFinance, Role::kSubsidyOfficer,
        Role::kAuditor, Role::kReinsurer, Role::kAdjuster}},
      // The insured does not decide for the insurer, nor about the subsidy of its own premium, nor
      // prove its own protection: assumption. "auditor read-only", REFERENCE.md 4.4
      {Role::kPolicyholder,
       {Role::kUnderwriter, Role::kSecurityVendor, Role::kClaimsHandler, Role::kClaimsManager,
        Role::kFinance, Role::kSubsidyOfficer, Role::kAuditor, Role::kReinsurer, Role::kAdjuster}},
      // A broker acts for the insured (Insurance Law art 118); "vendor who sold the control !=
      // verifier of its breach", "segregation of premium money", REFERENCE.md 4.4, 4.6
      {Role::kBroker,
       {Role::kUnderwriter, Role::kSecurityVendor, Role::kClaimsHandler, Role::kClaimsManager,
        Role::kFinance, Role::kSubsidyOfficer, Role::kAuditor, Role::kReinsurer, Role::kAdjuster}},
      // Who cancels a policy does not pay its refund: assumption.
      {Role::kUnderwriter,
       {Role::kSecurityVendor, Role::kFinance, Role::kSubsidyOfficer, Role::kAuditor,
        Role::kReinsurer, Role::kAdjuster}},
      // "assessor independent of seller", REFERENCE.md 4.4
      {Role::kSecurityVendor,
       {Role::kClaimsHandler, Role::kClaimsManager, Role::kFinance, Role::kSubsidyOfficer,
        Role::kAuditor, Role::kReinsurer, Role::kAdjuster}},
      // "claim handler != payment approver", REFERENCE.md 4.4
      {Role::kClaimsHandler,
       {Role::kFinance, Role::kSubsidyOfficer, Role::kAuditor, Role::kReinsurer, Role::kAdjuster}},
      {Role::kClaimsManager,
       {Role::kFinance, Role::kSubsidyOfficer, Role::kAuditor, Role::kReinsurer, Role::kAdjuster}},
      // The office that grants is not the house that receives: assumption.
      {Role::kFinance, {Role::kSubsidyOfficer, Role::kAuditor, Role::kReinsurer, Role::kAdjuster}},
      {Role::kSubsidyOfficer, {Role::kAuditor, Role::kReinsurer, Role::kAdjuster}},
      // Who carries a share of a loss does not say what it is; an adjuster is nobody's but its own
      // (Insurance Law art 129: independent).
      {Role::kAuditor, {Role::kReinsurer, Role::kAdjuster}},
      {Role::kReinsurer, {Role::kAdjuster}},
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

std::optional<std::pair<Role, Role>> first_roles_apart(const std::vector<Role>& roles) {
  const auto holds = [&](Role role) {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
  };
  for (const RolesApart& row : roles_apart()) {
    if (!holds(row.role)) continue;
    for (const Role other : row.others) {
      if (holds(other)) return std::pair{row.role, other};
    }
  }
  return {};
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

bool binds_or_collects(std::string_view command_name) {
  static constexpr std::array kAll{BindPolicy::kName,      EndorsePolicy::kName,
                                   ReinstatePolicy::kName, RewritePolicy::kName,
                                   AddCertificates::kName, ReceivePremium::kName};
  return std::find(kAll.begin(), kAll.end(), command_name) != kAll.end();
}

Result<Done> check_licensed(const House& house, Date day) {
  if (house.opening->sandbox) return Done{};
  const domain::LicenceRecorded* now = nullptr;
  for (const LicenceOnFile& each : house.licences) {
    if (each.licence.from <= day && (!now || each.licence.from >= now->from)) now = &each.licence;
  }
  if (now && (!now->until || day < *now->until)) return Done{};
  return Refusal{.code = refusals::kNoLicence,
                 .path = "house",
                 .value = house.opening->name,
                 .args = {{.name = "day", .value = to_text(day)}},
                 .at = {}};
}

bool is_adjuster_of(const House& house, const IncidentFile& file,
                    const domain::OrganisationName& organisation) {
  const auto named = [&](const IncidentFile& each) {
    return std::find(each.adjusters.begin(), each.adjusters.end(), organisation) !=
           each.adjusters.end();
  };
  const IncidentFile& first = first_of(house, file);
  return organisation.exists() && (named(file) || named(first));
}

bool is_reinsurer_of(const House& house, domain::QuoteId quote,
                     const domain::OrganisationName& organisation) {
  const auto ceded = house.money.facultative.find(quote);
  return organisation.exists() && ceded != house.money.facultative.end() &&
         ceded->second.reinsurer == organisation;
}

}  // namespace anlan::house
