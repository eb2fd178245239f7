// Events: what happened, in the past tense. A house is the fold of its events (house/evolve.h).
//
// (kKind, kVersion) is frozen with its layout by tests/golden; a change adds a version and an
// upcaster (docs/JOURNAL.md). No event carries a float, and none carries personal data.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/fields.h"
#include "base/one_of.h"
#include "domain/accumulation.h"
#include "domain/certificate.h"
#include "domain/charges.h"
#include "domain/claim.h"
#include "domain/control.h"
#include "domain/disclosure.h"
#include "domain/drill.h"
#include "domain/endorsement.h"
#include "domain/enterprise.h"
#include "domain/event_sale.h"
#include "domain/fact_proposal.h"
#include "domain/filing.h"
#include "domain/incident.h"
#include "domain/incident_facts.h"
#include "domain/instalment.h"
#include "domain/instrument.h"
#include "domain/month.h"
#include "domain/party.h"
#include "domain/policy.h"
#include "domain/posting.h"
#include "domain/protection.h"
#include "domain/quote.h"
#include "domain/referral.h"
#include "domain/rules.h"
#include "domain/subjectivity.h"
#include "domain/submission.h"

namespace anlan::domain {

struct PolicyBound {
  static constexpr std::uint16_t kKind = 10;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "policy_bound";
  Policy policy;
  bool operator==(const PolicyBound&) const = default;
  template <class E = PolicyBound>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy)};
  }
};

struct SubsidyBudgetGranted {
  static constexpr std::uint16_t kKind = 11;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "subsidy_budget_granted";
  SchemeName scheme;
  Money amount;
  bool operator==(const SubsidyBudgetGranted&) const = default;
  template <class E = SubsidyBudgetGranted>
  static constexpr auto fields() {
    return std::tuple{field("scheme", &E::scheme), field("amount", &E::amount)};
  }
};

struct SubsidyDecided {
  static constexpr std::uint16_t kKind = 12;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "subsidy_decided";
  PolicyId policy;
  SchemeName scheme;
  bool granted = false;
  Money amount;
  std::string reason;
  bool operator==(const SubsidyDecided&) const = default;
  template <class E = SubsidyDecided>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("scheme", &E::scheme),
                      field("granted", &E::granted), field("amount", &E::amount),
                      field("reason", &E::reason)};
  }
};

struct PremiumReceived {
  static constexpr std::uint16_t kKind = 13;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "premium_received";
  PolicyId policy;
  Payer payer = Payer::kCustomer;
  Money amount;
  bool operator==(const PremiumReceived&) const = default;
  template <class E = PremiumReceived>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("payer", &E::payer),
                      field("amount", &E::amount)};
  }
};

struct IncidentReported {
  static constexpr std::uint16_t kKind = 14;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "incident_reported";
  Incident incident;
  bool operator==(const IncidentReported&) const = default;
  template <class E = IncidentReported>
  static constexpr auto fields() {
    return std::tuple{field("incident", &E::incident)};
  }
};

struct LossStated {
  static constexpr std::uint16_t kKind = 15;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "loss_stated";
  LossStatement statement;
  bool operator==(const LossStated&) const = default;
  template <class E = LossStated>
  static constexpr auto fields() {
    return std::tuple{field("statement", &E::statement)};
  }
};

struct ConditionRecorded {
  static constexpr std::uint16_t kKind = 16;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "condition_recorded";
  ConditionMet condition;
  bool correct = false;  // takes the place of what was recorded of this condition before
  bool operator==(const ConditionRecorded&) const = default;
  template <class E = ConditionRecorded>
  static constexpr auto fields() {
    return std::tuple{field("condition", &E::condition), field("correct", &E::correct)};
  }
};

struct ClaimAdjudicated {
  static constexpr std::uint16_t kKind = 17;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "claim_adjudicated";
  ClaimDecision decision;
  bool operator==(const ClaimAdjudicated&) const = default;
  template <class E = ClaimAdjudicated>
  static constexpr auto fields() {
    return std::tuple{field("decision", &E::decision)};
  }
};

