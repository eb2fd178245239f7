#include "platform/executor_tbb.h"

#include <atomic>
#include <vector>

#include <doctest/doctest.h>

#include "platform/clock_system.h"

namespace anlan::platform {
namespace {

TEST_CASE("executor: every block runs once, for any number of threads, also nested") {
  for (const int threads : {0, 1, 2, 3, 16}) {
    CAPTURE(threads);
    TbbExecutor executor(threads);
    std::vector<std::atomic<int>> seen(1'000);
    executor.run(seen.size(), [&](std::size_t block) { ++seen[block]; });
    CHECK(std::all_of(seen.begin(), seen.end(), [](const auto& count) { return count == 1; }));
    std::vector<std::atomic<int>> inner(100);
    executor.run(10, [&](std::size_t outer) {
      executor.run(10, [&](std::size_t block) { ++inner[outer * 10 + block]; });
    });
    CHECK(std::all_of(inner.begin(), inner.end(), [](const auto& count) { return count == 1; }));
    executor.run(0, [&](std::size_t) { seen[0] = 5; });
    CHECK(seen[0] == 1);
  }
}

TEST_CASE("executor: results by block index do not depend on the number of threads") {
  const auto sums = [](int threads) {
    std::vector<double> sum(64);
    TbbExecutor(threads).run(sum.size(), [&](std::size_t block) {
      for (int i = 1; i < 1'000; ++i) sum[block] += 1.0 / (static_cast<double>(block) + i);
    });
    return sum;
  };
  CHECK(sums(1) == sums(2));
  CHECK(sums(1) == sums(7));
}

TEST_CASE("system clock: it stands after this test was written and does not run backwards here") {
  SystemClock clock;
  const Instant first = clock.now();
  CHECK(first > start_of_day(parse_date("2025-01-01", "test").value()));
  CHECK(clock.now() >= first);
}

}  // namespace
}  // namespace anlan::platform
