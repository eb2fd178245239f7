// The forms of a reply over HTTP: JSON, the one error shape, pages of lists, entity tags.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/row_window.h"
#include "api/session.h"
#include "base/node.h"
#include "platform/http.h"

namespace anlan::api {

platform::HttpReply json_reply(int status, const Node& json);

// {"error": {...}, "request": id}, with the status of the refusal.
platform::HttpReply error_reply(Session& session, const Refusal& refusal, std::string_view request);

// 400 what was sent is wrong whatever the house holds; 401 nobody is signed in; 403 whoever sent it
// may not; 404 not there; 405 another method; 409 the house says no now; 422 the key of another
// request; 429 too many tries; 503 no room.
int status_of(const Refusal& refusal);

// Of a list in the order of its ids: at most `limit` rows behind the one with the id `after`, so
// that rows that come in meanwhile move none: {"items": [...], "next": "pol_97" or null}. What is
// no list stays as it is. Refuses kPageMalformed.
inline constexpr std::size_t kPageMax = 1'000;
inline constexpr std::size_t kPageUsual = 100;
struct Page {
  std::size_t limit = kPageUsual;
  std::string after;
};
// What a query asks beside the page.
std::vector<std::pair<std::string, std::string>> query_without_page(
    const platform::HttpRequest& request, bool lists);
Result<Page> read_page(const platform::HttpRequest& request);
Result<Node> paged(Node json, const Page& page, const RowWindow::Seen& seen = {});

// Strong: of the bytes.
std::string entity_tag(std::string_view body);
// Tags the reply to a GET; what somebody has already is not sent again.
void give_tag(const platform::HttpRequest& request, platform::HttpReply& reply);

}  // namespace anlan::api
