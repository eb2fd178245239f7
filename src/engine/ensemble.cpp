#include "engine/ensemble.h"

#include "base/maths.h"
#include "base/normal.h"
#include "engine/streams.h"

namespace anlan::engine {

double lognormal_factor(double z, double sd) { return maths::exp(sd * z - 0.5 * sd * sd); }

// Draws 0 and 1 are shared by the perils; each peril has two of its own, keyed by its place in the
// domain's table.
EnsembleMember::EnsembleMember(const Ensemble& ensemble, std::uint64_t seed, std::uint64_t member)
    : ensemble_(&ensemble),
      stream_({.seed = seed, .subject = member, .stream = kEnsembleStream}),
      own_(maths::sqrt(1.0 - ensemble.correlation)) {
  const double common = maths::sqrt(ensemble.correlation);
  frequency_common_ = common * normal(0);
  severity_common_ = common * normal(1);
}

double EnsembleMember::normal(std::uint64_t draw) const {
  return maths::normal_quantile(stream_.unit(draw));
}

double EnsembleMember::frequency(std::size_t peril) const {
  return lognormal_factor(frequency_common_ + own_ * normal(2 + 2 * peril),
                          ensemble_->frequency_sd);
}

double EnsembleMember::severity_normal(std::size_t peril) const {
  return severity_common_ + own_ * normal(3 + 2 * peril);
}

double EnsembleMember::severity(std::size_t peril) const {
  return lognormal_factor(severity_normal(peril), ensemble_->severity_sd);
}

std::vector<EnsembleDraw> draw_ensemble(const Hazard& hazard, std::uint64_t seed) {
  std::vector<EnsembleDraw> out;
  for (std::int64_t m = 0; m < hazard.ensemble.members; ++m) {
    const EnsembleMember member(hazard.ensemble, seed, static_cast<std::uint64_t>(m));
    for (const PerilHazard& peril : hazard.perils) {
      const std::size_t place = peril_index(peril.peril.text);
      const double severity = member.severity_normal(place);
      out.push_back({.frequency = member.frequency(place),
                     .severity = severity,
                     .factor = lognormal_factor(severity, hazard.ensemble.severity_sd)});
    }
  }
  return out;
}

}  // namespace anlan::engine
