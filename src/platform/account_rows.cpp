#include "platform/account_rows.h"

#include <algorithm>
#include <map>

#include "platform/refusals.h"
#include "platform/secret_seal.h"
#include "platform/totp.h"

namespace anlan::platform {
namespace {

void bind_instant(Statement& statement, int parameter, const std::optional<Instant>& instant) {
  if (instant) {
    statement.bind(parameter, instant->micros());
  } else {
    statement.bind_null(parameter);
  }
}

std::int64_t number_of(auto id) { return static_cast<std::int64_t>(id.number); }

// Reads the columns of a row and remembers whether each could be what we write.
class RowReader {
 public:
  explicit RowReader(const Statement& row) : row_(&row) {}
  bool ok() const { return ok_; }

  std::string text(int column) const { return std::string(row_->text(column)); }
  Instant instant(int column) const { return Instant::from_micros(row_->whole(column)); }
  std::optional<Instant> maybe_instant(int column) const {
    if (row_->type(column) == ColumnType::kNull) return std::nullopt;
    return instant(column);
  }
  bool yes(int column) {
    need(row_->whole(column) == 0 || row_->whole(column) == 1);
    return row_->whole(column) == 1;
  }
  std::int64_t step(int column) {
    need(row_->whole(column) >= -1);
    return row_->whole(column);
  }
  template <class Tag>
  Id<Tag> id(int column, Id<Tag>) {
    need(row_->whole(column) > 0);
    return Id<Tag>{static_cast<std::uint64_t>(row_->whole(column))};
  }
  template <class E>
  E choice(int column, E otherwise) {
    for (const auto& entry : enum_names(static_cast<E*>(nullptr))) {
      if (static_cast<std::int64_t>(entry.value) == row_->whole(column)) return entry.value;
    }
    need(false);
    return otherwise;
  }
  Digest digest(int column) {
    Digest digest;
    const BytesView bytes = row_->blob(column);
    need(bytes.size() == digest.bytes.size());
    if (ok_) std::copy(bytes.begin(), bytes.end(), digest.bytes.begin());
    return digest;
  }
  std::optional<Digest> maybe_digest(int column) {
    if (row_->type(column) == ColumnType::kNull) return std::nullopt;
    return digest(column);
  }
  Bytes bytes(int column) {
    const BytesView bytes = row_->blob(column);
    need(!bytes.empty());
    return Bytes(bytes.begin(), bytes.end());
  }
  std::optional<Bytes> maybe_secret(int column) {
    if (row_->type(column) == ColumnType::kNull) return std::nullopt;
    Bytes found = bytes(column);
    need(found.size() == kTotpSecretBytes || found.size() == kSealedSecretBytes);
    return found;
  }
  std::uint32_t counter(int column) {
    need(row_->whole(column) >= 0 && row_->whole(column) <= UINT32_MAX);
    return static_cast<std::uint32_t>(row_->whole(column));
  }
  std::string house(int column) {
    need(parse_name_text(row_->text(column), "house").ok());
    return text(column);
  }
  template <class Tag>
  Name<Tag> name(int column, Name<Tag>) {
    need(parse_name_text(row_->text(column), "name").ok());
    return {text(column)};
  }
  template <class Tag>
  Name<Tag> maybe_name(int column, Name<Tag> none) {
    return row_->text(column).empty() ? none : name(column, none);
  }
  Membership membership(int house, int actor) {
    need(parse_name_text(row_->text(house), "house").ok());
    need(parse_name_text(row_->text(actor), "actor").ok());
    return {.house = text(house), .actor = {text(actor)}};
  }

