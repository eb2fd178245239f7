#include "platform/backup.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <system_error>

#include <sys/stat.h>
#include <unistd.h>

#include "platform/accounts_key.h"
#include "platform/files.h"
#include "platform/house_folder.h"
#include "platform/refusals.h"
#include "platform/schema.h"
#include "platform/temporary_folder.h"

namespace anlan::platform {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRecordsPerRead = 1'024;
constexpr std::string_view kWorkFolder = "backup.new-";

// Copies rows column by column; both statements have the same columns in the same order.
Result<Done> copy_rows(Database& from, Database& to, std::string_view select,
                       std::string_view insert, int columns) {
  ANLAN_TRY(Statement rows, from.prepare(select));
  ANLAN_TRY(Statement added, to.prepare(insert));
  for (;;) {
    ANLAN_TRY(const bool row, rows.step());
    if (!row) return Done{};
    for (int column = 0; column < columns; ++column) {
      switch (rows.type(column)) {
        case ColumnType::kWhole:
          added.bind(column, rows.whole(column));
          break;
        case ColumnType::kText:
          added.bind_text(column, rows.text(column));
          break;
        case ColumnType::kBlob:
          added.bind_blob(column, rows.blob(column));
          break;
        case ColumnType::kNull:
        case ColumnType::kReal:
          added.bind_null(column);
          break;
      }
    }
    ANLAN_REQUIRE(added.run());
  }
}

constexpr std::string_view kSelectRecords =
    "SELECT seq, at, kind, version, ordinal, count, actor, key, input, body, chain FROM records "
    "ORDER BY seq";
constexpr std::string_view kInsertRecords =
    "INSERT INTO records VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

Result<Done> copy_records(Database& from, Database& to) {
  return copy_rows(from, to, kSelectRecords, kInsertRecords, 11);
}

Result<Done> copy_personal(Database& from, Database& to) {
  ANLAN_REQUIRE(copy_rows(from, to, "SELECT subject, origin, wrapped_key FROM subjects",
                          "INSERT INTO subjects VALUES(?, ?, ?)", 3));
  return copy_rows(from, to, "SELECT subject, slot, cipher, sealed FROM items",
                   "INSERT INTO items VALUES(?, ?, ?, ?)", 4);
}

Result<Done> write_head(Database& to, const SignedHead& head) {
  ANLAN_TRY(Statement insert, to.prepare("INSERT INTO heads VALUES(?, ?, ?, ?, ?, ?)"));
  return insert.bind_text(0, head.house)
      .bind(1, static_cast<std::int64_t>(head.head.seq))
      .bind_blob(2, head.head.chain.bytes)
      .bind(3, head.at.micros())
      .bind_blob(4, head.public_key)
      .bind_blob(5, head.signature)
      .run();
}

Result<Done> write_blobs(const FileBlobs& files, Database& to) {
  FileBlobs blobs = files;
  ANLAN_TRY(const std::vector<Digest> all, blobs.all());
  ANLAN_TRY(Statement insert, to.prepare("INSERT INTO blobs VALUES(?, ?)"));
  for (const Digest& digest : all) {
    ANLAN_TRY(const std::optional<Bytes> bytes, blobs.find(digest));
    if (!bytes) continue;
    ANLAN_REQUIRE(insert.bind_blob(0, digest.bytes).bind_blob(1, *bytes).run());
  }
  return Done{};
}

// The journal is read first: whatever its events refer to was stored before them.
Result<Done> write_backup(const HousePaths& paths, const fs::path& file, house::Clock& clock) {
  ANLAN_TRY(FileSigner signer, FileSigner::open(paths.keys()));
  ANLAN_TRY(const std::unique_ptr<SqliteJournal> journal,
            SqliteJournal::open(paths.journal(), DatabaseMode::kReadOnly));
  ANLAN_REQUIRE(journal->database().hold_snapshot());
  ANLAN_TRY(const house::Head head, journal->head());
  ANLAN_TRY(Database personal, Database::open(paths.personal(), DatabaseMode::kReadOnly));

  ANLAN_TRY(Database target, Database::open(file, DatabaseMode::kCreate));
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(target));
  ANLAN_REQUIRE(target.set_identity(schema::kBackupId, schema::kFormat));
  for (const std::string_view statement : schema::kBackup) {
    ANLAN_REQUIRE(target.run(std::string(statement)));
  }
  ANLAN_REQUIRE(copy_rows(journal->database(), target, "SELECT name, value FROM meta",
                          "INSERT INTO meta VALUES(?, ?)", 2));
  ANLAN_REQUIRE(copy_records(journal->database(), target));
  ANLAN_REQUIRE(write_head(
      target, sign_head(HeadStatement{.house = journal->house(), .head = head, .at = clock.now()},
                        signer)));
  ANLAN_REQUIRE(copy_personal(personal, target));
  ANLAN_REQUIRE(write_blobs(FileBlobs(paths.blobs()), target));
  return transaction.commit();
}

