// The journal of a house in SQLite: one table of records, appended in one transaction, read in
// order. docs/JOURNAL.md sections 1 and 4.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "house/ports.h"
#include "platform/sqlite.h"

namespace anlan::platform {

inline constexpr std::size_t kBodyBytesMax = std::size_t{16} << 20;  // larger things are blobs
inline constexpr std::size_t kKeyCharactersMax = 255;
inline constexpr std::size_t kActorCharactersMax = 64;

// One thread. A second process may read the same file at any time; that there is one writer is the
// caller's promise (house_folder.h holds the lock), and append refuses to fork the chain in any
// case.
class SqliteJournal final : public house::Journal {
 public:
  // A new file for the house of this name.
  static Result<std::unique_ptr<SqliteJournal>> create(const std::filesystem::path& file,
                                                       const std::string& house);
  // An existing one. kReadOnly for readers beside a writer; kImmutable reads a backup. Refuses
  // kDatabaseFormat for files that are not ours or newer, kDatabaseDamaged for another schema.
  static Result<std::unique_ptr<SqliteJournal>> open(const std::filesystem::path& file,
                                                     DatabaseMode mode);

  // Refuses kDiskFull, kNotAfterHead, kStorageFailed: nothing was stored. A failed flush ends the
  // process (kFlushFailedStatus). Cost: one flush, and one SHA-256 per record.
  Result<Done> append(std::span<const house::Record> records) override;
  // Also refuses kRecordMalformed (args seq, column), kDatabaseDamaged.
  Result<std::vector<house::Record>> read(std::uint64_t from_seq, std::size_t count) override;
  Result<house::Head> head() override;

  const std::string& house() const { return house_; }
  Database& database() { return database_; }

 private:
  explicit SqliteJournal(Database database) : database_(std::move(database)) {}
  Result<Done> prepare_all();

  Database database_;
  std::string house_;
  std::optional<Statement> insert_;  // after database_: they end before it
  std::optional<Statement> range_;
  std::optional<Statement> last_;
};

}  // namespace anlan::platform