 private:
  void need(bool fact) { ok_ = ok_ && fact; }
  const Statement* row_;
  bool ok_ = true;
};

// use(reader) for each row of a query, in its order.
template <class Use>
Result<Done> each_row(Database& database, std::string_view sql, Use use) {
  ANLAN_TRY(Statement rows, database.prepare(sql));
  for (;;) {
    ANLAN_TRY(const bool row, rows.step());
    if (!row) return Done{};
    RowReader reader(rows);
    if (!use(reader) || !reader.ok()) return damaged_rows(database);
  }
}

// Operations are names without line ends.
std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += name + "\n";
  return text;
}

std::vector<std::string> parted(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t end; (end = text.find('\n')) != std::string_view::npos;) {
    names.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return names;
}

Result<Done> write_lists(Database& database, const AccountRow& row) {
  const std::int64_t account = number_of(row.account.id);
  for (const std::string_view sql :
       {"DELETE FROM memberships WHERE account = ?", "DELETE FROM recovery_codes WHERE account = ?",
        "DELETE FROM passkeys WHERE account = ?", "DELETE FROM invitations WHERE account = ?"}) {
    ANLAN_TRY(Statement remove, database.prepare(sql));
    ANLAN_REQUIRE(remove.bind(0, account).run());
  }
  ANLAN_TRY(Statement member, database.prepare("INSERT INTO memberships VALUES(?, ?, ?)"));
  for (const Membership& each : row.account.memberships) {
    member.bind(0, account).bind_text(1, each.house).bind_text(2, each.actor.text);
    ANLAN_REQUIRE(member.run());
  }
  ANLAN_TRY(Statement code, database.prepare("INSERT INTO recovery_codes VALUES(?, ?)"));
  for (const Digest& each : row.recovery_codes) {
    ANLAN_REQUIRE(code.bind(0, account).bind_blob(1, each.bytes).run());
  }
  ANLAN_TRY(Statement passkey,
            database.prepare("INSERT INTO passkeys VALUES(?, ?, ?, ?, ?, ?, ?, ?)"));
  for (const PasskeyRow& each : row.passkeys) {
    passkey.bind(0, number_of(each.passkey.id))
        .bind(1, account)
        .bind_text(2, each.passkey.name)
        .bind_blob(3, each.passkey.credential)
        .bind_blob(4, each.public_key)
        .bind(5, each.passkey.counter)
        .bind(6, each.passkey.created.micros());
    bind_instant(passkey, 7, each.passkey.used);
    ANLAN_REQUIRE(passkey.run());
  }
  if (!row.invitation) return Done{};
  ANLAN_TRY(Statement invitation, database.prepare("INSERT INTO invitations VALUES(?, ?, ?)"));
  return invitation.bind(0, account)
      .bind_blob(1, row.invitation->token.bytes)
      .bind(2, row.invitation->ends.micros())
      .run();
}

Result<Done> set_used(Database& database, std::string_view sql, std::int64_t id, Instant used) {
  ANLAN_TRY(Statement update, database.prepare(sql));
  return update.bind(0, used.micros()).bind(1, id).run();
}

}  // namespace

void AccountRow::describe() {
  account.second_factor = confirmed;
  account.recovery_codes = static_cast<std::uint32_t>(recovery_codes.size());
  account.passkeys = static_cast<std::uint32_t>(passkeys.size());
  account.invited_until.reset();
  if (invitation) account.invited_until = invitation->ends;
}

Refusal damaged_rows(const Database& database) {
  return Refusal{.code = refusals::kDatabaseDamaged,
                 .path = "file",
                 .value = database.file(),
                 .args = {{.name = "reason", .value = "a row of it cannot have been written here"}},
                 .at = {}};
}

