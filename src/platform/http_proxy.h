// Who asks through a proxy in front of the server.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "platform/http.h"

namespace anlan::platform {

bool is_proxy(std::span<const std::string> proxies, std::string_view peer);

// Of a request that came from `from`: `from` itself, unless it is a proxy. A proxy adds whom it
// heard at the end of X-Forwarded-For; what stands before that anybody may have written. So it is
// the last address of the list that is no proxy itself. Without one, or where the list holds
// something else than addresses behind it, it is `from`.
std::string peer_asking(std::span<const std::string> proxies, std::string_view from,
                        const HttpRequest& request);

}  // namespace anlan::platform
