// `anlan mcp`: the door of mcp.h on standard input and output, one message a line, for a client
// that starts its servers itself.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "api/session.h"
#include "base/result.h"

namespace anlan::api {

using Print = std::function<void(const std::string&)>;

inline constexpr std::size_t kMcpMessageMax = std::size_t{8} << 20;  // as a body over HTTP

// `words` is "mcp" and its options: a server that runs (--server ADDRESS or --socket PATH, with the
// API key in ANLAN_API_KEY), or else the house of --house as the actor of --as, which this process
// then holds as a server does. Ends with standard input. Refuses kServerAddress, kApiKeyNeeded, and
// of a house what ServedHouse::open refuses.
Result<Done> run_mcp(Session& session, const std::vector<std::string>& words, const Print& print);

}  // namespace anlan::api
