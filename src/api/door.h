// The door of the service: with what a request comes, whether a browser was led to send it, and how
// many may come. The routes of accounts are answered behind it; service.cpp asks it for the rest.
//
// A browser's session is a cookie (HttpOnly, SameSite=Strict, under TLS Secure and bound to the
// host). What it sends with it and is no GET must come from a page of ours: Sec-Fetch-Site or
// Origin says so, or a header of our own, which no page of another site can set.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/account_routes.h"
#include "platform/accounts.h"
#include "platform/http.h"
#include "platform/rate_limits.h"
#include "platform/stopwatch.h"

namespace anlan::api {

inline constexpr std::string_view kOwnHeader = "anlan-request";
// Of one network without a session or key: signing in, and what leads there.
inline constexpr platform::Rate kPeerRate{.per_second = 10, .burst = 100};
// Accounts that one network asks for: five at once, one more every twelve minutes.
inline constexpr platform::Rate kAskRate{.per_second = 1, .burst = 5};
inline constexpr std::int64_t kAskSeconds = 720;  // of the clock, for one second of that rate
inline constexpr std::size_t kUnknownBodyBytesMax = 16 * 1024;
inline constexpr std::size_t kAccountBodyBytesMax = 256 * 1024;

struct DoorOptions {
  bool secure = false;                 // the service is reached by TLS
  std::vector<std::string> origins;    // of its pages; none: whatever Host names
  platform::Shares* shares = nullptr;  // outlives the door; none: nothing is shared here
  platform::Rate per_key;
  platform::Rate per_account;
};

// What the limits say of a request: headers for its reply, and the refusal where it may not pass
// (kTooManyRequests, args seconds).
struct Passage {
  std::vector<platform::HttpField> headers;
  std::optional<Refusal> refused;
};

// Any thread.
class Door {
 public:
  Door(platform::Accounts& accounts, const ServedHouses& houses, DoorOptions options);

  // The session token or API key of a request; "": none. Refuses kCrossSite.
  Result<std::string> token_of(const platform::HttpRequest& request) const;
  Passage pass(const platform::Bearer& bearer);
  // Of somebody unknown, by his network. Refuses kTooManyRequests (args seconds).
  Result<Done> pass_peer(const platform::HttpRequest& request);
  // Of somebody who asks for an account, likewise.
  Result<Done> pass_asker(const platform::HttpRequest& request);
  // A route of accounts (is_account_path), with its cookies. Refuses as run_account_route,
  // kNoSuchPath, kOtherMethod, kCrossSite, kTooManyRequests.
  Result<platform::HttpReply> answer(const platform::HttpRequest& request);
  // The text format of Prometheus.
  std::string metrics() const;

 private:
  std::string_view cookie_name() const;
  std::optional<std::string> cookie_of(const platform::HttpRequest& request) const;
  Result<Done> check_site(const platform::HttpRequest& request, bool by_cookie) const;
  platform::HttpField cookie(std::string_view token) const;

  platform::Accounts& accounts_;
  const ServedHouses& houses_;
  const DoorOptions options_;
  platform::Stopwatch clock_;
  platform::RateLimits keys_;
  platform::RateLimits people_;
  platform::RateLimits peers_{kPeerRate};
  platform::RateLimits asks_{kAskRate};
};

// How long the body of a request with this head may be, beyond what the transport allows: what
// somebody unknown sends to a route of accounts takes little room, and what an account is told is
// short. Whether a session or key that is named is good is found out later.
std::size_t body_bytes_max(const platform::HttpRequest& head);

// What belongs to a refusal beside its body: Retry-After of one that waits, Allow of another
// method, WWW-Authenticate of 401.
std::vector<platform::HttpField> refusal_headers(const Refusal& refusal);

}  // namespace anlan::api
