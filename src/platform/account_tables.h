// The tables of accounts: one SQLite file, and all its rows in memory, where every question is
// answered. What is stored is durable first and visible then. accounts.h is the way in.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/sha256.h"
#include "platform/account_rows.h"
#include "platform/sign_in_limits.h"
#include "platform/sqlite.h"

namespace anlan::platform {

// All of it or nothing. What has the id of a stored row replaces it.
struct AccountChange {
  std::vector<AccountRow> accounts;
  std::vector<SessionRow> sessions;
  std::vector<Session> ended;
  std::vector<ApiKeyRow> api_keys;
  std::vector<Organisation> organisations;
  std::vector<CompanyGrant> granted;
  std::vector<CompanyGrant> withdrawn;
};

// One thread at a time. Every call that stores may refuse as Database does (sqlite.h); nothing has
// changed then.
class AccountTables {
 public:
  using SessionPlace = std::pair<AccountId, SessionId>;
  using ApiKeyPlace = std::pair<AccountId, ApiKeyId>;

  // A new file without accounts, of mode 0600. Refuses kFileExists.
  static Result<Done> create(const std::filesystem::path& file);
  // Reads all rows; a file of format 1 becomes one of format 2. Refuses kFileMissing,
  // kDatabaseFormat, kDatabaseDamaged (also rows that cannot have been written here).
  static Result<AccountTables> open(const std::filesystem::path& file);

  Result<Done> store(AccountChange change);
  // The times of last use that note_use() brought since the last call, in one transaction.
  Result<Done> store_uses();

  const std::map<AccountId, AccountRow>& accounts() const { return accounts_; }
  const std::map<SessionPlace, SessionRow>& sessions() const { return sessions_; }
  const std::map<ApiKeyPlace, ApiKeyRow>& api_keys() const { return api_keys_; }
  // Nothing: none. The digest of a secret tells nobody how near a guess was, so that plain
  // comparison does for it.
  const AccountRow* account(AccountId id) const;
  const AccountRow* account_of(const std::string& login) const;
  const AccountRow* account_of_credential(BytesView credential) const;  // of a passkey
  const AccountRow* account_of_invitation(const Digest& token) const;
  const SessionRow* session_of(const Digest& token) const;
  const ApiKeyRow* api_key_of(const Digest& token) const;  // of either secret
  std::vector<SessionRow> sessions_of(AccountId account) const;
  std::vector<ApiKeyRow> api_keys_of(AccountId account) const;
  const std::map<domain::OrganisationName, Organisation>& organisations() const {
    return organisations_;
  }
  const std::set<CompanyGrant>& grants() const { return grants_; }
  // Nothing deleted is left in the log beside the file.
  Result<Done> empty_log() { return database_.empty_log(); }
  ApiKeyId next_api_key() const { return ApiKeyId{last_api_key_ + 1}; }
  AccountId next_account() const;

  // In memory only, until store_uses().
  void note_use(const Session& session, Instant now);
  void note_use(const ApiKey& key, Instant now);

 private:
  explicit AccountTables(Database database) : database_(std::move(database)) {}
  Result<Done> load();
  Result<Done> write(const AccountChange& change);
  void publish(AccountChange change);
  void publish(AccountRow row);
  void publish(SessionRow row);
  void publish(ApiKeyRow row);
  void forget(const Session& session);
  void forget_keys_of(const AccountRow& row);

  Database database_;
  std::map<AccountId, AccountRow> accounts_;
  std::map<SessionPlace, SessionRow> sessions_;
  std::map<ApiKeyPlace, ApiKeyRow> api_keys_;
  std::unordered_map<std::string, AccountId> logins_;
  std::unordered_map<Digest, SessionPlace, DigestHash> session_tokens_;
  std::unordered_map<Digest, ApiKeyPlace, DigestHash> api_key_tokens_;
  std::map<Bytes, AccountId> credentials_;
  std::unordered_map<Digest, AccountId, DigestHash> invitations_;
  std::map<domain::OrganisationName, Organisation> organisations_;
  std::set<CompanyGrant> grants_;
  std::map<SessionPlace, Instant> session_uses_;  // not yet stored
  std::map<ApiKeyPlace, Instant> api_key_uses_;
  std::uint64_t last_api_key_ = 0;
};

}  // namespace anlan::platform
