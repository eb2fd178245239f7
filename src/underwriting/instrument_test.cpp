#include "underwriting/instrument.h"

#include <doctest/doctest.h>

#include "underwriting/fixture_test.h"

namespace anlan::underwriting {
namespace {

using namespace samples;
using O = domain::SubsidyObstacle;

Node file() {
  return table({{"kind", text("first_set_compensation")},
                {"id", text("first-set")},
                {"zh", text("首台（套）补偿")},
                {"en", text("First-set compensation")},
                {"grantor_zh", text("工信部门")},
                {"grantor_en", text("Industry authority")},
                {"share", text("80 %")},
                {"policy_maximum", text("1000.00")},
                {"public_share_max", text("80 %")},
                {"excludes", list({text("ningbo-premium-subsidy")})},
                {"products", list({text("it-product-liability")})},
                {"regions", list({text("3302")})},
                {"employees_max", number(300)},
                {"revenue_max", text("400000000.00")},
                {"source", text("a notice")}});
}

TEST_CASE("instrument: a file is read, and names what it does not go together with") {
  const auto read = read_instrument(file(), "first-set.toml");
  REQUIRE(read.ok());
  CHECK(read->terms.kind == domain::InstrumentKind::kFirstSetCompensation);
  CHECK(read->terms.share == Share::from_percent(80));
  CHECK(read->terms.excludes == std::vector<domain::SchemeName>{{"ningbo-premium-subsidy"}});
  CHECK(read->products == std::vector<domain::ProductName>{{"it-product-liability"}});
  for (const auto& [key, value] :
       {std::pair{"kind", "premium_subsidy"}, std::pair{"public_share_max", "180 %"},
        std::pair{"share", "many"}}) {
    Node bad = file();
    member(bad, key) = text(value);
    const auto refused = read_instrument(bad, "first-set.toml");
    REQUIRE(!refused.ok());
    CHECK(refused.refusal().path == key);
  }
  Node bad = file();
  member(bad, "products") = list({text("No Such Name!")});
  CHECK(!read_instrument(bad, "first-set.toml").ok());
}

TEST_CASE("instrument: every obstacle is named, in order") {
  const InstrumentScheme scheme = read_instrument(file(), "first-set.toml").value();
  const InstrumentApplicant good{.product = {"it-product-liability"},
                                 .region = "330206",
                                 .employees = 300,
                                 .revenue = yuan(40'000'000'000)};
  CHECK(instrument_obstacles(scheme, good).empty());
  const InstrumentApplicant bad{.product = {"ningbo-2023-a"},
                                .region = "330100",
                                .employees = 301,
                                .revenue = yuan(40'000'000'001)};
  CHECK(instrument_obstacles(scheme, bad) ==
        std::vector<O>{O::kRegion, O::kEmployees, O::kRevenue, O::kNoScheme});
}

}  // namespace
}  // namespace anlan::underwriting
