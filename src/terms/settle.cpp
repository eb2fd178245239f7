#include "terms/settle.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/allot.h"
#include "base/check.h"
#include "base/int128.h"

namespace anlan::terms {
namespace {

using domain::SettleStage;
using domain::StepReason;

using Amounts = std::array<std::int64_t, kSectionsMax>;
using Sections = std::uint64_t;  // one bit per section

constexpr Sections bit(std::size_t section) { return Sections{1} << section; }

template <class Use>
void for_each_section(Sections sections, Use&& use) {
  for (; sections != 0; sections &= sections - 1) {
    use(static_cast<std::size_t>(std::countr_zero(sections)));
  }
}

struct Change {
  SettleStage stage;
  StepReason reason;
  std::size_t section;
  std::int64_t before;
  std::int64_t after;
};

// The fast form: nothing is remembered, every call vanishes.
struct NoSteps {
  static constexpr bool kKeeps = false;
  void note(const Change&, const std::string&) {}
};

struct KeptSteps {
  static constexpr bool kKeeps = true;
  const Terms* terms;
  std::vector<domain::SettlementStep> list = {};

  void note(const Change& change, const std::string& clause) {
    if (change.before == change.after) return;
    add(change, clause, terms->sections[change.section].code);
  }
  void add(const Change& change, const std::string& clause, std::string_view subject) {
    list.push_back({.stage = change.stage,
                    .reason = change.reason,
                    .clause = clause,
                    .subject = std::string(subject),
                    .before = Money::from_minor(change.before, terms->currency),
                    .after = Money::from_minor(change.after, terms->currency)});
  }
};

// amount x bp / 10,000, half-up.
std::int64_t share_of(std::int64_t amount, std::int32_t bp) {
  constexpr std::int64_t kFitsIn64 = 400'000'000'000'000;  // 2 x 4e14 x 10,000 + 10,000 < 2^63
  if (amount <= kFitsIn64) {
    return (2 * amount * bp + kBasisPoints) / (2 * kBasisPoints);
  }
  return static_cast<std::int64_t>(half_up(static_cast<Int128>(amount) * bp, kBasisPoints));
}

std::int64_t sum_of(const Amounts& amount, Sections sections) {
  std::int64_t sum = 0;
  for_each_section(sections, [&](std::size_t i) { sum += amount[i]; });
  return sum;
}

// The amounts of `sections`, gathered in the policy's order, and where each came from.
struct Gathered {
  std::array<std::int64_t, kSectionsMax> weight;
  std::array<std::int64_t, kSectionsMax> part;
  std::array<std::uint8_t, kSectionsMax> section;
  std::size_t count = 0;

