// Operations of paying through a gateway.
#pragma once

#include <vector>

#include "api/operation.h"

namespace anlan::api {

std::vector<Operation> payment_operations();

}  // namespace anlan::api
