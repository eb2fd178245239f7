#include "platform/sqlite.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "house/journal_refusals.h"
#include "platform/files.h"
#include "platform/refusals.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using testing::TempFolder;

constexpr std::string_view kTable = "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT, c BLOB) STRICT";

Database made(const std::filesystem::path& file) {
  Database database = Database::open(file, DatabaseMode::kCreate).value();
  REQUIRE(database.write_durably().ok());
  REQUIRE(database.run(std::string(kTable)).ok());
  return database;
}

TEST_CASE("sqlite: a new file is for its owner alone, and an existing one is not made again") {
  TempFolder folder;
  const auto file = folder / "a.db";
  { const Database database = made(file); }
  struct stat info {};
  REQUIRE(::stat(file.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  CHECK(Database::open(file, DatabaseMode::kCreate).refusal().code == refusals::kFileExists);
}

TEST_CASE("sqlite: a missing file is refused and not made") {
  TempFolder folder;
  for (const auto mode :
       {DatabaseMode::kReadWrite, DatabaseMode::kReadOnly, DatabaseMode::kImmutable}) {
    CHECK(Database::open(folder / "none.db", mode).refusal().code == refusals::kFileMissing);
  }
  CHECK_FALSE(std::filesystem::exists(folder / "none.db"));
}

TEST_CASE("sqlite: a file that is no database, or another program's, is refused") {
  TempFolder folder;
  REQUIRE(write_file(folder / "text.db", bytes_of(std::string(5'000, 'x'))).ok());
  Database text = Database::open(folder / "text.db", DatabaseMode::kReadOnly).value();
  CHECK(text.check_integrity().refusal().code == refusals::kDatabaseDamaged);
  Database other = made(folder / "other.db");
  const Result<Done> identity = other.check_identity(0x414E4C4E, 1);
  REQUIRE(!identity.ok());
  CHECK(identity.refusal().code == refusals::kDatabaseFormat);
  REQUIRE(other.set_identity(0x414E4C4E, 2).ok());
  CHECK(other.check_identity(0x414E4C4E, 1).refusal().args[0].value == "1095650382.2");
  CHECK(other.check_identity(0x414E4C4E, 2).ok());
}

TEST_CASE("sqlite: a schema that differs in one character, or has one table more, is refused") {
  TempFolder folder;
  Database database = made(folder / "a.db");
  const std::string_view exact[] = {kTable};
  CHECK(database.check_schema(exact).ok());
  const std::string_view other[] = {"CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT, d BLOB) STRICT"};
  CHECK(database.check_schema(other).refusal().code == refusals::kDatabaseDamaged);
  REQUIRE(database.run("CREATE VIEW v AS SELECT 1").ok());
  CHECK(database.check_schema(exact).refusal().code == refusals::kDatabaseDamaged);
}

TEST_CASE("sqlite: what a transaction did not commit is gone, what it did is there for others") {
  TempFolder folder;
  Database database = made(folder / "a.db");
  const auto add = [&](std::int64_t a, std::string_view b, BytesView c) {
    Statement insert = database.prepare("INSERT INTO t VALUES(?, ?, ?)").value();
    REQUIRE(insert.bind(0, a).bind_text(1, b).bind_blob(2, c).run().ok());
  };
  {
    const WriteTransaction dropped = WriteTransaction::start(database).value();
    add(1, "dropped", {});
  }
  WriteTransaction kept = WriteTransaction::start(database).value();
  add(2, "", {});
  add(3, std::string_view("a\0b", 3), bytes_of("bytes"));
  REQUIRE(kept.commit().ok());
  Database reader = Database::open(folder / "a.db", DatabaseMode::kReadOnly).value();
  Statement rows = reader.prepare("SELECT a, b, c FROM t ORDER BY a").value();
  REQUIRE(rows.step().value());
  CHECK(rows.whole(0) == 2);
  CHECK(rows.type(1) == ColumnType::kText);
  CHECK(rows.type(2) == ColumnType::kBlob);
  REQUIRE(rows.step().value());
  CHECK(rows.text(1) == std::string_view("a\0b", 3));
  CHECK(to_hex(rows.blob(2)) == to_hex(bytes_of("bytes")));
  CHECK_FALSE(rows.step().value());
}

TEST_CASE("sqlite: a reader that holds a snapshot does not see later commits") {
  TempFolder folder;
  Database database = made(folder / "a.db");
  Database reader = Database::open(folder / "a.db", DatabaseMode::kReadOnly).value();
  REQUIRE(reader.hold_snapshot().ok());
  REQUIRE(database.run("INSERT INTO t VALUES(1, '', x'')").ok());
  CHECK(reader.whole_of("SELECT count(*) FROM t").value() == 0);
  CHECK(database.whole_of("SELECT count(*) FROM t").value() == 1);
}

TEST_CASE("sqlite: a statement that cannot be is refused with SQLite's reason") {
  TempFolder folder;
  Database database = made(folder / "a.db");
  const Result<Done> wrong = database.run("INSERT INTO t VALUES('text', 1, 2)");
  REQUIRE(!wrong.ok());
  CHECK(wrong.refusal().code == house::refusals::kStorageFailed);
  CHECK_FALSE(wrong.refusal().args[0].value.empty());
  CHECK(wrong.refusal().value.ends_with("a.db"));
}

TEST_CASE("sqlite: an emptied log holds nothing that was deleted") {
  TempFolder folder;
  Database database = made(folder / "a.db");
  REQUIRE(database.run("PRAGMA secure_delete=ON").ok());
  REQUIRE(database.run("INSERT INTO t VALUES(1, 'the secret word', x'')").ok());
  REQUIRE(database.run("DELETE FROM t").ok());
  const auto holds = [&](const std::string& name) {
    return read_file((folder / name).string()).value().find("the secret word") != std::string::npos;
  };
  CHECK(holds("a.db-wal"));
  REQUIRE(database.empty_log().ok());
  CHECK_FALSE(holds("a.db-wal"));
  CHECK_FALSE(holds("a.db"));
}

TEST_CASE("sqlite: names with marks of a URI open read-only") {
  TempFolder folder;
  const auto file = folder / "a?b#c%20 d.db";
  {
    Database database = Database::open(file, DatabaseMode::kCreate).value();
    REQUIRE(database.run(std::string(kTable)).ok());
  }
  Database reader = Database::open(file, DatabaseMode::kImmutable).value();
  CHECK(reader.check_integrity().ok());
  CHECK(reader.whole_of("SELECT count(*) FROM sqlite_schema").value() == 1);
}

}  // namespace
}  // namespace anlan::platform
