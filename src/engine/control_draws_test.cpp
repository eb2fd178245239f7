#include "engine/control_draws.h"

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include "engine/control_score.h"

namespace anlan::engine {
namespace {

// One control of relative risk 1 to 1.2 to 1.5, one of 1.3 to 2 to 3, one that asks for a fact;
// shrunk by 0.35.
ControlPriors priors() {
  ControlPriors out;
  const auto add = [&](const char* name, double low, double mid, double high) {
    ControlPrior row{.control = {name},
                     .log_risk = 0.35 * std::log(mid),
                     .log_low = 0.35 * std::log(low),
                     .log_high = 0.35 * std::log(high),
                     .typical = 0.4};
    row.relevance[0] = 1.0;
    out.rows.push_back(row);
  };
  add("A-1", 1.0, 1.2, 1.5);
  add("A-2", 1.3, 2.0, 3.0);
  add("A-3", 1.0, 1.0, 1.0);
  return out;
}

double share_below(std::span<const double> values, double bound) {
  const auto below =
      std::count_if(values.begin(), values.end(), [&](double value) { return value < bound; });
  return static_cast<double>(below) / static_cast<double>(values.size());
}

TEST_CASE("control draws: the stated middle is the median, the stated ends hold 80 %") {
  const ControlPriors prior = priors();
  const ControlDraws draws(prior, {.seed = 7, .members = 16'384, .correlation = 0.25});
  for (const std::size_t row : {0, 1}) {
    const ControlPrior& of = prior.rows[row];
    CHECK(std::fabs(share_below(draws.log_risk(row), of.log_risk) - 0.5) < 0.015);
    CHECK(std::fabs(share_below(draws.log_risk(row), of.log_high) - 0.9) < 0.01);
    CHECK(std::fabs(share_below(draws.log_risk(row), of.log_low + 1e-12) - 0.1) < 0.01);
  }
  // No effect at the low end is none below it: no control makes losses worse.
  CHECK(share_below(draws.log_risk(0), 0.0) == 0.0);
  CHECK(share_below(draws.log_risk(1), 0.0) == 0.0);
  CHECK(draws.log_risk(2).empty());
}

TEST_CASE("control draws: a control keeps its draws when others come and go") {
  ControlPriors more = priors();
  more.rows.push_back(more.rows[1]);
  const ControlDraws draws(priors(), {.seed = 7, .members = 32, .correlation = 0.25});
  const ControlDraws with_more(more, {.seed = 7, .members = 64, .correlation = 0.25});
  for (std::size_t m = 0; m < 32; ++m) {
    CHECK(draws.log_risk(0)[m] == with_more.log_risk(0)[m]);
    CHECK(draws.log_risk(1)[m] == with_more.log_risk(1)[m]);
  }
}

TEST_CASE("control draws: a member's effect is control_factor with the risks that it drew") {
  const ControlPriors prior = priors();
  const ControlDraws draws(prior, {.seed = 7, .members = 64, .correlation = 0.25});
  const std::vector<domain::ControlState> known{{.control = {"A-2"},
                                                 .gap = Share::from_percent(70),
                                                 .trust = Share::from_percent(60),
                                                 .source = domain::FactSource::kDeclared}};
  const ScoreOf what{.peril = 0};
  const std::vector<double> own = log_effects(prior, draws, known, what);
  const std::vector<double> sector = log_effects(prior, draws, {}, what);
  for (std::size_t m = 0; m < draws.members(); ++m) {
    ControlPriors drawn = prior;
    for (const std::size_t row : {0, 1}) drawn.rows[row].log_risk = draws.log_risk(row)[m];
    CHECK(std::fabs(std::exp(own[m] - sector[m]) / control_factor(drawn, known, what) - 1.0) <
          1e-6);
  }
  CHECK(log_effects(prior, draws, known, {.peril = 3}).empty());
  CHECK(same_effect(prior, known, known, what));
  CHECK(!same_effect(prior, known, {}, what));
  CHECK(same_effect(prior, known, {}, {.peril = 3}));
}

}  // namespace
}  // namespace anlan::engine
