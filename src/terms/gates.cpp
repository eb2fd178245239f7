#include "terms/gates.h"

#include <algorithm>

#include "base/check.h"

namespace anlan::terms {
namespace {

using domain::SettleStage;
using domain::StepReason;

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

void add_once(std::vector<std::string>& words, const std::string& word) {
  if (!has(words, word)) words.push_back(word);
}

// Decides for each clause whether it may act against the insured, and remembers where that was not
// plain.
class ClauseCourt {
 public:
  ClauseCourt(const Wording& wording, const ClauseEvidence& evidence)
      : wording_(wording), evidence_(evidence) {}

  bool may_act(const std::string& ref) {
    const Clause* clause = find_clause(wording_.clauses, ref);
    if (!clause || !clause->exemption || has(evidence_.explained, ref)) return true;
    const bool by_order = has(evidence_.overridden, ref);
    add_once(by_order ? overridden : unapplied, ref);
    return by_order;
  }

  std::vector<std::string> unapplied;
  std::vector<std::string> overridden;

 private:
  const Wording& wording_;
  const ClauseEvidence& evidence_;
};

class Gate {
 public:
  Gate(const Wording& wording, const ClaimFacts& facts)
      : wording_(wording), facts_(facts), court_(wording, facts.evidence) {}

  Admission run() {
    outside_ = asked_of_time();
    out_.in_period = !outside_;
    out_.peril_covered = covers_peril(wording_, facts_.peril.text);
    out_.by_section.resize(wording_.terms.sections.size());
    for (const ClaimHead& head : facts_.heads) {
      AdmittedHead admitted = admit_head(head);
      if (admitted.section >= 0) {
        out_.by_section[static_cast<std::size_t>(admitted.section)] += admitted.admitted.minor();
      }
      out_.heads.push_back(std::move(admitted));
    }
    out_.unapplied = court_.unapplied;
    out_.overridden = court_.overridden;
    return std::move(out_);
  }

 private:
  // A retroactive date whose explanation is not evidenced does not act.
  std::optional<TimeRefusal> asked_of_time() {
    ClaimTimes times{.occurred = facts_.occurred,
                     .discovered = facts_.discovered,
                     .first_made = facts_.first_made,
                     .reported = {},
                     .circumstances = facts_.circumstances,
                     .from = facts_.from,
                     .until = facts_.until,
                     .offset = facts_.offset};
    if (facts_.notice) {
      if (!times.discovered) times.discovered = facts_.notice->discovered;
      times.reported = facts_.notice->reported;
    }
    Trigger trigger = wording_.trigger;
    std::optional<TimeRefusal> refused = outside_trigger(trigger, times);
    if (!refused || refused->reason != StepReason::kBeforeRetroactiveDate) return refused;
    if (court_.may_act(trigger.retroactive_clause)) return refused;
    trigger.retroactive_date = std::nullopt;
    trigger.retroactive_days = std::nullopt;
    return outside_trigger(trigger, times);
  }

  int section_of(const std::string& head) const {
    const std::string_view code = domain::section_of_head(head);
    for (std::size_t i = 0; i < wording_.terms.sections.size(); ++i) {
      if (wording_.terms.sections[i].code == code) return static_cast<int>(i);
    }
    return -1;
  }

  AdmittedHead admit_head(const ClaimHead& claim) {
    ANLAN_CHECK(claim.amount.currency() == wording_.terms.currency);
    ANLAN_CHECK(!claim.amount.is_negative());
    AdmittedHead head{.head = claim.head,
                      .section = section_of(claim.head.text),
                      .claimed = claim.amount,
                      .admitted = claim.amount};
    if (!out_.in_period) {
      refuse(head, outside_->reason, outside_->clause);
    } else if (!out_.peril_covered) {
      refuse(head, StepReason::kPerilNotCovered, wording_.perils.clause);
    } else if (head.section < 0) {
      refuse(head, StepReason::kNoCover, "");
    } else if (const Exclusion* exclusion = excluded_by(claim.head.text)) {
      refuse(head, StepReason::kExclusion, exclusion->clause);
    } else {
      reduce_for_late_notice(claim, head);
      if (const Condition* condition = missing_condition(claim.head.text)) {
        const bool late = has(facts_.conditions_late, condition->name);
        refuse(head, late ? StepReason::kConditionLate : StepReason::kConditionNotMet,
               condition->clause);
      }
    }
    return head;
  }

  bool meets(const Exclusion& exclusion) const {
    if (has(exclusion.perils, facts_.peril.text)) return true;
    return std::any_of(facts_.causes.begin(), facts_.causes.end(),
                       [&](const std::string& cause) { return has(exclusion.causes, cause); });
  }

  // Exclusions of the whole incident come before those of a head.
  const Exclusion* excluded_by(const std::string& head) {
    for (const bool of_heads : {false, true}) {
      for (const Exclusion& exclusion : wording_.exclusions) {
        if (exclusion.heads.empty() == of_heads) continue;
        const bool always = exclusion.causes.empty() && exclusion.perils.empty();
        if (!always && !meets(exclusion)) continue;
        if (of_heads && !names(exclusion.heads, head)) continue;
        if (court_.may_act(exclusion.clause)) return &exclusion;
      }
    }
    return nullptr;
  }

  const Condition* missing_condition(const std::string& head) {
    for (const Condition& condition : wording_.conditions) {
      if (!names(condition.heads, head) || has(facts_.conditions_met, condition.name)) continue;
      if (court_.may_act(condition.clause)) return &condition;
    }
    return nullptr;
  }

  static bool names(const std::vector<std::string>& codes, const std::string& head) {
    return std::any_of(codes.begin(), codes.end(),
                       [&](const std::string& code) { return domain::belongs_to(head, code); });
  }

  void reduce_for_late_notice(const ClaimHead& claim, AdmittedHead& head) {
    if (!wording_.late_notice || !facts_.notice || claim.lost_by_late_notice.minor() == 0) return;
    const LateNotice& rule = *wording_.late_notice;
    const Instant due = plus_minutes(facts_.notice->discovered, rule.hours * 60);
    if (facts_.notice->reported <= due || !court_.may_act(rule.clause)) return;
    ANLAN_CHECK(!claim.lost_by_late_notice.is_negative());
    const Money left =
        std::max(Money::zero(claim.amount.currency()), claim.amount - claim.lost_by_late_notice);
    lower(head, StepReason::kConditionNotMet, rule.clause, left);
  }

  void refuse(AdmittedHead& head, StepReason reason, const std::string& clause) {
    lower(head, reason, clause, Money::zero(head.claimed.currency()));
  }

  void lower(AdmittedHead& head, StepReason reason, const std::string& clause, Money to) {
    if (head.admitted == to) return;
    out_.steps.push_back({.stage = SettleStage::kGate,
                          .reason = reason,
                          .clause = clause,
                          .subject = head.head.text,
                          .before = head.admitted,
                          .after = to});
    head.admitted = to;
  }

  const Wording& wording_;
  const ClaimFacts& facts_;
  ClauseCourt court_;
  std::optional<TimeRefusal> outside_;
  Admission out_;
};

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

ClauseEvidence everything_explained(const Wording& wording) {
  return ClauseEvidence{.explained = exemption_clauses(wording)};
}

bool may_act(const Wording& wording, const std::string& clause, const ClauseEvidence& evidence) {
  return ClauseCourt(wording, evidence).may_act(clause);
}

Admission admit(const Wording& wording, const ClaimFacts& facts) {
  return Gate(wording, facts).run();
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
