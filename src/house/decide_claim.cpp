// From a reported incident to a paid claim.
#include <algorithm>

#include "claims/approve.h"
#include "house/decision.h"
#include "house/inputs.h"
#include "house/views.h"
#include "ledger/postings.h"

namespace anlan::house {

using namespace domain;

namespace {

Result<const IncidentFile*> need_open_incident(const Decision& decision, IncidentId id) {
  const IncidentFile* file = find_incident(decision.house(), id);
  if (!file) return refuse(refusals::kNotFound, "incident", to_text(id));
  if (file->claim.exists()) {
    return refuse(refusals::kAlreadyDone, "incident", to_text(id),
                  {{.name = "what", .value = to_text(file->claim)}});
  }
  return file;
}

Result<const ClaimFile*> need_claim(const Decision& decision, ClaimId id, ClaimState state) {
  const ClaimFile* file = find_claim(decision.house(), id);
  if (!file) return refuse(refusals::kNotFound, "claim", to_text(id));
  if (file->state != state) {
    return refuse(refusals::kWrongState, "claim", to_text(id),
                  {{.name = "state", .value = std::string(name_of(file->state))},
                   {.name = "needed", .value = std::string(name_of(state))}});
  }
  return file;
}

// A decision holds together: what is payable is what was settled, nothing of it above what claims
// left of the year's limit, and a claim is denied exactly when it pays nothing.
Result<Done> check_payable(const House& house, const ClaimDecision& claim) {
  const Settlement& settled = claim.settlement;
  ANLAN_REQUIRE(check_amount(house, claim.payable, "claim.payable"));
  ANLAN_REQUIRE(check_amount(house, settled.paid_total, "claim.paid_total"));
  ANLAN_REQUIRE(check_amount(house, settled.mitigation_paid, "claim.mitigation_paid"));
  const bool sums = claim.payable == settled.paid_total + settled.mitigation_paid;
  const bool within =
      settled.paid_total <= aggregate_left(house, *find_policy(house, claim.policy));
  const bool denied = claim.outcome == ClaimOutcome::kDenied;
  if (sums && within && denied == claim.payable.is_zero()) return Done{};
  return refuse(refusals::kInputsChanged, "claim.payable", to_decimal(claim.payable));
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
  if (command.condition.condition.empty()) return refuse(anlan::refusals::kEmptyText, "condition");
  if (command.condition.reference.empty()) return refuse(anlan::refusals::kEmptyText, "reference");
  for (const ConditionMet& known : file->conditions) {
    if (known.condition == command.condition.condition) {
      return refuse(refusals::kAlreadyDone, "condition", known.condition,
                    {{.name = "what", .value = known.reference}});
    }
  }
  decision.add(ConditionRecorded{.condition = command.condition});
  return Done{};
}

// The decision erodes the limits when it is recorded, and holds its amount in reserve.
Result<Done> decide_claim(Decision& decision, const AdjudicateClaim& command) {
  const ClaimDecision& claim = command.decision;
  if (claim.id.exists()) return refuse(refusals::kIdGiven, "claim.id");
  ANLAN_TRY(const IncidentFile* incident, need_open_incident(decision, claim.incident));
  if (incident->incident.policy != claim.policy) {
    return refuse(refusals::kInputsChanged, "claim.policy", to_text(claim.policy));
  }
  if (command.based_on != adjudication_inputs(decision.house(), claim.incident)) {
    return refuse(refusals::kInputsChanged, "claim.based_on", short_hex(command.based_on));
  }
  ANLAN_REQUIRE(check_payable(decision.house(), claim));
  ClaimAdjudicated event{.decision = claim};
  event.decision.id = ClaimId{decision.next_seq()};
  const ClaimId id = event.decision.id;
  const std::uint64_t business = decision.add(std::move(event));
  if (claim.payable.is_zero()) return Done{};
  return decision.post(ledger::claim_reserved(claim.policy, id, claim.payable), business);
}

Result<Done> decide_claim(Decision& decision, const ApproveClaim& command) {
  ANLAN_TRY(const ClaimFile* file, need_claim(decision, command.claim, ClaimState::kAdjudicated));
  ANLAN_REQUIRE(claims::may_approve(file->decision, file->adjudicator, decision.actor()));
  decision.add(ClaimApproved{.claim = command.claim});
  return Done{};
}

Result<Done> decide_claim(Decision& decision, const PayClaim& command) {
  const ClaimFile* file = find_claim(decision.house(), command.claim);
  if (!file) return refuse(refusals::kNotFound, "claim", to_text(command.claim));
  ANLAN_REQUIRE(need_claim(decision, command.claim, ClaimState::kApproved));
  ANLAN_REQUIRE(claims::may_pay(file->adjudicator, file->approver, decision.actor()));
  const Posting* reserve = decision.house().ledger.open_reserve(file->reserve);
  ANLAN_CHECK(reserve != nullptr);
  const std::uint64_t business =
      decision.add(ClaimPaid{.claim = command.claim, .amount = file->decision.payable});
  return decision.post(ledger::claim_paid(*reserve, file->decision.payable), business);
}

}  // namespace anlan::house
