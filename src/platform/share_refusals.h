// Refusals of links by which somebody without an account reads one answer.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::platform::refusals {

inline constexpr RefusalCode kShareMissing{8800, "share_missing"};  // of its owner's list
inline constexpr RefusalCode kShareGone{8801, "share_gone"};    // never made, expired or revoked
inline constexpr RefusalCode kShareLimit{8802, "share_limit"};  // args limit
inline constexpr RefusalCode kShareTooLarge{8803, "share_too_large"};  // args max

inline constexpr std::array kShare{kShareMissing, kShareGone, kShareLimit, kShareTooLarge};

}  // namespace anlan::platform::refusals
