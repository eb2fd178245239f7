#include "platform/http_proxy.h"

#include <algorithm>
#include <optional>

#include "platform/ip_address.h"

namespace anlan::platform {
namespace {

constexpr std::string_view kForwardedFor = "x-forwarded-for";

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t";
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

// The last place of a list that is separated by commas, which is cut off it.
std::string_view take_last(std::string_view& list) {
  const std::size_t comma = list.rfind(',');
  const std::string_view last =
      trimmed(comma == std::string_view::npos ? list : list.substr(comma + 1));
  list = comma == std::string_view::npos ? std::string_view() : list.substr(0, comma);
  return last;
}

}  // namespace

bool is_proxy(std::span<const std::string> proxies, std::string_view peer) {
  return std::find(proxies.begin(), proxies.end(), peer) != proxies.end();
}

std::string peer_asking(std::span<const std::string> proxies, std::string_view from,
                        const HttpRequest& request) {
  if (!is_proxy(proxies, from)) return std::string(from);
  // Several headers of this name are one list, in their order (RFC 9110 section 5.3).
  for (auto field = request.headers.rbegin(); field != request.headers.rend(); ++field) {
    if (field->name != kForwardedFor) continue;
    std::string_view list = field->value;
    while (!list.empty()) {
      const std::optional<IpAddress> address = read_ip_address(take_last(list));
      if (!address) return std::string(from);
      const std::string peer = to_text(unmapped(*address));
      if (!is_proxy(proxies, peer)) return peer;
    }
  }
  return std::string(from);
}

}  // namespace anlan::platform
