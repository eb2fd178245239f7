#include "terms/play.h"

#include <algorithm>
#include <functional>

#include "terms/codes.h"
#include "terms/reaching.h"
#include "terms/refusals.h"
#include "terms/take_step.h"

namespace anlan::terms {
namespace {

using domain::SettlementStep;
using domain::SettleStage;
using domain::StepReason;

constexpr std::int64_t kDayMinutes = 1440;
constexpr std::int64_t kHourMinutes = 60;
constexpr std::int32_t kYearDays = 365;

// ---- what is claimed

struct Claim {
  std::vector<ClaimHead> heads = {};  // the outage last, where there is one
  std::vector<SettlementStep> corrections = {};
  Money stated = {};
};

bool insures(const Wording& wording, std::string_view code) {
  const std::vector<Section>& sections = wording.terms.sections;
  return std::any_of(sections.begin(), sections.end(),
                     [&](const Section& section) { return section.code == code; });
}

Claim quantified(const Script& script, const Wording& wording) {
  const Money none = Money::zero(script.currency);
  Claim out{.stated = script.mitigation};
  std::vector<Money> before;
  for (const ScriptLoss& loss : script.losses) {
    const auto same = [&](const ClaimHead& head) { return head.head == loss.head; };
    auto found = std::find_if(out.heads.begin(), out.heads.end(), same);
    if (found == out.heads.end()) {
      before.push_back(none);
      found = out.heads.insert(out.heads.end(),
                               {.head = loss.head, .amount = none, .lost_by_late_notice = none});
    }
    const Money amount = in_script_currency(script, loss.amount);
    const Money improved = std::min(amount, in_script_currency(script, loss.betterment));
    found->amount += amount - improved;
    found->items.push_back(
        {.amount = amount - improved,
         .incurred = plus_minutes(script.occurred, loss.after_hours * kHourMinutes),
         .vendor = loss.vendor});
    before[static_cast<std::size_t>(found - out.heads.begin())] += amount;
  }
  for (std::size_t i = 0; i < out.heads.size(); ++i) {
    out.stated += before[i];
    if (before[i] == out.heads[i].amount) continue;
    out.corrections.push_back({.stage = SettleStage::kQuantify,
                               .reason = StepReason::kCorrected,
                               .clause = wording.quantification.betterment_clause,
                               .subject = out.heads[i].head.text,
                               .before = before[i],
                               .after = out.heads[i].amount});
  }
  if (!script.outage) return out;
  std::int64_t sum = 0;
  for (const std::int64_t hour : script.outage->hourly) sum += hour;
  out.heads.push_back({.head = outage_section(script, wording),
                       .amount = Money::from_minor(sum, script.currency),
                       .lost_by_late_notice = none});
  out.stated += out.heads.back().amount;
  return out;
}

// ---- the gates

struct Period {
  Instant from = {};
  Instant until = {};
};

Period period_of(const Script& script, const Trigger& trigger) {
  const Instant from = start_of_day(play_from(script, trigger));
  return {.from = from, .until = plus_minutes(from, kYearDays * kDayMinutes)};
}

// The report of the incident is a notice too. Where nothing says that it came late, it did not.
bool noticed_late(const Script& script, const Condition& condition) {
  std::optional<std::int64_t> first;
  for (const ScriptLoss& loss : script.losses) {
    if (!names_head(condition.heads, loss.head.text)) continue;
    first = std::min(first.value_or(loss.after_hours), loss.after_hours);
  }
  if (!first || !script.reported) return false;
  const std::int64_t hours = *first + condition.within_hours;
  return *script.reported > plus_minutes(script.occurred, hours * kHourMinutes);
}

void weigh_notices(const Script& script, const Wording& wording, ClaimFacts& facts) {
  for (const Condition& condition : wording.conditions) {
    if (condition.kind != ConditionKind::kNotice ||
        has_word(facts.conditions_met, condition.name)) {
      continue;
    }
    (noticed_late(script, condition) ? facts.conditions_late : facts.conditions_met)
        .push_back(condition.name);
  }
}

ClaimFacts facts_of(const Script& script, const Wording& wording, const PlayOptions& options) {
  const Period period = period_of(script, wording.trigger);
  ClaimFacts facts{.peril = script.peril,
                   .causes = script.causes,
                   .occurred = script.occurred,
                   .from = period.from,
                   .until = period.until,
                   .conditions_met = options.every_condition_met ? condition_names(wording)
                                                                 : script.conditions_met,
                   .evidence = everything_explained(wording)};
  facts.discovered = script.discovered;
  facts.location = script.location;
  if (script.attribution) facts.attribution = attribution_of(*script.attribution);
  if (script.reported) {
    facts.notice = {.discovered = script.discovered, .reported = *script.reported};
  }
  weigh_notices(script, wording, facts);
  return facts;
}

// ---- what reaches the terms

StatedInterruption stretches_of(const ScriptOutage& stated) {
  StatedInterruption out;
  const bool came_back = std::any_of(stated.stretches.begin(), stated.stretches.end(),
                                     [](const ScriptStretch& stretch) { return stretch.gap > 0; });
  if (!came_back) return {.stretches = {stated.outage()}};
  std::size_t hour = 0;
  for (const ScriptStretch& stretch : stated.stretches) {
    if (stretch.gap > 0) out.gaps.push_back(stretch.gap * kHourMinutes);
    if (stretch.gap > 0 || out.stretches.empty()) out.stretches.emplace_back();
    Outage& last = out.stretches.back();
    const auto from = stated.hourly.begin() + static_cast<std::ptrdiff_t>(hour);
    last.hourly.insert(last.hourly.end(), from, from + stretch.hours);
    last.minutes += stretch.hours * kHourMinutes;
    hour += static_cast<std::size_t>(stretch.hours);
  }
  return out;
}

// Of the outage what passed the gates, as the clocks of the wording run over its stretches.
Result<std::optional<Outage>> outage_of(const Script& script, const Wording& wording,
                                        const Section& section, Money admitted,
                                        std::vector<SettlementStep>& steps) {
  const ScriptOutage& stated = *script.outage;
  if (provider_unknown(section, script.peril, stated.provider)) {
    return Refusal{.code = refusals::kPlayProvider,
                   .path = "outage.provider",
                   .value = section.code,
                   .args = {{.name = "provider", .value = section.provider}},
                   .at = {}};
  }
  ReachingOutage reaching =
      reaching_outage(wording.re_interruption, section, stretches_of(stated), admitted);
  if (reaching.step) steps.push_back(std::move(*reaching.step));
  return std::move(reaching.outage);
}

// Values, other policies, provider and days unpatched, as the script states them.
void add_facts(const Script& script, const Plan& plan, Incident& out) {
  out.values.resize(plan.section_count());
  for (const auto& [code, declared] : script.values.declared) {
    const int section = plan.section_index(code);
    const auto actual = script.values.actual.find(code);
    if (section < 0 || actual == script.values.actual.end()) continue;
    out.values[static_cast<std::size_t>(section)] = {.declared = declared.minor(),
                                                     .actual = actual->second.minor()};
  }
  if (script.other_insurance) {
    out.other_sum_insured = script.other_insurance->sum_insured.minor();
    out.other_paid = script.other_insurance->paid.minor();
  }
  if (script.outage) out.provider = counting_provider(script.peril, script.outage->provider);
}

void add_scales(const Script& script, const Wording& wording, const Plan& plan, std::int64_t whole,
                Incident& out) {
  for (const Scale& scale : wording.scales) {
    const bool meant = std::find(scale.perils.begin(), scale.perils.end(), script.peril.text) !=
                       scale.perils.end();
    const LadderStep* const step = ladder_step(scale.steps, script.days_unpatched().value_or(-1));
    if (meant && step) {
      take_step(*step, scale.clause, whole, plan.terms().occurrence_retention, out);
    }
  }
}

void add_tightening(const PlayOptions& options, Incident& out) {
  const Tightening& more = options.tightening;
  const auto name = [&](bool acts, std::string& place) {
    if (acts && place.empty()) place = options.tightening_clause;
  };
  name(more.extra_retention > 0, out.extra_retention_clause);
  name(more.participation_bp > 0, out.extra_participation_clause);
  name(more.limit_bp < kBasisPoints, out.reduced_limit_clause);
  out.extra_retention = std::min(kAmountMax, out.extra_retention + more.extra_retention);
  out.extra_participation_bp =
      std::min(kBasisPoints, out.extra_participation_bp + more.participation_bp);
  out.limit_bp = std::min(out.limit_bp, more.limit_bp);
}

Result<Incident> incident_of(const Script& script, const Wording& wording, const Plan& plan,
                             Admission& admission) {
  Incident out;
  out.losses.resize(plan.section_count());
  out.outages.resize(plan.section_count());
  for (std::size_t n = 0; n < admission.heads.size(); ++n) {
    const AdmittedHead& head = admission.heads[n];
    if (head.section < 0 || head.admitted.is_zero()) continue;
    const auto section = static_cast<std::size_t>(head.section);
    if (script.outage && n + 1 == admission.heads.size()) {
      ANLAN_TRY(out.outages[section], outage_of(script, wording, plan.terms().sections[section],
                                                head.admitted, admission.steps));
      continue;
    }
    if (plan.takes_outage(section)) {
      const std::string& code = plan.terms().sections[section].code;
      return Refusal{.code = refusals::kPlayLump,
                     .path = "losses",
                     .value = head.head.text,
                     .args = {{.name = "section", .value = code}},
                     .at = {}};
    }
    out.losses[section] = std::min(kAmountMax, out.losses[section] + head.admitted.minor());
  }
  add_facts(script, plan, out);
  return out;
}

std::optional<std::size_t> largest(const std::vector<SettlementStep>& steps) {
  std::optional<std::size_t> out;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Money taken = steps[i].before - steps[i].after;
    if (taken.is_zero() || taken.is_negative()) continue;
    if (!out || taken > steps[*out].before - steps[*out].after) out = i;
  }
  return out;
}

// ---- a wording without one term

using Without = std::function<void(Wording&, const SettlementStep&)>;

Section* section_of(Wording& wording, const std::string& code) {
  for (Section& section : wording.terms.sections) {
    if (section.code == code) return &section;
  }
  return nullptr;
}

// Changes the section that the step speaks of.
template <class Change>
Without of_section(Change change) {
  return [change](Wording& wording, const SettlementStep& step) {
    if (Section* section = section_of(wording, step.subject)) change(*section);
  };
}

void without_retention(Wording& wording, const SettlementStep& step) {
  wording.terms.occurrence_retention = 0;
  for (Section& section : wording.terms.sections) {
    if (section.retention_clause == step.clause) section.own_retention = 0;
  }
}

void without_group(Wording& wording, const SettlementStep& step) {
  for (Group& group : wording.terms.groups) {
    const bool member =
        std::find(group.codes.begin(), group.codes.end(), step.subject) != group.codes.end();
    if (member) group.sublimit_occ = group.sublimit_agg = std::nullopt;
  }
}

void without_aggregate(Wording& wording, const SettlementStep&) {
  if (!wording.terms.mitigation_cap) wording.terms.mitigation_cap = wording.terms.aggregate_limit;
  wording.terms.aggregate_limit = std::nullopt;
}

void without_conditions(Wording& wording, const SettlementStep& step) {
  std::erase_if(wording.conditions,
                [&](const Condition& condition) { return condition.clause == step.clause; });
  if (wording.late_notice && wording.late_notice->clause == step.clause)
    wording.late_notice.reset();
}

void without_scales(Wording& wording, const SettlementStep& step) {
  std::erase_if(wording.scales, [&](const Scale& scale) { return scale.clause == step.clause; });
}

void without_other_insurance(Wording& wording, const SettlementStep&) {
  wording.terms.other_insurance.reset();
}

void without_wait(Section& section) { section.time.waiting_hours = 0; }
void without_money(Section& section) { section.time.monetary = 0; }
void without_both(Section& section) {
  without_wait(section);
  without_money(section);
}

struct TermKind {
  StepReason reason;
  Without without;
};

const std::vector<TermKind>& term_kinds() {
  using R = StepReason;
  static const std::vector<TermKind> kKinds{
      {R::kPerilNotCovered, {}},  // see leave_out: the script says which peril
      {R::kExclusion,
       [](Wording& wording, const SettlementStep& step) {
         std::erase_if(wording.exclusions,
                       [&](const Exclusion& exclusion) { return exclusion.clause == step.clause; });
       }},
      {R::kConditionNotMet, without_conditions},
      {R::kConditionLate, without_conditions},
      {R::kBeforeRetroactiveDate,
       [](Wording& wording, const SettlementStep&) { wording.trigger.retroactive_days.reset(); }},
      {R::kOutageWithinWaiting, of_section(without_wait)},
      {R::kWaitingHours, of_section(without_wait)},
      {R::kTimeMonetary, of_section(without_money)},
      {R::kWaitingOrMonetary, of_section(without_both)},
      {R::kIndemnityPeriod,
       of_section([](Section& section) { section.time.indemnity_hours.reset(); })},
      {R::kDailyAmount, of_section([](Section& section) { section.time.daily_amount.reset(); })},
      {R::kDeductible, of_section([](Section& section) { section.deductible = 0; })},
      {R::kBelowDeductible, of_section([](Section& section) { section.deductible = 0; })},
      {R::kRetention, without_retention},
      {R::kFranchise, without_retention},
      {R::kSingleHighest, without_retention},
      {R::kParticipation, of_section([](Section& section) { section.participation_bp = 0; })},
      {R::kSublimitOccurrence, of_section([](Section& section) { section.sublimit_occ.reset(); })},
      {R::kSublimitAnnual, of_section([](Section& section) { section.sublimit_agg.reset(); })},
      {R::kGroupSublimit, without_group},
      {R::kOccurrenceLimit,
       [](Wording& wording, const SettlementStep&) { wording.terms.occurrence_limit.reset(); }},
      {R::kAggregateLimit, without_aggregate},
      {R::kOutsideTerritory,
       [](Wording& wording, const SettlementStep&) { wording.territory.reset(); }},
      {R::kOutsideWindow,
       [](Wording& wording, const SettlementStep& step) {
         std::erase_if(wording.expense_windows,
                       [&](const ExpenseWindow& window) { return window.clause == step.clause; });
       }},
      {R::kLimitedByExclusion,
       [](Wording& wording, const SettlementStep& step) {
         std::erase_if(wording.exclusions, [&](const Exclusion& exclusion) {
           return exclusion.clause == step.clause || exclusion.limit_clause == step.clause;
         });
       }},
      {R::kVendorNotDesignated, without_conditions},
      {R::kVendorNoticeLate, without_conditions},
      {R::kConsentTooLate, without_conditions},
      {R::kAverage, of_section([](Section& section) { section.average = false; })},
      {R::kExtraParticipation, without_scales},
      {R::kExtraRetention, without_scales},
      {R::kReducedLimit, without_scales},
      {R::kOtherInsuranceShare, without_other_insurance},
      {R::kOtherInsuranceExcess, without_other_insurance},
      {R::kWaitedAnew,
       [](Wording& wording, const SettlementStep&) {
         wording.re_interruption.hours = kReInterruptionHoursMax;
       }},
      {R::kMitigationCap,
       [](Wording& wording, const SettlementStep&) { wording.terms.mitigation_cap = kAmountMax; }},
  };
  return kKinds;
}

// False: the term cannot be left out alone.
bool leave_out(const Script& script, const SettlementStep& step, Wording& wording) {
  const std::vector<TermKind>& kinds = term_kinds();
  const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                 [&](const TermKind& k) { return k.reason == step.reason; });
  if (kind == kinds.end()) return false;
  if (!kind->without) {
    wording.perils.codes.push_back(script.peril.text);
  } else {
    kind->without(wording, step);
  }
  return true;
}

