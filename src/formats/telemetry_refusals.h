// Refusals of telemetry: why a line is kept as unknown, and why an archive is not unpacked.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::formats::refusals {

inline constexpr RefusalCode kTelemetryLineTooLong{360, "telemetry_line_too_long"};  // arg max: KiB
inline constexpr RefusalCode kTelemetryFormatUnknown{361, "telemetry_format_unknown"};
inline constexpr RefusalCode kTelemetryFormatDiffers{362,
                                                     "telemetry_format_differs"};     // arg format
inline constexpr RefusalCode kTelemetryFieldMissing{363, "telemetry_field_missing"};  // arg format
inline constexpr RefusalCode kTelemetryTimeUnreadable{364, "telemetry_time_unreadable"};
inline constexpr RefusalCode kTelemetryTooManyFields{365, "telemetry_too_many_fields"};  // arg max
inline constexpr RefusalCode kTelemetryWordUnknown{366, "telemetry_word_unknown"};  // arg choices
inline constexpr RefusalCode kArchiveBroken{367, "archive_broken"};                 // arg detail
inline constexpr RefusalCode kArchiveTooLarge{368, "archive_too_large"};    // args limit, max
inline constexpr RefusalCode kTelemetryTooDeep{369, "telemetry_too_deep"};  // arg max

inline constexpr std::array kTelemetry{kTelemetryLineTooLong,    kTelemetryFormatUnknown,
                                       kTelemetryFormatDiffers,  kTelemetryFieldMissing,
                                       kTelemetryTimeUnreadable, kTelemetryTooManyFields,
                                       kTelemetryWordUnknown,    kArchiveBroken,
                                       kArchiveTooLarge,         kTelemetryTooDeep};

}  // namespace anlan::formats::refusals