struct ClaimApproved {
  static constexpr std::uint16_t kKind = 18;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "claim_approved";
  ClaimId claim;
  bool operator==(const ClaimApproved&) const = default;
  template <class E = ClaimApproved>
  static constexpr auto fields() {
    return std::tuple{field("claim", &E::claim)};
  }
};

struct ClaimPaid {
  static constexpr std::uint16_t kKind = 19;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "claim_paid";
  ClaimId claim;
  Money amount;
  bool operator==(const ClaimPaid&) const = default;
  template <class E = ClaimPaid>
  static constexpr auto fields() {
    return std::tuple{field("claim", &E::claim), field("amount", &E::amount)};
  }
};

struct PolicyCancelled {
  static constexpr std::uint16_t kKind = 20;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "policy_cancelled";
  PolicyId policy;
  Date on;  // first day without cover
  Refund refund;
  std::string reason;
  bool operator==(const PolicyCancelled&) const = default;
  template <class E = PolicyCancelled>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("on", &E::on), field("refund", &E::refund),
                      field("reason", &E::reason)};
  }
};

struct PolicyLapsed {
  static constexpr std::uint16_t kKind = 21;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "policy_lapsed";
  PolicyId policy;
  Date on;  // first day without cover
  Money unpaid;
  Refund refund;
  bool operator==(const PolicyLapsed&) const = default;
  template <class E = PolicyLapsed>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("on", &E::on), field("unpaid", &E::unpaid),
                      field("refund", &E::refund)};
  }
};

struct MoneyPosted {
  static constexpr std::uint16_t kKind = 22;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "money_posted";
  Posting posting;
  bool operator==(const MoneyPosted&) const = default;
  template <class E = MoneyPosted>
  static constexpr auto fields() {
    return std::tuple{field("posting", &E::posting)};
  }
};

// A signed document left the house: its digest, the signature over it, and the head that it
// carries.
// What a signed document is.
enum class DocumentKind : std::uint8_t {
  kRecord = 1,       // the policy as a signed JSON file
  kPolicy = 2,       // pages: the schedule and the whole wording
  kSchedule = 3,     // pages: the schedule alone
  kCertificate = 4,  // pages: that there is cover
  kDecision = 5,     // pages: the decision on a claim
  kQuote = 6,        // pages: an offer, or why there is none
  kModelCard = 7,    // pages: what the loss model is held against
};
constexpr auto enum_names(DocumentKind*) {
  using K = DocumentKind;
  return std::array{
      EnumName<K>{K::kRecord, "record"},     EnumName<K>{K::kPolicy, "policy"},
      EnumName<K>{K::kSchedule, "schedule"}, EnumName<K>{K::kCertificate, "certificate"},
      EnumName<K>{K::kDecision, "decision"}, EnumName<K>{K::kQuote, "quote"},
      EnumName<K>{K::kModelCard, "card"}};
}

inline constexpr std::size_t kDocumentNumberMax = 64;  // bytes; it stands in a QR code

struct DocumentIssued {
  static constexpr std::uint16_t kKind = 23;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "document_issued";
  DocumentKind kind = DocumentKind::kRecord;
  std::string number;  // of the document: what it speaks of / the seq of the head
  PolicyId policy;     // none for a quote and a model card
  Digest content;
  Bytes signature;  // Ed25519, 64 bytes
  std::uint64_t head_seq = 0;
  Digest head_chain;
  bool operator==(const DocumentIssued&) const = default;
  template <class E = DocumentIssued>
  static constexpr auto fields() {
    return std::tuple{field("kind", &E::kind),
                      field("number", &E::number),
                      field("policy", &E::policy),
                      field("content", &E::content),
                      field("signature", &E::signature),
                      field("head_seq", &E::head_seq),
                      field("head_chain", &E::head_chain)};
  }
};

struct PersonalDataErased {
  static constexpr std::uint16_t kKind = 24;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "personal_data_erased";
  SubjectId subject;
  std::string reason;
  bool operator==(const PersonalDataErased&) const = default;
  template <class E = PersonalDataErased>
  static constexpr auto fields() {
    return std::tuple{field("subject", &E::subject), field("reason", &E::reason)};
  }
};

