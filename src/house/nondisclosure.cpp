#include "house/nondisclosure.h"

#include <algorithm>

#include "base/check.h"
#include "house/life.h"
#include "house/views.h"
#include "underwriting/cancel.h"

namespace anlan::house {
namespace {

using namespace domain;
using claims::DisclosureCase;
using claims::WorkCalendar;

constexpr std::int32_t kDaysAfterKnowledge = 30;  // art 16(3)
constexpr int kYearsAfterFormation = 2;           // art 16(3)

Date formed_on(const House& house, const PolicyFile& policy) {
  return date_of(policy.bound_at, house.offset());
}

const PolicyFile& policy_of(const House& house, const NonDisclosureFile& file) {
  const PolicyFile* policy = find_policy(house, file.nondisclosure.policy);
  ANLAN_CHECK(policy != nullptr);
  return *policy;
}

template <class T>
std::optional<claims::Finding<T>> finding_of(const House& house,
                                             const std::optional<FoundBy<T>>& found) {
  if (!found) return {};
  return claims::Finding<T>{
      .value = found->value, .by = found->by.text, .on = date_of(found->at, house.offset())};
}

}  // namespace

DisclosureCase disclosure_case(const House& house, const NonDisclosureFile& file, Date as_of,
                               IncidentId incident) {
  const NonDisclosure& learned = file.nondisclosure;
  const PolicyFile& policy = policy_of(house, file);
  DisclosureCase out;
  out.question = claims::QuestionAsked{.control = learned.subject};
  if (learned.about == AskedAbout::kAnswer)
    out.question->version = short_hex(learned.questionnaire);
  out.answer = learned.answered;
  out.truth = learned.truth;
  out.formed = formed_on(house, policy);
  for (const NonDisclosure* known : {&first_known(house, file).nondisclosure, &learned}) {
    out.shown.push_back({.source = std::string(name_of(known->source)),
                         .text_zh = known->note,
                         .text_en = known->note,
                         .seen_by = known->learned_by.text,
                         .seen_on = known->learned_on});
    if (known->id == learned.id) break;
  }
  for (const Receipt& receipt : policy.receipts)
    out.collected.push_back({.on = date_of(receipt.at, house.offset()), .amount = receipt.amount});
  if (file.rescinded) out.rescinded = file.rescinded->reached_on;
  out.as_of = as_of;
  out.state_of_mind = finding_of(house, file.state_of_mind);
  out.material = finding_of(house, file.material);
  if (!incident.exists()) return out;
  const IncidentFile* found = find_incident(house, incident);
  ANLAN_CHECK(found != nullptr);
  out.incident = date_of(found->incident.occurred, house.offset());
  const auto bore = file.bore_on.find(incident);
  if (bore != file.bore_on.end())
    out.bore_on_incident = finding_of(house, std::optional(bore->second));
  return out;
}

Date rescission_day(const PolicyFile& policy, Date reached_on) {
  return std::min(plus_days(reached_on, 1), end_day(policy.policy));
}

namespace {

bool bore_on_any(const NonDisclosureFile& file) {
  return std::any_of(file.bore_on.begin(), file.bore_on.end(),
                     [](const auto& entry) { return entry.second.value; });
}

// Premium that was paid stays with the insurer (art 16(4)); the days after the end are nobody's
// debt (Civil Code art 566).
void keep_what_was_paid(Refund& refund, const PolicyFile& policy, const PremiumParts& left) {
  const Money none = Money::zero(policy.policy.premium.currency());
  refund.to_customer = refund.to_government = none;
  refund.customer_waived = std::min(
      left.customer, std::max(none, policy.customer_due - net_paid(policy, Payer::kCustomer)));
  refund.government_waived =
      std::min(left.government,
               std::max(none, policy.government_due - net_paid(policy, Payer::kGovernment)));
  refund.unearned_by_time = refund.unearned = refund.customer_waived + refund.government_waived;
}

}  // namespace

Refund rescission_refund(const House& house, const NonDisclosureFile& file, Date on) {
  const PolicyFile& policy = policy_of(house, file);
  ANLAN_CHECK(file.state_of_mind.has_value());
  const PremiumParts due{.customer = policy.customer_due, .government = policy.government_due};
  const PremiumParts left = underwriting::unearned_weights(
      underwriting::premium_segments(timeline_of(policy)), RefundRule::kProRata, on);
  Refund refund = underwriting::days_of_cover(policy.policy, on);
  if (file.state_of_mind->value == StateOfMind::kDeliberate) {
    keep_what_was_paid(refund, policy, left);
    return refund;
  }
  const PremiumParts back = bore_on_any(file) ? due : left;
  refund.unearned_by_time = refund.unearned = back.customer + back.government;
  underwriting::split_by_payer(refund,
                               {.due = due,
                                .paid = {.customer = net_paid(policy, Payer::kCustomer),
                                         .government = net_paid(policy, Payer::kGovernment)},
                                .weights = back});
  return refund;
}

std::vector<IncidentId> bearing_not_found(const House& house, const NonDisclosureFile& file,
                                          Date on) {
  std::vector<IncidentId> open;
  const PolicyFile& policy = policy_of(house, file);
  if (!file.state_of_mind || file.state_of_mind->value != StateOfMind::kGrossNegligence)
    return open;
  for (const IncidentId id : policy.incidents) {
    const bool before = incident_day(house, id) < on;
    if (before && !file.bore_on.contains(id) && !bore_on_any(file)) open.push_back(id);
  }
  return open;
}

const NonDisclosureFile& first_known(const House& house, const NonDisclosureFile& file) {
  const NonDisclosureFile* first = &file;
  for (const NonDisclosureId id : policy_of(house, file).nondisclosures) {
    const NonDisclosureFile* other = find_nondisclosure(house, id);
    const NonDisclosure& learned = other->nondisclosure;
    const bool same =
        learned.about == file.nondisclosure.about && learned.subject == file.nondisclosure.subject;
    if (same && learned.learned_on < first->nondisclosure.learned_on) first = other;
  }
  return *first;
}

LastDays nominal_last_days(const House& house, const NonDisclosureFile& file) {
  const Date formed = formed_on(house, policy_of(house, file));
  const Date known = std::max(first_known(house, file).nondisclosure.learned_on, formed);
  return {.thirty_days = plus_days(known, kDaysAfterKnowledge),
          .two_years = plus_years(formed, kYearsAfterFormation)};
}

WorkCalendar days_around(const LastDays& last, const WorkCalendar& calendar) {
  WorkCalendar out;
  for (const Date day : {last.thirty_days, last.two_years}) {
    const WorkCalendar near = claims::part_of(calendar, day, plus_days(day, kRollDaysMax));
    out.rest_days.insert(out.rest_days.end(), near.rest_days.begin(), near.rest_days.end());
    out.work_days.insert(out.work_days.end(), near.work_days.begin(), near.work_days.end());
  }
  return out;
}

const NonDisclosureFile* rescinded_case(const House& house, const PolicyFile& policy) {
  for (const NonDisclosureId id : policy.nondisclosures) {
    const NonDisclosureFile* file = find_nondisclosure(house, id);
    if (file->rescinded) return file;
  }
  return nullptr;
}

const NonDisclosureFile* waived_by_receipt(const House& house, const PolicyFile& policy, Date on) {
  for (const NonDisclosureId id : policy.nondisclosures) {
    const NonDisclosureFile* file = find_nondisclosure(house, id);
    const Date known = std::max(file->nondisclosure.learned_on, formed_on(house, policy));
    const bool open = !file->rescinded && file->nondisclosure.learned_on > formed_on(house, policy);
    if (open && on > known) return file;
  }
  return nullptr;
}

}  // namespace anlan::house
