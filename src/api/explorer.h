// The explorer: pages of the server itself that show the description of its operations and try
// them. Nothing of them comes from elsewhere, and nothing that is typed into them is stored.
#pragma once

#include "api/library.h"
#include "base/result.h"
#include "platform/http.h"

namespace anlan::api {

// GET /explorer and the two files that it loads, from data/explorer/. Refuses kNoSuchPath.
Result<platform::HttpReply> explorer(Library library, const platform::HttpRequest& request);

}  // namespace anlan::api
