// One request over HTTP to a server, and its reply: for programs of this house that speak to one
// that is running. Not a client for foreign sites: it follows no redirection and keeps no
// connection.
#pragma once

#include <chrono>
#include <string>

#include "platform/http.h"

namespace anlan::platform {

struct HttpPlace {
  std::string unix_socket;  // a path; empty: host and port
  std::string host;
  std::string port;
  bool tls = false;  // the certificate must be one that the system trusts, and of this host
};

struct HttpExchange {
  HttpReply reply;
  std::string failure;  // why there is no reply; empty: there is one
};

inline constexpr std::size_t kReplyBytesMax = std::size_t{256} << 20;

// `request`: method, target, headers and body; Host and Content-Length are added. Blocks for at
// most `time_max`, in which connection, request and reply have to be done. Any thread.
HttpExchange send_http(const HttpPlace& place, const HttpRequest& request,
                       std::chrono::milliseconds time_max = std::chrono::minutes(10));

}  // namespace anlan::platform
