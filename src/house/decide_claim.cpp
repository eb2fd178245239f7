// From a reported incident to a paid claim.
#include <algorithm>

#include "claims/approve.h"
#include "claims/refusals.h"
#include "house/access.h"
#include "house/certificates.h"
#include "house/decision.h"
#include "house/incident_facts.h"
#include "house/inputs.h"
#include "house/views.h"

namespace anlan::house {

using namespace domain;

namespace {

bool to_be_adjudicated(ClaimState state) {
  return state == ClaimState::kReturned || state == ClaimState::kReopened;
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
// left of the year's limit, and a claim is denied exactly when it pays and renders nothing.
Result<Done> check_payable(const House& house, const ClaimDecision& claim, ClaimId known) {
  const Settlement& settled = claim.settlement;
  ANLAN_REQUIRE(check_amount(house, claim.payable, "claim.payable"));
  ANLAN_REQUIRE(check_amount(house, settled.paid_total, "claim.paid_total"));
  ANLAN_REQUIRE(check_amount(house, settled.mitigation_paid, "claim.mitigation_paid"));
  const bool sums = claim.payable == settled.paid_total + settled.mitigation_paid;
  const Money before = aggregate_left(house, *find_policy(house, claim.policy), known,
                                      incident_day(house, claim.incident));
  const bool within = settled.paid_total <= before;
  const bool denied = claim.outcome == ClaimOutcome::kDenied;
  if (settled.aggregate_left) {
    ANLAN_REQUIRE(check_amount(house, *settled.aggregate_left, "claim.aggregate_left"));
    if (*settled.aggregate_left > before) {
      return refuse(refusals::kInputsChanged, "claim.aggregate_left",
                    to_decimal(*settled.aggregate_left));
    }
  }
  ANLAN_REQUIRE(check_member(house, claim, known));
  const bool nothing = claim.payable.is_zero() && settled.services_paid.empty();
  if (sums && within && denied == nothing) return Done{};
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

Result<Done> check_joins(const House& house, const IncidentFile& first, const Incident& incident,
                         std::int64_t hours) {
  const Instant from = first.incident.occurred;
  if (first.incident.policy == incident.policy &&
      first.incident.certificate != incident.certificate) {
    return refuse(refusals::kOtherMember, "related_to", to_text(first.incident.id),
                  {{.name = "first", .value = std::to_string(first.incident.certificate)}});
  }
  const bool joins = first.incident.policy == incident.policy && first.incident.id != incident.id &&
                     !first.incident.related_to.exists() && incident.occurred >= from &&
                     incident.occurred <= plus_minutes(from, hours * 60);
  if (joins) return Done{};
  return refuse(refusals::kNotRelated, "related_to", to_text(first.incident.id),
                {{.name = "hours", .value = std::to_string(hours)},
                 {.name = "first", .value = to_text(from, house.offset())},
                 {.name = "occurred", .value = to_text(incident.occurred, house.offset())}});
}

// Under the master policy of a park an incident is a member's. That its certificate covers the day
// is for the adjudication to say.
Result<Done> check_certificate_named(const PolicyFile& file, const Incident& incident) {
  if (find_certificate(file, incident.certificate)) return Done{};
  if (incident.certificate != 0) {
    return refuse(refusals::kNotFound, "certificate",
                  certificate_number(file.policy.number, incident.certificate));
  }
  if (file.life.changes->certificates.empty()) return Done{};
  return refuse(refusals::kCertificateNeeded, "certificate", to_text(incident.policy));
}

// Whether two incidents have one root cause is for the claims handler to say.
Result<Done> check_related(const Decision& decision, const ReportIncident& command) {
  const Incident& incident = command.incident;
  if (!incident.related_to.exists()) return Done{};
  const House& house = decision.house();
  const IncidentFile* first = find_incident(house, incident.related_to);
  if (!first) return refuse(refusals::kNotFound, "related_to", to_text(incident.related_to));
  if (!has_role(decision.actor(), Role::kClaimsHandler)) {
    return refuse(refusals::kRoleMissing, "as", decision.actor().name.text,
                  {{.name = "command", .value = "report_incident"},
                   {.name = "roles", .value = std::string(name_of(Role::kClaimsHandler))}});
  }
  return check_joins(house, *first, incident, command.related_hours);
}

// The interruption of one incident is stated once, from its beginning to its end.
Result<Done> check_interruption(const House& house, const LossStatement& statement) {
  if (!statement.interruption) return Done{};
  const IncidentFile& own = *find_incident(house, statement.incident);
  const std::string recorded = provider_on_record(own);
  const std::string& stated = statement.interruption->provider;
  if (!recorded.empty() && !stated.empty() && stated != recorded) {
    return refuse(refusals::kProviderOnRecord, "interruption.provider", stated,
                  {{.name = "recorded", .value = recorded}});
  }
  for (const IncidentFile* part : with_parts(house, first_of(house, own))) {
    if (part == &own || !part->loss || !part->loss->interruption) continue;
    return refuse(refusals::kInterruptionTwice, "interruption", to_text(part->incident.id));
  }
  return Done{};
}

// Records of conditions that two persons must have seen: the instant is said to be earlier than the
// record, the record is the adjudicator's own, or it corrects another. The same holds of incidents
// that were joined after they had been reported apart, and of facts that are the adjudicator's own
// record, correct the report or find a lapse.
bool takes_second_person(const House& house, const ClaimFile& file) {
  for (const IncidentFile* part :
       with_parts(house, *find_incident(house, file.decision.incident))) {
    if (part->joined) return true;
    for (const ConditionOnFile& record : part->conditions) {
      const bool earlier = record.condition.met && *record.condition.met < record.at;
      if (earlier || record.correct || record.by == file.adjudicator) return true;
    }
    for (const FactsOnFile& record : part->facts) {
      if (certifies(record.facts) || record.by == file.adjudicator) return true;
    }
  }
  return false;
}

// An amount of an item may be of another currency that the statement has a rate of.
Result<Done> check_item_amount(const House& house, const LossStatement& statement, Money amount,
                               std::string_view path) {
  const bool rated =
      std::any_of(statement.rates.begin(), statement.rates.end(),
                  [&](const ExchangeRate& rate) { return rate.currency == amount.currency(); });
  if (!rated) return check_amount(house, amount, path);
  return check_amount(house, Money::from_minor(amount.minor(), house.currency()), path);
}

Result<Done> check_instant(const Decision& decision, std::string_view path, Instant said,
                           Instant from) {
  const UtcOffset offset = decision.house().offset();
  if (said > decision.context().at) {
    return refuse(refusals::kFutureTime, path, to_text(said, offset));
  }
  if (said >= from) return Done{};
  return refuse(anlan::refusals::kOutOfRange, path, to_text(said, offset),
                {{.name = "min", .value = to_text(from, offset)},
                 {.name = "max", .value = to_text(decision.context().at, offset)}});
}

// A condition is recorded once for an incident and all its parts; a manager may correct it.
Result<Done> check_recorded_once(const Decision& decision, const IncidentFile& first,
                                 const RecordCondition& command) {
  const ConditionOnFile* known = nullptr;
  for (const IncidentFile* part : with_parts(decision.house(), first)) {
    for (const ConditionOnFile& record : part->conditions)
      if (record.condition.condition == command.condition.condition) known = &record;
  }
  if (!command.correct) {
    if (!known) return Done{};
    return refuse(refusals::kAlreadyDone, "condition", command.condition.condition,
                  {{.name = "what", .value = known->condition.reference}});
  }
  if (!known) return refuse(refusals::kNotFound, "condition", command.condition.condition);
  if (has_role(decision.actor(), Role::kClaimsManager)) return Done{};
  return refuse(refusals::kRoleMissing, "as", decision.actor().name.text,
                {{.name = "command", .value = std::string(RecordCondition::kName)},
                 {.name = "roles", .value = std::string(name_of(Role::kClaimsManager))}});
}

// What `claim` would leave of the year if its decision before stood again.
Result<Done> check_limit_left(const House& house, const ClaimFile& file) {
  if (file.earlier.empty()) return Done{};
  const Money left = limit_left(house, file.decision.incident, file.decision.id);
  const Money again = file.earlier.back().aggregate_used;
  if (again <= left) return Done{};
  return refuse(refusals::kInputsChanged, "claim.aggregate_left", to_decimal(left));
}

// Money that is owed back moves while the claim is final or reopened, never under a decision that
// may change what is owed.
Result<Money> need_owed_back(const Decision& decision, ClaimId id) {
  ANLAN_TRY(const ClaimFile* file, need_any_claim(decision, id));
  const Money owed = file->reversed - file->written_off;
  if (file->state != ClaimState::kAdjudicated && !owed.is_zero()) return owed;
  const std::string_view state =
      file->state == ClaimState::kAdjudicated ? name_of(file->state) : "nothing_owed_back";
  return refuse(
      refusals::kWrongState, "claim", to_text(id),
      {{.name = "state", .value = std::string(state)}, {.name = "needed", .value = "owed_back"}});
}

// An adjuster of another house speaks of the incidents to which that house was appointed.
Result<Done> check_appointed(const Decision& decision, const IncidentFile& file) {
  const Actor& actor = decision.actor();
  if (!has_role(actor, Role::kAdjuster)) return Done{};
  if (is_adjuster_of(decision.house(), file, actor.organisation)) return Done{};
  return refuse(refusals::kNotAppointed, "incident", to_text(file.incident.id),
                {{.name = "adjuster", .value = actor.organisation.text}});
}

}  // namespace

Result<Done> decide_claim(Decision& decision, const AppointAdjuster& command) {
  const AdjusterAppointed& appointment = command.appointment;
  ANLAN_TRY(const IncidentFile* file, need_open_incident(decision, appointment.incident));
  if (!appointment.adjuster.exists()) return refuse(anlan::refusals::kEmptyText, "adjuster");
  if (appointment.brief.empty()) return refuse(anlan::refusals::kEmptyText, "brief");
  // Whoever insured or brought in the company does not adjust its loss.
  const PolicyFile* policy = find_policy(decision.house(), file->incident.policy);
  const EnterpriseFile* company = find_enterprise(decision.house(), policy->policy.enterprise);
  if (appointment.adjuster == decision.actor().organisation ||
      appointment.adjuster == company->brought_by) {
    return refuse(refusals::kFourEyes, "adjuster", appointment.adjuster.text,
                  {{.name = "action", .value = std::string(AppointAdjuster::kName)},
                   {.name = "other", .value = decision.actor().name.text}});
  }
  if (is_adjuster_of(decision.house(), *file, appointment.adjuster)) {
    return refuse(refusals::kAlreadyDone, "adjuster", appointment.adjuster.text,
                  {{.name = "what", .value = "adjuster_appointed"}});
  }
  decision.add(appointment);
  return Done{};
}

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
  ANLAN_REQUIRE(check_certificate_named(*policy, incident));
  // One incident is reported once: the same peril at the same moment under the same policy is the
  // same; members of a park each have their own.
  for (const IncidentId known : policy->incidents) {
    const Incident& other = find_incident(decision.house(), known)->incident;
    if (other.peril != incident.peril || other.occurred != incident.occurred ||
        other.certificate != incident.certificate)
      continue;
    return refuse(refusals::kAlreadyDone, "incident", to_text(incident.occurred, offset),
                  {{.name = "what", .value = to_text(known)}});
  }
  ANLAN_REQUIRE(check_related(decision, command));
  IncidentReported event{.incident = incident};
  event.incident.id = IncidentId{decision.next_seq()};
  decision.add(std::move(event));
  return Done{};
}

Result<Done> decide_claim(Decision& decision, const StateLoss& command) {
  ANLAN_TRY(const IncidentFile* file, need_open_incident(decision, command.statement.incident));
  ANLAN_REQUIRE(check_appointed(decision, *file));
  const auto& statement = command.statement;
  if (statement.items.empty() && !statement.interruption && statement.mitigation.is_zero()) {
    return refuse(anlan::refusals::kEmptyList, "items");
  }
  ANLAN_REQUIRE(check_interruption(decision.house(), statement));
  ANLAN_REQUIRE(check_amount(decision.house(), statement.mitigation, "mitigation"));
  const Incident& incident = find_incident(decision.house(), statement.incident)->incident;
  for (const LossItem& item : statement.items) {
    if (item.paid)
      ANLAN_REQUIRE(check_instant(decision, "items.paid", *item.paid, incident.occurred));
    ANLAN_REQUIRE(check_item_amount(decision.house(), statement, item.amount, "items.amount"));
    ANLAN_REQUIRE(
        check_item_amount(decision.house(), statement, item.betterment, "items.betterment"));
  }
  decision.add(LossStated{.statement = statement});
  return Done{};
}

Result<Done> decide_claim(Decision& decision, const RecordCondition& command) {
  ANLAN_TRY(const IncidentFile* file, need_open_incident(decision, command.condition.incident));
  ANLAN_REQUIRE(check_appointed(decision, *file));
  const ConditionMet& condition = command.condition;
  if (condition.condition.empty()) return refuse(anlan::refusals::kEmptyText, "condition");
  if (condition.reference.empty()) return refuse(anlan::refusals::kEmptyText, "reference");
  const IncidentFile& first = first_of(decision.house(), *file);
  if (condition.met) {
    ANLAN_REQUIRE(check_instant(decision, "met", *condition.met, first.incident.occurred));
    const bool earlier = *condition.met < decision.context().at;
    if (earlier && condition.evidence == Digest{}) {
      return refuse(refusals::kEvidenceMissing, "met",
                    to_text(*condition.met, decision.house().offset()));
    }
  }
  ANLAN_REQUIRE(check_recorded_once(decision, first, command));
  ConditionRecorded event{.condition = condition, .correct = command.correct};
  if (!event.condition.met) event.condition.met = decision.context().at;
  decision.add(std::move(event));
  return Done{};
}

Result<Done> decide_claim(Decision& decision, const RecordIncidentFacts& command) {
  ANLAN_TRY(const IncidentFile* file, need_open_incident(decision, command.incident));
  ANLAN_REQUIRE(check_appointed(decision, *file));
  ANLAN_REQUIRE(
      check_incident_facts(decision.house(), *file, command.facts, decision.context().at));
  decision.add(IncidentFactsRecorded{.incident = command.incident, .facts = command.facts});
  return Done{};
}

// Joins incidents that were reported apart, before anything of either is decided. Its claim is
// then approved by a second person.
Result<Done> decide_claim(Decision& decision, const RelateIncident& command) {
  const House& house = decision.house();
  const IncidentFile* own = find_incident(house, command.incident);
  if (!own) return refuse(refusals::kNotFound, "incident", to_text(command.incident));
  const IncidentFile* first = find_incident(house, command.first);
  if (!first) return refuse(refusals::kNotFound, "related_to", to_text(command.first));
  for (const IncidentFile* file : {own, first}) {
    const ClaimId claim = first_of(house, *file).claim;
    if (!claim.exists()) continue;
    return refuse(refusals::kAlreadyDone, "incident", to_text(file->incident.id),
                  {{.name = "what", .value = to_text(claim)}});
  }
  if (own->incident.related_to.exists() || !own->parts.empty()) {
    const IncidentId other = own->parts.empty() ? own->incident.related_to : own->parts.front();
    return refuse(refusals::kAlreadyDone, "incident", to_text(command.incident),
                  {{.name = "what", .value = to_text(other)}});
  }
  ANLAN_REQUIRE(check_joins(house, *first, own->incident, command.related_hours));
  for (const IncidentFile* part : with_parts(house, *first)) {
    const bool twice =
        own->loss && own->loss->interruption && part->loss && part->loss->interruption;
    if (!twice) continue;
    return refuse(refusals::kInterruptionTwice, "interruption", to_text(part->incident.id));
  }
  decision.add(IncidentRelated{.incident = command.incident, .first = command.first});
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
  return decision.book(std::move(event));
}

// Which of the rules of four eyes it is that asks for a second person, where one does.
Refusal with_reason(Refusal refusal, const ClaimFile& file, claims::FourEyes rule) {
  if (refusal.code != claims::refusals::kApproverIsAdjudicator) return refusal;
  std::string_view reason = "above";
  if (rule == claims::FourEyes::kAlways) reason = "certified";
  if (!file.decision.overridden.empty()) reason = "overridden";
  if (!file.earlier.empty()) reason = "changed";
  if (file.decision.outcome == ClaimOutcome::kDenied) reason = "denied";
  refusal.args.push_back({.name = std::string(reason), .value = "yes"});
  return refusal;
}

Result<Done> decide_claim(Decision& decision, const ApproveClaim& command) {
  ANLAN_TRY(const ClaimFile* file, need_claim(decision, command.claim, ClaimState::kAdjudicated));
  const House& house = decision.house();
  const claims::FourEyes rule = takes_second_person(house, *file)
                                    ? claims::FourEyes::kAlways
                                    : claims::FourEyes::kAboveAuthority;
  const Result<Done> may =
      claims::may_approve(claims::amount_at_stake(file->decision, stated_mitigation(house, *file)),
                          people_of(house, *file), decision.actor(),
                          claims::rule_for(file->decision, !file->earlier.empty(), rule));
  if (!may.ok()) return with_reason(may.refusal(), *file, rule);
  return decision.book(ClaimApproved{.claim = command.claim});
}

Result<Done> decide_claim(Decision& decision, const PayClaim& command) {
  ANLAN_TRY(const ClaimFile* file, need_claim(decision, command.claim, ClaimState::kApproved));
  ANLAN_REQUIRE(claims::may_pay(file->adjudicator, file->approver, decision.actor()));
  const Money due = file->decision.payable - file->paid;
  const Posting* reserve = decision.house().ledger.open_reserve(file->reserve);
  if (!reserve || reserve->amount < due) {
    return refuse(refusals::kReserveMissing, "claim", to_text(command.claim),
                  {{.name = "due", .value = to_decimal(due)}});
  }
  return decision.book(ClaimPaid{.claim = command.claim, .amount = due});
}

// What was final before stands again, as if it had not been reopened.
Result<Done> decide_claim(Decision& decision, const ReturnClaim& command) {
  ANLAN_TRY(const ClaimFile* file, need_claim(decision, command.claim, ClaimState::kAdjudicated));
  if (command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
  ANLAN_REQUIRE(check_limit_left(decision.house(), *file));
  return decision.book(ClaimReturned{.claim = command.claim, .reason = command.reason});
}

Result<Done> decide_claim(Decision& decision, const RecoverClaim& command) {
  ANLAN_TRY(const Money owed, need_owed_back(decision, command.claim));
  ANLAN_REQUIRE(check_amount(decision.house(), command.amount, "amount"));
  if (command.amount.is_zero() || command.amount > owed) {
    return refuse(refusals::kAmountNotDue, "amount", to_decimal(command.amount),
                  {{.name = "due", .value = to_decimal(owed)}});
  }
  return decision.book(ClaimRecovered{.claim = command.claim, .amount = command.amount});
}

Result<Done> decide_claim(Decision& decision, const WriteOffClaim& command) {
  ANLAN_TRY(const Money owed, need_owed_back(decision, command.claim));
  if (command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
  return decision.book(
      ClaimWrittenOff{.claim = command.claim, .amount = owed, .reason = command.reason});
}

// Whoever adjudicated cannot keep from payment what somebody else approved.
Result<Done> check_reopener(const Decision& decision, const ClaimFile& file) {
  if (file.state != ClaimState::kApproved) return Done{};
  const std::string& name = decision.actor().name.text;
  if (!has_role(decision.actor(), Role::kClaimsManager)) {
    return refuse(refusals::kRoleMissing, "as", name,
                  {{.name = "command", .value = std::string(ReopenClaim::kName)},
                   {.name = "roles", .value = std::string(name_of(Role::kClaimsManager))}});
  }
  if (decision.actor().name != file.adjudicator) return Done{};
  return refuse(refusals::kFourEyes, "as", name,
                {{.name = "action", .value = std::string(AdjudicateClaim::kName)},
                 {.name = "other", .value = name}});
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
  ANLAN_REQUIRE(check_reopener(decision, *file));
  if (command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
  decision.add(ClaimReopened{.claim = command.claim, .reason = command.reason});
  return Done{};
}

}  // namespace anlan::house