// The order's price was paid through to the vendor: a contract of its own.
struct OrderPaid {
  static constexpr std::uint16_t kKind = 25;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "order_paid";
  OrderId order;
  Money amount;
  bool operator==(const OrderPaid&) const = default;
  template <class E = OrderPaid>
  static constexpr auto fields() {
    return std::tuple{field("order", &E::order), field("amount", &E::amount)};
  }
};

struct RefundPaid {
  static constexpr std::uint16_t kKind = 26;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "refund_paid";
  PolicyId policy;
  Money to_customer;
  Money to_government;
  bool operator==(const RefundPaid&) const = default;
  template <class E = RefundPaid>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("to_customer", &E::to_customer),
                      field("to_government", &E::to_government)};
  }
};

// Owners' money, paid in.
struct CapitalPaidIn {
  static constexpr std::uint16_t kKind = 40;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "capital_paid_in";
  Money amount;
  bool operator==(const CapitalPaidIn&) const = default;
  template <class E = CapitalPaidIn>
  static constexpr auto fields() {
    return std::tuple{field("amount", &E::amount)};
  }
};

// Premium for the days up to `through`, that day included.
struct PremiumEarned {
  static constexpr std::uint16_t kKind = 41;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "premium_earned";
  Date through;
  std::vector<EarnedPremium> lines;
  bool operator==(const PremiumEarned&) const = default;
  template <class E = PremiumEarned>
  static constexpr auto fields() {
    return std::tuple{field("through", &E::through), field("lines", &E::lines)};
  }
};

// Premium that was earned, is owed and will not be paid.
struct PremiumWrittenOff {
  static constexpr std::uint16_t kKind = 42;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "premium_written_off";
  PolicyId policy;
  Payer payer = Payer::kCustomer;
  Money amount;
  std::string reason;
  bool operator==(const PremiumWrittenOff&) const = default;
  template <class E = PremiumWrittenOff>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("payer", &E::payer),
                      field("amount", &E::amount), field("reason", &E::reason)};
  }
};

// The decision was sent back: it binds nobody, and its reserve is released by a posting beside it.
struct ClaimReturned {
  static constexpr std::uint16_t kKind = 51;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "claim_returned";
  ClaimId claim;
  std::string reason;
  bool operator==(const ClaimReturned&) const = default;
  template <class E = ClaimReturned>
  static constexpr auto fields() {
    return std::tuple{field("claim", &E::claim), field("reason", &E::reason)};
  }
};

// A final claim is to be adjudicated again. What was decided stands until the next decision.
struct ClaimReopened {
  static constexpr std::uint16_t kKind = 52;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "claim_reopened";
  ClaimId claim;
  std::string reason;
  bool operator==(const ClaimReopened&) const = default;
  template <class E = ClaimReopened>
  static constexpr auto fields() {
    return std::tuple{field("claim", &E::claim), field("reason", &E::reason)};
  }
};

// Reported apart, and of the same root cause as `first`: from now on a part of it.
struct IncidentRelated {
  static constexpr std::uint16_t kKind = 53;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "incident_related";
  IncidentId incident;
  IncidentId first;
  bool operator==(const IncidentRelated&) const = default;
  template <class E = IncidentRelated>
  static constexpr auto fields() {
    return std::tuple{field("incident", &E::incident), field("first", &E::first)};
  }
};

// What was paid above a later decision came back.
struct ClaimRecovered {
  static constexpr std::uint16_t kKind = 54;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "claim_recovered";
  ClaimId claim;
  Money amount;
  bool operator==(const ClaimRecovered&) const = default;
  template <class E = ClaimRecovered>
  static constexpr auto fields() {
    return std::tuple{field("claim", &E::claim), field("amount", &E::amount)};
  }
};

// What was paid above a later decision will not come back.
struct ClaimWrittenOff {
  static constexpr std::uint16_t kKind = 55;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "claim_written_off";
  ClaimId claim;
  Money amount;
  std::string reason;
  bool operator==(const ClaimWrittenOff&) const = default;
  template <class E = ClaimWrittenOff>
  static constexpr auto fields() {
    return std::tuple{field("claim", &E::claim), field("amount", &E::amount),
                      field("reason", &E::reason)};
  }
};

