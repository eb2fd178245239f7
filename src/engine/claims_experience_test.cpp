#include "engine/claims_experience.h"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/fixture_test.h"
#include "engine/mean_loss.h"

namespace anlan::engine {
namespace {

// Perils whose every event is known: fraud of 50,000 at 1 % a year; a flat outage of 10 hours at
// 2 % a year with a lump of 30,000 beside it; a nuisance of 100 at 7 %. Major units.
struct KnownMarket {
  Hazard hazard = fixture::plain_hazard();
  SerialExecutor serial;
  KnownMarket() {
    hazard.perils = {
        fixture::peril("funds_fraud", 0.01, {fixture::lump(5'000'000.0, 0.0, "FP.FTF")}),
        fixture::peril("dos", 0.02, {fixture::lump(3'000'000.0, 0.0, "FP.IR")}),
        fixture::peril("insider", 0.07, {fixture::lump(10'000.0, 0.0, "FP.IR")})};
    hazard.perils[1].outage = fixture::fixed_outage(10.0);
  }
  Prediction of(const PublishedFigure& figure, const ClaimRule& claim) {
    const ScenarioTable table(hazard, {.points = 1024, .replicates = 16}, serial);
    return predict({.hazard = &hazard, .table = &table, .claim = claim}, figure);
  }
  PublishedFigure figure(Measure measure, std::vector<std::size_t> perils) const {
    PublishedFigure out{.measure = measure, .of = std::move(perils)};
    out.among = {0, 1, 2};
    out.company = reference_company(hazard);
    return out;
  }
};

// Mean interruption of the outage by the closed form, minor units.
double mean_outage(const Hazard& hazard) {
  Hazard alone = hazard;
  alone.perils[1].losses.clear();
  terms::Terms terms;
  terms.sections = {{.code = "FP.BI"}};
  const terms::Plan plan = terms::compile(terms);
  const SectionMap sections(alone, plan);
  const LossModel model =
      make_loss_model(alone, reference_company(alone), ControlUse::kSectorAverage);
  return mean_loss(model, 1, sections).ground_up;
}

TEST_CASE("claims experience: each measure is what the known events of three perils give by hand") {
  KnownMarket market;
  const double stop = mean_outage(market.hazard);
  REQUIRE(stop > 100'000.0);
  const ClaimRule claim{.above = 2'000'000.0, .waiting_hours = 8.0};
  const ClaimRule longer{.above = 2'000'000.0, .waiting_hours = 12.0};
  struct Row {
    const char* what;
    Measure measure;
    std::vector<std::size_t> of;
    ClaimRule claim;
    double want;
  };
  const double out = 3e6 + stop;
  const double all = (0.01 * 5e6 + 0.02 * out) / 0.03;  // the nuisance is no claim
  const Row rows[] = {
      {"frequency", Measure::kFrequency, {0, 1, 2}, claim, 0.03},
      {"any claim", Measure::kAnyClaim, {0, 1, 2}, claim, 1.0 - std::pow(4.0 / 4.03, 4.0)},
      {"count share", Measure::kCountShare, {0}, claim, 1.0 / 3.0},
      {"mean", Measure::kMean, {1}, claim, out},
      {"mean, wait not passed", Measure::kMean, {1}, longer, 3e6},
      {"mean ratio", Measure::kMeanRatio, {0}, claim, 5e6 / all},
      {"multiple", Measure::kInterruptionMultiple, {0, 1, 2}, claim, out / 5e6},
      {"interruption ratio", Measure::kInterruptionRatio, {0, 1, 2}, claim, stop / all},
      {"nothing stops", Measure::kInterruptionRatio, {0, 2}, claim, 0.0},
      {"median", Measure::kMedianOfRevenue, {0, 2}, claim, 5e6 / 3e9},
      {"hours", Measure::kHoursMedian, {1}, claim, 10.0},
      {"mean hours", Measure::kHoursMean, {1}, claim, 10.0},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    const Prediction got = market.of(market.figure(row.measure, row.of), row.claim);
    CHECK(std::fabs(got.central - row.want) <= 2e-3 * row.want);
    CHECK(got.low <= got.high);
  }
}

TEST_CASE(
    "claims experience: every incident counts where a figure says so, and outage hours select") {
  KnownMarket market;
  const ClaimRule claim{.above = 2'000'000.0, .waiting_hours = 8.0};
  PublishedFigure figure = market.figure(Measure::kFrequency, {0, 1, 2});
  figure.every_incident = true;
  CHECK(std::fabs(market.of(figure, claim).central - 0.1) < 1e-12);
  figure = market.figure(Measure::kFrequency, {0, 1, 2});
  figure.outage = {.from = 9.0, .to = 10.0};
  CHECK(std::fabs(market.of(figure, claim).central - 0.02) < 1e-5);
  figure.outage = {.from = 10.0, .to = 20.0};
  CHECK(market.of(figure, claim).central == 0.0);
}

TEST_CASE("claims experience: the range is that of the members: frequency by its own law") {
  KnownMarket market;
  const ClaimRule claim{.above = 1'000.0, .waiting_hours = 0.0};
  const Prediction got = market.of(market.figure(Measure::kFrequency, {0}), claim);
  // Lognormal of mean one, sd 0.6 of its logarithm: 5 % and 95 % points 0.311 and 2.241.
  CHECK(std::fabs(got.low / 0.01 - 0.311) < 0.06);
  CHECK(std::fabs(got.high / 0.01 - 2.241) < 0.4);
  const Prediction amount = market.of(market.figure(Measure::kMean, {0}), claim);
  // sd 0.4: 0.478 and 1.782.
  CHECK(std::fabs(amount.low / 5e6 - 0.478) < 0.06);
  CHECK(std::fabs(amount.high / 5e6 - 1.782) < 0.25);
}

}  // namespace
}  // namespace anlan::engine
