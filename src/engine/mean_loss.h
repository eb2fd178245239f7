// The mean loss of one peril's events before any term of a policy: a closed form, since the drivers
// of an event are independent and no term bends them.
#pragma once

#include "engine/event_losses.h"
#include "engine/loss_model.h"

namespace anlan::engine {

// Of one event, minor units.
struct MeanLoss {
  double ground_up = 0.0;
  double in_sections = 0.0;  // what some section of the policy takes
};

// Lump sums: P(gate) x E[min(X, max)] x mean of the settled share, X lognormal; limited expected
// value of S. A. Klugman, H. H. Panjer and G. E. Willmot 2012 (Loss Models, 4th ed., A.5.1).
// Interruptions: P(gate) x hourly x E[min(1, f B)] x E[min(hours, max)] x mean level of the curve,
// B beta: E[min(1, f B)] = f E[B] I(1/f; a + 1, b) + 1 - I(1/f; a, b). The start is uniform over
// the hours of a week whose mean activity is 1, so the profile drops out. What rounding to minutes
// and minor units does to each event is left out: below half a minute and half a minor unit.
MeanLoss mean_loss(const LossModel& model, std::size_t peril, const SectionMap& sections);

// E[min(median e^(sigma Z), cap)], Z standard normal; cap may be infinite, sigma 0.
double limited_lognormal(double median, double sigma, double cap);

}  // namespace anlan::engine
