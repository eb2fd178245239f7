// URLs that this program calls: http and https, with nothing in them that two readers could
// understand differently.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace anlan::platform {

struct HttpUrl {
  bool tls = false;
  std::string host;  // lower case; of an IPv6 address without the brackets
  std::uint16_t port = 0;
  std::string target;     // "/path?query"
  std::string authority;  // what the Host header says
  bool operator==(const HttpUrl&) const = default;
};

inline constexpr std::size_t kUrlBytesMax = 2'000;

// Nothing for: another scheme, a user or password, a fragment, an empty host, signs outside of
// printable ASCII, a port outside of 1 to 65,535, more than kUrlBytesMax bytes.
std::optional<HttpUrl> read_http_url(std::string_view text);

}  // namespace anlan::platform
