#include "house/rules_preview.h"

#include <doctest/doctest.h>

#include "house/desk_test.h"
#include "house/offer.h"

namespace anlan::house {
namespace {

using namespace desk;
using underwriting::Rule;
using underwriting::RuleCheck;
using underwriting::RuleCompare;
using underwriting::RuleSet;
using underwriting::RuleTest;

// Declines from 90 staff on, refers from 50 on, loads by a tenth up to 9 staff.
RuleSet by_staff() {
  const auto rule = [](std::string code, RuleCompare compare, std::int64_t staff,
                       RuleOutcome outcome) {
    return Rule{
        .code = std::move(code),
        .when = {RuleCheck{.test = RuleTest::kEmployees, .compare = compare, .number = staff}},
        .outcome = outcome,
        .zh = "按人数",
        .en = "By staff"};
  };
  RuleSet set{.name = "staff"};
  set.rules = {rule("many", RuleCompare::kAtLeast, 90, RuleOutcome::kDecline),
               rule("some", RuleCompare::kAtLeast, 50, RuleOutcome::kRefer),
               rule("few", RuleCompare::kBelow, 10, RuleOutcome::kFactor)};
  set.rules[2].factor_ppm = 1'100'000;
  return set;
}

// Policies of 0 to 99 staff, each number as often as the others.
House book(std::int64_t policies) {
  Desk desk;
  desk.open();
  const EnterpriseId enterprise = desk.enterprise();
  House house = desk.house;
  for (std::int64_t i = 0; i < policies; ++i) {
    const auto number = static_cast<std::uint64_t>(1'000 + i);
    QuoteFile file;
    file.quote = desk.quote(enterprise);
    file.quote.id = {number};
    file.quote.judged = domain::JudgedRisk{.employees = i % 100};
    file.policy = {number};
    PolicyFile policy;
    policy.policy.id = {number};
    policy.policy.quote = {number};
    policy.policy.until = at("2027-03-01T00:00:00+08:00");
    house.policies[{number}] = policy;
    house.quotes[{number}] = file;
  }
  return house;
}

TEST_CASE(
    "preview: 2,000 policies are judged again, counted, and the first 20 explain themselves") {
  const House house = book(2'000);
  const RulesPreview found =
      preview_rules(house, by_staff(), PreviewScope::kPolicies, at("2026-06-01T00:00:00+08:00"));
  CHECK(found.judged == 2'000);
  CHECK(found.moves[1][1] == 1'000);
  CHECK(found.moves[1][2] == 800);
  CHECK(found.moves[1][3] == 200);
  CHECK(found.changed == 1'200);  // and 200 by their premium
  CHECK(found.premium_before == yuan(5'600'000));
  CHECK(found.premium_after == yuan(5'600'000 + 200 * 280));
  CHECK(found.outside_range == 0);
  REQUIRE(found.rows.size() == kPreviewRowsMax);
  const PreviewRow& first = found.rows.front();
  CHECK(first.premium_before == yuan(2'800));
  CHECK(first.premium_after == yuan(3'080));
  REQUIRE(first.from_now_on.size() == 1);
  CHECK(first.from_now_on[0].code == "few");
  CHECK(first.from_now_on[0].inputs[0].value == "0");
  CHECK(first.no_longer.empty());
}

TEST_CASE("preview: what it was judged by before is named as no longer, and nothing is changed") {
  House house = book(1);
  QuoteFile& file = house.quotes.begin()->second;
  file.quote.applied = {{.code = "old", .outcome = RuleOutcome::kRefer}};
  file.quote.decision = QuoteDecision::kReferred;
  file.quote.judged = domain::JudgedRisk{.employees = 20};
  const House before = house;
  const RulesPreview found =
      preview_rules(house, by_staff(), PreviewScope::kPolicies, at("2026-06-01T00:00:00+08:00"));
  CHECK(house == before);
  REQUIRE(found.rows.size() == 1);
  CHECK(found.rows[0].before == QuoteDecision::kReferred);
  CHECK(found.rows[0].after == QuoteDecision::kBindable);
  CHECK(found.rows[0].no_longer[0].code == "old");
}

TEST_CASE("preview: open quotes are judged too, those that can no longer be bound are not") {
  House house = book(3);
  const Instant now = at("2026-03-20T00:00:00+08:00");
  house.quotes[{1'000}].policy = {};  // open, valid until 27 March
  house.quotes[{1'001}].policy = {};
  house.quotes[{1'001}].decided.edit().withdrawn = QuoteWithdrawn{.quote = {1'001}, .reason = "r"};
  const auto judged = [&](PreviewScope scope, Instant when) {
    return preview_rules(house, by_staff(), scope, when).judged;
  };
  CHECK(judged(PreviewScope::kOpenAndPolicies, now) == 2);
  CHECK(judged(PreviewScope::kPolicies, now) == 1);
  CHECK(judged(PreviewScope::kOpenAndPolicies, at("2026-03-28T00:00:00+08:00")) == 1);
  CHECK(judged(PreviewScope::kOpenAndPolicies, at("2027-03-01T00:00:00+08:00")) == 0);
}

TEST_CASE("preview: a factor that would leave the filed range is counted") {
  RuleSet set = by_staff();
  set.rules[2].factor_ppm = 1'400'000;  // 3,920.00 above 3,640.00
  const RulesPreview found =
      preview_rules(book(100), set, PreviewScope::kPolicies, at("2026-06-01T00:00:00+08:00"));
  CHECK(found.outside_range == 10);
  CHECK(found.rows[0].outside_range);
}

}  // namespace
}  // namespace anlan::house
