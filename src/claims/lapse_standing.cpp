#include "claims/lapse_standing.h"

namespace anlan::claims {

LapseStanding lapse_standing(const domain::LapseFound& lapse, Date incident) {
  if (lapse.withdrawn) return LapseStanding::kWithdrawn;
  if (lapse.cured_on && *lapse.cured_on <= incident) return LapseStanding::kCured;
  const bool told = lapse.noticed_on && *lapse.noticed_on <= incident;
  if (told && lapse.cure_by && incident <= *lapse.cure_by) return LapseStanding::kCurePeriod;
  return LapseStanding::kCounts;
}

LapsedControl lapsed_control(const domain::LapseFound& lapse, Date incident) {
  return {.control = lapse.control, .days = days_between(lapse.from, incident)};
}

}  // namespace anlan::claims
