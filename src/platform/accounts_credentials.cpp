// Accounts: sessions and keys after they were made, and whom a token stands for.
#include <algorithm>

#include "platform/account_checks.h"
#include "platform/accounts.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

constexpr std::int64_t kUsesMinutes = 1;

Refusal unknown() { return about_account(refusals::kCredentialUnknown, "token"); }
Refusal expired() { return about_account(refusals::kCredentialExpired, "token"); }

Refusal disabled(const Account& account) {
  return about_account(refusals::kAccountDisabled, "token", account.login);
}

bool has(const Account& account, const Membership& membership) {
  return std::binary_search(account.memberships.begin(), account.memberships.end(), membership);
}

std::optional<OrganisationKind> kind_of(const AccountTables& tables, const Account& account) {
  const auto found = tables.organisations().find(account.organisation);
  if (found == tables.organisations().end()) return std::nullopt;
  return found->second.kind;
}

bool has_ended(const ApiKey& key, Instant now) {
  return key.revoked || (key.expires && *key.expires <= now);
}

Result<std::vector<std::string>> check_operations(std::vector<std::string> names) {
  if (!names.empty()) {
    ANLAN_REQUIRE(check_account_limit(names.size() - 1, kOperationsMax, "operations"));
  }
  for (const std::string& name : names) ANLAN_REQUIRE(check_shown_name(name, "operations"));
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace

Instant Accounts::ends(const Session& session) const {
  return std::min(plus_minutes(session.used, options_.idle.count()),
                  plus_minutes(session.created, options_.absolute.count()));
}

Result<std::vector<Session>> Accounts::sessions(AccountId id) const {
  const std::lock_guard lock(mutex_);
  if (!tables_.account(id)) return account_missing(id);
  const Instant at = now();
  std::vector<Session> sessions;
  for (const SessionRow& row : tables_.sessions_of(id)) {
    Session session = row.session;
    session.ends = ends(session);
    if (at < session.ends) sessions.push_back(std::move(session));
  }
  std::sort(sessions.begin(), sessions.end(), [](const Session& a, const Session& b) {
    return std::pair(a.created, a.id) < std::pair(b.created, b.id);
  });
  return sessions;
}

Result<Done> Accounts::sign_out(std::string_view token) {
  const auto read = read_token(token);
  if (!read) return unknown();
  const std::lock_guard lock(mutex_);
  const SessionRow* row = tables_.session_of(read->digest);
  if (!row) return unknown();
  AccountChange change;
  change.ended.push_back(row->session);
  return tables_.store(std::move(change));
}

Result<Done> Accounts::end_session(AccountId account, SessionId id) {
  const std::lock_guard lock(mutex_);
  if (!tables_.account(account)) return account_missing(account);
  const auto found = tables_.sessions().find({account, id});
  if (found == tables_.sessions().end()) {
    return about_account(refusals::kSessionMissing, "session", to_text(id));
  }
  AccountChange change;
  change.ended.push_back(found->second.session);
  return tables_.store(std::move(change));
}

Result<Done> Accounts::end_sessions(AccountId id) {
  return edit(id, [&](AccountRow&, AccountChange& change) -> Result<Done> {
    end_all_sessions(id, change);
    return Done{};
  });
}

Result<MadeApiKey> Accounts::add_api_key(AccountId id, NewApiKey key) {
  ANLAN_CHECK(key.kind == CredentialKind::kLiveKey || key.kind == CredentialKind::kTestKey);
  ANLAN_REQUIRE(check_shown_name(key.name, "name"));
  ANLAN_TRY(std::vector<std::string> operations, check_operations(std::move(key.operations)));
  const std::lock_guard lock(mutex_);
  const AccountRow* owner = tables_.account(id);
  if (!owner) return account_missing(id);
  ANLAN_REQUIRE(check_account_limit(tables_.api_keys_of(id).size(), kApiKeysMax, "api_keys"));
  if (!has(owner->account, key.acts_as)) return membership_missing(owner->account, key.acts_as);
  if (key.expires && *key.expires <= now()) {
    return about_account(refusals::kExpiryPassed, "expires", to_text(*key.expires),
                         {{.name = "now", .value = to_text(now())}});
  }
  NewToken token = new_token(key.kind);
  ApiKeyRow row;
  row.key = {.id = tables_.next_api_key(),
             .account = id,
             .name = std::move(key.name),
             .kind = key.kind,
             .scope = key.scope,
             .acts_as = std::move(key.acts_as),
             .operations = std::move(operations),
             .shown = std::move(token.shown),
             .created = now(),
             .expires = key.expires};
  row.token = token.digest;
  ApiKey made = row.key;
  AccountChange change;
  change.api_keys.push_back(std::move(row));
  ANLAN_REQUIRE(tables_.store(std::move(change)));
  return MadeApiKey{.token = std::move(token.text), .key = std::move(made)};
}

Result<ApiKeyRow> Accounts::api_key_row(AccountId account, ApiKeyId id) const {
  if (!tables_.account(account)) return account_missing(account);
  const auto found = tables_.api_keys().find({account, id});
  if (found == tables_.api_keys().end()) {
    return about_account(refusals::kApiKeyMissing, "api_key", to_text(id));
  }
  return found->second;
}

Result<MadeApiKey> Accounts::rotate_api_key(AccountId account, ApiKeyId id,
                                            Instant secret_before_until) {
  const std::lock_guard lock(mutex_);
  ANLAN_TRY(ApiKeyRow row, api_key_row(account, id));
  if (has_ended(row.key, now())) {
    return about_account(refusals::kApiKeyEnded, "api_key", to_text(id));
  }
  NewToken token = new_token(row.key.kind);
  row.token_before.reset();
  row.key.secret_before_until.reset();
  if (secret_before_until > now()) {
    row.token_before = row.token;
    row.key.secret_before_until = secret_before_until;
  }
  row.token = token.digest;
  row.key.shown = std::move(token.shown);
  ApiKey made = row.key;
  AccountChange change;
  change.api_keys.push_back(std::move(row));
  ANLAN_REQUIRE(tables_.store(std::move(change)));
  return MadeApiKey{.token = std::move(token.text), .key = std::move(made)};
}

Result<Done> Accounts::revoke_api_key(AccountId account, ApiKeyId id) {
  const std::lock_guard lock(mutex_);
  ANLAN_TRY(ApiKeyRow row, api_key_row(account, id));
  if (row.key.revoked) return Done{};
  row.key.revoked = now();
  AccountChange change;
  change.api_keys.push_back(std::move(row));
  return tables_.store(std::move(change));
}

Result<std::vector<ApiKey>> Accounts::api_keys(AccountId id) const {
  const std::lock_guard lock(mutex_);
  if (!tables_.account(id)) return account_missing(id);
  std::vector<ApiKey> keys;
  for (ApiKeyRow& row : tables_.api_keys_of(id)) keys.push_back(std::move(row.key));
  return keys;
}

Result<Bearer> Accounts::bearer(std::string_view token) { return bearer_of(token, true); }

Result<Bearer> Accounts::watcher(std::string_view token) { return bearer_of(token, false); }

Result<Bearer> Accounts::bearer_of(std::string_view token, bool used) {
  const auto read = read_token(token);
  if (!read) return unknown();
  const std::lock_guard lock(mutex_);
  ANLAN_TRY(Bearer bearer, read->kind == CredentialKind::kSession
                               ? bearer_of_session(read->digest, used)
                               : bearer_of_api_key(read->digest, used));
  if (used) store_uses_if_due();
  return bearer;
}

Result<Bearer> Accounts::bearer_of_session(const Digest& token, bool used) {
  const SessionRow* row = tables_.session_of(token);
  if (!row) return unknown();
  const Instant at = now();
  if (ends(row->session) <= at) return expired();
  const Account& account = tables_.account(row->session.account)->account;
  if (account.disabled) return disabled(account);
  if (used) tables_.note_use(row->session, at);
  const std::optional<Instant> given = row->session.second_factor;
  return Bearer{
      .account = account.id,
      .login = account.login,
      .administrator = account.administrator,
      .kind = CredentialKind::kSession,
      .scope = KeyScope::kWrite,
      .acts_as = {},
      .operations = {},
      .session = row->session.id,
      .api_key = {},
      .second_factor = given,
      .second_factor_fresh = given && *given <= at && at < plus_minutes(*given, kFreshMinutes),
      .asks_second_factor = account.second_factor || account.passkeys > 0,
      .organisation = account.organisation,
      .kind_of_organisation = kind_of(tables_, account),
      .ends = ends(row->session)};
}

Result<Bearer> Accounts::bearer_of_api_key(const Digest& token, bool used) {
  const ApiKeyRow* row = tables_.api_key_of(token);
  if (!row || row->key.revoked) return unknown();
  const ApiKey& key = row->key;
  const Instant at = now();
  const bool newest = row->token == token;
  if (has_ended(key, at) || (!newest && *key.secret_before_until <= at)) return expired();
  const Account& account = tables_.account(key.account)->account;
  if (account.disabled) return disabled(account);
  if (used) tables_.note_use(key, at);
  return Bearer{.account = account.id,
                .login = account.login,
                .administrator = account.administrator,
                .kind = key.kind,
                .scope = key.scope,
                .acts_as = key.acts_as,
                .operations = key.operations,
                .session = {},
                .api_key = key.id,
                .organisation = account.organisation,
                .kind_of_organisation = kind_of(tables_, account)};
}

Result<Done> Accounts::store_uses() {
  const std::lock_guard lock(mutex_);
  uses_stored_ = now();
  return tables_.store_uses();
}

void Accounts::store_uses_if_due() {
  const Instant at = now();
  if (uses_stored_ <= at && at < plus_minutes(uses_stored_, kUsesMinutes)) return;
  uses_stored_ = at;
  // A request does not fail because its time could not be noted; the next minute tries again.
  static_cast<void>(tables_.store_uses());
}

}  // namespace anlan::platform
