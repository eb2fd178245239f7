#include "platform/sandbox_gateway.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "platform/payment_refusals.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using namespace testing;

constexpr std::int64_t kSecond = 1'000'000;
const Instant kAt = Instant::from_micros(1'772'330'400'000'000);

Instant after(std::int64_t seconds) {
  return Instant::from_micros(kAt.micros() + seconds * kSecond);
}

struct Desk {
  TempFolder folder;
  std::unique_ptr<SandboxGateway> gateway;

  Desk() { open_again(); }
  void open_again() {
    gateway.reset();
    gateway = std::move(SandboxGateway::open(sandbox_gateway_file(folder.path()))).value();
  }
  static PaymentOrder order(std::int64_t minor = 140'000) {
    return {.payment = "gwp-1",
            .house = "ningbo",
            .reference = "AL-2026-000037",
            .amount = Money::from_minor(minor, Currency::kCny),
            .begun = kAt};
  }
  GatewayOrder answer(bool paid, SandboxTelling telling = SandboxTelling::kOnce) {
    return gateway
        ->answer("gwp-1", {.paid = paid, .telling = telling, .at = after(1), .now = after(1)})
        .value();
  }
  std::size_t due(std::int64_t seconds) { return gateway->due(after(seconds)).value().size(); }
};

TEST_CASE("sandbox gateway: its file is of mode 0600 and keeps one secret") {
  Desk desk;
  const std::string secret = desk.gateway->secret();
  desk.open_again();
  CHECK(desk.gateway->secret() == secret);
  CHECK(secret.size() > 50);
  struct stat info {};
  REQUIRE(::stat(sandbox_gateway_file(desk.folder.path()).c_str(), &info) == 0);
  CHECK((info.st_mode & 0777U) == 0600U);
}

TEST_CASE("sandbox gateway: an order begun twice is one, and another under its name is refused") {
  Desk desk;
  CHECK(!desk.gateway->find("gwp-1").value());
  CHECK(desk.gateway->begin(Desk::order())->state == GatewayState::kOpen);
  desk.open_again();
  CHECK(desk.gateway->begin(Desk::order())->order == Desk::order());
  const auto other = desk.gateway->begin(Desk::order(1));
  REQUIRE(!other.ok());
  CHECK(other.refusal().code == refusals::kPaymentOther);
  const auto missing = desk.gateway->give_back("gwp-2", kAt);
  REQUIRE(!missing.ok());
  CHECK(missing.refusal().code == refusals::kPaymentMissing);
}

TEST_CASE("sandbox gateway: what was answered stays; paid is not withdrawn, unpaid not returned") {
  Desk desk;
  REQUIRE(desk.gateway->begin(Desk::order()).ok());
  CHECK(desk.gateway->give_back("gwp-1", after(1))->state == GatewayState::kOpen);
  CHECK(desk.answer(true).state == GatewayState::kPaid);
  CHECK(desk.answer(false).state == GatewayState::kPaid);
  CHECK(desk.gateway->withdraw("gwp-1", after(2))->state == GatewayState::kPaid);
  CHECK(desk.gateway->give_back("gwp-1", after(3))->state == GatewayState::kReturned);
  CHECK(desk.due(100) == 0);  // there is nothing left to tell
}

TEST_CASE("sandbox gateway: it tells until it was heard, twice where asked, late where asked") {
  struct Case {
    SandboxTelling telling;
    std::int64_t first;  // second of the first notice
    int times;
  };
  for (const Case& each : {Case{SandboxTelling::kOnce, 1, 1}, Case{SandboxTelling::kTwice, 1, 2},
                           Case{SandboxTelling::kLate, 1 + kLateSeconds, 1}}) {
    CAPTURE(name_of(each.telling));
    Desk desk;
    REQUIRE(desk.gateway->begin(Desk::order()).ok());
    desk.answer(true, each.telling);
    CHECK(desk.due(each.first - 1) == 0);
    CHECK(desk.due(each.first) == 1);
    REQUIRE(desk.gateway->told("gwp-1", false, after(each.first)).ok());
    CHECK(desk.due(each.first + kTellAgainSeconds - 1) == 0);
    desk.open_again();
    for (int n = 0; n < each.times; ++n) {
      CHECK(desk.due(each.first + kTellAgainSeconds) == 1);
      REQUIRE(desk.gateway->told("gwp-1", true, after(each.first + 1)).ok());
    }
    CHECK(desk.due(1'000) == 0);
  }
}

TEST_CASE("sandbox gateway: a notice is signed, and nothing of it may change") {
  Desk desk;
  REQUIRE(desk.gateway->begin(Desk::order()).ok());
  desk.answer(true);
  const PaymentNotice notice = desk.gateway->due(after(1)).value().front();
  const std::string& secret = desk.gateway->secret();
  CHECK(is_signed(notice, secret));
  CHECK(!is_signed(notice, secret + "a"));
  PaymentNotice changed = notice;
  changed.amount = Money::from_minor(1, Currency::kCny);
  CHECK(!is_signed(changed, secret));
  changed = notice;
  changed.payment = "gwp-2";
  CHECK(!is_signed(changed, secret));
  changed = notice;
  changed.paid = false;
  CHECK(!is_signed(changed, secret));
  changed = notice;
  ++changed.seconds;
  CHECK(!is_signed(changed, secret));
  changed = notice;
  changed.signature.clear();
  CHECK(!is_signed(changed, secret));
}

}  // namespace
}  // namespace anlan::platform
