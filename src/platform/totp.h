// Codes of the second factor: RFC 6238 with HMAC-SHA-1, steps of 30 seconds and 6 digits, which is
// what the usual authenticator apps calculate.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/time.h"

namespace anlan::platform {

inline constexpr std::size_t kTotpSecretBytes = 20;  // RFC 4226, section 4, R6: 160 bits
inline constexpr std::int64_t kTotpStepSeconds = 30;
inline constexpr std::size_t kTotpDigits = 6;

// The 31-bit number of RFC 4226, section 5.3; a code is its last digits.
std::uint32_t hotp_number(BytesView secret, std::uint64_t counter);

// The step that an instant lies in; the counter of RFC 6238, section 4.2. Not before 1970.
std::int64_t totp_step(Instant at);
std::string totp_code(BytesView secret, std::int64_t step);

// The step of this code when it is the one of `at`, the one before or the one after (RFC 6238,
// section 5.2), and later than `used_step`, so that a code works once. The time taken says nothing
// about the secret.
std::optional<std::int64_t> match_totp(BytesView secret, std::string_view code, Instant at,
                                       std::int64_t used_step);

struct TotpLabel {
  std::string_view issuer;
  std::string_view login;
};
// "otpauth://totp/...", the text of the QR code that enrols an app. It holds the secret.
std::string otpauth_uri(BytesView secret, const TotpLabel& label);

}  // namespace anlan::platform
