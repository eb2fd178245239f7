#include "terms/admission.h"

#include <algorithm>

#include "base/allot.h"
#include "base/check.h"
#include "terms/codes.h"
#include "terms/gates.h"
#include "terms/plan.h"

namespace anlan::terms {
namespace {

using domain::SettleStage;
using domain::StepReason;

class Gate {
 public:
  // `incident_only`: asked of mitigation cost, which needs no cover of its own.
  Gate(const Wording& wording, const ClaimFacts& facts, bool incident_only = false)
      : wording_(wording),
        facts_(facts),
        incident_only_(incident_only),
        court_(wording, facts.evidence) {}

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
    if (out_.in_period && out_.peril_covered) limit_incident();
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
                     .offset = facts_.offset,
                     .suspended = facts_.suspended};
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
    } else if (head.section < 0 && !incident_only_) {
      refuse(head, StepReason::kNoCover, "");
    } else if (is_abroad()) {
      refuse(head, StepReason::kOutsideTerritory, wording_.territory->clause);
    } else if (const Exclusion* exclusion = excluded_by(claim.head.text)) {
      refuse(head, StepReason::kExclusion, exclusion->clause);
    } else {
      Items items = items_of(claim);
      cut_outside_windows(claim, items, head);
      reduce_for_late_notice(claim, head);
      for (const Condition& condition : wording_.conditions) ask(condition, items, head);
    }
    return head;
  }

  bool is_abroad() {
    return !is_inside(wording_.territory, facts_.location) &&
           court_.may_act(wording_.territory->clause);
  }

  ExclusionFacts asked() const {
    return {.peril = facts_.peril.text, .causes = facts_.causes, .attribution = facts_.attribution};
  }

  // Exclusions of the whole incident come before those of a head.
  const Exclusion* excluded_by(const std::string& head) {
    for (const bool of_heads : {false, true}) {
      for (const Exclusion& exclusion : wording_.exclusions) {
        if (exclusion.of_heads() != of_heads || exclusion.limit) continue;
        if (!takes_head(exclusion, head) || !is_met(exclusion, asked())) continue;
        if (court_.may_act(exclusion.clause)) return &exclusion;
      }
    }
    return nullptr;
  }

  // Both clauses relieve the insurer together: without one of them the incident is covered in full.
  void limit_incident() {
    for (const Exclusion& exclusion : wording_.exclusions) {
      if (!exclusion.limit || !is_met(exclusion, asked())) continue;
      if (!court_.may_act(exclusion.clause) || !court_.may_act(exclusion.limit_clause)) continue;
      if (out_.limit && out_.limit->amount <= *exclusion.limit) continue;
      out_.limit = {.amount = *exclusion.limit, .clause = exclusion.limit_clause};
    }
    if (!out_.limit) return;
    const Currency currency = wording_.terms.currency;
    Money sum = Money::zero(currency);
    for (const AdmittedHead& head : out_.heads) sum += head.admitted;
    const Money most = Money::from_minor(out_.limit->amount, currency);
    if (sum <= most) return;
    out_.steps.push_back({.stage = SettleStage::kGate,
                          .reason = StepReason::kLimitedByExclusion,
                          .clause = out_.limit->clause,
                          .subject = "",
                          .before = sum,
                          .after = most});
  }

  // What windows left of the items of a head, and of the whole head.
  struct Items {
    std::vector<ClaimItem> left = {};
    Money head = {};
  };

  static Items items_of(const ClaimHead& claim) {
    return {.left = claim.items, .head = claim.amount};
  }

  void cut_outside_windows(const ClaimHead& claim, Items& items, AdmittedHead& head) {
    const Instant discovered =
        facts_.discovered.value_or(facts_.notice ? facts_.notice->discovered : facts_.occurred);
    for (const ExpenseWindow& window : wording_.expense_windows) {
      if (!names_head(window.heads, claim.head.text)) continue;
      const Instant end = end_of(window, facts_.occurred, discovered);
      Money left = head.admitted;
      std::vector<std::size_t> late;
      for (std::size_t n = 0; n < items.left.size(); ++n) {
        const ClaimItem& item = items.left[n];
        if (item.amount.minor() == 0 || !item.incurred || *item.incurred < end) continue;
        late.push_back(n);
        left -= item.amount;
      }
      if (late.empty() || !court_.may_act(window.clause)) continue;
      for (const std::size_t n : late) items.left[n].amount = Money::zero(left.currency());
      ANLAN_CHECK(!left.is_negative());
      items.head = left;
      lower(head, StepReason::kOutsideWindow, window.clause, left);
    }
  }

  // The part of what is left that the condition is about: under a list of vendors, the work of
  // others, as far as windows left it.
  Money concerned(const Condition& condition, const Items& items, Money left) const {
    if (condition.vendors.empty() || items.head.is_zero()) return left;
    Int128 listed = 0;
    for (const ClaimItem& item : items.left) {
      if (has_word(condition.vendors, item.vendor)) listed += item.amount.minor();
    }
    const Int128 others = items.head.minor() - listed;
    return Money::from_minor(
        static_cast<std::int64_t>(half_up(others * left.minor(), items.head.minor())),
        left.currency());
  }

  StepReason reason_of(const Condition& condition) const {
    const bool late = has_word(facts_.conditions_late, condition.name);
    switch (condition.kind) {
      case ConditionKind::kEvidence:
      case ConditionKind::kConsent:
        return late ? StepReason::kConditionLate : StepReason::kConditionNotMet;
      case ConditionKind::kRetrospectiveConsent:
        return late ? StepReason::kConsentTooLate : StepReason::kConditionNotMet;
      case ConditionKind::kDesignatedVendor:
        return StepReason::kVendorNotDesignated;
      case ConditionKind::kNotice:
        return StepReason::kVendorNoticeLate;
    }
    check_failed("a known kind of condition", __FILE__, __LINE__);
  }

  void ask(const Condition& condition, const Items& items, AdmittedHead& head) {
    if (head.admitted.is_zero() || !names_head(condition.heads, head.head.text)) return;
    if (has_word(facts_.conditions_met, condition.name)) return;
    const Money part = concerned(condition, items, head.admitted);
    const Money lost = Money::from_minor(
        static_cast<std::int64_t>(
            half_up(static_cast<Int128>(part.minor()) * condition.unmet_bp, kBasisPoints)),
        part.currency());
    if (lost.is_zero() || !court_.may_act(condition.clause)) return;
    lower(head, reason_of(condition), condition.clause, head.admitted - lost);
  }

  void reduce_for_late_notice(const ClaimHead& claim, AdmittedHead& head) {
    if (!wording_.late_notice || !facts_.notice || claim.lost_by_late_notice.minor() == 0) return;
    const LateNotice& rule = *wording_.late_notice;
    const Instant due = plus_minutes(facts_.notice->discovered, rule.hours * 60);
    if (facts_.notice->reported <= due || !court_.may_act(rule.clause)) return;
    ANLAN_CHECK(!claim.lost_by_late_notice.is_negative());
    const Money left =
        std::max(Money::zero(claim.amount.currency()), head.admitted - claim.lost_by_late_notice);
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
  const bool incident_only_;
  ClauseCourt court_;
  std::optional<TimeRefusal> outside_;
  Admission out_;
};

}  // namespace

