#include "platform/payments.h"

#include <thread>

#include <doctest/doctest.h>

#include "platform/rounds.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using namespace testing;

Payment payment(std::string name, std::uint64_t policy) {
  return {.name = std::move(name),
          .policy = {policy},
          .amount = Money::from_minor(140'000, Currency::kCny),
          .actor = {"wang.owner"},
          .at = Instant::from_micros(1'772'330'400'000'000)};
}

TEST_CASE("payments: what was added and kept is there again, the newest first; the rest is not") {
  TempFolder folder;
  {
    Payments payments = Payments::open(folder.path()).value();
    for (const char* name : {"gwp-b", "gwp-a"}) {
      Payments::Turn turn = payments.turn().value();
      REQUIRE(payments.add(payment(name, 7)).ok());
      REQUIRE(turn.keep().ok());
    }
    const Payments::Turn turn = payments.turn().value();
    REQUIRE(payments.add(payment("gwp-c", 7)).ok());
  }
  Payments payments = Payments::open(folder.path()).value();
  CHECK(payments.of({7}).value() == std::vector{payment("gwp-a", 7), payment("gwp-b", 7)});
  CHECK(payments.of({8}).value().empty());
  CHECK(payments.find("gwp-a").value() == payment("gwp-a", 7));
  CHECK(!payments.find("gwp-c").value());
}

TEST_CASE("payments: of many who pay at once each sees what the others did") {
  TempFolder folder;
  constexpr int kPeople = 8;
  std::vector<std::thread> people;
  for (int n = 0; n < kPeople; ++n) {
    people.emplace_back([&folder] {
      Payments payments = Payments::open(folder.path()).value();
      Payments::Turn turn = payments.turn().value();
      if (!payments.of({7}).value().empty()) return;
      ANLAN_CHECK(payments.add(payment(new_payment_name(), 7)).ok());
      ANLAN_CHECK(turn.keep().ok());
    });
  }
  for (std::thread& each : people) each.join();
  Payments payments = Payments::open(folder.path()).value();
  CHECK(payments.of({7}).value().size() == 1);
}

TEST_CASE("rounds: the work is done again and again, and not after the end") {
  int count = 0;
  {
    const Rounds rounds(std::chrono::milliseconds{1}, [&count] { ++count; });
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
  const int then = count;
  CHECK(then >= 2);
  std::this_thread::sleep_for(std::chrono::milliseconds{10});
  CHECK(count == then);
}

}  // namespace
}  // namespace anlan::platform
