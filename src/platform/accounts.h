// Accounts of the service: who may sign in, with which tokens and keys, as which actor of which
// house. What an actor may do is the house's to say; this says who is asking.
//
// One SQLite file, one process. Every question is answered from memory; every change is durable
// when its call returns, and a refused one changed nothing. No refusal, and nothing else that comes
// out of here but the return values named so, holds a password, a code or a token.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "house/ports.h"
#include "platform/account_records.h"
#include "platform/account_tables.h"
#include "platform/challenges.h"
#include "platform/clock_system.h"
#include "platform/keys.h"
#include "platform/passwords.h"
#include "platform/sign_in_limits.h"
#include "platform/webauthn.h"

namespace anlan::platform {

inline constexpr std::size_t kAccountsMax = 100'000;  // all of them are in memory
inline constexpr std::size_t kMembershipsMax = 100;   // of one account
inline constexpr std::size_t kSessionsMax = 100;    // of one account; the longest unused gives way
inline constexpr std::size_t kApiKeysMax = 1'000;   // of one account, with those that ended
inline constexpr std::size_t kOperationsMax = 500;  // that a key names
inline constexpr std::size_t kPasskeysMax = 20;     // of one account
inline constexpr std::size_t kOrganisationsMax = 10'000;
inline constexpr std::size_t kCompanyGrantsMax = 100'000;
inline constexpr std::size_t kLicenceSignsMax = 64;
inline constexpr std::int64_t kInvitationDays = 7;
inline constexpr std::size_t kLoginBytesMax = 100;
inline constexpr std::size_t kShownNameSignsMax = 100;  // code points
inline constexpr std::size_t kSignInTriesMax = 5;  // of one login from one network in 15 minutes
inline constexpr std::size_t kCodeTriesMax =
    20;  // of one account with the right password, likewise

struct AccountsOptions {
  house::Clock* clock = nullptr;  // nullptr: the machine's; safe to be called by any thread
  std::chrono::minutes idle{30};  // a session ends when it was not used for so long
  std::chrono::minutes absolute{12 * 60};  // and so long after it began in any case
  PasswordCost cost;
  std::string issuer = "Anlan";  // what authenticator apps show
  RelyingParty party = {};       // for passkeys; without an id there are none
  // Seals the secrets of second factors in the file; those in clear are sealed at once. Without it
  // new ones stay in clear, and what is sealed cannot be used (kSealKeyMissing).
  std::optional<SecretKey> seal_key = {};
};

struct NewAccount {
  std::string login;         // 1 to 100 of a-z 0-9 . _ - + @, the first a letter or digit
  std::string display_name;  // 1 to 100 signs
  std::string password;
  bool administrator = false;
  domain::OrganisationName organisation = {};
};

// An account whose password its owner chooses.
struct NewInvitation {
  std::string login;
  std::string display_name;
  bool administrator = false;
  domain::OrganisationName organisation;  // may be none
};
struct Invited {
  std::string token;  // secret
  Account account;
};

struct SignIn {
  std::string_view login;
  std::string_view password;
  std::string_view code = {};  // of the authenticator, or a recovery code
  std::string_view peer;       // the address that it came from
};
struct SignedIn {
  std::string token;  // secret
  Session session;
  Account account;
};

struct PasswordChange {
  std::string_view old_password;
  std::string_view new_password;
  std::string_view peer;
};

struct NewApiKey {
  std::string name;
  CredentialKind kind = CredentialKind::kTestKey;  // not kSession
  KeyScope scope = KeyScope::kRead;
  Membership acts_as;
  std::vector<std::string> operations;  // none: all of the scope
  std::optional<Instant> expires;
};
// What a browser's navigator.credentials is asked for.
struct PasskeyRequest {
  Digest challenge;
  RelyingParty party;
  Account account;                 // none at a sign-in
  Bytes user;                      // the handle that stands for the account; likewise
  std::vector<Bytes> credentials;  // of the account
};

struct MadeApiKey {
  std::string token;  // secret
  ApiKey key;
};

// Any thread. A call holds one lock for microseconds, or for one flush of the disk when it stores;
// passwords (33 ms, 19 MiB each) are hashed outside it. Every call that stores may also refuse as
// Database does (sqlite.h), and every one with an AccountId kAccountMissing. Who may make a call is
// the caller's to check.
class Accounts {
 public:
  // An empty file of mode 0600. Refuses kFileExists, kFileNotWritten.
  static Result<Done> create(const std::filesystem::path& file);
  // Refuses kAccountsBusy (another process has it open, args pid), and as AccountTables::open does.
  static Result<std::unique_ptr<Accounts>> open(const std::filesystem::path& file,
                                                AccountsOptions options = {});
  ~Accounts();

  Instant now() const;  // of the clock that all of it goes by

  // ---- accounts

