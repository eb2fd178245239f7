#include "platform/webhook_signature.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <vector>

#include <sodium.h>

#include "base/base32.h"
#include "base/bytes.h"
#include "platform/keys.h"

namespace anlan::platform {
namespace {

struct Header {
  std::int64_t seconds = 0;
  std::vector<std::string_view> codes;
};

// Parts in any order; those of other names are left for later versions.
std::optional<Header> read_header(std::string_view text) {
  constexpr std::size_t kPartsMax = 16;
  Header header;
  bool timed = false;
  for (std::size_t parts = 0; !text.empty() && parts < kPartsMax; ++parts) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    if (part.starts_with("v1=")) header.codes.push_back(part.substr(3));
    if (!part.starts_with("t=")) continue;
    const char* const end = part.data() + part.size();
    const auto read = std::from_chars(part.data() + 2, end, header.seconds);
    if (timed || read.ec != std::errc() || read.ptr != end || header.seconds < 0)
      return std::nullopt;
    timed = true;
  }
  if (!timed || header.codes.empty()) return std::nullopt;
  return header;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::string new_webhook_secret() { return "whs_" + to_base32(random_key().bytes()); }

std::string webhook_hmac(std::string_view secret, std::int64_t seconds, std::string_view body) {
  const auto bytes = [](std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  };
  const std::string head = std::to_string(seconds) + ".";
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes(secret), secret.size());
  crypto_auth_hmacsha256_update(&state, bytes(head), head.size());
  crypto_auth_hmacsha256_update(&state, bytes(body), body.size());
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> code{};
  crypto_auth_hmacsha256_final(&state, code.data());
  return to_hex(std::as_bytes(std::span(code)));
}

std::string webhook_signature(std::span<const std::string> secrets, std::int64_t seconds,
                              std::string_view body) {
  std::string header = "t=" + std::to_string(seconds);
  for (const std::string& secret : secrets) header += ",v1=" + webhook_hmac(secret, seconds, body);
  return header;
}

SignatureState check_webhook_signature(const SignedBody& received,
                                       std::span<const std::string> secrets, std::int64_t now) {
  const std::optional<Header> header = read_header(received.header);
  if (!header) return SignatureState::kMissing;
  bool right = false;
  for (const std::string& secret : secrets) {
    const std::string expected = webhook_hmac(secret, header->seconds, received.body);
    for (const std::string_view code : header->codes)
      right = equal_in_constant_time(code, expected) || right;
  }
  if (!right) return SignatureState::kWrong;
  const std::int64_t apart = header->seconds > now ? header->seconds - now : now - header->seconds;
  return apart > kSignatureSecondsMax ? SignatureState::kStale : SignatureState::kRight;
}

}  // namespace anlan::platform
