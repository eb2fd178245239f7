// The thin owner of SQLite handles: everything of ours that touches its C interface.
//
// One rule for every writable database (docs/JOURNAL.md, 4): WAL, synchronous=FULL, checkpoints
// made here. A flush that fails leaves an unknown outcome and is never retried: the process says so
// and ends with kFlushFailedStatus. One thread per Database.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

struct sqlite3_stmt;

namespace anlan::platform {

inline constexpr int kFlushFailedStatus = 75;  // EX_TEMPFAIL of sysexits.h: start it again

// Says on standard error which file could not be flushed and ends the process at once.
[[noreturn]] void stop_after_failed_flush(std::string_view file);

enum class DatabaseMode : std::uint8_t {
  kCreate,     // a new file of mode 0600; refuses an existing one (kFileExists)
  kReadWrite,  // an existing file
  kReadOnly,   // an existing file that another process may be writing
  kImmutable,  // an existing file that nobody writes, such as a backup: no locks, no files beside
               // it
  // An existing file that no process has open, such as that of a stopped house: no locks, and no
  // files beside it are made, changed or removed; what its log holds is read.
  kUntouched,
};

class Statement;

class Database {
 public:
  // Refuses kFileMissing, kFileExists, kFileUnreadable, and the refusals of every call below:
  // kDiskFull, kDatabaseDamaged (SQLITE_CORRUPT, SQLITE_NOTADB), kStorageFailed (all others, args
  // reason).
  static Result<Database> open(const std::filesystem::path& file, DatabaseMode mode);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  // Runs statements that give no rows.
  Result<Done> run(const std::string& sql);
  Result<Statement> prepare(std::string_view sql);
  // The first column of the first row; 0 or "" when there is no row.
  Result<std::int64_t> whole_of(std::string_view sql);
  Result<std::string> text_of(std::string_view sql);

  // For kCreate and kReadWrite before the first write: WAL, synchronous=FULL, no checkpoint behind
  // our back.
  Result<Done> write_durably();
  Result<Done> begin_write();  // BEGIN IMMEDIATE
  // Durable when it returns. A refusal means that nothing was stored; an unknown outcome never
  // returns. Makes a checkpoint when the log has grown by kCheckpointPages.
  Result<Done> commit();
  void roll_back();  // no effect outside a transaction
  // Moves the log into the file and empties it, so that nothing deleted is left in it.
  Result<Done> empty_log();
  // Every read from here to the end of the object sees one state.
  Result<Done> hold_snapshot();

  // application_id and user_version: who made the file and in which format. check_identity refuses
  // kDatabaseFormat (args found, expected).
  Result<Done> set_identity(std::uint32_t application_id, int format);
  Result<Done> check_identity(std::uint32_t application_id, int format);
  // That the tables, indexes and triggers are exactly these; refuses kDatabaseDamaged. A foreign
  // file could otherwise give rows that nobody stored.
  Result<Done> check_schema(std::span<const std::string_view> statements);
  // PRAGMA integrity_check; refuses kDatabaseDamaged with its first line.
  Result<Done> check_integrity();
  const std::string& file() const;

 private:
  friend class Statement;
  struct State;
  explicit Database(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

enum class ColumnType : std::uint8_t { kNull, kWhole, kReal, kText, kBlob };

// A prepared statement. Bound texts and blobs are not copied: they live until reset(). It must not
// outlive its Database. Columns and parameters count from 0.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&& other) noexcept;
  ~Statement();

  Statement& bind(int parameter, std::int64_t value);
  Statement& bind_null(int parameter);
  Statement& bind_text(int parameter, std::string_view value);
  Statement& bind_blob(int parameter, BytesView value);
  Result<bool> step();  // true: a row is there
  // step() without a row, then reset().
  Result<Done> run();
  void reset();

  ColumnType type(int column) const;
  std::int64_t whole(int column) const;
  // Views live until the next step() or reset().
  std::string_view text(int column) const;
  BytesView blob(int column) const;

 private:
  friend class Database;
  Statement(sqlite3_stmt* statement, Database::State* state)
      : statement_(statement), state_(state) {}
  sqlite3_stmt* statement_;
  Database::State* state_;
};

// Rolls back when it ends unless commit() was called.
class WriteTransaction {
 public:
  static Result<WriteTransaction> start(Database& database);
  WriteTransaction(WriteTransaction&& other) noexcept : database_(other.database_) {
    other.database_ = nullptr;
  }
  WriteTransaction& operator=(WriteTransaction&&) = delete;
  ~WriteTransaction() {
    if (database_) database_->roll_back();
  }
  Result<Done> commit();

 private:
  explicit WriteTransaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace anlan::platform
