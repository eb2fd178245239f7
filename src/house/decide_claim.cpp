// From a reported incident to a paid claim.
#include <algorithm>

#include "claims/approve.h"
#include "house/access.h"
#include "house/decision.h"
#include "house/inputs.h"
#include "house/views.h"
#include "ledger/postings.h"

namespace anlan::house {

using namespace domain;

namespace {

bool to_be_adjudicated(ClaimState state) {
  return state == ClaimState::kReturned || state == ClaimState::kReopened;
}

const IncidentFile& first_of(const House& house, const IncidentFile& file) {
  if (!file.incident.related_to.exists()) return file;
  const IncidentFile* first = find_incident(house, file.incident.related_to);
  ANLAN_CHECK(first != nullptr);
  return *first;
}

// Not decided yet, or to be decided again.
Result<const IncidentFile*> need_open_incident(const Decision& decision, IncidentId id) {
  const IncidentFile* file = find_incident(decision.house(), id);
  if (!file) return refuse(refusals::kNotFound, "incident", to_text(id));
  const ClaimId claim = first_of(decision.house(), *file).claim;
  if (!claim.exists()) return file;
  if (to_be_adjudicated(find_claim(decision.house(), claim)->state)) return file;
  return refuse(refusals::kAlreadyDone, "incident", to_text(id),
                {{.name = "what", .value = to_text(claim)}});
}

Result<const ClaimFile*> need_any_claim(const Decision& decision, ClaimId id) {
  const ClaimFile* file = find_claim(decision.house(), id);
  if (file) return file;
  return refuse(refusals::kNotFound, "claim", to_text(id));
}

Result<const ClaimFile*> need_claim(const Decision& decision, ClaimId id, ClaimState state) {
  ANLAN_TRY(const ClaimFile* file, need_any_claim(decision, id));
  if (file->state != state) {
    return refuse(refusals::kWrongState, "claim", to_text(id),
                  {{.name = "state", .value = std::string(name_of(file->state))},
                   {.name = "needed", .value = std::string(name_of(state))}});
  }
  return file;
}

// A decision holds together: what is payable is what was settled, nothing of it above what claims
// left of the year's limit, and a claim is denied exactly when it pays nothing.
Result<Done> check_payable(const House& house, const ClaimDecision& claim, ClaimId known) {
  const Settlement& settled = claim.settlement;
  ANLAN_REQUIRE(check_amount(house, claim.payable, "claim.payable"));
  ANLAN_REQUIRE(check_amount(house, settled.paid_total, "claim.paid_total"));
  ANLAN_REQUIRE(check_amount(house, settled.mitigation_paid, "claim.mitigation_paid"));
  const bool sums = claim.payable == settled.paid_total + settled.mitigation_paid;
  const bool within =
      settled.paid_total <= aggregate_left(house, *find_policy(house, claim.policy), known);
  const bool denied = claim.outcome == ClaimOutcome::kDenied;
  if (settled.aggregate_left) {
    const Money before = aggregate_left(house, *find_policy(house, claim.policy), known);
    ANLAN_REQUIRE(check_amount(house, *settled.aggregate_left, "claim.aggregate_left"));
    if (*settled.aggregate_left > before) {
      return refuse(refusals::kInputsChanged, "claim.aggregate_left",
                    to_decimal(*settled.aggregate_left));
    }
  }
  if (sums && within && denied == claim.payable.is_zero()) return Done{};
  return refuse(refusals::kInputsChanged, "claim.payable", to_decimal(claim.payable));
}

claims::ClaimPeople people_of(const House& house, const ClaimFile& file) {
  claims::ClaimPeople people{.adjudicator = file.adjudicator};
  for (const IncidentFile* part :
       with_parts(house, *find_incident(house, file.decision.incident))) {
    people.reporters.push_back(part->reported_by);
    people.staters.insert(people.staters.end(), part->stated_by.begin(), part->stated_by.end());
  }
  return people;
}

Money stated_mitigation(const House& house, const ClaimFile& file) {
  Money sum = Money::zero(house.currency());
  for (const IncidentFile* part :
       with_parts(house, *find_incident(house, file.decision.incident))) {
    if (part->loss) sum += part->loss->mitigation;
  }
  return sum;
}

// Whether two incidents have one root cause is for the claims handler to say.
Result<Done> check_related(const Decision& decision, const Incident& incident) {
  if (!incident.related_to.exists()) return Done{};
  const House& house = decision.house();
  const IncidentFile* first = find_incident(house, incident.related_to);
  if (!first) return refuse(refusals::kNotFound, "related_to", to_text(incident.related_to));
  if (!has_role(decision.actor(), Role::kClaimsHandler)) {
    return refuse(refusals::kRoleMissing, "as", decision.actor().name.text,
                  {{.name = "command", .value = "report_incident"},
                   {.name = "roles", .value = std::string(name_of(Role::kClaimsHandler))}});
  }
  const Instant from = first->incident.occurred;
  const bool joins = first->incident.policy == incident.policy &&
                     !first->incident.related_to.exists() && incident.occurred >= from &&
                     incident.occurred <= plus_minutes(from, kRelatedHours * 60);
  if (joins) return Done{};
  return refuse(refusals::kNotRelated, "related_to", to_text(incident.related_to),
                {{.name = "hours", .value = std::to_string(kRelatedHours)},
                 {.name = "first", .value = to_text(from, house.offset())},
                 {.name = "occurred", .value = to_text(incident.occurred, house.offset())}});
}

// The interruption of one incident is stated once, from its beginning to its end.
Result<Done> check_interruption(const House& house, const LossStatement& statement) {
  if (!statement.interruption) return Done{};
  const IncidentFile& own = *find_incident(house, statement.incident);
  for (const IncidentFile* part : with_parts(house, first_of(house, own))) {
    if (part == &own || !part->loss || !part->loss->interruption) continue;
    return refuse(refusals::kInterruptionTwice, "interruption", to_text(part->incident.id));
  }
  return Done{};
}

Result<Done> release_reserve(Decision& decision, const ClaimFile& file, std::uint64_t business) {
  const Posting* reserve = decision.house().ledger.open_reserve(file.reserve);
  if (!reserve) return Done{};
  return decision.post(ledger::claim_reserve_released(*reserve), business);
}

// What was paid above the decision is owed back to the house: claims payable in debit.
Result<Done> post_reversal(Decision& decision, const ClaimFile& file, std::uint64_t business) {
  const Money none = Money::zero(file.paid.currency());
  const Money change = std::max(none, file.paid - file.decision.payable) - file.reversed;
  if (change.is_zero()) return Done{};
  Posting posting{
      .debit = {.kind = AccountKind::kClaimsPayable, .owner = file.decision.id.number},
      .credit = {.kind = AccountKind::kClaimsIncurred, .owner = file.decision.policy.number},
      .amount = change.is_negative() ? -change : change};
  if (change.is_negative()) std::swap(posting.debit, posting.credit);
  return decision.post({posting}, business);
}

}  // namespace

// A late notice is not refused: it costs only what it made undeterminable (Insurance Law art 21).
Result<Done> decide_claim(Decision& decision, const ReportIncident& command) {
  const Incident& incident = command.incident;
  if (incident.id.exists()) return refuse(refusals::kIdGiven, "incident.id");
  const PolicyFile* policy = find_policy(decision.house(), incident.policy);
  if (!policy) return refuse(refusals::kNotFound, "policy", to_text(incident.policy));
  const UtcOffset offset = decision.house().offset();
  if (incident.discovered < incident.occurred) {
    return refuse(anlan::refusals::kOutOfRange, "discovered", to_text(incident.discovered, offset),
                  {{.name = "min", .value = to_text(incident.occurred, offset)},
                   {.name = "max", .value = to_text(decision.context().at, offset)}});
  }
  if (incident.discovered > decision.context().at) {
    return refuse(refusals::kFutureTime, "discovered", to_text(incident.discovered, offset));
  }
  // One incident is reported once: the same peril at the same moment under the same policy is the
  // same.
  for (const IncidentId known : policy->incidents) {
    const Incident& other = find_incident(decision.house(), known)->incident;
    if (other.peril != incident.peril || other.occurred != incident.occurred) continue;
    return refuse(refusals::kAlreadyDone, "incident", to_text(incident.occurred, offset),
                  {{.name = "what", .value = to_text(known)}});
  }
  ANLAN_REQUIRE(check_related(decision, incident));
  IncidentReported event{.incident = incident};
  event.incident.id = IncidentId{decision.next_seq()};
  decision.add(std::move(event));
  return Done{};
}

Result<Done> decide_claim(Decision& decision, const StateLoss& command) {
  ANLAN_REQUIRE(need_open_incident(decision, command.statement.incident));
  const auto& statement = command.statement;
  if (statement.items.empty() && !statement.interruption && statement.mitigation.is_zero()) {
    return refuse(anlan::refusals::kEmptyList, "items");
  }
  ANLAN_REQUIRE(check_interruption(decision.house(), statement));
  ANLAN_REQUIRE(check_amount(decision.house(), statement.mitigation, "mitigation"));
  for (const LossItem& item : statement.items) {
    ANLAN_REQUIRE(check_amount(decision.house(), item.amount, "items.amount"));
    ANLAN_REQUIRE(check_amount(decision.house(), item.betterment, "items.betterment"));
  }
  decision.add(LossStated{.statement = statement});
  return Done{};
}

Result<Done> decide_claim(Decision& decision, const RecordCondition& command) {
  ANLAN_TRY(const IncidentFile* file, need_open_incident(decision, command.condition.incident));
  const ConditionMet& condition = command.condition;
  if (condition.condition.empty()) return refuse(anlan::refusals::kEmptyText, "condition");
  if (condition.reference.empty()) return refuse(anlan::refusals::kEmptyText, "reference");
  if (condition.met && *condition.met > decision.context().at) {
    return refuse(refusals::kFutureTime, "met", to_text(*condition.met, decision.house().offset()));
  }
  for (const ConditionMet& known : file->conditions) {
    if (known.condition == condition.condition) {
      return refuse(refusals::kAlreadyDone, "condition", known.condition,
                    {{.name = "what", .value = known.reference}});
    }
  }
  ConditionRecorded event{.condition = condition};
  if (!event.condition.met) event.condition.met = decision.context().at;
  decision.add(std::move(event));
  return Done{};
}

// The decision erodes the limits when it is recorded, and holds its amount in reserve.
Result<Done> decide_claim(Decision& decision, const AdjudicateClaim& command) {
  const ClaimDecision& claim = command.decision;
  if (claim.id.exists()) return refuse(refusals::kIdGiven, "claim.id");
  ANLAN_TRY(const IncidentFile* incident, need_open_incident(decision, claim.incident));
  if (incident->incident.related_to.exists()) {
    return refuse(refusals::kPartOfIncident, "incident", to_text(claim.incident),
                  {{.name = "first", .value = to_text(incident->incident.related_to)}});
  }
  if (incident->incident.policy != claim.policy) {
    return refuse(refusals::kInputsChanged, "claim.policy", to_text(claim.policy));
  }
  if (command.based_on != adjudication_inputs(decision.house(), claim.incident)) {
    return refuse(refusals::kInputsChanged, "claim.based_on", short_hex(command.based_on));
  }
  ANLAN_REQUIRE(check_payable(decision.house(), claim, incident->claim));
  const ClaimFile* known = find_claim(decision.house(), incident->claim);
  ClaimAdjudicated event{.decision = claim};
  event.decision.id = known ? incident->claim : ClaimId{decision.next_seq()};
  const ClaimId id = event.decision.id;
  const std::uint64_t business = decision.add(std::move(event));
  const Money paid = known ? known->paid : Money::zero(claim.payable.currency());
  if (known) ANLAN_REQUIRE(release_reserve(decision, *known, business));
  if (claim.payable <= paid) return Done{};
  return decision.post(ledger::claim_reserved(claim.policy, id, claim.payable - paid), business);
}

Result<Done> decide_claim(Decision& decision, const ApproveClaim& command) {
  ANLAN_TRY(const ClaimFile* file, need_claim(decision, command.claim, ClaimState::kAdjudicated));
  const House& house = decision.house();
  ANLAN_REQUIRE(claims::may_approve(
      claims::amount_at_stake(file->decision, stated_mitigation(house, *file)),
      people_of(house, *file), decision.actor(),
      claims::rule_for(file->decision, !file->earlier.empty(), claims::FourEyes::kAboveAuthority)));
  const std::uint64_t business = decision.add(ClaimApproved{.claim = command.claim});
  return post_reversal(decision, *file, business);
}

Result<Done> decide_claim(Decision& decision, const PayClaim& command) {
  ANLAN_TRY(const ClaimFile* file, need_claim(decision, command.claim, ClaimState::kApproved));
  ANLAN_REQUIRE(claims::may_pay(file->adjudicator, file->approver, decision.actor()));
  const Posting* reserve = decision.house().ledger.open_reserve(file->reserve);
  ANLAN_CHECK(reserve != nullptr);
  const Money due = file->decision.payable - file->paid;
  const std::uint64_t business = decision.add(ClaimPaid{.claim = command.claim, .amount = due});
  return decision.post(ledger::claim_paid(*reserve, due), business);
}

Result<Done> decide_claim(Decision& decision, const ReturnClaim& command) {
  ANLAN_TRY(const ClaimFile* file, need_claim(decision, command.claim, ClaimState::kAdjudicated));
  if (command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
  const std::uint64_t business =
      decision.add(ClaimReturned{.claim = command.claim, .reason = command.reason});
  return release_reserve(decision, *file, business);
}

// A reserve that was approved and not paid stays until the next decision restates it.
Result<Done> decide_claim(Decision& decision, const ReopenClaim& command) {
  ANLAN_TRY(const ClaimFile* file, need_any_claim(decision, command.claim));
  const bool is_final = file->state == ClaimState::kApproved || file->state == ClaimState::kPaid ||
                        file->state == ClaimState::kDenied;
  if (!is_final) {
    return refuse(refusals::kWrongState, "claim", to_text(command.claim),
                  {{.name = "state", .value = std::string(name_of(file->state))},
                   {.name = "needed", .value = std::string(name_of(ClaimState::kPaid))}});
  }
  if (command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
  decision.add(ClaimReopened{.claim = command.claim, .reason = command.reason});
  return Done{};
}

}  // namespace anlan::house