Result<Done> restore_journal(SqliteJournal& from, const HousePaths& paths) {
  ANLAN_TRY(const std::unique_ptr<SqliteJournal> journal,
            SqliteJournal::create(paths.journal(), from.house()));
  std::uint64_t next = 1;
  for (;;) {
    ANLAN_TRY(const std::vector<house::Record> records, from.read(next, kRecordsPerRead));
    if (records.empty()) return Done{};
    ANLAN_REQUIRE(journal->append(records));
    next = records.back().seq + 1;
  }
}

Result<Done> restore_personal(Database& from, const HousePaths& paths) {
  ANLAN_TRY(Database personal, Database::open(paths.personal(), DatabaseMode::kCreate));
  ANLAN_REQUIRE(personal.write_durably());
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(personal));
  ANLAN_REQUIRE(Vault::write_schema(personal));
  ANLAN_REQUIRE(copy_personal(from, personal));
  return transaction.commit();
}

Result<Done> restore_blobs(Database& from, const HousePaths& paths) {
  if (::mkdir(paths.blobs().c_str(), 0700) != 0) {
    return Refusal{.code = refusals::kFileNotWritten,
                   .path = "file",
                   .value = paths.blobs().string(),
                   .args = {{.name = "reason", .value = std::system_category().message(errno)}},
                   .at = {}};
  }
  FileBlobs blobs(paths.blobs());
  ANLAN_TRY(Statement rows, from.prepare("SELECT bytes FROM blobs"));
  for (;;) {
    ANLAN_TRY(const bool row, rows.step());
    if (!row) return Done{};
    ANLAN_REQUIRE(blobs.put(rows.blob(0)));
  }
}

Refusal about(const fs::path& file, RefusalCode code, std::string_view path = "file") {
  return Refusal{
      .code = code, .path = std::string(path), .value = file.string(), .args = {}, .at = {}};
}

// A folder within that of the house for what must not lie about in the open; those of processes
// that were killed go with the next.
class WorkFolder {
 public:
  static Result<WorkFolder> create(const HousePaths& paths) {
    remove_left(paths.folder);
    const fs::path folder = paths.folder / (std::string(kWorkFolder) + std::to_string(::getpid()));
    if (::mkdir(folder.c_str(), 0700) != 0) {
      return Refusal{.code = refusals::kFileNotWritten,
                     .path = "file",
                     .value = folder.string(),
                     .args = {{.name = "reason", .value = std::system_category().message(errno)}},
                     .at = {}};
    }
    return WorkFolder(folder);
  }
  WorkFolder(WorkFolder&& other) noexcept : folder_(std::exchange(other.folder_, {})) {}
  WorkFolder& operator=(WorkFolder&&) = delete;
  ~WorkFolder() {
    std::error_code error;
    if (!folder_.empty()) fs::remove_all(folder_, error);
  }
  const fs::path& path() const { return folder_; }

 private:
  explicit WorkFolder(fs::path folder) : folder_(std::move(folder)) {}

  static void remove_left(const fs::path& house) {
    std::error_code error;
    std::vector<fs::path> left;
    for (fs::directory_iterator entry(house, error), last; !error && entry != last;
         entry.increment(error)) {
      const std::string name = entry->path().filename();
      if (!name.starts_with(kWorkFolder)) continue;
      const int process = std::atoi(name.c_str() + kWorkFolder.size());
      if (process > 0 && ::kill(process, 0) != 0 && errno == ESRCH) left.push_back(entry->path());
    }
    for (const fs::path& folder : left) fs::remove_all(folder, error);
  }

  fs::path folder_;  // empty: moved from
};

