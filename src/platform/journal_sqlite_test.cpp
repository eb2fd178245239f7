#include "platform/journal_sqlite.h"

#include <doctest/doctest.h>

#include "house/journal_port_test.h"
#include "platform/refusals.h"
#include "platform/schema.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using house::journal_port::sealed_records;
using testing::TempFolder;

std::unique_ptr<SqliteJournal> opened(const std::filesystem::path& file, DatabaseMode mode) {
  return std::move(SqliteJournal::open(file, mode)).value();
}

// Changes rows behind the journal's back and leaves the schema as it was.
void tamper(const std::filesystem::path& file, const std::string& sql) {
  Database database = Database::open(file, DatabaseMode::kReadWrite).value();
  REQUIRE(database.run("DROP TRIGGER records_not_updated; DROP TRIGGER records_not_deleted").ok());
  REQUIRE(database.run("PRAGMA ignore_check_constraints=ON").ok());
  REQUIRE(database.run(sql).ok());
  REQUIRE(database.run(std::string(schema::kRecordsNotUpdated)).ok());
  REQUIRE(database.run(std::string(schema::kRecordsNotDeleted)).ok());
}

TEST_CASE("journal port: the SQLite journal keeps the port's promises") {
  for (const auto& row : house::journal_port::kJournalBehaviours) {
    CAPTURE(row.sentence);
    TempFolder folder;
    const auto journal = std::move(SqliteJournal::create(folder / "j.db", "test")).value();
    CHECK(row.holds(*journal));
  }
}

TEST_CASE(
    "sqlite journal: what was appended is there after opening again, also for a reader beside") {
  TempFolder folder;
  const auto records = sealed_records({}, 100, {.events = 3});
  const auto journal = std::move(SqliteJournal::create(folder / "j.db", "ningbo")).value();
  REQUIRE(journal->append(records).ok());
  const auto beside = opened(folder / "j.db", DatabaseMode::kReadOnly);
  CHECK(beside->read(1, 1'000).value() == records);
  CHECK(beside->house() == "ningbo");
  CHECK_FALSE(beside->append(sealed_records(beside->head().value(), 1)).ok());
  const auto again = opened(folder / "j.db", DatabaseMode::kReadWrite);
  CHECK(again->read(1, 1'000).value() == records);
  CHECK(again->head()->seq == 300);
}

TEST_CASE("sqlite journal: a second writer cannot fork the chain") {
  TempFolder folder;
  const auto first = std::move(SqliteJournal::create(folder / "j.db", "test")).value();
  const auto second = opened(folder / "j.db", DatabaseMode::kReadWrite);
  const auto one = sealed_records({}, 1);
  auto other = sealed_records({}, 1, {.events = 1, .body_bytes = 9});
  REQUIRE(first->append(one).ok());
  CHECK(second->append(other).refusal().code == house::refusals::kNotAfterHead);
  CHECK(second->append(sealed_records(first->head().value(), 1)).ok());
  CHECK(first->head()->seq == 2);
}

TEST_CASE("sqlite journal: records cannot be changed or deleted by accident") {
  TempFolder folder;
  const auto journal = std::move(SqliteJournal::create(folder / "j.db", "test")).value();
  REQUIRE(journal->append(sealed_records({}, 3)).ok());
  CHECK_FALSE(journal->database().run("UPDATE records SET kind = 9").ok());
  CHECK_FALSE(journal->database().run("DELETE FROM records").ok());
  CHECK(journal->read(1, 10)->size() == 3);
}

struct WrongColumn {
  std::string_view column;
  std::string_view value;
};

TEST_CASE(
    "sqlite journal: a column of another type, range or length is refused with seq and name") {
  const WrongColumn rows[] = {
      {"kind", "-1"},
      {"kind", "65536"},
      {"version", "70000"},
      {"ordinal", "-5"},
      {"count", "4294967296"},
      {"input", "x'00'"},
      {"chain", "x'0102'"},
      {"key", "printf('%0300d', 1)"},
      {"actor", "printf('%065d', 1)"},
  };
  for (const WrongColumn& row : rows) {
    CAPTURE(row.column);
    CAPTURE(row.value);
    TempFolder folder;
    {
      const auto journal = std::move(SqliteJournal::create(folder / "j.db", "test")).value();
      REQUIRE(journal->append(sealed_records({}, 5)).ok());
    }
    tamper(folder / "j.db", "UPDATE records SET " + std::string(row.column) + " = " +
                                std::string(row.value) + " WHERE seq = 3");
    const auto journal = opened(folder / "j.db", DatabaseMode::kReadWrite);
    const auto found = journal->read(1, 10);
    REQUIRE(!found.ok());
    CHECK(found.refusal().code == refusals::kRecordMalformed);
    CHECK(found.refusal().path == row.column);
    CHECK(found.refusal().args[0].value == "3");
    CHECK(journal->read(4, 10)->size() == 2);
  }
}

TEST_CASE("sqlite journal: another schema, another format and another kind of file are refused") {
  TempFolder folder;
  { REQUIRE(SqliteJournal::create(folder / "j.db", "test").ok()); }
  CHECK(SqliteJournal::open(folder / "j.db", DatabaseMode::kImmutable).refusal().code ==
        refusals::kDatabaseFormat);
  {
    Database database = Database::open(folder / "j.db", DatabaseMode::kReadWrite).value();
    REQUIRE(database.run("DROP TRIGGER records_not_updated").ok());
  }
  CHECK(SqliteJournal::open(folder / "j.db", DatabaseMode::kReadWrite).refusal().code ==
        refusals::kDatabaseDamaged);
  {
    Database database = Database::open(folder / "j.db", DatabaseMode::kReadWrite).value();
    REQUIRE(database.set_identity(schema::kJournalId, schema::kFormat + 1).ok());
  }
  CHECK(SqliteJournal::open(folder / "j.db", DatabaseMode::kReadWrite).refusal().code ==
        refusals::kDatabaseFormat);
}

}  // namespace
}  // namespace anlan::platform
