#include "engine/history.h"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/fixture_test.h"
#include "engine/loss_model.h"

namespace anlan::engine {
namespace {

TEST_CASE("history: at 5 % a year and a prior scatter of 50 % one clean year is worth 1.2 %") {
  // MODEL.md 3.
  const HistoryEffect after = history_effect(4.0, 0.05, {.incidents = 0, .months = 12});
  CHECK(std::fabs(1.0 - after.factor - 0.0123457) < 1e-6);
  CHECK(std::fabs(after.credibility - 0.0123457) < 1e-6);
  CHECK(after.shape == 4.0);
}

TEST_CASE("history: nothing seen leaves the prior as it is") {
  const HistoryEffect after = history_effect(4.0, 0.05, {});
  CHECK(after.factor == 1.0);
  CHECK(after.shape == 4.0);
  CHECK(after.credibility == 0.0);
}

TEST_CASE("history: the factor is the credibility mean of what was seen and of the prior") {
  for (const double rate : {0.02, 0.3, 2.0}) {
    for (const std::int64_t seen : {0, 1, 3}) {
      const HistoryEffect after = history_effect(2.5, rate, {.incidents = seen, .months = 36});
      const double own = static_cast<double>(seen) / (3.0 * rate);
      const double z = after.credibility;
      CHECK(std::fabs(after.factor - (z * own + 1.0 - z)) < 1e-12);
    }
  }
}

TEST_CASE("history: the posterior is Bayes' rule on the grid of the gamma") {
  const double shape = 4.0;
  const double rate = 0.4;
  double mass = 0.0;
  double mean = 0.0;
  for (double g = 0.0005; g < 12.0; g += 0.001) {
    const double prior = std::pow(g, shape - 1.0) * std::exp(-shape * g);
    const double exposure = rate * g * 3.0;
    const double seen = exposure * exposure * std::exp(-exposure);  // two incidents in three years
    mass += prior * seen;
    mean += g * prior * seen;
  }
  const HistoryEffect after = history_effect(shape, rate, {.incidents = 2, .months = 36});
  CHECK(std::fabs(after.factor - mean / mass) < 1e-6);
}

TEST_CASE("history: a peril that the company is not asked for neither weighs nor moves") {
  Hazard hazard = fixture::plain_hazard();
  hazard.perils = {fixture::peril("wiper", 0.01, {}), fixture::peril("vendor_breach", 0.03, {})};
  hazard.perils[1].own_history = false;
  RiskInput company = reference_company(hazard);
  company.history = {.incidents = 1, .months = 36};
  const LossModel model = make_loss_model(hazard, company, ControlUse::kOwn);
  CHECK(std::fabs(model.perils[0].frequency - 0.01 * (4.0 + 1.0) / (4.0 + 0.03)) < 1e-14);
  CHECK(model.perils[1].frequency == 0.03);
}

TEST_CASE("history: every frequency of the company moves by the same factor") {
  Hazard hazard = fixture::plain_hazard();
  hazard.perils = {fixture::peril("wiper", 0.01, {}), fixture::peril("insider", 0.03, {})};
  RiskInput company = reference_company(hazard);
  company.history = {.incidents = 1, .months = 36};
  const LossModel model = make_loss_model(hazard, company, ControlUse::kOwn);
  const double factor = (4.0 + 1.0) / (4.0 + 0.12);
  CHECK(std::fabs(model.perils[0].frequency - 0.01 * factor) < 1e-14);
  CHECK(std::fabs(model.perils[1].frequency - 0.03 * factor) < 1e-14);
  CHECK(model.history.shape == 5.0);
}

}  // namespace
}  // namespace anlan::engine
