// Refusals of what is asked about webhooks.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::api::refusals {

inline constexpr RefusalCode kEventKindUnknown{9220, "event_kind_unknown"};  // args nearest
inline constexpr RefusalCode kReplayWhat{9221, "replay_what"};

inline constexpr std::array kWebhook{kEventKindUnknown, kReplayWhat};

}  // namespace anlan::api::refusals
