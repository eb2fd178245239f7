#include "house/evolve.h"

#include <algorithm>

#include "base/check.h"
#include "house/books.h"
#include "house/views.h"

namespace anlan::house {
namespace {

using namespace domain;

template <class Map, class Key>
auto& at(Map& map, const Key& key) {
  const auto found = map.find(key);
  ANLAN_CHECK(found != map.end());
  return found->second;
}

// A newer fact replaces the older of its name; new names go to the end.
void merge_facts(std::vector<Fact>& facts, const std::vector<Fact>& newer) {
  for (const Fact& fact : newer) {
    bool replaced = false;
    for (Fact& known : facts) {
      if (known.name != fact.name) continue;
      known = fact;
      replaced = true;
    }
    if (!replaced) facts.push_back(fact);
  }
}

// Nobody owes any more what was waived when the policy ended.
void waive(PolicyFile& file, const Refund& refund) {
  file.customer_due -= refund.customer_waived;
  file.government_due -= refund.government_waived;
}

struct Evolver {
  House& house;
  const EventContext& context;

  void operator()(const HouseOpened& e) const {
    ANLAN_CHECK(!house.opening);
    house.opening = e;
    house.actors[e.operator_actor.name] = e.operator_actor;
  }
  void operator()(const ActorAppointed& e) const { house.actors[e.actor.name] = e.actor; }
  void operator()(const EnterpriseRegistered& e) const {
    house.enterprises[e.enterprise.id].enterprise = e.enterprise;
    house.enterprise_by_credit_code[e.enterprise.credit_code] = e.enterprise.id;
  }
  void operator()(const FactsRecorded& e) const {
    merge_facts(at(house.enterprises, e.enterprise).enterprise.facts, e.facts);
  }
  void operator()(const AssessmentRecorded& e) const {
    at(house.enterprises, e.assessment.enterprise).assessment = e.assessment;
  }
  void operator()(const OrderPlaced& e) const {
    house.orders[e.order.id] =
        OrderFile{.order = e.order, .sold_by = context.actor, .paid = false, .observations = {}};
    at(house.enterprises, e.order.enterprise).orders.push_back(e.order.id);
  }
  void operator()(const OrderPaid& e) const { at(house.orders, e.order).paid = true; }
  void operator()(const ObservationRecorded& e) const {
    at(house.orders, e.observation.order).observations.push_back(e.observation);
  }
  void operator()(const QuoteIssued& e) const {
    QuoteFile& file = house.quotes[e.quote.id];
    file.quote = e.quote;
    file.issued_by = context.actor;
    file.issued_at = context.at;
    at(house.enterprises, e.quote.enterprise).quotes.push_back(e.quote.id);
  }
  void operator()(const ClauseExplained& e) const {
    at(house.quotes, e.quote).explained.push_back(e.evidence);
  }
  void operator()(const PolicyBound& e) const {
    PolicyFile& file = house.policies[e.policy.id];
    file.policy = e.policy;
    file.bound_by = context.actor;
    file.bound_at = context.at;
    const Money none = Money::zero(e.policy.premium.currency());
    file.customer_due = e.policy.customer_part;
    file.government_due = e.policy.subsidy_part;
    file.customer_paid = none;
    file.government_paid = none;
    at(house.quotes, e.policy.quote).policy = e.policy.id;
    at(house.enterprises, e.policy.enterprise).policies.push_back(e.policy.id);
  }
  void operator()(const SubsidyBudgetGranted& e) const {
    house.subsidy_accounts.emplace(e.scheme, context.seq);  // the first grant names the account
  }
  void operator()(const SubsidyDecided& e) const {
    PolicyFile& file = at(house.policies, e.policy);
    file.subsidy = e;
    file.subsidy_at = context.at;
    if (e.granted) return;
    file.customer_due += file.government_due;  // the customer owes what nobody subsidises
    file.government_due = Money::zero(file.government_due.currency());
  }
  void operator()(const PremiumReceived& e) const {
    PolicyFile& file = at(house.policies, e.policy);
    file.receipts.push_back({.payer = e.payer, .amount = e.amount, .at = context.at});
    switch (e.payer) {
      case Payer::kCustomer:
        file.customer_paid += e.amount;
        break;
      case Payer::kGovernment:
        file.government_paid += e.amount;
        break;
    }
  }
  void operator()(const IncidentReported& e) const {
    IncidentFile& file = house.incidents[e.incident.id];
    file.incident = e.incident;
    file.reported_by = context.actor;
    file.reported_at = context.at;
    at(house.policies, e.incident.policy).incidents.push_back(e.incident.id);
    if (e.incident.related_to.exists())
      at(house.incidents, e.incident.related_to).parts.push_back(e.incident.id);
  }
  void operator()(const LossStated& e) const {
    IncidentFile& file = at(house.incidents, e.statement.incident);
    file.loss = e.statement;
    if (std::find(file.stated_by.begin(), file.stated_by.end(), context.actor) ==
        file.stated_by.end())
      file.stated_by.push_back(context.actor);
  }
  void operator()(const ConditionRecorded& e) const {
    at(house.incidents, e.condition.incident)
        .conditions.push_back({.condition = e.condition,
                               .by = context.actor,
                               .at = context.at,
                               .correct = e.correct,
                               .seq = context.seq});
  }
  void operator()(const IncidentRelated& e) const {
    IncidentFile& file = at(house.incidents, e.incident);
    file.incident.related_to = e.first;
    file.joined = true;
    at(house.incidents, e.first).parts.push_back(e.incident);
  }
  // A claim that is decided again keeps its number and goes to the end of the policy's decisions.
  void operator()(const ClaimAdjudicated& e) const {
    PolicyFile& policy = at(house.policies, e.decision.policy);
    const Money none = Money::zero(policy.policy.premium.currency());
    const auto [place, first] = house.claims.try_emplace(e.decision.id);
    ClaimFile& file = place->second;
    if (first) {
      file.paid = file.reversed = file.written_off = file.recovered = none;
    } else if (file.stands) {
      file.earlier.push_back({.decision = file.decision,
                              .aggregate_used = file.aggregate_used,
                              .state = file.reopened_from,
                              .adjudicator = file.adjudicator,
                              .approver = file.approver,
                              .adjudicated_at = file.adjudicated_at,
                              .approved_at = file.approved_at});
    }
    file.stands = false;
    std::erase(policy.claims, e.decision.id);
    const std::optional<Money>& left = e.decision.settlement.aggregate_left;
    file.aggregate_used = left ? aggregate_left(house, policy) - *left : none;
    file.decision = e.decision;
    file.state = ClaimState::kAdjudicated;
    file.adjudicator = context.actor;
    file.adjudicated_at = context.at;
    at(house.incidents, e.decision.incident).claim = e.decision.id;
    policy.claims.push_back(e.decision.id);
  }
  // What was decided before, if anything was, stands again; a first decision is as if never made.
  void operator()(const ClaimReturned& e) const {
    ClaimFile& file = at(house.claims, e.claim);
    take_turn(file, ClaimState::kReturned, e.reason);
    if (file.earlier.empty()) {
      std::erase(at(house.policies, file.decision.policy).claims, e.claim);
      return;
    }
    PastDecision& past = file.earlier.back();
    file.decision = std::move(past.decision);
    file.aggregate_used = past.aggregate_used;
    file.state = past.state;
    file.adjudicator = past.adjudicator;
    file.approver = past.approver;
    file.adjudicated_at = past.adjudicated_at;
    file.approved_at = past.approved_at;
    file.earlier.pop_back();
    file.stands = true;
  }
  void operator()(const ClaimReopened& e) const {
    ClaimFile& file = at(house.claims, e.claim);
    file.reopened_from = file.state;
    take_turn(file, ClaimState::kReopened, e.reason);
  }
  void operator()(const ClaimApproved& e) const {
    ClaimFile& file = at(house.claims, e.claim);
    const bool denied = file.decision.outcome == ClaimOutcome::kDenied;
    const bool settled = file.paid >= file.decision.payable;
    file.state = denied ? ClaimState::kDenied : settled ? ClaimState::kPaid : ClaimState::kApproved;
    file.stands = true;
    file.reversed = overpaid(file);
    file.written_off = std::min(file.written_off, file.reversed);
    file.approver = context.actor;
    file.approved_at = context.at;
  }
  void operator()(const ClaimPaid& e) const {
    ClaimFile& file = at(house.claims, e.claim);
    file.state = ClaimState::kPaid;
    file.paid += e.amount;
    file.payer = context.actor;
    file.paid_at = context.at;
  }
  void operator()(const ClaimRecovered& e) const {
    ClaimFile& file = at(house.claims, e.claim);
    file.paid -= e.amount;
    file.reversed -= e.amount;
    file.recovered += e.amount;
  }
  void operator()(const ClaimWrittenOff& e) const {
    at(house.claims, e.claim).written_off += e.amount;
  }
  void operator()(const PolicyCancelled& e) const {
    PolicyFile& file = at(house.policies, e.policy);
    file.cancelled = e;
    waive(file, e.refund);
  }
  void operator()(const PolicyLapsed& e) const {
    PolicyFile& file = at(house.policies, e.policy);
    file.lapsed = e;
    waive(file, e.refund);
  }
  void operator()(const PremiumWrittenOff& e) const {
    PolicyFile& file = at(house.policies, e.policy);
    (e.payer == Payer::kCustomer ? file.customer_due : file.government_due) -= e.amount;
  }
  void operator()(const PremiumEarned&) const {}  // the ledger holds what was earned
  void operator()(const CapitalPaidIn&) const {}  // and what was paid in
  void operator()(const RefundPaid& e) const { at(house.policies, e.policy).refund_paid = true; }
  void operator()(const DocumentIssued& e) const {
    (e.policy.exists() ? at(house.policies, e.policy).documents : house.documents).push_back(e);
  }
  void operator()(const DrillRecorded& e) const {
    house.drills[e.drill.id] = {
        .drill = e.drill, .recorded_by = context.actor, .recorded_at = context.at};
  }
  void operator()(const NonDisclosureLearned& e) const {
    NonDisclosureFile& file = house.nondisclosures[e.nondisclosure.id];
    file.nondisclosure = e.nondisclosure;
    file.recorded_at = context.at;
    at(house.policies, e.nondisclosure.policy).nondisclosures.push_back(e.nondisclosure.id);
  }
  void operator()(const NonDisclosureFound& e) const {
    NonDisclosureFile& file = at(house.nondisclosures, e.nondisclosure);
    if (e.state_of_mind)
      file.state_of_mind = {.value = *e.state_of_mind, .by = context.actor, .at = context.at};
    if (e.material) file.material = {.value = *e.material, .by = context.actor, .at = context.at};
    if (e.bore_on_incident) {
      file.bore_on[e.incident] = {
          .value = *e.bore_on_incident, .by = context.actor, .at = context.at};
    }
  }
  void operator()(const PremiumFrozen& e) const {
    at(house.policies, e.policy).premium_frozen = e.frozen;
  }
  void operator()(const RescissionNoticed& e) const {
    at(house.nondisclosures, e.nondisclosure).rescinded = e;
    at(house.policies, e.policy).premium_frozen = false;  // there is no right left to give up
  }
  void operator()(const TextShown& e) const {
    at(house.quotes, e.shown.quote).shown.push_back(e.shown);
  }
  void operator()(const PersonalDataErased& e) const { house.erased.insert(e.subject); }
  void operator()(const MoneyPosted& e) const {
    house.ledger.post(e.posting);
    if (!house.owed.empty()) house.owed.erase(house.owed.begin());
    // A claim keeps the number of its reserve, so that payment and release find it.
    if (e.posting.kind != PostingKind::kReserve ||
        e.posting.credit.kind != AccountKind::kClaimsPayable)
      return;
    at(house.claims, ClaimId{e.posting.credit.owner}).reserve = e.posting.id;
  }

