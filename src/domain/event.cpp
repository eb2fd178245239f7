#include "domain/event.h"

#include <utility>

namespace anlan::domain {

template <class Alternative>
requires OneOf<Alternative, EventVariant> Event::Event(Alternative value)
    : EventVariant(std::move(value)) {}

template Event::Event(HouseOpened);
template Event::Event(ActorAppointed);
template Event::Event(EnterpriseRegistered);
template Event::Event(FactsRecorded);
template Event::Event(AssessmentRecorded);
template Event::Event(OrderPlaced);
template Event::Event(ObservationRecorded);
template Event::Event(QuoteIssued);
template Event::Event(ClauseExplained);
template Event::Event(PolicyBound);
template Event::Event(SubsidyBudgetGranted);
template Event::Event(SubsidyDecided);
template Event::Event(PremiumReceived);
template Event::Event(IncidentReported);
template Event::Event(LossStated);
template Event::Event(ConditionRecorded);
template Event::Event(ClaimAdjudicated);
template Event::Event(ClaimApproved);
template Event::Event(ClaimPaid);
template Event::Event(PolicyCancelled);
template Event::Event(PolicyLapsed);
template Event::Event(MoneyPosted);
template Event::Event(DocumentIssued);
template Event::Event(PersonalDataErased);
template Event::Event(OrderPaid);
template Event::Event(RefundPaid);
template Event::Event(CapitalPaidIn);
template Event::Event(PremiumEarned);
template Event::Event(PremiumWrittenOff);
template Event::Event(ClaimReturned);
template Event::Event(ClaimReopened);
template Event::Event(IncidentRelated);
template Event::Event(ClaimRecovered);
template Event::Event(ClaimWrittenOff);
template Event::Event(DrillRecorded);
template Event::Event(PolicyEndorsed);
template Event::Event(EndorsementVoided);
template Event::Event(PolicyReinstated);
template Event::Event(RenewalChosen);
template Event::Event(RulesProposed);
template Event::Event(RulesPublished);
template Event::Event(RulesRolledBack);
template Event::Event(QuoteOverridden);
template Event::Event(ReferralDecided);
template Event::Event(SubjectivitySet);
template Event::Event(SubjectivityCleared);
template Event::Event(SubjectivityWaived);
template Event::Event(SubjectivityFailed);
template Event::Event(QuoteWithdrawn);
template Event::Event(SubmissionRecorded);
template Event::Event(SubmissionSent);
template Event::Event(SubmissionWithdrawn);
template Event::Event(FactsProposed);
template Event::Event(ProposalDecided);
template Event::Event(InstrumentApplied);
template Event::Event(InstrumentDecided);
template Event::Event(InstrumentPaid);
template Event::Event(InstrumentClawedBack);
template Event::Event(InstalmentPlanAgreed);
template Event::Event(InvoiceIssued);
template Event::Event(DunningSent);
template Event::Event(MonthClosed);
template Event::Event(AccumulationLimitSet);
template Event::Event(RiskUnitRuleSet);
template Event::Event(ChargesSet);
template Event::Event(FacultativeCeded);
template Event::Event(NonDisclosureLearned);
template Event::Event(RescissionNoticed);
template Event::Event(PremiumFrozen);
template Event::Event(NonDisclosureFound);
template Event::Event(TextShown);
template Event::Event(CertificatesAdded);
template Event::Event(CertificateEnded);
template Event::Event(IncidentFactsRecorded);
template Event::Event(FilingRecorded);
template Event::Event(LicenceRecorded);
template Event::Event(ConsentChanged);
template Event::Event(AdjusterAppointed);

Event::Event(const Event& other) = default;
Event::Event(Event&& other) noexcept = default;
Event& Event::operator=(const Event& other) = default;
Event& Event::operator=(Event&& other) noexcept = default;
Event::~Event() = default;

bool Event::operator==(const Event& other) const {
  return static_cast<const EventVariant&>(*this) == static_cast<const EventVariant&>(other);
}

}  // namespace anlan::domain