Admission admit(const Wording& wording, const ClaimFacts& facts) {
  return Gate(wording, facts).run();
}

Money admit_mitigation(const Wording& wording, const ClaimFacts& facts, Money cost,
                       Admission& admission) {
  if (cost.is_zero()) return cost;
  Wording incident_only = wording;
  incident_only.conditions.clear();
  incident_only.expense_windows.clear();
  std::erase_if(incident_only.exclusions,
                [](const Exclusion& exclusion) { return exclusion.of_heads() || exclusion.limit; });
  ClaimFacts asked = facts;
  asked.heads = {{.head = {std::string(kMitigationSubject)},
                  .amount = cost,
                  .lost_by_late_notice = Money::zero(cost.currency())}};
  const Admission found = Gate(incident_only, asked, true).run();
  admission.steps.insert(admission.steps.end(), found.steps.begin(), found.steps.end());
  for (const std::string& ref : found.unapplied) add_word_once(admission.unapplied, ref);
  for (const std::string& ref : found.overridden) add_word_once(admission.overridden, ref);
  return found.heads.front().admitted;
}

Terms limited_terms(Terms terms, const std::optional<IncidentLimit>& limit) {
  if (!limit) return terms;
  if (!terms.written_limit) {
    terms.written_limit =
        terms.occurrence_limit ? *terms.occurrence_limit : terms.aggregate_limit.value_or(kNoCap);
  }
  if (!terms.occurrence_limit || *terms.occurrence_limit > limit->amount) {
    terms.occurrence_limit = limit->amount;
    terms.occurrence_clause = limit->clause;
  }
  for (Section& section : terms.sections) {
    if (section.inside_aggregate) continue;
    if (section.sublimit_occ && *section.sublimit_occ <= limit->amount) continue;
    section.sublimit_occ = limit->amount;
    section.sublimit_clause = limit->clause;
  }
  return terms;
}

}  // namespace anlan::terms
