#include "api/door.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "api/access_refusals.h"
#include "api/refusals.h"
#include "api/service_reply.h"
#include "formats/json.h"
#include "platform/ip_address.h"
#include "platform/refusals.h"

namespace anlan::api {
namespace {

using platform::HttpField;
using platform::HttpReply;
using platform::HttpRequest;
using platform::RateTaken;

bool changes_nothing(const HttpRequest& request) {
  return request.method == "GET" || request.method == "HEAD";
}

Refusal too_many(std::int64_t seconds) {
  return Refusal{.code = refusals::kTooManyRequests,
                 .path = "authorization",
                 .value = {},
                 .args = {{.name = "seconds", .value = std::to_string(seconds)}},
                 .at = {}};
}

// draft-ietf-httpapi-ratelimit-headers-10: how many a second, and how many are left.
void add_rate_headers(std::vector<HttpField>& headers, const platform::Rate& rate,
                      const RateTaken& taken) {
  headers.push_back(
      {.name = "RateLimit-Policy", .value = fmt::format("\"second\";q={};w=1", rate.per_second)});
  headers.push_back({.name = "RateLimit",
                     .value = fmt::format("\"second\";r={};t={}", taken.left,
                                          taken.allowed ? 1 : taken.retry_seconds)});
}

}  // namespace

std::vector<HttpField> refusal_headers(const Refusal& refusal) {
  const auto of_arg = [&](std::string_view header, std::string_view name) {
    std::vector<HttpField> headers;
    for (const RefusalArg& arg : refusal.args) {
      if (arg.name == name) headers.push_back({.name = std::string(header), .value = arg.value});
    }
    return headers;
  };
  constexpr int kNobody = 401;
  constexpr int kNoRoom = 503;
  if (refusal.code == refusals::kOtherMethod) return of_arg("Allow", "allowed");
  if (refusal.code == refusals::kTooManyRequests ||
      refusal.code == platform::refusals::kSignInDelayed)
    return of_arg("Retry-After", "seconds");
  if (status_of(refusal) == kNobody) return {{.name = "WWW-Authenticate", .value = "Bearer"}};
  if (status_of(refusal) == kNoRoom) return {{.name = "Retry-After", .value = "1"}};
  return {};
}

Door::Door(platform::Accounts& accounts, const ServedHouses& houses, DoorOptions options)
    : accounts_(accounts),
      houses_(houses),
      options_(std::move(options)),
      keys_(options_.per_key),
      people_(options_.per_account) {}

// ---- what a request comes with

std::string_view Door::cookie_name() const {
  return options_.secure ? "__Host-anlan_session" : "anlan_session";
}

// Nothing where it stands twice: another site below our domain may have set one of them.
std::optional<std::string> Door::cookie_of(const HttpRequest& request) const {
  std::vector<std::string> found;
  for (const HttpField& header : request.headers) {
    if (header.name != "cookie") continue;
    std::string_view rest = header.value;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      std::string_view pair = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      while (pair.starts_with(' ')) pair.remove_prefix(1);
      const std::size_t equals = std::min(pair.find('='), pair.size());
      if (pair.substr(0, equals) == cookie_name() && equals < pair.size())
        found.emplace_back(pair.substr(equals + 1));
    }
  }
  if (found.size() != 1) return std::nullopt;
  return found.front();
}

Result<Done> Door::check_site(const HttpRequest& request, bool by_cookie) const {
  const auto site = request.header("sec-fetch-site");
  const auto origin = request.header("origin");
  const auto host = request.header("host");
  bool proven = request.header(kOwnHeader).has_value();
  bool foreign = false;
  if (site) {
    proven = proven || *site == "same-origin";
    foreign = *site != "same-origin" && *site != "none";
  }
  if (origin) {
    const std::size_t scheme = origin->find("://");
    const bool as_host = options_.origins.empty() && host && scheme != std::string_view::npos &&
                         origin->substr(scheme + 3) == *host;
    const bool ours = as_host || std::find(options_.origins.begin(), options_.origins.end(),
                                           *origin) != options_.origins.end();
    proven = proven || ours;
    foreign = foreign || !ours;
  }
  if (!foreign && (proven || !by_cookie)) return Done{};
  return Refusal{.code = refusals::kCrossSite,
                 .path = "origin",
                 .value = std::string(origin.value_or("")),
                 .args = {},
                 .at = {}};
}

Result<std::string> Door::token_of(const HttpRequest& request) const {
  constexpr std::string_view kScheme = "Bearer ";
  const std::string_view authorization = request.header("authorization").value_or("");
  if (authorization.starts_with(kScheme)) return std::string(authorization.substr(kScheme.size()));
  const auto found = cookie_of(request);
  if (!found) return std::string();
  if (!changes_nothing(request)) ANLAN_REQUIRE(check_site(request, true));
  return *found;
}

HttpField Door::cookie(std::string_view token) const {
  return {
      .name = "Set-Cookie",
      .value = fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict{}{}", cookie_name(), token,
                           options_.secure ? "; Secure" : "", token.empty() ? "; Max-Age=0" : "")};
}

