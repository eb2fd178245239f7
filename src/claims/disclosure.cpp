#include "claims/disclosure.h"

#include <algorithm>

#include "claims/refusals.h"

namespace anlan::claims {
namespace {

constexpr std::int32_t kDaysAfterKnowledge = 30;
constexpr int kYearsAfterFormation = 2;

std::string_view source_of(DisclosureRule rule) {
  switch (rule) {
    case DisclosureRule::kAsked:
      return "art 16(1), Interpretation II 6";
    case DisclosureRule::kUntrue:
      return "art 16(1)";
    case DisclosureRule::kFault:
    case DisclosureRule::kMaterial:
      return "art 16(2)";
    case DisclosureRule::kKnewAtFormation:
      return "art 16(6)";
    case DisclosureRule::kTwoYears:
    case DisclosureRule::kThirtyDays:
      return "art 16(3)";
    case DisclosureRule::kCollectedKnowing:
      return "Interpretation II 7";
    case DisclosureRule::kRescinded:
      return "art 16(2), Interpretation II 8";
    case DisclosureRule::kIncidentBeforeRescission:
      return "art 16(4), 16(5)";
    case DisclosureRule::kDeliberate:
      return "art 16(4)";
    case DisclosureRule::kBoreOnIncident:
      return "art 16(5)";
  }
  check_failed("a known rule", __FILE__, __LINE__);
}

Refusal out_of_order(std::string path, Date said, std::string first, std::string second) {
  return Refusal{.code = refusals::kDisclosureDates,
                 .path = std::move(path),
                 .value = to_text(said),
                 .args = {{.name = "first", .value = std::move(first)},
                          {.name = "second", .value = std::move(second)}},
                 .at = {}};
}

// The first day on which somebody of the insurer saw the truth.
const ShownToInsurer* first_seen(const DisclosureCase& facts) {
  const ShownToInsurer* first = nullptr;
  for (const ShownToInsurer& shown : facts.shown) {
    if (shown.seen_on && (!first || *shown.seen_on < *first->seen_on)) first = &shown;
  }
  return first;
}

Result<Done> check_dates(const DisclosureCase& facts) {
  const auto not_after_today = [&](std::string path, std::optional<Date> on) -> Result<Done> {
    if (!on || *on <= facts.as_of) return Done{};
    return out_of_order(std::move(path), *on, std::string(path), "as_of");
  };
  ANLAN_REQUIRE(not_after_today("formed", facts.formed));
  ANLAN_REQUIRE(not_after_today("incident", facts.incident));
  ANLAN_REQUIRE(not_after_today("rescinded", facts.rescinded));
  for (const ShownToInsurer& shown : facts.shown) {
    ANLAN_REQUIRE(not_after_today("shown.seen_on", shown.seen_on));
    if (shown.seen_on.has_value() != shown.seen_by.empty()) continue;
    return out_of_order("shown.seen_on", shown.seen_on.value_or(Date{}), "seen_by", "seen_on");
  }
  for (const PremiumCollected& collected : facts.collected) {
    ANLAN_REQUIRE(not_after_today("collected.on", collected.on));
  }
  if (!facts.rescinded) return Done{};
  if (*facts.rescinded < facts.formed)
    return out_of_order("rescinded", *facts.rescinded, "formed", "rescinded");
  const ShownToInsurer* known = first_seen(facts);
  if (known && *known->seen_on <= *facts.rescinded) return Done{};
  return out_of_order("rescinded", *facts.rescinded, "shown.seen_on", "rescinded");
}

RightPeriod period(Date from, Date nominal, Date acted_on, const WorkCalendar& calendar) {
  const Date last = roll_forward(calendar, nominal);
  return {.from = from,
          .nominal = nominal,
          .last = last,
          .calendar_known = is_known(calendar, nominal) && is_known(calendar, last),
          .over = acted_on > last};
}

RuleAnswer yes_if(bool met) { return met ? RuleAnswer::kYes : RuleAnswer::kNo; }

struct Builder {
  const DisclosureCase& facts;
  DisclosureProposal out = {};
  bool settled = false;  // the right

  DisclosureStep& add(DisclosureRule rule, RuleAnswer answer) {
    out.steps.push_back({.rule = rule, .source = std::string(source_of(rule)), .answer = answer});
    return out.steps.back();
  }
  template <class T>
  DisclosureStep& add_finding(DisclosureRule rule, const std::optional<Finding<T>>& finding,
                              RuleAnswer answer) {
    DisclosureStep& step = add(rule, finding ? answer : RuleAnswer::kOpen);
    if (!finding) {
      out.missing.push_back(rule);
    } else {
      step.by = finding->by;
      step.on = finding->on;
    }
    return step;
  }
  // The first step that settles the right decides.
  void settle(RescissionRight right) {
    if (settled) return;
    settled = true;
    out.right = right;
    out.steps.back().decides = true;
  }

  // Whether a right arose at all (art 16(1), 16(2)). False: nothing more is asked.
  bool arose() {
    const bool asked = facts.question && !facts.question->general;
    add(DisclosureRule::kAsked, yes_if(asked));
    if (!asked) return settle(RescissionRight::kNone), false;
    const bool untrue = facts.answer != facts.truth;
    add(DisclosureRule::kUntrue, yes_if(untrue));
    if (!untrue) return settle(RescissionRight::kNone), false;
    const bool fault = facts.state_of_mind && facts.state_of_mind->value != StateOfMind::kNone;
    add_finding(DisclosureRule::kFault, facts.state_of_mind, yes_if(fault));
    if (facts.state_of_mind && !fault) settle(RescissionRight::kNone);
    add_finding(DisclosureRule::kMaterial, facts.material,
                yes_if(facts.material && facts.material->value));
    if (facts.material && !facts.material->value) settle(RescissionRight::kNone);
    return true;
  }

