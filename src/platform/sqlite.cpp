#include "platform/sqlite.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <vector>

#include <sqlite3.h>

#include "house/journal_refusals.h"
#include "platform/files.h"
#include "platform/refusals.h"

namespace anlan::platform {

void stop_after_failed_flush(std::string_view file) {
  std::fprintf(stderr,
               "anlan: %.*s could not be flushed to disk. What was not acknowledged may or may not "
               "be stored. The process ends; start it again and it reads what the disk holds.\n",
               static_cast<int>(file.size()), file.data());
  std::fflush(stderr);
  std::_Exit(kFlushFailedStatus);
}

namespace {

constexpr int kBusyTimeoutMs = 5'000;    // a reader waits for a checkpoint, never for a person
constexpr int kCheckpointPages = 1'000;  // 4 MiB of log, the default of SQLite

Refusal about(std::string_view file, RefusalCode code, std::vector<RefusalArg> args) {
  return Refusal{
      .code = code, .path = "file", .value = std::string(file), .args = std::move(args), .at = {}};
}

bool is_flush_failure(int code) {
  return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
}

// The unix layer reports ENOSPC as SQLITE_FULL while writing, the rest only through errno.
bool is_space(int code, int system_error) {
  if ((code & 0xFF) == SQLITE_FULL) return true;
  return (code & 0xFF) == SQLITE_IOERR &&
         (system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG);
}

// A log that holds something. An empty one is as good as none.
bool has_log(const std::filesystem::path& file) {
  std::error_code error;
  const std::uintmax_t bytes = std::filesystem::file_size(file.string() + "-wal", error);
  return !error && bytes > 0;
}

// "file:" with everything escaped that has a meaning in a URI.
std::string uri_of(const std::string& file, std::string_view parameters) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : file) {
    if (c == '%' || c == '?' || c == '#') {
      uri += '%';
      uri += kDigits[static_cast<unsigned char>(c) >> 4];
      uri += kDigits[static_cast<unsigned char>(c) & 15];
    } else {
      uri += c;
    }
  }
  return uri.append(parameters);
}

}  // namespace

struct Database::State {
  sqlite3* handle = nullptr;
  std::string file;
  int log_pages = 0;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { sqlite3_close_v2(handle); }

  Refusal refusal() const {
    const int code = sqlite3_extended_errcode(handle);
    if (is_flush_failure(code)) stop_after_failed_flush(file);
    if (is_space(code, sqlite3_system_errno(handle))) {
      return about(file, house::refusals::kDiskFull, {});
    }
    const int kind = code & 0xFF;
    const RefusalCode refused = kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB
                                    ? refusals::kDatabaseDamaged
                                    : house::refusals::kStorageFailed;
    return about(file, refused, {{.name = "reason", .value = sqlite3_errmsg(handle)}});
  }

  Result<Done> run(const char* sql) {
    if (sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK) return Done{};
    return refusal();
  }