// A tabletop exercise was held. What it evidences stands in the assessment recorded beside it.
struct DrillRecorded {
  static constexpr std::uint16_t kKind = 60;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "drill_recorded";
  DrillRecord drill;
  bool operator==(const DrillRecorded&) const = default;
  template <class E = DrillRecorded>
  static constexpr auto fields() {
    return std::tuple{field("drill", &E::drill)};
  }
};

// ---- rules, decisions and conditions of underwriting

// A rule file was put forward. The file stays with the house under its digest; the matrix stands
// here because decisions need it.
struct RulesProposed {
  static constexpr std::uint16_t kKind = 80;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "rules_proposed";
  std::uint32_t version = 0;  // from 1, in the order of the proposals
  Digest artefact;
  std::string note;
  std::vector<AuthorityRow> authority;
  bool decide_before_bind = false;  // a referred quote is bound only after a referral decision
  bool operator==(const RulesProposed&) const = default;
  template <class E = RulesProposed>
  static constexpr auto fields() {
    return std::tuple{field("version", &E::version), field("artefact", &E::artefact),
                      field("note", &E::note), field("authority", &E::authority),
                      field("decide_before_bind", &E::decide_before_bind)};
  }
};

// By somebody else than who proposed it: in force from here on.
struct RulesPublished {
  static constexpr std::uint16_t kKind = 81;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "rules_published";
  std::uint32_t version = 0;
  bool operator==(const RulesPublished&) const = default;
  template <class E = RulesPublished>
  static constexpr auto fields() {
    return std::tuple{field("version", &E::version)};
  }
};

// An earlier published version is in force again; 0: the rules of the program. Where it asks for a
// second person it waits for one, whose record confirms it.
struct RulesRolledBack {
  static constexpr std::uint16_t kKind = 82;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "rules_rolled_back";
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::string reason;
  std::uint64_t confirms = 0;  // record of the roll-back that this second person confirms; 0: none
  bool effective = false;      // else it waits for a second person
  bool operator==(const RulesRolledBack&) const = default;
  template <class E = RulesRolledBack>
  static constexpr auto fields() {
    return std::tuple{field("from", &E::from), field("to", &E::to), field("reason", &E::reason),
                      field("confirms", &E::confirms), field("effective", &E::effective)};
  }
};

// A person put another value in the place of what a rule or the price says.
struct QuoteOverridden {
  static constexpr std::uint16_t kKind = 83;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "quote_overridden";
  QuoteId quote;
  OverrideField field_changed = OverrideField::kFinding;
  std::string finding;  // its code; empty for the premium
  OverrideReason reason = OverrideReason::kEvidenceSeen;
  std::string justification;
  std::string before;  // "referred", or an amount "2800.00"
  std::string after;
  std::vector<RuleInput> inputs;  // of the rule
  Money premium;                  // what the quote offers from now on
  Money subsidy;
  Money customer_pays;
  std::uint64_t confirms = 0;  // record of the override that this second person confirms; 0: none
  bool effective = false;      // else it waits for a second person
  bool operator==(const QuoteOverridden&) const = default;
  template <class E = QuoteOverridden>
  static constexpr auto fields() {
    return std::tuple{field("quote", &E::quote),
                      field("field", &E::field_changed),
                      field("finding", &E::finding),
                      field("reason", &E::reason),
                      field("justification", &E::justification),
                      field("before", &E::before),
                      field("after", &E::after),
                      field("inputs", &E::inputs),
                      field("premium", &E::premium),
                      field("subsidy", &E::subsidy),
                      field("customer_pays", &E::customer_pays),
                      field("confirms", &E::confirms),
                      field("effective", &E::effective)};
  }
};

