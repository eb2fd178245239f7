// The parameter ensemble: what each member multiplies the frequencies by and how far its severities
// lie from the middle. It depends on the hazard and the seed only, so it is drawn once for all
// companies.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/hazard.h"

namespace anlan::engine {

struct EnsembleDraw {
  double frequency = 1.0;  // factor on the frequency; lognormal of mean 1
  double severity = 0.0;   // z of ln severity
};

// e^(sd z) with mean 1.
double lognormal_factor(double z, double sd);

// Member by member, within it peril by peril in the order of the hazard. One normal is shared by
// the perils of a member (correlation of the ensemble), each peril has two of its own, keyed by its
// place in the domain's table.
std::vector<EnsembleDraw> draw_ensemble(const Hazard& hazard, std::uint64_t seed);

}  // namespace anlan::engine