  Gathered(const Amounts& amount, Sections sections, std::int64_t total) {
    for_each_section(sections, [&](std::size_t i) {
      weight[count] = amount[i];
      section[count++] = static_cast<std::uint8_t>(i);
    });
    allot(total, std::span(weight.data(), count), std::span(part.data(), count));
  }
};

struct Run {
  const Plan& plan;
  const Incident& incident;
  const YearState& year;
  std::span<const std::int64_t> lumps;  // claimed in money, by section; empty: none
  std::int64_t covered_loss = 0;  // after the time terms, where other insurance in excess asks
};

// What services render; filled only where the policy has some.
struct Served {
  Amounts by_section;
  Amounts left;  // of the lump sums
  Amounts by_service;
};

// ---- services in kind
// -----------------------------------------------------------------------------------

template <class Steps>
void serve(const Run& run, Served& served, Steps& steps) {
  const Plan& plan = run.plan;
  std::fill_n(served.by_section.begin(), plan.section_count(), 0);
  std::fill_n(served.by_service.begin(), plan.services().size(), 0);
  std::fill_n(served.left.begin(), plan.section_count(), 0);
  std::copy(run.lumps.begin(), run.lumps.end(), served.left.begin());
  if (!run.incident.peril_covered) return;
  for (std::size_t k = 0; k < plan.services().size(); ++k) {
    const PlanService& service = plan.services()[k];
    Sections sections = 0;
    for (const std::size_t i : service.sections) sections |= bit(i);
    served.by_service[k] =
        std::min(service.room(run.year.used_by_service[k]), sum_of(served.left, sections));
    if (served.by_service[k] == 0) continue;
    const Gathered split(served.left, sections, served.by_service[k]);
    for (std::size_t n = 0; n < split.count; ++n) {
      served.by_section[split.section[n]] = split.part[n];
      served.left[split.section[n]] -= split.part[n];
      steps.note({SettleStage::kService, StepReason::kServedInKind, split.section[n],
                  split.weight[n], split.weight[n] - split.part[n]},
                 plan.terms().services[k].clause);
    }
  }
}

// ---- stage 2: time
// -----------------------------------------------------------------------------------

template <class Steps>
void note_time(const TimeTerms& time, const TimeLoss<std::int64_t>& loss, std::size_t i,
               Steps& steps) {
  const auto note = [&](StepReason reason, std::int64_t before, std::int64_t after,
                        const std::string& clause) {
    steps.note({SettleStage::kTime, reason, i, before, after}, clause);
  };
  if (loss.within_waiting) {
    note(StepReason::kOutageWithinWaiting, loss.gross, 0, time.waiting_clause);
    return;
  }
  note(StepReason::kIndemnityPeriod, loss.gross, loss.in_period, time.indemnity_clause);
  switch (time.mode) {
    case TimeMode::kDeductHours:
      note(StepReason::kWaitingHours, loss.in_period, loss.after_wait, time.waiting_clause);
      break;
    case TimeMode::kQualifying:
      break;
    case TimeMode::kQualifyingThenMonetary:
    case TimeMode::kMonetaryOnly:
      note(StepReason::kTimeMonetary, loss.in_period, loss.after_wait, time.monetary_clause);
      break;
    case TimeMode::kGreaterOf: {
      // The clause of whichever of the two was the greater and so was taken.
      const bool money = loss.in_period - loss.after_wait <= time.monetary;
      note(StepReason::kWaitingOrMonetary, loss.in_period, loss.after_wait,
           money ? time.monetary_clause : time.waiting_clause);
      break;
    }
  }
  note(StepReason::kDailyAmount, loss.after_wait, loss.payable, time.daily_clause);
}

struct Claimed {
  Amounts gross;  // as claimed: lump sum and whole curve, less what was rendered in kind
  Amounts loss;   // after the time terms
};

std::int64_t whole_curve(const Outage& outage) {
  Int128 sum = 0;
  for (const std::int64_t hour : outage.hourly) sum += hour;
  ANLAN_CHECK(0 <= sum && sum <= kAmountMax);
  return static_cast<std::int64_t>(sum);
}

bool of_other_provider(const Run& run, std::size_t i) {
  return run.plan.sections()[i].provided &&
         run.plan.terms().sections[i].provider != run.incident.provider;
}

// The clause by which a section has no cover.
const std::string& no_cover_clause(const Plan& plan, std::size_t i) {
  const Terms& terms = plan.terms();
  const Section& section = terms.sections[i];
  if (section.sublimit_occ == 0 || section.sublimit_agg == 0) return section.sublimit_clause;
  if (section.participation_bp == kBasisPoints) return section.participation_clause;
  for (std::size_t g = 0; g < plan.groups().size(); ++g) {
    const PlanGroup& group = plan.groups()[g];
    const bool member =
        std::find(group.sections.begin(), group.sections.end(), i) != group.sections.end();
    if (member && (group.cap_occurrence == 0 || group.cap_year == 0)) return terms.groups[g].clause;
  }
  return terms.aggregate_limit == 0 ? terms.aggregate_clause : terms.occurrence_clause;
}

// Gates and time terms. A section that has no cover, or a peril that is not covered, ends at the
// gate.
template <class Steps>
void quantify(const Run& run, Claimed& claimed, Steps& steps) {
  const Terms& terms = run.plan.terms();
  for (std::size_t i = 0; i < run.plan.section_count(); ++i) {
    const std::int64_t lump = run.lumps.empty() ? 0 : run.lumps[i];
    const Outage* outage = run.incident.outages.empty() || !run.incident.outages[i]
                               ? nullptr
                               : &*run.incident.outages[i];
    TimeLoss<std::int64_t> timed;
    std::int64_t curve = 0;
    bool measured = false;
    bool elsewhere = false;
    if (outage) {
      timed = time_loss(terms.sections[i].time, *outage);
      ANLAN_CHECK(0 <= timed.gross && timed.gross <= kAmountMax);
      measured = terms.sections[i].time.parametric_hourly.has_value();
      curve = measured ? whole_curve(*outage) : timed.gross;
      elsewhere = of_other_provider(run, i);
    }
    claimed.gross[i] = lump + curve;
    claimed.loss[i] = elsewhere ? 0 : lump + timed.payable;
    if constexpr (Steps::kKeeps) {
      if (!run.incident.peril_covered) {
        steps.note({SettleStage::kGate, StepReason::kPerilNotCovered, i, claimed.gross[i], 0},
                   run.incident.peril_clause);
      } else if (!run.plan.sections()[i].has_cover) {
        steps.note({SettleStage::kGate, StepReason::kNoCover, i, claimed.gross[i], 0},
                   no_cover_clause(run.plan, i));
      } else if (elsewhere) {
        steps.note({SettleStage::kGate, StepReason::kOtherProvider, i, claimed.gross[i], 0},
                   terms.sections[i].time.parametric_clause);
      } else if (outage && lump == 0) {
        if (measured) {
          steps.note({SettleStage::kQuantify, StepReason::kMeasuredHours, i, claimed.gross[i],
                      timed.gross},
                     terms.sections[i].time.parametric_clause);
        }
        note_time(terms.sections[i].time, timed, i, steps);
      }
    }
  }
}

// ---- stages 3 and 4: average and deductible of the section
// ---------------------------------------------------------------

// The loss in the proportion of the declared to the actual value.
template <class Steps>
std::int64_t averaged(const Run& run, std::size_t i, std::int64_t loss, Steps& steps) {
  const DeclaredValue value =
      run.incident.values.empty() ? DeclaredValue{} : run.incident.values[i];
  if (value.declared >= value.actual) return loss;
  const auto out =
      static_cast<std::int64_t>(half_up(static_cast<Int128>(loss) * value.declared, value.actual));
  steps.note({SettleStage::kAverage, StepReason::kAverage, i, loss, out},
             run.plan.terms().sections[i].average_clause);
  return out;
}

// Sections that take part: covered, with a loss above their deductible.
template <class Steps>
Sections take_deductibles(const Run& run, const Claimed& claimed, Amounts& amount, Steps& steps) {
  Sections live = 0;
  if (!run.incident.peril_covered) return live;
  for (std::size_t i = 0; i < run.plan.section_count(); ++i) {
    const PlanSection& section = run.plan.sections()[i];
    if (!section.has_cover || claimed.loss[i] == 0) continue;
    const std::int64_t loss =
        section.average ? averaged(run, i, claimed.loss[i], steps) : claimed.loss[i];
    const bool above = loss > section.deductible;
    amount[i] = above ? loss - section.deductible : 0;
    if (above) live |= bit(i);
    steps.note({SettleStage::kDeductible,
                above ? StepReason::kDeductible : StepReason::kBelowDeductible, i, loss, amount[i]},
               run.plan.terms().sections[i].deductible_clause);
  }
  return live;
}

// ---- stage 5: retention
// --------------------------------------------------------------------------------

struct Retention {
  std::int64_t base = 0;   // of the policy
  std::int64_t extra = 0;  // of the incident
  bool franchise_failed = false;
  const std::string* clause = nullptr;
};

Retention retention_due(const Run& run, const Amounts& amount, Sections live) {
  const Terms& terms = run.plan.terms();
  Retention out{.base = terms.occurrence_retention,
                .extra = run.incident.extra_retention,
                .clause = &terms.retention_clause};
  if (terms.retention_rule == RetentionRule::kSingleHighest) {
    out.base = 0;
    for_each_section(live, [&](std::size_t i) {
      if (run.plan.sections()[i].own_retention <= out.base) return;
      out.base = run.plan.sections()[i].own_retention;
      out.clause = &terms.sections[i].retention_clause;
    });
  }
  if (terms.retention_kind == RetentionKind::kFranchise) {
    const std::int64_t total = sum_of(amount, live);
    const bool passed =
        terms.franchise_at == FranchiseAt::kReaches ? total >= out.base : total > out.base;
    out.franchise_failed = out.base != 0 && !passed;
    out.base = 0;
  }
  return out;
}

// Of the parts taken together, the base retention is named first and the extra for the rest.
template <class Steps>
void note_retention(const Run& run, const Retention& due, const Gathered& split, Steps& steps) {
  const std::span<const std::int64_t> weights(split.weight.data(), split.count);
  std::int64_t total = 0;
  for (const std::int64_t weight : weights) total += weight;
  const std::vector<std::int64_t> base = allot(std::min(due.base, total), weights);
  for (std::size_t n = 0; n < split.count; ++n) {
    const std::int64_t between = split.weight[n] - std::min(base[n], split.part[n]);
    steps.note({SettleStage::kRetention, StepReason::kRetention, split.section[n], split.weight[n],
                between},
               *due.clause);
    steps.note({SettleStage::kRetention, StepReason::kExtraRetention, split.section[n], between,
                split.weight[n] - split.part[n]},
               run.incident.extra_retention_clause);
  }
}

template <class Steps>
void take_retention(const Run& run, const Retention& due, Sections live, Amounts& amount,
                    Steps& steps) {
  const std::int64_t taken = std::min(due.base + due.extra, sum_of(amount, live));
  if (taken == 0) return;
  const Gathered split(amount, live, taken);
  for (std::size_t n = 0; n < split.count; ++n) amount[split.section[n]] -= split.part[n];
  if constexpr (Steps::kKeeps) note_retention(run, due, split, steps);
}

// ---- stages 6 to 8: participation, sublimits
// -------------------------------------------------------------

template <class Steps>
void cap_section(const Run& run, std::size_t i, Amounts& amount, Steps& steps) {
  const PlanSection& section = run.plan.sections()[i];
  const Section& words = run.plan.terms().sections[i];
  std::int64_t now = amount[i];
  const auto lower = [&](StepReason reason, std::int64_t to, SettleStage stage,
                         const std::string& clause) {
    steps.note({stage, reason, i, now, to}, clause);
    now = to;
  };
  const auto participate = [&] {
    lower(StepReason::kParticipation, share_of(now, section.keep_bp), SettleStage::kParticipation,
          words.participation_clause);
  };
  const bool participates = section.keep_bp != kBasisPoints;
  if (participates && section.participation_early) participate();
  if (run.incident.extra_participation_bp != 0) {
    lower(StepReason::kExtraParticipation,
          share_of(now, kBasisPoints - run.incident.extra_participation_bp),
          SettleStage::kParticipation, run.incident.extra_participation_clause);
  }
  lower(StepReason::kSublimitOccurrence, std::min(now, section.cap_occurrence),
        SettleStage::kSublimit, words.sublimit_clause);
  if (participates && !section.participation_early) {
    lower(StepReason::kSublimitAnnual, std::min(now, section.cap_year), SettleStage::kSublimit,
          words.sublimit_clause);
    participate();
  }
  if (section.cap_year != kNoCap) {
    const std::int64_t left =
        std::max<std::int64_t>(0, section.cap_year_insurer - run.year.used_by_section[i]);
    lower(StepReason::kSublimitAnnual, std::min(now, left), SettleStage::kSublimit,
          words.sublimit_clause);
  }
  amount[i] = now;
}

struct Cap {
  std::int64_t room;
  SettleStage stage;
  StepReason reason;
  const std::string& clause;
};

// Cuts the sum of `sections` to the room, in proportion.
template <class Steps>
void cut_to(const Cap& cap, Sections sections, Amounts& amount, Steps& steps) {
  if (sum_of(amount, sections) <= cap.room) return;
  const Gathered split(amount, sections, cap.room);
  for (std::size_t n = 0; n < split.count; ++n) {
    amount[split.section[n]] = split.part[n];
    steps.note({cap.stage, cap.reason, split.section[n], split.weight[n], split.part[n]},
               cap.clause);
  }
}

template <class Steps>
void cap_groups(const Run& run, Sections live, Amounts& amount, Steps& steps) {
  for (std::size_t g = 0; g < run.plan.groups().size(); ++g) {
    const PlanGroup& group = run.plan.groups()[g];
    const std::int64_t year_left =
        group.cap_year == kNoCap ? kNoCap : group.cap_year - run.year.used_by_group[g];
    cut_to(Cap{.room = std::max<std::int64_t>(0, std::min(group.cap_occurrence, year_left)),
               .stage = SettleStage::kGroupSublimit,
               .reason = StepReason::kGroupSublimit,
               .clause = run.plan.terms().groups[g].clause},
           group.bits & live, amount, steps);
  }
}

// ---- stage 9: occurrence limit and what is left of the aggregate
// ----------------------------------------

template <class Steps>
void cap_aggregate(const Run& run, Sections live, Amounts& amount, Steps& steps) {
  const Plan& plan = run.plan;
  const std::int64_t year_left =
      plan.terms().aggregate_limit ? plan.aggregate_cap() - run.year.used_aggregate : kNoCap;
  const bool by_occurrence = plan.occurrence_cap() <= year_left;
  cut_to(
      Cap{.room = std::max<std::int64_t>(0, std::min(plan.occurrence_cap(), year_left)),
          .stage = by_occurrence ? SettleStage::kOccurrenceLimit : SettleStage::kAggregateLimit,
          .reason = by_occurrence ? StepReason::kOccurrenceLimit : StepReason::kAggregateLimit,
          .clause = by_occurrence ? plan.terms().occurrence_clause : plan.terms().aggregate_clause},
      live & plan.inside(), amount, steps);
}

// What stays of the limit of this incident. Never binds where the limits above left less.
template <class Steps>
void cap_reduced(const Run& run, Sections live, Amounts& amount, Steps& steps) {
  if (run.incident.limit_bp == kBasisPoints) return;
  cut_to(Cap{.room = run.plan.reduced_cap(run.incident.limit_bp),
             .stage = SettleStage::kOccurrenceLimit,
             .reason = StepReason::kReducedLimit,
             .clause = run.incident.reduced_limit_clause},
         live & run.plan.inside(), amount, steps);
}

// ---- other insurance
// ----------------------------------------------------------------------------------------

template <class Steps>
void share_with_others(const Run& run, Sections live, Amounts& amount, Steps& steps) {
  const Terms& terms = run.plan.terms();
  if (!terms.other_insurance) return;
  const bool pro_rata = terms.other_insurance->rule == OtherInsuranceRule::kProRata;
  const std::int64_t others = pro_rata ? run.incident.other_sum_insured : run.incident.other_paid;
  if (others == 0 || (pro_rata && !terms.aggregate_limit)) return;
  const std::int64_t room =
      pro_rata ? static_cast<std::int64_t>(
                     half_up(static_cast<Int128>(sum_of(amount, live)) * *terms.aggregate_limit,
                             *terms.aggregate_limit + others))
               : std::max<std::int64_t>(0, run.covered_loss - others);
  cut_to(
      Cap{.room = room,
          .stage = SettleStage::kOtherInsurance,
          .reason = pro_rata ? StepReason::kOtherInsuranceShare : StepReason::kOtherInsuranceExcess,
          .clause = terms.other_insurance->clause},
      live, amount, steps);
}

// Of the sections with cover, after the time terms and less what was rendered in kind.
std::int64_t covered_loss(const Plan& plan, const Claimed& claimed) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < plan.section_count(); ++i) {
    if (plan.sections()[i].has_cover) sum += claimed.loss[i];
  }
  return sum;
}