Result<Done> write_row(Database& database, const AccountRow& row) {
  const Account& account = row.account;
  // Not REPLACE, which would remove the row of another account with the same login.
  ANLAN_TRY(Statement put,
            database.prepare("INSERT INTO accounts VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                             "ON CONFLICT(account) DO UPDATE SET login = excluded.login, "
                             "display_name = excluded.display_name, password = excluded.password, "
                             "administrator = excluded.administrator, "
                             "disabled = excluded.disabled, created = excluded.created, "
                             "second_factor = excluded.second_factor, "
                             "second_factor_confirmed = excluded.second_factor_confirmed, "
                             "second_factor_step = excluded.second_factor_step, "
                             "organisation = excluded.organisation"));
  put.bind(0, number_of(account.id))
      .bind_text(1, account.login)
      .bind_text(2, account.display_name)
      .bind_text(3, row.password_hash)
      .bind(4, account.administrator ? 1 : 0)
      .bind(5, account.disabled ? 1 : 0)
      .bind(6, account.created.micros())
      .bind(8, row.confirmed ? 1 : 0)
      .bind(9, row.used_step)
      .bind_text(10, account.organisation.text);
  if (row.second_factor) {
    put.bind_blob(7, *row.second_factor);
  } else {
    put.bind_null(7);
  }
  ANLAN_REQUIRE(put.run());
  return write_lists(database, row);
}

Result<Done> write_row(Database& database, const SessionRow& row) {
  ANLAN_TRY(Statement put, database.prepare("INSERT INTO sessions VALUES(?, ?, ?, ?, ?, ?, ?) ON "
                                            "CONFLICT(session) DO UPDATE SET used = excluded.used, "
                                            "second_factor = excluded.second_factor"));
  bind_instant(put, 6, row.session.second_factor);
  return put.bind(0, number_of(row.session.id))
      .bind(1, number_of(row.session.account))
      .bind_blob(2, row.token.bytes)
      .bind(3, row.session.created.micros())
      .bind(4, row.session.used.micros())
      .bind_text(5, row.session.peer)
      .run();
}

Result<Done> write_row(Database& database, const ApiKeyRow& row) {
  const ApiKey& key = row.key;
  const std::string operations = joined(key.operations);
  {
    ANLAN_TRY(Statement remove, database.prepare("DELETE FROM api_keys WHERE api_key = ?"));
    ANLAN_REQUIRE(remove.bind(0, number_of(key.id)).run());
  }
  ANLAN_TRY(Statement put, database.prepare("INSERT INTO api_keys VALUES(?, ?, ?, ?, ?, ?, ?, ?, "
                                            "?, ?, ?, ?, ?, ?, ?, ?)"));
  put.bind(0, number_of(key.id))
      .bind(1, number_of(key.account))
      .bind_text(2, key.name)
      .bind(3, static_cast<std::int64_t>(key.kind))
      .bind(4, static_cast<std::int64_t>(key.scope))
      .bind_text(5, key.acts_as.house)
      .bind_text(6, key.acts_as.actor.text)
      .bind_text(7, operations)
      .bind_text(8, key.shown)
      .bind_blob(9, row.token.bytes)
      .bind(11, key.secret_before_until.value_or(Instant{}).micros())
      .bind(12, key.created.micros());
  if (row.token_before) {
    put.bind_blob(10, row.token_before->bytes);
  } else {
    put.bind_null(10);
  }
  bind_instant(put, 13, key.expires);
  bind_instant(put, 14, key.revoked);
  bind_instant(put, 15, key.used);
  return put.run();
}

Result<Done> write_row(Database& database, const Organisation& organisation) {
  ANLAN_TRY(Statement put,
            database.prepare("INSERT INTO organisations VALUES(?, ?, ?) ON CONFLICT(organisation) "
                             "DO UPDATE SET kind = excluded.kind, licence = excluded.licence"));
  put.bind_text(0, organisation.name.text)
      .bind(1, static_cast<std::int64_t>(organisation.kind))
      .bind_text(2, organisation.licence);
  ANLAN_REQUIRE(put.run());
  ANLAN_TRY(Statement remove,
            database.prepare("DELETE FROM organisation_houses WHERE organisation = ?"));
  ANLAN_REQUIRE(remove.bind_text(0, organisation.name.text).run());
  ANLAN_TRY(Statement house, database.prepare("INSERT INTO organisation_houses VALUES(?, ?)"));
  for (const std::string& each : organisation.houses) {
    ANLAN_REQUIRE(house.bind_text(0, each).bind_text(1, organisation.name.text).run());
  }
  return Done{};
}

