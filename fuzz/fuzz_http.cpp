// RequestReader takes any bytes, and how they are cut does not show: one request that is fit to be
// handled, a fault with a status, or a wish for more.
#include <cstdint>

#include "base/check.h"
#include "platform/http_reader.h"

namespace {

using anlan::platform::HttpLimits;
using anlan::platform::RequestReader;

void check_whole(RequestReader& reader, const HttpLimits& limits) {
  const anlan::platform::HttpRequest request = reader.take_request();
  ANLAN_CHECK(request.path == "*" || request.path.starts_with('/'));
  ANLAN_CHECK(request.path.find('\0') == std::string::npos);
  ANLAN_CHECK(request.body.size() <= limits.body_bytes_max);
  ANLAN_CHECK(request.target.size() <= limits.target_bytes_max);
  ANLAN_CHECK(request.headers.size() <= limits.headers_max);
  ANLAN_CHECK(!request.header("content-length") || !request.header("transfer-encoding"));
  for (const auto& field : request.headers)
    ANLAN_CHECK(field.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
}

// Gives how many bytes became the request; reads `piece` bytes at a time.
std::size_t read_in_pieces(RequestReader& reader, std::string_view bytes, std::size_t piece) {
  std::string left;
  std::size_t used = 0;
  while (!bytes.empty() && !reader.whole() && !reader.fault()) {
    left += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
    const std::size_t count = reader.read(left);
    ANLAN_CHECK(count <= left.size());
    left.erase(0, count);
    used += count;
  }
  return used;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  HttpLimits limits;
  limits.target_bytes_max = 256;
  limits.head_bytes_max = 1'024;
  limits.headers_max = 8;
  limits.body_bytes_max = 512;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  RequestReader at_once(limits);
  RequestReader one_by_one(limits);
  const std::size_t used = read_in_pieces(at_once, bytes, size);
  const std::size_t used_one_by_one = read_in_pieces(one_by_one, bytes, 1);
  ANLAN_CHECK(at_once.whole() == one_by_one.whole());
  ANLAN_CHECK(at_once.fault().has_value() == one_by_one.fault().has_value());
  if (at_once.fault()) ANLAN_CHECK(at_once.fault()->status >= 400);
  if (!at_once.whole()) return 0;
  ANLAN_CHECK(used == used_one_by_one);
  ANLAN_CHECK(at_once.request() == one_by_one.request());
  check_whole(at_once, limits);
  return 0;
}
