// Operation `premium statement`: a bank's statement against what is owed.
#pragma once

#include <vector>

#include "api/operation.h"

namespace anlan::api {

std::vector<Operation> statement_operations();

}  // namespace anlan::api
