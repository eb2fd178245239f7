// Operation `sample build`: a book of made-up companies, to look at and to try things on.
#pragma once

#include <vector>

#include "api/operation.h"

namespace anlan::api {

std::vector<Operation> sample_operations();

}  // namespace anlan::api
