// The secrets that stand for an account: session tokens, API keys, recovery codes. Whoever gets one
// sees its text once; we keep its SHA-256 only. Their 256 (recovery codes: 80) random bits need no
// slow hash.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/fields.h"
#include "base/sha256.h"

namespace anlan::platform {

enum class CredentialKind : std::uint8_t {
  kSession = 1,     // "ans_...": somebody who signed in
  kLiveKey = 2,     // "anl_live_...": a program
  kTestKey = 3,     // "anl_test_...": a program, for sandbox houses only; the caller checks
  kInvitation = 4,  // "ani_...": lets somebody choose the password of an account, once
};
constexpr auto enum_names(CredentialKind*) {
  using K = CredentialKind;
  return std::array{EnumName<K>{K::kSession, "session"}, EnumName<K>{K::kLiveKey, "live"},
                    EnumName<K>{K::kTestKey, "test"}, EnumName<K>{K::kInvitation, "invitation"}};
}

struct NewToken {
  std::string text;   // the secret
  Digest digest;      // what is kept of it
  std::string shown;  // its prefix and five more signs, by which people tell keys apart
};
// The prefix of the kind and 52 signs of base32: 256 random bits.
NewToken new_token(CredentialKind kind);

struct ReadToken {
  CredentialKind kind;
  Digest digest;
};
// Nothing when no new_token() can have made this text.
std::optional<ReadToken> read_token(std::string_view text);

inline constexpr std::size_t kRecoveryCodes = 10;
// 80 random bits: "ABCD-EFGH-IJKL-MNOP".
std::string new_recovery_code();
// Of the code as people type it: small letters, blanks and hyphens do not matter.
Digest recovery_digest(std::string_view code);

}  // namespace anlan::platform
