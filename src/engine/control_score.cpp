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

// A step of the trapezoid rule that is good to 14 digits, for ratios sd / log_cap up to 1.8: the
// integrand is analytic up to the poles of tanh at z = +-i pi / 2 log_cap / sd, and the error is
// about e^(-2 pi distance / step).
double step_for(double ratio) {
  if (ratio <= 0.35) return 0.5;
  return ratio <= 0.9 ? 0.25 : 0.125;
}

// E[e^g(mean + sd Z)], Z standard normal, by the trapezoid rule over +-8.
double expected_effect(const Moments& x, double log_cap) {
  constexpr double kReach = 8.0;
  const double sd = maths::sqrt(x.variance);
  const double step = step_for(sd / log_cap);
  const auto effect = [&](double z) {
    const double e = maths::expm1(2.0 * (x.mean + sd * z) / log_cap);
    return maths::exp(log_cap * (e / (e + 2.0)));  // tanh(y) = expm1(2y) / (expm1(2y) + 2)
  };
  // Weights e^(-z^2 / 2) by w(z + step) = w(z) e^(-step z - step^2 / 2).
  const double square = maths::exp(-step * step);
  double ratio = maths::sqrt(square);
  double weight = 1.0;
  double sum = effect(0.0);
  double weights = 1.0;
  for (double z = step; z <= kReach; z += step) {
    weight *= ratio;
    ratio *= square;
    sum += weight * (effect(z) + effect(-z));
    weights += 2.0 * weight;
  }
  return sum / weights;
}

// The states of the controls, one for each row of the priors; null where nothing is known.
using Known = std::vector<const domain::ControlState*>;

Known known_states(const ControlPriors& priors, std::span<const domain::ControlState> known) {
  Known out;
  for (const ControlPrior& prior : priors.rows) out.push_back(find_known(known, prior.control));
  return out;
}

double factor_of(const ControlPriors& priors, const Known& known, const ScoreOf& what) {
  Moments own;
  Moments sector;
  bool differs = false;
  for (std::size_t row = 0; row < priors.rows.size(); ++row) {
    const ControlPrior& prior = priors.rows[row];
    const double effect = prior.log_risk * prior.relevance[what.peril];
    if (effect == 0.0 || !acts(prior, what)) continue;
    const Moments average = gap_of(prior, nullptr);
    const Moments here = gap_of(prior, known[row]);
    differs = differs || known[row] != nullptr;
    own.mean += effect * here.mean;
    own.variance += effect * effect * here.variance;
    sector.mean += effect * average.mean;
    sector.variance += effect * effect * average.variance;
  }
  if (!differs) return 1.0;
  return expected_effect(own, priors.log_cap) / expected_effect(sector, priors.log_cap);
}

// Nodes and weights for e^(-z^2 / 2), normalised; the rule is symmetric.
struct GaussNode {
  double z = 0.0;
  double weight = 0.0;
};
constexpr double kGaussCentre = 0.45714285714285714;
constexpr GaussNode kGauss[] = {{1.1544053947399682, 0.24012317860501273},
                                {2.3667594107345414, 0.030757123967586497},
                                {3.7504397177257425, 0.00054826885597221780}};

double log_gauss_effect(double mean, double sd, double log_cap) {
  const auto effect = [&](double z) {
    const double e = maths::expm1(2.0 * (mean + sd * z) / log_cap);
    return maths::exp(log_cap * (e / (e + 2.0)));
  };
  double sum = kGaussCentre * effect(0.0);
  for (const GaussNode& node : kGauss) sum += node.weight * (effect(node.z) + effect(-node.z));
  return maths::log(sum);
}

}  // namespace

std::vector<double> log_effects(const ControlPriors& priors, const ControlDraws& drawn,
                                std::span<const domain::ControlState> known, const ScoreOf& what) {
  std::vector<double> mean;
  std::vector<double> variance;
  for (std::size_t row = 0; row < priors.rows.size(); ++row) {
    const ControlPrior& prior = priors.rows[row];
    const double relevance = prior.relevance[what.peril];
    const std::span<const double> risk = drawn.log_risk(row);
    if (relevance == 0.0 || risk.empty() || !acts(prior, what)) continue;
    mean.resize(drawn.members());
    variance.resize(drawn.members());
    const Moments gap = gap_of(prior, find_known(known, prior.control));
    const double by_mean = relevance * gap.mean;
    const double by_variance = relevance * relevance * gap.variance;
    for (std::size_t m = 0; m < risk.size(); ++m) {
      mean[m] += by_mean * risk[m];
      variance[m] += by_variance * risk[m] * risk[m];
    }
  }
  for (std::size_t m = 0; m < mean.size(); ++m) {
    mean[m] = log_gauss_effect(mean[m], maths::sqrt(variance[m]), priors.log_cap);
  }
  return mean;
}

bool same_effect(const ControlPriors& priors, std::span<const domain::ControlState> one,
                 std::span<const domain::ControlState> other, const ScoreOf& what) {
  // Two lists of the same controls, as of one company, differ in few places.
  const bool alike =
      std::equal(one.begin(), one.end(), other.begin(), other.end(),
                 [](const auto& a, const auto& b) { return a.control == b.control; });
  const auto untouched = [&](const ControlPrior& prior) {
    if (prior.relevance[what.peril] == 0.0 || !acts(prior, what)) return true;
    const Moments a = gap_of(prior, find_known(one, prior.control));
    const Moments b = gap_of(prior, find_known(other, prior.control));
    return a.mean == b.mean && a.variance == b.variance;
  };
  if (!alike) return std::all_of(priors.rows.begin(), priors.rows.end(), untouched);
  for (std::size_t i = 0; i < one.size(); ++i) {
    if (one[i] == other[i]) continue;
    const ControlPrior* const prior = priors.find(one[i].control.text);
    if (prior != nullptr && !untouched(*prior)) return false;
  }
  return true;
}

double control_factor(const ControlPriors& priors, std::span<const domain::ControlState> known,
                      const ScoreOf& what) {
  return factor_of(priors, known_states(priors, known), what);
}

ControlEffects::ControlEffects(const ControlPriors& priors,
                               std::span<const domain::ControlState> known) {
  const Known states = known_states(priors, known);
  for (std::size_t peril = 0; peril < kPerilCount; ++peril) {
    values_[peril][0] = factor_of(priors, states, {.peril = peril});
    for (const auto& entry : enum_names(static_cast<Driver*>(nullptr))) {
      values_[peril][1 + index_of(entry.value)] =
          factor_of(priors, states, {.peril = peril, .frequency = false, .driver = entry.value});
    }
  }
}

}  // namespace anlan::engine
