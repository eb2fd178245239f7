// Commands: what somebody asks the house to do, in the imperative. Long calculations (a price, an
// adjudication, parsing of telemetry) happen before, outside decide; the command carries their
// result and decide checks that what they started from still holds.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/fields.h"
#include "base/one_of.h"
#include "base/sha256.h"
#include "domain/event.h"
#include "house/command_money.h"
#include "house/command_sale.h"
#include "house/command_standing.h"

namespace anlan::house {

struct GrantSubsidyBudget {
  static constexpr std::uint16_t kKind = 11;
  static constexpr std::string_view kName = "grant_subsidy_budget";
  domain::SchemeName scheme;
  Money amount;
  template <class E = GrantSubsidyBudget>
  static constexpr auto fields() {
    return std::tuple{field("scheme", &E::scheme), field("amount", &E::amount)};
  }
};

struct DecideSubsidy {
  static constexpr std::uint16_t kKind = 12;
  static constexpr std::string_view kName = "decide_subsidy";
  domain::PolicyId policy;
  bool grant = false;
  std::string reason;
  template <class C = DecideSubsidy>
  static constexpr auto fields() {
    return std::tuple{field("policy", &C::policy), field("grant", &C::grant),
                      field("reason", &C::reason)};
  }
};

struct ReceivePremium {
  static constexpr std::uint16_t kKind = 13;
  static constexpr std::string_view kName = "receive_premium";
  domain::PolicyId policy;
  domain::Payer payer = domain::Payer::kCustomer;
  Money amount;
  template <class C = ReceivePremium>
  static constexpr auto fields() {
    return std::tuple{field("policy", &C::policy), field("payer", &C::payer),
                      field("amount", &C::amount)};
  }
};

// Incidents of one root cause within so many hours of the first are one incident, where the wording
// does not say otherwise: assumption.
inline constexpr std::int64_t kRelatedHours = 72;

struct ReportIncident {
  static constexpr std::uint16_t kKind = 14;
  static constexpr std::string_view kName = "report_incident";
  domain::Incident incident;
  std::int64_t related_hours = kRelatedHours;  // those of the policy's wording
  template <class E = ReportIncident>
  static constexpr auto fields() {
    return std::tuple{field("incident", &E::incident), field("related_hours", &E::related_hours)};
  }
};

struct StateLoss {
  static constexpr std::uint16_t kKind = 15;
  static constexpr std::string_view kName = "state_loss";
  domain::LossStatement statement;
  template <class E = StateLoss>
  static constexpr auto fields() {
    return std::tuple{field("statement", &E::statement)};
  }
};

struct RecordCondition {
  static constexpr std::uint16_t kKind = 16;
  static constexpr std::string_view kName = "record_condition";
  domain::ConditionMet condition;
  bool correct = false;  // a manager's: counts instead of what was recorded before
  template <class E = RecordCondition>
  static constexpr auto fields() {
    return std::tuple{field("condition", &E::condition), field("correct", &E::correct)};
  }
};

// `based_on` is the digest of all that the decision looked at (house/views.h adjudication_inputs):
// the decision is refused when an incident, a loss, a condition or an earlier claim came in
// between.
struct AdjudicateClaim {
  static constexpr std::uint16_t kKind = 17;
  static constexpr std::string_view kName = "adjudicate_claim";
  domain::ClaimDecision decision;
  Digest based_on;
  template <class E = AdjudicateClaim>
  static constexpr auto fields() {
    return std::tuple{field("decision", &E::decision), field("based_on", &E::based_on)};
  }
};

struct ApproveClaim {
  static constexpr std::uint16_t kKind = 18;
  static constexpr std::string_view kName = "approve_claim";
  domain::ClaimId claim;
  template <class E = ApproveClaim>
  static constexpr auto fields() {
    return std::tuple{field("claim", &E::claim)};
  }
};

struct PayClaim {
  static constexpr std::uint16_t kKind = 19;
  static constexpr std::string_view kName = "pay_claim";
  domain::ClaimId claim;
  template <class E = PayClaim>
  static constexpr auto fields() {
    return std::tuple{field("claim", &E::claim)};
  }
};

struct CancelPolicy {
  static constexpr std::uint16_t kKind = 20;
  static constexpr std::string_view kName = "cancel_policy";
  domain::PolicyId policy;
  Date on;
  domain::Refund refund;  // computed by underwriting/cancel from what was paid; checked again
  std::string reason;
  template <class C = CancelPolicy>
  static constexpr auto fields() {
    return std::tuple{field("policy", &C::policy), field("on", &C::on), field("refund", &C::refund),
                      field("reason", &C::reason)};
  }
};

struct LapsePolicy {
  static constexpr std::uint16_t kKind = 21;
  static constexpr std::string_view kName = "lapse_policy";
  domain::PolicyId policy;
  Date due;               // the last day on which the premium could be paid, from the product
  domain::Refund refund;  // computed by underwriting/lapse from what was paid; checked again
  template <class E = LapsePolicy>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("due", &E::due),
                      field("refund", &E::refund)};
  }
};