// Steps of one term: what it took of all sections together.
struct Candidate {
  const SettlementStep* step = nullptr;  // the largest
  Money took = {};
};

bool same_term(const SettlementStep& a, const SettlementStep& b) {
  if (a.reason != b.reason || a.clause != b.clause) return false;
  return !a.clause.empty() || a.subject == b.subject;
}

bool is_of(const std::vector<SettlementStep>& steps, const SettlementStep& wanted) {
  return std::any_of(steps.begin(), steps.end(), [&](const SettlementStep& step) {
    return step.reason == wanted.reason && step.subject == wanted.subject &&
           step.after == wanted.after;
  });
}

// Of the steps that the better wording has not, those that take.
std::vector<Candidate> candidates(const std::vector<SettlementStep>& steps,
                                  const std::vector<SettlementStep>& better) {
  std::vector<Candidate> out;
  for (const SettlementStep& step : steps) {
    const Money took = step.before - step.after;
    if (took.is_zero() || took.is_negative() || is_of(better, step)) continue;
    const auto same = std::find_if(
        out.begin(), out.end(), [&](const Candidate& each) { return same_term(*each.step, step); });
    if (same == out.end()) {
      out.push_back({.step = &step, .took = took});
      continue;
    }
    same->took += took;
    if (took > same->step->before - same->step->after) same->step = &step;
  }
  return out;
}

}  // namespace

