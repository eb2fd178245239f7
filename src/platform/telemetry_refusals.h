// Refusals of the telemetry store. Their sentences are in data/locales.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::platform::refusals {

inline constexpr RefusalCode kTelemetryBusy{8170, "telemetry_busy"};
inline constexpr RefusalCode kTelemetryDamaged{8171, "telemetry_damaged"};  // args file, offset
inline constexpr RefusalCode kTelemetryBatchDiffers{8172, "telemetry_batch_differs"};
inline constexpr RefusalCode kTelemetryBatchTooLarge{8173, "telemetry_batch_too_large"};  // arg max
inline constexpr RefusalCode kTelemetryStopped{8174, "telemetry_stopped"};     // a flush has failed
inline constexpr RefusalCode kRetentionTooShort{8175, "retention_too_short"};  // arg min: days
inline constexpr RefusalCode kHoldMissing{8176, "hold_missing"};

inline constexpr std::array kTelemetryStore{kTelemetryBusy,
                                            kTelemetryDamaged,
                                            kTelemetryBatchDiffers,
                                            kTelemetryBatchTooLarge,
                                            kTelemetryStopped,
                                            kRetentionTooShort,
                                            kHoldMissing};

}  // namespace anlan::platform::refusals
