// Operation `subsidy show`: what became of the budget of a scheme.
#pragma once

#include <optional>
#include <vector>

#include "api/operation.h"
#include "house/house.h"

namespace anlan::api {

std::vector<Operation> subsidy_operations();

// How the subsidy of a policy stands: scheme, state (open: not decided, granted, refused), amount,
// day of the decision and its reason; null where no scheme pays for it.
Node subsidy_node(const house::House& house, const house::PolicyFile& file);

}  // namespace anlan::api
