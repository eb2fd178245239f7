// The effect of a company's controls on one rate, relative to an average company of its sector
// (MODEL.md 3).
#pragma once

#include <array>
#include <span>
#include <vector>

#include "domain/control.h"
#include "engine/control_draws.h"
#include "engine/control_priors.h"

namespace anlan::engine {

// Which effect: on the frequency of a peril, or on a driver of its severity.
struct ScoreOf {
  std::size_t peril = 0;  // index in domain::peril_kinds()
  bool frequency = true;
  Driver driver = Driver::kDowntime;  // when not frequency
};

// exp(score): E[e^g(x) | what is known of the company] / E[e^g(x)] of the sector, where
//   x = sum over controls of log_risk x gap x relevance,  g(x) = log_cap tanh(x / log_cap).
// A control that is not listed, or only inferred, is that of an average company: it works with
// probability `typical`, else it is absent, independent of the others (assumption). So a company
// without answers has exactly 1, and the sector's base rate is preserved. The gap of a listed
// control already holds what its trust is worth (protection/control_state.h); what is not trusted
// of an answer stays uncertain, in full at the typical state and above, less the nearer a bad one
// is to absent, which is believed. The factor never rises with the state of a control. x is taken
// as normal with its exact mean and variance, the expectation by the trapezoid rule.
double control_factor(const ControlPriors& priors, std::span<const domain::ControlState> known,
                      const ScoreOf& what);

// ln E[e^g(x) | what is known] in each member, with the effects that the member draws: that of a
// company less that of nothing known is ln control_factor. Empty where no control acts on the rate.
// The expectation by the Gauss rule of 7 nodes (Abramowitz & Stegun 1964, 25.4.46): relative error
// 2e-6 where the standard deviation of x is 0.3 of log_cap, 2e-4 where it is half of it. About 0.2
// ms for 1,024.
std::vector<double> log_effects(const ControlPriors& priors, const ControlDraws& drawn,
                                std::span<const domain::ControlState> known, const ScoreOf& what);

// Whether the two sets of states give this rate the same effect, whatever the controls really do.
bool same_effect(const ControlPriors& priors, std::span<const domain::ControlState> one,
                 std::span<const domain::ControlState> other, const ScoreOf& what);

// All of them for one set of controls. Worth making where many companies share it.
class ControlEffects {
 public:
  ControlEffects(const ControlPriors& priors, std::span<const domain::ControlState> known);
  double of(const ScoreOf& what) const {
    return values_[what.peril][what.frequency ? 0 : 1 + index_of(what.driver)];
  }

 private:
  std::array<std::array<double, 1 + kDriverCount>, kPerilCount> values_{};
};

}  // namespace anlan::engine
