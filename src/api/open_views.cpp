#include "api/open_views.h"

#include <algorithm>
#include <array>

#include "api/http_body.h"
#include "api/operation.h"
#include "api/service_reply.h"

namespace anlan::api {

using platform::HttpReply;
using platform::HttpRequest;

bool is_open(const Operation& operation) {
  constexpr std::array<std::string_view, 5> kOpen{"package list", "product list", "quote indicate",
                                                  "wording list", "wording show"};
  return std::find(kOpen.begin(), kOpen.end(), operation.name) != kOpen.end();
}

bool is_open_request(const Operation& operation) {
  constexpr std::array<std::string_view, 2> kOpen{"premium notice", "verify"};
  return std::find(kOpen.begin(), kOpen.end(), operation.name) != kOpen.end();
}

Result<HttpReply> open_request(Session& session, const RouteFound& found,
                               const HttpRequest& request) {
  ANLAN_TRY(HttpWords asked, words_of_body(*found.route, found.parameter, request.body));
  session.options().files = std::move(asked.files);
  ANLAN_TRY(const Reply reply, run_operation(session, asked.words));
  return json_reply(200, reply.json);
}

Result<HttpReply> open_view(Session& session, const RouteFound& found, const HttpRequest& request) {
  const Operation& operation = *found.route->operation;
  const bool lists = is_listing(operation);
  ANLAN_TRY(HttpWords asked,
            words_of_query(*found.route, found.parameter, query_without_page(request, lists)));
  ANLAN_TRY(const Page page, lists ? read_page(request) : Result<Page>(Page{}));
  session.options().files = std::move(asked.files);  // and no other file is read
  ANLAN_TRY(Reply reply, run_operation(session, asked.words));
  if (lists) {
    ANLAN_TRY(reply.json, paged(std::move(reply.json), page));
  }
  HttpReply out = json_reply(200, reply.json);
  give_tag(request, out);
  return out;
}

}  // namespace anlan::api
