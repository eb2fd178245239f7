// House: the state of one house, the fold of its events. A value: equal journals give equal houses.
// It is the primary read model; decisions read it and nothing else.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/fields.h"
#include "base/seldom.h"
#include "domain/event.h"
#include "house/money_files.h"
#include "house/record.h"
#include "ledger/ledger.h"

namespace anlan::house {

struct EnterpriseFile {
  domain::Enterprise enterprise;
  std::optional<domain::Assessment> assessment;  // the newest
  std::vector<domain::OrderId> orders;
  std::vector<domain::QuoteId> quotes;
  std::vector<domain::PolicyId> policies;
  std::map<domain::FactName, Digest> papers = {};  // that a fact on file was confirmed from
  std::vector<domain::PolicyId> masters = {};      // of parks, under which it holds certificates
  domain::OrganisationName brought_by = {};        // of the actor who registered it
  bool operator==(const EnterpriseFile&) const = default;
};

struct OrderFile {
  domain::Order order;
  domain::ActorName sold_by;
  bool paid = false;
  std::vector<domain::Observation> observations;
  bool operator==(const OrderFile&) const = default;
};

// A version of the rules, put forward and, where a second person agreed, published.
struct RulesOnFile {
  domain::RulesProposed rules;
  domain::ActorName proposed_by;
  Instant proposed_at;
  bool published = false;
  domain::ActorName published_by;
  Instant published_at;
  bool operator==(const RulesOnFile&) const = default;
};

// What is filed of a product: as somebody recorded it with the regulator's paper, or as the first
// quote under a number fixed it.
struct FilingOnFile {
  domain::Filing filing;
  bool recorded = false;
  domain::ActorName by;
  Instant at;
  bool operator==(const FilingOnFile&) const = default;
};

struct LicenceOnFile {
  domain::LicenceRecorded licence;
  domain::ActorName by;
  Instant at;
  bool operator==(const LicenceOnFile&) const = default;
};

struct RollBackOnFile {
  domain::RulesRolledBack record;
  domain::ActorName by;
  Instant at;
  std::uint64_t seq = 0;
  bool operator==(const RollBackOnFile&) const = default;
};

// The rules of a house: every version, version n at place n - 1, and the one that is in force.
struct RulesFile {
  std::vector<RulesOnFile> versions;
  std::uint32_t in_force = 0;                   // 0: those of the program
  std::uint32_t before = 0;                     // in force immediately before
  std::vector<RollBackOnFile> roll_backs = {};  // oldest first, those that wait among them
  bool operator==(const RulesFile&) const = default;
};

struct OverrideOnFile {
  domain::QuoteOverridden record;
  domain::ActorName by;
  Instant at;
  std::uint64_t seq = 0;
  bool operator==(const OverrideOnFile&) const = default;
};

struct ReferralOnFile {
  domain::ReferralDecided record;
  domain::ActorName by;
  Instant at;
  std::uint64_t seq = 0;
  bool operator==(const ReferralOnFile&) const = default;
};

// What people decided about a quote.
struct DecisionFile {
  std::vector<OverrideOnFile> overrides;  // oldest first
  std::vector<ReferralOnFile> referrals;
  std::vector<domain::SubjectivityId> subjectivities;
  std::optional<domain::QuoteWithdrawn> withdrawn;
  std::optional<domain::PricedAgain> again =
      {};  // the newest, with evidence that cleared a condition
  bool operator==(const DecisionFile&) const = default;
};

struct SubjectivityFile {
  domain::Subjectivity subjectivity;
  domain::ActorName set_by;
  Instant set_at;
  domain::SubjectivityState state = domain::SubjectivityState::kOpen;  // as recorded
  domain::ClearedBy cleared_by = domain::ClearedBy::kPerson;
  std::string why;  // the reference or the reason of what closed it
  domain::ActorName closed_by;
  Instant closed_at;
  bool operator==(const SubjectivityFile&) const = default;
};

struct QuoteFile {
  domain::Quote quote;
  domain::ActorName issued_by;
  Instant issued_at;
  Alike<std::vector<domain::ExplainedClause>> explained;
  domain::PolicyId policy;  // 0: not bound
  Mostly<DecisionFile> decided;
  std::vector<domain::ShownText> shown = {};
  bool operator==(const QuoteFile&) const = default;
};

// Premium as it came in.
struct Receipt {
  domain::Payer payer = domain::Payer::kCustomer;
  Money amount;
  Instant at;
  bool operator==(const Receipt&) const = default;
};

struct EndorsementOnFile {
  domain::Endorsement endorsement;
  domain::ActorName by;
  Instant at;
  bool voided = false;
  std::string void_reason;
  domain::ActorName voided_by;
  Instant voided_at;
  bool operator==(const EndorsementOnFile&) const = default;
  template <class E = EndorsementOnFile>
  static constexpr auto fields() {
    return std::tuple{field("endorsement", &E::endorsement), field("recorded_by", &E::by),
                      field("recorded_at", &E::at),          field("voided", &E::voided),
                      field("void_reason", &E::void_reason), field("voided_by", &E::voided_by),
                      field("voided_at", &E::voided_at)};
  }
};

struct CertificateOnFile {
  domain::Certificate certificate;
  domain::ActorName by;
  Instant at;
  std::optional<Date> ended_on;  // first day without cover
  std::string end_reason;
  domain::ActorName ended_by;
  Instant ended_at;
  bool operator==(const CertificateOnFile&) const = default;
  Date until() const { return ended_on.value_or(certificate.until); }
  template <class C = CertificateOnFile>
  static constexpr auto fields() {
    return std::tuple{field("certificate", &C::certificate), field("recorded_by", &C::by),
                      field("recorded_at", &C::at),          field("ended_on", &C::ended_on),
                      field("end_reason", &C::end_reason),   field("ended_by", &C::ended_by),
                      field("ended_at", &C::ended_at)};
  }
};

// Days without cover between a lapse and its reinstatement.
struct CoverGap {
  Date from;
  Date until;
  bool operator==(const CoverGap&) const = default;
  template <class E = CoverGap>
  static constexpr auto fields() {
    return std::tuple{field("from", &E::from), field("until", &E::until)};
  }
};

// The premium of one payer. Always: earned + unearned + returned + waived = written, where unearned
// is what is left, and zero after an early end.
struct PayerBook {
  Money written;  // of the whole period, as the endorsements leave it
  Money earned;
  Money returned;     // unearned at an early end, and paid before: it goes back
  Money waived;       // unearned at an early end, and not paid
  Money refunded;     // paid back, for whatever reason
  Money written_off;  // of what was earned
  bool operator==(const PayerBook&) const = default;
};

// What was written from a moment on.
struct WrittenAt {
  Instant at;
  Money customer;
  Money whole;
  bool operator==(const WrittenAt&) const = default;
};

// The insurer took no premium; without an end while it does not.
struct PremiumFreeze {
  Instant from;
  std::optional<Instant> until;
  bool operator==(const PremiumFreeze&) const = default;
};

// What becomes of a policy on its way; most live their year without any of it.
struct PolicyChanges {
  std::vector<EndorsementOnFile> endorsements;  // number n stands at place n - 1
  std::vector<CoverGap> gaps;
  std::vector<domain::PolicyLapsed> lapses;  // those that were undone
  std::vector<Receipt> refunds;
  domain::RenewalChoice renewal = domain::RenewalChoice::kManual;
  std::string renewal_reason;
  domain::ActorName renewal_by;
  Instant renewal_at;
  std::vector<CertificateOnFile> certificates = {};  // number n stands at place n - 1
  bool operator==(const PolicyChanges&) const = default;
};

// The life of a policy between its bind and its end (house/life.h).
struct PolicyLife {
  Mostly<PolicyChanges> changes;
  PayerBook customer;
  PayerBook government;
  Date earned_until;               // the first day that is not earned
  std::vector<WrittenAt> history;  // first: at the bind
  bool operator==(const PolicyLife&) const = default;
};

struct PolicyFile {
  domain::Policy policy;
  domain::ActorName bound_by;
  Instant bound_at;
  std::optional<domain::SubsidyDecided> subsidy;
  Instant subsidy_at;  // when it was decided
  // What each owes in all, paid or not: what is written for it, less what was waived when the
  // policy ended early, and what was written off.
  Money customer_due;
  Money government_due;
  Money customer_paid;
  Money government_paid;
  std::vector<Receipt> receipts;  // in the order in which they were recorded
  std::vector<domain::IncidentId> incidents;
  std::vector<domain::ClaimId> claims;  // in the order of the decisions: the year's erosion
  Seldom<domain::PolicyCancelled> cancelled;
  Seldom<domain::PolicyLapsed> lapsed;
  PolicyMoney money;
  std::vector<domain::DocumentIssued> documents;
  PolicyLife life;
  bool premium_frozen = false;  // nothing is taken while a rescission is weighed
  std::vector<PremiumFreeze> freezes = {};
  std::vector<domain::NonDisclosureId> nondisclosures = {};
  bool operator==(const PolicyFile&) const = default;
};

// A condition as somebody recorded it. A correction takes the place of the records before it.
struct ConditionOnFile {
  domain::ConditionMet condition;
  domain::ActorName by;
  Instant at;
  bool correct = false;
  std::uint64_t seq = 0;
  bool operator==(const ConditionOnFile&) const = default;
  template <class C = ConditionOnFile>
  static constexpr auto fields() {
    return std::tuple{field("condition", &C::condition), field("recorded_by", &C::by),
                      field("recorded_at", &C::at), field("correct", &C::correct),
                      field("seq", &C::seq)};
  }
};

// A record of facts of an incident, as somebody made it.
struct FactsOnFile {
  domain::IncidentFacts facts;
  domain::ActorName by;
  Instant at;
  std::uint64_t seq = 0;
  bool operator==(const FactsOnFile&) const = default;
  template <class F = FactsOnFile>
  static constexpr auto fields() {
    return std::tuple{field("facts", &F::facts), field("recorded_by", &F::by),
                      field("recorded_at", &F::at), field("seq", &F::seq)};
  }
};

struct IncidentFile {
  domain::Incident incident;
  domain::ActorName reported_by;
  Instant reported_at;
  std::optional<domain::LossStatement> loss;  // the newest
  std::vector<domain::ActorName> stated_by;   // whoever stated any loss of it, each once
  std::vector<ConditionOnFile> conditions;    // every record, oldest first
  domain::ClaimId claim;                      // 0: not decided; a part is decided with its first
  std::vector<domain::IncidentId> parts;      // later incidents of the same root cause
  bool joined = false;                  // made a part of another after it had been reported apart
  std::vector<FactsOnFile> facts = {};  // every record, oldest first
  std::vector<domain::OrganisationName> adjusters = {};  // appointed to it, oldest first
  bool operator==(const IncidentFile&) const = default;
};

// A final decision with what it takes of the aggregate limit, and who made it final: what stands
// again when the one that was to replace it is sent back.
struct PastDecision {
  domain::ClaimDecision decision;
  Money aggregate_used;
  domain::ClaimState state = domain::ClaimState::kApproved;  // before it was reopened
  domain::ActorName adjudicator;
  domain::ActorName approver;
  Instant adjudicated_at;
  Instant approved_at;
  bool operator==(const PastDecision&) const = default;
};

// Why a claim was sent back or taken up again, by whom and when.
struct ClaimTurn {
  domain::ClaimState to = domain::ClaimState::kReturned;
  std::string reason;
  domain::ActorName by;
  Instant at;
  bool operator==(const ClaimTurn&) const = default;
};

struct ClaimFile {
  domain::ClaimDecision decision;  // the newest; a returned one falls back to the one before it
  Money aggregate_used;            // by `decision`
  bool stands = false;             // `decision` was approved
  domain::ClaimState state = domain::ClaimState::kAdjudicated;
  domain::ClaimState reopened_from = domain::ClaimState::kApproved;  // of a claim once reopened
  domain::ActorName adjudicator;
  domain::ActorName approver;
  domain::ActorName payer;
  Instant adjudicated_at;
  Instant approved_at;
  Instant paid_at;  // of a claim with nothing left to pay: when that was approved
  domain::PostingId reserve;
  Money paid;         // in all, less what came back; never more than once the same loss
  Money reversed;     // of it, what later decisions took back: owed to the house by who received it
  Money written_off;  // of `reversed`, what will not come back
  Money recovered;    // what came back
  std::vector<PastDecision> earlier;  // final ones that a reopening replaced, oldest first
  std::vector<ClaimTurn> turns;
  bool operator==(const ClaimFile&) const = default;
};

struct DrillFile {
  domain::DrillRecord drill;
  domain::ActorName recorded_by;
  Instant recorded_at;
  bool operator==(const DrillFile&) const = default;
};

struct SubmissionFile {
  domain::Submission submission;
  domain::ActorName recorded_by;
  Instant recorded_at;
  std::optional<domain::SubmissionSent> sent;
  domain::ActorName sent_by;
  Instant sent_at;
  std::optional<domain::SubmissionWithdrawn> withdrawn;
  bool operator==(const SubmissionFile&) const = default;
};

struct ProposalFile {
  domain::FactProposal proposal;
  domain::ActorName proposed_by;
  Instant proposed_at;
  std::vector<domain::ProposedState> states;  // of each item
  std::vector<domain::ActorName> decided_by;  // of each item; empty: nobody yet
  bool operator==(const ProposalFile&) const = default;
};

// What a person found, who and when.
template <class T>
struct FoundBy {
  T value = {};
  domain::ActorName by;
  Instant at;
  bool operator==(const FoundBy&) const = default;
};

// An untrue answer that the insurer knows of, with the newest finding of each kind.
struct NonDisclosureFile {
  domain::NonDisclosure nondisclosure;
  Instant recorded_at;
  std::optional<FoundBy<domain::StateOfMind>> state_of_mind;
  std::optional<FoundBy<bool>> material;
  std::map<domain::IncidentId, FoundBy<bool>> bore_on;
  std::optional<domain::RescissionNoticed> rescinded;
  bool operator==(const NonDisclosureFile&) const = default;
};

struct KeyUse {
  Digest input;
  std::uint64_t first_seq = 0;
  std::uint64_t last_seq = 0;
  bool operator==(const KeyUse&) const = default;
};

// How the parts that are much the same from company to company are kept: by what differs.
struct KeptAlike {
  Models<std::size_t, std::vector<domain::Fact>> facts;  // by how many there are
  Models<Digest, std::vector<domain::Answer>> answers;   // by questionnaire, the rest by product
  Models<domain::ProductName, std::vector<domain::ControlState>> controls;
  Models<domain::ProductName, std::vector<domain::WalkLine>> walks;
  Models<domain::ProductName, std::vector<domain::WalkLine>> reversed_walks;
  Models<domain::ProductName, domain::LossResult> losses;
  Models<domain::ProductName, domain::JudgedRisk> judged;
  Models<domain::ProductName, std::vector<domain::FactName>> inferred;
  Models<domain::ProductName, std::vector<std::string>> to_explain;
  Models<domain::ProductName, std::vector<domain::ExplainedClause>> explained;
  bool operator==(const KeptAlike&) const = default;
};

struct House {
  std::optional<domain::HouseOpened> opening;
  std::map<domain::ActorName, domain::Actor> actors;
  std::map<domain::EnterpriseId, EnterpriseFile> enterprises;
  std::map<std::string, domain::EnterpriseId, std::less<>> enterprise_by_credit_code;
  std::map<domain::OrderId, OrderFile> orders;
  std::map<domain::QuoteId, QuoteFile> quotes;
  std::map<domain::PolicyId, PolicyFile> policies;
  std::map<domain::IncidentId, IncidentFile> incidents;
  std::map<domain::ClaimId, ClaimFile> claims;
  std::map<domain::DrillId, DrillFile> drills;
  RulesFile rules;
  std::map<domain::ProductName, std::vector<FilingOnFile>> filings;  // oldest first
  std::vector<LicenceOnFile> licences;                               // oldest first
  std::map<domain::SubjectivityId, SubjectivityFile> subjectivities;
  std::map<domain::SubmissionId, SubmissionFile> submissions;
  std::map<domain::FactProposalId, ProposalFile> proposals;
  std::map<domain::NonDisclosureId, NonDisclosureFile> nondisclosures;
  std::map<domain::SchemeName, std::uint64_t>
      subsidy_accounts;                           // owner number of the scheme's budget account
  std::vector<domain::DocumentIssued> documents;  // those that belong to no policy
  HouseMoney money;
  std::set<domain::SubjectId> erased;
  ledger::Ledger ledger;
  std::map<std::pair<domain::ActorName, std::string>, KeyUse> keys;
  // What the newest event moves and the events behind it must still say; empty between commands.
  std::deque<domain::Posting> owed;
  Head head;
  Instant last_at;
  KeptAlike alike;

  // Compiled once (house.cpp).
  House();
  House(const House& other);
  House(House&& other) noexcept;
  House& operator=(const House& other);
  House& operator=(House&& other) noexcept;
  ~House();
  bool operator==(const House& other) const;

  Currency currency() const { return opening ? opening->currency : Currency::kCny; }
  UtcOffset offset() const { return opening ? opening->offset : UtcOffset{}; }
};

// Look-ups: nullptr when there is none.
const EnterpriseFile* find_enterprise(const House& house, domain::EnterpriseId id);
const OrderFile* find_order(const House& house, domain::OrderId id);
const QuoteFile* find_quote(const House& house, domain::QuoteId id);
const PolicyFile* find_policy(const House& house, domain::PolicyId id);
const IncidentFile* find_incident(const House& house, domain::IncidentId id);
const ClaimFile* find_claim(const House& house, domain::ClaimId id);
const SubmissionFile* find_submission(const House& house, domain::SubmissionId id);
const ProposalFile* find_proposal(const House& house, domain::FactProposalId id);
const NonDisclosureFile* find_nondisclosure(const House& house, domain::NonDisclosureId id);

}  // namespace anlan::house
