#include "engine/control_score.h"

#include <algorithm>

#include "base/maths.h"

namespace anlan::engine {
namespace {

struct Moments {
  double mean = 0.0;
  double variance = 0.0;
};

// What is believed of the gap of one control; `known` is null where nothing is known of it.
Moments gap_of(const ControlPrior& prior, const domain::ControlState* known) {
  const double spread = prior.typical * (1.0 - prior.typical);
  if (!known) return {.mean = 1.0 - prior.typical, .variance = spread};
  constexpr double kPpm = 1e6;
  const double gap = known->gap.ppm() / kPpm;
  const double doubt = known->trust.rest().ppm() / kPpm * spread;
  // A bad answer counts in full. What is not believed about it goes to nothing as the control does,
  // and meets that of a good answer at the typical state: so a better state never scores worse.
  const double state = 1.0 - gap;
  const bool good = state >= prior.typical;
  return {.mean = gap, .variance = good ? doubt : doubt * state / prior.typical};
}

// The state of the control, or null where it is not listed or only inferred.
const domain::ControlState* find_known(std::span<const domain::ControlState> known,
                                       const domain::ControlName& control) {
  const auto found = std::find_if(known.begin(), known.end(), [&](const domain::ControlState& s) {
    return s.control == control && s.source != domain::FactSource::kInferred;
  });
  return found == known.end() ? nullptr : &*found;
}

bool acts(const ControlPrior& prior, const ScoreOf& what) {
  if (what.frequency) return prior.on_frequency;
  return std::find(prior.drivers.begin(), prior.drivers.end(), what.driver) != prior.drivers.end();
}

// E[e^g(mean + sd Z)], Z standard normal. For analytic integrands the trapezoid rule on the line
// converges faster than any power; a step of 1/4 over +-8 is good to the last digits.
double expected_effect(const Moments& x, double log_cap) {
  constexpr int kSteps = 32;
  constexpr double kStep = 0.25;
  const double sd = maths::sqrt(x.variance);
  double sum = 0.0;
  double weights = 0.0;
  for (int i = -kSteps; i <= kSteps; ++i) {
    const double z = i * kStep;
    const double weight = maths::exp(-0.5 * z * z);
    const double e = maths::expm1(2.0 * (x.mean + sd * z) / log_cap);
    sum += weight * maths::exp(log_cap * (e / (e + 2.0)));  // tanh(y) = expm1(2y) / (expm1(2y) + 2)
    weights += weight;
  }
  return sum / weights;
}

}  // namespace

double control_factor(const ControlPriors& priors, std::span<const domain::ControlState> known,
                      const ScoreOf& what) {
  Moments own;
  Moments sector;
  bool differs = false;
  for (const ControlPrior& prior : priors.rows) {
    const double effect = prior.log_risk * prior.relevance[what.peril];
    if (effect == 0.0 || !acts(prior, what)) continue;
    const domain::ControlState* const state = find_known(known, prior.control);
    const Moments average = gap_of(prior, nullptr);
    const Moments here = gap_of(prior, state);
    differs = differs || state != nullptr;
    own.mean += effect * here.mean;
    own.variance += effect * effect * here.variance;
    sector.mean += effect * average.mean;
    sector.variance += effect * effect * average.variance;
  }
  if (!differs) return 1.0;
  return expected_effect(own, priors.log_cap) / expected_effect(sector, priors.log_cap);
}

ControlEffects::ControlEffects(const ControlPriors& priors,
                               std::span<const domain::ControlState> known) {
  for (std::size_t peril = 0; peril < kPerilCount; ++peril) {
    values_[peril][0] = control_factor(priors, known, {.peril = peril});
    for (const auto& entry : enum_names(static_cast<Driver*>(nullptr))) {
      values_[peril][1 + index_of(entry.value)] = control_factor(
          priors, known, {.peril = peril, .frequency = false, .driver = entry.value});
    }
  }
}

}  // namespace anlan::engine