domain::Attribution attribution_of(const ScriptAttribution& stated) {
  return {.source = stated.source,
          .date = stated.date.value_or(Date{}),
          .confidence = stated.confidence,
          .state = stated.state,
          .state_impaired = stated.state_impaired,
          .bystanding = stated.bystanding};
}

Date play_from(const Script& script, const Trigger& trigger) {
  const Date first = date_of(script.occurred);
  const Date found = date_of(script.discovered);
  const bool late =
      trigger.basis != TriggerBasis::kOccurrence && days_between(first, found) >= kYearDays;
  return late ? found : first;
}

domain::CoverCode outage_section(const Script& script, const Wording& wording) {
  const domain::CoverCode& own = script.outage->section;
  const bool interruption = own.text == "FP.SYSFAIL" && !insures(wording, own.text);
  return interruption ? domain::CoverCode{"FP.BI"} : own;
}

Result<Played> play(const Script& script, const Wording& wording, const PlayOptions& options) {
  if (script.currency != wording.terms.currency) {
    const std::string own(currency_code(wording.terms.currency));
    return Refusal{.code = refusals::kPlayCurrency,
                   .path = "currency",
                   .value = std::string(currency_code(script.currency)),
                   .args = {{.name = "currency", .value = own}},
                   .at = {}};
  }
  Played out;
  Claim claim = quantified(script, wording);
  Wording undated = wording;
  undated.trigger.retroactive_date.reset();
  ClaimFacts facts = facts_of(script, undated, options);
  facts.heads = std::move(claim.heads);
  out.stated = claim.stated;
  out.admission = admit(undated, facts);
  const Money mitigation = admit_mitigation(undated, facts, script.mitigation, out.admission);
  const Plan plan =
      compile(limited_terms(effective_terms(undated, facts.evidence).terms, out.admission.limit));
  ANLAN_TRY(out.incident, incident_of(script, undated, plan, out.admission));
  out.incident.mitigation = mitigation.minor();
  YearState year = fresh_year(plan);
  out.loss = loss_of(plan, out.incident, year);
  add_scales(script, undated, plan, out.loss, out.incident);
  add_tightening(options, out.incident);
  out.settlement = settle(plan, out.incident, year);
  out.paid = out.settlement.paid_total + out.settlement.mitigation_paid;
  for (const domain::ServicePaid& service : out.settlement.services_paid) {
    out.paid += service.rendered;
  }
  out.steps = std::move(claim.corrections);
  for (const auto& more : {out.admission.steps, out.settlement.steps}) {
    out.steps.insert(out.steps.end(), more.begin(), more.end());
  }
  out.deciding = largest(out.steps);
  return out;
}

std::optional<DecidingTerm> deciding_term(const Script& script, const Wording& wording,
                                          const Played& played, const Played& better,
                                          const PlayOptions& options) {
  if (better.paid <= played.paid) return std::nullopt;
  std::optional<DecidingTerm> best;
  bool best_played = false;
  for (const Candidate& each : candidates(played.steps, better.steps)) {
    if (each.step->reason == StepReason::kCorrected) continue;  // the same under any wording
    Money closes = std::min(each.took, better.paid - played.paid);
    Wording without = wording;
    const bool left_out = leave_out(script, *each.step, without);
    if (left_out) {
      const Result<Played> again = play(script, without, options);
      if (!again.ok()) continue;
      closes = std::min(std::max(again->paid, played.paid), better.paid) - played.paid;
    }
    const bool ahead =
        best && (closes < best->closes || (closes == best->closes && (best_played || !left_out)));
    if (ahead) continue;
    best = {.step = *each.step, .closes = closes};
    best_played = left_out;
  }
  return best;
}

}  // namespace anlan::terms
