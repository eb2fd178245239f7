#include "platform/totp.h"

#include <algorithm>
#include <array>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include "base/base32.h"
#include "base/check.h"

namespace anlan::platform {
namespace {

constexpr std::size_t kSha1Bytes = 20;

std::string escaped(std::string_view text) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';  // RFC 3986, section 2.3
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += kDigits[static_cast<unsigned char>(c) >> 4];
      out += kDigits[static_cast<unsigned char>(c) & 15];
    }
  }
  return out;
}

}  // namespace

std::uint32_t hotp_number(BytesView secret, std::uint64_t counter) {
  std::array<unsigned char, 8> message{};
  for (std::size_t i = message.size(); i > 0; --i, counter >>= 8) {
    message[i - 1] = static_cast<unsigned char>(counter & 0xFF);
  }
  std::array<unsigned char, kSha1Bytes> mac{};
  unsigned size = 0;
  ANLAN_CHECK(HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), message.data(),
                   message.size(), mac.data(), &size) != nullptr);
  ANLAN_CHECK(size == mac.size());
  const std::size_t place = mac[19] & 15U;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | mac[place + i];
  return number & 0x7FFF'FFFFU;
}

std::int64_t totp_step(Instant at) { return at.micros() / (kTotpStepSeconds * 1'000'000); }

std::string totp_code(BytesView secret, std::int64_t step) {
  std::uint32_t number = hotp_number(secret, static_cast<std::uint64_t>(step));
  std::string code(kTotpDigits, '0');
  for (std::size_t i = code.size(); i > 0; --i, number /= 10) {
    code[i - 1] = static_cast<char>('0' + number % 10);
  }
  return code;
}

std::optional<std::int64_t> match_totp(BytesView secret, std::string_view code, Instant at,
                                       std::int64_t used_step) {
  if (code.size() != kTotpDigits) return std::nullopt;
  std::optional<std::int64_t> matched;
  const std::int64_t now = totp_step(at);
  for (std::int64_t step = std::max<std::int64_t>(now - 1, 0); step <= now + 1; ++step) {
    const std::string expected = totp_code(secret, step);
    const bool same = sodium_memcmp(expected.data(), code.data(), code.size()) == 0;
    if (same && step > used_step) matched = step;
  }
  return matched;
}

std::string otpauth_uri(BytesView secret, const TotpLabel& label) {
  const std::string issuer = escaped(label.issuer);
  return "otpauth://totp/" + issuer + ":" + escaped(label.login) + "?secret=" + to_base32(secret) +
         "&issuer=" + issuer + "&algorithm=SHA1&digits=6&period=30";
}

}  // namespace anlan::platform