// ---- stages 5 to 9 for the sections that claim
// ------------------------------------------------------------

// `amount` after the deductibles goes in; what each of `live` is owed comes out.
template <class Steps>
void outcome(const Run& run, Sections live, Amounts& amount, Steps& steps) {
  const Retention due = retention_due(run, amount, live);
  if (due.franchise_failed) {
    for_each_section(live, [&](std::size_t i) {
      steps.note({SettleStage::kRetention, StepReason::kFranchise, i, amount[i], 0}, *due.clause);
      amount[i] = 0;
    });
    return;
  }
  const bool before = run.plan.terms().retention_position == RetentionPosition::kBeforeSublimits;
  if (before) take_retention(run, due, live, amount, steps);
  for_each_section(live, [&](std::size_t i) { cap_section(run, i, amount, steps); });
  cap_groups(run, live, amount, steps);
  if (!before) take_retention(run, due, live, amount, steps);
  cap_aggregate(run, live, amount, steps);
  cap_reduced(run, live, amount, steps);
  share_with_others(run, live, amount, steps);
}

// The insured never receives less than without a section's claim: of the sections up to some own
// retention, the set that is paid most; of equals the larger set.
Sections best_claim(const Run& run, Sections live, const Amounts& after_deductible) {
  Sections best = live;
  std::int64_t most = -1;
  for (const std::int64_t top : run.plan.retention_tops()) {
    Sections trial = 0;
    for_each_section(live, [&](std::size_t i) {
      if (run.plan.sections()[i].own_retention <= top) trial |= bit(i);
    });
    Amounts amount = after_deductible;
    NoSteps none;
    outcome(run, trial, amount, none);
    const std::int64_t total = sum_of(amount, trial);
    if (total > most) {
      most = total;
      best = trial;
    }
  }
  return best;
}

