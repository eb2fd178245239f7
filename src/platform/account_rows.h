// The rows of the accounts file, read whole and written one by one (schema.h, kAccounts). Secrets
// stand here: these types stay within accounts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "platform/account_records.h"
#include "platform/sqlite.h"

namespace anlan::platform {

struct PasskeyRow {
  Passkey passkey;
  Bytes public_key;  // COSE_Key
};

struct Invitation {
  Digest token;
  Instant ends;
};

struct AccountRow {
  Account account;
  std::string password_hash;  // argon2id
  // As soon as it was begun: kTotpSecretBytes in clear, or kSealedSecretBytes (secret_seal.h).
  std::optional<Bytes> second_factor;
  bool confirmed = false;
  std::int64_t used_step = -1;  // of the last code: none of this step or before works again
  std::vector<Digest> recovery_codes;
  std::vector<PasskeyRow> passkeys;  // by id
  std::optional<Invitation> invitation;

  // What the account says of itself of what stands above.
  void describe();
};

struct SessionRow {
  Session session;  // `ends` is not stored: it follows from the other times
  Digest token;
};

struct ApiKeyRow {
  ApiKey key;
  Digest token;
  std::optional<Digest> token_before;  // with key.secret_before_until
};

// Within a transaction of the caller's; each replaces the row of its id. All refuse as Database
// does.
Result<Done> write_row(Database& database, const AccountRow& row);
Result<Done> write_row(Database& database, const SessionRow& row);
Result<Done> write_row(Database& database, const ApiKeyRow& row);
Result<Done> write_row(Database& database, const Organisation& organisation);
Result<Done> write_row(Database& database, const CompanyGrant& grant);
Result<Done> delete_row(Database& database, SessionId id);
Result<Done> delete_row(Database& database, const CompanyGrant& grant);
Result<Done> write_use(Database& database, SessionId id, Instant used);
Result<Done> write_use(Database& database, ApiKeyId id, Instant used);

// All of them, by id. Refuse kDatabaseDamaged for rows that cannot have been written here.
Result<std::vector<AccountRow>> read_account_rows(Database& database);
Result<std::vector<SessionRow>> read_session_rows(Database& database);
Result<std::vector<ApiKeyRow>> read_api_key_rows(Database& database);
Result<std::vector<Organisation>> read_organisation_rows(Database& database);
Result<std::vector<CompanyGrant>> read_grant_rows(Database& database);

// kDatabaseDamaged of this file's tables.
Refusal damaged_rows(const Database& database);

}  // namespace anlan::platform
