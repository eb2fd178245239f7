#include "platform/account_tables.h"

#include <algorithm>

#include "platform/schema.h"

namespace anlan::platform {
namespace {

AccountTables::SessionPlace place_of(const Session& session) {
  return {session.account, session.id};
}
AccountTables::ApiKeyPlace place_of(const ApiKey& key) { return {key.account, key.id}; }

// The rows of one account, in a map that is ordered by account and then by id.
template <class Row, class TagOfRow>
std::vector<Row> rows_of(const std::map<std::pair<AccountId, Id<TagOfRow>>, Row>& rows,
                         AccountId account) {
  std::vector<Row> found;
  for (auto at = rows.lower_bound({account, {}}); at != rows.end(); ++at) {
    if (at->first.first != account) break;
    found.push_back(at->second);
  }
  return found;
}

}  // namespace

Result<Done> AccountTables::create(const std::filesystem::path& file) {
  ANLAN_TRY(Database database, Database::open(file, DatabaseMode::kCreate));
  ANLAN_REQUIRE(database.write_durably());
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database));
  ANLAN_REQUIRE(database.set_identity(schema::kAccountsId, schema::kAccountsFormat));
  for (const std::string_view statement : schema::kAccounts) {
    ANLAN_REQUIRE(database.run(std::string(statement)));
  }
  return transaction.commit();
}

Result<AccountTables> AccountTables::open(const std::filesystem::path& file) {
  ANLAN_TRY(Database database, Database::open(file, DatabaseMode::kReadWrite));
  ANLAN_REQUIRE(database.check_identity(schema::kAccountsId, schema::kAccountsFormat));
  ANLAN_REQUIRE(database.check_schema(schema::kAccounts));
  // What was withdrawn, such as the secret of a second factor, leaves no bytes behind.
  ANLAN_REQUIRE(database.run("PRAGMA secure_delete=ON"));
  ANLAN_REQUIRE(database.write_durably());
  AccountTables tables(std::move(database));
  ANLAN_REQUIRE(tables.load());
  return tables;
}

Result<Done> AccountTables::load() {
  ANLAN_TRY(std::vector<AccountRow> accounts, read_account_rows(database_));
  ANLAN_TRY(std::vector<SessionRow> sessions, read_session_rows(database_));
  ANLAN_TRY(std::vector<ApiKeyRow> api_keys, read_api_key_rows(database_));
  ANLAN_TRY(const std::vector<Organisation> organisations, read_organisation_rows(database_));
  ANLAN_TRY(const std::vector<CompanyGrant> grants, read_grant_rows(database_));
  for (const Organisation& each : organisations) organisations_.emplace(each.name, each);
  grants_.insert(grants.begin(), grants.end());
  for (AccountRow& row : accounts) {
    const domain::OrganisationName& of = row.account.organisation;
    if (of.exists() && !organisations_.contains(of)) return damaged_rows(database_);
    publish(std::move(row));
  }
  for (SessionRow& row : sessions) {
    if (!account(row.session.account)) return damaged_rows(database_);
    publish(std::move(row));
  }
  for (ApiKeyRow& row : api_keys) {
    if (!account(row.key.account)) return damaged_rows(database_);
    publish(std::move(row));
  }
  return Done{};
}

Result<Done> AccountTables::store(AccountChange change) {
  ANLAN_REQUIRE(write(change));
  publish(std::move(change));
  return Done{};
}

Result<Done> AccountTables::write(const AccountChange& change) {
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database_));
  for (const AccountRow& row : change.accounts) ANLAN_REQUIRE(write_row(database_, row));
  for (const SessionRow& row : change.sessions) ANLAN_REQUIRE(write_row(database_, row));
  for (const Session& session : change.ended) ANLAN_REQUIRE(delete_row(database_, session.id));
  for (const ApiKeyRow& row : change.api_keys) ANLAN_REQUIRE(write_row(database_, row));
  for (const Organisation& row : change.organisations) ANLAN_REQUIRE(write_row(database_, row));
  for (const CompanyGrant& row : change.granted) ANLAN_REQUIRE(write_row(database_, row));
  for (const CompanyGrant& row : change.withdrawn) ANLAN_REQUIRE(delete_row(database_, row));
  return transaction.commit();
}

Result<Done> AccountTables::store_uses() {
  if (session_uses_.empty() && api_key_uses_.empty()) return Done{};
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database_));
  for (const auto& [place, used] : session_uses_) {
    ANLAN_REQUIRE(write_use(database_, place.second, used));
  }
  for (const auto& [place, used] : api_key_uses_) {
    ANLAN_REQUIRE(write_use(database_, place.second, used));
  }
  ANLAN_REQUIRE(transaction.commit());
  session_uses_.clear();
  api_key_uses_.clear();
  return Done{};
}

