#include "claims/drill.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "claims/response_plan.h"

using namespace anlan;
using namespace anlan::claims;

namespace {

Instant at(std::string_view text) { return parse_instant(text, "test").value(); }

// An outage of five hours, two at full loss, two at half, one at a quarter of half its time.
terms::Script outage_script() {
  terms::Script out{.id = "test", .peril = {"ransomware"}};
  out.occurred = at("2018-08-03T18:00:00+08:00");
  out.discovered = at("2018-08-03T19:30:00+08:00");
  out.reported = at("2018-08-04T09:00:00+08:00");
  out.mitigation = Money::zero(Currency::kCny);
  terms::ScriptOutage outage{.section = {"FP.BI"}};
  outage.profit_per_hour = Money::from_minor(100'000, Currency::kCny);
  outage.stretches = {{.hours = 5}};
  outage.hourly = {100'000, 100'000, 50'000, 50'000, 25'000};
  outage.last_minutes = 30;
  out.outage = outage;
  return out;
}

std::int64_t sum_of(const std::vector<std::int64_t>& hours) {
  std::int64_t sum = 0;
  for (const std::int64_t hour : hours) sum += hour;
  return sum;
}

}  // namespace

TEST_CASE("drill: the curve of a script comes back hour by hour from its statement") {
  const terms::Script script = outage_script();
  terms::Wording wording;
  wording.terms.sections = {{.code = "FP.BI"}};
  const domain::LossStatement stated = statement_of(script, wording);
  REQUIRE(stated.interruption.has_value());
  CHECK(stated.interruption->sales.size() == 2);  // the half hours are one record
  const auto loss = interruption_loss(*stated.interruption, Currency::kCny, UtcOffset{});
  REQUIRE(loss.ok());
  CHECK(loss->corrected.hourly == script.outage->hourly);
  CHECK(loss->corrected.minutes == script.outage->outage().minutes);
  CHECK(loss->corrected_total == sum_of(script.outage->hourly));
  CHECK(loss->sales_beyond == 0);
}

TEST_CASE("drill: an incident moves as a whole and keeps its distances") {
  terms::Script script = outage_script();
  script.vulnerability = terms::ScriptVulnerability{
      .id = "CVE-2017-0144", .fix_available = parse_date("2018-06-19", "test").value()};
  const terms::Script moved = moved_to(script, at("2026-05-01T18:00:00+08:00"));
  CHECK(to_text(moved.occurred) == "2026-05-01T18:00:00+08:00");
  CHECK(to_text(moved.discovered) == "2026-05-01T19:30:00+08:00");
  CHECK(to_text(*moved.reported) == "2026-05-02T09:00:00+08:00");
  CHECK(moved.days_unpatched() == script.days_unpatched());
  CHECK(moved.outage == script.outage);
  const terms::Script back = moved_to(moved, script.occurred);
  CHECK(back == script);
}

TEST_CASE("drill: the documents are complete when the last cost is paid or the outage is over") {
  terms::Script script = outage_script();
  CHECK(to_text(documents_complete(script, {})) == "2018-08-04");  // the report
  script.losses.push_back({.head = {"FP.IR"},
                           .amount = Money::from_minor(100, Currency::kCny),
                           .betterment = Money::zero(Currency::kCny),
                           .after_hours = 24,
                           .paid_after_hours = 100});
  CHECK(to_text(documents_complete(script, {})) == "2018-08-07");
}

TEST_CASE("response plan: by hour, the authority within 1 or 4, conditions hold payments") {
  static terms::Wording wording;  // not on the stack: the compiler of Debian 12 doubts its optional
  wording.late_notice = terms::LateNotice{.hours = 48, .clause = "4.1"};
  wording.conditions = {{.name = "prior_written_consent",
                         .heads = {"FP.EXT"},
                         .clause = "2.3",
                         .kind = terms::ConditionKind::kConsent},
                        {.name = "police_report", .heads = {"FP.EXT"}, .clause = "2.4"}};
  wording.terms.sections.push_back({.code = "FP.BI"});
  wording.terms.sections.back().time.waiting_hours = 8;
  wording.terms.sections.back().time.waiting_clause = "2.1";
  for (const auto body : {ReportingBody::kCriticalInfrastructure, ReportingBody::kOther}) {
    const std::vector<PlanStep> steps = response_plan({.wording = wording,
                                                       .hotline = true,
                                                       .vendors = {"guard"},
                                                       .body = body,
                                                       .personal_data = true});
    const auto hour_of = [&](PlanAct act, std::string_view subject = "") {
      const auto found = std::find_if(steps.begin(), steps.end(), [&](const PlanStep& step) {
        return step.act == act && (subject.empty() || step.subject == subject);
      });
      return found == steps.end() ? -1 : found->hour;
    };
    CHECK(std::is_sorted(steps.begin(), steps.end(),
                         [](const auto& a, const auto& b) { return a.hour < b.hour; }));
    CHECK(hour_of(PlanAct::kReportIncident) == (body == ReportingBody::kOther ? 4 : 1));
    CHECK(hour_of(PlanAct::kTellPersons) == 0);
    CHECK(hour_of(PlanAct::kNotifyInsurer) == 48);
    CHECK(hour_of(PlanAct::kWaitingOver, "FP.BI") == 8);
    CHECK(hour_of(PlanAct::kCallVendor, "guard") == 0);
    CHECK(hour_of(PlanAct::kHoldPayments, "prior_written_consent") == 1);
    CHECK(hour_of(PlanAct::kHoldPayments, "police_report") == -1);
    for (const PlanStep& step : steps) CHECK_FALSE(step.source.empty());
  }
  const std::vector<PlanStep> bare = response_plan({.wording = terms::Wording{}});
  for (const PlanStep& step : bare) {
    CHECK(step.act != PlanAct::kTellPersons);
    CHECK(step.act != PlanAct::kCallHotline);
    CHECK_FALSE(step.by_clause);
  }
}