Result<VerifyReport> write_plain(const HousePaths& paths, const fs::path& target,
                                 house::Clock& clock) {
  const fs::path beside = target.string() + ".new-" + std::to_string(::getpid());
  const auto make = [&]() -> Result<VerifyReport> {
    ANLAN_REQUIRE(write_backup(paths, beside, clock));
    ANLAN_TRY(VerifyReport report, verify_journal(beside, {}));
    ANLAN_REQUIRE(rename_new(beside, target));
    return report;
  };
  Result<VerifyReport> report = make();
  std::error_code error;
  if (!report.ok()) fs::remove(beside, error);
  return report;
}

Result<VerifyReport> write_sealed(const HousePaths& paths, const fs::path& target,
                                  house::Clock& clock, const BackupOptions& options) {
  ANLAN_TRY(const WorkFolder work, WorkFolder::create(paths));
  std::vector<SealedPart> parts{
      {.name = std::string(kHousePart), .file = work.path() / kHousePart}};
  ANLAN_TRY(VerifyReport report, write_plain(paths, parts[0].file, clock));
  if (!options.accounts.empty()) {
    parts.push_back({.name = std::string(kAccountsPart), .file = work.path() / kAccountsPart});
    ANLAN_REQUIRE(copy_accounts(options.accounts, parts[1].file));
  }
  if (!options.accounts_key.empty()) {
    ANLAN_REQUIRE(read_accounts_key(options.accounts_key));
    parts.push_back({.name = std::string(kAccountsKeyPart), .file = options.accounts_key});
  }
  ANLAN_REQUIRE(seal_files(parts, target, *options.seal, options.cost));
  return report;
}

// A backup as a file in the open: itself, or what was sealed in it.
struct OpenBackup {
  std::optional<TemporaryFolder> folder;
  fs::path house;
  fs::path accounts;  // empty: it holds none
  fs::path accounts_key;
};

Result<OpenBackup> open_backup(const fs::path& file, const OpenWith* with) {
  OpenBackup opened;
  if (!is_sealed(file)) {
    if (with && fs::exists(file)) return about(file, refusals::kBackupNotSealed);
    opened.house = file;
    return opened;
  }
  if (!with) return about(file, refusals::kBackupSealed);
  ANLAN_TRY(TemporaryFolder folder, TemporaryFolder::create_for("opened"));
  const fs::path within = folder.path();
  ANLAN_TRY(const std::vector<std::string> names, open_sealed(file, *with, within));
  opened.folder.emplace(std::move(folder));
  opened.house = within / kHousePart;
  const auto holds = [&](std::string_view part) {
    return std::find(names.begin(), names.end(), part) != names.end();
  };
  if (holds(kAccountsPart)) opened.accounts = within / kAccountsPart;
  if (holds(kAccountsKeyPart)) opened.accounts_key = within / kAccountsKeyPart;
  return opened;
}

Result<Done> check_accounts_file(const fs::path& file) {
  ANLAN_TRY(Database database, Database::open(file, DatabaseMode::kImmutable));
  ANLAN_REQUIRE(database.check_identity(schema::kAccountsId, schema::kAccountsFormat));
  ANLAN_REQUIRE(database.check_schema(schema::kAccounts));
  return database.check_integrity();
}

// Accounts that are left out do not keep the house from being restored.
Result<VerifyReport> verify_opened(const OpenBackup& opened, const RestoreOptions& options,
                                   const fs::path& file, bool with_accounts) {
  ANLAN_TRY(VerifyReport report, verify_journal(opened.house, options.verify));
  if (!opened.accounts.empty() && with_accounts)
    ANLAN_REQUIRE(check_accounts_file(opened.accounts));
  if (!opened.accounts_key.empty() && with_accounts)
    ANLAN_REQUIRE(read_accounts_key(opened.accounts_key));
  if (!options.accounts.empty() && opened.accounts.empty())
    return about(file, refusals::kAccountsNotThere);
  return report;
}

}  // namespace

