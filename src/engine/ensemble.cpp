#include "engine/ensemble.h"

#include "base/maths.h"
#include "base/normal.h"
#include "base/random.h"
#include "engine/streams.h"

namespace anlan::engine {

double lognormal_factor(double z, double sd) { return maths::exp(sd * z - 0.5 * sd * sd); }

std::vector<EnsembleDraw> draw_ensemble(const Hazard& hazard, std::uint64_t seed) {
  const Ensemble& ensemble = hazard.ensemble;
  const double common = maths::sqrt(ensemble.correlation);
  const double own = maths::sqrt(1.0 - ensemble.correlation);
  std::vector<EnsembleDraw> out;
  for (std::int64_t m = 0; m < ensemble.members; ++m) {
    const RandomStream stream(
        {.seed = seed, .subject = static_cast<std::uint64_t>(m), .stream = kEnsembleStream});
    const auto normal = [&](std::size_t draw) { return maths::normal_quantile(stream.unit(draw)); };
    const double frequency_common = common * normal(0);
    const double severity_common = common * normal(1);
    for (const PerilHazard& peril : hazard.perils) {
      const std::size_t place = 2 + 2 * peril_index(peril.peril.text);
      out.push_back({.frequency = lognormal_factor(frequency_common + own * normal(place),
                                                   ensemble.frequency_sd),
                     .severity = severity_common + own * normal(place + 1)});
    }
  }
  return out;
}

}  // namespace anlan::engine
