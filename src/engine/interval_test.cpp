#include "engine/interval.h"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/fixture_test.h"

namespace anlan::engine {
namespace {

struct Answer {
  PaymentRange range;
  YearLoss year;
};

Answer run(const Ensemble& ensemble) {
  Hazard hazard = fixture::plain_hazard();
  hazard.ensemble = ensemble;
  hazard.perils = {fixture::peril("wiper", 0.01, {fixture::lump(10'000, 0.5, "FP.DATA")}),
                   fixture::peril("ransomware", 0.01, {fixture::lump(10'000, 0.5, "FP.DATA")})};
  SerialExecutor executor;
  const ScenarioTable table(hazard, {}, executor);
  const terms::Plan plan = terms::compile(fixture::plain_terms({"FP.DATA"}));
  const InsuredCover cover{.plan = &plan, .perils = {{"wiper"}, {"ransomware"}}};
  const YearSetting setting{.hazard = &hazard, .table = &table, .cover = &cover};
  const LossModel model = make_loss_model(hazard, reference_company(hazard), ControlUse::kOwn);
  Answer out{.range = {}, .year = year_loss(setting, model, executor).value()};
  out.range = payment_range(setting, model, out.year, executor).value();
  return out;
}

TEST_CASE("interval: without parameter uncertainty the range is the central estimate") {
  const Answer answer =
      run({.frequency_sd = 0.0, .severity_sd = 0.0, .correlation = 0.5, .members = 64});
  CHECK(answer.range.low == doctest::Approx(answer.year.insured).epsilon(0.005));
  CHECK(answer.range.high == doctest::Approx(answer.range.low));
}

TEST_CASE(
    "interval: fully correlated frequencies give the quantiles of one lognormal of mean one") {
  const Answer answer =
      run({.frequency_sd = 0.6, .severity_sd = 0.0, .correlation = 1.0, .members = 16'384});
  const double low = std::exp(-1.6448536 * 0.6 - 0.18);
  const double high = std::exp(1.6448536 * 0.6 - 0.18);
  CHECK(answer.range.low / answer.year.insured == doctest::Approx(low).epsilon(0.03));
  CHECK(answer.range.high / answer.year.insured == doctest::Approx(high).epsilon(0.03));
  CHECK(answer.range.mean / answer.year.insured == doctest::Approx(1.0).epsilon(0.02));
}

TEST_CASE(
    "interval: independent perils and smaller uncertainty give a narrower range round the same "
    "mean") {
  const auto width = [](const Answer& answer) {
    return (answer.range.high - answer.range.low) / answer.year.insured;
  };
  const Answer one =
      run({.frequency_sd = 0.6, .severity_sd = 0.4, .correlation = 1.0, .members = 4096});
  const Answer apart =
      run({.frequency_sd = 0.6, .severity_sd = 0.4, .correlation = 0.0, .members = 4096});
  const Answer small =
      run({.frequency_sd = 0.3, .severity_sd = 0.2, .correlation = 0.0, .members = 4096});
  CHECK(width(apart) < 0.85 * width(one));
  CHECK(width(small) < 0.6 * width(apart));
  for (const Answer* answer : {&one, &apart, &small}) {
    CHECK(answer->range.low < answer->year.insured);
    CHECK(answer->range.high > answer->year.insured);
    CHECK(answer->range.mean / answer->year.insured == doctest::Approx(1.0).epsilon(0.05));
  }
}

}  // namespace
}  // namespace anlan::engine
