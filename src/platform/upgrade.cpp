#include "platform/upgrade.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <system_error>

#include "base/sha256.h"
#include "platform/files.h"
#include "platform/refusals.h"
#include "platform/schema.h"
#include "platform/sqlite.h"

namespace anlan::platform {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 5> kAccountTables1{"accounts", "memberships",
                                                          "recovery_codes", "sessions", "api_keys"};
constexpr std::array<std::string_view, 5> kNewTables2{"invitations", "passkeys", "organisations",
                                                      "organisation_houses", "company_grants"};
constexpr std::array kAccountSteps{FormatStep{.from = 1,
                                              .schema = schema::kAccountsFormat1,
                                              .statements = schema::kAccountsFromFormat1,
                                              .tables = kAccountTables1,
                                              .added = kNewTables2}};

fs::path kept_name(const fs::path& file, int format) {
  return file.string() + ".format-" + std::to_string(format);
}

Refusal about(const fs::path& file, RefusalCode code, std::vector<RefusalArg> args = {}) {
  return Refusal{
      .code = code, .path = "file", .value = file.string(), .args = std::move(args), .at = {}};
}

Refusal unknown_format(const fs::path& file, std::int64_t found, int known) {
  return about(file, refusals::kFormatUnknown,
               {{.name = "found", .value = std::to_string(found)},
                {.name = "known", .value = std::to_string(known)}});
}

const FormatStep* step_from(const FileKind& kind, int format) {
  const auto step = std::find_if(kind.steps.begin(), kind.steps.end(),
                                 [&](const FormatStep& each) { return each.from == format; });
  return step == kind.steps.end() ? nullptr : &*step;
}

// The format of the file, with tables that are those of this format.
Result<int> format_of(Database& database, const fs::path& file, const FileKind& kind) {
  ANLAN_TRY(const std::int64_t id, database.whole_of("PRAGMA application_id"));
  ANLAN_TRY(const std::int64_t found, database.whole_of("PRAGMA user_version"));
  if (id != static_cast<std::int32_t>(kind.application_id) || found < 1 || found > kind.format)
    return unknown_format(file, found, kind.format);
  const int format = static_cast<int>(found);
  if (format == kind.format) {
    ANLAN_REQUIRE(database.check_schema(kind.schema));
    return format;
  }
  const FormatStep* step = step_from(kind, format);
  if (!step) return unknown_format(file, found, kind.format);
  ANLAN_REQUIRE(database.check_schema(step->schema));
  return format;
}

fs::path kept_copy(const fs::path& file, const FileKind& kind) {
  std::error_code error;
  for (int format = kind.format - 1; format >= 1; --format) {
    if (fs::exists(kept_name(file, format), error)) return kept_name(file, format);
  }
  return {};
}

Result<Done> copy_checked(Database& from, const fs::path& to) {
  const fs::path beside = to.string() + ".new";
  std::error_code error;
  fs::remove(beside, error);  // of a process that was killed; the caller holds the lock
  ANLAN_REQUIRE(check_absent(to));
  ANLAN_REQUIRE(write_new_file(beside, {}, kPrivateFile));
  {
    ANLAN_TRY(Statement into, from.prepare("VACUUM INTO ?"));
    const std::string name = beside.string();
    ANLAN_REQUIRE(into.bind_text(0, name).run());
    ANLAN_TRY(Database copy, Database::open(beside, DatabaseMode::kImmutable));
    ANLAN_REQUIRE(copy.check_integrity());
  }
  ANLAN_REQUIRE(sync_file(beside));
  return rename_new(beside, to);
}

Result<Done> take_steps(Database& database, const FileKind& kind, int found, Instant now) {
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database));
  for (int format = found; format < kind.format; ++format) {
    for (const std::string_view statement : step_from(kind, format)->statements)
      ANLAN_REQUIRE(database.run(std::string(statement)));
  }
  ANLAN_REQUIRE(database.set_identity(kind.application_id, kind.format));
  ANLAN_REQUIRE(database.check_schema(kind.schema));
  {
    ANLAN_TRY(Statement note, database.prepare("INSERT INTO upgrades VALUES(?, ?, ?)"));
    ANLAN_REQUIRE(note.bind(0, now.micros()).bind(1, found).bind(2, kind.format).run());
  }
  return transaction.commit();
}

Result<std::vector<std::string>> columns_of(Database& database, std::string_view table) {
  std::vector<std::string> columns;
  ANLAN_TRY(Statement info,
            database.prepare("SELECT name FROM pragma_table_info('" + std::string(table) + "')"));
  for (;;) {
    ANLAN_TRY(const bool row, info.step());
    if (!row) return columns;
    columns.emplace_back(info.text(0));
  }
}

// What these columns of a table hold, in an order that does not depend on where its rows stand.
Result<Digest> digest_of(Database& database, std::string_view table,
                         const std::vector<std::string>& columns) {
  std::string quoted;
  for (const std::string& column : columns)
    quoted += (quoted.empty() ? "" : ", ") + ("quote(" + column + ")");
  ByteWriter out;
  ANLAN_TRY(Statement rows, database.prepare("SELECT " + quoted + " FROM " + std::string(table) +
                                             " ORDER BY " + quoted));
  for (;;) {
    ANLAN_TRY(const bool row, rows.step());
    if (!row) return sha256(out.bytes());
    for (std::size_t n = 0; n < columns.size(); ++n) out.text(rows.text(static_cast<int>(n)));
  }
}

