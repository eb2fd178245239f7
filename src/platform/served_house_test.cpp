#include "platform/served_house.h"

#include <atomic>
#include <thread>

#include <doctest/doctest.h>

#include "house/refusals.h"
#include "house/replay.h"
#include "platform/refusals.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using namespace testing;

// A house on a folder of its own, with actors and one enterprise.
struct Served {
  TempFolder temp;
  std::unique_ptr<ServedHouse> house;
  domain::EnterpriseId enterprise;

  Served() {
    const house::PublicKey key = create_house_folder(temp / "h", "h").value();
    house = ServedHouse::open(temp / "h").value();
    for (const house::Envelope& each : opening_commands(key)) REQUIRE(house->submit(each).ok());
    const ServedHouse::Hold hold = house->share();
    enterprise = house->house().enterprises.begin()->first;
  }
  std::uint64_t head() {
    const ServedHouse::Hold hold = house->share();
    return house->house().head.seq;
  }
};

TEST_CASE("served house: the lock of the folder is the server's until it ends") {
  Served served;
  CHECK(ServedHouse::open(served.temp / "h").refusal().code == refusals::kHouseBusy);
  CHECK(HouseFolder::open(served.temp / "h", {.mode = HouseMode::kWrite}).refusal().code ==
        refusals::kHouseBusy);
  served.house.reset();
  CHECK(ServedHouse::open(served.temp / "h").ok());
}

TEST_CASE("served house: commands of many threads are each answered once, and written together") {
  Served served;
  constexpr int kThreads = 16;
  constexpr int kEach = 50;
  const ServedHouse::Counts before = served.house->counts();
  std::atomic<int> answered = 0;
  std::atomic<bool> torn = false;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int n = 0; n < kEach; ++n) {
        const std::string key = std::to_string(t) + "-" + std::to_string(n);
        const auto answer = served.house->submit(order_command(served.enterprise, key, 5'000));
        if (answer.ok() && !answer->repeated) ++answered;
        const ServedHouse::Hold hold = served.house->share();
        const bool there = answer.ok() && served.house->house().head.seq >= answer->last_seq;
        if (!there || served.house->house().owed.size() != 0) torn = true;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(answered == kThreads * kEach);
  CHECK_FALSE(torn);
  const ServedHouse::Counts after = served.house->counts();
  CHECK(after.commands - before.commands == kThreads * kEach);
  CHECK(after.commits - before.commits <= kThreads * kEach);
  CHECK(after.waiting == 0);
  const ServedHouse::Hold hold = served.house->share();
  CHECK(served.house->house().orders.size() == kThreads * kEach);
}

TEST_CASE(
    "served house: of threads that send one key one is answered first, the others its answer") {
  Served served;
  std::atomic<int> first = 0;
  std::atomic<int> again = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      const auto answer = served.house->submit(order_command(served.enterprise, "one", 5'000));
      if (answer.ok()) ++(answer->repeated ? again : first);
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(first == 1);
  CHECK(again == 7);
}

TEST_CASE(
    "served house: nothing is written while somebody reads, and readers do not starve a writer") {
  Served served;
  std::atomic<bool> stop = false;
  std::vector<std::thread> readers;
  for (int t = 0; t < 4; ++t) {
    readers.emplace_back([&] {
      while (!stop) {
        const ServedHouse::Hold hold = served.house->share();
        const std::uint64_t seq = served.house->house().head.seq;
        std::this_thread::sleep_for(std::chrono::microseconds(200));
        if (served.house->house().head.seq != seq) std::abort();
      }
    });
  }
  for (int n = 0; n < 30; ++n)
    CHECK(served.house->submit(order_command(served.enterprise, "n" + std::to_string(n), 1)).ok());
  stop = true;
  for (std::thread& reader : readers) reader.join();
}

TEST_CASE("served house: who has it whole writes alone, and what is read is the journal") {
  Served served;
  const std::uint64_t before = served.head();
  {
    const ServedHouse::Hold whole = served.house->whole();
    const auto at = Instant::from_micros(4'000'000'000'000'000);
    const auto answer =
        served.house->submit_alone(order_command(served.enterprise, "alone", 5'000), at);
    REQUIRE(answer.ok());
    CHECK(answer->at == at);
    CHECK(served.house->house().head.seq == answer->last_seq);
  }
  const auto records = served.house->read(before + 1, 100);
  REQUIRE(records.ok());
  CHECK(records->front().key == "alone");
  CHECK(served.head() == before + records->size());
}

}  // namespace
}  // namespace anlan::platform