struct IssueDocument {
  static constexpr std::uint16_t kKind = 22;
  static constexpr std::string_view kName = "issue_document";
  domain::DocumentIssued document;
  template <class E = IssueDocument>
  static constexpr auto fields() {
    return std::tuple{field("document", &E::document)};
  }
};

struct ErasePersonalData {
  static constexpr std::uint16_t kKind = 23;
  static constexpr std::string_view kName = "erase_personal_data";
  domain::SubjectId subject;
  std::string reason;
  template <class E = ErasePersonalData>
  static constexpr auto fields() {
    return std::tuple{field("subject", &E::subject), field("reason", &E::reason)};
  }
};

struct PayOrder {
  static constexpr std::uint16_t kKind = 24;
  static constexpr std::string_view kName = "pay_order";
  domain::OrderId order;
  template <class E = PayOrder>
  static constexpr auto fields() {
    return std::tuple{field("order", &E::order)};
  }
};

struct PayRefund {
  static constexpr std::uint16_t kKind = 25;
  static constexpr std::string_view kName = "pay_refund";
  domain::PolicyId policy;
  template <class E = PayRefund>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy)};
  }
};

struct PayInCapital {
  static constexpr std::uint16_t kKind = 40;
  static constexpr std::string_view kName = "pay_in_capital";
  Money amount;
  template <class E = PayInCapital>
  static constexpr auto fields() {
    return std::tuple{field("amount", &E::amount)};
  }
};

// Premium of all policies for the days up to `through`, that day included; of kEarnedPoliciesMax at
// a time, which keeps one command far below what it may write.
inline constexpr std::size_t kEarnedPoliciesMax = 4'000;
struct EarnPremium {
  static constexpr std::uint16_t kKind = 41;
  static constexpr std::string_view kName = "earn_premium";
  Date through;
  template <class E = EarnPremium>
  static constexpr auto fields() {
    return std::tuple{field("through", &E::through)};
  }
};

// All that this payer still owes of a policy that has ended.
struct WriteOffPremium {
  static constexpr std::uint16_t kKind = 42;
  static constexpr std::string_view kName = "write_off_premium";
  domain::PolicyId policy;
  domain::Payer payer = domain::Payer::kCustomer;
  std::string reason;
  template <class C = WriteOffPremium>
  static constexpr auto fields() {
    return std::tuple{field("policy", &C::policy), field("payer", &C::payer),
                      field("reason", &C::reason)};
  }
};

// Sends a decision that is not final back to whoever adjudicates.
struct ReturnClaim {
  static constexpr std::uint16_t kKind = 51;
  static constexpr std::string_view kName = "return_claim";
  domain::ClaimId claim;
  std::string reason;
  template <class E = ReturnClaim>
  static constexpr auto fields() {
    return std::tuple{field("claim", &E::claim), field("reason", &E::reason)};
  }
};

// Takes a final claim up again: approved, paid or denied.
struct ReopenClaim {
  static constexpr std::uint16_t kKind = 52;
  static constexpr std::string_view kName = "reopen_claim";
  domain::ClaimId claim;
  std::string reason;
  template <class E = ReopenClaim>
  static constexpr auto fields() {
    return std::tuple{field("claim", &E::claim), field("reason", &E::reason)};
  }
};

// Makes an incident that was reported apart a part of another: one root cause.
struct RelateIncident {
  static constexpr std::uint16_t kKind = 53;
  static constexpr std::string_view kName = "relate_incident";
  domain::IncidentId incident;
  domain::IncidentId first;
  std::int64_t related_hours = kRelatedHours;  // those of the policy's wording
  template <class E = RelateIncident>
  static constexpr auto fields() {
    return std::tuple{field("incident", &E::incident), field("first", &E::first),
                      field("related_hours", &E::related_hours)};
  }
};