// Whether a column that the older format does not have says anything.
Result<bool> says_more(Database& now, const std::string& table,
                       const std::vector<std::string>& before) {
  ANLAN_TRY(const std::vector<std::string> columns, columns_of(now, table));
  for (const std::string& column : columns) {
    if (std::find(before.begin(), before.end(), column) != before.end()) continue;
    ANLAN_TRY(const std::int64_t rows, now.whole_of("SELECT count(*) FROM " + table +
                                                    " WHERE ifnull(" + column + ", '') <> ''"));
    if (rows > 0) return true;
  }
  return false;
}

Result<Done> check_unchanged(Database& now, Database& kept, const FormatStep& step) {
  const auto changed = [&](std::string_view table) {
    return about(now.file(), refusals::kChangedSince,
                 {{.name = "table", .value = std::string(table)}});
  };
  for (const std::string_view table : step.tables) {
    ANLAN_TRY(const std::vector<std::string> columns, columns_of(kept, table));
    ANLAN_TRY(const Digest one, digest_of(now, table, columns));
    ANLAN_TRY(const Digest other, digest_of(kept, table, columns));
    ANLAN_TRY(const bool more, says_more(now, std::string(table), columns));
    if (one != other || more) return changed(table);
  }
  return Done{};
}

// Nothing stands in the tables that came with the newer format.
Result<Done> check_nothing_added(Database& now, const FormatStep& step) {
  for (const std::string_view table : step.added) {
    ANLAN_TRY(const std::int64_t rows, now.whole_of("SELECT count(*) FROM " + std::string(table)));
    if (rows > 0)
      return about(now.file(), refusals::kChangedSince,
                   {{.name = "table", .value = std::string(table)}});
  }
  return Done{};
}

}  // namespace

const FileKind& journal_kind() {
  static constexpr FileKind kKind{.name = "journal",
                                  .application_id = schema::kJournalId,
                                  .format = schema::kFormat,
                                  .schema = schema::kJournal,
                                  .steps = {}};
  return kKind;
}

const FileKind& vault_kind() {
  static constexpr FileKind kKind{.name = "vault",
                                  .application_id = schema::kPersonalId,
                                  .format = schema::kFormat,
                                  .schema = schema::kPersonal,
                                  .steps = {}};
  return kKind;
}

const FileKind& accounts_kind() {
  static constexpr FileKind kKind{.name = "accounts",
                                  .application_id = schema::kAccountsId,
                                  .format = schema::kAccountsFormat,
                                  .schema = schema::kAccounts,
                                  .steps = kAccountSteps};
  return kKind;
}

Result<FilePlan> plan_upgrade(const fs::path& file, const FileKind& kind) {
  ANLAN_TRY(Database database, Database::open(file, DatabaseMode::kReadOnly));
  ANLAN_TRY(const int found, format_of(database, file, kind));
  return FilePlan{.file = file,
                  .kind = std::string(kind.name),
                  .found = found,
                  .known = kind.format,
                  .kept = kept_copy(file, kind)};
}

Result<FilePlan> upgrade_file(const fs::path& file, const FileKind& kind, Instant now) {
  ANLAN_TRY(FilePlan plan, plan_upgrade(file, kind));
  if (!plan.due()) return plan;
  ANLAN_TRY(Database database, Database::open(file, DatabaseMode::kReadWrite));
  ANLAN_REQUIRE(database.write_durably());
  ANLAN_REQUIRE(database.check_integrity());
  plan.kept = kept_name(file, plan.found);
  std::error_code error;
  // A copy that is there already is of an upgrade that was killed after it, if nothing differs.
  if (fs::exists(plan.kept, error)) {
    ANLAN_TRY(Database kept, Database::open(plan.kept, DatabaseMode::kImmutable));
    const Result<Done> same = check_unchanged(database, kept, *step_from(kind, plan.found));
    if (!same.ok()) return about(plan.kept, refusals::kFileExists);
  } else {
    ANLAN_REQUIRE(copy_checked(database, plan.kept));
  }
  ANLAN_REQUIRE(take_steps(database, kind, plan.found, now));
  ANLAN_REQUIRE(database.empty_log());
  return plan;
}

Result<FilePlan> roll_back_file(const fs::path& file, const FileKind& kind) {
  ANLAN_TRY(FilePlan plan, plan_upgrade(file, kind));
  if (plan.kept.empty()) return about(file, refusals::kNothingKept);
  {
    ANLAN_TRY(Database now, Database::open(file, DatabaseMode::kReadWrite));
    ANLAN_TRY(Database kept, Database::open(plan.kept, DatabaseMode::kImmutable));
    ANLAN_TRY(const int format, format_of(kept, plan.kept, kind));
    const FormatStep* step = step_from(kind, format);
    if (!step) return about(file, refusals::kNothingKept);
    ANLAN_REQUIRE(check_unchanged(now, kept, *step));
    ANLAN_REQUIRE(check_nothing_added(now, *step));
    // What stands in the log belongs to the newer file: none of it may meet the older one.
    ANLAN_REQUIRE(now.write_durably());
    ANLAN_REQUIRE(now.empty_log());
    plan.known = format;
  }
  if (std::rename(plan.kept.c_str(), file.c_str()) != 0) {
    return about(file, refusals::kFileNotWritten,
                 {{.name = "reason", .value = std::system_category().message(errno)}});
  }
  ANLAN_REQUIRE(sync_folder(file.parent_path()));
  return plan;
}

}  // namespace anlan::platform
