// The operations on webhooks, a part of the table (operation.h).
#pragma once

#include <vector>

#include "api/operation.h"

namespace anlan::api {

std::vector<Operation> webhook_operations();

}  // namespace anlan::api
