// Decision: the events of one command as they are put together. Used inside decide only.
#pragma once

#include <string>
#include <vector>

#include "house/command.h"
#include "house/decide.h"
#include "house/house.h"
#include "house/refusals.h"

namespace anlan::house {

class Decision {
 public:
  Decision(const House& house, const DecideContext& context, domain::Actor actor)
      : house_(house), context_(context), actor_(std::move(actor)) {}

  const House& house() const { return house_; }
  const DecideContext& context() const { return context_; }
  const domain::Actor& actor() const { return actor_; }
  Date today() const { return date_of(context_.at, house_.offset()); }

  std::uint64_t next_seq() const { return context_.next_seq + events_.size(); }
  // Appends and returns the event's seq.
  std::uint64_t add(domain::Event event) {
    const std::uint64_t seq = next_seq();
    events_.push_back(std::move(event));
    return seq;
  }
  // Appends the event and one for each posting that it moves (house/books.h), checked together
  // against the ledger as it would then stand. One such event a command.
  Result<Done> book(domain::Event event);

  std::vector<domain::Event> take() { return std::move(events_); }

 private:
  const House& house_;
  const DecideContext& context_;
  domain::Actor actor_;
  std::vector<domain::Event> events_;
};

inline Refusal refuse(RefusalCode code, std::string_view path, std::string value = {},
                      std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code,
                 .path = std::string(path),
                 .value = std::move(value),
                 .args = std::move(args),
                 .at = {}};
}

// An amount that a command states: the house's currency, not negative, at most kAmountMax. Refuses
// kCurrencyOfHouse, kMoneyNegative, kMoneyTooLarge.
Result<Done> check_amount(const House& house, Money amount, std::string_view path);

// Refuses kNotFound; need_live_policy also kWrongState: cancelled and lapsed policies take no
// further change but the settlement of their premium.
Result<const PolicyFile*> need_policy(const Decision& decision, domain::PolicyId id);
Result<const PolicyFile*> need_live_policy(const Decision& decision, domain::PolicyId id);

// The first day without cover of an early end: kOutOfRange before tomorrow or after the period.
Result<Done> check_end(const Decision& decision, const PolicyFile& file, Date on);
// All that binding asks for; cover under `rewritten`, which ends when the quote's begins, does not
// stand in the way.
Result<Done> check_bindable(const Decision& decision, const QuoteFile& file,
                            domain::PolicyId rewritten = {});
// Open conditions of the policy that is rewritten go over to the new one.
Result<Done> bind_quote(Decision& decision, const QuoteFile& file, domain::PolicyId rewritten = {});
// Pro rata by day in full.
domain::Refund rewrite_refund(const PolicyFile& file, Date on);

// The rules of each part of the business; decide() hands every command to one of them.
Result<Done> decide_sale(Decision& decision, const RegisterEnterprise& command);
Result<Done> decide_sale(Decision& decision, const RecordFacts& command);
Result<Done> decide_sale(Decision& decision, const RecordAssessment& command);
Result<Done> decide_sale(Decision& decision, const RecordDrill& command);
Result<Done> decide_sale(Decision& decision, const PlaceOrder& command);
Result<Done> decide_sale(Decision& decision, const PayOrder& command);
Result<Done> decide_sale(Decision& decision, const RecordObservation& command);
Result<Done> decide_sale(Decision& decision, const IssueQuote& command);
Result<Done> decide_sale(Decision& decision, const ExplainClauses& command);
Result<Done> decide_policy(Decision& decision, const BindPolicy& command);
Result<Done> decide_policy(Decision& decision, const IssueDocument& command);
Result<Done> decide_premium(Decision& decision, const GrantSubsidyBudget& command);
Result<Done> decide_premium(Decision& decision, const DecideSubsidy& command);
Result<Done> decide_premium(Decision& decision, const ReceivePremium& command);
Result<Done> decide_premium(Decision& decision, const EarnPremium& command);
Result<Done> decide_premium(Decision& decision, const WriteOffPremium& command);
Result<Done> decide_premium(Decision& decision, const PayInCapital& command);
Result<Done> decide_end(Decision& decision, const CancelPolicy& command);
Result<Done> decide_end(Decision& decision, const LapsePolicy& command);
Result<Done> decide_end(Decision& decision, const PayRefund& command);
Result<Done> decide_change(Decision& decision, const EndorsePolicy& command);
Result<Done> decide_change(Decision& decision, const VoidEndorsement& command);
Result<Done> decide_change(Decision& decision, const ReinstatePolicy& command);
Result<Done> decide_change(Decision& decision, const RewritePolicy& command);
Result<Done> decide_change(Decision& decision, const ChooseRenewal& command);
Result<Done> decide_certificates(Decision& decision, const AddCertificates& command);
Result<Done> decide_certificates(Decision& decision, const EndCertificate& command);
Result<Done> decide_disclosure(Decision& decision, const LearnNonDisclosure& command);
Result<Done> decide_disclosure(Decision& decision, const FindNonDisclosure& command);
Result<Done> decide_disclosure(Decision& decision, const FreezePremium& command);
Result<Done> decide_disclosure(Decision& decision, const RescindPolicy& command);
Result<Done> decide_disclosure(Decision& decision, const ShowText& command);
Result<Done> decide_claim(Decision& decision, const ReportIncident& command);
Result<Done> decide_claim(Decision& decision, const StateLoss& command);
Result<Done> decide_claim(Decision& decision, const RecordCondition& command);
Result<Done> decide_claim(Decision& decision, const RecordIncidentFacts& command);
Result<Done> decide_claim(Decision& decision, const AdjudicateClaim& command);
Result<Done> decide_claim(Decision& decision, const ApproveClaim& command);
Result<Done> decide_claim(Decision& decision, const PayClaim& command);
Result<Done> decide_claim(Decision& decision, const ReturnClaim& command);
Result<Done> decide_claim(Decision& decision, const ReopenClaim& command);
Result<Done> decide_claim(Decision& decision, const RelateIncident& command);
Result<Done> decide_claim(Decision& decision, const RecoverClaim& command);
Result<Done> decide_claim(Decision& decision, const WriteOffClaim& command);
Result<Done> decide_rules(Decision& decision, const ProposeRules& command);
Result<Done> decide_rules(Decision& decision, const PublishRules& command);
Result<Done> decide_rules(Decision& decision, const RollBackRules& command);
Result<Done> decide_rules(Decision& decision, const OverrideQuote& command);
Result<Done> decide_rules(Decision& decision, const DecideReferral& command);
Result<Done> decide_rules(Decision& decision, const SetSubjectivity& command);
Result<Done> decide_rules(Decision& decision, const ClearSubjectivity& command);
Result<Done> decide_rules(Decision& decision, const WaiveSubjectivity& command);
Result<Done> decide_rules(Decision& decision, const FailSubjectivity& command);
Result<Done> decide_rules(Decision& decision, const WithdrawQuote& command);
Result<Done> decide_rules(Decision& decision, const RecordFiling& command);
Result<Done> decide_sale(Decision& decision, const ChangeConsent& command);
Result<Done> decide_claim(Decision& decision, const AppointAdjuster& command);