  void take_turn(ClaimFile& file, ClaimState to, const std::string& reason) const {
    file.state = to;
    file.turns.push_back({.to = to, .reason = reason, .by = context.actor, .at = context.at});
  }
};

template <class Map, class Key>
auto find_in(const Map& map, const Key& key) -> const typename Map::mapped_type* {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

}  // namespace

void evolve(House& house, const EventContext& context, const domain::Event& event) {
  std::vector<Posting> owed = postings_of(house, context, event);
  std::visit(Evolver{house, context}, event);
  if (!owed.empty()) house.owed = std::move(owed);
}

const EnterpriseFile* find_enterprise(const House& house, EnterpriseId id) {
  return find_in(house.enterprises, id);
}
const OrderFile* find_order(const House& house, OrderId id) { return find_in(house.orders, id); }
const QuoteFile* find_quote(const House& house, QuoteId id) { return find_in(house.quotes, id); }
const PolicyFile* find_policy(const House& house, PolicyId id) {
  return find_in(house.policies, id);
}
const IncidentFile* find_incident(const House& house, IncidentId id) {
  return find_in(house.incidents, id);
}
const ClaimFile* find_claim(const House& house, ClaimId id) { return find_in(house.claims, id); }
const NonDisclosureFile* find_nondisclosure(const House& house, NonDisclosureId id) {
  return find_in(house.nondisclosures, id);
}

}  // namespace anlan::house
