// Accounts: passwords, the second factor, and the beginning of a session.
#include <algorithm>

#include <sodium.h>

#include "base/utf8.h"
#include "platform/access_refusals.h"
#include "platform/account_checks.h"
#include "platform/accounts.h"
#include "platform/ip_address.h"
#include "platform/refusals.h"
#include "platform/secret_seal.h"
#include "platform/totp.h"

namespace anlan::platform {
namespace {

constexpr std::size_t kPeerSignsMax = 64;
// Ended sessions stay for so long, so that their holders hear that they have ended.
constexpr std::int64_t kEndedMinutes = 24 * 60;
constexpr std::int64_t kSweepMinutes = 60;

Refusal wrong() { return about_account(refusals::kSignInWrong, "login"); }

Refusal delayed(std::int64_t seconds) {
  return about_account(refusals::kSignInDelayed, "login", {},
                       {{.name = "seconds", .value = std::to_string(seconds)}});
}

// Who guesses: the purpose, the login and the network of the peer, which none of them can feign for
// another.
Digest guesser_of(std::string_view purpose, std::string_view login, std::string_view peer) {
  ByteWriter out;
  out.text(purpose);
  out.text(login);
  out.text(peer_network(peer));
  return sha256(out.bytes());
}

SessionId random_session_id() {
  std::uint64_t number = 0;
  randombytes_buf(&number, sizeof number);
  return SessionId{(number >> 1) | 1};  // fits SQLite's signed integer, and is not 0
}

// Removes the code from the list; false when it is not in it. Looks at every one of them.
bool use_recovery_code(std::vector<Digest>& codes, std::string_view code) {
  const Digest digest = recovery_digest(code);
  auto found = codes.end();
  for (auto each = codes.begin(); each != codes.end(); ++each) {
    if (sodium_memcmp(each->bytes.data(), digest.bytes.data(), digest.bytes.size()) == 0) {
      found = each;
    }
  }
  if (found == codes.end()) return false;
  codes.erase(found);
  return true;
}

std::vector<std::string> give_recovery_codes(AccountRow& row) {
  std::vector<std::string> codes;
  row.recovery_codes.clear();
  for (std::size_t i = 0; i < kRecoveryCodes; ++i) {
    codes.push_back(new_recovery_code());
    row.recovery_codes.push_back(recovery_digest(codes.back()));
  }
  return codes;
}

Refusal about_second_factor(RefusalCode code, const AccountRow& row) {
  return about_account(code, "account", row.account.login);
}

}  // namespace

// The password was right for this account with this hash.
struct Accounts::CheckedPassword {
  AccountId account;
  std::string hash;
  Digest guesser;
};

Result<Accounts::CheckedPassword> Accounts::check_password(const SignIn& attempt) {
  const Result<std::string> login = parse_login(attempt.login);
  CheckedPassword checked{
      .account = {},
      .hash = decoy_hash_,
      .guesser = guesser_of("password", login.ok() ? *login : attempt.login, attempt.peer)};
  {
    const std::lock_guard lock(mutex_);
    const std::int64_t seconds = limits_.start_try(checked.guesser, kSignInTriesMax, now());
    if (seconds > 0) return delayed(seconds);
    const AccountRow* row = login.ok() ? tables_.account_of(*login) : nullptr;
    if (row) {
      checked.account = row->account.id;
      checked.hash = row->password_hash;
    }
  }
  const bool right = verify_password(checked.hash, attempt.password);
  if (!right || !checked.account.exists()) return wrong();
  return checked;
}

Result<SignedIn> Accounts::sign_in(const SignIn& attempt) {
  ANLAN_TRY(const CheckedPassword checked, check_password(attempt));
  std::optional<std::string> new_hash;
  if (needs_new_hash(checked.hash, options_.cost)) {
    ANLAN_TRY(new_hash, hash_password(attempt.password, options_.cost));
  }
  const std::lock_guard lock(mutex_);
  const AccountRow* known = tables_.account(checked.account);
  if (!known || known->password_hash != checked.hash) return wrong();  // changed meanwhile
  if (known->account.disabled) {
    limits_.forget_try(checked.guesser);
    return about_account(refusals::kAccountDisabled, "login", known->account.login);
  }
  AccountRow row = *known;
  std::optional<Instant> second_factor;
  if (row.confirmed && attempt.code.empty()) {
    limits_.forget_try(checked.guesser);
    return about_account(refusals::kCodeRequired, "code");
  }
  if (row.confirmed) {
    ANLAN_REQUIRE(take_code(row, attempt.code));
    second_factor = now();
  }
  if (new_hash) row.password_hash = *new_hash;
  ANLAN_TRY(SignedIn signed_in, begin_session(std::move(row), attempt.peer, second_factor));
  limits_.forget(checked.guesser);
  return signed_in;
}

// Uses up the code of an account that asks for one.
Result<Done> Accounts::take_code(AccountRow& row, std::string_view code) {
  ANLAN_TRY(Bytes secret, secret_of(row));
  // Somebody with the password could go on from peer to peer; three codes of a million are right at
  // any time.
  const Digest anywhere = guesser_of("code", row.account.login, {});
  const std::int64_t seconds = limits_.start_try(anywhere, kCodeTriesMax, now());
  if (seconds > 0) return delayed(seconds);
  const auto step = match_totp(secret, code, now(), row.used_step);
  sodium_memzero(secret.data(), secret.size());
  if (step) row.used_step = *step;
  if (!step && !use_recovery_code(row.recovery_codes, code)) return wrong();
  limits_.forget_try(anywhere);
  return Done{};
}

Result<SignedIn> Accounts::begin_session(AccountRow row, std::string_view peer,
                                         std::optional<Instant> second_factor) {
  NewToken token = new_token(CredentialKind::kSession);
  const Instant at = now();
  Session session{.id = random_session_id(),
                  .account = row.account.id,
                  .created = at,
                  .used = at,
                  .peer = shortened(peer, kPeerSignsMax),
                  .second_factor = second_factor};
  AccountChange change;
  end_surplus_sessions(row.account.id, change);
  change.sessions.push_back({.session = session, .token = token.digest});
  row.describe();
  Account account = row.account;
  change.accounts.push_back(std::move(row));
  ANLAN_REQUIRE(tables_.store(std::move(change)));
  session.ends = ends(session);
  return SignedIn{.token = std::move(token.text), .session = session, .account = account};
}

// One of the account's when it has all that it may have, and now and then those of everybody that
// ended a day ago.
void Accounts::end_surplus_sessions(AccountId id, AccountChange& change) {
  const Instant at = now();
  if (plus_minutes(swept_, kSweepMinutes) <= at || swept_ > at) {
    swept_ = at;
    for (const auto& [place, row] : tables_.sessions()) {
      if (plus_minutes(ends(row.session), kEndedMinutes) <= at) change.ended.push_back(row.session);
    }
  }
  const std::vector<SessionRow> rows = tables_.sessions_of(id);
  if (rows.size() < kSessionsMax) return;
  change.ended.push_back(
      std::min_element(rows.begin(), rows.end(), [](const SessionRow& a, const SessionRow& b) {
        return a.session.used < b.session.used;
      })->session);
}

Result<Done> Accounts::set_password(AccountId id, std::string_view password) {
  ANLAN_TRY(const Account known, account(id));
  ANLAN_REQUIRE(check_new_password(password, known.login));
  ANLAN_TRY(std::string hash, hash_password(password, options_.cost));
  return store_password(id, std::move(hash), std::nullopt);
}

Result<Done> Accounts::change_password(AccountId id, const PasswordChange& change) {
  ANLAN_TRY(const Account known, account(id));
  ANLAN_REQUIRE(check_new_password(change.new_password, known.login));
  ANLAN_TRY(
      const CheckedPassword checked,
      check_password({.login = known.login, .password = change.old_password, .peer = change.peer}));
  ANLAN_TRY(std::string hash, hash_password(change.new_password, options_.cost));
  ANLAN_REQUIRE(store_password(id, std::move(hash), checked.hash));
  const std::lock_guard lock(mutex_);
  limits_.forget(checked.guesser);
  return Done{};
}

Result<Done> Accounts::store_password(AccountId id, std::string hash,
                                      const std::optional<std::string>& in_place_of) {
  return edit(id, [&](AccountRow& row, AccountChange& change) -> Result<Done> {
    if (in_place_of && row.password_hash != *in_place_of) return wrong();  // changed meanwhile
    row.password_hash = std::move(hash);
    end_all_sessions(id, change);
    return Done{};
  });
}

Result<std::string> Accounts::begin_second_factor(AccountId id) {
  std::string uri;
  ANLAN_REQUIRE(edit(id, [&](AccountRow& row, AccountChange&) -> Result<Done> {
    if (row.confirmed) return about_second_factor(refusals::kSecondFactorThere, row);
    Bytes secret(kTotpSecretBytes);
    randombytes_buf(secret.data(), secret.size());
    uri = otpauth_uri(secret, {.issuer = options_.issuer, .login = row.account.login});
    row.second_factor =
        options_.seal_key ? seal_secret(secret, row.account.id, *options_.seal_key) : secret;
    sodium_memzero(secret.data(), secret.size());
    return Done{};
  }));
  return uri;
}

Result<std::vector<std::string>> Accounts::confirm_second_factor(AccountId id,
                                                                 std::string_view code,
                                                                 SessionId session) {
  std::vector<std::string> codes;
  ANLAN_REQUIRE(edit(id, [&](AccountRow& row, AccountChange& change) -> Result<Done> {
    if (row.confirmed) return about_second_factor(refusals::kSecondFactorThere, row);
    if (!row.second_factor) return about_second_factor(refusals::kSecondFactorMissing, row);
    ANLAN_TRY(const Bytes secret, secret_of(row));
    // Whoever has the session of another must not guess a code that makes the factor his own.
    const Digest guesser = guesser_of("confirmation", row.account.login, {});
    const std::int64_t seconds = limits_.start_try(guesser, kCodeTriesMax, now());
    if (seconds > 0) return delayed(seconds);
    const auto step = match_totp(secret, code, now(), row.used_step);
    if (!step) return about_second_factor(refusals::kSecondFactorWrong, row);
    limits_.forget(guesser);
    row.used_step = *step;
    row.confirmed = true;
    codes = give_recovery_codes(row);
    return session.exists() ? stamp_second_factor(row, session, change) : Done{};
  }));
  return codes;
}

Result<std::vector<std::string>> Accounts::new_recovery_codes(AccountId id) {
  std::vector<std::string> codes;
  ANLAN_REQUIRE(edit(id, [&](AccountRow& row, AccountChange&) -> Result<Done> {
    if (!row.confirmed) return about_second_factor(refusals::kSecondFactorMissing, row);
    codes = give_recovery_codes(row);
    return Done{};
  }));
  return codes;
}

Result<Done> Accounts::confirm_by_code(AccountId account, SessionId session,
                                       std::string_view code) {
  return edit(account, [&](AccountRow& row, AccountChange& change) -> Result<Done> {
    if (!row.confirmed) return about_second_factor(refusals::kSecondFactorMissing, row);
    ANLAN_REQUIRE(stamp_second_factor(row, session, change));
    return take_code(row, code);
  });
}

Result<Done> Accounts::stamp_second_factor(const AccountRow& row, SessionId session,
                                           AccountChange& change) const {
  const auto found = tables_.sessions().find({row.account.id, session});
  if (found == tables_.sessions().end())
    return about_account(refusals::kSessionMissing, "session", to_text(session));
  SessionRow stamped = found->second;
  stamped.session.second_factor = now();
  change.sessions.push_back(std::move(stamped));
  return Done{};
}

Result<Bytes> Accounts::secret_of(const AccountRow& row) const {
  ANLAN_CHECK(row.second_factor.has_value());
  if (row.second_factor->size() == kTotpSecretBytes) return *row.second_factor;
  if (!options_.seal_key) return about_second_factor(refusals::kSealKeyMissing, row);
  auto secret = open_secret(*row.second_factor, row.account.id, *options_.seal_key);
  if (!secret) return about_second_factor(refusals::kSealKeyWrong, row);
  return *std::move(secret);
}

// Those in clear are sealed; those that are must open.
Result<Done> Accounts::seal_all() {
  if (!options_.seal_key) return Done{};
  AccountChange change;
  for (const auto& [id, row] : tables_.accounts()) {
    if (!row.second_factor) continue;
    ANLAN_TRY(Bytes secret, secret_of(row));
    if (row.second_factor->size() == kTotpSecretBytes) {
      AccountRow sealed = row;
      sealed.second_factor = seal_secret(secret, id, *options_.seal_key);
      change.accounts.push_back(std::move(sealed));
    }
    sodium_memzero(secret.data(), secret.size());
  }
  if (change.accounts.empty()) return Done{};
  ANLAN_REQUIRE(tables_.store(std::move(change)));
  return tables_.empty_log();
}

bool Accounts::needs_seal_key() const {
  const std::lock_guard lock(mutex_);
  const auto& rows = tables_.accounts();
  return !options_.seal_key && std::any_of(rows.begin(), rows.end(), [](const auto& each) {
    return each.second.second_factor && each.second.second_factor->size() != kTotpSecretBytes;
  });
}

Result<Done> Accounts::remove_second_factor(AccountId id) {
  return edit(id, [&](AccountRow& row, AccountChange&) -> Result<Done> {
    row.second_factor.reset();
    row.confirmed = false;
    row.used_step = -1;
    row.recovery_codes.clear();
    return Done{};
  });
}

}  // namespace anlan::platform
