#include "engine/credibility.h"

namespace anlan::engine {

GammaPrior gamma_prior(double mean, double cv) {
  const double shape = 1.0 / (cv * cv);
  return {.shape = shape, .rate = shape / mean};
}

Posterior posterior_rate(const GammaPrior& prior, double claims, double years) {
  Posterior out{.gamma = {.shape = prior.shape + claims, .rate = prior.rate + years}};
  out.mean = out.gamma.shape / out.gamma.rate;
  out.credibility = years / (years + prior.rate);
  out.next_year = {.r = out.gamma.shape, .beta = 1.0 / out.gamma.rate};
  out.none_next_year = probability_of_none({out.next_year, {}});
  return out;
}

}  // namespace anlan::engine
