#include "engine/ensemble.h"

#include <algorithm>

#include "base/maths.h"
#include "base/normal.h"
#include "engine/streams.h"

namespace anlan::engine {
namespace {

// Draws of a member's stream: two that the perils share, two of each peril's own, by its place in
// the domain's table.
constexpr std::uint64_t kCommonFrequency = 0;
constexpr std::uint64_t kCommonSeverity = 1;
constexpr std::uint64_t frequency_draw(std::size_t peril) { return 2 + 2 * peril; }
constexpr std::uint64_t severity_draw(std::size_t peril) { return 3 + 2 * peril; }

double member_unit(std::uint64_t seed, std::uint64_t member, std::uint64_t draw) {
  return unit({.seed = seed, .subject = member, .stream = kEnsembleStream}, draw);
}

// Standard normal draws of all members for one dimension, which is a draw of their streams. A Latin
// hypercube (M. D. McKay, R. J. Beckman, W. J. Conover 1979, Technometrics 21, 239): each member
// keeps its rank and takes the middle of that one of equally likely classes, so that the marginal
// distribution has no scatter of its own.
std::vector<double> stratified_normals(std::size_t members, std::uint64_t seed,
                                       std::uint64_t draw) {
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t m = 0; m < members; ++m) order.emplace_back(member_unit(seed, m, draw), m);
  std::sort(order.begin(), order.end());
  std::vector<double> out(members);
  for (std::size_t rank = 0; rank < members; ++rank) {
    const double middle = (static_cast<double>(rank) + 0.5) / static_cast<double>(members);
    out[order[rank].second] = maths::normal_quantile(middle);
  }
  return out;
}

}  // namespace

double lognormal_factor(double z, double sd) { return maths::exp(sd * z - 0.5 * sd * sd); }

EnsembleMember::EnsembleMember(const Ensemble& ensemble, std::uint64_t seed, std::uint64_t member)
    : ensemble_(&ensemble),
      stream_({.seed = seed, .subject = member, .stream = kEnsembleStream}),
      own_(maths::sqrt(1.0 - ensemble.correlation)) {
  const double common = maths::sqrt(ensemble.correlation);
  frequency_common_ = common * normal(kCommonFrequency);
  severity_common_ = common * normal(kCommonSeverity);
}

double EnsembleMember::normal(std::uint64_t draw) const {
  return maths::normal_quantile(stream_.unit(draw));
}

double EnsembleMember::frequency(std::size_t peril) const {
  return lognormal_factor(frequency_common_ + own_ * normal(frequency_draw(peril)),
                          ensemble_->frequency_sd);
}

double EnsembleMember::severity_normal(std::size_t peril) const {
  return severity_common_ + own_ * normal(severity_draw(peril));
}

double EnsembleMember::severity(std::size_t peril) const {
  return lognormal_factor(severity_normal(peril), ensemble_->severity_sd);
}

std::vector<EnsembleDraw> draw_ensemble(const Hazard& hazard, std::uint64_t seed) {
  const auto members = static_cast<std::size_t>(hazard.ensemble.members);
  const double common = maths::sqrt(hazard.ensemble.correlation);
  const double own = maths::sqrt(1.0 - hazard.ensemble.correlation);
  const std::vector<double> frequency = stratified_normals(members, seed, kCommonFrequency);
  const std::vector<double> severity = stratified_normals(members, seed, kCommonSeverity);
  std::vector<EnsembleDraw> out(members * hazard.perils.size());
  for (std::size_t p = 0; p < hazard.perils.size(); ++p) {
    const std::size_t place = peril_index(hazard.perils[p].peril.text);
    const auto own_frequency = stratified_normals(members, seed, frequency_draw(place));
    const auto own_severity = stratified_normals(members, seed, severity_draw(place));
    for (std::size_t m = 0; m < members; ++m) {
      const double z = common * severity[m] + own * own_severity[m];
      out[m * hazard.perils.size() + p] = {
          .frequency = lognormal_factor(common * frequency[m] + own * own_frequency[m],
                                        hazard.ensemble.frequency_sd),
          .severity = z,
          .factor = lognormal_factor(z, hazard.ensemble.severity_sd)};
    }
  }
  return out;
}

}  // namespace anlan::engine
