// House: the state of one house, the fold of its events. A value: equal journals give equal houses.
// It is the primary read model; decisions read it and nothing else.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/fields.h"
#include "domain/event.h"
#include "house/record.h"
#include "ledger/ledger.h"

namespace anlan::house {

struct EnterpriseFile {
  domain::Enterprise enterprise;
  std::optional<domain::Assessment> assessment;  // the newest
  std::vector<domain::OrderId> orders;
  std::vector<domain::QuoteId> quotes;
  std::vector<domain::PolicyId> policies;
  bool operator==(const EnterpriseFile&) const = default;
};

struct OrderFile {
  domain::Order order;
  domain::ActorName sold_by;
  bool paid = false;
  std::vector<domain::Observation> observations;
  bool operator==(const OrderFile&) const = default;
};

struct QuoteFile {
  domain::Quote quote;
  domain::ActorName issued_by;
  Instant issued_at;
  std::vector<domain::ExplainedClause> explained;
  domain::PolicyId policy;  // 0: not bound
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

struct PolicyFile {
  domain::Policy policy;
  domain::ActorName bound_by;
  Instant bound_at;
  std::optional<domain::SubsidyDecided> subsidy;
  Instant subsidy_at;  // when it was decided
  // What each owes in all, paid or not: the customer its part, and the subsidy once that is
  // refused; less what was waived when the policy ended early, and what was written off.
  Money customer_due;
  Money government_due;
  Money customer_paid;
  Money government_paid;
  std::vector<Receipt> receipts;  // in the order in which they were recorded
  std::vector<domain::IncidentId> incidents;
  std::vector<domain::ClaimId> claims;  // in the order of the decisions: the year's erosion
  std::optional<domain::PolicyCancelled> cancelled;
  std::optional<domain::PolicyLapsed> lapsed;
  bool refund_paid = false;
  std::vector<domain::DocumentIssued> documents;
  bool premium_frozen = false;  // nothing is taken while a rescission is weighed
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
  static constexpr auto fields() {
    using C = ConditionOnFile;
    return std::tuple{field("condition", &C::condition), field("recorded_by", &C::by),
                      field("recorded_at", &C::at), field("correct", &C::correct),
                      field("seq", &C::seq)};
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
  bool joined = false;  // made a part of another after it had been reported apart
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
  Instant paid_at;
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
  std::map<domain::NonDisclosureId, NonDisclosureFile> nondisclosures;
  std::map<domain::SchemeName, std::uint64_t>
      subsidy_accounts;                           // owner number of the scheme's budget account
  std::vector<domain::DocumentIssued> documents;  // those that belong to no policy
  std::set<domain::SubjectId> erased;
  ledger::Ledger ledger;
  std::map<std::pair<domain::ActorName, std::string>, KeyUse> keys;
  // What the newest event moves and the events behind it must still say; empty between commands.
  std::vector<domain::Posting> owed;
  Head head;
  Instant last_at;
  bool operator==(const House&) const = default;

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
const NonDisclosureFile* find_nondisclosure(const House& house, domain::NonDisclosureId id);

}  // namespace anlan::house
