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
#include "domain/party.h"
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
struct PasskeyTag {
  static constexpr std::string_view kPrefix = "pky";
};
using PasskeyId = Id<PasskeyTag>;  // random
using AccountId = Id<AccountTag>;  // in the order of making, never given again
using SessionId = Id<SessionTag>;  // random
using ApiKeyId = Id<ApiKeyTag>;    // in the order of making, never given again

// What an organisation is in the market (REFERENCE.md 4.4): it bounds the roles that its people may
// act in, whatever a house appoints them to.
enum class OrganisationKind : std::uint8_t {
  kInsurer = 1,
  kBroker = 2,
  kAgent = 3,
  kVendor = 4,
  kServiceOperator = 5,  // runs security services for others
  kPark = 6,
  kSubsidyOffice = 7,
  kRegulator = 8,
  kReinsurer = 9,
  kAdjuster = 10,
  kCompany = 11,  // insures itself
};
constexpr auto enum_names(OrganisationKind*) {
  using K = OrganisationKind;
  return std::array{EnumName<K>{K::kInsurer, "insurer"},
                    EnumName<K>{K::kBroker, "broker"},
                    EnumName<K>{K::kAgent, "agent"},
                    EnumName<K>{K::kVendor, "vendor"},
                    EnumName<K>{K::kServiceOperator, "service_operator"},
                    EnumName<K>{K::kPark, "park"},
                    EnumName<K>{K::kSubsidyOffice, "subsidy_office"},
                    EnumName<K>{K::kRegulator, "regulator"},
                    EnumName<K>{K::kReinsurer, "reinsurer"},
                    EnumName<K>{K::kAdjuster, "adjuster"},
                    EnumName<K>{K::kCompany, "company"}};
}

// In the order of the enum. None for a reinsurer and an adjuster: a house has no role yet that
// shows a reinsurer its own share only, or lets an adjuster report without deciding.
const std::vector<domain::Role>& roles_of_kind(OrganisationKind kind);

// What the people of a house itself have in the place of an organisation, where nothing else was
// said (actor appoint). No organisation is called so.
inline constexpr std::string_view kOwnOrganisation = "house";

struct Organisation {
  domain::OrganisationName name;  // as in the houses
  OrganisationKind kind = OrganisationKind::kCompany;
  std::string licence;              // of an insurer, its number; "": none on record
  std::vector<std::string> houses;  // that it runs, in order
  bool operator==(const Organisation&) const = default;
};

// Lets the people of an organisation see a company of a house that another one registered.
struct CompanyGrant {
  std::string house;
  domain::OrganisationName organisation;
  domain::EnterpriseId enterprise;
  auto operator<=>(const CompanyGrant&) const = default;
};

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
  // May manage accounts: with an organisation those of that one, without one all of them.
  bool administrator = false;
  bool disabled = false;
  Instant created;
  bool second_factor = false;             // confirmed: a code is asked for at every sign-in
  std::uint32_t recovery_codes = 0;       // unused ones
  std::vector<Membership> memberships;    // in order
  domain::OrganisationName organisation;  // may be none
  std::uint32_t passkeys = 0;
  std::optional<Instant> invited_until;  // an invitation is open
  bool operator==(const Account&) const = default;
};

struct Passkey {
  PasskeyId id;
  AccountId account;
  std::string name;  // what its owner calls it
  Bytes credential;  // its id, chosen by the authenticator
  std::uint32_t counter = 0;
  Instant created;
  std::optional<Instant> used;  // last
  bool operator==(const Passkey&) const = default;
};

struct Session {
  SessionId id;
  AccountId account;
  Instant created;
  Instant used;                          // last
  Instant ends;                          // unless it is used before
  std::string peer;                      // from where it was begun
  std::optional<Instant> second_factor;  // when a code or a passkey was last given in it
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

// For so long a second factor counts as fresh: who signs in with one is not asked again at once.
inline constexpr std::int64_t kFreshMinutes = 15;

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
  // Of a session: when a second factor was last given, whether that was within kFreshMinutes, and
  // whether its account has one, a code or a passkey, at all.
  std::optional<Instant> second_factor = {};
  bool second_factor_fresh = false;
  bool asks_second_factor = false;
  domain::OrganisationName organisation = {};  // of the account; may be none
  std::optional<OrganisationKind> kind_of_organisation = {};
  std::optional<Instant> ends = {};  // of a session, if nobody asks for anything from now on
  bool operator==(const Bearer&) const = default;
};

}  // namespace anlan::platform
