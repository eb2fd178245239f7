// The signature of a webhook: proof for its receiver that it comes from here, as it was sent, and
// just now.
//
//   Anlan-Signature: t=1765432100,v1=<64 hexadecimal digits>[,v1=...]
//
// v1 is HMAC-SHA-256 (RFC 2104) under the bytes of the secret as it is written, over the digits of
// t, a full stop, and the body. One v1 for each secret that is in force.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/fields.h"

namespace anlan::platform {

inline constexpr std::int64_t kSignatureSecondsMax = 300;  // older or newer is refused

// "whs_" and 52 signs of base32: 256 random bits.
std::string new_webhook_secret();

// 64 hexadecimal digits.
std::string webhook_hmac(std::string_view secret, std::int64_t seconds, std::string_view body);

// The value of the header. `seconds` since 1970.
std::string webhook_signature(std::span<const std::string> secrets, std::int64_t seconds,
                              std::string_view body);

enum class SignatureState : std::uint8_t {
  kRight = 1,
  kMissing = 2,  // no header, or none of this form
  kWrong = 3,    // no v1 of it is of one of these secrets
  kStale = 4,    // right, but more than kSignatureSecondsMax from now
};
constexpr auto enum_names(SignatureState*) {
  using S = SignatureState;
  return std::array{EnumName<S>{S::kRight, "right"}, EnumName<S>{S::kMissing, "missing"},
                    EnumName<S>{S::kWrong, "wrong"}, EnumName<S>{S::kStale, "stale"}};
}

struct SignedBody {
  std::string_view header;
  std::string_view body;
};
// What a receiver does. Compares in constant time.
SignatureState check_webhook_signature(const SignedBody& received,
                                       std::span<const std::string> secrets, std::int64_t now);

}  // namespace anlan::platform
