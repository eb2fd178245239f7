// What one's own short history says about a rate: gamma prior, Poisson claims.
//
// The posterior of a gamma (shape, rate) after k claims in t years is gamma (shape + k, rate + t);
// the posterior mean is Z k/t + (1 - Z) prior mean with Z = t / (t + rate), and the next year's
// count is negative binomial (H. Buehlmann and A. Gisler 2005, "A Course in Credibility Theory",
// section 2.4). Exact for this family, so Buehlmann's Z is no approximation here.
#pragma once

#include <span>

#include "engine/frequency.h"

namespace anlan::engine {

struct GammaPrior {
  double shape = 1.0;
  double rate = 1.0;  // per year
};
// shape = 1/cv^2, rate = shape/mean.
GammaPrior gamma_prior(double mean, double cv);

struct Posterior {
  GammaPrior gamma;
  double mean = 0.0;
  double credibility = 0.0;     // Z
  NegativeBinomial next_year;   // predictive count
  double none_next_year = 0.0;  // P(no claim)
};
Posterior posterior_rate(const GammaPrior& prior, double claims, double years);

}  // namespace anlan::engine