// Money that came back of what was paid above the decision.
struct RecoverClaim {
  static constexpr std::uint16_t kKind = 54;
  static constexpr std::string_view kName = "recover_claim";
  domain::ClaimId claim;
  Money amount;
  template <class E = RecoverClaim>
  static constexpr auto fields() {
    return std::tuple{field("claim", &E::claim), field("amount", &E::amount)};
  }
};

// Gives up all that is still owed back.
struct WriteOffClaim {
  static constexpr std::uint16_t kKind = 55;
  static constexpr std::string_view kName = "write_off_claim";
  domain::ClaimId claim;
  std::string reason;
  template <class E = WriteOffClaim>
  static constexpr auto fields() {
    return std::tuple{field("claim", &E::claim), field("reason", &E::reason)};
  }
};

// Records a tabletop exercise; id and enterprise are the house's to give. A finished one becomes
// the documented answer of domain::kDrillControl in a new assessment, under `questionnaire` where
// there was none before.
struct RecordDrill {
  static constexpr std::uint16_t kKind = 60;
  static constexpr std::string_view kName = "record_drill";
  domain::DrillRecord drill;
  Digest questionnaire;
  template <class E = RecordDrill>
  static constexpr auto fields() {
    return std::tuple{field("drill", &E::drill), field("questionnaire", &E::questionnaire)};
  }
};

// Changes a running policy; the house gives the number. The option and the factor carry the filed
// ranges of the product as it was sold.
struct EndorsePolicy {
  static constexpr std::uint16_t kKind = 70;
  static constexpr std::string_view kName = "endorse_policy";
  domain::PolicyId policy;
  domain::Endorsement endorsement;
  template <class E = EndorsePolicy>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("endorsement", &E::endorsement)};
  }
};

struct VoidEndorsement {
  static constexpr std::uint16_t kKind = 71;
  static constexpr std::string_view kName = "void_endorsement";
  domain::PolicyId policy;
  std::uint32_t number = 0;
  std::string reason;
  template <class C = VoidEndorsement>
  static constexpr auto fields() {
    return std::tuple{field("policy", &C::policy), field("number", &C::number),
                      field("reason", &C::reason)};
  }
};

// Takes up a lapsed policy again, with cover from `on`.
struct ReinstatePolicy {
  static constexpr std::uint16_t kKind = 72;
  static constexpr std::string_view kName = "reinstate_policy";
  domain::PolicyId policy;
  Date on;
  std::string reason;
  template <class C = ReinstatePolicy>
  static constexpr auto fields() {
    return std::tuple{field("policy", &C::policy), field("on", &C::on),
                      field("reason", &C::reason)};
  }
};

// Ends the policy pro rata on the first day of `quote` and binds that, in one.
struct RewritePolicy {
  static constexpr std::uint16_t kKind = 73;
  static constexpr std::string_view kName = "rewrite_policy";
  domain::PolicyId policy;
  domain::QuoteId quote;
  std::string reason;
  template <class C = RewritePolicy>
  static constexpr auto fields() {
    return std::tuple{field("policy", &C::policy), field("quote", &C::quote),
                      field("reason", &C::reason)};
  }
};

// How much before the end the insurer says that it does not renew: assumption.
inline constexpr std::int32_t kNonRenewalNoticeDays = 30;

struct ChooseRenewal {
  static constexpr std::uint16_t kKind = 74;
  static constexpr std::string_view kName = "choose_renewal";
  domain::PolicyId policy;
  domain::RenewalChoice choice = domain::RenewalChoice::kManual;
  std::string reason;
  template <class C = ChooseRenewal>
  static constexpr auto fields() {
    return std::tuple{field("policy", &C::policy), field("choice", &C::choice),
                      field("reason", &C::reason)};
  }
};

// The version is the house's to give.
struct ProposeRules {
  static constexpr std::uint16_t kKind = 80;
  static constexpr std::string_view kName = "propose_rules";
  Digest artefact;
  std::string note;
  std::vector<domain::AuthorityRow> authority;
  bool decide_before_bind = false;
  template <class C = ProposeRules>
  static constexpr auto fields() {
    return std::tuple{field("artefact", &C::artefact), field("note", &C::note),
                      field("authority", &C::authority),
                      field("decide_before_bind", &C::decide_before_bind)};
  }
};

struct PublishRules {
  static constexpr std::uint16_t kKind = 81;
  static constexpr std::string_view kName = "publish_rules";
  std::uint32_t version = 0;
  template <class E = PublishRules>
  static constexpr auto fields() {
    return std::tuple{field("version", &E::version)};
  }
};

