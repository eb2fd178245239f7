// The parameter ensemble: what each member multiplies the frequencies by and how far its severities
// lie from the middle. It depends on the hazard and the seed only, so it is drawn once for all
// companies.
#pragma once

#include <cstdint>
#include <vector>

#include "base/random.h"
#include "engine/hazard.h"

namespace anlan::engine {

struct EnsembleDraw {
  double frequency = 1.0;  // factor on the frequency; lognormal of mean 1
  double severity = 0.0;   // z of ln severity
  double factor = 1.0;     // lognormal_factor of it
};

// e^(sd z) with mean 1.
double lognormal_factor(double z, double sd);

// One member of the ensemble: by how much every peril's frequency and amounts may be off together.
class EnsembleMember {
 public:
  EnsembleMember(const Ensemble& ensemble, std::uint64_t seed, std::uint64_t member);
  // Factor of mean one of a peril, by its index in domain::peril_kinds().
  double frequency(std::size_t peril) const;
  // Standard deviations that ln of its amounts lies off; severity() is its factor.
  double severity_normal(std::size_t peril) const;
  double severity(std::size_t peril) const;

 private:
  double normal(std::uint64_t draw) const;
  const Ensemble* ensemble_;
  RandomStream stream_;
  double own_ = 1.0;
  double frequency_common_ = 0.0;
  double severity_common_ = 0.0;
};

// Member by member, within it peril by peril in the order of the hazard. The perils of a member
// share one normal for their frequencies and one for their amounts (correlation of the ensemble),
// each peril has two of its own, keyed by its place in the domain's table. Over the members each of
// these normals is stratified (Latin hypercube), so that the ends of a range scatter less from seed
// to seed.
std::vector<EnsembleDraw> draw_ensemble(const Hazard& hazard, std::uint64_t seed);

}  // namespace anlan::engine
