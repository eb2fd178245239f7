// What is known of the people and programs that may use the service. No secrets.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "domain/ids.h"
#include "platform/account_tokens.h"

namespace anlan::platform {

struct AccountTag {
  static constexpr std::string_view kPrefix = "acc";
};
struct SessionTag {
  static constexpr std::string_view kPrefix = "ses";
};
struct ApiKeyTag {
  static constexpr std::string_view kPrefix = "key";
};
using AccountId = Id<AccountTag>;  // in the order of making, never given again
using SessionId = Id<SessionTag>;  // random
using ApiKeyId = Id<ApiKeyTag>;    // in the order of making, never given again

// As whom an account may act, and where. What that actor may do there is the house's to say.
struct Membership {
  std::string house;  // a name of parse_name_text
  domain::ActorName actor;
  auto operator<=>(const Membership&) const = default;
};

struct Account {
  AccountId id;
  std::string login;  // lower case
  std::string display_name;
  bool administrator = false;  // may manage accounts and keys
  bool disabled = false;
  Instant created;
  bool second_factor = false;           // confirmed: a code is asked for at every sign-in
  std::uint32_t recovery_codes = 0;     // unused ones
  std::vector<Membership> memberships;  // in order
  bool operator==(const Account&) const = default;
};

struct Session {
  SessionId id;
  AccountId account;
  Instant created;
  Instant used;      // last
  Instant ends;      // unless it is used before
  std::string peer;  // from where it was begun
  bool operator==(const Session&) const = default;
};

enum class KeyScope : std::uint8_t {
  kRead = 1,
  kWrite = 2,  // and read
};
constexpr auto enum_names(KeyScope*) {
  using S = KeyScope;
  return std::array{EnumName<S>{S::kRead, "read"}, EnumName<S>{S::kWrite, "write"}};
}

struct ApiKey {
  ApiKeyId id;
  AccountId account;
  std::string name;  // what its owner calls it
  CredentialKind kind = CredentialKind::kTestKey;
  KeyScope scope = KeyScope::kRead;
  Membership acts_as;
  std::vector<std::string> operations;  // in order; none: all of its scope
  std::string shown;                    // how the newest secret begins
  Instant created;
  std::optional<Instant> expires;
  std::optional<Instant> revoked;
  std::optional<Instant> used;                 // last
  std::optional<Instant> secret_before_until;  // until then the secret before the newest works too
  bool operator==(const ApiKey&) const = default;
};

// Whom a token stands for, and what it may be used for at most.
struct Bearer {
  AccountId account;
  std::string login;
  bool administrator = false;
  CredentialKind kind = CredentialKind::kSession;
  KeyScope scope = KeyScope::kWrite;    // a session's is kWrite
  std::optional<Membership> acts_as;    // of a key; a session chooses among those of its account
  std::vector<std::string> operations;  // of a key; none: all of its scope
  SessionId session;                    // of a session
  ApiKeyId api_key;                     // of a key
  bool operator==(const Bearer&) const = default;
};

}  // namespace anlan::platform
