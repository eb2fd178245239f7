#include "claims/quantify.h"

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "claims/ningbo_test.h"
#include "claims/refusals.h"

using namespace anlan;
using namespace anlan::claims;
using domain::StepReason;
using ningbo::item;
using ningbo::yuan;

namespace {

Result<Quantification> quantified(const domain::LossStatement& statement) {
  return quantify(statement, Currency::kCny, UtcOffset{},
                  {.interruption_clause = "5.1", .betterment_clause = "5.2"});
}

}  // namespace

TEST_CASE("quantify: items are summed by head net of betterment, each correction is a step") {
  domain::LossStatement statement;
  statement.items = {item("FP.IR", yuan(5'000)), item("FP.HW", yuan(8'000), yuan(1'000)),
                     item("FP.IR", yuan(7'000)), item("FP.HW", yuan(2'000), yuan(500))};
  statement.mitigation = yuan(300);
  const Quantification out = quantified(statement).value();
  REQUIRE(out.heads.size() == 2);
  CHECK(out.heads[0] == domain::QuantifiedHead{
                            .head = {"FP.IR"}, .stated = yuan(12'000), .quantified = yuan(12'000)});
  CHECK(out.heads[1] == domain::QuantifiedHead{
                            .head = {"FP.HW"}, .stated = yuan(10'000), .quantified = yuan(8'500)});
  CHECK(out.mitigation == yuan(300));
  REQUIRE(out.corrections.size() == 1);
  CHECK(out.corrections[0] == domain::SettlementStep{.stage = domain::SettleStage::kQuantify,
                                                     .reason = StepReason::kCorrected,
                                                     .clause = "5.2",
                                                     .subject = "FP.HW",
                                                     .before = yuan(10'000),
                                                     .after = yuan(8'500)});
}

TEST_CASE(
    "quantify: an interruption is the last head, corrected by its sales record and named by its "
    "clause") {
  domain::LossStatement statement = ningbo::hourly_loss();
  const Quantification out = quantified(statement).value();
  REQUIRE(out.heads.size() == 6);
  CHECK(out.heads.back() == domain::QuantifiedHead{.head = {"FP.BI"},
                                                   .stated = yuan(145'200),
                                                   .quantified = yuan(130'000)});
  REQUIRE(out.corrections.size() == 1);
  CHECK(out.corrections[0].clause == "5.1");
  CHECK(out.corrections[0].before == yuan(145'200));
  CHECK(out.corrections[0].after == yuan(130'000));

  // 30,000 of sales on a Saturday of 24,200 loss: what exceeds it is ignored, and said.
  statement.interruption->sales = {
      ningbo::sales("2026-05-16T00:00:00+08:00", "2026-05-17T00:00:00+08:00", yuan(30'000))};
  const Quantification beyond = quantified(statement).value();
  CHECK(beyond.heads.back().quantified == yuan(145'200 - 24'200));
  REQUIRE(beyond.corrections.size() == 2);
  CHECK(beyond.corrections[1].reason == StepReason::kSalesBeyondLoss);
  CHECK(beyond.corrections[1].before == yuan(30'000));
  CHECK(beyond.corrections[1].after == yuan(24'200));
}

TEST_CASE("quantify: every rule refuses its statement with the path") {
  using Change = void (*)(domain::LossStatement&);
  struct Row {
    RefusalCode code;
    std::string path;
    Change change;
  };
  const std::vector<Row> rows{
      {claims::refusals::kLossEntries, "items",
       [](auto& s) { s.items.resize(kLossEntriesMax + 1, item("FP.IR", yuan(1))); }},
      {anlan::refusals::kEmptyText, "items[2].head", [](auto& s) { s.items[2].head = {}; }},
      {anlan::refusals::kMoneyNegative, "items[1].amount",
       [](auto& s) { s.items[1].amount = -yuan(1); }},
      {anlan::refusals::kMoneyNegative, "items[1].betterment",
       [](auto& s) { s.items[1].betterment = -yuan(1); }},
      {anlan::refusals::kMoneyCurrency, "items[1].amount",
       [](auto& s) { s.items[1].amount = Money::from_minor(1, Currency::kHkd); }},
      {anlan::refusals::kMoneyTooLarge, "items[5].amount",
       [](auto& s) {
         s.items.push_back(item("FP.IR", Money::from_minor(kAmountMax, Currency::kCny)));
       }},
      {anlan::refusals::kMoneyNegative, "mitigation", [](auto& s) { s.mitigation = -yuan(1); }},
      {claims::refusals::kBettermentAboveAmount, "items[1].betterment",
       [](auto& s) { s.items[1].betterment = yuan(38'001); }},
      {claims::refusals::kItemInInterruption, "items[0].head",
       [](auto& s) { s.items[0].head = {"FP.BI"}; }},
      {claims::refusals::kItemIsMitigation, "items[0].head",
       [](auto& s) { s.items[0].head = {"FP.MITIG"}; }},
      {anlan::refusals::kEmptyText, "interruption.section",
       [](auto& s) { s.interruption->section = {}; }},
      {claims::refusals::kProfileNotAWeek, "interruption.weekly_profit",
       [](auto& s) { s.interruption->weekly_profit.clear(); }},
  };
  for (const Row& row : rows) {
    CAPTURE(row.code.name);
    CAPTURE(row.path);
    domain::LossStatement statement = ningbo::hourly_loss();
    row.change(statement);
    const auto out = quantified(statement);
    REQUIRE_FALSE(out.ok());
    CHECK(out.refusal().code.name == row.code.name);
    CHECK(out.refusal().path == row.path);
  }
}
