#include "engine/control_score.h"

#include <cmath>

#include <doctest/doctest.h>

#include "base/maths.h"

namespace anlan::engine {
namespace {

constexpr ScoreOf kFrequency{.peril = 0};

// Eight controls on the frequency of peril 0, one on its downtime.
ControlPriors priors() {
  ControlPriors out;
  for (int i = 0; i < 8; ++i) {
    ControlPrior row{.control = {"F-" + std::to_string(i)}, .log_risk = 0.2, .typical = 0.4};
    row.relevance[0] = 1.0;
    out.rows.push_back(row);
  }
  ControlPrior severity{.control = {"S-1"}, .log_risk = 0.3, .typical = 0.5, .on_frequency = false};
  severity.drivers = {Driver::kDowntime};
  severity.relevance[0] = 1.0;
  out.rows.push_back(severity);
  return out;
}

std::vector<domain::ControlState> all(std::uint32_t gap_ppm, std::uint32_t trust_ppm,
                                      domain::FactSource source = domain::FactSource::kDeclared) {
  std::vector<domain::ControlState> states;
  for (const ControlPrior& prior : priors().rows) {
    states.push_back({.control = prior.control,
                      .gap = Share::from_ppm(gap_ppm),
                      .trust = Share::from_ppm(trust_ppm),
                      .source = source});
  }
  return states;
}

TEST_CASE("score: a company of which nothing is known has the base rate of its sector, exactly") {
  CHECK(control_factor(priors(), {}, kFrequency) == 1.0);
  const auto inferred = all(600'000, 0, domain::FactSource::kInferred);
  CHECK(control_factor(priors(), inferred, kFrequency) == 1.0);
}

TEST_CASE("score: absent controls raise the rate and working ones lower it, within the cap") {
  const double worst = control_factor(priors(), all(1'000'000, 0), kFrequency);
  const double best = control_factor(priors(), all(0, 1'000'000), kFrequency);
  CHECK(worst > 1.2);
  CHECK(best < 0.6);
  CHECK(worst / best < 8.0);
  // Everything is known: both are e^g(x) over the same sector mean, and g(1.6) - g(0) is their
  // ratio.
  const double g = std::log(8.0) * std::tanh(8 * 0.2 / std::log(8.0));
  CHECK(std::fabs(std::log(worst / best) - g) < 1e-9);
}

TEST_CASE("score: the sector's rate is the mean over its companies") {
  // Every combination of working and absent controls with its probability: what the sector is.
  const ControlPriors prior = priors();
  double mean = 0.0;
  for (unsigned company = 0; company < 256; ++company) {
    std::vector<domain::ControlState> states;
    double probability = 1.0;
    for (unsigned i = 0; i < 8; ++i) {
      const bool works = (company >> i & 1U) != 0;
      probability *= works ? prior.rows[i].typical : 1.0 - prior.rows[i].typical;
      states.push_back({.control = prior.rows[i].control,
                        .gap = Share::from_ppm(works ? 0 : Share::kWhole),
                        .trust = Share::from_ppm(Share::kWhole),
                        .source = domain::FactSource::kTelemetry});
    }
    mean += probability * control_factor(prior, states, kFrequency);
  }
  CHECK(std::fabs(mean - 1.0) < 0.002);  // x is taken as normal
}

TEST_CASE("score: the more a good answer is trusted the lower the rate; a bad one needs no trust") {
  // gap as control_states gives it: 1 - (trust x 1 + (1 - trust) x 0.4)
  double before = 2.0;
  for (const std::uint32_t trust : {0U, 300'000U, 600'000U, 1'000'000U}) {
    const auto gap = static_cast<std::uint32_t>(0.6 * (1'000'000 - trust));
    const double factor = control_factor(priors(), all(gap, trust), kFrequency);
    CHECK(factor < before);
    before = factor;
  }
  const double unproved = control_factor(priors(), all(600'000, 0), kFrequency);
  CHECK(std::fabs(unproved - 1.0) < 0.05);  // an unproved yes is worth next to nothing
  // Absent is believed at once; a weak control costs nearly the same whoever says so.
  CHECK(control_factor(priors(), all(1'000'000, 0), kFrequency) ==
        control_factor(priors(), all(1'000'000, 1'000'000), kFrequency));
  CHECK(std::fabs(control_factor(priors(), all(900'000, 0), kFrequency) /
                      control_factor(priors(), all(900'000, 1'000'000), kFrequency) -
                  1.0) < 0.02);
}

TEST_CASE(
    "score: the factor falls with the state of a control, through the typical state as well") {
  for (const std::uint32_t trust : {0U, 200'000U, 600'000U, 1'000'000U}) {
    double before = 10.0;
    for (std::uint32_t state = 0; state <= 100; ++state) {
      // gap as control_states gives it; typical is 0.4
      const double found = state / 100.0;
      const double counted = found <= 0.4 ? found : 0.4 + trust / 1e6 * (found - 0.4);
      auto states = all(500'000, 500'000);
      states[0].trust = Share::from_ppm(trust);
      states[0].gap =
          Share::from_ppm(static_cast<std::uint32_t>(std::lround(1e6 * (1.0 - counted))));
      const double factor = control_factor(priors(), states, kFrequency);
      INFO("trust ", trust, ", state ", state);
      CHECK(factor <= before * (1.0 + 1e-15));
      before = factor;
    }
  }
}

TEST_CASE("score: a control acts on its own side, driver and peril only") {
  const std::vector<domain::ControlState> only_severity = {
      {.control = {"S-1"},
       .gap = Share::from_percent(100),
       .trust = {},
       .source = domain::FactSource::kScanned}};
  CHECK(control_factor(priors(), only_severity, kFrequency) == 1.0);
  const ScoreOf downtime{.peril = 0, .frequency = false, .driver = Driver::kDowntime};
  const ScoreOf payment{.peril = 0, .frequency = false, .driver = Driver::kPayment};
  const ScoreOf elsewhere{.peril = 3, .frequency = false, .driver = Driver::kDowntime};
  CHECK(control_factor(priors(), only_severity, downtime) > 1.1);
  CHECK(control_factor(priors(), only_severity, payment) == 1.0);
  CHECK(control_factor(priors(), only_severity, elsewhere) == 1.0);
}

}  // namespace
}  // namespace anlan::engine
