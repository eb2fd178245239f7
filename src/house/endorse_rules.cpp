#include "house/endorse_rules.h"

#include <algorithm>
#include <set>

#include "base/refusals.h"
#include "house/decision.h"
#include "house/life.h"
#include "house/views.h"
#include "underwriting/refusals.h"

namespace anlan::house {

using namespace domain;

namespace {

bool needs_option(EndorsementKind kind) { return kind == EndorsementKind::kTerms; }
bool needs_factor(EndorsementKind kind) {
  return underwriting::component_of(kind) == underwriting::Component::kFactor;
}
bool needs_name(EndorsementKind kind) {
  return kind == EndorsementKind::kBroker || kind == EndorsementKind::kControlChange;
}

Refusal wrong_shape(const Endorsement& endorsement, std::string_view part, bool needed) {
  return refuse(refusals::kEndorsementShape, std::string("endorsement.") + std::string(part),
                std::string(name_of(endorsement.kind)),
                {{.name = "part", .value = std::string(part)},
                 {.name = "needed", .value = needed ? "1" : ""}});
}

bool is_filed(const ChosenOption& option) {
  return !option.premium.is_negative() && option.premium.minor() <= kAmountMax &&
         !option.filed.is_negative() && option.filed.minor() <= kAmountMax &&
         !option.aggregate_limit.is_negative() && option.low <= option.high && !option.id.empty() &&
         option.wording.exists();
}

Result<Done> check_factor(const ChosenFactor& factor) {
  const bool filed = 0 < factor.low_ppm && factor.low_ppm <= factor.high_ppm &&
                     factor.high_ppm <= underwriting::kFactorPpmMax && !factor.id.empty();
  if (filed && factor.low_ppm <= factor.ppm && factor.ppm <= factor.high_ppm) return Done{};
  return refuse(refusals::kFactorOutsideFiling, "endorsement.factor", factor.id,
                {{.name = "ppm", .value = percent_of(factor.ppm)},
                 {.name = "low", .value = percent_of(factor.low_ppm)},
                 {.name = "high", .value = percent_of(factor.high_ppm)}});
}

const Endorsement* live_at_same_place(const underwriting::LiveEndorsements& live,
                                      const Endorsement& endorsement, std::uint32_t number) {
  const auto found = std::find_if(live.begin(), live.end(), [&](const Endorsement* each) {
    return (number == 0 || each->number == number) && each->from == endorsement.from &&
           underwriting::same_component(*each, endorsement);
  });
  return found == live.end() ? nullptr : *found;
}

Result<Done> check_overlap(const PolicyFile& file, const Endorsement& endorsement) {
  const underwriting::LiveEndorsements live = timeline_of(file).live;
  for (const std::uint32_t number : endorsement.replaces) {
    if (live_at_same_place(live, endorsement, number) && number != 0) continue;
    return refuse(refusals::kNotReplaceable, "endorsement.replaces",
                  endorsement_number(file.policy.number, number),
                  {{.name = "from", .value = to_text(endorsement.from)}});
  }
  const Endorsement* taken = live_at_same_place(live, endorsement, 0);
  if (!taken || !endorsement.replaces.empty()) return Done{};
  return refuse(refusals::kEndorsementOverlap, "endorsement.from", to_text(endorsement.from),
                {{.name = "other", .value = endorsement_number(file.policy.number, taken->number)},
                 {.name = "number", .value = std::to_string(taken->number)}});
}

struct FiledRange {
  Money low;
  Money high;
};

FiledRange range_of(const House& house, const PolicyFile& file,
                    const underwriting::StateOfDay& state) {
  if (state.option) return {.low = state.option->low, .high = state.option->high};
  const Quote& quote = find_quote(house, file.policy.quote)->quote;
  return {.low = quote.filed_low, .high = quote.filed_high};
}

// The factors of a day without those that an improvement set.
std::vector<const ChosenFactor*> without_improvements(
    const underwriting::TimelineInput& input, const std::vector<const ChosenFactor*>& factors) {
  std::vector<const ChosenFactor*> out = factors;
  for (const Endorsement* each : input.live) {
    if (each->kind == EndorsementKind::kImprovement) std::erase(out, &*each->factor);
  }
  return out;
}

bool same_cover(const House& house, const PolicyFile& before, const PolicyFile& after, Date day) {
  const WordingOnDay was = wording_on(before, day);
  const WordingOnDay is = wording_on(after, day);
  return was.wording == is.wording && was.artefact == is.artefact &&
         aggregate_limit_on(house, before, day) == aggregate_limit_on(house, after, day) &&
         suspended_on(before, day) == suspended_on(after, day);
}

}  // namespace

std::string percent_of(std::int64_t ppm) {
  constexpr std::int64_t kPercent = 10'000;
  std::string part = std::to_string(kPercent + ppm % kPercent).substr(1);
  while (!part.empty() && part.back() == '0') part.pop_back();
  return std::to_string(ppm / kPercent) + (part.empty() ? "" : "." + part) + " %";
}

Result<Done> check_endorsement_shape(const Endorsement& e) {
  const bool danger = e.kind == EndorsementKind::kDanger;
  const bool improvement = e.kind == EndorsementKind::kImprovement;
  if (e.option.has_value() != needs_option(e.kind))
    return wrong_shape(e, "option", needs_option(e.kind));
  if (e.factor.has_value() != needs_factor(e.kind))
    return wrong_shape(e, "factor", needs_factor(e.kind));
  if (e.name.empty() == needs_name(e.kind)) return wrong_shape(e, "name", needs_name(e.kind));
  if (e.noticed_on.has_value() != danger) return wrong_shape(e, "noticed_on", danger);
  if (e.observation.exists() != improvement) return wrong_shape(e, "observation", improvement);
  if (e.reason.empty()) return refuse(anlan::refusals::kEmptyText, "endorsement.reason");
  if (e.replaces.size() > kReplacesMax) return wrong_shape(e, "replaces", false);
  if (e.option && !is_filed(*e.option)) return wrong_shape(e, "option", true);
  if (e.factor) ANLAN_REQUIRE(check_factor(*e.factor));
  return Done{};
}

Money option_base(const House& house, const PolicyFile& file, Money filed) {
  const Money whole = find_quote(house, file.policy.quote)->quote.filed_premium;
  if (whole.is_zero()) return filed;
  return filed.times_ratio(file.policy.premium.minor(), whole.minor());
}

Result<Done> check_option_premium(const House& house, const PolicyFile& file,
                                  const Endorsement& endorsement) {
  if (!endorsement.option) return Done{};
  const Money due = option_base(house, file, endorsement.option->filed);
  if (endorsement.option->premium == due) return Done{};
  return refuse(refusals::kOptionPremium, "endorsement.option",
                to_grouped(endorsement.option->premium),
                {{.name = "due", .value = to_grouped(due)}});
}

Result<Done> check_endorsement_place(const PolicyFile& file, const Endorsement& endorsement) {
  const Date first = first_day(file.policy);
  const Date until = end_day(file.policy);
  if (endorsement.from < first || endorsement.from >= until) {
    return refuse(refusals::kEndorsementOutsidePeriod, "endorsement.from",
                  to_text(endorsement.from),
                  {{.name = "first", .value = to_text(first)},
                   {.name = "last", .value = to_text(plus_days(until, -1))}});
  }
  ANLAN_REQUIRE(check_overlap(file, endorsement));
  std::set<std::string> factors;
  for (const EndorsementOnFile& each : file.life.changes->endorsements) {
    if (each.endorsement.factor) factors.insert(each.endorsement.factor->id);
  }
  if (endorsement.factor) factors.insert(endorsement.factor->id);
  if (factors.size() <= underwriting::kFactorsMax) return Done{};
  return refuse(underwriting::refusals::kTooManyFactors, "endorsement.factor",
                endorsement.factor ? endorsement.factor->id : std::string(),
                {{.name = "max", .value = std::to_string(underwriting::kFactorsMax)}});
}

Result<Done> check_filed_range(const House& house, const PolicyFile& after) {
  const underwriting::TimelineInput input = timeline_of(after);
  for (const underwriting::PremiumSegment& segment : underwriting::premium_segments(input)) {
    const underwriting::StateOfDay state = underwriting::state_on(input, segment.from);
    const bool as_bound = !state.option && state.factors.empty() && input.members.empty();
    if (segment.suspended || as_bound) continue;
    const Money annual = segment.customer + segment.government;
    const FiledRange range = range_of(house, after, state);
    const Money base = state.option ? state.option->premium : input.premium;
    const Money chosen =
        underwriting::annual_premium(base, without_improvements(input, state.factors));
    if (range.low <= chosen && annual <= range.high) continue;
    return refuse(refusals::kOutsideFiling, "endorsement", to_grouped(annual),
                  {{.name = "from", .value = to_text(segment.from)},
                   {.name = "low", .value = to_grouped(range.low)},
                   {.name = "high", .value = to_grouped(range.high)}});
  }
  return Done{};
}

Result<Done> check_days_of_incidents(const House& house, const PolicyFile& before,
                                     const PolicyFile& after) {
  for (const IncidentId id : before.incidents) {
    const Date day = incident_day(house, id);
    if (same_cover(house, before, after, day)) continue;
    return refuse(refusals::kIncidentOnDay, "endorsement.from", to_text(id),
                  {{.name = "day", .value = to_text(day)}});
  }
  return Done{};
}

Result<Done> check_voidable(const PolicyFile& file, std::uint32_t number) {
  const std::string named = endorsement_number(file.policy.number, number);
  if (number == 0 || number > file.life.changes->endorsements.size())
    return refuse(refusals::kNotFound, "number", named);
  const EndorsementOnFile& known = file.life.changes->endorsements[number - 1];
  if (known.voided)
    return refuse(refusals::kAlreadyDone, "number", named,
                  {{.name = "what", .value = "endorsement_voided"}});
  const underwriting::LiveEndorsements live = timeline_of(file).live;
  const bool acts = std::any_of(live.begin(), live.end(),
                                [&](const Endorsement* each) { return each->number == number; });
  if (acts) return Done{};
  return refuse(refusals::kWrongState, "number", named,
                {{.name = "state", .value = "replaced"}, {.name = "needed", .value = "acting"}});
}

}  // namespace anlan::house