// ---- how much

std::size_t body_bytes_max(const HttpRequest& head) {
  if (!is_account_path(head.path)) return std::numeric_limits<std::size_t>::max();
  const AccountRouteFound found = find_account_route(head.method, head.path);
  const bool anybody = !found.route || found.route->caller == AccountCaller::kAnybody;
  const bool named = head.header("authorization") || head.header("cookie");
  return anybody || !named ? kUnknownBodyBytesMax : kAccountBodyBytesMax;
}

// ---- how many

Passage Door::pass(const platform::Bearer& bearer) {
  Passage passage;
  const bool key = bearer.api_key.exists();
  const std::int64_t now = clock_.microseconds();
  for (platform::RateLimits* limits : {&keys_, &people_}) {
    if (!limits->limits() || (limits == &keys_ && !key)) continue;
    const std::string who = limits == &keys_ ? to_text(bearer.api_key) : to_text(bearer.account);
    const RateTaken taken = limits->take(who, now);
    passage.headers.clear();
    add_rate_headers(passage.headers, limits->rate(), taken);
    if (taken.allowed) continue;
    passage.refused = too_many(taken.retry_seconds);
    for (HttpField& each : refusal_headers(*passage.refused))
      passage.headers.push_back(std::move(each));
    return passage;
  }
  return passage;
}

Result<Done> Door::pass_peer(const HttpRequest& request) {
  const RateTaken taken = peers_.take(platform::peer_network(request.peer), clock_.microseconds());
  if (!taken.allowed) return too_many(taken.retry_seconds);
  return Done{};
}

Result<Done> Door::pass_asker(const HttpRequest& request) {
  const RateTaken taken =
      asks_.take(platform::peer_network(request.peer), clock_.microseconds() / kAskSeconds);
  if (!taken.allowed) return too_many(taken.retry_seconds * kAskSeconds);
  return Done{};
}

std::string Door::metrics() const {
  std::string text =
      "# HELP anlan_rate_limited_total Requests refused because there were too many.\n"
      "# TYPE anlan_rate_limited_total counter\n";
  const auto add = [&](std::string_view by, std::uint64_t count) {
    text += fmt::format("anlan_rate_limited_total{{by=\"{}\"}} {}\n", by, count);
  };
  add("key", keys_.refused());
  add("account", people_.refused());
  add("peer", peers_.refused());
  return text;
}

// ---- the routes of accounts

Result<HttpReply> Door::answer(const HttpRequest& request) {
  const std::string_view method = request.method == "HEAD" ? "GET" : request.method;
  const AccountRouteFound found = find_account_route(method, request.path);
  if (!found.route) {
    const std::string allowed = request.method == "GET" ? "POST" : "GET";
    if (!found.other_method)
      return Refusal{.code = refusals::kNoSuchPath,
                     .path = "path",
                     .value = request.path,
                     .args = {},
                     .at = {}};
    return Refusal{.code = refusals::kOtherMethod,
                   .path = "method",
                   .value = request.method,
                   .args = {{.name = "allowed", .value = allowed}},
                   .at = {}};
  }
  const bool anybody = found.route->caller == AccountCaller::kAnybody;
  if (anybody) {
    ANLAN_REQUIRE(check_site(request, false));
    ANLAN_REQUIRE(pass_peer(request));
    if (found.route->path == kAskPath) ANLAN_REQUIRE(pass_asker(request));
  }
  const std::string old = cookie_of(request).value_or("");
  std::string token;
  bool read = anybody;  // nothing is read of somebody unknown
  if (!anybody) {
    ANLAN_TRY(token, token_of(request));
    const Result<platform::Bearer> bearer = accounts_.bearer(token);
    read = bearer.ok();
    if (!read) ANLAN_REQUIRE(pass_peer(request));
    const Passage passage = bearer.ok() ? pass(*bearer) : Passage();
    if (passage.refused) return *passage.refused;
  }
  Node sent = Node::table();
  if (read && !request.body.empty()) {
    ANLAN_TRY(sent, formats::parse_json(request.body, "body"));
  }
  ReadReport report("body");
  NodeReader body(sent, report, "body");
  AccountCall call{.accounts = accounts_,
                   .houses = houses_,
                   .request = request,
                   .body = body,
                   .subject = found.subject,
                   .bearer = {},
                   .token = token,
                   .shares = options_.shares,
                   .session_token = {}};
  ANLAN_TRY(const Node json, run_account_route(*found.route, call));
  HttpReply reply = json_reply(200, json);
  if (!call.session_token.empty()) {
    // Who signs in again in the same browser leaves no session behind.
    if (!old.empty()) static_cast<void>(accounts_.sign_out(old));
    reply.headers.push_back(cookie(call.session_token));
  }
  if (call.session_ended && !old.empty()) reply.headers.push_back(cookie(""));
  return reply;
}

}  // namespace anlan::api
