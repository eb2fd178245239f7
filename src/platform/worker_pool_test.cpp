#include "platform/worker_pool.h"

#include <atomic>
#include <chrono>
#include <latch>
#include <thread>

#include <doctest/doctest.h>

using namespace anlan::platform;

TEST_CASE("worker pool: it takes as many jobs as wait and work, and does them all before its end") {
  std::atomic<int> done = 0;
  {
    std::latch started(2);
    std::latch released(1);
    WorkerPool pool(2, 3);
    const auto job = [&] {
      started.count_down();
      released.wait();
      ++done;
    };
    REQUIRE(pool.offer(job));
    REQUIRE(pool.offer(job));
    started.wait();
    const auto quick = [&] { ++done; };
    for (int i = 0; i < 3; ++i) CHECK(pool.offer(quick));
    CHECK(!pool.offer(quick));
    CHECK(pool.queued() == 3);
    released.count_down();
  }
  CHECK(done == 5);
}

TEST_CASE("worker pool: without a queue an idle worker still takes a job") {
  WorkerPool pool(1, 0);
  std::atomic<int> done = 0;
  int taken = 0;
  constexpr auto kPatience = std::chrono::seconds(60);  // of a machine that is busy
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (taken < 3 && std::chrono::steady_clock::now() < end) {
    taken += pool.offer([&] { ++done; }) ? 1 : 0;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  CHECK(taken == 3);
}