// `confirms` is the record of a roll-back that waits for a second person: then nothing else counts.
struct RollBackRules {
  static constexpr std::uint16_t kKind = 82;
  static constexpr std::string_view kName = "roll_back_rules";
  std::uint32_t to = 0;  // 0: the rules of the program
  std::string reason;
  std::uint64_t confirms = 0;
  template <class E = RollBackRules>
  static constexpr auto fields() {
    return std::tuple{field("to", &E::to), field("reason", &E::reason),
                      field("confirms", &E::confirms)};
  }
};

// Of a finding `outcome` counts, of the premium `premium`. `confirms` is the record of an override
// that waits for a second person: then nothing else counts.
struct OverrideQuote {
  static constexpr std::uint16_t kKind = 83;
  static constexpr std::string_view kName = "override_quote";
  domain::QuoteId quote;
  domain::OverrideField field_changed = domain::OverrideField::kFinding;
  std::string finding;
  domain::QuoteDecision outcome = domain::QuoteDecision::kBindable;
  Money premium;
  domain::OverrideReason reason = domain::OverrideReason::kEvidenceSeen;
  std::string justification;
  std::uint64_t confirms = 0;
  template <class C = OverrideQuote>
  static constexpr auto fields() {
    return std::tuple{field("quote", &C::quote),
                      field("field", &C::field_changed),
                      field("finding", &C::finding),
                      field("outcome", &C::outcome),
                      field("premium", &C::premium),
                      field("reason", &C::reason),
                      field("justification", &C::justification),
                      field("confirms", &C::confirms)};
  }
};

struct DecideReferral {
  static constexpr std::uint16_t kKind = 84;
  static constexpr std::string_view kName = "decide_referral";
  domain::QuoteId quote;
  domain::ReferralOutcome outcome = domain::ReferralOutcome::kAccept;
  std::vector<std::string> reasons;
  std::vector<domain::SubjectivityTerms> conditions;
  template <class C = DecideReferral>
  static constexpr auto fields() {
    return std::tuple{field("quote", &C::quote), field("outcome", &C::outcome),
                      field("reasons", &C::reasons), field("conditions", &C::conditions)};
  }
};

struct SetSubjectivity {
  static constexpr std::uint16_t kKind = 85;
  static constexpr std::string_view kName = "set_subjectivity";
  domain::QuoteId quote;
  domain::SubjectivityTerms terms;
  template <class E = SetSubjectivity>
  static constexpr auto fields() {
    return std::tuple{field("quote", &E::quote), field("terms", &E::terms)};
  }
};

// By the evidence on file where that clears it; else by an underwriter, who says what it saw.
struct ClearSubjectivity {
  static constexpr std::uint16_t kKind = 86;
  static constexpr std::string_view kName = "clear_subjectivity";
  domain::SubjectivityId subjectivity;
  std::string reference;
  std::optional<domain::PricedAgain> again;  // with the evidence, of a quote that is still open
  template <class C = ClearSubjectivity>
  static constexpr auto fields() {
    return std::tuple{field("subjectivity", &C::subjectivity), field("reference", &C::reference),
                      field("again", &C::again)};
  }
};

struct WaiveSubjectivity {
  static constexpr std::uint16_t kKind = 87;
  static constexpr std::string_view kName = "waive_subjectivity";
  domain::SubjectivityId subjectivity;
  std::string reason;
  template <class E = WaiveSubjectivity>
  static constexpr auto fields() {
    return std::tuple{field("subjectivity", &E::subjectivity), field("reason", &E::reason)};
  }
};

struct FailSubjectivity {
  static constexpr std::uint16_t kKind = 88;
  static constexpr std::string_view kName = "fail_subjectivity";
  domain::SubjectivityId subjectivity;
  template <class E = FailSubjectivity>
  static constexpr auto fields() {
    return std::tuple{field("subjectivity", &E::subjectivity)};
  }
};

struct WithdrawQuote {
  static constexpr std::uint16_t kKind = 89;
  static constexpr std::string_view kName = "withdraw_quote";
  domain::QuoteId quote;
  std::string reason;
  template <class E = WithdrawQuote>
  static constexpr auto fields() {
    return std::tuple{field("quote", &E::quote), field("reason", &E::reason)};
  }
};

