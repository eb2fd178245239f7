// The mean loss of one peril's events before any term of a policy: a closed form, since the drivers
// of an event are independent and no term bends them.
#pragma once

#include <string_view>
#include <vector>

#include "engine/event_losses.h"
#include "engine/loss_model.h"

namespace anlan::engine {

// Of one event, minor units.
struct MeanLoss {
  double ground_up = 0.0;
  double in_sections = 0.0;  // what some section of the policy takes
};

// Lump sums: P(gate) x E[min(X, max)] x mean of the settled share, X lognormal; limited expected
// value of S. A. Klugman, H. H. Panjer and G. E. Willmot 2012 (Loss Models, 4th ed., A.5.1). One
// that grows with the records taken: limited_records_mean.
// Interruptions: P(gate) x hourly x E[min(1, f B)] x E[min(hours, max)] x mean level of the curve,
// B beta: E[min(1, f B)] = f E[B] I(1/f; a + 1, b) + 1 - I(1/f; a, b). The start is uniform over
// the hours of a week whose mean activity is 1, so the profile drops out. Hours given by points:
// survival_limited_mean. What rounding to minutes
// and minor units does to each event is left out: below half a minute and half a minor unit.
MeanLoss mean_loss(const LossModel& model, std::size_t peril, const SectionMap& sections);

// The same by section of the policy, in their order, and behind them what no section takes. Sums to
// ground_up, up to rounding of doubles.
std::vector<double> mean_by_section(const LossModel& model, std::size_t peril,
                                    const SectionMap& sections);

// The same by head of loss, of every head that the peril can have; heads of interruptions are the
// first cover of the outage.
struct HeadMean {
  std::string_view head;  // in the hazard
  double amount = 0.0;    // of one event, minor units
};
std::vector<HeadMean> mean_by_head(const LossModel& model, std::size_t peril);

// E[min(median e^(sigma Z), cap)], Z standard normal; cap may be infinite, sigma 0.
double limited_lognormal(double median, double sigma, double cap);

// median S^exponent e^(sigma Z), cut at cap; S beta, the share of the records held that is taken.
struct RecordsCost {
  double median = 0.0;
  double sigma = 0.0;
  double exponent = 0.0;
  double cap = 0.0;
  maths::BetaShape share;
};

// E[min(median S^c e^(sigma Z), cap)]. Where the cap takes less than 1e-14 of the mean even of
// S = 1: median e^(sigma^2/2) B(a + c, b) / B(a, b). Else the integral over S of the limited
// lognormal mean, by the trapezoid rule in t after S = 1 / (1 + e^(-pi sinh t)) (H. Takahasi and M.
// Mori 1974, Publ. RIMS 9, 721), the step halved until the mass of the density is 1 within 1e-10
// and the value stands within 1e-12. Relative error below 1e-10 for shapes of 0.1 to 1,000.
double limited_records_mean(const RecordsCost& cost);

}  // namespace anlan::engine
