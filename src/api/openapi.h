// The description of the service, OpenAPI 3.1, derived from the table of operations: a route that
// is not in it is not served.
#pragma once

#include "base/node.h"

namespace anlan::api {

Node openapi();

}  // namespace anlan::api
