#include "platform/http_url.h"

#include <algorithm>
#include <charconv>

#include "platform/ip_address.h"

namespace anlan::platform {
namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;
constexpr std::size_t kHostBytesMax = 253;  // of a name in the domain name system

bool is_url_sign(char c) {
  constexpr std::string_view kNever = "\"<>\\^`{|}#";
  return c > ' ' && c < 0x7F && kNever.find(c) == std::string_view::npos;
}

bool is_host_sign(char c) {
  return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '-' || c == '.' || c == '_';
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::optional<std::uint16_t> read_port(std::string_view digits, std::uint16_t usual) {
  if (digits.empty()) return usual;
  std::uint16_t port = 0;
  const char* const end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, port);
  if (read.ec != std::errc() || read.ptr != end || port == 0) return std::nullopt;
  return port;
}

// "host", "host:8080", "[::1]:8080" into host and digits of the port.
bool part_authority(std::string_view text, std::string& host, std::string_view& port) {
  const bool bracketed = text.starts_with('[');
  const std::size_t end = bracketed ? text.find(']') : text.find(':');
  if (bracketed && end == std::string_view::npos) return false;
  const std::size_t first = bracketed ? 1 : 0;
  host = lower(text.substr(first, std::min(end, text.size()) - first));
  std::string_view rest = text.substr(std::min(bracketed ? end + 1 : end, text.size()));
  if (!rest.empty() && !rest.starts_with(':')) return false;
  if (rest == ":") return false;
  port = rest.empty() ? rest : rest.substr(1);
  if (bracketed) {
    const auto address = read_ip_address(host);
    return address && !address->is_v4;
  }
  return !host.empty() && host.size() <= kHostBytesMax &&
         std::all_of(host.begin(), host.end(), is_host_sign) && host.front() != '.';
}

}  // namespace

std::optional<HttpUrl> read_http_url(std::string_view text) {
  constexpr std::string_view kPlain = "http://";
  constexpr std::string_view kTls = "https://";
  if (text.size() > kUrlBytesMax || !std::all_of(text.begin(), text.end(), is_url_sign))
    return std::nullopt;
  HttpUrl url;
  const std::string scheme = lower(text.substr(0, kTls.size()));
  url.tls = scheme == kTls;
  if (!url.tls && !scheme.starts_with(kPlain)) return std::nullopt;
  text.remove_prefix(url.tls ? kTls.size() : kPlain.size());
  const std::string_view authority = text.substr(0, text.find_first_of("/?"));
  text.remove_prefix(authority.size());
  if (authority.find('@') != std::string_view::npos) return std::nullopt;
  std::string_view digits;
  if (!part_authority(authority, url.host, digits)) return std::nullopt;
  const std::uint16_t usual = url.tls ? kHttpsPort : kHttpPort;
  const auto port = read_port(digits, usual);
  if (!port) return std::nullopt;
  url.port = *port;
  url.authority = authority.starts_with('[') ? "[" + url.host + "]" : url.host;
  if (url.port != usual) url.authority += ":" + std::to_string(url.port);
  url.target = (text.starts_with('/') ? "" : "/") + std::string(text);
  return url;
}

}  // namespace anlan::platform
