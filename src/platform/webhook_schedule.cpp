#include "platform/webhook_schedule.h"

#include <algorithm>

#include "base/check.h"

namespace anlan::platform {

std::optional<Instant> next_attempt(const Tried& tried) {
  ANLAN_CHECK(tried.attempts > 0);
  constexpr std::int64_t kSecond = 1'000'000;
  constexpr std::int64_t kDay = 86'400 * kSecond;
  constexpr std::uint32_t kDoublingsMax = 20;  // more than the longest pause needs
  const std::uint32_t doublings = std::min(tried.attempts - 1, kDoublingsMax);
  const std::int64_t pause = std::min(kRetryFirstSeconds << doublings, kRetryMostSeconds) * kSecond;
  const std::int64_t waits = pause / 2 + pause / 2 * tried.jitter.ppm() / 1'000'000;
  const Instant next = Instant::from_micros(tried.now.micros() + waits);
  if (next.micros() - tried.queued.micros() > kRetryDays * kDay) return std::nullopt;
  return next;
}

}  // namespace anlan::platform
