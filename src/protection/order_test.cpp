#include "protection/order.h"

#include <doctest/doctest.h>

#include "protection/fixture_test.h"
#include "protection/refusals.h"

using namespace anlan;
using namespace anlan::protection;

namespace {

OrderRequest request(std::uint32_t endpoints, std::string_view from, std::string_view until) {
  return {.enterprise = domain::EnterpriseId{7},
          .package = {"guard"},
          .endpoints = endpoints,
          .from = fixture::date(from),
          .until = fixture::date(until)};
}

}  // namespace

TEST_CASE("order: it carries the prices, the controls and the rule of what counts as running") {
  const auto order = place_order(fixture::catalogue(), request(30, "2026-03-01", "2027-03-01"));
  REQUIRE(order.ok());
  CHECK(!order->id.exists());
  CHECK(order->enterprise == domain::EnterpriseId{7});
  CHECK(order->vendor.text == "guard-vendor");
  REQUIRE(order->lines.size() == 2);
  CHECK(order->lines[0].price == Money::from_minor(190000, Currency::kCny));  // 100 + 30 x 60
  CHECK(order->lines[1].price == Money::from_minor(160000, Currency::kCny));
  CHECK(order->price == Money::from_minor(350000, Currency::kCny));
  CHECK(order->lines[0].devices == 30);
  CHECK(order->lines[1].devices == 1);
  CHECK(order->lines[0].seen_min == Share::from_percent(90));
  CHECK(order->lines[1].signal_days_max == 7);
  CHECK(order->lines[1].format == domain::SignalFormat::kSuricataEve);
  CHECK(order->lines[0].controls.size() == 3);
  CHECK(order->lines[1].proofs ==
        std::vector<domain::ControlProof>{{.control = {"NET-04"}, .answer = "detect"}});
}

TEST_CASE("order: a period costs whole years and its share of the year that it begins") {
  struct Row {
    std::string_view from, until;
    std::int64_t ips_minor;  // 1,600.00 a year
  };
  for (const Row& row : {
           Row{"2026-03-01", "2027-03-01", 160000},
           Row{"2026-03-01", "2028-03-01", 320000},
           Row{"2027-03-01", "2028-03-01", 160000},  // 366 days are a year
           Row{"2026-03-01", "2026-03-02", 438},     // 160000 / 365 = 438.36
           Row{"2026-03-01", "2026-08-30", 79781},   // 182 of 365 days: 79780.82
           Row{"2027-03-01", "2027-08-31", 80000},   // 183 of 366 days
           Row{"2026-03-01", "2027-03-02", 160437},  // and one of 366: 437.16
           Row{"2026-03-01", "2031-03-01", 800000},
       }) {
    CAPTURE(row.until);
    const auto order = place_order(fixture::catalogue(), request(1, row.from, row.until));
    REQUIRE(order.ok());
    CHECK(order->lines[1].price.minor() == row.ips_minor);
    CHECK(order->price == order->lines[0].price + order->lines[1].price);
  }
}

TEST_CASE("order: what cannot be ordered is refused") {
  OrderRequest unknown = request(30, "2026-03-01", "2027-03-01");
  unknown.package = {"gard"};
  const auto refused = place_order(fixture::catalogue(), unknown);
  REQUIRE(!refused.ok());
  CHECK(refused.refusal().code == kPackageUnknown);
  CHECK(refused.refusal().args == std::vector<RefusalArg>{{.name = "nearest", .value = "guard"}});
  CHECK(place_order(fixture::catalogue(), request(0, "2026-03-01", "2027-03-01")).refusal().code ==
        kEndpointsMissing);
  for (const std::string_view until : {"2026-03-01", "2026-02-28", "2031-03-02"}) {
    CAPTURE(until);
    const auto order = place_order(fixture::catalogue(), request(30, "2026-03-01", until));
    REQUIRE(!order.ok());
    CHECK(order.refusal().code == kOrderPeriod);
    CHECK(order.refusal().value == until);
  }
}