Result<Done> copy_accounts(const fs::path& from, const fs::path& to) {
  ANLAN_TRY(Database database, Database::open(from, DatabaseMode::kReadOnly));
  ANLAN_REQUIRE(database.check_identity(schema::kAccountsId, schema::kAccountsFormat));
  ANLAN_REQUIRE(write_new_file(to, {}, kPrivateFile));
  const auto copy = [&]() -> Result<Done> {
    ANLAN_TRY(Statement into, database.prepare("VACUUM INTO ?"));
    const std::string name = to.string();
    ANLAN_REQUIRE(into.bind_text(0, name).run());
    ANLAN_REQUIRE(check_accounts_file(to));
    return sync_file(to);
  };
  const Result<Done> copied = copy();
  std::error_code error;
  if (!copied.ok()) fs::remove(to, error);
  return copied;
}

Result<VerifyReport> backup(const fs::path& folder, const fs::path& target, house::Clock& clock,
                            const BackupOptions& options) {
  const HousePaths paths{.folder = folder};
  std::error_code error;
  if (!fs::is_regular_file(paths.journal(), error))
    return about(folder, refusals::kHouseMissing, "house");
  if (fs::exists(target, error)) return about(target, refusals::kFileExists);
  if (options.seal) return write_sealed(paths, target, clock, options);
  for (const fs::path& file : {options.accounts, options.accounts_key}) {
    if (!file.empty()) return about(file, refusals::kAccountsUnsealed);
  }
  return write_plain(paths, target, clock);
}

Result<VerifyReport> verify_backup(const fs::path& file, const RestoreOptions& options) {
  ANLAN_TRY(const OpenBackup opened, open_backup(file, options.with));
  return verify_opened(opened, options, file, true);
}

namespace {

// Files that come with a house: copies beside their places, which get their names once the house is
// there. What was not placed, and where one cannot be, what was, goes with this value.
class Placing {
 public:
  Placing() = default;
  Placing(const Placing&) = delete;
  ~Placing() {
    std::error_code error;
    for (const auto& [beside, target] : files_) fs::remove(beside, error);
    for (const fs::path& target : placed_) fs::remove(target, error);
  }
  // Where a copy for `target` is to be made.
  Result<fs::path> beside(const fs::path& target) {
    ANLAN_REQUIRE(check_absent(target));
    files_.emplace_back(target.string() + ".new-" + std::to_string(::getpid()), target);
    return files_.back().first;
  }
  Result<Done> place() {
    for (const auto& [beside, target] : files_) {
      ANLAN_REQUIRE(rename_new(beside, target));
      placed_.push_back(target);
    }
    placed_.clear();
    return Done{};
  }

 private:
  std::vector<std::pair<fs::path, fs::path>> files_;
  std::vector<fs::path> placed_;
};

Result<Done> stage_accounts(const OpenBackup& opened, const fs::path& target, Placing& placing) {
  ANLAN_TRY(const fs::path accounts, placing.beside(target));
  ANLAN_REQUIRE(copy_accounts(opened.accounts, accounts));
  if (opened.accounts_key.empty()) return Done{};
  ANLAN_TRY(const fs::path key, placing.beside(target.string() + ".key"));
  ANLAN_TRY(const std::string text, read_file(opened.accounts_key.string()));
  return write_new_file(key, bytes_of(text), kPrivateFile);
}

}  // namespace

Result<VerifyReport> restore(const fs::path& file, const fs::path& folder,
                             const RestoreOptions& options) {
  ANLAN_TRY(const OpenBackup opened, open_backup(file, options.with));
  if (!options.accounts.empty()) ANLAN_REQUIRE(check_absent(options.accounts));
  const bool with_accounts = !options.accounts.empty();
  ANLAN_TRY(const VerifyReport report, verify_opened(opened, options, file, with_accounts));
  Placing placing;
  if (!options.accounts.empty()) ANLAN_REQUIRE(stage_accounts(opened, options.accounts, placing));
  ANLAN_REQUIRE(build_house_folder(folder, [&](const HousePaths& paths) -> Result<Done> {
    ANLAN_TRY(const std::unique_ptr<SqliteJournal> from,
              SqliteJournal::open(opened.house, DatabaseMode::kImmutable));
    ANLAN_REQUIRE(restore_journal(*from, paths));
    ANLAN_REQUIRE(restore_personal(from->database(), paths));
    return restore_blobs(from->database(), paths);
  }));
  const Result<Done> placed = placing.place();
  if (placed.ok()) return report;
  // Nobody has worked in this house yet.
  std::error_code error;
  fs::remove_all(folder, error);
  return placed.refusal();
}

}  // namespace anlan::platform
