// Operations `share ...`: links to one answer for somebody without an account.
#pragma once

#include <vector>

#include "api/operation.h"

namespace anlan::api {

std::vector<Operation> share_operations();

}  // namespace anlan::api
