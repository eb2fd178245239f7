// What the loss model says of a published figure of claims experience: the events of the scenario
// table counted as an insurer would count claims, once for the constants as they stand and once for
// every member of the parameter ensemble.
//
// A member multiplies each peril's frequency and all its amounts; an amount that passes the claim
// threshold then counts. Its severity factor multiplies hours too where hours are the figure, cut
// as the hours are.
#pragma once

#include <cstddef>

#include "base/result.h"
#include "engine/backtests.h"
#include "engine/loss_model.h"
#include "engine/scenario_table.h"

namespace anlan::engine {

// Of one figure, in the model's own units: shares, ratios, hours, minor units.
struct Prediction {
  double central = 0.0;
  double low = 0.0;   // 5 % of the members lie below
  double high = 0.0;  // 5 % lie above
};

// Averages over all events of the table, before any policy. `figure` is neither kNone nor kPayment
// (ANLAN_CHECK). A ratio to nothing is 0: a company without such claims. Cost: about 0.1 s, nearly
// all of it for medians and the sorting of the events.
struct ExperienceSetting {
  const Hazard* hazard = nullptr;
  const ScenarioTable* table = nullptr;
  ClaimRule claim;
};
Prediction predict(const ExperienceSetting& setting, const PublishedFigure& figure);

}  // namespace anlan::engine
