// When a delivery that failed is tried again.
#pragma once

#include <cstdint>
#include <optional>

#include "base/share.h"
#include "base/time.h"

namespace anlan::platform {

inline constexpr std::int64_t kRetryFirstSeconds = 5;
inline constexpr std::int64_t kRetryMostSeconds = 6 * 3'600;
inline constexpr std::int64_t kRetryDays = 3;  // since it was queued

// `attempts`: made so far, at least one; `queued`: when the first was due. The pause doubles from
// kRetryFirstSeconds up to kRetryMostSeconds; a half of it is fixed, of the other half `jitter` (0
// to 1) is taken, so that those that failed together do not come back together. Nothing: kRetryDays
// have passed by then, and it is given up.
struct Tried {
  Instant queued;
  Instant now;
  std::uint32_t attempts = 1;
  Share jitter;
};
std::optional<Instant> next_attempt(const Tried& tried);

}  // namespace anlan::platform
