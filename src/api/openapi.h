// The description of the service, OpenAPI 3.1, derived from the table of operations: a route that
// is not in it is not served.
#pragma once

#include "api/reply_shapes.h"
#include "base/node.h"

namespace anlan::api {

// A reply without a shape may be anything.
Node openapi(const ReplyShapes& shapes);

}  // namespace anlan::api
