#include "underwriting/loads.h"

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "underwriting/fixture_test.h"
#include "underwriting/refusals.h"

namespace anlan::underwriting {
namespace {

using namespace samples;

Node amount(std::string_view value) {
  return table({{"amount", text(value)}, {"status", text("assumption")}, {"source", text("s")}});
}
Node share(std::string_view value) {
  return table({{"share", text(value)}, {"status", text("assumption")}, {"source", text("s")}});
}

Node loads_node() {
  return table({{"service", amount("480.00")},
                {"claim_cost", amount("1500.00")},
                {"policy_cost", amount("120.00")},
                {"reinsurance", share("5 %")},
                {"capital_cost", share("6 %")},
                {"capital_tail", share("0.5 %")},
                {"capital_share", share("4 %")},
                {"acquisition", share("12 %")},
                {"administration", share("8 %")},
                {"margin", share("5 %")},
                {"guarantee_fund", share("0.8 %")},
                {"vat", share("6 %")}});
}

TEST_CASE("loads: a file is read with the source of each load") {
  Node node = loads_node();
  member(member(node, "vat"), "status") = text("sourced");
  const auto read = read_price_loads(node, "loads.toml");
  REQUIRE(read.ok());
  PriceLoads expected = loads();
  expected.sources = read->sources;
  CHECK(read.value() == expected);
  CHECK(read->sources.size() == 12);
  CHECK(read->status("vat") == LoadStatus::kSourced);
  CHECK(read->status("margin") == LoadStatus::kAssumption);
  CHECK(read->status("of another file") == LoadStatus::kAssumption);
  CHECK(read->net_loads_ppm() == 258'000);
}

TEST_CASE("loads: percentages that take the whole premium, and a tail of nothing, are refused") {
  struct Row {
    std::string_view load;
    std::string_view share;
    RefusalCode code;
  };
  const Row rows[] = {{"acquisition", "86.2 %", refusals::kLoadsLeaveNothing},
                      {"capital_tail", "0 %", anlan::refusals::kOutOfRange}};
  for (const Row& row : rows) {
    CAPTURE(row.load);
    Node node = loads_node();
    member(node, row.load) = share(row.share);
    const auto read = read_price_loads(node, "loads.toml");
    REQUIRE(!read.ok());
    CHECK(read.refusal().code.name == row.code.name);
    CHECK(read.refusal().path == row.load);
  }
}

}  // namespace
}  // namespace anlan::underwriting
