// Lapse standing: whether a lapse of a control that a person found counts for an incident, and for
// how many days (REFERENCE.md 4.2: notice, cure period, then the effect that the form says).
#pragma once

#include "base/fields.h"
#include "claims/adjudicate.h"
#include "domain/incident_facts.h"

namespace anlan::claims {

enum class LapseStanding : std::uint8_t {
  kCounts = 1,
  kWithdrawn = 2,
  kCured = 3,       // it ran again on the day of the incident, or before
  kCurePeriod = 4,  // the insured had been told, and still had time to cure
};
constexpr auto enum_names(LapseStanding*) {
  using S = LapseStanding;
  return std::array{EnumName<S>{S::kCounts, "counts"}, EnumName<S>{S::kWithdrawn, "withdrawn"},
                    EnumName<S>{S::kCured, "cured"}, EnumName<S>{S::kCurePeriod, "cure_period"}};
}

// On the day of the incident. A lapse of which the insured was told only after the incident counts
// as the wording says: the cure period then looks forward.
LapseStanding lapse_standing(const domain::LapseFound& lapse, Date incident);

// The whole days from its beginning to the day of the incident.
LapsedControl lapsed_control(const domain::LapseFound& lapse, Date incident);

}  // namespace anlan::claims
