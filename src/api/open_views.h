// What anybody may ask for without an account, of the one house that its server names for it: what
// there is to buy, in which words, and about what it costs.
#pragma once

#include "api/http_route.h"
#include "api/session.h"
#include "platform/http.h"

namespace anlan::api {

// Views that tell nothing of the house's business and record nothing.
bool is_open(const Operation& operation);

// The reply to a GET of one. Refuses what words_of_query, read_page and the operation refuse.
Result<platform::HttpReply> open_view(Session& session, const RouteFound& found,
                                      const platform::HttpRequest& request);

}  // namespace anlan::api
