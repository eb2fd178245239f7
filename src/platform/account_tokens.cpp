#include "platform/account_tokens.h"

#include <sodium.h>

#include "base/base32.h"
#include "platform/keys.h"

namespace anlan::platform {
namespace {

constexpr std::size_t kTokenSigns = 52;  // 256 bits in fives, rounded up
constexpr std::size_t kShownSigns = 5;
constexpr std::size_t kRecoveryBytes = 10;

struct Prefix {
  CredentialKind kind;
  std::string_view text;
};
constexpr std::array kPrefixes{
    Prefix{CredentialKind::kSession, "ans_"}, Prefix{CredentialKind::kLiveKey, "anl_live_"},
    Prefix{CredentialKind::kTestKey, "anl_test_"}, Prefix{CredentialKind::kInvitation, "ani_"}};

std::string_view prefix_of(CredentialKind kind) {
  return kPrefixes[static_cast<std::size_t>(kind) - 1].text;
}

}  // namespace

NewToken new_token(CredentialKind kind) {
  const SecretKey key = random_key();
  const std::string_view prefix = prefix_of(kind);
  NewToken made;
  made.text = std::string(prefix) + to_base32(key.bytes());
  made.digest = sha256(bytes_of(made.text));
  made.shown = made.text.substr(0, prefix.size() + kShownSigns);
  return made;
}

std::optional<ReadToken> read_token(std::string_view text) {
  for (const Prefix& prefix : kPrefixes) {
    if (!text.starts_with(prefix.text)) continue;
    const std::string_view signs = text.substr(prefix.text.size());
    if (signs.size() != kTokenSigns) return std::nullopt;
    std::optional<Bytes> bytes = from_base32(signs);
    if (!bytes) return std::nullopt;
    sodium_memzero(bytes->data(), bytes->size());
    return ReadToken{.kind = prefix.kind, .digest = sha256(bytes_of(text))};
  }
  return std::nullopt;
}

std::string new_recovery_code() {
  const SecretKey key = random_key();
  const std::string signs = to_base32(BytesView(key.bytes()).first(kRecoveryBytes));
  std::string code;
  for (std::size_t i = 0; i < signs.size(); ++i) {
    if (i > 0 && i % 4 == 0) code += '-';
    code += signs[i];
  }
  return code;
}

Digest recovery_digest(std::string_view code) {
  std::string signs;
  for (const char c : code) {
    if (c == ' ' || c == '-') continue;
    signs += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  const Digest digest = sha256(bytes_of(signs));
  sodium_memzero(signs.data(), signs.size());
  return digest;
}

}  // namespace anlan::platform
