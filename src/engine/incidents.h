// The incidents of a year: how many there are, and the draws that say which ones.
//
// Their number is Poisson with a rate that one gamma of mean 1 multiplies, the same for all perils
// of a company: negative binomial (Klugman, Panjer, Willmot 2012, Loss Models, 6.3).
#pragma once

#include <cstdint>
#include <vector>

#include "base/random.h"
#include "base/sobol.h"

namespace anlan::engine {

// What one year is followed for. At one incident a year and a gamma of shape 4 one year in 10^18
// has more, at ten 0.3 % of the years; a price takes what would come after as meeting the state
// that the last one left, a distribution of years counts such a year with this many.
inline constexpr std::size_t kIncidentsMax = 32;

// P(N = 0), P(N = 1), ..., the last with all that are more: as many as have a share of the rate
// that counts, kIncidentsMax + 1 at most. {1} where the rate is 0. `gamma` is the shape.
std::vector<double> incident_counts(double rate, double gamma);

// P(N >= 1), P(N >= 2), ... until what is left is below one millionth of the rate, at most
// `count_max` of them; they sum to the rate. Empty where it is 0.
std::vector<double> incidents_at_least(double rate, double gamma, std::size_t count_max);

// Sequences of incidents of one replicate: which peril and which of its events, each as a uniform
// number on (0, 1). Low-discrepancy for the first eight incidents, which carry the variance; plain
// counter-based numbers for those that follow.
class IncidentDraws {
 public:
  // `incidents` 1 or more. `key` names the replicate.
  IncidentDraws(std::size_t incidents, const RandomKey& key);
  double peril(std::size_t sequence, std::size_t incident) const {
    return at(sequence, 2 * incident);
  }
  double event(std::size_t sequence, std::size_t incident) const {
    return at(sequence, 2 * incident + 1);
  }

 private:
  double at(std::size_t sequence, std::size_t dimension) const;
  SobolPoints first_;
  RandomStream rest_;
};

}  // namespace anlan::engine
