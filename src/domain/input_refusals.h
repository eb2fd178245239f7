// Refusals of the files that people write about a company, its answers and an incident.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::domain {

inline constexpr RefusalCode kIncidentPerilUnknown{540, "incident_peril_unknown"};
inline constexpr RefusalCode kDiscoveredBeforeIncident{541, "discovered_before_incident"};
inline constexpr RefusalCode kIncidentHeadUnknown{542, "incident_head_unknown"};
inline constexpr RefusalCode kWeekdaysMalformed{543, "weekdays_malformed"};
inline constexpr RefusalCode kHoursMalformed{544, "hours_malformed"};
inline constexpr RefusalCode kHourStatedTwice{545, "hour_stated_twice"};
inline constexpr RefusalCode kPlaceMalformed{546, "place_malformed"};
inline constexpr RefusalCode kRateMalformed{547, "rate_malformed"};
inline constexpr RefusalCode kRateTwice{548, "rate_twice"};
inline constexpr RefusalCode kRateNotStated{549, "rate_not_stated"};

inline constexpr std::array kInputRefusals{kIncidentPerilUnknown,
                                           kDiscoveredBeforeIncident,
                                           kIncidentHeadUnknown,
                                           kWeekdaysMalformed,
                                           kHoursMalformed,
                                           kHourStatedTwice,
                                           kPlaceMalformed,
                                           kRateMalformed,
                                           kRateTwice,
                                           kRateNotStated};

}  // namespace anlan::domain