  // Refuses kLoginMalformed, kLoginTaken, kShownNameMalformed, kAccountLimit, and the refusals of
  // check_new_password. A login is the same in capitals.
  Result<AccountId> add(const NewAccount& account);
  Result<Account> account(AccountId id) const;
  Result<Account> find(std::string_view login) const;
  std::vector<Account> list() const;                            // by id
  Result<Done> rename(AccountId id, std::string display_name);  // kShownNameMalformed
  // Takes effect at once. A disabled account can do nothing; enabled again, it has no sessions, and
  // its keys work again. Refuses kLastAdministrator.
  Result<Done> set_disabled(AccountId id, bool disabled);
  // Refuses kLastAdministrator: one administrator of no organisation at least is not disabled.
  Result<Done> set_administrator(AccountId id, bool administrator);
  // Repeating it is no error. Refuses kNameMalformed (house, actor), kAccountLimit.
  Result<Done> add_membership(AccountId id, const Membership& membership);
  // Revokes the account's keys of that membership. Refuses kMembershipMissing.
  Result<Done> remove_membership(AccountId id, const Membership& membership);

  // An account that nobody can sign in to until it has joined; the token is good for a week.
  // Refuses as add(), and kOrganisationMissing.
  Result<Invited> invite(const NewInvitation& invitation);
  // Another token for an account: its owner chooses a password anew. The token before is void, the
  // password before works until then.
  Result<Invited> invite_again(AccountId id);
  // Takes up an invitation. Ends all sessions. Refuses kInvitationWrong (unknown, taken up, too
  // old: the same answer), kAccountDisabled, and as check_new_password.
  Result<Account> join(std::string_view token, std::string_view password);

  // ---- organisations (accounts_organisations.cpp)

  // Makes it, or changes what is on record of it; its kind stays. Refuses kOrganisationReserved,
  // kOrganisationKind (args kind), kLicenceMalformed (too long, or of another than an insurer; args
  // max), kNameMalformed (house), kHouseRunByOther (args organisation), kAccountLimit.
  Result<Done> put_organisation(Organisation organisation);
  Result<Organisation> organisation(const domain::OrganisationName& name) const;
  std::vector<Organisation> organisations() const;  // by name
  std::optional<Organisation> runner_of(std::string_view house) const;
  // Repeating one is no error. Refuses kNameMalformed, kAccountLimit, and for kKnown
  // kOrganisationMissing. kNamed grants to whoever is called so, now or one day: whoever may not
  // know which organisations there are learns nothing.
  enum class GrantTo : std::uint8_t { kKnown = 1, kNamed = 2 };
  Result<Done> grant_company(const CompanyGrant& grant, GrantTo to = GrantTo::kKnown);
  Result<Done> withdraw_company(const CompanyGrant& grant);
  std::vector<CompanyGrant> company_grants() const;  // by house, organisation, company
  // What an organisation may see of a house beside what it registered itself, in order.
  std::vector<domain::EnterpriseId> companies_granted(
      std::string_view house, const domain::OrganisationName& organisation) const;

  // ---- passkeys (accounts_passkeys.cpp); all refuse kPasskeysNotOffered

  // A challenge, good once within five minutes. kSignIn is for nobody yet: account {}.
  Result<PasskeyRequest> ask_passkey(ChallengeFor purpose, AccountId account);
  // Refuses as check_registration, kPasskeyChallenge, kPasskeyThere, kShownNameMalformed,
  // kAccountLimit.
  // The session, where one is named, has a fresh second factor.
  Result<Passkey> add_passkey(AccountId id, std::string name, const RegistrationAnswer& answer,
                              SessionId session = {});
  Result<std::vector<Passkey>> passkeys(AccountId id) const;     // by the time of making
  Result<Done> remove_passkey(AccountId account, PasskeyId id);  // kPasskeyUnknown
  // A new session, with a fresh second factor: the authenticator has verified its owner. Refuses as
  // check_assertion, kPasskeyChallenge, kPasskeyUnknown, kPasskeyCounter, kAccountDisabled.
  Result<SignedIn> sign_in_by_passkey(const AssertionAnswer& answer, std::string_view peer);
  // Freshens the second factor of a session; refuses likewise (a passkey of another account is
  // unknown), kSessionMissing.
  Result<Done> confirm_by_passkey(AccountId account, SessionId session,
                                  const AssertionAnswer& answer);

  // ---- passwords and the second factor

  // Both end all sessions of the account. set_password is an administrator's; change_password
  // needs the old one and counts and refuses as sign_in does. Both refuse as check_new_password.
  Result<Done> set_password(AccountId id, std::string_view password);
  Result<Done> change_password(AccountId id, const PasswordChange& change);
  // The otpauth:// address of a new secret (it holds it). Nothing is asked for at sign-in until a
  // first code confirms it; beginning again replaces the secret. Refuses kSecondFactorThere.
  // Sealed without the key: kSealKeyMissing, here and wherever a code is checked.
  Result<std::string> begin_second_factor(AccountId id);
  // Ten recovery codes, shown now and never again; the session, where one is named, has a fresh
  // second factor. Refuses kSecondFactorThere, kSecondFactorMissing
  // (not begun), kSecondFactorWrong.
  Result<std::vector<std::string>> confirm_second_factor(AccountId id, std::string_view code,
                                                         SessionId session = {});
  // In place of those that are left. Refuses kSecondFactorMissing.
  Result<std::vector<std::string>> new_recovery_codes(AccountId id);
  Result<Done> remove_second_factor(AccountId id);  // without one: no error
  // Freshens the second factor of a session by a code, or a recovery code. Refuses
  // kSecondFactorMissing, kSessionMissing, kSignInDelayed, kSignInWrong.
  Result<Done> confirm_by_code(AccountId account, SessionId session, std::string_view code);
  // Whether there are secrets that cannot be used because the key that seals them was not given.
  bool needs_seal_key() const;

