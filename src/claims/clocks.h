// Clocks: the periods that law sets for a claim, as pure functions of dates
// (REFERENCE.md 2.2, 4.3).
//
// The day on which a period begins is not counted (Civil Code art 201); a last day that is a day of
// rest moves to the next working day (art 203). Periods in hours run by the clock and never move.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/fields.h"
#include "base/result.h"
#include "base/time.h"
#include "claims/work_calendar.h"

namespace anlan::claims {

// Insurance Law of the PRC.
enum class DayClock : std::uint8_t {
  kDecision = 1,            // art 23: 30 days from the complete claim documents
  kPayment = 2,             // art 23: 10 days from the agreement on the amount
  kDenialNotice = 3,        // art 24: 3 days from the decision that nothing is payable
  kProvisionalPayment = 4,  // art 25: 60 days from the documents, of what can be determined
};
constexpr auto enum_names(DayClock*) {
  using C = DayClock;
  return std::array{EnumName<C>{C::kDecision, "decision"}, EnumName<C>{C::kPayment, "payment"},
                    EnumName<C>{C::kDenialNotice, "denial_notice"},
                    EnumName<C>{C::kProvisionalPayment, "provisional_payment"}};
}

struct DayClockRule {
  DayClock clock;
  std::int32_t days;
  std::string_view article;  // of the Insurance Law
};
std::span<const DayClockRule> day_clocks();  // in the order of the enum

struct Deadline {
  Date nominal;  // start + days
  Date due;      // the same, or the next working day
  // False: the list of holidays does not reach this far; a public holiday could move the day on.
  bool calendar_known = false;
  bool operator==(const Deadline&) const = default;
};
Deadline deadline(DayClock clock, Date start, const WorkCalendar& calendar);

// Who must report a security incident (National Measures on Reporting Cybersecurity Incidents, in
// force 2025-11-01): from discovery, within 1, 2 or 4 hours. Which grades must be reported stands
// there too.
enum class ReportingBody : std::uint8_t {
  kCriticalInfrastructure = 1,
  kCentralOrgan = 2,
  kOther = 3,
};
constexpr auto enum_names(ReportingBody*) {
  using R = ReportingBody;
  return std::array{EnumName<R>{R::kCriticalInfrastructure, "critical_infrastructure"},
                    EnumName<R>{R::kCentralOrgan, "central_organ"},
                    EnumName<R>{R::kOther, "other"}};
}
Instant incident_report_due(ReportingBody body, Instant discovered);

// Missing claim documents are asked for once, completely (art 22). `asked_before`: the day of the
// request that stands. Refuses kDocumentsAskedBefore (args on).
Result<Done> may_ask_documents(std::optional<Date> asked_before);

}  // namespace anlan::claims