void AccountTables::publish(AccountChange change) {
  for (AccountRow& row : change.accounts) publish(std::move(row));
  for (SessionRow& row : change.sessions) publish(std::move(row));
  for (const Session& session : change.ended) forget(session);
  for (ApiKeyRow& row : change.api_keys) publish(std::move(row));
  for (const Organisation& row : change.organisations) organisations_[row.name] = row;
  grants_.insert(change.granted.begin(), change.granted.end());
  for (const CompanyGrant& row : change.withdrawn) grants_.erase(row);
}

void AccountTables::forget_keys_of(const AccountRow& row) {
  for (const PasskeyRow& each : row.passkeys) credentials_.erase(each.passkey.credential);
  if (row.invitation) invitations_.erase(row.invitation->token);
}

void AccountTables::publish(AccountRow row) {
  row.describe();
  const AccountId id = row.account.id;
  if (const AccountRow* old = account(id)) forget_keys_of(*old);
  logins_[row.account.login] = id;
  for (const PasskeyRow& each : row.passkeys) credentials_[each.passkey.credential] = id;
  if (row.invitation) invitations_[row.invitation->token] = id;
  accounts_.insert_or_assign(id, std::move(row));
}

void AccountTables::publish(SessionRow row) {
  const SessionPlace place = place_of(row.session);
  session_tokens_[row.token] = place;
  sessions_.insert_or_assign(place, std::move(row));
}

void AccountTables::publish(ApiKeyRow row) {
  const ApiKeyPlace place = place_of(row.key);
  if (const auto old = api_keys_.find(place); old != api_keys_.end()) {
    api_key_tokens_.erase(old->second.token);
    if (old->second.token_before) api_key_tokens_.erase(*old->second.token_before);
  }
  api_key_tokens_[row.token] = place;
  if (row.token_before) api_key_tokens_[*row.token_before] = place;
  last_api_key_ = std::max(last_api_key_, row.key.id.number);
  api_keys_.insert_or_assign(place, std::move(row));
}

void AccountTables::forget(const Session& session) {
  const SessionPlace place = place_of(session);
  const auto found = sessions_.find(place);
  if (found == sessions_.end()) return;
  session_tokens_.erase(found->second.token);
  session_uses_.erase(place);
  sessions_.erase(found);
}

const AccountRow* AccountTables::account(AccountId id) const {
  const auto found = accounts_.find(id);
  return found == accounts_.end() ? nullptr : &found->second;
}

const AccountRow* AccountTables::account_of(const std::string& login) const {
  const auto found = logins_.find(login);
  return found == logins_.end() ? nullptr : account(found->second);
}

const AccountRow* AccountTables::account_of_credential(BytesView credential) const {
  const auto found = credentials_.find(Bytes(credential.begin(), credential.end()));
  return found == credentials_.end() ? nullptr : account(found->second);
}

const AccountRow* AccountTables::account_of_invitation(const Digest& token) const {
  const auto found = invitations_.find(token);
  return found == invitations_.end() ? nullptr : account(found->second);
}

const SessionRow* AccountTables::session_of(const Digest& token) const {
  const auto found = session_tokens_.find(token);
  return found == session_tokens_.end() ? nullptr : &sessions_.at(found->second);
}

const ApiKeyRow* AccountTables::api_key_of(const Digest& token) const {
  const auto found = api_key_tokens_.find(token);
  return found == api_key_tokens_.end() ? nullptr : &api_keys_.at(found->second);
}

std::vector<SessionRow> AccountTables::sessions_of(AccountId account) const {
  return rows_of(sessions_, account);
}

std::vector<ApiKeyRow> AccountTables::api_keys_of(AccountId account) const {
  return rows_of(api_keys_, account);
}

AccountId AccountTables::next_account() const {
  return AccountId{accounts_.empty() ? 1 : accounts_.rbegin()->first.number + 1};
}

void AccountTables::note_use(const Session& session, Instant now) {
  const SessionPlace place = place_of(session);
  sessions_.at(place).session.used = now;
  session_uses_[place] = now;
}

void AccountTables::note_use(const ApiKey& key, Instant now) {
  const ApiKeyPlace place = place_of(key);
  api_keys_.at(place).key.used = now;
  api_key_uses_[place] = now;
}

}  // namespace anlan::platform
