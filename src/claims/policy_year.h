// Policy year: what the earlier settlements of a policy have used of its limits.
#pragma once

#include <span>

#include "base/result.h"
#include "domain/settlement.h"
#include "terms/settle.h"

namespace anlan::claims {

// The state in which the next incident of the year is settled: the eroded amounts of `earlier`, in
// their order, and of mitigation what its step outside the limits left. Equal to the state that
// settling those incidents one after the other leaves. Refuses kPriorMismatch (args section) when a
// settlement has a section that the plan has not, or another currency.
Result<terms::YearState> year_after(const terms::Plan& plan,
                                    std::span<const domain::Settlement> earlier);

}  // namespace anlan::claims