// ---- the year, the instalment, what is outside the limits
// ---------------------------------------------------

void add_used(std::int64_t& used, std::int64_t amount) { used = std::min(kNoCap, used + amount); }

void erode(const Plan& plan, Sections live, const Amounts& amount, YearState& year) {
  for_each_section(live, [&](std::size_t i) { add_used(year.used_by_section[i], amount[i]); });
  for (std::size_t g = 0; g < plan.groups().size(); ++g) {
    for_each_section(live & plan.groups()[g].bits,
                     [&](std::size_t i) { add_used(year.used_by_group[g], amount[i]); });
  }
  add_used(year.used_aggregate, sum_of(amount, live & plan.inside()));
}

// Services erode their own limits only; returns what they rendered.
std::int64_t erode_services(const Plan& plan, const Served& served, YearState& year) {
  std::int64_t sum = 0;
  for (std::size_t k = 0; k < plan.services().size(); ++k) {
    add_used(year.used_by_service[k], served.by_service[k]);
    sum += served.by_service[k];
  }
  return sum;
}

// Reduces the payment, never the erosion. `owed` of all sections; those without a loss are zero.
template <class Steps>
std::int64_t pay_instalment_share(const Run& run, Sections live, const Amounts& owed,
                                  std::span<std::int64_t> paid, Steps& steps) {
  const std::int64_t total = sum_of(owed, live);
  std::fill(paid.begin(), paid.end(), 0);
  if (run.incident.premium_paid_bp == kBasisPoints) {
    for_each_section(live, [&](std::size_t i) { paid[i] = owed[i]; });
    return total;
  }
  const std::int64_t payable = share_of(total, run.incident.premium_paid_bp);
  const Gathered split(owed, live, payable);
  for (std::size_t n = 0; n < split.count; ++n) {
    paid[split.section[n]] = split.part[n];
    steps.note({SettleStage::kInstalment, StepReason::kInstalment, split.section[n],
                split.weight[n], split.part[n]},
               run.plan.terms().instalment_clause);
  }
  return payable;
}

