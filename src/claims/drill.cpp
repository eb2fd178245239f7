#include "claims/drill.h"

#include <algorithm>
#include <optional>

#include "terms/play.h"

namespace anlan::claims {
namespace {

using domain::SettlementStep;
using terms::Script;
using terms::ScriptLoss;

constexpr std::int64_t kHourMinutes = 60;
constexpr std::int64_t kDayMinutes = 1440;
constexpr int kLimitationYears = 2;

// ---- the curve as a statement

struct Run {
  Instant from;
  Instant until;
  std::int64_t earned = 0;
};

// Hours next to each other in which the same was earned, as one record each.
std::vector<Run> earning_runs(const Script& script, std::int64_t full) {
  const terms::ScriptOutage& outage = *script.outage;
  std::vector<Run> runs;
  std::int64_t before = -1;  // earned in the hour before
  for (std::size_t h = 0; h < outage.hourly.size(); ++h) {
    const bool last = h + 1 == outage.hourly.size();
    const std::int64_t minutes = last ? outage.last_minutes : kHourMinutes;
    const auto whole =
        static_cast<std::int64_t>(half_up(static_cast<Int128>(full) * minutes, kHourMinutes));
    const std::int64_t earned = std::max<std::int64_t>(0, whole - outage.hourly[h]);
    const Instant from = plus_minutes(script.occurred, kHourMinutes * static_cast<std::int64_t>(h));
    const Instant until = plus_minutes(from, minutes);
    if (earned != 0 && earned == before && minutes == kHourMinutes) {
      runs.back().until = until;
      runs.back().earned += earned;
    } else if (earned != 0) {
      runs.push_back({.from = from, .until = until, .earned = earned});
    }
    before = earned;
  }
  return runs;
}

domain::InterruptionStatement interruption_of(const Script& script) {
  const terms::ScriptOutage& outage = *script.outage;
  const std::int64_t full =
      outage.hourly.empty() ? 0 : *std::max_element(outage.hourly.begin(), outage.hourly.end());
  domain::InterruptionStatement out{.section = outage.section};
  out.started = script.occurred;
  out.restored = plus_minutes(script.occurred, outage.outage().minutes);
  out.weekly_profit.assign(kHoursOfWeek, full);
  for (const Run& run : earning_runs(script, full)) {
    out.sales.push_back({.from = run.from,
                         .until = run.until,
                         .gross_profit = Money::from_minor(run.earned, script.currency)});
  }
  return out;
}

// ---- what stays with the insured

// The terms take what an exclusion leaves of the incident; the gate only says so. What is rendered
// in kind is no loss that the insured keeps, and a measure takes nothing.
bool takes(domain::StepReason reason) {
  using R = domain::StepReason;
  return reason != R::kMitigationOutside && reason != R::kSplit &&
         reason != R::kLimitedByExclusion && reason != R::kServedInKind &&
         reason != R::kMeasuredHours;
}

void add_kept(Drill& out, const SettlementStep& step) {
  const Money taken = step.before - step.after;
  if (!takes(step.reason) || taken.is_zero() || taken.is_negative()) return;
  for (DrillKept& kept : out.kept_by) {
    if (kept.reason != step.reason || kept.clause != step.clause) continue;
    kept.amount += taken;
    if (kept.subject != step.subject) kept.subject.clear();
    return;
  }
  out.kept_by.push_back(
      {.reason = step.reason, .clause = step.clause, .subject = step.subject, .amount = taken});
}

// The loss of a parametric section: from its curve, as far as the gates admitted it, to the hours
// that were measured; none: no section measures, or nothing reached one that does.
const SettlementStep* measure_of(const Drill& out) {
  for (const SettlementStep& step : out.decision.settlement.steps) {
    if (step.reason == domain::StepReason::kMeasuredHours) return &step;
  }
  return nullptr;
}

// Of a parametric section the loss is what its hours measure; its gates take their share of that.
class Measure {
 public:
  Measure(const Drill& out, Money curve) : curve_(curve) {
    const SettlementStep* const step = measure_of(out);
    if (!step) return;
    step_ = *step;
    whole_ = scaled(step_->after, curve_, step_->before);
  }
  bool acts() const { return step_.has_value(); }
  Money whole() const { return whole_; }
  Money of(Money amount) const {
    return amount == step_->before ? step_->after : scaled(amount, whole_, curve_);
  }

