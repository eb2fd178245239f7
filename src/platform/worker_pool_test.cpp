#include "platform/worker_pool.h"

#include <atomic>
#include <latch>

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
  for (int i = 0; i < 10'000 && taken < 3; ++i) {
    taken += pool.offer([&] { ++done; }) ? 1 : 0;
    std::this_thread::yield();
  }
  CHECK(taken == 3);
}
