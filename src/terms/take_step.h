// What steps of ladders take of an incident that is to be settled.
#pragma once

#include <cstdint>
#include <string>

#include "terms/obligation.h"
#include "terms/settle.h"

namespace anlan::terms {

// The loss of the incident in all sections, at most kAmountMax.
std::int64_t loss_of(const Incident& incident);

// What the step takes, of a loss of so much, on top of what the incident has; each part names the
// first clause that takes it, the limit that which leaves least.
void take_step(const LadderStep& step, const std::string& clause, std::int64_t loss,
               std::int64_t occurrence_retention, Incident& out);

}  // namespace anlan::terms
