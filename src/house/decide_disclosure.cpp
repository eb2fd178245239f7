// Untrue answers: who learned what and when, what a person found, the premium that is not taken
// meanwhile, and the rescission; and the texts of a sale that were shown.
#include <algorithm>

#include "base/sha256.h"
#include "house/decision.h"
#include "house/nondisclosure.h"

namespace anlan::house {

using namespace domain;

namespace {

Result<Done> check_text(const std::string& text, std::string_view path) {
  if (text.empty()) return refuse(anlan::refusals::kEmptyText, path);
  return Done{};
}

Result<Done> check_not_future(const Decision& decision, Date on, std::string_view path) {
  if (on <= decision.today()) return Done{};
  return refuse(refusals::kFutureTime, path, to_text(on));
}

Result<const NonDisclosureFile*> need_nondisclosure(const Decision& decision, NonDisclosureId id) {
  const NonDisclosureFile* file = find_nondisclosure(decision.house(), id);
  if (file) return file;
  return refuse(refusals::kNotFound, "nondisclosure", to_text(id));
}

bool has_answer(const Assessment& assessment, const std::string& control) {
  const std::vector<Answer> answers = assessment.answers.get();
  return std::any_of(answers.begin(), answers.end(),
                     [&](const Answer& each) { return each.control.text == control; });
}

// Only what was asked can have been answered (Interpretation II 6).
Result<Done> check_asked(const House& house, const PolicyFile& policy,
                         const NonDisclosure& learned) {
  const EnterpriseFile* company = find_enterprise(house, policy.policy.enterprise);
  bool asked = false;
  switch (learned.about) {
    case AskedAbout::kAnswer:
      asked = company->assessment && has_answer(*company->assessment, learned.subject);
      break;
    case AskedAbout::kFact: {
      const std::vector<Fact> facts = company->enterprise.facts.get();
      asked = find_fact(facts, learned.subject) != nullptr;
      break;
    }
  }
  if (asked) return Done{};
  return refuse(refusals::kNotFound, "subject", learned.subject);
}

// The first knowledge counts; a later one of the same answer adds nothing.
Result<Done> check_first(const House& house, const PolicyFile& policy,
                         const NonDisclosure& learned) {
  for (const NonDisclosureId id : policy.nondisclosures) {
    const NonDisclosure& known = find_nondisclosure(house, id)->nondisclosure;
    const bool same = known.about == learned.about && known.subject == learned.subject;
    if (same && known.learned_on <= learned.learned_on) {
      return refuse(refusals::kLearnedBefore, "subject", learned.subject,
                    {{.name = "first", .value = to_text(id)}});
    }
  }
  return Done{};
}

bool has_ended(const PolicyFile& file) { return file.cancelled || file.lapsed; }

// Each day stands behind one of both last days, near enough to move it.
Result<Done> check_days(const std::vector<Date>& days, const LastDays& last,
                        std::string_view path) {
  for (const Date day : days) {
    const auto near = [&](Date nominal) {
      return nominal <= day && day < plus_days(nominal, kRollDaysMax);
    };
    if (near(last.thirty_days) || near(last.two_years)) continue;
    return refuse(refusals::kCalendarDays, path, to_text(day),
                  {{.name = "first", .value = to_text(last.thirty_days)},
                   {.name = "last", .value = to_text(last.two_years)}});
  }
  return Done{};
}

std::vector<Date> ascending(std::vector<Date> days) {
  std::sort(days.begin(), days.end());
  return days;
}

Result<Done> check_right(const Decision& decision, const NonDisclosureFile& file,
                         const RescindPolicy& command) {
  claims::DisclosureCase facts = disclosure_case(decision.house(), file, decision.today());
  facts.rescinded = command.reached_on;
  claims::WorkCalendar calendar;
  calendar.rest_days = ascending(command.rest_days);
  calendar.work_days = ascending(command.work_days);
  ANLAN_TRY(const claims::DisclosureProposal proposal, propose_disclosure(facts, calendar));
  if (proposal.right == claims::RescissionRight::kExercised) return Done{};
  return refuse(refusals::kNoRescission, "nondisclosure", to_text(file.nondisclosure.id),
                {{.name = std::string(name_of(proposal.right)), .value = "yes"}});
}

}  // namespace

Result<Done> decide_disclosure(Decision& decision, const LearnNonDisclosure& command) {
  const NonDisclosure& learned = command.nondisclosure;
  if (learned.id.exists()) return refuse(refusals::kIdGiven, "nondisclosure.id");
  ANLAN_TRY(const PolicyFile* policy, need_policy(decision, learned.policy));
  ANLAN_REQUIRE(check_text(learned.subject, "subject"));
  ANLAN_REQUIRE(check_text(learned.answered, "answered"));
  ANLAN_REQUIRE(check_text(learned.truth, "truth"));
  ANLAN_REQUIRE(check_text(learned.note, "note"));
  if (learned.answered == learned.truth)
    return refuse(refusals::kNotUntrue, "truth", learned.truth);
  ANLAN_REQUIRE(check_not_future(decision, learned.learned_on, "learned_on"));
  if (!decision.house().actors.contains(learned.learned_by))
    return refuse(refusals::kNotFound, "learned_by", learned.learned_by.text);
  ANLAN_REQUIRE(check_asked(decision.house(), *policy, learned));
  ANLAN_REQUIRE(check_first(decision.house(), *policy, learned));
  NonDisclosureLearned event{.nondisclosure = learned};
  event.nondisclosure.id = NonDisclosureId{decision.next_seq()};
  const std::string id = to_text(event.nondisclosure.id);
  decision.add(std::move(event));
  const Date formed = date_of(policy->bound_at, decision.house().offset());
  const bool right_open = learned.learned_on > formed && !has_ended(*policy);
  if (!command.collect && right_open && !policy->premium_frozen)
    decision.add(PremiumFrozen{.policy = learned.policy, .frozen = true, .reason = id});
  return Done{};
}

Result<Done> decide_disclosure(Decision& decision, const FindNonDisclosure& command) {
  const NonDisclosureFound& found = command.found;
  ANLAN_TRY(const NonDisclosureFile* file, need_nondisclosure(decision, found.nondisclosure));
  const bool of_person = found.state_of_mind || found.material;
  if (!of_person && !found.bore_on_incident) return refuse(refusals::kNothingFound, "found");
  if (found.incident.exists() != found.bore_on_incident.has_value())
    return refuse(refusals::kNothingFound, "incident", to_text(found.incident));
  if (found.incident.exists()) {
    const IncidentFile* incident = find_incident(decision.house(), found.incident);
    if (!incident || incident->incident.policy != file->nondisclosure.policy)
      return refuse(refusals::kNotFound, "incident", to_text(found.incident));
  }
  ANLAN_REQUIRE(check_text(found.reason, "reason"));
  // What was found before it stands; of a later claim it may still be found what bore on it.
  if (of_person && file->rescinded) {
    return refuse(refusals::kAlreadyDone, "nondisclosure", to_text(found.nondisclosure),
                  {{.name = "what", .value = "rescission_noticed"}});
  }
  decision.add(found);
  return Done{};
}

Result<Done> decide_disclosure(Decision& decision, const FreezePremium& command) {
  ANLAN_TRY(const PolicyFile* policy, need_policy(decision, command.policy));
  ANLAN_REQUIRE(check_text(command.reason, "reason"));
  if (command.frozen && policy->nondisclosures.empty())
    return refuse(refusals::kNotFound, "nondisclosure", to_text(command.policy));
  if (command.frozen == policy->premium_frozen) {
    return refuse(refusals::kAlreadyDone, "policy", to_text(command.policy),
                  {{.name = "what", .value = "premium_frozen"}});
  }
  decision.add(
      PremiumFrozen{.policy = command.policy, .frozen = command.frozen, .reason = command.reason});
  return Done{};
}

// The contract ends with the notice: what happened up to the day on which it arrived is judged by
// the findings. A contract that has ended before keeps how it ended.
Result<Done> decide_disclosure(Decision& decision, const RescindPolicy& command) {
  ANLAN_TRY(const NonDisclosureFile* file, need_nondisclosure(decision, command.nondisclosure));
  const House& house = decision.house();
  const PolicyFile& policy = *find_policy(house, file->nondisclosure.policy);
  for (const NonDisclosureId id : policy.nondisclosures) {
    if (!find_nondisclosure(house, id)->rescinded) continue;
    return refuse(refusals::kAlreadyDone, "nondisclosure", to_text(command.nondisclosure),
                  {{.name = "what", .value = "rescission_noticed"}});
  }
  ANLAN_REQUIRE(check_not_future(decision, command.reached_on, "reached_on"));
  const LastDays last = nominal_last_days(house, *file);
  ANLAN_REQUIRE(check_days(command.rest_days, last, "rest_days"));
  ANLAN_REQUIRE(check_days(command.work_days, last, "work_days"));
  ANLAN_REQUIRE(check_right(decision, *file, command));
  const Date on = rescission_day(policy, command.reached_on);
  const std::vector<IncidentId> open = bearing_not_found(house, *file, on);
  if (!open.empty()) {
    return refuse(refusals::kBearingNotFound, "nondisclosure", to_text(command.nondisclosure),
                  {{.name = "incident", .value = to_text(open.front())}});
  }
  if (file->state_of_mind->by == decision.actor().name) {
    return refuse(refusals::kFourEyes, "as", decision.actor().name.text,
                  {{.name = "action", .value = "rescind_policy"},
                   {.name = "other", .value = file->state_of_mind->by.text}});
  }
  decision.add(RescissionNoticed{.nondisclosure = command.nondisclosure,
                                 .policy = policy.policy.id,
                                 .reached_on = command.reached_on,
                                 .rest_days = ascending(command.rest_days),
                                 .work_days = ascending(command.work_days)});
  if (has_ended(policy)) return Done{};
  return decision.book(PolicyCancelled{.policy = policy.policy.id,
                                       .on = on,
                                       .refund = rescission_refund(house, *file, on),
                                       .reason = "rescission"});
}

Result<Done> decide_disclosure(Decision& decision, const ShowText& command) {
  if (!find_quote(decision.house(), command.shown.quote))
    return refuse(refusals::kNotFound, "quote", to_text(command.shown.quote));
  ANLAN_REQUIRE(check_text(command.shown.version, "version"));
  ANLAN_REQUIRE(check_text(command.shown.shown_to, "to"));
  if (command.shown.text == Digest{}) return refuse(anlan::refusals::kEmptyText, "text");
  TextShown event{.shown = command.shown};
  event.shown.shown_by = decision.actor().name;
  event.shown.at = decision.context().at;
  decision.add(std::move(event));
  return Done{};
}

}  // namespace anlan::house