template <class Steps>
std::int64_t pay_mitigation(const Run& run, YearState& year, Steps& steps) {
  const std::int64_t cost = run.incident.mitigation;
  if (cost == 0) return 0;
  ANLAN_CHECK(run.plan.mitigation_cap().has_value());
  const std::int64_t room =
      std::max<std::int64_t>(0, *run.plan.mitigation_cap() - year.mitigation_used);
  const std::int64_t granted = run.incident.peril_covered ? std::min(cost, room) : 0;
  year.mitigation_used += granted;
  const bool full = run.incident.premium_paid_bp == kBasisPoints;
  const std::int64_t paid = full ? granted : share_of(granted, run.incident.premium_paid_bp);
  if constexpr (Steps::kKeeps) {
    const Terms& terms = run.plan.terms();
    if (!run.incident.peril_covered) {
      steps.add({SettleStage::kGate, StepReason::kPerilNotCovered, 0, cost, 0},
                run.incident.peril_clause, kMitigationSubject);
      return paid;
    }
    const bool capped = granted != cost;
    steps.add(
        {SettleStage::kOutsideLimits,
         capped ? StepReason::kMitigationCap : StepReason::kMitigationOutside, 0, cost, granted},
        terms.mitigation_clause, kMitigationSubject);
    if (paid != granted) {
      steps.add({SettleStage::kInstalment, StepReason::kInstalment, 0, granted, paid},
                terms.instalment_clause, kMitigationSubject);
    }
  }
  return paid;
}

