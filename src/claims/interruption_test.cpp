#include "claims/interruption.h"

#include <numeric>

#include <doctest/doctest.h>

#include "base/random.h"
#include "base/refusals.h"
#include "claims/ningbo_test.h"
#include "claims/refusals.h"

using namespace anlan;
using namespace anlan::claims;
using ningbo::at;
using ningbo::yuan;

namespace {

Result<InterruptionLoss> loss_of(const domain::InterruptionStatement& statement) {
  return interruption_loss(statement, Currency::kCny, UtcOffset{});
}

domain::InterruptionStatement between(std::string_view started, std::string_view restored) {
  domain::InterruptionStatement statement = ningbo::interruption();
  statement.started = at(started);
  statement.restored = at(restored);
  return statement;
}

}  // namespace

TEST_CASE(
    "interruption: six days of the Ningbo profile are 145,200 and Saturday's sales leave 130,000") {
  domain::InterruptionStatement statement = ningbo::interruption();
  const InterruptionLoss stated = loss_of(statement).value();
  CHECK(stated.stated.minutes == 6 * 24 * 60);
  CHECK(stated.stated.hourly.size() == 144);
  CHECK(stated.stated.hourly[0] == 220'000);  // Monday 08-09
  CHECK(stated.stated.hourly[10] == 55'000);  // Monday 18-19
  CHECK(stated.stated.hourly[14] == 0);       // Monday 22-23
  CHECK(stated.stated_total == 14'520'000);
  CHECK(stated.corrected == stated.stated);

  statement.sales = {ningbo::saturday_sales()};
  const InterruptionLoss corrected = loss_of(statement).value();
  CHECK(corrected.corrected_total == 13'000'000);
  CHECK(corrected.stated == stated.stated);
  CHECK(corrected.sales == 1'520'000);
  CHECK(corrected.sales_beyond == 0);
  for (std::size_t hour = 0; hour < 144; ++hour) {
    const bool saturday = hour >= 120 && hour < 130;  // ten hours share 15,200.00
    CHECK(corrected.corrected.hourly[hour] ==
          stated.stated.hourly[hour] - (saturday ? 152'000 : 0));
  }
}

TEST_CASE("interruption: the hours of the curve run from the start and mix two calendar hours") {
  struct Row {
    std::string_view started;
    std::string_view restored;
    std::vector<std::int64_t> hourly;
  };
  const std::vector<Row> rows{
      // 07:40 to 09:10 on a Monday: 40 minutes at 2,200, then 20 + 10 minutes.
      {"2026-05-11T07:40:00+08:00", "2026-05-11T09:10:00+08:00", {146'667, 110'000}},
      // 17:30 to 18:30: half at 2,200 and half at 550.
      {"2026-05-11T17:30:00+08:00", "2026-05-11T18:30:00+08:00", {137'500}},
      // One minute, half-up: 2,200 / 60 = 36.666.
      {"2026-05-11T08:00:00+08:00", "2026-05-11T08:01:00+08:00", {3'667}},
      // Sunday 23:30 to Monday 00:30 earns nothing: the week wraps.
      {"2026-05-17T23:30:00+08:00", "2026-05-18T00:30:00+08:00", {0}},
      // Seconds: whole minutes between start and end, on the calendar minute of the start.
      {"2026-05-11T08:00:30+08:00", "2026-05-11T09:00:29+08:00", {216'333}},
      // The same instant written in another zone.
      {"2026-05-11T00:00:00Z", "2026-05-11T01:00:00Z", {220'000}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.started);
    CHECK(loss_of(between(row.started, row.restored)).value().stated.hourly == row.hourly);
  }
}

TEST_CASE("interruption: only the share that stopped is lost, rounded once for each hour") {
  domain::InterruptionStatement statement =
      between("2026-05-11T07:40:00+08:00", "2026-05-11T09:10:00+08:00");
  statement.stopped_ppm = 333'333;
  // 40 / 60 x 2,200.00 x 0.333333 = 488.888...; 30 / 60 x 2,200.00 x 0.333333 = 366.6663.
  CHECK(loss_of(statement).value().stated.hourly == std::vector<std::int64_t>{48'889, 36'667});
  statement.stopped_ppm = 0;
  CHECK(loss_of(statement).value().stated_total == 0);
}

TEST_CASE(
    "interruption: a sales record counts only in the minutes that it covers, and never below "
    "zero") {
  domain::InterruptionStatement statement = ningbo::interruption();
  // 17:30 to 22:00 on Monday: half an hour at 2,200 and four hours at 550 are 3,300 of loss.
  statement.sales = {
      ningbo::sales("2026-05-11T17:30:00+08:00", "2026-05-11T22:00:00+08:00", yuan(5'000))};
  const InterruptionLoss loss = loss_of(statement).value();
  CHECK(loss.corrected_total == 14'520'000 - 330'000);
  CHECK(loss.sales_beyond == 500'000 - 330'000);
  CHECK(loss.corrected.hourly[8] == 220'000);  // 16-17
  CHECK(loss.corrected.hourly[9] == 110'000);  // 17-18: its first half
  for (std::size_t hour = 10; hour < 14; ++hour) CHECK(loss.corrected.hourly[hour] == 0);

  // A second record for the same hours finds no loss left.
  statement.sales.push_back(statement.sales.front());
  const InterruptionLoss twice = loss_of(statement).value();
  CHECK(twice.corrected == loss.corrected);
  CHECK(twice.sales_beyond == 170'000 + 500'000);
}

TEST_CASE("interruption: every rule refuses its statement with the path") {
  using Change = void (*)(domain::InterruptionStatement&);
  struct Row {
    RefusalCode code;
    std::string path;
    Change change;
  };
  const std::vector<Row> rows{
      {claims::refusals::kRestoredBeforeStarted, "interruption.restored",
       [](auto& s) { s.restored = plus_minutes(s.started, -1); }},
      {claims::refusals::kRestoredBeforeStarted, "interruption.restored",
       [](auto& s) { s.restored = s.started; }},
      {claims::refusals::kOutageTooLong, "interruption.restored",
       [](auto& s) { s.restored = plus_minutes(s.started, 5'256'001); }},
      {claims::refusals::kProfileNotAWeek, "interruption.weekly_profit",
       [](auto& s) { s.weekly_profit.pop_back(); }},
      {anlan::refusals::kMoneyNegative, "interruption.weekly_profit[3]",
       [](auto& s) { s.weekly_profit[3] = -1; }},
      {anlan::refusals::kMoneyTooLarge, "interruption.weekly_profit[3]",
       [](auto& s) { s.weekly_profit[3] = kAmountMax + 1; }},
      {anlan::refusals::kMoneyTooLarge, "interruption.weekly_profit",
       [](auto& s) { s.weekly_profit[10] = s.weekly_profit[11] = kAmountMax; }},
      {anlan::refusals::kOutOfRange, "interruption.stopped_ppm",
       [](auto& s) { s.stopped_ppm = 1'000'001; }},
      {claims::refusals::kLossEntries, "interruption.sales",
       [](auto& s) { s.sales.resize(kLossEntriesMax + 1, ningbo::saturday_sales()); }},
      {anlan::refusals::kMoneyNegative, "interruption.sales[0].gross_profit",
       [](auto& s) { s.sales[0].gross_profit = -yuan(1); }},
      {anlan::refusals::kMoneyCurrency, "interruption.sales[0].gross_profit",
       [](auto& s) { s.sales[0].gross_profit = Money::from_minor(1, Currency::kUsd); }},
      {claims::refusals::kSalesPeriod, "interruption.sales[0].until",
       [](auto& s) { s.sales[0].until = s.sales[0].from; }},
      {claims::refusals::kSalesOutsideOutage, "interruption.sales[0].from",
       [](auto& s) { s.sales[0].from = plus_minutes(s.started, -1); }},
      {claims::refusals::kSalesOutsideOutage, "interruption.sales[0].until",
       [](auto& s) { s.sales[0].until = plus_minutes(s.restored, 1); }},
  };
  for (const Row& row : rows) {
    CAPTURE(row.code.name);
    CAPTURE(row.path);
    domain::InterruptionStatement statement = ningbo::interruption();
    statement.sales = {ningbo::saturday_sales()};
    row.change(statement);
    const auto loss = loss_of(statement);
    REQUIRE_FALSE(loss.ok());
    CHECK(loss.refusal().code.name == row.code.name);
    CHECK(loss.refusal().path == row.path);
  }
  domain::InterruptionStatement longest = ningbo::interruption();
  longest.restored = plus_minutes(longest.started, 5'256'000);
  CHECK(loss_of(longest).value().stated.hourly.size() == 87'600);
}

namespace {

// Minute by minute, the way one would check it by hand: the sum of each hour's minutes, rounded
// once.
std::vector<std::int64_t> naive_curve(const domain::InterruptionStatement& s) {
  const std::int64_t minutes = minutes_between(s.started, s.restored);
  std::vector<std::int64_t> hourly;
  for (std::int64_t hour = 0; hour * 60 < minutes; ++hour) {
    Int128 profit = 0;
    for (std::int64_t m = hour * 60; m < std::min(minutes, hour * 60 + 60); ++m) {
      profit += s.weekly_profit[static_cast<std::size_t>(
          hour_of_week(plus_minutes(s.started, m), UtcOffset{}))];
    }
    hourly.push_back(static_cast<std::int64_t>(
        half_up(profit * s.stopped_ppm, static_cast<Int128>(60) * 1'000'000)));
  }
  return hourly;
}

}  // namespace

TEST_CASE(
    "interruption: random outages agree with the sum of minutes; sales only lower, and only where "
    "they are") {
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    const RandomStream stream(RandomKey{.seed = seed, .stream = 6000});
    std::uint64_t drawn = 0;
    const auto below = [&](std::int64_t end) {
      return static_cast<std::int64_t>(stream.bits(drawn++) % static_cast<std::uint64_t>(end));
    };
    domain::InterruptionStatement s = ningbo::interruption();
    s.started = plus_minutes(s.started, below(20'000));
    s.restored = plus_minutes(s.started, 1 + below(seed % 2 == 0 ? 300 : 12'000));
    s.stopped_ppm = seed % 3 == 0 ? 1'000'000 : static_cast<std::uint32_t>(below(1'000'001));
    for (auto& hour : s.weekly_profit) hour = below(3) == 0 ? 0 : below(1'000'000);
    const std::int64_t minutes = minutes_between(s.started, s.restored);
    std::vector<bool> touched(static_cast<std::size_t>((minutes + 59) / 60));
    for (std::int64_t n = below(5); n > 0; --n) {
      const std::int64_t from = below(minutes);
      const std::int64_t until = from + 1 + below(minutes - from);
      domain::SalesRecord record;
      record.from = plus_minutes(s.started, from);
      record.until = plus_minutes(s.started, until);
      record.gross_profit = Money::from_minor(below(30'000'000), Currency::kCny);
      s.sales.push_back(record);
      for (std::int64_t m = from; m < until; ++m) touched[static_cast<std::size_t>(m / 60)] = true;
    }
    const InterruptionLoss loss = loss_of(s).value();
    REQUIRE(loss.stated.hourly == naive_curve(s));
    REQUIRE(loss.corrected.hourly.size() == loss.stated.hourly.size());
    for (std::size_t hour = 0; hour < touched.size(); ++hour) {
      REQUIRE(loss.corrected.hourly[hour] >= 0);
      REQUIRE(loss.corrected.hourly[hour] <= loss.stated.hourly[hour]);
      if (!touched[hour]) REQUIRE(loss.corrected.hourly[hour] == loss.stated.hourly[hour]);
    }
    CHECK(loss.stated_total - loss.corrected_total == loss.sales - loss.sales_beyond);
    const auto& curve = loss.corrected.hourly;
    CHECK(loss.corrected_total == std::accumulate(curve.begin(), curve.end(), std::int64_t{0}));
  }
}
