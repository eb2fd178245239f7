#include "protection/observation.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "protection/fixture_test.h"
#include "protection/order.h"
#include "protection/refusals.h"

using namespace anlan;
using namespace anlan::protection;

namespace {

domain::Order order_of(std::uint32_t endpoints) {
  domain::Order order = place_order(fixture::catalogue(), {.enterprise = domain::EnterpriseId{7},
                                                           .package = {"guard"},
                                                           .endpoints = endpoints,
                                                           .from = fixture::date("2026-03-02"),
                                                           .until = fixture::date("2027-03-02")})
                            .value();
  order.id = domain::OrderId{9};
  return order;
}

ObserveRequest edr_log(std::vector<std::string> devices = {}) {
  return {.product = {"edr"},
          .format = domain::SignalFormat::kSyslog,
          .devices = std::move(devices),
          .received = fixture::instant("2026-03-06T18:00:00+08:00")};
}

const SignalSource kSource{.digest = sha256(bytes_of("log")), .lines = 12, .refused = 2};

Signal signal(std::string_view at, std::string_view device, bool alert = false) {
  return {.at = fixture::instant(at), .device = device, .alert = alert};
}

}  // namespace

TEST_CASE("observation: distinct devices, first and last signal, alerts and the log are recorded") {
  const std::vector<Signal> signals{signal("2026-03-03T08:00:00+08:00", "pc-02"),
                                    signal("2026-03-02T08:00:00+08:00", "pc-01"),
                                    signal("2026-03-04T08:00:00+08:00", "pc-01", true),
                                    signal("2026-03-04T07:00:00+08:00", "pc-03")};
  const auto seen = observe(order_of(30), edr_log(), signals, kSource);
  REQUIRE(seen.ok());
  CHECK(seen.value() == domain::Observation{.id = {},
                                            .order = domain::OrderId{9},
                                            .product = {"edr"},
                                            .seen = 3,
                                            .of = 30,
                                            .from = fixture::instant("2026-03-02T08:00:00+08:00"),
                                            .until = fixture::instant("2026-03-04T08:00:00+08:00"),
                                            .format = domain::SignalFormat::kSyslog,
                                            .lines = 12,
                                            .alerts = 1,
                                            .refused = 2,
                                            .source = sha256(bytes_of("log"))});
}

TEST_CASE("observation: strangers, signals outside the order and from the future do not count") {
  const std::vector<Signal> signals{
      signal("2026-03-01T23:59:59+08:00", "pc-01"),  // the order begins on the 2nd
      signal("2026-03-03T08:00:00+08:00", "pc-02"),
      signal("2026-03-03T08:00:00+08:00", "guest-9", true),
      signal("2026-03-06T18:00:01+08:00", "pc-03"),  // after the log came in
      signal("2026-03-03T09:00:00+08:00", ""),
  };
  const auto seen = observe(order_of(3), edr_log({"pc-01", "pc-02", "pc-03"}), signals, kSource);
  REQUIRE(seen.ok());
  CHECK(seen->seen == 1);
  CHECK(seen->alerts == 0);
  CHECK(seen->from == seen->until);
}

TEST_CASE("observation: no more devices are seen than were ordered") {
  std::vector<std::string> names;
  for (int i = 0; i < 50; ++i) names.push_back("pc-" + std::to_string(i));
  std::vector<Signal> signals;
  for (const std::string& name : names)
    signals.push_back(signal("2026-03-03T08:00:00+08:00", name));
  CHECK(observe(order_of(30), edr_log(), signals, kSource)->seen == 30);
}

TEST_CASE("observation: one gateway is seen by its log, named or not") {
  const ObserveRequest ips{.product = {"ips"},
                           .format = domain::SignalFormat::kSuricataEve,
                           .devices = {},
                           .received = fixture::instant("2026-03-06T18:00:00+08:00")};
  for (const std::string_view name : {"", "ips-gw-01"}) {
    const std::vector<Signal> signals{signal("2026-03-03T08:00:00+08:00", name, true),
                                      signal("2026-03-03T09:00:00+08:00", name, true)};
    const auto seen = observe(order_of(30), ips, signals, kSource);
    REQUIRE(seen.ok());
    CHECK(seen->seen == 1);
    CHECK(seen->of == 1);
    CHECK(seen->alerts == 2);
  }
}

TEST_CASE("observation: what proves nothing is refused by its rule") {
  ObserveRequest unknown = edr_log();
  unknown.product = {"nbm"};
  CHECK(observe(order_of(3), unknown, {}, kSource).refusal().code == kProductNotOrdered);

  ObserveRequest other_format = edr_log();
  other_format.format = domain::SignalFormat::kSuricataEve;
  const Refusal format = observe(order_of(3), other_format, {}, kSource).refusal();
  CHECK(format.code == kSignalFormatWrong);
  CHECK(format.args == std::vector<RefusalArg>{{.name = "expected", .value = "syslog"}});

  CHECK(observe(order_of(3), edr_log(), {}, kSource).refusal().code == kNoSignals);

  const std::vector<Signal> before{signal("2026-02-03T08:00:00+08:00", "pc-01")};
  const Refusal outside = observe(order_of(3), edr_log(), before, kSource).refusal();
  CHECK(outside.code == kSignalsOutsideOrder);
  CHECK(outside.args ==
        std::vector<RefusalArg>{{.name = "from", .value = "2026-03-02T00:00:00+08:00"},
                                {.name = "until", .value = "2026-03-06T18:00:00+08:00"}});

  const std::vector<Signal> strangers{signal("2026-03-03T08:00:00+08:00", "guest-9"), before[0]};
  CHECK(observe(order_of(3), edr_log({"pc-01"}), strangers, kSource).refusal().code ==
        kDevicesUnknown);
  const std::vector<Signal> nameless{signal("2026-03-03T08:00:00+08:00", "")};
  CHECK(observe(order_of(3), edr_log(), nameless, kSource).refusal().code == kDevicesUnknown);

  ObserveRequest late = edr_log();
  late.received = fixture::instant("2026-04-01T00:00:00+08:00");
  const std::vector<Signal> week{signal("2026-03-03T08:00:00+08:00", "pc-01"),
                                 signal("2026-03-10T08:00:00+08:00", "pc-01")};
  CHECK(observe(order_of(3), late, week, kSource).ok());
  const std::vector<Signal> longer{signal("2026-03-03T08:00:00+08:00", "pc-01"),
                                   signal("2026-03-10T08:01:00+08:00", "pc-01")};
  const Refusal span = observe(order_of(3), late, longer, kSource).refusal();
  CHECK(span.code == kSignalsSpanTooLong);
  CHECK(span.value == "8");
  CHECK(span.args == std::vector<RefusalArg>{{.name = "max", .value = "7"}});
}
