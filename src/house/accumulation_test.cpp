#include "house/accumulation.h"

#include <doctest/doctest.h>

#include "house/endorse_desk_test.h"
#include "house/evolve.h"
#include "house/money_desk_test.h"
#include "house/refusals.h"

namespace anlan::house {
namespace {

using namespace desk;

Fact providers(std::string value) {
  return {.name = {"providers"},
          .value = std::move(value),
          .source = FactSource::kDeclared,
          .observed_on = day("2026-01-31")};
}

// A company with these providers, its quote explained.
QuoteId quoted(Desk& desk, std::size_t which, std::string named) {
  const EnterpriseId company = desk.enterprise(which);
  desk.must("broker", RecordFacts{company, {providers(std::move(named))}});
  const QuoteId quote = desk.issue(company);
  desk.must("broker", desk.explanation(quote));
  return quote;
}

TEST_CASE("providers: entries and their first words, small letters, each once") {
  using Names = std::vector<std::string>;
  CHECK(providers_of({providers("阿里云 华东1;企业邮箱")}) ==
        Names{"企业邮箱", "阿里云", "阿里云 华东1"});
  CHECK(providers_of({providers(" Cloud One ; CLOUD Two;")}) ==
        Names{"cloud", "cloud one", "cloud two"});
  CHECK(providers_of({}).empty());
  CHECK(provider_key("  Cloud One ") == "cloud one");
}

TEST_CASE("refusal 7125 accumulation_exceeded: nothing is bound above the stop-selling limit") {
  Desk desk;
  desk.open();
  const QuoteId first = quoted(desk, 0, "阿里云 华东1");
  const QuoteId second = quoted(desk, 1, "阿里云 华北2;企业邮箱");
  const QuoteId other = quoted(desk, 2, "腾讯云 上海");
  CHECK(desk.refused("finance", SetAccumulationLimit{" ", yuan(1)}) == "empty_text");
  CHECK(desk.refused("finance", SetAccumulationLimit{"x", fen(-1)}) == "money_negative");
  desk.must("finance", SetAccumulationLimit{"阿里云", yuan(800'000) - fen(1)});
  desk.must("uw", BindPolicy{first});
  CHECK(desk.refused("uw", BindPolicy{second}) == refusals::kAccumulationExceeded.name);
  desk.must("uw", BindPolicy{other});
  desk.must("finance", SetAccumulationLimit{"阿里云", yuan(800'000)});
  desk.must("uw", BindPolicy{second});
}

TEST_CASE(
    "accumulation: an endorsement, its void and a reinstatement bring no more than the limit") {
  Desk desk;
  desk.open();
  const QuoteId first = quoted(desk, 0, "阿里云 华东1");
  const QuoteId second = quoted(desk, 1, "阿里云 华北2");
  desk.must("uw", BindPolicy{first});
  const PolicyId policy = find_quote(desk.house, first)->policy;
  Endorsement less = terms_change(day("2026-04-01"));
  less.option->aggregate_limit = yuan(200'000);
  Endorsement more = less;
  more.option->aggregate_limit = yuan(500'000);
  desk.must("finance", SetAccumulationLimit{"阿里云", yuan(450'000)});
  CHECK(desk.refused("uw", EndorsePolicy{policy, more}) == refusals::kAccumulationExceeded.name);
  desk.must("uw", EndorsePolicy{policy, less});
  desk.must("finance", SetAccumulationLimit{"阿里云", yuan(800'000)});
  desk.must("uw", BindPolicy{second});
  desk.must("finance", SetAccumulationLimit{"阿里云", yuan(800'000) - fen(1)});
  desk.now = at("2026-04-05T09:00:00+08:00");  // the wider terms are behind us
  CHECK(desk.refused("uw", VoidEndorsement{policy, 1, "mistake"}) ==
        refusals::kAccumulationExceeded.name);
  desk.must("finance", desk.lapse(policy, day("2026-03-15")));
  desk.must("finance", SetAccumulationLimit{"阿里云", yuan(500'000)});
  desk.now = at("2026-04-20T09:00:00+08:00");
  CHECK(desk.refused("uw", ReinstatePolicy{policy, day("2026-04-21"), "paid"}) ==
        refusals::kAccumulationExceeded.name);
}

TEST_CASE("limits in force: the most on one day; what ended or begins later does not count") {
  Desk desk;
  desk.open();
  const QuoteId quote = quoted(desk, 0, "阿里云 华东1");
  desk.must("uw", BindPolicy{quote});
  const auto most = [&](std::string_view from, std::string_view until) {
    return limits_in_force(desk.house, "阿里云", start_of_day(day(from)), start_of_day(day(until)));
  };
  CHECK(most("2026-06-01", "2027-06-01") == yuan(400'000));
  CHECK(most("2027-03-01", "2028-03-01").is_zero());  // half-open
  CHECK(limits_in_force(desk.house, "nobody", desk.now, plus_minutes(desk.now, 1)).is_zero());
  const PolicyId policy = find_quote(desk.house, quote)->policy;
  desk.must("uw", desk.cancellation(policy, day("2026-05-01")));
  CHECK(most("2026-05-01", "2027-05-01").is_zero());
  // Facts that change take the company to its new provider.
  desk.must("broker",
            RecordFacts{find_policy(desk.house, policy)->policy.enterprise, {providers("腾讯云")}});
  CHECK(most("2026-03-01", "2027-03-01").is_zero());
}

TEST_CASE("refusal 7126 risk_unit_exceeded: a tenth of own means, unless ceded (art 103)") {
  Desk desk;
  desk.open();
  const QuoteId quote = desk.issue(desk.enterprise());  // 150,000.00 in one incident
  desk.must("broker", desk.explanation(quote));
  CHECK(risk_unit_action(desk.house) == RiskUnitAction::kWarn);
  CHECK(risk_unit(desk.house, find_quote(desk.house, quote)->quote).above());  // no capital yet
  desk.must("finance", PayInCapital{yuan(1'000'000)});
  desk.must("finance", SetRiskUnitRule{RiskUnitAction::kRefuse, yuan(200'000)});
  CHECK(desk.refused("uw", BindPolicy{quote}) == refusals::kRiskUnitExceeded.name);
  const auto cede = [&](std::uint32_t percent) {
    desk.must("uw", CedeFacultative{{.quote = quote,
                                     .reinsurer = {"re-one"},
                                     .share = Share::from_percent(percent),
                                     .ceding_commission = {},
                                     .reference = "slip"}});
    return risk_unit(desk.house, find_quote(desk.house, quote)->quote);
  };
  CHECK(cede(19).retained == yuan(121'500));
  CHECK(desk.refused("uw", BindPolicy{quote}) == refusals::kRiskUnitExceeded.name);
  CHECK(!cede(20).above());  // 120,000.00 of 1,200,000.00
  desk.must("uw", BindPolicy{quote});
  CHECK(risk_unit(desk.house, find_quote(desk.house, quote)->quote).retained == yuan(120'000));
}

// Both orders, whatever comes first: one is bound, and the house holds no more than the limit.
TEST_CASE("10,000 races on the last of an accumulation limit have exactly one winner") {
  Desk desk;
  desk.open();
  const QuoteId quotes[] = {quoted(desk, 0, "阿里云 华东1"), quoted(desk, 1, "阿里云 华北2")};
  desk.must("finance", SetAccumulationLimit{"阿里云", yuan(400'000)});
  for (std::size_t race = 0; race < 10'000; ++race) {
    House house = desk.house;
    std::uint64_t seq = house.head.seq;
    int won = 0;
    for (std::size_t turn = 0; turn < 2; ++turn) {
      const DecideContext context{.at = desk.now, .actor = {"uw"}, .next_seq = seq + 1};
      const auto events = decide(house, context, BindPolicy{quotes[(race + turn) % 2]});
      if (!events.ok()) {
        REQUIRE(events.refusal().code == refusals::kAccumulationExceeded);
        continue;
      }
      ++won;
      for (const Event& event : *events)
        evolve(house, {.seq = ++seq, .at = desk.now, .actor = {"uw"}}, event);
    }
    REQUIRE(won == 1);
    REQUIRE(find_quote(house, quotes[race % 2])->policy.exists());
  }
}

TEST_CASE("10,000 races on the last of a subsidy budget have exactly one winner") {
  Desk desk;
  desk.open();
  const PolicyId policies[] = {desk.bind(desk.enterprise(0)), desk.bind(desk.enterprise(1))};
  desk.budget(yuan(1'400));
  for (std::size_t race = 0; race < 10'000; ++race) {
    House house = desk.house;
    std::uint64_t seq = house.head.seq;
    int won = 0;
    for (std::size_t turn = 0; turn < 2; ++turn) {
      const DecideContext context{.at = desk.now, .actor = {"office"}, .next_seq = seq + 1};
      const auto events =
          decide(house, context, DecideSubsidy{policies[(race + turn) % 2], true, ""});
      if (!events.ok()) {
        REQUIRE(events.refusal().code.name == "subsidy_budget_exceeded");
        continue;
      }
      ++won;
      for (const Event& event : *events)
        evolve(house, {.seq = ++seq, .at = desk.now, .actor = {"office"}}, event);
    }
    REQUIRE(won == 1);
    REQUIRE(subsidy_budget_left(house, kScheme) == yuan(0));
  }
}

}  // namespace
}  // namespace anlan::house
