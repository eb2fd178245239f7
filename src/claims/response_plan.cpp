#include "claims/response_plan.h"

#include <algorithm>

namespace anlan::claims {
namespace {

constexpr std::int64_t kFirstHour = 1;
constexpr std::int64_t kFirstDay = 24;
constexpr std::int64_t kDocumentHours = 30 * kFirstDay;  // assumption
constexpr std::string_view kPractice = "practice";

struct Builder {
  const PlanInput& input;
  std::vector<PlanStep> steps = {};

  void practice(std::int64_t hour, PlanAct act, PlanRole caller, std::optional<PlanRole> called) {
    steps.push_back({.hour = hour,
                     .act = act,
                     .caller = caller,
                     .called = called,
                     .source = std::string(kPractice)});
  }

  void first_hour() {
    practice(0, PlanAct::kIsolate, PlanRole::kItTeam, {});
    practice(0, PlanAct::kOpenLog, PlanRole::kItTeam, {});
    if (input.hotline) {
      practice(0, PlanAct::kCallHotline, PlanRole::kSecurityOwner, PlanRole::kInsurer);
    }
    for (const std::string& vendor : input.vendors) {
      practice(0, PlanAct::kCallVendor, PlanRole::kSecurityOwner, PlanRole::kVendor);
      steps.back().subject = vendor;
    }
    practice(kFirstHour, PlanAct::kTellManagement, PlanRole::kSecurityOwner, PlanRole::kManagement);
    practice(kFirstDay, PlanAct::kKeepEvidence, PlanRole::kItTeam, PlanRole::kVendor);
  }

  void by_law() {
    const Instant found;
    const Instant due = incident_report_due(input.body, found);
    steps.push_back({.hour = minutes_between(found, due) / 60,
                     .act = PlanAct::kReportIncident,
                     .caller = PlanRole::kManagement,
                     .called = PlanRole::kRegulator,
                     .source = "reporting_measures"});
    if (input.personal_data) {
      steps.push_back({.hour = 0,
                       .act = PlanAct::kTellPersons,
                       .caller = PlanRole::kLegal,
                       .called = PlanRole::kPersons,
                       .source = "pipl_57"});
    }
    steps.push_back({.hour = kDocumentHours,
                     .act = PlanAct::kCollectDocuments,
                     .caller = PlanRole::kFinance,
                     .called = PlanRole::kInsurer,
                     .source = "art_22"});
  }

  PlanStep& by_clause(std::int64_t hour, PlanAct act, PlanRole caller, const std::string& clause) {
    steps.push_back(
        {.hour = hour, .act = act, .caller = caller, .source = clause, .by_clause = true});
    return steps.back();
  }

  void by_wording() {
    const terms::Wording& wording = input.wording;
    if (wording.late_notice) {
      by_clause(wording.late_notice->hours, PlanAct::kNotifyInsurer, PlanRole::kSecurityOwner,
                wording.late_notice->clause)
          .called = PlanRole::kInsurer;
    }
    for (const terms::Condition& condition : wording.conditions) {
      const bool to_police = condition.name == "police_report";
      PlanStep& step = by_clause(
          std::max(kFirstHour, condition.within_hours == 0 ? kFirstDay : condition.within_hours),
          PlanAct::kMeetCondition, PlanRole::kLegal, condition.clause);
      step.subject = condition.name;
      step.called = to_police ? PlanRole::kPolice : PlanRole::kInsurer;
      if (!terms::before_payment(condition)) continue;
      PlanStep& hold =
          by_clause(kFirstHour, PlanAct::kHoldPayments, PlanRole::kFinance, condition.clause);
      hold.subject = condition.name;
    }
    for (const terms::Section& section : wording.terms.sections) {
      if (section.time.waiting_hours == 0) continue;
      by_clause(section.time.waiting_hours, PlanAct::kWaitingOver, PlanRole::kFinance,
                section.time.waiting_clause)
          .subject = section.code;
    }
  }
};

}  // namespace

std::vector<PlanStep> response_plan(const PlanInput& input) {
  Builder builder{.input = input};
  builder.first_hour();
  builder.by_law();
  builder.by_wording();
  std::stable_sort(builder.steps.begin(), builder.steps.end(),
                   [](const PlanStep& a, const PlanStep& b) { return a.hour < b.hour; });
  return std::move(builder.steps);
}

}  // namespace anlan::claims
