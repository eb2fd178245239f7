// `anlan serve`: houses behind HTTP until it is told to stop.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "api/pages.h"
#include "api/session.h"
#include "base/result.h"

namespace anlan::api {

using Print = std::function<void(const std::string&)>;

// `words` is "serve" and its options. Prints one JSON line when it listens, {"listening": ...,
// "houses": [...]}, and one for each request to `log`; with --show-config the settings, and that
// is all. Returns after SIGINT or SIGTERM, when what
// was begun has been answered. Refuses what ServedHouse::open, Accounts::open and HttpServer::start
// refuse, and two houses of one name (kOptionTwice).
struct ServerStreams {
  Print out;
  Print log;
  bool json = false;                     // how --show-config answers
  std::span<const PageFile> pages = {};  // of the web application
};
Result<Done> run_server(Session& session, const std::vector<std::string>& words,
                        const ServerStreams& streams);

}  // namespace anlan::api
