#include "platform/webhook_schedule.h"

#include <vector>

#include <doctest/doctest.h>

using namespace anlan;
using namespace anlan::platform;

namespace {

const Instant kQueued = Instant::from_micros(1'772'330'400'000'000);

Instant after(std::int64_t seconds) {
  return Instant::from_micros(kQueued.micros() + seconds * 1'000'000);
}

// The pauses in seconds when every attempt is made at its time and fails at once.
std::vector<std::int64_t> pauses(Share jitter) {
  std::vector<std::int64_t> all;
  Instant now = kQueued;
  for (std::uint32_t attempts = 1;; ++attempts) {
    const auto next =
        next_attempt({.queued = kQueued, .now = now, .attempts = attempts, .jitter = jitter});
    if (!next) return all;
    all.push_back((next->micros() - now.micros()) / 1'000'000);
    now = *next;
  }
}

}  // namespace

TEST_CASE("schedule: pauses double to six hours, for three days") {
  const std::vector<std::int64_t> longest = pauses(Share::from_percent(100));
  const std::vector<std::int64_t> first{5,   10,    20,    40,    80,     160,   320,
                                        640, 1'280, 2'560, 5'120, 10'240, 20'480};
  REQUIRE(longest.size() > first.size());
  for (std::size_t n = 0; n < longest.size(); ++n) {
    CAPTURE(n);
    CHECK(longest[n] == (n < first.size() ? first[n] : 21'600));
  }
  std::int64_t sum = 0;
  for (const std::int64_t pause : longest) sum += pause;
  CHECK(sum <= 3 * 86'400);
  CHECK(sum + 21'600 > 3 * 86'400);
}

TEST_CASE("schedule: jitter takes off at most a half, and nothing outlives three days") {
  const std::vector<std::int64_t> shortest = pauses(Share::from_percent(0));
  const std::vector<std::int64_t> longest = pauses(Share::from_percent(100));
  CHECK(shortest.size() > longest.size());
  for (std::size_t n = 1; n < longest.size(); ++n) {
    CAPTURE(n);
    CHECK(shortest[n] * 2 == longest[n]);
  }
  const Tried late{.queued = kQueued, .now = after(3 * 86'400 - 4), .attempts = 1, .jitter = {}};
  CHECK(next_attempt(late) == Instant::from_micros(after(3 * 86'400 - 4).micros() + 2'500'000));
  CHECK(!next_attempt({.queued = kQueued, .now = after(3 * 86'400), .attempts = 40, .jitter = {}}));
}
