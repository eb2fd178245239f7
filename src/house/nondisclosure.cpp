#include "house/nondisclosure.h"

#include <algorithm>

#include "base/check.h"
#include "house/life.h"
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
  out.shown.push_back({.source = std::string(name_of(learned.source)),
                       .text_zh = learned.note,
                       .text_en = learned.note,
                       .seen_by = learned.learned_by.text,
                       .seen_on = learned.learned_on});
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

Refund rescission_refund(const House& house, const NonDisclosureFile& file, Date on) {
  const PolicyFile& policy = policy_of(house, file);
  ANLAN_CHECK(file.state_of_mind.has_value());
  const bool bore = std::any_of(file.bore_on.begin(), file.bore_on.end(),
                                [](const auto& entry) { return entry.second.value; });
  const PremiumParts due{.customer = policy.customer_due, .government = policy.government_due};
  const PremiumParts left = underwriting::unearned_weights(
      underwriting::premium_segments(timeline_of(policy)), RefundRule::kProRata, on);
  const PremiumParts back = bore ? due : left;
  Refund refund = underwriting::days_of_cover(policy.policy, on);
  refund.unearned_by_time = file.state_of_mind->value == StateOfMind::kDeliberate
                                ? Money::zero(policy.policy.premium.currency())
                                : back.customer + back.government;
  refund.unearned = refund.unearned_by_time;
  underwriting::split_by_payer(refund,
                               {.due = due,
                                .paid = {.customer = net_paid(policy, Payer::kCustomer),
                                         .government = net_paid(policy, Payer::kGovernment)},
                                .weights = back});
  return refund;
}

LastDays nominal_last_days(const House& house, const NonDisclosureFile& file) {
  const Date formed = formed_on(house, policy_of(house, file));
  const Date known = std::max(file.nondisclosure.learned_on, formed);
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
