// Posture: what is proven to run at an instant. The same function serves underwriting, where the
// instant is now, and a claim, where it is the incident's.
#pragma once

#include <span>

#include "domain/control.h"
#include "domain/protection.h"
#include "protection/catalogue.h"

namespace anlan::protection {

// An observation bears on an instant when it began before it and its last signal is not older than
// the order's line allows. A product runs when such an observation saw enough of its devices.
// Without an observation nothing is ever verified; an old signal makes a product degraded, and says
// nothing about a breach. Days are those of `offset`.

// ordered: before the order begins, or nothing was seen yet; provisioned: something was seen, never
// all products running at once; verified_running: all run; degraded: all ran once, not at `at`;
// ended: at or after the order's end. Cost: observations squared in the worst case (never
// verified).
domain::OrderState order_state(const domain::Order& order,
                               std::span<const domain::Observation> observations, Instant at,
                               UtcOffset offset = {});

// What posture_at looks at. Observations of other orders and answers given after `at` are left out.
struct PostureInput {
  std::span<const domain::Order> orders;
  std::span<const domain::Observation> observations;
  std::span<const domain::Answer> answers;
  Instant at;
  UtcOffset offset = {};
};
domain::Posture posture_at(const PostureInput& input);

// The controls as they would be seen once these products ran, with a signal of every device at
// `now.at`: what their observations would add. A control that its product proves already stays as
// it is seen, and so does the list of products.
domain::Posture once_running(domain::Posture now, std::span<const Product* const> products);

// The controls that are proven to run, by name: what a claim decision records.
std::vector<domain::ControlName> proven_controls(const domain::Posture& posture);

}  // namespace anlan::protection
