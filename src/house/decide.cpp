#include "house/decide.h"

#include <algorithm>

#include "house/access.h"
#include "house/books.h"
#include "house/decision.h"

namespace anlan::house {
namespace {

using namespace domain;

Result<Done> decide_house(Decision& decision, const AppointActor& command) {
  if (command.actor.authority.minor() > kAmountMax) {
    return refuse(refusals::kAuthorityTooLarge, "authority", to_decimal(command.actor.authority));
  }
  ANLAN_REQUIRE(check_amount(decision.house(), command.actor.authority, "authority"));
  if (command.actor.roles.empty()) return refuse(anlan::refusals::kEmptyList, "role");
  // An operator appoints others, never widens what the operator itself may do.
  if (command.actor.name == decision.actor().name) {
    return refuse(refusals::kFourEyes, "actor", command.actor.name.text,
                  {{.name = "action", .value = "appoint_actor"},
                   {.name = "other", .value = decision.actor().name.text}});
  }
  ActorAppointed event{.actor = command.actor};
  std::vector<Role>& roles = event.actor.roles;
  const auto known = decision.house().actors.find(command.actor.name);
  if (known != decision.house().actors.end() && !command.replace) {
    roles.insert(roles.begin(), known->second.roles.begin(), known->second.roles.end());
  }
  std::sort(roles.begin(), roles.end());
  roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
  if (const auto pair = first_roles_apart(roles)) {
    return refuse(refusals::kRolesApart, "role", command.actor.name.text,
                  {{.name = "first", .value = std::string(name_of(pair->first))},
                   {.name = "second", .value = std::string(name_of(pair->second))}});
  }
  decision.add(std::move(event));
  return Done{};
}

Result<Done> decide_house(Decision& decision, const ErasePersonalData& command) {
  if (decision.house().erased.contains(command.subject)) {
    return refuse(refusals::kAlreadyDone, "subject", to_text(command.subject),
                  {{.name = "what", .value = "personal_data_erased"}});
  }
  if (command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
  const auto& enterprises = decision.house().enterprises;
  const bool known = std::any_of(enterprises.begin(), enterprises.end(), [&](const auto& entry) {
    return entry.second.enterprise.contact.subject == command.subject;
  });
  if (!known) return refuse(refusals::kNotFound, "subject", to_text(command.subject));
  decision.add(PersonalDataErased{.subject = command.subject, .reason = command.reason});
  return Done{};
}

Result<Done> decide_house(Decision& decision, const RecordLicence& command) {
  const LicenceRecorded& licence = command.licence;
  if (licence.number.empty()) return refuse(anlan::refusals::kEmptyText, "number");
  if (decision.house().opening->kind != HouseKind::kLicensedInsurer) {
    return refuse(refusals::kNotLicensed, "house",
                  std::string(name_of(decision.house().opening->kind)));
  }
  if (licence.until && *licence.until <= licence.from) {
    return refuse(refusals::kLicenceDays, "until", to_text(*licence.until),
                  {{.name = "from", .value = to_text(licence.from)}});
  }
  decision.add(licence);
  return Done{};
}

struct Decider {
  Decision& decision;
  Result<Done> operator()(const OpenHouse&) const {
    return refuse(refusals::kHouseAlreadyOpen, "house");
  }
  Result<Done> operator()(const AppointActor& c) const { return decide_house(decision, c); }
  Result<Done> operator()(const ErasePersonalData& c) const { return decide_house(decision, c); }
  Result<Done> operator()(const RegisterEnterprise& c) const { return decide_sale(decision, c); }
  Result<Done> operator()(const RecordFacts& c) const { return decide_sale(decision, c); }
  Result<Done> operator()(const RecordAssessment& c) const { return decide_sale(decision, c); }
  Result<Done> operator()(const RecordDrill& c) const { return decide_sale(decision, c); }
  Result<Done> operator()(const PlaceOrder& c) const { return decide_sale(decision, c); }
  Result<Done> operator()(const PayOrder& c) const { return decide_sale(decision, c); }
  Result<Done> operator()(const RecordObservation& c) const { return decide_sale(decision, c); }
  Result<Done> operator()(const IssueQuote& c) const { return decide_sale(decision, c); }
  Result<Done> operator()(const ExplainClauses& c) const { return decide_sale(decision, c); }
  Result<Done> operator()(const BindPolicy& c) const { return decide_policy(decision, c); }
  Result<Done> operator()(const GrantSubsidyBudget& c) const { return decide_premium(decision, c); }
  Result<Done> operator()(const DecideSubsidy& c) const { return decide_premium(decision, c); }
  Result<Done> operator()(const ReceivePremium& c) const { return decide_premium(decision, c); }
  Result<Done> operator()(const CancelPolicy& c) const { return decide_end(decision, c); }
  Result<Done> operator()(const PayRefund& c) const { return decide_end(decision, c); }
  Result<Done> operator()(const LapsePolicy& c) const { return decide_end(decision, c); }
  Result<Done> operator()(const IssueDocument& c) const { return decide_policy(decision, c); }
  Result<Done> operator()(const EarnPremium& c) const { return decide_premium(decision, c); }
  Result<Done> operator()(const WriteOffPremium& c) const { return decide_premium(decision, c); }
  Result<Done> operator()(const PayInCapital& c) const { return decide_premium(decision, c); }
  Result<Done> operator()(const LearnNonDisclosure& c) const {
    return decide_disclosure(decision, c);
  }
  Result<Done> operator()(const FindNonDisclosure& c) const {
    return decide_disclosure(decision, c);
  }
  Result<Done> operator()(const FreezePremium& c) const { return decide_disclosure(decision, c); }
  Result<Done> operator()(const RescindPolicy& c) const { return decide_disclosure(decision, c); }
  Result<Done> operator()(const ShowText& c) const { return decide_disclosure(decision, c); }
  Result<Done> operator()(const ReportIncident& c) const { return decide_claim(decision, c); }
  Result<Done> operator()(const StateLoss& c) const { return decide_claim(decision, c); }
  Result<Done> operator()(const RecordCondition& c) const { return decide_claim(decision, c); }
  Result<Done> operator()(const RecordIncidentFacts& c) const { return decide_claim(decision, c); }
  Result<Done> operator()(const RecordFiling& c) const { return decide_rules(decision, c); }
  Result<Done> operator()(const RecordLicence& c) const { return decide_house(decision, c); }
  Result<Done> operator()(const ChangeConsent& c) const { return decide_sale(decision, c); }
  Result<Done> operator()(const AppointAdjuster& c) const { return decide_claim(decision, c); }
  Result<Done> operator()(const AdjudicateClaim& c) const { return decide_claim(decision, c); }
  Result<Done> operator()(const ApproveClaim& c) const { return decide_claim(decision, c); }
  Result<Done> operator()(const PayClaim& c) const { return decide_claim(decision, c); }
  Result<Done> operator()(const ReturnClaim& c) const { return decide_claim(decision, c); }
  Result<Done> operator()(const ReopenClaim& c) const { return decide_claim(decision, c); }
  Result<Done> operator()(const RelateIncident& c) const { return decide_claim(decision, c); }
  Result<Done> operator()(const RecoverClaim& c) const { return decide_claim(decision, c); }
  Result<Done> operator()(const WriteOffClaim& c) const { return decide_claim(decision, c); }
  Result<Done> operator()(const EndorsePolicy& c) const { return decide_change(decision, c); }
  Result<Done> operator()(const VoidEndorsement& c) const { return decide_change(decision, c); }
  Result<Done> operator()(const ReinstatePolicy& c) const { return decide_change(decision, c); }
  Result<Done> operator()(const RewritePolicy& c) const { return decide_change(decision, c); }
  Result<Done> operator()(const ChooseRenewal& c) const { return decide_change(decision, c); }
  Result<Done> operator()(const AddCertificates& c) const {
    return decide_certificates(decision, c);
  }
  Result<Done> operator()(const EndCertificate& c) const {
    return decide_certificates(decision, c);
  }
  Result<Done> operator()(const ProposeRules& c) const { return decide_rules(decision, c); }
  Result<Done> operator()(const PublishRules& c) const { return decide_rules(decision, c); }
  Result<Done> operator()(const RollBackRules& c) const { return decide_rules(decision, c); }
  Result<Done> operator()(const OverrideQuote& c) const { return decide_rules(decision, c); }
  Result<Done> operator()(const DecideReferral& c) const { return decide_rules(decision, c); }
  Result<Done> operator()(const SetSubjectivity& c) const { return decide_rules(decision, c); }
  Result<Done> operator()(const ClearSubjectivity& c) const { return decide_rules(decision, c); }
  Result<Done> operator()(const WaiveSubjectivity& c) const { return decide_rules(decision, c); }
  Result<Done> operator()(const FailSubjectivity& c) const { return decide_rules(decision, c); }
  Result<Done> operator()(const WithdrawQuote& c) const { return decide_rules(decision, c); }
  Result<Done> operator()(const RecordSubmission& c) const {
    return decide_submission(decision, c);
  }
  Result<Done> operator()(const SendSubmission& c) const { return decide_submission(decision, c); }
  Result<Done> operator()(const WithdrawSubmission& c) const {
    return decide_submission(decision, c);
  }
  Result<Done> operator()(const ProposeFacts& c) const { return decide_submission(decision, c); }
  Result<Done> operator()(const DecideProposal& c) const { return decide_submission(decision, c); }
  Result<Done> operator()(const ApplyInstrument& c) const { return decide_money(decision, c); }
  Result<Done> operator()(const DecideInstrument& c) const { return decide_money(decision, c); }
  Result<Done> operator()(const PayInstrument& c) const { return decide_money(decision, c); }
  Result<Done> operator()(const ClawBackInstrument& c) const { return decide_money(decision, c); }
  Result<Done> operator()(const AgreeInstalments& c) const { return decide_money(decision, c); }
  Result<Done> operator()(const IssueInvoices& c) const { return decide_money(decision, c); }
  Result<Done> operator()(const SendDunning& c) const { return decide_money(decision, c); }
  Result<Done> operator()(const CloseMonth& c) const { return decide_money(decision, c); }
  Result<Done> operator()(const SetAccumulationLimit& c) const { return decide_money(decision, c); }
  Result<Done> operator()(const SetRiskUnitRule& c) const { return decide_money(decision, c); }
  Result<Done> operator()(const SetCharges& c) const { return decide_money(decision, c); }
  Result<Done> operator()(const CedeFacultative& c) const { return decide_money(decision, c); }
};

Result<std::vector<Event>> decide_opening(const House& house, const DecideContext& context,
                                          const OpenHouse& command) {
  if (house.opening) return refuse(refusals::kHouseAlreadyOpen, "house");
  if (command.opening.name.empty()) return refuse(anlan::refusals::kEmptyText, "name");
  if (command.opening.operator_actor.name != context.actor) {
    return refuse(refusals::kUnknownActor, "as", context.actor.text);
  }
  if (!has_role(command.opening.operator_actor,
                Role::kOperator)) {  // nobody could ever be appointed
    return refuse(refusals::kRoleMissing, "as", context.actor.text,
                  {{.name = "command", .value = std::string(OpenHouse::kName)},
                   {.name = "roles", .value = std::string(name_of(Role::kOperator))}});
  }
  if (command.opening.operator_actor.authority != Money::zero(command.opening.currency)) {
    return refuse(refusals::kAuthorityTooLarge, "authority",
                  to_decimal(command.opening.operator_actor.authority));
  }
  return std::vector<Event>{Event(command.opening)};
}

}  // namespace

Result<Done> check_amount(const House& house, Money amount, std::string_view path) {
  if (amount.currency() != house.currency()) {
    return refuse(refusals::kCurrencyOfHouse, path, std::string(currency_code(amount.currency())),
                  {{.name = "currency", .value = std::string(currency_code(house.currency()))}});
  }
  if (amount.is_negative()) {
    return refuse(anlan::refusals::kMoneyNegative, path, to_decimal(amount));
  }
  if (amount.minor() > kAmountMax) {
    return refuse(anlan::refusals::kMoneyTooLarge, path, to_decimal(amount));
  }
  return Done{};
}

Result<Done> Decision::book(Event event) {
  const EventContext context{.seq = next_seq(), .at = context_.at, .actor = context_.actor};
  const ledger::Postings postings = postings_of(house_, context, event);
  add(std::move(event));
  for (const Posting& posting : postings) add(MoneyPosted{.posting = posting});
  return house_.ledger.check(postings);
}

Result<std::vector<Event>> decide(const House& house, const DecideContext& context,
                                  const Command& command) {
  if (const auto* opening = std::get_if<OpenHouse>(&command))
    return decide_opening(house, context, *opening);
  if (!house.opening) return refuse(refusals::kHouseNotOpen, "house");
  ANLAN_TRY(Actor actor, may_command(house, context.actor, command_name(command)));
  Decision decision(house, context, std::move(actor));
  if (binds_or_collects(command_name(command)))
    ANLAN_REQUIRE(check_licensed(house, decision.today()));
  ANLAN_REQUIRE(std::visit(Decider{decision}, command));
  std::vector<Event> events = decision.take();
  ANLAN_CHECK(!events.empty());
  return events;
}

}  // namespace anlan::house
