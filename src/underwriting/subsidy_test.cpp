#include "underwriting/subsidy.h"

#include <doctest/doctest.h>

#include "underwriting/fixture_test.h"

namespace anlan::underwriting {
namespace {

using namespace samples;
using O = domain::SubsidyObstacle;

SubsidyApplicant applicant(std::uint32_t policy_year) {
  return {.region = "330206",
          .employees = 48,
          .revenue = yuan(3'000'000'000),
          .policy_year = policy_year,
          .claimed_before = false};
}

TEST_CASE("subsidy: half of 2,800 in the first policy year, nothing in the second") {
  CHECK(subsidy_for(scheme(), yuan(280'000), applicant(1)) == yuan(140'000));  // N21
  CHECK(subsidy_for(scheme(), yuan(280'000), applicant(2)) == yuan(0));
  CHECK(subsidy_for(scheme(), yuan(280'001), applicant(1)) == yuan(140'001));    // half-up
  CHECK(subsidy_for(scheme(), yuan(1'100'000), applicant(1)) == yuan(500'000));  // its maximum
}

TEST_CASE("subsidy: every obstacle is named, in order, and stops the payment") {
  SubsidyApplicant all = applicant(2);
  all.region = "330100";
  all.employees = 1001;
  all.revenue = yuan(40'000'000'001);
  all.claimed_before = true;
  CHECK(subsidy_obstacles(scheme(), all) ==
        std::vector<O>{O::kPolicyYear, O::kRegion, O::kEmployees, O::kRevenue, O::kClaimedBefore});
  SubsidyApplicant elsewhere = applicant(1);
  elsewhere.region = "330100";
  CHECK(subsidy_obstacles(scheme(), elsewhere) == std::vector<O>{O::kRegion});
  CHECK(subsidy_for(scheme(), yuan(280'000), elsewhere) == yuan(0));
  CHECK(subsidy_obstacles(scheme(), applicant(1)).empty());
}

TEST_CASE("subsidy: an offer of nothing says why, also when the budget is used up") {
  const SubsidyScheme ningbo = scheme();
  struct Row {
    const SubsidyScheme* scheme;
    std::uint32_t year;
    std::optional<Money> left;
    std::int64_t amount;
    std::vector<O> why;
  };
  const Row rows[] = {{&ningbo, 1, {}, 140'000, {}},
                      {&ningbo, 1, yuan(140'000), 140'000, {}},
                      {&ningbo, 1, yuan(139'999), 0, {O::kBudgetUsedUp}},
                      {&ningbo, 2, yuan(0), 0, {O::kPolicyYear}},
                      {nullptr, 1, {}, 0, {O::kNoScheme}}};
  for (const Row& row : rows) {
    CAPTURE(row.year);
    SubsidyApplicant asks = applicant(row.year);
    asks.budget_left = row.left;
    const SubsidyOffer offer = subsidy_offer(row.scheme, yuan(280'000), asks);
    CHECK(offer.amount == yuan(row.amount));
    CHECK(offer.obstacles == row.why);
  }
}

TEST_CASE("subsidy: a file is read, and its share is a percentage") {
  Node node = table({{"id", text("ningbo-premium-subsidy")},
                     {"zh", text("保费补贴")},
                     {"en", text("Premium subsidy")},
                     {"grantor_zh", text("宁波市财政")},
                     {"grantor_en", text("Ningbo treasury")},
                     {"share", text("50 %")},
                     {"policy_years", list({number(1)})},
                     {"regions", list({text("3302")})},
                     {"employees_max", number(1000)},
                     {"revenue_max", text("400000000.00")},
                     {"policy_maximum", text("5000.00")},
                     {"budget", text("1000000.00")}});
  const auto read = read_subsidy_scheme(node, "scheme.toml");
  REQUIRE(read.ok());
  CHECK(read.value() == scheme());
  member(node, "share") = text("150 %");
  const auto refused = read_subsidy_scheme(node, "scheme.toml");
  REQUIRE(!refused.ok());
  CHECK(refused.refusal().path == "share");
}

}  // namespace
}  // namespace anlan::underwriting
