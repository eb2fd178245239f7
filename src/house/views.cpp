#include "house/views.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "house/certificates.h"
#include "house/incident_facts.h"
#include "house/instalments.h"
#include "house/life.h"
#include "protection/posture.h"

namespace anlan::house {

using namespace domain;

namespace {

// What was owed at the bind was paid; what an endorsement added since is a debt, not a start that
// is still to come.
bool paid_at_first(const PolicyFile& file) {
  const bool refused = file.subsidy && !file.subsidy->granted;
  const Money first = refused ? file.policy.premium : file.policy.customer_part;
  return net_paid(file, Payer::kCustomer) >= first;
}

}  // namespace

PolicyState policy_state(const PolicyFile& file, Instant at) {
  const UtcOffset offset = file.policy.offset;
  if (file.cancelled && at >= start_of_day(file.cancelled->on, offset))
    return PolicyState::kCancelled;
  if (file.lapsed && at >= start_of_day(file.lapsed->on, offset)) return PolicyState::kLapsed;
  if (at >= file.policy.until) return PolicyState::kExpired;
  if (at >= file.policy.from && suspended_on(file, date_of(at, offset)))
    return PolicyState::kSuspended;
  const bool paid =
      owed_by(file, Payer::kCustomer).is_zero() || paid_at_first(file) || plan_kept(file, at);
  return at >= file.policy.from && paid ? PolicyState::kInForce : PolicyState::kBound;
}

Money aggregate_limit_on(const House& house, const PolicyFile& file, Date day) {
  const underwriting::StateOfDay state = underwriting::state_on(timeline_of(file), day);
  if (state.option) return state.option->aggregate_limit;
  return find_quote(house, file.policy.quote)->quote.aggregate_limit;
}

Date incident_day(const House& house, IncidentId id) {
  const Incident& incident = find_incident(house, id)->incident;
  return date_of(incident.occurred, find_policy(house, incident.policy)->policy.offset);
}

Money aggregate_left(const House& house, const PolicyFile& file, ClaimId except,
                     std::optional<Date> on) {
  const Date day = on.value_or(date_of(house.last_at, file.policy.offset));
  Money left = aggregate_limit_on(house, file, day);
  for (const ClaimId claim : file.claims) {
    if (claim != except) left -= find_claim(house, claim)->aggregate_used;
  }
  return std::max(left, Money::zero(left.currency()));
}

std::vector<Fact> known_facts(const House& house, EnterpriseId id, Date today) {
  const EnterpriseFile* file = find_enterprise(house, id);
  ANLAN_CHECK(file != nullptr);
  constexpr int kYearsCounted = 3;
  std::int64_t recorded = 0;
  const auto count = [&](const Incident& known) {
    if (known.related_to.exists()) return;  // counted with its first
    const Date on = date_of(known.occurred, house.offset());
    if (plus_years(on, kYearsCounted) > today) ++recorded;
  };
  for (const PolicyId id_of_policy : file->policies) {
    const PolicyFile& policy = *find_policy(house, id_of_policy);
    for (const IncidentId incident : policy.incidents) {
      const Incident& known = find_incident(house, incident)->incident;
      // Of a park's members, the member's: it is counted among those below.
      if (!find_certificate(policy, known.certificate)) count(known);
    }
  }
  for (const IncidentId incident : member_incidents(house, id))
    count(find_incident(house, incident)->incident);
  std::vector<Fact> facts = file->enterprise.facts.get();
  for (Fact& fact : facts) {
    if (fact.name.text != "incidents_36m") continue;
    std::int64_t stated = 0;  // a value that is no number says nothing
    std::from_chars(fact.value.data(), fact.value.data() + fact.value.size(), stated);
    if (stated >= recorded) continue;
    fact.value = std::to_string(recorded);
    fact.source = FactSource::kDocumented;
    fact.observed_on = today;
  }
  return facts;
}

underwriting::CancelInput cancel_input(const House& house, const PolicyFile& file, Date today) {
  underwriting::CancelInput input{.policy = file.policy,
                                  .ended = file.cancelled.has_value() || file.lapsed.has_value(),
                                  .notified_on = today,
                                  .on = plus_days(today, 1),
                                  .customer_due = file.customer_due,
                                  .government_due = file.government_due,
                                  .customer_paid = net_paid(file, Payer::kCustomer),
                                  .government_paid = net_paid(file, Payer::kGovernment),
                                  .aggregate = aggregate_limit_on(house, file, today),
                                  .aggregate_left = aggregate_left(house, file, {}, today)};
  input.segments = underwriting::premium_segments(timeline_of(file));
  for (const ClaimId id : file.claims) {
    const ClaimFile* claim = find_claim(house, id);
    if (claim->paid_at == Instant{}) continue;
    const Date paid_on = date_of(claim->paid_at, file.policy.offset);
    if (!input.claim_paid_on || *input.claim_paid_on < paid_on) input.claim_paid_on = paid_on;
  }
  input.undecided = undecided_incidents(house, file);
  return input;
}

Posture posture(const House& house, EnterpriseId id, Instant at) {
  const EnterpriseFile* file = find_enterprise(house, id);
  ANLAN_CHECK(file != nullptr);
  std::vector<Order> orders;
  std::vector<Observation> observations;
  for (const OrderId order : file->orders) {
    const OrderFile* order_file = find_order(house, order);
    orders.push_back(order_file->order);
    observations.insert(observations.end(), order_file->observations.begin(),
                        order_file->observations.end());
  }
  std::vector<Answer> answers;
  if (file->assessment) answers = file->assessment->answers.get();
  return protection::posture_at({.orders = orders,
                                 .observations = observations,
                                 .answers = answers,
                                 .at = at,
                                 .offset = house.offset()});
}

std::vector<ControlName> proven_controls(const House& house, EnterpriseId enterprise, Instant at) {
  return protection::proven_controls(posture(house, enterprise, at));
}

bool subsidy_used(const PolicyFile& file) {
  if (!file.subsidy || !file.subsidy->granted) return false;
  const Refund* refund = refund_of(file);
  return refund == nullptr || file.government_due > refund->to_government;
}

const Refund* refund_of(const PolicyFile& file) {
  if (file.cancelled) return &file.cancelled->refund;
  return file.lapsed ? &file.lapsed->refund : nullptr;
}

Money paid_by(const PolicyFile& file, Payer payer, Instant at) {
  Money paid = Money::zero(file.policy.premium.currency());
  for (const Receipt& receipt : file.receipts) {
    if (receipt.payer == payer && receipt.at <= at) paid += receipt.amount;
  }
  for (const Receipt& refund : file.life.changes->refunds) {
    if (refund.payer == payer && refund.at <= at) paid -= refund.amount;
  }
  return paid;
}

Money earned_premium(const House& house, const PolicyFile& file) {
  const Currency currency = file.policy.premium.currency();
  return -house.ledger.balance(
      {.kind = AccountKind::kEarnedPremium, .owner = file.policy.id.number}, currency);
}

std::vector<EarnedPremium> premium_to_earn(const House& house, Date through) {
  std::vector<EarnedPremium> lines;
  for (const auto& [id, file] : house.policies) {
    if (refund_of(file) != nullptr || through < file.life.earned_until) continue;
    const PremiumParts earned = earned_by_day(file, through);
    const Money more = earned.customer + earned.government - earned_premium(house, file);
    if (more.minor() > 0) lines.push_back({.policy = id, .amount = more});
  }
  return lines;
}

std::optional<Money> subsidy_budget_left(const House& house, const SchemeName& scheme) {
  const auto account = house.subsidy_accounts.find(scheme);
  if (account == house.subsidy_accounts.end()) return {};
  return house.ledger.balance({.kind = AccountKind::kSubsidyBudget, .owner = account->second},
                              house.currency());
}

// A policy that was cancelled or lapsed covers what happened before that day.
Instant cover_until(const PolicyFile& file) {
  Instant until = file.policy.until;
  if (file.cancelled) until = std::min(until, start_of_day(file.cancelled->on, file.policy.offset));
  if (file.lapsed) until = std::min(until, start_of_day(file.lapsed->on, file.policy.offset));
  return until;
}

Money overpaid(const ClaimFile& file) {
  return std::max(Money::zero(file.paid.currency()), file.paid - file.decision.payable);
}

std::string undecided_incidents(const House& house, const PolicyFile& file) {
  std::string list;
  for (const IncidentId id : file.incidents) {
    const IncidentFile* incident = find_incident(house, id);
    if (incident->incident.related_to.exists()) continue;
    const ClaimFile* claim = find_claim(house, incident->claim);
    const bool decided =
        claim && claim->state != ClaimState::kReturned && claim->state != ClaimState::kReopened;
    if (!decided) list += (list.empty() ? "" : ", ") + to_text(id);
  }
  return list;
}

std::vector<ConditionMet> conditions_that_count(const std::vector<const IncidentFile*>& parts) {
  std::vector<const ConditionOnFile*> records;
  for (const IncidentFile* part : parts) {
    for (const ConditionOnFile& record : part->conditions) records.push_back(&record);
  }
  std::vector<ConditionMet> counting;
  for (const ConditionOnFile* record : records) {
    const bool corrected = std::any_of(records.begin(), records.end(), [&](const auto* other) {
      return other->correct && other->seq > record->seq &&
             other->condition.condition == record->condition.condition;
    });
    if (!corrected) counting.push_back(record->condition);
  }
  return counting;
}

Money customer_owed(const PolicyFile& file, Instant at, std::int32_t days) {
  const UtcOffset offset = file.policy.offset;
  const Date day = date_of(at, offset);
  const auto fell_due = [&](Instant recorded) {
    return recorded <= at && (days == 0 || plus_days(date_of(recorded, offset), days) < day);
  };
  const bool refused = file.subsidy && !file.subsidy->granted && fell_due(file.subsidy_at);
  Money owed = Money::zero(file.policy.premium.currency());
  for (const WrittenAt& written : file.life.history) {
    const Money amount = refused ? written.whole : written.customer;
    const bool first = &written == &file.life.history.front();
    if (first || fell_due(written.at)) {
      owed = amount;
    } else if (written.at <= at) {
      owed = std::min(owed, amount);
    }
  }
  return owed;
}

std::int32_t payment_days(const PolicyFile& file, Date premium_due) {
  return std::max(0, days_between(date_of(file.bound_at, file.policy.offset), premium_due));
}

std::vector<const IncidentFile*> with_parts(const House& house, const IncidentFile& first) {
  std::vector<const IncidentFile*> all{&first};
  for (const IncidentId part : first.parts) all.push_back(find_incident(house, part));
  return all;
}

// The instalment clause acts where premium was overdue when the incident occurred and the customer
// had paid a part of it: what comes later heals nothing. A subsidised part is the government's, and
// premium that is wholly unpaid ends the policy by lapse, not the claim
// (docs/decisions/016-instalments.md).
std::int32_t premium_share(const PolicyFile& policy, const terms::Wording& wording,
                           Instant occurred, std::optional<Date> premium_due) {
  const UtcOffset offset = policy.policy.offset;
  const Date last = premium_due.value_or(date_of(policy.bound_at, offset));
  const Money paid = paid_by(policy, Payer::kCustomer, occurred);
  const Money owed = fallen_due(policy, occurred, last);
  const bool in_part = paid.minor() > 0 && paid < owed;
  if (!in_part || wording.terms.instalment_clause.empty()) return terms::kBasisPoints;
  return claims::premium_paid_bp(paid, owed);
}

namespace {

// The days and the limit of a member are those of its certificate.
void take_member(const House& house, const PolicyFile& policy, const CertificateOnFile& own,
                 ClaimId known, claims::AdjudicationInput& input) {
  const EnterpriseId member = own.certificate.enterprise;
  const UtcOffset offset = policy.policy.offset;
  input.policy.from = std::max(input.policy.from, start_of_day(own.certificate.from, offset));
  input.cover_until = std::min(cover_until(policy), start_of_day(own.until(), offset));
  input.member = claims::MemberCover{.enterprise = member,
                                     .limit = own.certificate.limit,
                                     .used = member_used(house, policy, member, known)};
}

}  // namespace

claims::AdjudicationInput adjudication_input(const House& house, const terms::Wording& wording,
                                             IncidentId id,
                                             const std::vector<std::string>& overrides,
                                             std::optional<Date> premium_due) {
  const IncidentFile* incident = find_incident(house, id);
  ANLAN_CHECK(incident != nullptr);
  ANLAN_CHECK(incident->loss.has_value());
  const PolicyFile* policy = find_policy(house, incident->incident.policy);
  ANLAN_CHECK(policy != nullptr);
  claims::AdjudicationInput input{.wording = wording,
                                  .policy = policy->policy,
                                  .cover_until = cover_until(*policy),
                                  .incident = incident_on_record(*incident),
                                  .loss = loss_on_record(*incident),
                                  .conditions = conditions_that_count(with_parts(house, *incident)),
                                  .overrides = overrides,
                                  .reported = incident->reported_at};
  const Date day = incident_day(house, id);
  input.policy.wording = wording_on(*policy, day).wording;
  input.policy.wording_artefact = wording_on(*policy, day).artefact;
  input.suspended = suspended_on(*policy, day);
  const CertificateOnFile* own = find_certificate(*policy, incident->incident.certificate);
  if (own) take_member(house, *policy, *own, incident->claim, input);
  for (const IncidentId id_of_part : incident->parts) {
    const IncidentFile* part = find_incident(house, id_of_part);
    input.parts.push_back({.incident = incident_on_record(*part),
                           .loss = part->loss ? std::optional(loss_on_record(*part)) : std::nullopt,
                           .reported = part->reported_at});
  }
  add_recorded_facts(with_parts(house, *incident), day, input);
  for (const ClaimId claim : policy->claims) {
    if (claim == incident->claim) continue;  // what it used is decided anew
    input.earlier.push_back(find_claim(house, claim)->decision.settlement);
  }
  input.premium_paid_bp = premium_share(*policy, wording, incident->incident.occurred, premium_due);
  const EnterpriseId hit = own ? own->certificate.enterprise : policy->policy.enterprise;
  input.proven_controls = proven_controls(house, hit, incident->incident.occurred);
  return input;
}

std::vector<AccountTotal> account_totals(const ledger::Ledger& ledger, Currency currency,
                                         bool by_owner) {
  std::map<std::pair<AccountKind, std::uint64_t>, Money> totals;
  for (const ledger::AccountBalance& line : ledger.balances()) {
    if (line.balance.currency() != currency) continue;
    const auto key = std::pair{line.account.kind, by_owner ? line.account.owner : 0};
    totals.try_emplace(key, Money::zero(currency)).first->second += line.balance;
  }
  std::vector<AccountTotal> list;
  for (const auto& [key, balance] : totals) {
    list.push_back(AccountTotal{.kind = key.first, .owner = key.second, .balance = balance});
  }
  return list;
}

}  // namespace anlan::house