// A premium is sold within the filed range and no other. Refuses kNotAsFiled.
Result<Done> check_filed(const domain::Quote& quote, Money premium);
// Whoever changes what a policy sells may sell it alone, with what the year can then take. Refuses
// kAboveAuthority, kMatrixExceeded.
Result<Done> check_sells(const Decision& decision, const PolicyFile& file, Money year_limit);
// Those that its rules ask for, and those that the policy before it (house/subjectivities.h) left
// open. What evidence meets by now of that policy's is recorded.
void set_subjectivities_of_quote(Decision& decision, const domain::Quote& quote);
// Those of the quote that evidence meets are recorded as cleared.
void record_evidenced(Decision& decision, const QuoteFile& quote);
// Those that are open on `before` and stand on none of the quote's, with the day by which they are
// to be met: a policy that is rewritten keeps them.
void carry_open(Decision& decision, const PolicyFile& before, const QuoteFile& quote);
Result<Done> decide_submission(Decision& decision, const RecordSubmission& command);
Result<Done> decide_submission(Decision& decision, const SendSubmission& command);
Result<Done> decide_submission(Decision& decision, const WithdrawSubmission& command);
Result<Done> decide_submission(Decision& decision, const ProposeFacts& command);
Result<Done> decide_submission(Decision& decision, const DecideProposal& command);
Result<Done> decide_money(Decision& decision, const ApplyInstrument& command);
Result<Done> decide_money(Decision& decision, const DecideInstrument& command);
Result<Done> decide_money(Decision& decision, const PayInstrument& command);
Result<Done> decide_money(Decision& decision, const ClawBackInstrument& command);
Result<Done> decide_money(Decision& decision, const AgreeInstalments& command);
Result<Done> decide_money(Decision& decision, const IssueInvoices& command);
Result<Done> decide_money(Decision& decision, const SendDunning& command);
Result<Done> decide_money(Decision& decision, const CloseMonth& command);
Result<Done> decide_money(Decision& decision, const SetAccumulationLimit& command);
Result<Done> decide_money(Decision& decision, const SetRiskUnitRule& command);
Result<Done> decide_money(Decision& decision, const SetCharges& command);
Result<Done> decide_money(Decision& decision, const CedeFacultative& command);

// Whether this risk may be bound beside all that is: refuses kAccumulationExceeded, and
// kRiskUnitExceeded where the house refuses such risks.
Result<Done> check_accumulation(const House& house, const domain::Quote& quote,
                                domain::PolicyId rewritten);
// The same of a change of a policy: by what its limit and its risk unit become more.
Result<Done> check_accumulation(const Decision& decision, const PolicyFile& before,
                                const PolicyFile& after);

}  // namespace anlan::house