void check_values(const Plan& plan, const Incident& incident) {
  const auto within = [](std::int64_t amount) { return 0 <= amount && amount <= kAmountMax; };
  ANLAN_CHECK(incident.values.size() == plan.section_count());
  for (const DeclaredValue& value : incident.values) {
    ANLAN_CHECK(within(value.declared) && within(value.actual));
  }
}

void check_incident(const Plan& plan, const Incident& incident, const YearState& year) {
  const std::size_t count = plan.section_count();
  ANLAN_CHECK(incident.losses.empty() || incident.losses.size() == count);
  ANLAN_CHECK(incident.outages.empty() || incident.outages.size() == count);
  ANLAN_CHECK(year.used_by_section.size() == count);
  ANLAN_CHECK(year.used_by_group.size() == plan.groups().size());
  ANLAN_CHECK(year.used_by_service.size() == plan.services().size());
  for (std::size_t i = 0; i < incident.losses.size(); ++i) {
    ANLAN_CHECK(0 <= incident.losses[i] && incident.losses[i] <= kAmountMax);
    ANLAN_CHECK(incident.losses[i] == 0 || !plan.takes_outage(i));
  }
  for (std::size_t i = 0; i < incident.outages.size(); ++i) {
    const std::optional<Outage>& outage = incident.outages[i];
    if (!outage) continue;
    ANLAN_CHECK(0 <= outage->minutes && outage->minutes <= kMinutesMax);
    ANLAN_CHECK(0 <= outage->passed && outage->passed <= outage->claimed);
    ANLAN_CHECK(outage->claimed <= kAmountMax);
    const bool no_curve = outage->hourly.empty() && plan.terms().sections[i].time.parametric_hourly;
    const auto hours = static_cast<std::int64_t>(outage->hourly.size());
    ANLAN_CHECK(no_curve || hours == (outage->minutes + 59) / 60);
  }
  const auto within = [](std::int64_t x, std::int64_t most) {
    return static_cast<std::uint64_t>(x) <= static_cast<std::uint64_t>(most);
  };
  ANLAN_CHECK(within(incident.mitigation, kAmountMax));
  ANLAN_CHECK(within(incident.extra_retention, kAmountMax));
  ANLAN_CHECK(within(incident.premium_paid_bp, kBasisPoints));
  ANLAN_CHECK(within(incident.extra_participation_bp, kBasisPoints));
  ANLAN_CHECK(within(incident.limit_bp, kBasisPoints));
  ANLAN_CHECK(within(incident.other_sum_insured, kAmountMax));
  ANLAN_CHECK(within(incident.other_paid, kAmountMax));
  if (!incident.values.empty()) check_values(plan, incident);
}

