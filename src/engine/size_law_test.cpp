#include "engine/size_law.h"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/fixture_test.h"
#include "engine/loss_model.h"

namespace anlan::engine {
namespace {

Hazard sized() {
  Hazard hazard = fixture::plain_hazard();
  PerilHazard peril = fixture::peril("wiper", 0.01, {fixture::lump(10'000, 1.0, "FP.DATA")});
  peril.frequency_size = {.by = SizeBy::kEmployees, .exponent = 0.5};
  peril.losses[0].size = {.by = SizeBy::kRecords, .exponent = 0.8};
  hazard.perils = {peril};
  return hazard;
}

TEST_CASE("size: a law is followed up to a factor of 20 and down to a twentieth, then it is said") {
  const Hazard hazard = sized();
  RiskInput company = reference_company(hazard);
  CHECK(beyond_size_laws(hazard, company).empty());
  const SizeRule& rule = hazard.perils[0].frequency_size;
  company.employees = 50 * 400;  // 400^0.5 = 20
  CHECK(size_factor(hazard, company, rule) == doctest::Approx(20.0));
  CHECK(beyond_size_laws(hazard, company).empty());
  company.employees += 100;
  CHECK(size_factor(hazard, company, rule) == kSizeFactorMax);
  company.records = 10;
  const std::vector<BeyondSize> beyond = beyond_size_laws(hazard, company);
  REQUIRE(beyond.size() == 2);
  CHECK(beyond[0].by == SizeBy::kEmployees);
  CHECK(beyond[0].above);
  CHECK(beyond[0].value == 20'100.0);
  CHECK(beyond[0].limit == doctest::Approx(20'000.0));
  CHECK(beyond[1].by == SizeBy::kRecords);
  CHECK(!beyond[1].above);
  CHECK(beyond[1].value == 10.0);
  CHECK(beyond[1].limit == doctest::Approx(8000.0 * std::pow(0.05, 1.25)));
}

TEST_CASE("size: a size that no law follows is never beyond") {
  const Hazard hazard = sized();
  RiskInput company = reference_company(hazard);
  company.revenue = Money::from_minor(1, Currency::kCny);
  CHECK(beyond_size_laws(hazard, company).empty());
}

TEST_CASE(
    "size: the largest amounts and counts give finite losses, and every law says that it ends") {
  Hazard hazard = sized();
  hazard.perils[0].outage = fixture::fixed_outage(30.0);
  for (const std::int64_t size : {std::int64_t{0}, std::int64_t{1}, kAmountMax}) {
    RiskInput company = reference_company(hazard);
    company.employees = size;
    company.records = size;
    company.revenue = Money::from_minor(size, Currency::kCny);
    company.online_share = Share::from_ppm(Share::kWhole);
    const LossModel model = make_loss_model(hazard, company, ControlUse::kOwn);
    CHECK(std::isfinite(model.hourly));
    CHECK(std::isfinite(model.perils[0].frequency));
    CHECK(model.perils[0].frequency > 0.0);
    for (const PartModel& part : model.perils[0].parts) CHECK(std::isfinite(part.median));
    // One person is no smaller than the law of the staff reaches.
    CHECK(beyond_size_laws(hazard, company).size() == (size == 1 ? 1 : 2));
  }
}

}  // namespace
}  // namespace anlan::engine