Result<Done> write_row(Database& database, const CompanyGrant& grant) {
  ANLAN_TRY(Statement put,
            database.prepare("INSERT INTO company_grants VALUES(?, ?, ?) ON CONFLICT DO NOTHING"));
  return put.bind_text(0, grant.house)
      .bind_text(1, grant.organisation.text)
      .bind(2, number_of(grant.enterprise))
      .run();
}

Result<Done> delete_row(Database& database, const CompanyGrant& grant) {
  ANLAN_TRY(Statement remove, database.prepare("DELETE FROM company_grants WHERE house = ? AND "
                                               "organisation = ? AND enterprise = ?"));
  return remove.bind_text(0, grant.house)
      .bind_text(1, grant.organisation.text)
      .bind(2, number_of(grant.enterprise))
      .run();
}

Result<Done> delete_row(Database& database, SessionId id) {
  ANLAN_TRY(Statement remove, database.prepare("DELETE FROM sessions WHERE session = ?"));
  return remove.bind(0, number_of(id)).run();
}

Result<Done> write_use(Database& database, SessionId id, Instant used) {
  return set_used(database, "UPDATE sessions SET used = ? WHERE session = ?", number_of(id), used);
}

Result<Done> write_use(Database& database, ApiKeyId id, Instant used) {
  return set_used(database, "UPDATE api_keys SET used = ? WHERE api_key = ?", number_of(id), used);
}

namespace {

Result<Done> read_passkeys(Database& database, std::map<AccountId, AccountRow>& accounts) {
  return each_row(database, "SELECT * FROM passkeys ORDER BY passkey", [&](RowReader& reader) {
    PasskeyRow row;
    row.passkey = {.id = reader.id(0, PasskeyId{}),
                   .account = reader.id(1, AccountId{}),
                   .name = reader.text(2),
                   .credential = reader.bytes(3),
                   .counter = reader.counter(5),
                   .created = reader.instant(6),
                   .used = reader.maybe_instant(7)};
    row.public_key = reader.bytes(4);
    const auto owner = accounts.find(row.passkey.account);
    if (owner == accounts.end()) return false;
    owner->second.passkeys.push_back(std::move(row));
    return true;
  });
}

}  // namespace

Result<std::vector<AccountRow>> read_account_rows(Database& database) {
  std::map<AccountId, AccountRow> found;
  ANLAN_REQUIRE(each_row(database, "SELECT * FROM accounts", [&](RowReader& reader) {
    AccountRow row;
    row.account = {.id = reader.id(0, AccountId{}),
                   .login = reader.text(1),
                   .display_name = reader.text(2),
                   .administrator = reader.yes(4),
                   .disabled = reader.yes(5),
                   .created = reader.instant(6)};
    row.password_hash = reader.text(3);
    row.second_factor = reader.maybe_secret(7);
    row.confirmed = reader.yes(8);
    row.used_step = reader.step(9);
    row.account.organisation = reader.maybe_name(10, domain::OrganisationName{});
    const bool consistent = row.second_factor.has_value() || !row.confirmed;
    return found.emplace(row.account.id, std::move(row)).second && consistent;
  }));
  ANLAN_REQUIRE(each_row(database, "SELECT * FROM memberships ORDER BY account, house, actor",
                         [&](RowReader& reader) {
                           const auto owner = found.find(reader.id(0, AccountId{}));
                           if (owner == found.end()) return false;
                           owner->second.account.memberships.push_back(reader.membership(1, 2));
                           return true;
                         }));
  ANLAN_REQUIRE(each_row(database, "SELECT * FROM recovery_codes", [&](RowReader& reader) {
    const auto owner = found.find(reader.id(0, AccountId{}));
    if (owner == found.end()) return false;
    owner->second.recovery_codes.push_back(reader.digest(1));
    return true;
  }));
  ANLAN_REQUIRE(read_passkeys(database, found));
  ANLAN_REQUIRE(each_row(database, "SELECT * FROM invitations", [&](RowReader& reader) {
    const auto owner = found.find(reader.id(0, AccountId{}));
    if (owner == found.end()) return false;
    owner->second.invitation = Invitation{.token = reader.digest(1), .ends = reader.instant(2)};
    return true;
  }));
  std::vector<AccountRow> rows;
  for (auto& [id, row] : found) {
    row.describe();
    rows.push_back(std::move(row));
  }
  return rows;
}

