#include "house/command.h"

#include <utility>

#include "base/codec.h"

namespace anlan::house {

template <class Alternative>
requires OneOf<Alternative, CommandVariant> Command::Command(Alternative value)
    : CommandVariant(std::move(value)) {}

template Command::Command(OpenHouse);
template Command::Command(AppointActor);
template Command::Command(RegisterEnterprise);
template Command::Command(RecordFacts);
template Command::Command(RecordAssessment);
template Command::Command(PlaceOrder);
template Command::Command(RecordObservation);
template Command::Command(IssueQuote);
template Command::Command(ExplainClauses);
template Command::Command(BindPolicy);
template Command::Command(GrantSubsidyBudget);
template Command::Command(DecideSubsidy);
template Command::Command(ReceivePremium);
template Command::Command(ReportIncident);
template Command::Command(StateLoss);
template Command::Command(RecordCondition);
template Command::Command(AdjudicateClaim);
template Command::Command(ApproveClaim);
template Command::Command(PayClaim);
template Command::Command(CancelPolicy);
template Command::Command(LapsePolicy);
template Command::Command(IssueDocument);
template Command::Command(ErasePersonalData);
template Command::Command(PayOrder);
template Command::Command(PayRefund);
template Command::Command(PayInCapital);
template Command::Command(EarnPremium);
template Command::Command(WriteOffPremium);
template Command::Command(ReturnClaim);
template Command::Command(ReopenClaim);
template Command::Command(RelateIncident);
template Command::Command(RecoverClaim);
template Command::Command(WriteOffClaim);
template Command::Command(RecordDrill);
template Command::Command(EndorsePolicy);
template Command::Command(VoidEndorsement);
template Command::Command(ReinstatePolicy);
template Command::Command(RewritePolicy);
template Command::Command(ChooseRenewal);
template Command::Command(ProposeRules);
template Command::Command(PublishRules);
template Command::Command(RollBackRules);
template Command::Command(OverrideQuote);
template Command::Command(DecideReferral);
template Command::Command(SetSubjectivity);
template Command::Command(ClearSubjectivity);
template Command::Command(WaiveSubjectivity);
template Command::Command(FailSubjectivity);
template Command::Command(WithdrawQuote);
template Command::Command(RecordSubmission);
template Command::Command(SendSubmission);
template Command::Command(WithdrawSubmission);
template Command::Command(ProposeFacts);
template Command::Command(DecideProposal);
template Command::Command(ApplyInstrument);
template Command::Command(DecideInstrument);
template Command::Command(PayInstrument);
template Command::Command(ClawBackInstrument);
template Command::Command(AgreeInstalments);
template Command::Command(IssueInvoices);
template Command::Command(SendDunning);
template Command::Command(CloseMonth);
template Command::Command(SetAccumulationLimit);
template Command::Command(SetRiskUnitRule);
template Command::Command(SetCharges);
template Command::Command(CedeFacultative);
template Command::Command(LearnNonDisclosure);
template Command::Command(RescindPolicy);
template Command::Command(FreezePremium);
template Command::Command(FindNonDisclosure);
template Command::Command(ShowText);
template Command::Command(AddCertificates);
template Command::Command(EndCertificate);
template Command::Command(RecordIncidentFacts);
template Command::Command(RecordFiling);
template Command::Command(RecordLicence);
template Command::Command(ChangeConsent);
template Command::Command(AppointAdjuster);

Command::Command(const Command& other) = default;
Command::Command(Command&& other) noexcept = default;
Command& Command::operator=(const Command& other) = default;
Command& Command::operator=(Command&& other) noexcept = default;
Command::~Command() = default;

std::string_view command_name(const Command& command) {
  return std::visit([](const auto& c) { return std::remove_cvref_t<decltype(c)>::kName; }, command);
}

Digest input_digest(const Envelope& envelope) {
  return envelope.request ? *envelope.request : sha256(command_bytes(envelope.command));
}

Bytes command_bytes(const Command& command) {
  ByteWriter out;
  std::visit(
      [&](const auto& c) {
        out.whole(std::remove_cvref_t<decltype(c)>::kKind);
        encode(out, c);
      },
      command);
  return out.take();
}

}  // namespace anlan::house