struct RecordSubmission {
  static constexpr std::uint16_t kKind = 90;
  static constexpr std::string_view kName = "record_submission";
  domain::Submission submission;
  template <class E = RecordSubmission>
  static constexpr auto fields() {
    return std::tuple{field("submission", &E::submission)};
  }
};

// A draft, or one that is entered with the same command, is sent to its products. Each has a quote
// or a refusal; the quotes are recorded with it, all or none.
struct SendSubmission {
  static constexpr std::uint16_t kKind = 91;
  static constexpr std::string_view kName = "send_submission";
  domain::SubmissionId submission;  // 0: `entered`
  std::optional<domain::Submission> entered;
  std::vector<domain::Quote> quotes;
  std::vector<domain::SubmissionResult> refused;
  template <class C = SendSubmission>
  static constexpr auto fields() {
    return std::tuple{field("submission", &C::submission), field("entered", &C::entered),
                      field("quotes", &C::quotes), field("refused", &C::refused)};
  }
};

struct WithdrawSubmission {
  static constexpr std::uint16_t kKind = 92;
  static constexpr std::string_view kName = "withdraw_submission";
  domain::SubmissionId submission;
  std::string reason;
  template <class E = WithdrawSubmission>
  static constexpr auto fields() {
    return std::tuple{field("submission", &E::submission), field("reason", &E::reason)};
  }
};

struct ProposeFacts {
  static constexpr std::uint16_t kKind = 93;
  static constexpr std::string_view kName = "propose_facts";
  domain::FactProposal proposal;
  template <class E = ProposeFacts>
  static constexpr auto fields() {
    return std::tuple{field("proposal", &E::proposal)};
  }
};

// Items from 1; what is confirmed becomes documented on `observed_on`. The questionnaire is that of
// a company without an assessment.
struct DecideProposal {
  static constexpr std::uint16_t kKind = 94;
  static constexpr std::string_view kName = "decide_proposal";
  domain::FactProposalId proposal;
  std::vector<std::uint32_t> items;
  bool confirm = false;
  Date observed_on;  // the day for which the document speaks
  std::string reason;
  Digest questionnaire;
  template <class C = DecideProposal>
  static constexpr auto fields() {
    return std::tuple{field("proposal", &C::proposal), field("items", &C::items),
                      field("confirm", &C::confirm),   field("observed_on", &C::observed_on),
                      field("reason", &C::reason),     field("questionnaire", &C::questionnaire)};
  }
};

// id, learned_by and the answer's form are the house's to give; `collect`: premium is taken on,
// which waives the right to rescind. Otherwise it is frozen.
struct LearnNonDisclosure {
  static constexpr std::uint16_t kKind = 120;
  static constexpr std::string_view kName = "learn_non_disclosure";
  domain::NonDisclosure nondisclosure;
  bool collect = false;
  template <class E = LearnNonDisclosure>
  static constexpr auto fields() {
    return std::tuple{field("nondisclosure", &E::nondisclosure), field("collect", &E::collect)};
  }
};

// The notice reached the policyholder on `reached_on`. `rest_days` and `work_days` are what the
// work calendar says, beyond Saturdays and Sundays, of the two weeks behind the nominal last days.
struct RescindPolicy {
  static constexpr std::uint16_t kKind = 121;
  static constexpr std::string_view kName = "rescind_policy";
  domain::NonDisclosureId nondisclosure;
  Date reached_on;
  std::vector<Date> rest_days;
  std::vector<Date> work_days;
  template <class C = RescindPolicy>
  static constexpr auto fields() {
    return std::tuple{field("nondisclosure", &C::nondisclosure),
                      field("reached_on", &C::reached_on), field("rest_days", &C::rest_days),
                      field("work_days", &C::work_days)};
  }
};

struct FreezePremium {
  static constexpr std::uint16_t kKind = 122;
  static constexpr std::string_view kName = "freeze_premium";
  domain::PolicyId policy;
  bool frozen = true;
  std::string reason;
  template <class C = FreezePremium>
  static constexpr auto fields() {
    return std::tuple{field("policy", &C::policy), field("frozen", &C::frozen),
                      field("reason", &C::reason)};
  }
};

struct FindNonDisclosure {
  static constexpr std::uint16_t kKind = 123;
  static constexpr std::string_view kName = "find_non_disclosure";
  domain::NonDisclosureFound found;
  template <class E = FindNonDisclosure>
  static constexpr auto fields() {
    return std::tuple{field("found", &E::found)};
  }
};

