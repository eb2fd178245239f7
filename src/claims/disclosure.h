// Disclosure: what a wrong answer at application does to a contract and to a claim under it
// (Insurance Law art 16; Interpretation II of the Supreme People's Court, art 6 to 8).
//
// Whether the answer was untrue, material, deliberate or grossly negligent, and whether the fact
// bore on the incident, is found by a person; what follows from the findings and the dates is
// computed here, rule by rule, and proposed to a person. A finding that is missing stays open.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "base/result.h"
#include "base/time.h"
#include "claims/clocks.h"
#include "claims/work_calendar.h"
#include "domain/disclosure.h"

namespace anlan::claims {

using domain::StateOfMind;

// What a person found, and who: a finding without a name is none.
template <class T>
struct Finding {
  T value = {};
  std::string by = {};
  Date on = {};
  bool operator==(const Finding&) const = default;
};

// Verbatim, as it was put to the applicant.
struct QuestionAsked {
  std::string control = {};  // of the questionnaire; empty: another form
  std::string version = {};  // of the form on which it stood
  std::string text_zh = {};
  std::string text_en = {};
  // "Anything else that matters": asks nothing, unless it names something (Interpretation II 6).
  bool general = false;
  bool operator==(const QuestionAsked&) const = default;
};

// Something that shows the truth. It is knowledge from the day on which somebody of the insurer saw
// it; what nobody saw is none.
struct ShownToInsurer {
  std::string source = {};  // scan, survey, telemetry, document, claim
  std::string text_zh = {};
  std::string text_en = {};
  std::string seen_by = {};  // empty: by nobody of the insurer
  std::optional<Date> seen_on = {};
  bool operator==(const ShownToInsurer&) const = default;
};

struct PremiumCollected {
  Date on = {};
  Money amount = {};
  bool operator==(const PremiumCollected&) const = default;
};

struct DisclosureCase {
  std::optional<QuestionAsked> question = {};  // none: nobody asked
  std::string answer = {};
  std::string truth = {};
  Date formed = {};  // the contract
  std::vector<ShownToInsurer> shown = {};
  std::vector<PremiumCollected> collected = {};
  std::optional<Date> rescinded = {};  // the day on which the notice reached the policyholder
  std::optional<Date> incident = {};
  Date as_of = {};  // today, of whoever asks
  std::optional<Finding<StateOfMind>> state_of_mind = {};
  // The truth would have led the insurer to refuse, or to ask more (art 16(2)).
  std::optional<Finding<bool>> material = {};
  // The fact caused the incident or bore on it seriously (art 16(5)).
  std::optional<Finding<bool>> bore_on_incident = {};
  bool operator==(const DisclosureCase&) const = default;
};

// In the order in which they are asked.
enum class DisclosureRule : std::uint8_t {
  kAsked = 1,                      // art 16(1), Interpretation II 6
  kUntrue = 2,                     // art 16(1)
  kFault = 3,                      // art 16(2): deliberate, or grossly negligent
  kMaterial = 4,                   // art 16(2)
  kKnewAtFormation = 5,            // art 16(6)
  kTwoYears = 6,                   // art 16(3)
  kThirtyDays = 7,                 // art 16(3)
  kCollectedKnowing = 8,           // Interpretation II 7
  kRescinded = 9,                  // art 16(2), Interpretation II 8
  kIncidentBeforeRescission = 10,  // art 16(4), 16(5)
  kDeliberate = 11,                // art 16(4)
  kBoreOnIncident = 12,            // art 16(5)
};
constexpr auto enum_names(DisclosureRule*) {
  using R = DisclosureRule;
  return std::array{EnumName<R>{R::kAsked, "asked"},
                    EnumName<R>{R::kUntrue, "untrue"},
                    EnumName<R>{R::kFault, "fault"},
                    EnumName<R>{R::kMaterial, "material"},
                    EnumName<R>{R::kKnewAtFormation, "knew_at_formation"},
                    EnumName<R>{R::kTwoYears, "two_years"},
                    EnumName<R>{R::kThirtyDays, "thirty_days"},
                    EnumName<R>{R::kCollectedKnowing, "collected_knowing"},
                    EnumName<R>{R::kRescinded, "rescinded"},
                    EnumName<R>{R::kIncidentBeforeRescission, "incident_before_rescission"},
                    EnumName<R>{R::kDeliberate, "deliberate"},
                    EnumName<R>{R::kBoreOnIncident, "bore_on_incident"}};
}

enum class RuleAnswer : std::uint8_t { kYes = 1, kNo = 2, kOpen = 3 };
constexpr auto enum_names(RuleAnswer*) {
  using A = RuleAnswer;
  return std::array{EnumName<A>{A::kYes, "yes"}, EnumName<A>{A::kNo, "no"},
                    EnumName<A>{A::kOpen, "open"}};
}

struct DisclosureStep {
  DisclosureRule rule = DisclosureRule::kAsked;
  std::string source = {};  // "art 16(6)", "Interpretation II 7"
  RuleAnswer answer = RuleAnswer::kOpen;
  bool decides = false;         // of the steps, the first that settles the right
  std::string by = {};          // who found it, or who of the insurer saw it
  std::optional<Date> on = {};  // the day that it speaks of: seen, collected, rescinded
  bool operator==(const DisclosureStep&) const = default;
  template <class S = DisclosureStep>
  static constexpr auto fields() {
    return std::tuple{field("rule", &S::rule),     field("source", &S::source),
                      field("answer", &S::answer), field("decides", &S::decides),
                      field("by", &S::by),         field("on", &S::on)};
  }
};

// A period that is not interrupted and ends a right. The day on which it begins is not counted
// (Civil Code art 201); a last day of rest moves to the next working day (art 203).
struct RightPeriod {
  Date from = {};
  Date nominal = {};
  Date last = {};               // on which the right may still be exercised
  bool calendar_known = false;  // false: a holiday nobody listed could move the day on
  bool over = false;            // before the right was exercised, or before today
  bool operator==(const RightPeriod&) const = default;
  template <class P = RightPeriod>
  static constexpr auto fields() {
    return std::tuple{field("from", &P::from), field("nominal", &P::nominal),
                      field("last", &P::last), field("calendar_known", &P::calendar_known),
                      field("over", &P::over)};
  }
};

// Of the insurer to rescind.
enum class RescissionRight : std::uint8_t {
  kNone = 1,           // never arose: not asked, not untrue, no fault, not material
  kBarred = 2,         // the insurer knew when it concluded
  kExpired = 3,        // a period is over
  kWaived = 4,         // premium was collected with knowledge
  kFindingNeeded = 5,  // a person has to find first
  kOpen = 6,           // may be exercised until the earlier of both last days
  kExercised = 7,
};
constexpr auto enum_names(RescissionRight*) {
  using R = RescissionRight;
  return std::array{EnumName<R>{R::kNone, "none"},
                    EnumName<R>{R::kBarred, "barred"},
                    EnumName<R>{R::kExpired, "expired"},
                    EnumName<R>{R::kWaived, "waived"},
                    EnumName<R>{R::kFindingNeeded, "finding_needed"},
                    EnumName<R>{R::kOpen, "open"},
                    EnumName<R>{R::kExercised, "exercised"}};
}

enum class DisclosureClaim : std::uint8_t {
  kNoIncident = 1,
  kPays = 2,                 // as if the answer had been true
  kPaysUnlessRescinded = 3,  // no refusal without rescission (Interpretation II 8)
  kPaysNothing = 4,
  kFindingNeeded = 5,
};
constexpr auto enum_names(DisclosureClaim*) {
  using C = DisclosureClaim;
  return std::array{EnumName<C>{C::kNoIncident, "no_incident"}, EnumName<C>{C::kPays, "pays"},
                    EnumName<C>{C::kPaysUnlessRescinded, "pays_unless_rescinded"},
                    EnumName<C>{C::kPaysNothing, "pays_nothing"},
                    EnumName<C>{C::kFindingNeeded, "finding_needed"}};
}

enum class DisclosurePremium : std::uint8_t {
  kStays = 1,     // the contract runs on
  kKept = 2,      // not refunded (art 16(4))
  kRefunded = 3,  // art 16(5)
  kByPolicy = 4,  // art 16 is silent: the refund terms of the policy
  kOpen = 5,
};
constexpr auto enum_names(DisclosurePremium*) {
  using P = DisclosurePremium;
  return std::array{EnumName<P>{P::kStays, "stays"}, EnumName<P>{P::kKept, "kept"},
                    EnumName<P>{P::kRefunded, "refunded"}, EnumName<P>{P::kByPolicy, "by_policy"},
                    EnumName<P>{P::kOpen, "open"}};
}

// What follows: a proposal, never a decision. `if_rescinded` and `premium_if_rescinded` say what a
// rescission on the day of asking would do, where one is still possible.
struct DisclosureProposal {
  RescissionRight right = RescissionRight::kNone;
  DisclosureClaim claim = DisclosureClaim::kNoIncident;
  DisclosurePremium premium = DisclosurePremium::kStays;
  std::optional<Date> rescind_by = {};
  DisclosureClaim if_rescinded = DisclosureClaim::kNoIncident;
  DisclosurePremium premium_if_rescinded = DisclosurePremium::kStays;
  std::vector<DisclosureRule> missing = {};  // findings that a person has to make
  RightPeriod two_years = {};
  std::optional<RightPeriod> thirty_days = {};  // none: the insurer does not know
  std::vector<DisclosureStep> steps = {};
  bool operator==(const DisclosureProposal&) const = default;
  template <class P = DisclosureProposal>
  static constexpr auto fields() {
    return std::tuple{field("right", &P::right),
                      field("claim", &P::claim),
                      field("premium", &P::premium),
                      field("rescind_by", &P::rescind_by),
                      field("if_rescinded", &P::if_rescinded),
                      field("premium_if_rescinded", &P::premium_if_rescinded),
                      field("missing", &P::missing),
                      field("two_years", &P::two_years),
                      field("thirty_days", &P::thirty_days),
                      field("steps", &P::steps)};
  }
};

// Refuses kDisclosureDates (args first, second): a day after the one on which the case is asked
// about, a rescission before the contract or before anybody of the insurer knew, a fact that was
// seen by nobody on some day, or by somebody on none.
// Premium collected on the very day of knowledge waives nothing: what came first is not known.
Result<DisclosureProposal> propose_disclosure(const DisclosureCase& facts,
                                              const WorkCalendar& calendar);

}  // namespace anlan::claims