struct Settled {
  std::span<std::int64_t> paid_by_section;
  PaidAmounts paid;
  Claimed claimed;
  Served served;
  Amounts owed;  // before the instalment proportion: what is eroded
};

template <class Steps>
void run_stages(const Plan& plan, const Incident& incident, YearState& year, Settled& out,
                Steps& steps) {
  check_incident(plan, incident, year);
  ANLAN_CHECK(out.paid_by_section.size() == plan.section_count());
  const bool serves = !plan.services().empty();
  Run run{plan, incident, year, incident.losses};
  std::fill_n(out.owed.begin(), plan.section_count(), 0);
  if (serves) {
    serve(run, out.served, steps);
    run.lumps = std::span(out.served.left.data(), plan.section_count());
  }
  quantify(run, out.claimed, steps);
  if (incident.other_paid != 0) run.covered_loss = covered_loss(plan, out.claimed);
  const Sections live = take_deductibles(run, out.claimed, out.owed, steps);
  Sections claiming = live;
  if (!plan.retention_tops().empty()) {
    claiming = best_claim(run, live, out.owed);
    for_each_section(live & ~claiming, [&](std::size_t i) {
      steps.note({SettleStage::kRetention, StepReason::kSingleHighest, i, out.owed[i], 0},
                 plan.terms().sections[i].retention_clause);
      out.owed[i] = 0;
    });
  }
  outcome(run, claiming, out.owed, steps);
  erode(plan, claiming, out.owed, year);
  if (serves) out.paid.services = erode_services(plan, out.served, year);
  out.paid.total = pay_instalment_share(run, claiming, out.owed, out.paid_by_section, steps);
  out.paid.mitigation = pay_mitigation(run, year, steps);
}

}  // namespace

