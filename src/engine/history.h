// What a company's own loss history does to its frequencies.
#pragma once

#include "engine/credibility.h"
#include "engine/risk_input.h"

namespace anlan::engine {

// The company's incidents of the perils that its history counts (PerilHazard::own_history) are a
// year Poisson with rate `rate` x G, G gamma of mean 1 and this shape before anything was seen
// (MODEL.md 3). After its history the frequency of each of these perils is multiplied by
//   factor = E[G | history] = Z n / (rate t) + (1 - Z),  Z = rate t / (shape + rate t),
// and next year's number is negative binomial with `shape`: the posterior of credibility.h.
struct HistoryEffect {
  double factor = 1.0;
  double shape = 1.0;
  double credibility = 0.0;  // Z
};

// shape above 0, rate at least 0; a company that cannot have incidents keeps factor 1.
HistoryEffect history_effect(double shape, double rate, const LossHistory& history);

}  // namespace anlan::engine