Result<std::vector<SessionRow>> read_session_rows(Database& database) {
  std::vector<SessionRow> rows;
  ANLAN_REQUIRE(
      each_row(database, "SELECT * FROM sessions ORDER BY session", [&](RowReader& reader) {
        rows.push_back({.session = {.id = reader.id(0, SessionId{}),
                                    .account = reader.id(1, AccountId{}),
                                    .created = reader.instant(3),
                                    .used = reader.instant(4),
                                    .peer = reader.text(5),
                                    .second_factor = reader.maybe_instant(6)},
                        .token = reader.digest(2)});
        return true;
      }));
  return rows;
}

Result<std::vector<ApiKeyRow>> read_api_key_rows(Database& database) {
  std::vector<ApiKeyRow> rows;
  ANLAN_REQUIRE(
      each_row(database, "SELECT * FROM api_keys ORDER BY api_key", [&](RowReader& reader) {
        ApiKeyRow row;
        row.key = {.id = reader.id(0, ApiKeyId{}),
                   .account = reader.id(1, AccountId{}),
                   .name = reader.text(2),
                   .kind = reader.choice(3, CredentialKind::kTestKey),
                   .scope = reader.choice(4, KeyScope::kRead),
                   .acts_as = reader.membership(5, 6),
                   .operations = parted(reader.text(7)),
                   .shown = reader.text(8),
                   .created = reader.instant(12),
                   .expires = reader.maybe_instant(13),
                   .revoked = reader.maybe_instant(14),
                   .used = reader.maybe_instant(15)};
        row.token = reader.digest(9);
        row.token_before = reader.maybe_digest(10);
        if (row.token_before) row.key.secret_before_until = reader.instant(11);
        const bool is_key = row.key.kind != CredentialKind::kSession;
        rows.push_back(std::move(row));
        return is_key;
      }));
  return rows;
}

Result<std::vector<Organisation>> read_organisation_rows(Database& database) {
  std::map<domain::OrganisationName, Organisation> found;
  ANLAN_REQUIRE(each_row(database, "SELECT * FROM organisations", [&](RowReader& reader) {
    Organisation row{.name = reader.name(0, domain::OrganisationName{}),
                     .kind = reader.choice(1, OrganisationKind::kCompany),
                     .licence = reader.text(2),
                     .houses = {}};
    return found.emplace(row.name, row).second;
  }));
  ANLAN_REQUIRE(each_row(database, "SELECT * FROM organisation_houses ORDER BY house",
                         [&](RowReader& reader) {
                           const auto runs = found.find(reader.name(1, domain::OrganisationName{}));
                           if (runs == found.end()) return false;
                           runs->second.houses.push_back(reader.house(0));
                           return true;
                         }));
  std::vector<Organisation> rows;
  for (auto& [name, row] : found) rows.push_back(std::move(row));
  return rows;
}

Result<std::vector<CompanyGrant>> read_grant_rows(Database& database) {
  std::vector<CompanyGrant> rows;
  ANLAN_REQUIRE(each_row(database, "SELECT * FROM company_grants", [&](RowReader& reader) {
    rows.push_back({.house = reader.house(0),
                    .organisation = reader.name(1, domain::OrganisationName{}),
                    .enterprise = reader.id(2, domain::EnterpriseId{})});
    return true;
  }));
  return rows;
}

}  // namespace anlan::platform
