// What a company's own loss history says about its frequency: the gamma-Poisson posterior.
#pragma once

#include "engine/risk_input.h"

namespace anlan::engine {

// The company's incidents a year are Poisson with rate `rate` x G, G gamma of mean 1 and this shape
// before anything was seen. After n incidents in t years G is gamma of shape + n over shape +
// rate t, so that
//   factor      = E[G] = (shape + n) / (shape + rate t) = Z n / (rate t) + (1 - Z)
//   credibility = Z = rate t / (shape + rate t)
// (H. Buhlmann and A. Gisler 2005, A Course in Credibility Theory, section 2.4; MODEL.md 3). The
// number of next year's incidents is negative binomial with the posterior's shape.
struct Posterior {
  double factor = 1.0;
  double shape = 1.0;
  double credibility = 0.0;
};

// shape above 0, rate at least 0.
Posterior posterior(double shape, double rate, const LossHistory& history);

}  // namespace anlan::engine
