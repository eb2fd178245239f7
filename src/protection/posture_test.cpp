#include "protection/posture.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/codec.h"
#include "protection/fixture_test.h"
#include "protection/order.h"

using namespace anlan;
using namespace anlan::protection;
using domain::OrderState;
using domain::ProductState;

namespace {

// 30 endpoints from 2 March 2026 for a year: edr must be seen on 27 of them, ips once, within 7
// days.
domain::Order order() {
  domain::Order placed = place_order(fixture::catalogue(), {.enterprise = domain::EnterpriseId{7},
                                                            .package = {"guard"},
                                                            .endpoints = 30,
                                                            .from = fixture::date("2026-03-02"),
                                                            .until = fixture::date("2027-03-02")})
                             .value();
  placed.id = domain::OrderId{9};
  return placed;
}

struct Seen {
  std::string_view product;
  std::uint32_t seen;
  std::string_view from;
  std::string_view until;
};

std::vector<domain::Observation> observations(std::initializer_list<Seen> rows) {
  std::vector<domain::Observation> all;
  for (const Seen& row : rows) {
    all.push_back({.id = domain::ObservationId{20 + all.size()},
                   .order = domain::OrderId{9},
                   .product = {std::string(row.product)},
                   .seen = row.seen,
                   .of = row.product == "ips" ? 1U : 30U,
                   .from = fixture::instant(row.from),
                   .until = fixture::instant(row.until)});
  }
  return all;
}

const auto kBothSeen =
    observations({{"edr", 28, "2026-03-02T08:00:00+08:00", "2026-03-06T17:00:00+08:00"},
                  {"ips", 1, "2026-03-02T00:00:00+08:00", "2026-03-06T23:00:00+08:00"}});

domain::Posture posture(const std::vector<domain::Observation>& seen, std::string_view at,
                        const std::vector<domain::Answer>& answers = {}) {
  const std::vector<domain::Order> orders{order()};
  return posture_at(
      {.orders = orders, .observations = seen, .answers = answers, .at = fixture::instant(at)});
}

const domain::ControlPosture* find_control(const domain::Posture& posture, std::string_view name) {
  for (const domain::ControlPosture& control : posture.controls) {
    if (control.control.text == name) return &control;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("order state: it follows from the observations alone") {
  struct Row {
    const char* what;
    std::vector<domain::Observation> seen;
    std::string_view at;
    OrderState state;
  };
  const Row rows[] = {
      {"never verified without observations",
       {},
       "2026-06-01T00:00:00+08:00",
       OrderState::kOrdered},
      {"not begun", kBothSeen, "2026-03-01T23:59:59+08:00", OrderState::kOrdered},
      {"the first signal is later", kBothSeen, "2026-03-02T00:00:00+08:00",
       OrderState::kProvisioned},
      {"both run while observed", kBothSeen, "2026-03-02T08:00:00+08:00",
       OrderState::kVerifiedRunning},
      {"both run at the last signal", kBothSeen, "2026-03-06T17:00:00+08:00",
       OrderState::kVerifiedRunning},
      {"seven days later still", kBothSeen, "2026-03-13T17:00:00+08:00",
       OrderState::kVerifiedRunning},
      {"a minute later one signal is old", kBothSeen, "2026-03-13T17:01:00+08:00",
       OrderState::kDegraded},
      {"all signals are old", kBothSeen, "2026-06-01T00:00:00+08:00", OrderState::kDegraded},
      {"ended", kBothSeen, "2027-03-02T00:00:00+08:00", OrderState::kEnded},
      {"one product only",
       observations({{"edr", 30, "2026-03-02T08:00:00+08:00", "2026-03-06T17:00:00+08:00"}}),
       "2026-03-06T18:00:00+08:00", OrderState::kProvisioned},
      {"26 of 30 are too few",
       observations({{"edr", 26, "2026-03-02T08:00:00+08:00", "2026-03-06T17:00:00+08:00"},
                     {"ips", 1, "2026-03-02T00:00:00+08:00", "2026-03-06T23:00:00+08:00"}}),
       "2026-03-06T18:00:00+08:00", OrderState::kProvisioned},
      {"27 of 30 are enough",
       observations({{"edr", 27, "2026-03-02T08:00:00+08:00", "2026-03-06T17:00:00+08:00"},
                     {"ips", 1, "2026-03-02T00:00:00+08:00", "2026-03-06T23:00:00+08:00"}}),
       "2026-03-06T18:00:00+08:00", OrderState::kVerifiedRunning},
      {"they ran, but never together",
       observations({{"edr", 30, "2026-03-02T08:00:00+08:00", "2026-03-03T08:00:00+08:00"},
                     {"ips", 1, "2026-03-10T09:00:00+08:00", "2026-03-11T09:00:00+08:00"}}),
       "2026-03-20T08:00:00+08:00", OrderState::kProvisioned},
      {"coverage fell after the good days were over",
       observations({{"edr", 30, "2026-03-02T08:00:00+08:00", "2026-03-03T08:00:00+08:00"},
                     {"ips", 1, "2026-03-02T08:00:00+08:00", "2026-03-20T08:00:00+08:00"},
                     {"edr", 12, "2026-03-19T08:00:00+08:00", "2026-03-20T08:00:00+08:00"}}),
       "2026-03-20T09:00:00+08:00", OrderState::kDegraded},
      {"it came back",
       observations({{"edr", 30, "2026-03-02T08:00:00+08:00", "2026-03-03T08:00:00+08:00"},
                     {"ips", 1, "2026-03-02T08:00:00+08:00", "2026-03-20T08:00:00+08:00"},
                     {"edr", 29, "2026-03-19T08:00:00+08:00", "2026-03-20T08:00:00+08:00"}}),
       "2026-03-20T09:00:00+08:00", OrderState::kVerifiedRunning},
      {"nobody seen is nothing seen",
       observations({{"edr", 0, "2026-03-02T08:00:00+08:00", "2026-03-06T17:00:00+08:00"}}),
       "2026-03-06T18:00:00+08:00", OrderState::kOrdered},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(name_of(order_state(order(), row.seen, fixture::instant(row.at))) == name_of(row.state));
  }
}

TEST_CASE("order state: observations of another order prove nothing") {
  auto others = kBothSeen;
  for (domain::Observation& observation : others) observation.order = domain::OrderId{10};
  CHECK(order_state(order(), others, fixture::instant("2026-03-05T00:00:00+08:00")) ==
        OrderState::kOrdered);
  CHECK(posture(others, "2026-03-05T00:00:00+08:00").products[0].state == ProductState::kNeverSeen);
}

TEST_CASE(
    "posture: each product has its state, evidence and age, and only running ones prove controls") {
  struct Row {
    std::string_view at;
    ProductState edr, ips;
    std::int64_t edr_age;
    std::size_t proven;
  };
  for (const Row& row : {
           Row{"2026-03-01T12:00:00+08:00", ProductState::kNotOrdered, ProductState::kNotOrdered, 0,
               0},
           Row{"2026-03-02T04:00:00+08:00", ProductState::kNeverSeen, ProductState::kRunning, 0, 1},
           Row{"2026-03-04T12:00:00+08:00", ProductState::kRunning, ProductState::kRunning, 0, 2},
           Row{"2026-03-07T17:00:00+08:00", ProductState::kRunning, ProductState::kRunning, 1440,
               2},
           Row{"2026-03-13T20:00:00+08:00", ProductState::kSignalOld, ProductState::kRunning,
               7 * 1440 + 180, 1},
           Row{"2026-03-20T20:00:00+08:00", ProductState::kSignalOld, ProductState::kSignalOld,
               14 * 1440 + 180, 0},
           Row{"2027-03-02T00:00:00+08:00", ProductState::kNotOrdered, ProductState::kNotOrdered,
               360 * 1440 + 420, 0},
       }) {
    CAPTURE(row.at);
    const domain::Posture seen = posture(kBothSeen, row.at);
    REQUIRE(seen.products.size() == 2);
    CHECK(name_of(seen.products[0].state) == name_of(row.edr));
    CHECK(name_of(seen.products[1].state) == name_of(row.ips));
    CHECK(seen.products[0].age_minutes == row.edr_age);
    CHECK(proven_controls(seen).size() == row.proven);
  }
}

TEST_CASE("posture: a running product shows its proofs with evidence and age") {
  const domain::Posture seen = posture(kBothSeen, "2026-03-07T17:00:00+08:00");
  const domain::ControlPosture* const edr = find_control(seen, "END-01");
  REQUIRE(edr != nullptr);
  CHECK(*edr == domain::ControlPosture{.control = {"END-01"},
                                       .proven = true,
                                       .measured = true,
                                       .observed = "93",  // 28 of 30, rounded down
                                       .answered = "",
                                       .source = domain::FactSource::kTelemetry,
                                       .evidence = domain::ObservationId{20},
                                       .product = {"edr"},
                                       .last_signal = fixture::instant("2026-03-06T17:00:00+08:00"),
                                       .age_minutes = 1440});
  const domain::ControlPosture* const ips = find_control(seen, "NET-04");
  REQUIRE(ips != nullptr);
  CHECK(ips->proven);
  CHECK(!ips->measured);
  CHECK(ips->observed == "detect");
  CHECK(find_control(seen, "END-05") == nullptr);  // supplied, but its signals do not prove it
}

TEST_CASE("posture: too few devices are measured and prove nothing") {
  const auto few =
      observations({{"edr", 12, "2026-03-02T08:00:00+08:00", "2026-03-06T17:00:00+08:00"}});
  const domain::Posture seen = posture(few, "2026-03-06T18:00:00+08:00");
  CHECK(seen.products[0].state == ProductState::kPartlySeen);
  CHECK(seen.products[0].seen == 12);
  REQUIRE(find_control(seen, "END-01") != nullptr);
  CHECK(find_control(seen, "END-01")->observed == "40");
  CHECK(!find_control(seen, "END-01")->proven);
  CHECK(proven_controls(seen).empty());
}

TEST_CASE("posture: an answer stands beside what is seen and is never overwritten") {
  const std::vector<domain::Answer> answers{
      {.control = {"END-01"},
       .value = "100",
       .source = domain::FactSource::kDeclared,
       .answered_on = fixture::date("2026-03-01")},
      {.control = {"GOV-01"},
       .value = "yes",
       .source = domain::FactSource::kDocumented,
       .answered_on = fixture::date("2026-03-01")},
      {.control = {"VUL-01"},
       .value = "7",
       .source = domain::FactSource::kDeclared,
       .answered_on = fixture::date("2026-03-09")},
  };
  const domain::Posture seen = posture(kBothSeen, "2026-03-07T17:00:00+08:00", answers);
  CHECK(find_control(seen, "END-01")->answered == "100");
  CHECK(find_control(seen, "END-01")->observed == "93");
  CHECK(find_control(seen, "END-01")->source == domain::FactSource::kTelemetry);
  REQUIRE(find_control(seen, "GOV-01") != nullptr);
  CHECK(find_control(seen, "GOV-01")->source == domain::FactSource::kDocumented);
  CHECK(!find_control(seen, "GOV-01")->proven);
  CHECK(find_control(seen, "GOV-01")->age_minutes == 6 * 1440);
  CHECK(find_control(seen, "VUL-01") == nullptr);  // given after the instant
}

TEST_CASE("posture: of several observations the newest that proves enough is the evidence") {
  const auto several =
      observations({{"edr", 30, "2026-03-02T08:00:00+08:00", "2026-03-03T08:00:00+08:00"},
                    {"edr", 29, "2026-03-04T08:00:00+08:00", "2026-03-05T08:00:00+08:00"},
                    {"edr", 5, "2026-03-05T09:00:00+08:00", "2026-03-05T10:00:00+08:00"},
                    {"edr", 30, "2026-03-06T08:00:00+08:00", "2026-03-07T08:00:00+08:00"}});
  const domain::ProductPosture edr = posture(several, "2026-03-05T12:00:00+08:00").products[0];
  CHECK(edr.state == ProductState::kRunning);
  CHECK(edr.evidence == domain::ObservationId{21});
  CHECK(edr.seen == 29);
}

TEST_CASE(
    "posture: underwriting and a claim see the same for the same instant, and it survives its "
    "bytes") {
  const domain::Posture at_quote = posture(kBothSeen, "2026-03-06T18:00:00+08:00");
  auto later = kBothSeen;  // what is recorded afterwards changes nothing about the past
  const auto after =
      observations({{"edr", 3, "2026-03-10T08:00:00+08:00", "2026-03-11T08:00:00+08:00"}});
  later.insert(later.end(), after.begin(), after.end());
  CHECK(posture(later, "2026-03-06T18:00:00+08:00") == at_quote);
  ByteWriter out;
  encode(out, at_quote);
  ByteReader in(out.bytes());
  domain::Posture read;
  decode(in, read);
  CHECK(in.done());
  CHECK(read == at_quote);
  ByteWriter order_out;
  encode(order_out, order());
  ByteReader order_in(order_out.bytes());
  domain::Order read_order;
  decode(order_in, read_order);
  CHECK(order_in.done());
  CHECK(read_order == order());
}

TEST_CASE(
    "posture: products that would run add what their signals prove, now and on every device") {
  const Catalogue catalogue = fixture::catalogue();
  const Product* const edr = catalogue.find_product("edr");
  const Product* const ips = catalogue.find_product("ips");
  const std::vector<domain::Answer> answers{{.control = {"NET-04"},
                                             .value = "detect",
                                             .source = domain::FactSource::kDeclared,
                                             .evidence = {},
                                             .answered_on = fixture::date("2026-03-01")}};
  const domain::Posture before = posture({}, "2026-03-06T18:00:00+08:00", answers);
  const domain::Posture both = once_running(before, std::vector{edr, ips});
  const domain::ControlPosture* const endpoint = find_control(both, "END-01");
  REQUIRE(endpoint != nullptr);
  CHECK(endpoint->proven);
  CHECK(endpoint->observed == "100");
  CHECK(endpoint->age_minutes == 0);
  CHECK(endpoint->last_signal == before.at);
  CHECK(find_control(both, "NET-04")->answered == "detect");
  CHECK(find_control(both, "NET-04")->proven);
  CHECK(find_control(once_running(before, std::vector{ips}), "END-01") == nullptr);
  CHECK(both.products == before.products);
}

TEST_CASE("posture: a product that runs already would add nothing") {
  const Catalogue catalogue = fixture::catalogue();
  const domain::Posture now = posture(kBothSeen, "2026-03-06T18:00:00+08:00");
  CHECK(once_running(
            now, std::vector{catalogue.find_product("edr"), catalogue.find_product("ips")}) == now);
}
