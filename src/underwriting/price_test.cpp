#include "underwriting/price.h"

#include <doctest/doctest.h>

#include "base/random.h"
#include "underwriting/fixture_test.h"

namespace anlan::underwriting {
namespace {

using namespace samples;
using domain::PriceParts;
using domain::WalkLine;
using domain::WalkStep;

Money sum_of_net(const PriceParts& p) {
  return p.expected_loss + p.service + p.claims_handling + p.policy_cost + p.reinsurance +
         p.capital + p.acquisition + p.administration + p.margin + p.guarantee_fund;
}

TEST_CASE("price: the parts of the pilot company, each by hand") {
  const PriceParts parts = price_parts(loss(), loads(), yuan(280'000));
  CHECK(parts.expected_loss == yuan(69'700));
  CHECK(parts.service == yuan(48'000));
  CHECK(parts.claims_handling == yuan(6'570));  // 0.0438 x 1,500.00
  CHECK(parts.policy_cost == yuan(12'000));
  CHECK(parts.reinsurance == yuan(3'485));  // 5 % of 697.00
  // Tail of 1 in 200: ransomware 0.0045 x 80,222.22 and wiper 0.0003 x 80,000.00, then 0.0002 of
  // mass_exploit x 51,250.00 = 395.25 a year, / 0.005 = 79,050.00; x 6 % x 4 % of what exceeds
  // 697.00.
  CHECK(parts.capital == yuan(18'805));
  CHECK(parts.technical_net == yuan(213'693));  // 1,585.60 / 0.742 = 2,136.927
  CHECK(parts.acquisition == yuan(25'643));
  CHECK(parts.administration == yuan(17'095));
  CHECK(parts.margin == yuan(10'685));
  CHECK(parts.guarantee_fund == yuan(1'710));
  CHECK(parts.vat == yuan(12'822));
  CHECK(parts.technical_gross == yuan(226'515));
  CHECK(parts.filing_adjustment == yuan(53'485));
  CHECK(sum_of_net(parts) == parts.technical_net);
}

TEST_CASE("price: the tail fills with the perils that pay most for an event") {
  const domain::LossResult pilot = loss();
  CHECK(stand_alone_tail(pilot, Share::from_ppm(5'000)) == yuan(7'905'000));
  CHECK(stand_alone_tail(pilot, Share::from_ppm(4'500)) == yuan(8'022'222));
  // All events together are rarer than the tail: the rest of its years pay nothing.
  CHECK(stand_alone_tail(pilot, Share::from_ppm(Share::kWhole)) == yuan(69'700));
  domain::LossResult none = pilot;
  none.perils.clear();
  CHECK(stand_alone_tail(none, Share::from_ppm(5'000)) == yuan(0));
}

TEST_CASE(
    "price: parts sum to the fen and both walks end at the filed price for any loss and loads") {
  for (std::uint64_t run = 0; run < 2'000; ++run) {
    CAPTURE(run);
    const RandomStream random({.seed = run});
    std::uint64_t draw = 0;
    const auto below = [&](std::uint64_t bound) {
      return static_cast<std::int64_t>(random.bits(draw++) % bound);
    };
    domain::LossResult any = loss();
    any.insured = yuan(below(5'000'000));
    any.insured_full_cover = yuan(below(9'000'000));
    any.insured_sector = yuan(below(5'000'000));
    any.paid_frequency_ppm = static_cast<std::uint32_t>(below(2'000'000));
    PriceLoads rates = loads();
    rates.acquisition = Share::from_ppm(static_cast<std::uint32_t>(below(400'000)));
    rates.margin = Share::from_ppm(static_cast<std::uint32_t>(below(400'000)));
    rates.vat = Share::from_ppm(static_cast<std::uint32_t>(below(200'000)));
    const Money filed = yuan(below(1'000'000));
    const PriceParts parts = price_parts(any, rates, filed);
    CHECK(sum_of_net(parts) == parts.technical_net);
    CHECK(parts.technical_net + parts.vat == parts.technical_gross);
    CHECK(parts.technical_gross + parts.filing_adjustment == parts.filed_gross);
    for (const auto& walk : {price_walk(any, parts), price_walk_reversed(any, parts)}) {
      Money total = yuan(0);
      for (const WalkLine& line : walk) {
        total += line.change;
        CHECK(total == line.cumulative);
      }
      CHECK(total == filed);
    }
  }
}

TEST_CASE("price: the walk and its reverse differ in the order of controls and terms only") {
  const PriceParts parts = price_parts(loss(), loads(), yuan(280'000));
  const std::vector<WalkLine> walk = price_walk(loss(), parts);
  const std::vector<WalkLine> reversed = price_walk_reversed(loss(), parts);
  const WalkLine expected[] = {{WalkStep::kFacts, yuan(450'000), yuan(450'000)},
                               {WalkStep::kControls, yuan(-30'000), yuan(420'000)},
                               {WalkStep::kTerms, yuan(-350'300), yuan(69'700)},
                               {WalkStep::kExpenses, yuan(156'815), yuan(226'515)},
                               {WalkStep::kFiling, yuan(53'485), yuan(280'000)}};
  CHECK(walk == std::vector<WalkLine>(std::begin(expected), std::end(expected)));
  CHECK(reversed[1] == WalkLine{WalkStep::kTerms, yuan(-376'000), yuan(74'000)});
  CHECK(reversed[2] == WalkLine{WalkStep::kControls, yuan(-4'300), yuan(69'700)});
  CHECK(reversed[4] == walk[4]);
}

TEST_CASE("price: the systemic share is that of the perils that hit many companies at once") {
  CHECK(systemic_share(loss()) == 175'036);  // (81 + 0 + 41) / 697
  domain::LossResult own = loss();
  std::erase_if(own.perils, [](const domain::PerilLoss& peril) {
    return peril.peril.text == "provider_outage" || peril.peril.text == "mass_exploit";
  });
  CHECK(systemic_share(own) == 0);  // springboard is contagion
  own.perils.clear();
  CHECK(systemic_share(own) == 0);
}

TEST_CASE("price: rate on line, adequacy and loss ratio of the pilot") {
  const PriceParts parts = price_parts(loss(), loads(), yuan(280'000));
  const PriceRatios ratios = price_ratios(parts, yuan(40'000'000), yuan(15'000'000));
  CHECK(ratios.rate_on_line == 7'000);       // MODEL.md 9: 0.70 % of the aggregate
  CHECK(ratios.rate_on_incident == 18'667);  // 1.87 % of one incident's maximum
  CHECK(ratios.adequacy == 808'982);
  CHECK(ratios.loss_ratio == 248'929);
  CHECK(ratio_ppm(yuan(1), yuan(0)) == 0);
}

TEST_CASE("price: the range of the price follows the range of the expected loss") {
  const PriceParts parts = price_parts(loss(), loads(), yuan(280'000));
  CHECK(technical_gross_at(loss(), loads(), yuan(69'700)) == parts.technical_gross);
  // Twice the loss: twice the expected loss, the reinsurance and the capital charge, nothing else.
  const Money twice = technical_gross_at(loss(), loads(), yuan(139'400));
  // (697.00 + 34.85 + 188.04) / 0.742 x 1.06 more.
  CHECK(twice - parts.technical_gross == yuan(131'412));
  CHECK(technical_gross_at(loss(), loads(), yuan(0)) < parts.technical_gross);
}

TEST_CASE("price: what rests on assumptions is counted by the loads' sources") {
  const PriceParts parts = price_parts(loss(), loads(), yuan(280'000));
  CHECK(assumption_share(parts, loads(), loss()) == Share::from_percent(100));
  PriceLoads sourced = loads();
  sourced.sources = {{.load = "service", .status = LoadStatus::kSourced, .source = "contract"}};
  domain::LossResult half = loss();
  half.assumption_share_ppm = 500'000;
  // (2,136.93 - 480.00 - 348.50) / 2,136.93
  CHECK(assumption_share(parts, sourced, half) == Share::from_ppm(612'294));
}

}  // namespace
}  // namespace anlan::underwriting