  // ---- sessions

  // A new session. Refuses, in this order: kSignInDelayed (args seconds; more than five failures of
  // this login from this peer within 15 minutes, or of codes of this account; other peers may go
  // on), kSignInWrong (unknown login, wrong password or code: the same answer after the same time),
  // kAccountDisabled, kCodeRequired (and kSignInWrong for a wrong code). The last two only with the
  // right password.
  Result<SignedIn> sign_in(const SignIn& attempt);
  // Refuses kCredentialUnknown.
  Result<Done> sign_out(std::string_view token);
  Result<std::vector<Session>> sessions(AccountId id) const;  // those that have not ended
  Result<Done> end_session(AccountId account, SessionId id);  // kSessionMissing
  Result<Done> end_sessions(AccountId id);                    // all of them, effective at once

  // ---- keys of programs

  // Refuses kShownNameMalformed (name, operations), kAccountLimit (api_keys, operations),
  // kMembershipMissing, kExpiryPassed.
  Result<MadeApiKey> add_api_key(AccountId id, NewApiKey key);
  // A new secret; the one before works until `secret_before_until` (now or earlier: no longer), one
  // older than that no more. Refuses kApiKeyMissing, kApiKeyEnded.
  Result<MadeApiKey> rotate_api_key(AccountId account, ApiKeyId id, Instant secret_before_until);
  // Effective at once; repeating it is no error. Refuses kApiKeyMissing.
  Result<Done> revoke_api_key(AccountId account, ApiKeyId id);
  Result<std::vector<ApiKey>> api_keys(AccountId id) const;  // with those that ended, by id

  // ---- every request

  // Who presents this token. Refuses kCredentialUnknown (never given out, withdrawn, changed by a
  // sign: the same answer), kCredentialExpired, kAccountDisabled. Microseconds; the times of last
  // use are stored at most once a minute, by whichever call comes first.
  Result<Bearer> bearer(std::string_view token);
  // The same of somebody who goes on looking at what he once asked for. That is no use of the
  // token: a session nobody works in ends in spite of it.
  Result<Bearer> watcher(std::string_view token);
  // What bearer() has noted since, for the end of the service.
  Result<Done> store_uses();

 private:
  struct CheckedPassword;
  class FileLock;
  using Edit = std::function<Result<Done>(AccountRow&, AccountChange&)>;

  Accounts(std::unique_ptr<FileLock> lock, AccountTables tables, AccountsOptions options,
           std::string decoy_hash);
  // Stores what `make` makes of the account and adds to the change.
  Result<Done> edit(AccountId id, const Edit& make);
  Result<Done> keep_an_administrator(const Account& account) const;
  void end_all_sessions(AccountId id, AccountChange& change) const;
  Result<Done> store_password(AccountId id, std::string hash,
                              const std::optional<std::string>& in_place_of);
  Result<CheckedPassword> check_password(const SignIn& attempt);
  Result<Done> take_code(AccountRow& row, std::string_view code);
  Result<SignedIn> begin_session(AccountRow row, std::string_view peer,
                                 std::optional<Instant> second_factor);
  Result<Done> stamp_second_factor(const AccountRow& row, SessionId session,
                                   AccountChange& change) const;
  Result<Done> seal_all();
  Result<Bytes> secret_of(const AccountRow& row) const;
  std::string open_invitation(AccountRow& row) const;
  struct CheckedPasskey;
  Result<CheckedPasskey> check_passkey(const AssertionAnswer& answer, ChallengeFor purpose,
                                       AccountId account);
  Result<Done> use_passkey(AccountRow& row, const CheckedPasskey& checked) const;
  void end_surplus_sessions(AccountId id, AccountChange& change);
  Instant ends(const Session& session) const;
  Result<Bearer> bearer_of(std::string_view token, bool used);
  Result<Bearer> bearer_of_session(const Digest& token, bool used);
  Result<Bearer> bearer_of_api_key(const Digest& token, bool used);
  Result<ApiKeyRow> api_key_row(AccountId account, ApiKeyId id) const;
  void store_uses_if_due();

  std::unique_ptr<FileLock> lock_;
  AccountsOptions options_;
  SystemClock system_clock_;
  house::Clock* clock_;
  std::string decoy_hash_;  // verified in place of the hash of an unknown login
  mutable std::mutex mutex_;
  AccountTables tables_;  // and all below: under the mutex
  SignInLimits limits_;
  Challenges challenges_;
  Instant uses_stored_;
  Instant swept_;
};

// The login as it is kept. Refuses kLoginMalformed (args max).
Result<std::string> parse_login(std::string_view text);

}  // namespace anlan::platform