  void weigh_knowledge(const ShownToInsurer* known) {
    const bool knew = known && *known->seen_on <= facts.formed;
    DisclosureStep& step = add(DisclosureRule::kKnewAtFormation, yes_if(knew));
    if (knew) {
      step.by = known->seen_by;
      step.on = known->seen_on;
      settle(RescissionRight::kBarred);
    }
  }

  void weigh_periods(const ShownToInsurer* known, const WorkCalendar& calendar) {
    const Date acted_on = facts.rescinded.value_or(facts.as_of);
    out.two_years = period(facts.formed, plus_years_of_law(facts.formed, kYearsAfterFormation),
                           acted_on, calendar);
    add(DisclosureRule::kTwoYears, yes_if(out.two_years.over)).on = out.two_years.last;
    if (out.two_years.over) settle(RescissionRight::kExpired);
    if (!known) {
      add(DisclosureRule::kThirtyDays, RuleAnswer::kNo);
      return;
    }
    // Knowledge from before the contract bars the right; a clock of it begins with the contract.
    const Date from = std::max(*known->seen_on, facts.formed);
    out.thirty_days = period(from, plus_days(from, kDaysAfterKnowledge), acted_on, calendar);
    DisclosureStep& step = add(DisclosureRule::kThirtyDays, yes_if(out.thirty_days->over));
    step.by = known->seen_by;
    step.on = out.thirty_days->last;
    if (out.thirty_days->over) settle(RescissionRight::kExpired);
  }

  void weigh_collection(const ShownToInsurer* known) {
    const PremiumCollected* waives = nullptr;
    for (const PremiumCollected& each : facts.collected) {
      const bool knowing = known && each.on > std::max(*known->seen_on, facts.formed);
      const bool in_time = !facts.rescinded || each.on <= *facts.rescinded;
      if (knowing && in_time && (!waives || each.on < waives->on)) waives = &each;
    }
    DisclosureStep& step = add(DisclosureRule::kCollectedKnowing, yes_if(waives != nullptr));
    if (!waives) return;
    step.on = waives->on;
    settle(RescissionRight::kWaived);
  }

  // What a rescission on that day does to the incident and to the premium.
  void weigh_rescission(Date rescinded) {
    const bool deliberate = facts.state_of_mind->value == StateOfMind::kDeliberate;
    const bool before = facts.incident && *facts.incident <= rescinded;
    if (facts.incident) {
      add(DisclosureRule::kIncidentBeforeRescission, yes_if(before)).on = facts.incident;
    }
    add_finding(DisclosureRule::kDeliberate, facts.state_of_mind, yes_if(deliberate));
    out.if_rescinded = DisclosureClaim::kNoIncident;
    out.premium_if_rescinded = DisclosurePremium::kByPolicy;
    if (facts.incident) out.if_rescinded = DisclosureClaim::kPaysNothing;
    if (deliberate) {
      out.premium_if_rescinded = DisclosurePremium::kKept;
    } else if (before) {
      weigh_effect();
    }
  }

  void weigh_effect() {
    const bool bore = facts.bore_on_incident && facts.bore_on_incident->value;
    add_finding(DisclosureRule::kBoreOnIncident, facts.bore_on_incident, yes_if(bore));
    if (!facts.bore_on_incident) {
      out.if_rescinded = DisclosureClaim::kFindingNeeded;
      out.premium_if_rescinded = DisclosurePremium::kOpen;
    } else if (bore) {
      out.premium_if_rescinded = DisclosurePremium::kRefunded;
    } else {
      out.if_rescinded = DisclosureClaim::kPays;
    }
  }

  void conclude() {
    const DisclosureClaim pays =
        facts.incident ? DisclosureClaim::kPays : DisclosureClaim::kNoIncident;
    if (settled) {
      out.claim = pays;
      out.missing.clear();  // whatever would be found, the right is not there
      return;
    }
    if (!out.missing.empty()) {
      out.right = RescissionRight::kFindingNeeded;
      out.claim = facts.incident ? DisclosureClaim::kFindingNeeded : pays;
      out.premium = facts.rescinded ? DisclosurePremium::kOpen : DisclosurePremium::kStays;
    } else {
      add(DisclosureRule::kRescinded, yes_if(facts.rescinded.has_value())).on = facts.rescinded;
      settle(facts.rescinded ? RescissionRight::kExercised : RescissionRight::kOpen);
      weigh_rescission(facts.rescinded.value_or(facts.as_of));
      if (facts.rescinded) {
        out.claim = out.if_rescinded;
        out.premium = out.premium_if_rescinded;
      } else {
        const bool same = out.if_rescinded == pays;
        out.claim = same ? pays : DisclosureClaim::kPaysUnlessRescinded;
      }
    }
    if (facts.rescinded) return;
    out.rescind_by = out.two_years.last;
    if (out.thirty_days) out.rescind_by = std::min(*out.rescind_by, out.thirty_days->last);
  }
};

}  // namespace

Result<DisclosureProposal> propose_disclosure(const DisclosureCase& facts,
                                              const WorkCalendar& calendar) {
  ANLAN_REQUIRE(check_dates(facts));
  Builder builder{.facts = facts};
  const ShownToInsurer* known = first_seen(facts);
  if (builder.arose()) {
    builder.weigh_knowledge(known);
    builder.weigh_periods(known, calendar);
    builder.weigh_collection(known);
  } else {
    builder.out.two_years = period(
        facts.formed, plus_years_of_law(facts.formed, kYearsAfterFormation), facts.as_of, calendar);
  }
  builder.conclude();
  return std::move(builder.out);
}

}  // namespace anlan::claims
