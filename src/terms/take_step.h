// What steps of ladders take of an incident that is to be settled.
#pragma once

#include <cstdint>
#include <string>

#include "terms/obligation.h"
#include "terms/settle.h"

namespace anlan::terms {

// The loss of which steps take their share, at most kAmountMax: that of the incident in all
// sections, of a parametric section the measured amount of the whole outage, less what services
// render in kind in this year. An outage of another provider than the section names is no loss.
std::int64_t loss_of(const Plan& plan, const Incident& incident, const YearState& year);

// What the step takes, of a loss of so much, on top of what the incident has; each part names the
// first clause that takes it, the limit that which leaves least.
void take_step(const LadderStep& step, const std::string& clause, std::int64_t loss,
               std::int64_t occurrence_retention, Incident& out);

}  // namespace anlan::terms
