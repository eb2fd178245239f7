#include "underwriting/product.h"

#include <functional>

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "terms/plan.h"
#include "underwriting/fixture_test.h"
#include "underwriting/refusals.h"

namespace anlan::underwriting {
namespace {

using namespace samples;

Node factor_node(std::int64_t low, std::int64_t high) {
  return table({{"id", text("protection")},
                {"zh", text("安全防护")},
                {"en", text("Protection")},
                {"low_percent", number(low)},
                {"high_percent", number(high)},
                {"basis", text("observations")}});
}

Node option_node(std::string_view premium) {
  return table({{"id", text("a8")},
                {"zh", text("等待期")},
                {"en", text("Waiting period")},
                {"wording", text("ningbo-2023-a8")},
                {"premium", text(premium)},
                {"low", text("1666.00")},
                {"high", text("3094.00")},
                {"incident_maximum", text("150000.00")}});
}

TEST_CASE("product: a file is read into its typed terms") {
  const Product read = product();
  CHECK(read.id.text == "ningbo-2023-a");
  CHECK(read.name(Lang::kEn) == "Ningbo Cyber Guard");
  CHECK(read.premium == yuan(280'000));
  CHECK(read.filed_low == yuan(196'000));
  CHECK(read.eligibility.regions == std::vector<std::string>{"3302"});
  CHECK(read.eligibility.minimum_controls.at(1).consequence == domain::QuoteDecision::kDeclined);
  CHECK(read.refund.rule == domain::RefundRule::kProRata);
  CHECK(read.refund.earned_by_month[3] == Share::from_percent(40));
  CHECK(read.refund.after_claims == RefundAfterClaims::kLimitLeft);  // where nothing is said
  CHECK(read.incident_maximum == yuan(15'000'000));
  CHECK(read.scheme.text == "ningbo-premium-subsidy");
  CHECK(read.services(Lang::kZh).at(0) == "应急热线");
  CHECK(read.payment_days == 15);
}

TEST_CASE("product: a file that contradicts itself is refused where it does") {
  struct Row {
    std::string_view name;
    std::function<void(Node&)> change;
    RefusalCode code;
    std::string_view path;
  };
  const Row rows[] = {
      {"range reversed", [](Node& n) { member(member(n, "filed"), "low") = text("4000.00"); },
       refusals::kFiledRangeReversed, "product.filed.low"},
      {"premium below", [](Node& n) { member(member(n, "filed"), "premium") = text("1959.99"); },
       refusals::kPremiumOutsideFiledRange, "product.filed.premium"},
      {"premium above", [](Node& n) { member(member(n, "filed"), "premium") = text("3640.01"); },
       refusals::kPremiumOutsideFiledRange, "product.filed.premium"},
      {"eleven months",
       [](Node& n) { member(member(n, "refund"), "short_rate_percent").items.pop_back(); },
       refusals::kShortRateTable, "product.refund.short_rate_percent"},
      {"falling",
       [](Node& n) { member(member(n, "refund"), "short_rate_percent").items[5] = number(45); },
       refusals::kShortRateTable, "product.refund.short_rate_percent"},
      {"not all earned",
       [](Node& n) { member(member(n, "refund"), "short_rate_percent").items[11] = number(99); },
       refusals::kShortRateTable, "product.refund.short_rate_percent"},
      {"short rate without a table",
       [](Node& n) {
         member(n, "refund") =
             table({{"rule", text("short_rate")}, {"handling_fee", text("50.00")}});
       },
       anlan::refusals::kMissingKey, "product.refund.short_rate_percent"},
      {"another currency", [](Node& n) { member(n, "currency") = text("GBP"); },
       anlan::refusals::kUnknownChoice, "product.currency"},
      {"a factor that leaves out 100 %",
       [](Node& n) { member(n, "filed").add("factors", list({factor_node(70, 95)})); },
       refusals::kFactorRangeReversed, "product.filed.factors[0].low_percent"},
      {"four factors",
       [](Node& n) {
         const Node one = factor_node(90, 110);
         member(n, "filed").add("factors", list({one, one, one, one}));
       },
       refusals::kTooManyFactors, "product.filed.factors"},
      {"an option outside its own range",
       [](Node& n) { member(n, "filed").add("options", list({option_node("3100.00")})); },
       refusals::kPremiumOutsideFiledRange, "product.filed.options[0].premium"},
      {"unknown key", [](Node& n) { n.add("premium", text("1.00")); }, anlan::refusals::kUnknownKey,
       "product.premium"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Node node = product_node();
    row.change(node);
    const auto read = read_product(node, "product.toml");
    REQUIRE(!read.ok());
    CHECK(read.refusal().code.name == row.code.name);
    CHECK("product." + read.refusal().path == row.path);
    CHECK(read.refusal().at.file == "product.toml");
  }
}

TEST_CASE("product: the most that one incident can pay follows from the wording's caps") {
  struct Row {
    std::string_view name;
    std::function<void(terms::Terms&)> change;
    std::int64_t maximum;
  };
  const Row rows[] = {
      {"REFERENCE.md 3.5 E02", [](terms::Terms&) {}, 15'000'000},
      {"annual sublimits bind too", [](terms::Terms& t) { t.sections[0].sublimit_agg = 8'000'000; },
       13'000'000},
      {"occurrence limit", [](terms::Terms& t) { t.occurrence_limit = 12'000'000; }, 12'000'000},
      {"an uncapped section leaves the aggregate",
       [](terms::Terms& t) { t.sections[0].sublimit_occ.reset(); }, 40'000'000},
      {"outside the aggregate it comes on top",
       [](terms::Terms& t) {
         t.sections[1].inside_aggregate = false;
         t.occurrence_limit = 5'000'000;
       },
       8'000'000},
      {"nothing binds",
       [](terms::Terms& t) {
         t.aggregate_limit.reset();
         t.sections[0].sublimit_occ.reset();
       },
       terms::kNoCap},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    terms::Terms terms = pilot_terms();
    row.change(terms);
    CHECK(incident_maximum(terms) == row.maximum);
  }
}

TEST_CASE("product: filed options and factors are found by their id") {
  Node node = product_node();
  member(node, "filed").add("options", list({option_node("2380.00")}));
  member(node, "filed").add("factors", list({factor_node(85, 100)}));
  const auto read = read_product(node, "product.toml");
  REQUIRE(read.ok());
  REQUIRE(find_option(*read, "a8"));
  CHECK(find_option(*read, "a8")->premium == yuan(238'000));
  CHECK(!find_option(*read, "a9"));
  REQUIRE(find_factor(*read, "protection"));
  CHECK(find_factor(*read, "protection")->low_ppm == 850'000);
  CHECK(!find_factor(*read, "danger"));
}

TEST_CASE("product: it goes with its own wording only, and within the maximum that was filed") {
  const Product filed = product();
  terms::Terms terms = pilot_terms();
  CHECK(check_product(filed, {"ningbo-2023-a"}, terms).ok());

  const auto other = check_product(filed, {"ningbo-2023-b"}, terms);
  REQUIRE(!other.ok());
  CHECK(other.refusal().code == refusals::kProductWording);

  terms.sections[1].sublimit_occ = 3'000'001;
  const auto larger = check_product(filed, {"ningbo-2023-a"}, terms);
  REQUIRE(!larger.ok());
  CHECK(larger.refusal().code == refusals::kProductIncidentMaximum);
  CHECK(larger.refusal().value == "150,000.01");

  terms.currency = Currency::kUsd;
  for (const auto& foreign :
       {check_product(filed, {"ningbo-2023-a"}, terms), check_currency(filed, terms)}) {
    REQUIRE(!foreign.ok());
    CHECK(foreign.refusal().code == refusals::kProductCurrency);
    CHECK(foreign.refusal().value == "CNY");
    CHECK(foreign.refusal().args.at(0).value == "USD");
  }
}

}  // namespace
}  // namespace anlan::underwriting
