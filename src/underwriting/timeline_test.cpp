#include "underwriting/timeline.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "base/random.h"
#include "underwriting/fixture_test.h"

namespace anlan::underwriting {
namespace {

using domain::ChosenFactor;
using domain::ChosenOption;
using domain::Endorsement;
using domain::EndorsementKind;
using domain::PremiumParts;
using samples::day;
using samples::yuan;

TimelineInput ningbo(std::string_view from = "2026-03-01") {
  return {.from = day(from),
          .until = plus_years(day(from), 1),
          .premium = yuan(280'000),
          .subsidy = yuan(140'000)};
}

Endorsement factor(std::uint32_t number, Date from, std::int64_t ppm,
                   std::string_view id = "protection") {
  return {.number = number,
          .kind = EndorsementKind::kFactor,
          .from = from,
          .factor = ChosenFactor{.id = std::string(id), .ppm = ppm}};
}

Endorsement suspension(std::uint32_t number, Date from, bool suspend) {
  return {.number = number,
          .kind = suspend ? EndorsementKind::kSuspend : EndorsementKind::kReinstate,
          .from = from};
}

Endorsement terms(std::uint32_t number, Date from, Money premium) {
  return {.number = number,
          .kind = EndorsementKind::kTerms,
          .from = from,
          .option = ChosenOption{.id = "other", .premium = premium}};
}

// Day by day, from the definition: the second implementation.
PremiumParts by_hand(const TimelineInput& input, Date until) {
  Int128 customer = 0;
  Int128 government = 0;
  for (Date d = input.from; d < std::min(until, input.until); d = plus_days(d, 1)) {
    Int128 base = input.premium.minor();
    bool suspended = false;
    std::map<std::string, std::int64_t> factors;
    std::vector<const Endorsement*> sorted = input.live;
    std::sort(sorted.begin(), sorted.end(), [](auto a, auto b) { return a->from < b->from; });
    for (const Endorsement* e : sorted) {
      if (e->from > d) break;
      if (e->option) base = e->option->premium.minor();
      if (e->factor) factors[e->factor->id] = e->factor->ppm;
      if (e->kind == EndorsementKind::kSuspend) suspended = true;
      if (e->kind == EndorsementKind::kReinstate) suspended = false;
    }
    for (const DaysWithoutCover& gap : input.gaps) suspended |= gap.from <= d && d < gap.until;
    if (suspended) continue;
    Int128 over = 1;
    for (const auto& [id, ppm] : factors) {
      base *= ppm;
      over *= kFactorWhole;
    }
    const Int128 annual = half_up(base, over);
    const Int128 part = std::min<Int128>(
        input.subsidy.minor(), half_up(input.subsidy.minor() * annual, input.premium.minor()));
    government += part;
    customer += annual - part;
  }
  const Int128 total = days_between(input.from, input.until);
  return {.customer = yuan(static_cast<std::int64_t>(half_up(customer, total))),
          .government = yuan(static_cast<std::int64_t>(half_up(government, total)))};
}

TEST_CASE("timeline: E21, 100 of 365 days earn 383.56 for each payer and leave 1,016.44") {
  const auto segments = premium_segments(ningbo());
  REQUIRE(segments.size() == 1);
  CHECK(premium_written(segments) == PremiumParts{yuan(140'000), yuan(140'000)});
  const PremiumParts earned = premium_before(segments, plus_days(day("2026-03-01"), 100));
  CHECK(earned == PremiumParts{yuan(38'356), yuan(38'356)});
  CHECK(premium_before(segments, day("2026-01-01")) == PremiumParts{yuan(0), yuan(0)});
  CHECK(premium_before(segments, day("2030-01-01")) == premium_written(segments));
}

struct ClosedForm {
  std::string_view first;
  std::vector<Endorsement> changes;
  std::int64_t customer;  // fen, of the whole period
  std::int64_t government;
};

TEST_CASE("timeline: written premium in closed form") {
  const ClosedForm rows[] = {
      // 85 % from day 100 on: 140,000 x (100 + 0.85 x 265) / 365 = 124,753.42
      {"2026-03-01", {factor(1, day("2026-06-09"), 850'000)}, 124'753, 124'753},
      // 110 %: the subsidy stays at S0, the customer pays all of the rise, 28,000 x 265 / 365
      {"2026-03-01", {factor(1, day("2026-06-09"), 1'100'000)}, 160'329, 140'000},
      // 31 days suspended: 140,000 x 334 / 365
      {"2026-03-01",
       {suspension(1, day("2026-05-01"), true), suspension(2, day("2026-06-01"), false)},
       128'110,
       128'110},
      // a leap period: 29 February 2028 to 1 March 2029 has 366 days; half of them at 50 %
      {"2028-02-29", {factor(1, plus_days(day("2028-02-29"), 183), 500'000)}, 105'000, 105'000},
      // a change on 29 February inside the period: 365 of 366 days before it, from 1 March 2027
      {"2027-03-01", {suspension(1, day("2028-02-29"), true)}, 139'617, 139'617},
      // another option at 3,200.00: the government pays no more than S0
      {"2026-03-01", {terms(1, day("2026-03-01"), yuan(320'000))}, 180'000, 140'000},
      // two factors: 280,000 x 0.9 x 0.9 = 226,800
      {"2026-03-01",
       {factor(1, day("2026-03-01"), 900'000), factor(2, day("2026-03-01"), 900'000, "claims")},
       113'400,
       113'400},
  };
  for (const ClosedForm& row : rows) {
    CAPTURE(row.customer);
    TimelineInput input = ningbo(row.first);
    for (const Endorsement& each : row.changes) input.live.push_back(&each);
    const auto segments = premium_segments(input);
    CHECK(premium_written(segments).customer == yuan(row.customer));
    CHECK(premium_written(segments).government == yuan(row.government));
  }
}

TEST_CASE("timeline: a void brings back what the endorsement had replaced") {
  std::vector<Endorsement> list{factor(1, day("2026-06-01"), 900'000),
                                factor(2, day("2026-06-01"), 800'000),
                                factor(3, day("2026-06-01"), 700'000)};
  list[1].replaces = {1};
  list[2].replaces = {2};
  const auto numbers = [&](bool second, bool third) {
    const RecordedEndorsement recorded[] = {
        {&list[0], false}, {&list[1], second}, {&list[2], third}};
    std::vector<std::uint32_t> out;
    for (const Endorsement* each : live_endorsements(recorded)) out.push_back(each->number);
    return out;
  };
  CHECK(numbers(false, false) == std::vector<std::uint32_t>{1, 3});
  CHECK(numbers(false, true) == std::vector<std::uint32_t>{2});
  CHECK(numbers(true, true) == std::vector<std::uint32_t>{1});
}

struct Draws {
  RandomStream random;
  std::uint64_t draw = 0;
  std::int64_t below(std::uint64_t count) {
    return static_cast<std::int64_t>(random.bits(draw++) % count);
  }
};

Endorsement random_change(Draws& draws, std::uint32_t number, Date first) {
  const Date from = plus_days(first, static_cast<std::int32_t>(draws.below(366)));
  switch (draws.below(4)) {
    case 0:
      return terms(number, from, yuan(100'000 + draws.below(300'000)));
    case 1:
      return suspension(number, from, draws.below(2) == 0);
    default:
      return factor(number, from, 700'000 + draws.below(600'000),
                    draws.below(2) == 0 ? "protection" : "claims");
  }
}

TEST_CASE("timeline: any changes in any order of entry give the sums of the days, monotone") {
  Draws draws{RandomStream(RandomKey{.seed = 20'261'122})};
  for (int round = 0; round < 300; ++round) {
    CAPTURE(round);
    TimelineInput input = ningbo(round % 3 == 0 ? "2028-02-29" : "2027-03-01");
    std::vector<Endorsement> changes;
    for (std::int64_t n = draws.below(7); n > 0; --n) {
      Endorsement next =
          random_change(draws, static_cast<std::uint32_t>(changes.size() + 1), input.from);
      const bool taken = std::any_of(changes.begin(), changes.end(), [&](const Endorsement& e) {
        return e.from == next.from && same_component(e, next);
      });
      if (!taken && next.from < input.until) changes.push_back(next);
    }
    for (const Endorsement& each : changes) input.live.push_back(&each);
    if (round % 4 == 0) input.gaps = {{plus_days(input.from, 40), plus_days(input.from, 60)}};
    const auto segments = premium_segments(input);
    REQUIRE(premium_written(segments) == by_hand(input, input.until));
    PremiumParts before{yuan(0), yuan(0)};
    for (std::int32_t days = 0; days <= 366; days += 61) {
      const PremiumParts now = premium_before(segments, plus_days(input.from, days));
      REQUIRE(now == by_hand(input, plus_days(input.from, days)));
      REQUIRE(now.customer >= before.customer);
      REQUIRE(now.government >= before.government);
      before = now;
    }
    TimelineInput shuffled = input;
    for (std::size_t n = shuffled.live.size(); n > 1; --n) {
      std::swap(shuffled.live[n - 1], shuffled.live[static_cast<std::size_t>(draws.below(n))]);
    }
    REQUIRE(premium_segments(shuffled) == segments);
  }
}

TEST_CASE("timeline: the largest amounts with all factors stay exact") {
  const ChosenFactor twice{.id = "x", .ppm = kFactorPpmMax};
  const ChosenFactor* const all[] = {&twice, &twice, &twice};
  const Money base = yuan(kAmountMax / 8);
  CHECK(annual_premium(base, all) == yuan(kAmountMax));
}

}  // namespace
}  // namespace anlan::underwriting
