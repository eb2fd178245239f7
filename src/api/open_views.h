// What anybody may ask for without an account, of the one house that its server names for it: what
// there is to buy, in which words, and about what it costs.
#pragma once

#include "api/http_route.h"
#include "api/session.h"
#include "platform/http.h"

namespace anlan::api {

// Views that tell nothing of the house's business and record nothing.
bool is_open(const Operation& operation);

// What is sent without an account, and proves itself: a notice by the gateway's signature, a paper
// by that of its house. Only POST.
bool is_open_request(const Operation& operation);

// The reply to one. Refuses what words_of_body and the operation refuse.
Result<platform::HttpReply> open_request(Session& session, const RouteFound& found,
                                         const platform::HttpRequest& request);

// The reply to a GET of one. Refuses what words_of_query, read_page and the operation refuse.
Result<platform::HttpReply> open_view(Session& session, const RouteFound& found,
                                      const platform::HttpRequest& request);

}  // namespace anlan::api
