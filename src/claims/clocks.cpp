#include "claims/clocks.h"

#include "claims/refusals.h"

namespace anlan::claims {
namespace {

constexpr DayClockRule kDayClocks[] = {
    {DayClock::kDecision, 30, "23"},
    {DayClock::kPayment, 10, "23"},
    {DayClock::kDenialNotice, 3, "24"},
    {DayClock::kProvisionalPayment, 60, "25"},
};

std::int32_t days_of(DayClock clock) {
  for (const DayClockRule& rule : kDayClocks) {
    if (rule.clock == clock) return rule.days;
  }
  check_failed("a known clock", __FILE__, __LINE__);
}

std::int64_t hours_of(ReportingBody body) {
  switch (body) {
    case ReportingBody::kCriticalInfrastructure:
      return 1;
    case ReportingBody::kCentralOrgan:
      return 2;
    case ReportingBody::kOther:
      return 4;
  }
  check_failed("a known reporting body", __FILE__, __LINE__);
}

}  // namespace

std::span<const DayClockRule> day_clocks() { return kDayClocks; }

Deadline deadline(DayClock clock, Date start, const WorkCalendar& calendar) {
  const Date nominal = plus_days(start, days_of(clock));
  const Date due = roll_forward(calendar, nominal);
  return {.nominal = nominal,
          .due = due,
          .calendar_known = is_known(calendar, nominal) && is_known(calendar, due)};
}

Instant incident_report_due(ReportingBody body, Instant discovered) {
  return plus_minutes(discovered, hours_of(body) * 60);
}

Result<Done> may_ask_documents(std::optional<Date> asked_before) {
  if (!asked_before) return Done{};
  return Refusal{.code = refusals::kDocumentsAskedBefore,
                 .path = "documents",
                 .value = to_text(*asked_before),
                 .args = {{.name = "on", .value = to_text(*asked_before)}},
                 .at = {}};
}

}  // namespace anlan::claims
