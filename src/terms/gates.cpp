#include "terms/gates.h"

namespace anlan::terms {
namespace {

using domain::StepReason;

void drop_section_terms(Section& section, ClauseCourt& court) {
  const auto lapses = [&](bool acts, const std::string& clause) {
    return acts && !court.may_act(clause);
  };
  if (lapses(section.deductible != 0, section.deductible_clause)) section.deductible = 0;
  if (lapses(section.own_retention != 0, section.retention_clause)) section.own_retention = 0;
  if (lapses(section.sublimit_occ || section.sublimit_agg, section.sublimit_clause)) {
    section.sublimit_occ = section.sublimit_agg = std::nullopt;
  }
  if (lapses(section.participation_bp != 0, section.participation_clause)) {
    section.participation_bp = 0;
  }
  TimeTerms& time = section.time;
  if (lapses(time.waiting_hours != 0, time.waiting_clause)) time.waiting_hours = 0;
  if (lapses(time.monetary != 0, time.monetary_clause)) time.monetary = 0;
  if (lapses(time.indemnity_hours.has_value(), time.indemnity_clause)) {
    time.indemnity_hours = std::nullopt;
  }
  if (lapses(time.daily_amount.has_value(), time.daily_clause)) time.daily_amount = std::nullopt;
  if (lapses(section.average, section.average_clause)) section.average = false;
}

}  // namespace

std::optional<TimeRefusal> outside_trigger(const Trigger& trigger, const ClaimTimes& times) {
  constexpr std::int64_t kMinutesPerDay = 1440;
  const auto refused = [](StepReason reason, const std::string& clause) {
    return TimeRefusal{.reason = reason, .clause = clause};
  };
  const bool by_occurrence = trigger.basis == TriggerBasis::kOccurrence;
  if (times.occurred >= times.until || (by_occurrence && times.occurred < times.from)) {
    return refused(StepReason::kOutsidePeriod, trigger.clause);
  }
  if (times.suspended) return refused(StepReason::kSuspended, {});
  if (by_occurrence) return std::nullopt;
  std::optional<Instant> back_to;
  if (trigger.retroactive_date) back_to = start_of_day(*trigger.retroactive_date, times.offset);
  if (trigger.retroactive_days) {
    back_to = plus_minutes(times.from, -*trigger.retroactive_days * kMinutesPerDay);
  }
  if (back_to && times.occurred < *back_to) {
    return refused(StepReason::kBeforeRetroactiveDate, trigger.retroactive_clause);
  }
  const Instant end = plus_minutes(times.until, trigger.extended_reporting_days * kMinutesPerDay);
  const std::string& after =
      trigger.extended_reporting_days != 0 ? trigger.reporting_clause : trigger.clause;
  const Instant discovered = times.discovered.value_or(times.occurred);
  const auto clause_of = [&](Instant at) { return at < times.from ? trigger.clause : after; };
  const auto inside = [&](Instant at) { return times.from <= at && at < end; };
  if (trigger.basis == TriggerBasis::kDiscovery) {
    if (inside(discovered)) return std::nullopt;
    return refused(StepReason::kDiscoveredOutsidePeriod, clause_of(discovered));
  }
  if (trigger.notice_of_circumstances && times.circumstances &&
      times.from <= *times.circumstances && *times.circumstances < times.until) {
    return std::nullopt;
  }
  const Instant made = times.first_made.value_or(discovered);
  if (!inside(made)) return refused(StepReason::kClaimOutsidePeriod, clause_of(made));
  if (trigger.basis == TriggerBasis::kClaimsMade) return std::nullopt;
  if (times.reported.value_or(made) < end) return std::nullopt;
  return refused(StepReason::kReportedTooLate, after);
}

EffectiveTerms effective_terms(const Wording& wording, const ClauseEvidence& evidence) {
  ClauseCourt court(wording, evidence);
  EffectiveTerms out{.terms = wording.terms};
  Terms& terms = out.terms;
  const auto lapses = [&](bool acts, const std::string& clause) {
    return acts && !court.may_act(clause);
  };
  for (Section& section : terms.sections) drop_section_terms(section, court);
  for (Group& group : terms.groups) {
    if (lapses(group.sublimit_occ || group.sublimit_agg, group.clause)) {
      group.sublimit_occ = group.sublimit_agg = std::nullopt;
    }
  }
  if (lapses(terms.occurrence_retention != 0, terms.retention_clause)) {
    terms.occurrence_retention = 0;
  }
  if (lapses(terms.occurrence_limit.has_value(), terms.occurrence_clause)) {
    terms.occurrence_limit = std::nullopt;
  }
  if (lapses(terms.aggregate_limit.has_value(), terms.aggregate_clause)) {
    // Mitigation keeps the sum insured that the contract states as its cap (art 57).
    if (!terms.mitigation_cap) terms.mitigation_cap = terms.aggregate_limit;
    terms.aggregate_limit = std::nullopt;
  }
  if (terms.other_insurance && !court.may_act(terms.other_insurance->clause)) {
    terms.other_insurance = std::nullopt;
  }
  for (Service& service : terms.services) {
    if (!court.may_act(service.clause)) service.limit_occ = service.limit_agg = std::nullopt;
  }
  out.unapplied = court.unapplied;
  out.overridden = court.overridden;
  return out;
}

}  // namespace anlan::terms
