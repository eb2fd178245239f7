// Times as logs write them: RFC 3339 and its looser kin, seconds since 1970 in any unit, the forms
// of syslog, firewalls and scanners.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"
#include "formats/telemetry.h"

namespace anlan::formats {

struct TelemetryTime {
  Instant at;
  TimeNote note = TimeNote::kStated;
};

// Understands 2026-03-02T08:00:00.123456+0800 (also a blank or '/' for its marks, without decimals,
// without a zone), 1772438400 and its thousandths, millionths and milliardths, "Mar  2 08:00:00"
// (also with a year after the day or at the end, with " UTC", "GMT" or a zone as +0800), "31 March
// 2016 13:04:55" and "Tue Mar  3 10:00:00 2026". Years 1970 to 2199. nullopt: none of these.
std::optional<TelemetryTime> read_telemetry_time(std::string_view text,
                                                 const TelemetryOptions& options);

}  // namespace anlan::formats