 private:
  static Money scaled(Money amount, Money times, Money by) {
    const auto out = half_up(static_cast<Int128>(amount.minor()) * times.minor(), by.minor());
    return Money::from_minor(static_cast<std::int64_t>(out), amount.currency());
  }

  Money curve_;
  Money whole_ = {};
  std::optional<SettlementStep> step_ = {};
};

// What was still earned while the business stood still is no loss, and nobody keeps it.
void divide(Drill& out, const Script& script) {
  // The interruption is the last of the heads.
  const auto curve = [&](const std::string& subject) {
    return script.outage && out.decision.heads.back().head.text == subject;
  };
  const Money zero = Money::zero(script.mitigation.currency());
  const Measure measure(out, script.outage ? out.decision.heads.back().quantified : zero);
  out.stated = script.mitigation;
  for (const domain::QuantifiedHead& head : out.decision.heads) {
    if (!curve(head.head.text)) {
      out.stated += head.stated;
    } else {
      out.stated += measure.acts() ? measure.whole() : head.quantified;
    }
  }
  if (measure.acts()) {
    out.measured = {.curve = out.decision.heads.back().quantified, .loss = measure.whole()};
  }
  out.rendered = zero;
  for (const domain::ServicePaid& service : out.decision.settlement.services_paid) {
    out.rendered += service.rendered;
  }
  out.kept = out.stated - out.decision.payable - out.rendered;
  for (SettlementStep step : out.decision.admission) {
    if (curve(step.subject) && step.reason == domain::StepReason::kCorrected) continue;
    if (curve(step.subject) && measure.acts()) {
      step.before = measure.of(step.before);
      step.after = measure.of(step.after);
    }
    add_kept(out, step);
  }
  for (const SettlementStep& step : out.decision.settlement.steps) add_kept(out, step);
}

// ---- the clocks

std::string article(std::string_view number) { return "art " + std::string(number); }

std::string_view article_of(DayClock clock) {
  for (const DayClockRule& rule : day_clocks()) {
    if (rule.clock == clock) return rule.article;
  }
  return {};
}

Date add_day_clock(Drill& out, const DrillInput& input, DrillClockKind kind, DayClock clock,
                   Date from) {
  const Deadline due = deadline(clock, from, input.calendar);
  out.clocks.push_back({.kind = kind,
                        .from = to_text(from),
                        .due = to_text(due.due),
                        .source = article(article_of(clock)),
                        .calendar_known = due.calendar_known});
  return due.due;
}

void add_hour_clocks(Drill& out, const DrillInput& input) {
  const Script& script = input.script;
  const std::string found = to_text(script.discovered, input.offset);
  out.clocks.push_back(
      {.kind = DrillClockKind::kRegulator,
       .from = found,
       .due = to_text(incident_report_due(input.body, script.discovered), input.offset),
       .source = "reporting_measures"});
  if (script.records > 0) {
    out.clocks.push_back(
        {.kind = DrillClockKind::kPersonalData, .from = found, .due = found, .source = "pipl_57"});
  }
  const auto& notice = input.adjudication.wording.late_notice;
  if (!notice) return;
  out.clocks.push_back(
      {.kind = DrillClockKind::kInsurerNotice,
       .from = found,
       .due = to_text(plus_minutes(script.discovered, notice->hours * kHourMinutes), input.offset),
       .source = notice->clause});
}

void add_day_clocks(Drill& out, const DrillInput& input) {
  const Date complete = documents_complete(input.script, input.offset);
  out.clocks.push_back({.kind = DrillClockKind::kDocumentsOnce,
                        .from = to_text(complete),
                        .due = to_text(complete),
                        .source = article("22")});
  const Date decided =
      add_day_clock(out, input, DrillClockKind::kDecision, DayClock::kDecision, complete);
  if (out.decision.outcome == domain::ClaimOutcome::kDenied) {
    add_day_clock(out, input, DrillClockKind::kDenialNotice, DayClock::kDenialNotice, decided);
  } else if (!out.decision.payable.is_zero()) {
    add_day_clock(out, input, DrillClockKind::kPayment, DayClock::kPayment, decided);
    add_day_clock(out, input, DrillClockKind::kProvisionalPayment, DayClock::kProvisionalPayment,
                  complete);
  }
  const Date known = date_of(input.script.discovered, input.offset);
  const Date nominal = plus_years_of_law(known, kLimitationYears);
  const Date last = roll_forward(input.calendar, nominal);
  out.clocks.push_back({.kind = DrillClockKind::kLimitation,
                        .from = to_text(known),
                        .due = to_text(last),
                        .source = article("26"),
                        .calendar_known = is_known(input.calendar, last)});
}

// ---- the documents

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool liability(const std::string& head) { return head.starts_with("TP."); }

void add_once(Drill& out, DrillDocument document) {
  for (DrillDocument& known : out.documents) {
    const bool same = known.head == document.head && known.paper == document.paper &&
                      known.condition == document.condition;
    if (!same) continue;
    known.there = known.there && document.there;  // of several costs each needs its own
    return;
  }
  out.documents.push_back(std::move(document));
}

void add_loss_documents(Drill& out, const ScriptLoss& loss, const terms::Wording& wording) {
  const std::string& head = loss.head.text;
  const bool paid = loss.paid_after_hours.has_value();
  if (liability(head)) {
    add_once(out, {.head = head, .paper = DrillPaper::kThirdPartyClaim});
    add_once(out, {.head = head, .paper = DrillPaper::kPaidToThirdParty, .there = paid});
    return;
  }
  add_once(out, {.head = head, .paper = DrillPaper::kInvoice, .there = !loss.vendor.empty()});
  add_once(out, {.head = head, .paper = DrillPaper::kPaymentVoucher, .there = paid});
  if (loss.betterment.is_zero()) return;
  add_once(out, {.head = head,
                 .paper = DrillPaper::kBettermentSplit,
                 .clause = wording.quantification.betterment_clause,
                 .there = true});
}

// A condition is asked for with each head that it stands before.
void add_conditions(Drill& out, const Script& script, const terms::Wording& wording) {
  for (const terms::Condition& condition : wording.conditions) {
    for (const domain::QuantifiedHead& head : out.decision.heads) {
      const bool asked = std::any_of(
          condition.heads.begin(), condition.heads.end(),
          [&](const std::string& each) { return domain::belongs_to(head.head.text, each); });
      if (!asked) continue;
      add_once(out, {.head = head.head.text,
                     .paper = DrillPaper::kCondition,
                     .condition = condition.name,
                     .clause = condition.clause,
                     .there = has(script.conditions_met, condition.name)});
    }
  }
}

void add_documents(Drill& out, const DrillInput& input) {
  const Script& script = input.script;
  const terms::Wording& wording = input.adjudication.wording;
  const bool examined = std::any_of(script.losses.begin(), script.losses.end(), [](const auto& l) {
    return domain::belongs_to(l.head.text, "FP.IR");
  });
  out.documents.push_back(
      {.paper = DrillPaper::kIncidentReport, .there = script.reported.has_value()});
  out.documents.push_back({.paper = DrillPaper::kForensicReport, .there = examined});
  if (script.outage) {
    const std::string head = script.outage->section.text;
    const std::string& clause = wording.quantification.interruption_clause;
    out.documents.push_back({.head = head,
                             .paper = DrillPaper::kProfitAccounts,
                             .clause = clause,
                             .there = script.outage->profit_per_hour.has_value()});
    out.documents.push_back({.head = head,
                             .paper = DrillPaper::kOutageLog,
                             .clause = clause,
                             .there = !script.outage->stretches.empty()});
  }
  for (const ScriptLoss& loss : script.losses) add_loss_documents(out, loss, wording);
  add_conditions(out, script, wording);
  if (!script.mitigation.is_zero())
    out.documents.push_back({.paper = DrillPaper::kMitigationInvoice});
}

}  // namespace

terms::Script moved_to(const terms::Script& script, Instant occurred) {
  terms::Script out = script;
  const std::int64_t shift = minutes_between(script.occurred, occurred);
  const auto days = static_cast<std::int32_t>(shift / kDayMinutes);
  out.occurred = plus_minutes(script.occurred, shift);
  out.discovered = plus_minutes(script.discovered, shift);
  if (out.reported) out.reported = plus_minutes(*script.reported, shift);
  if (out.vulnerability && out.vulnerability->fix_available)
    out.vulnerability->fix_available = plus_days(*script.vulnerability->fix_available, days);
  if (out.attribution && out.attribution->date)
    out.attribution->date = plus_days(*script.attribution->date, days);
  return out;
}

domain::Incident incident_of(const terms::Script& script, domain::PolicyId policy) {
  domain::Incident out{.id = {1},
                       .policy = policy,
                       .peril = script.peril,
                       .causes = script.causes,
                       .occurred = script.occurred,
                       .discovered = script.discovered,
                       .summary = {}};
  out.location = script.location;
  if (script.attribution) out.attribution = terms::attribution_of(*script.attribution);
  return out;
}

void add_script_facts(const terms::Script& script, AdjudicationInput& input) {
  for (const auto& [code, declared] : script.values.declared) {
    const auto actual = script.values.actual.find(code);
    if (actual == script.values.actual.end()) continue;
    input.values.push_back({.section = {code}, .declared = declared, .actual = actual->second});
  }
  if (script.other_insurance) {
    input.other_insurance = {.sum_insured = script.other_insurance->sum_insured,
                             .paid = script.other_insurance->paid};
  }
  input.days_unpatched = script.days_unpatched();
}

domain::LossStatement statement_of(const terms::Script& script, const terms::Wording& wording) {
  domain::LossStatement out{
      .incident = {1}, .items = {}, .interruption = {}, .mitigation = script.mitigation};
  for (const ScriptLoss& loss : script.losses) {
    domain::LossItem item{.head = loss.head,
                          .amount = terms::in_script_currency(script, loss.amount),
                          .betterment = terms::in_script_currency(script, loss.betterment)};
    item.incurred = plus_minutes(script.occurred, loss.after_hours * kHourMinutes);
    item.vendor = loss.vendor;
    if (loss.paid_after_hours)
      item.paid = plus_minutes(script.occurred, *loss.paid_after_hours * kHourMinutes);
    out.items.push_back(std::move(item));
  }
  if (script.outage) {
    out.interruption = interruption_of(script);
    out.interruption->section = terms::outage_section(script, wording);
    out.interruption->provider = script.outage->provider;
  }
  return out;
}

Date documents_complete(const terms::Script& script, UtcOffset offset) {
  std::int64_t hours = 0;
  for (const ScriptLoss& loss : script.losses) {
    hours = std::max({hours, loss.after_hours, loss.paid_after_hours.value_or(0)});
  }
  std::int64_t minutes = hours * kHourMinutes;
  if (script.outage) minutes = std::max(minutes, script.outage->outage().minutes);
  const Instant reported = script.reported.value_or(script.discovered);
  return date_of(std::max(plus_minutes(script.occurred, minutes), reported), offset);
}

Result<Drill> drill(const DrillInput& input) {
  Drill out;
  ANLAN_TRY(out.decision, adjudicate(input.adjudication));
  divide(out, input.script);
  add_hour_clocks(out, input);
  add_day_clocks(out, input);
  add_documents(out, input);
  return out;
}

}  // namespace anlan::claims