// The conditions are set by records beside it once it is effective.
struct ReferralDecided {
  static constexpr std::uint16_t kKind = 84;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "referral_decided";
  QuoteId quote;
  ReferralOutcome outcome = ReferralOutcome::kAccept;
  std::vector<std::string> reasons;
  std::vector<SubjectivityTerms> conditions;
  bool effective = false;  // else it waits for a second person of the same mind
  bool operator==(const ReferralDecided&) const = default;
  template <class E = ReferralDecided>
  static constexpr auto fields() {
    return std::tuple{field("quote", &E::quote), field("outcome", &E::outcome),
                      field("reasons", &E::reasons), field("conditions", &E::conditions),
                      field("effective", &E::effective)};
  }
};

struct SubjectivitySet {
  static constexpr std::uint16_t kKind = 85;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "subjectivity_set";
  Subjectivity subjectivity;
  bool operator==(const SubjectivitySet&) const = default;
  template <class E = SubjectivitySet>
  static constexpr auto fields() {
    return std::tuple{field("subjectivity", &E::subjectivity)};
  }
};

struct SubjectivityCleared {
  static constexpr std::uint16_t kKind = 86;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "subjectivity_cleared";
  SubjectivityId subjectivity;
  ClearedBy by = ClearedBy::kPerson;
  std::string reference;             // the evidence, or what the underwriter saw
  std::optional<PricedAgain> again;  // the quote with that evidence: bind accepts its inputs
  bool operator==(const SubjectivityCleared&) const = default;
  template <class E = SubjectivityCleared>
  static constexpr auto fields() {
    return std::tuple{field("subjectivity", &E::subjectivity), field("by", &E::by),
                      field("reference", &E::reference), field("again", &E::again)};
  }
};

struct SubjectivityWaived {
  static constexpr std::uint16_t kKind = 87;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "subjectivity_waived";
  SubjectivityId subjectivity;
  std::string reason;
  bool operator==(const SubjectivityWaived&) const = default;
  template <class E = SubjectivityWaived>
  static constexpr auto fields() {
    return std::tuple{field("subjectivity", &E::subjectivity), field("reason", &E::reason)};
  }
};

// Not met by its day: its consequence is proposed to a person, nothing is done by itself.
struct SubjectivityFailed {
  static constexpr std::uint16_t kKind = 88;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "subjectivity_failed";
  SubjectivityId subjectivity;
  SubjectivityEffect proposed = SubjectivityEffect::kAdvice;
  bool operator==(const SubjectivityFailed&) const = default;
  template <class E = SubjectivityFailed>
  static constexpr auto fields() {
    return std::tuple{field("subjectivity", &E::subjectivity), field("proposed", &E::proposed)};
  }
};

struct QuoteWithdrawn {
  static constexpr std::uint16_t kKind = 89;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "quote_withdrawn";
  QuoteId quote;
  std::string reason;
  bool operator==(const QuoteWithdrawn&) const = default;
  template <class E = QuoteWithdrawn>
  static constexpr auto fields() {
    return std::tuple{field("quote", &E::quote), field("reason", &E::reason)};
  }
};

// Somebody of the insurer learned that an answer was untrue: the clocks of art 16(3) run.
struct NonDisclosureLearned {
  static constexpr std::uint16_t kKind = 120;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "non_disclosure_learned";
  NonDisclosure nondisclosure;
  bool operator==(const NonDisclosureLearned&) const = default;
  template <class E = NonDisclosureLearned>
  static constexpr auto fields() {
    return std::tuple{field("nondisclosure", &E::nondisclosure)};
  }
};

// The notice of rescission reached the policyholder. The end of cover stands beside it.
struct RescissionNoticed {
  static constexpr std::uint16_t kKind = 121;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "rescission_noticed";
  NonDisclosureId nondisclosure;
  PolicyId policy;
  Date reached_on;
  // By how the last days of both periods were counted: public holidays, and worked weekends.
  std::vector<Date> rest_days;
  std::vector<Date> work_days;
  bool operator==(const RescissionNoticed&) const = default;
  template <class E = RescissionNoticed>
  static constexpr auto fields() {
    return std::tuple{field("nondisclosure", &E::nondisclosure), field("policy", &E::policy),
                      field("reached_on", &E::reached_on), field("rest_days", &E::rest_days),
                      field("work_days", &E::work_days)};
  }
};