YearState fresh_year(const Plan& plan) {
  return YearState{.used_by_section = std::vector<std::int64_t>(plan.section_count()),
                   .used_by_group = std::vector<std::int64_t>(plan.groups().size()),
                   .used_by_service = std::vector<std::int64_t>(plan.services().size())};
}

PaidAmounts settle_amounts(const Plan& plan, const Incident& incident, YearState& year,
                           std::span<std::int64_t> paid_by_section) {
  NoSteps none;
  Settled out;
  out.paid_by_section = paid_by_section;
  run_stages(plan, incident, year, out, none);
  return out.paid;
}

domain::Settlement settle(const Plan& plan, const Incident& incident, YearState& year) {
  const Currency currency = plan.terms().currency;
  const auto money = [&](std::int64_t minor) { return Money::from_minor(minor, currency); };
  KeptSteps steps{.terms = &plan.terms()};
  Settled out;
  std::array<std::int64_t, kSectionsMax> paid;
  out.paid_by_section = std::span(paid.data(), plan.section_count());
  run_stages(plan, incident, year, out, steps);

  domain::Settlement settlement{.sections = {},
                                .paid_total = money(out.paid.total),
                                .mitigation_paid = money(out.paid.mitigation),
                                .aggregate_left = {},
                                .steps = {}};
  for (std::size_t i = 0; i < plan.section_count(); ++i) {
    const std::int64_t served = plan.services().empty() ? 0 : out.served.by_section[i];
    if (out.claimed.loss[i] + served == 0) continue;
    settlement.sections.push_back({.section = {plan.terms().sections[i].code},
                                   .claimed = money(out.claimed.loss[i] + served),
                                   .paid = money(paid[i]),
                                   .eroded = money(out.owed[i])});
  }
  if (plan.terms().aggregate_limit) {
    settlement.aggregate_left = money(*plan.terms().aggregate_limit - year.used_aggregate);
  }
  for (std::size_t k = 0; k < plan.services().size(); ++k) {
    if (out.served.by_service[k] == 0) continue;
    settlement.services_paid.push_back(
        {.service = {plan.terms().services[k].code}, .rendered = money(out.served.by_service[k])});
  }
  settlement.steps = std::move(steps.list);
  return settlement;
}

}  // namespace anlan::terms