// shown_by and at are the house's to give.
struct ShowText {
  static constexpr std::uint16_t kKind = 124;
  static constexpr std::string_view kName = "show_text";
  domain::ShownText shown;
  template <class E = ShowText>
  static constexpr auto fields() {
    return std::tuple{field("shown", &E::shown)};
  }
};

// Members of a park under its master policy, all or none; the house gives the numbers. The terms
// are those of the wording and the product as it was sold.
inline constexpr std::size_t kCertificatesAtOnce = 500;
struct AddCertificates {
  static constexpr std::uint16_t kKind = 130;
  static constexpr std::string_view kName = "add_certificates";
  domain::PolicyId policy;
  domain::CertificateTerms terms;
  std::vector<domain::Certificate> certificates;
  template <class C = AddCertificates>
  static constexpr auto fields() {
    return std::tuple{field("policy", &C::policy), field("terms", &C::terms),
                      field("certificates", &C::certificates)};
  }
};

struct EndCertificate {
  static constexpr std::uint16_t kKind = 131;
  static constexpr std::string_view kName = "end_certificate";
  domain::PolicyId policy;
  std::uint32_t number = 0;
  Date on;  // first day without cover
  std::string reason;
  template <class C = EndCertificate>
  static constexpr auto fields() {
    return std::tuple{field("policy", &C::policy), field("number", &C::number), field("on", &C::on),
                      field("reason", &C::reason)};
  }
};

// Adds a record of facts to an incident that is not decided; of each item the newest counts.
struct RecordIncidentFacts {
  static constexpr std::uint16_t kKind = 136;
  static constexpr std::string_view kName = "record_incident_facts";
  domain::IncidentId incident;
  domain::IncidentFacts facts;
  template <class E = RecordIncidentFacts>
  static constexpr auto fields() {
    return std::tuple{field("incident", &E::incident), field("facts", &E::facts)};
  }
};

using CommandVariant = std::variant<
    OpenHouse, AppointActor, RegisterEnterprise, RecordFacts, RecordAssessment, PlaceOrder,
    RecordObservation, IssueQuote, ExplainClauses, BindPolicy, GrantSubsidyBudget, DecideSubsidy,
    ReceivePremium, ReportIncident, StateLoss, RecordCondition, AdjudicateClaim, ApproveClaim,
    PayClaim, CancelPolicy, LapsePolicy, IssueDocument, ErasePersonalData, PayOrder, PayRefund,
    PayInCapital, EarnPremium, WriteOffPremium, ReturnClaim, ReopenClaim, RelateIncident,
    RecoverClaim, WriteOffClaim, RecordDrill, EndorsePolicy, VoidEndorsement, ReinstatePolicy,
    RewritePolicy, ChooseRenewal, ProposeRules, PublishRules, RollBackRules, OverrideQuote,
    DecideReferral, SetSubjectivity, ClearSubjectivity, WaiveSubjectivity, FailSubjectivity,
    WithdrawQuote, RecordSubmission, SendSubmission, WithdrawSubmission, ProposeFacts,
    DecideProposal, ApplyInstrument, DecideInstrument, PayInstrument, ClawBackInstrument,
    AgreeInstalments, IssueInvoices, SendDunning, CloseMonth, SetAccumulationLimit, SetRiskUnitRule,
    SetCharges, CedeFacultative, LearnNonDisclosure, RescindPolicy, FreezePremium,
    FindNonDisclosure, ShowText, AddCertificates, EndCertificate, RecordIncidentFacts, RecordFiling,
    RecordLicence, ChangeConsent, AppointAdjuster>;

// Compiled once (command.cpp), like Event.
struct Command : CommandVariant {
  template <class Alternative>
  requires OneOf<Alternative, CommandVariant> Command(Alternative value);
  Command(const Command& other);
  Command(Command&& other) noexcept;
  Command& operator=(const Command& other);
  Command& operator=(Command&& other) noexcept;
  ~Command();
};

struct Envelope {
  domain::ActorName actor;
  std::string key;  // idempotency, 1 to 255 printable ASCII characters
  Command command;
  // What was asked for, where the command carries a result that was calculated from it at the edge:
  // then repeating the request is repeating the command. Empty: the command's own bytes say it.
  std::optional<Digest> request = {};
};

std::string_view command_name(const Command& command);
// The hash that a repetition under the same key must have: of the request, else of the command's
// bytes.
Digest input_digest(const Envelope& envelope);

// u16 kind and the encoded fields: what the input hash is over.
Bytes command_bytes(const Command& command);

}  // namespace anlan::house
