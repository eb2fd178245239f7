// The description of the service, OpenAPI 3.1, derived from the table of operations: a route that
// is not in it is not served.
#pragma once

#include "api/library.h"
#include "api/reply_shapes.h"
#include "base/node.h"

namespace anlan::api {

// A reply without a shape may be anything.
Node openapi(const ReplyShapes& shapes);

// The same as one line of JSON, with the shapes of data/api/replies.toml. Refuses what reading them
// refuses.
Result<std::string> openapi_text(Library& files);

}  // namespace anlan::api