// No premium of the policy is taken while the insurer weighs a rescission, or it is again.
struct PremiumFrozen {
  static constexpr std::uint16_t kKind = 122;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "premium_frozen";
  PolicyId policy;
  bool frozen = false;
  std::string reason;
  bool operator==(const PremiumFrozen&) const = default;
  template <class E = PremiumFrozen>
  static constexpr auto fields() {
    return std::tuple{field("policy", &E::policy), field("frozen", &E::frozen),
                      field("reason", &E::reason)};
  }
};

// A person's findings about an untrue answer; each replaces the finding before it.
struct NonDisclosureFound {
  static constexpr std::uint16_t kKind = 123;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "non_disclosure_found";
  NonDisclosureId nondisclosure;
  std::optional<StateOfMind> state_of_mind;
  std::optional<bool> material;  // the truth would have led to refusal, or to a higher price
  IncidentId incident;           // 0: no finding about one
  std::optional<bool> bore_on_incident;  // of `incident`
  std::string reason;
  bool operator==(const NonDisclosureFound&) const = default;
  template <class E = NonDisclosureFound>
  static constexpr auto fields() {
    return std::tuple{field("nondisclosure", &E::nondisclosure),
                      field("state_of_mind", &E::state_of_mind),
                      field("material", &E::material),
                      field("incident", &E::incident),
                      field("bore_on_incident", &E::bore_on_incident),
                      field("reason", &E::reason)};
  }
};

struct TextShown {
  static constexpr std::uint16_t kKind = 124;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "text_shown";
  ShownText shown;
  bool operator==(const TextShown&) const = default;
  template <class E = TextShown>
  static constexpr auto fields() {
    return std::tuple{field("shown", &E::shown)};
  }
};

// Everything that can be in a journal.
using EventVariant = std::variant<
    HouseOpened, ActorAppointed, EnterpriseRegistered, FactsRecorded, AssessmentRecorded,
    OrderPlaced, ObservationRecorded, QuoteIssued, ClauseExplained, PolicyBound,
    SubsidyBudgetGranted, SubsidyDecided, PremiumReceived, IncidentReported, LossStated,
    ConditionRecorded, ClaimAdjudicated, ClaimApproved, ClaimPaid, PolicyCancelled, PolicyLapsed,
    MoneyPosted, DocumentIssued, PersonalDataErased, OrderPaid, RefundPaid, CapitalPaidIn,
    PremiumEarned, PremiumWrittenOff, ClaimReturned, ClaimReopened, IncidentRelated, ClaimRecovered,
    ClaimWrittenOff, DrillRecorded, PolicyEndorsed, EndorsementVoided, PolicyReinstated,
    RenewalChosen, RulesProposed, RulesPublished, RulesRolledBack, QuoteOverridden, ReferralDecided,
    SubjectivitySet, SubjectivityCleared, SubjectivityWaived, SubjectivityFailed, QuoteWithdrawn,
    SubmissionRecorded, SubmissionSent, SubmissionWithdrawn, FactsProposed, ProposalDecided,
    InstrumentApplied, InstrumentDecided, InstrumentPaid, InstrumentClawedBack,
    InstalmentPlanAgreed, InvoiceIssued, DunningSent, MonthClosed, AccumulationLimitSet,
    RiskUnitRuleSet, ChargesSet, FacultativeCeded, NonDisclosureLearned, RescissionNoticed,
    PremiumFrozen, NonDisclosureFound, TextShown, CertificatesAdded, CertificateEnded,
    IncidentFactsRecorded, FilingRecorded, LicenceRecorded, ConsentChanged, AdjusterAppointed>;

// A class, not a name of the variant, so that copying, moving and destroying any of them is
// compiled once (event.cpp) and not again in each file that holds one.
struct Event : EventVariant {
  template <class Alternative>
  requires OneOf<Alternative, EventVariant> Event(Alternative value);
  Event(const Event& other);
  Event(Event&& other) noexcept;
  Event& operator=(const Event& other);
  Event& operator=(Event&& other) noexcept;
  ~Event();
  bool operator==(const Event& other) const;
};

}  // namespace anlan::domain