  // A failed checkpoint leaves all in the log, where it is durable; only its flushes must not be
  // hidden.
  void checkpoint_if_due() {
    if (log_pages < kCheckpointPages) return;
    sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (is_flush_failure(sqlite3_extended_errcode(handle))) stop_after_failed_flush(file);
  }
};

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::filesystem::path& file, DatabaseMode mode) {
  auto state = std::make_unique<State>();
  state->file = file.string();
  if (mode == DatabaseMode::kCreate) {
    // SQLite would create with the process's umask; ours is for the owner alone from the first
    // moment.
    ANLAN_REQUIRE(write_new_file(file, {}, kPrivateFile));
  } else if (std::error_code error; !std::filesystem::is_regular_file(file, error)) {
    return about(state->file, refusals::kFileMissing, {});
  }
  const bool writes = mode == DatabaseMode::kCreate || mode == DatabaseMode::kReadWrite;
  // SQLite reads a log only together with an index of it, which without locks stays in memory.
  const bool reads_log = mode == DatabaseMode::kUntouched && has_log(file);
  const bool immutable =
      mode == DatabaseMode::kImmutable || (mode == DatabaseMode::kUntouched && !reads_log);
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
                    (immutable ? SQLITE_OPEN_URI : 0);
  const std::string name = immutable ? uri_of(state->file, "?immutable=1") : state->file;
  if (sqlite3_open_v2(name.c_str(), &state->handle, flags, reads_log ? "unix-none" : nullptr) !=
      SQLITE_OK) {
    if (!state->handle) {
      return about(state->file, refusals::kFileUnreadable,
                   {{.name = "reason", .value = "out of memory"}});
    }
    return about(state->file, refusals::kFileUnreadable,
                 {{.name = "reason", .value = sqlite3_errmsg(state->handle)}});
  }
  sqlite3_busy_timeout(state->handle, kBusyTimeoutMs);
  // A foreign file may hold a hostile schema: it gets no power beyond its own rows.
  sqlite3_db_config(state->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(state->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  if (reads_log) {
    sqlite3_db_config(state->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    ANLAN_REQUIRE(state->run("PRAGMA locking_mode=EXCLUSIVE"));
  }
  ANLAN_REQUIRE(state->run("PRAGMA cell_size_check=ON"));
  return Database(std::move(state));
}

Result<Done> Database::run(const std::string& sql) { return state_->run(sql.c_str()); }

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(state_->handle, sql.data(), static_cast<int>(sql.size()), &statement,
                         nullptr) != SQLITE_OK) {
    return state_->refusal();
  }
  return Statement(statement, state_.get());
}

Result<std::int64_t> Database::whole_of(std::string_view sql) {
  ANLAN_TRY(Statement statement, prepare(sql));
  ANLAN_TRY(const bool row, statement.step());
  return row ? statement.whole(0) : std::int64_t{0};
}

Result<std::string> Database::text_of(std::string_view sql) {
  ANLAN_TRY(Statement statement, prepare(sql));
  ANLAN_TRY(const bool row, statement.step());
  return row ? std::string(statement.text(0)) : std::string();
}

Result<Done> Database::write_durably() {
  ANLAN_TRY(const std::string mode, text_of("PRAGMA journal_mode=WAL"));
  if (mode != "wal") {
    return about(state_->file, house::refusals::kStorageFailed,
                 {{.name = "reason", .value = "the file system cannot share memory (WAL)"}});
  }
  ANLAN_REQUIRE(run("PRAGMA synchronous=FULL"));
  // This replaces SQLite's own automatic checkpoint, which would hide a failed flush.
  sqlite3_wal_hook(
      state_->handle,
      [](void* pages, sqlite3*, const char*, int count) {
        *static_cast<int*>(pages) = count;
        return SQLITE_OK;
      },
      &state_->log_pages);
  return Done{};
}

Result<Done> Database::begin_write() { return run("BEGIN IMMEDIATE"); }

Result<Done> Database::commit() {
  errno = 0;
  if (sqlite3_exec(state_->handle, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK) {
    state_->checkpoint_if_due();
    return Done{};
  }
  const int system_error = errno;  // SQLite does not keep it for COMMIT (3.40)
  const int code = sqlite3_extended_errcode(state_->handle);
  // A frame that could not be written is no commit. After any other failure of the medium the
  // outcome is unknown.
  const bool no_space = !is_flush_failure(code) && is_space(code, system_error);
  if (!no_space && (code & 0xFF) == SQLITE_IOERR) stop_after_failed_flush(state_->file);
  Refusal refusal =
      no_space ? about(state_->file, house::refusals::kDiskFull, {}) : state_->refusal();
  roll_back();
  return refusal;
}

void Database::roll_back() {
  if (sqlite3_get_autocommit(state_->handle) == 0) {
    sqlite3_exec(state_->handle, "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

Result<Done> Database::empty_log() {
  if (sqlite3_wal_checkpoint_v2(state_->handle, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                                nullptr) != SQLITE_OK) {
    return state_->refusal();
  }
  return Done{};
}

Result<Done> Database::hold_snapshot() {
  ANLAN_REQUIRE(run("BEGIN"));
  // The transaction starts with its first read.
  ANLAN_REQUIRE(whole_of("SELECT count(*) FROM sqlite_schema"));
  return Done{};
}

Result<Done> Database::set_identity(std::uint32_t application_id, int format) {
  return run("PRAGMA application_id=" + std::to_string(static_cast<std::int32_t>(application_id)) +
             "; PRAGMA user_version=" + std::to_string(format));
}

Result<Done> Database::check_identity(std::uint32_t application_id, int format) {
  ANLAN_TRY(const std::int64_t id, whole_of("PRAGMA application_id"));
  ANLAN_TRY(const std::int64_t version, whole_of("PRAGMA user_version"));
  if (id == static_cast<std::int32_t>(application_id) && version == format) return Done{};
  const auto name = [](std::int64_t who, std::int64_t which) {
    return std::to_string(who) + "." + std::to_string(which);
  };
  return about(
      state_->file, refusals::kDatabaseFormat,
      {{.name = "found", .value = name(id, version)},
       {.name = "expected", .value = name(static_cast<std::int32_t>(application_id), format)}});
}

Result<Done> Database::check_integrity() {
  ANLAN_TRY(const std::string found, text_of("PRAGMA integrity_check(1)"));
  if (found == "ok") return Done{};
  return about(state_->file, refusals::kDatabaseDamaged, {{.name = "reason", .value = found}});
}

Result<Done> Database::check_schema(std::span<const std::string_view> statements) {
  std::vector<std::string> expected(statements.begin(), statements.end());
  std::sort(expected.begin(), expected.end());
  std::vector<std::string> found;
  ANLAN_TRY(Statement rows, prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"));
  for (;;) {
    ANLAN_TRY(const bool row, rows.step());
    if (!row) break;
    found.emplace_back(rows.text(0));
  }
  std::sort(found.begin(), found.end());
  if (found == expected) return Done{};
  return about(state_->file, refusals::kDatabaseDamaged,
               {{.name = "reason", .value = "its tables are not those of this program"}});
}

const std::string& Database::file() const { return state_->file; }

Statement::Statement(Statement&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)), state_(other.state_) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(statement_, other.statement_);
  std::swap(state_, other.state_);
  return *this;
}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::bind(int parameter, std::int64_t value) {
  ANLAN_CHECK(sqlite3_bind_int64(statement_, parameter + 1, value) == SQLITE_OK);
  return *this;
}

Statement& Statement::bind_null(int parameter) {
  ANLAN_CHECK(sqlite3_bind_null(statement_, parameter + 1) == SQLITE_OK);
  return *this;
}

Statement& Statement::bind_text(int parameter, std::string_view value) {
  const char* data = value.empty() ? "" : value.data();  // a null pointer would bind NULL
  ANLAN_CHECK(sqlite3_bind_text64(statement_, parameter + 1, data, value.size(), SQLITE_STATIC,
                                  SQLITE_UTF8) == SQLITE_OK);
  return *this;
}

Statement& Statement::bind_blob(int parameter, BytesView value) {
  const void* data = value.empty() ? static_cast<const void*>("") : value.data();
  ANLAN_CHECK(sqlite3_bind_blob64(statement_, parameter + 1, data, value.size(), SQLITE_STATIC) ==
              SQLITE_OK);
  return *this;
}

Result<bool> Statement::step() {
  switch (sqlite3_step(statement_)) {
    case SQLITE_ROW:
      return true;
    case SQLITE_DONE:
      return false;
    default:
      return state_->refusal();
  }
}

Result<Done> Statement::run() {
  const Result<bool> stepped = step();
  reset();
  if (!stepped.ok()) return stepped.refusal();
  return Done{};
}

void Statement::reset() { sqlite3_reset(statement_); }

ColumnType Statement::type(int column) const {
  switch (sqlite3_column_type(statement_, column)) {
    case SQLITE_INTEGER:
      return ColumnType::kWhole;
    case SQLITE_FLOAT:
      return ColumnType::kReal;
    case SQLITE_TEXT:
      return ColumnType::kText;
    case SQLITE_BLOB:
      return ColumnType::kBlob;
    default:
      return ColumnType::kNull;
  }
}

std::int64_t Statement::whole(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Statement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (!text) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

BytesView Statement::blob(int column) const {
  const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(statement_, column));
  if (!data) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Result<WriteTransaction> WriteTransaction::start(Database& database) {
  ANLAN_REQUIRE(database.begin_write());
  return WriteTransaction(database);
}

Result<Done> WriteTransaction::commit() {
  Database* database = std::exchange(database_, nullptr);
  return database->commit();
}

}  // namespace anlan::platform
