// Upgrades of a file: planned, done once, gone back from. tests/upgrade.py does it with accounts of
// the first format and kills the program in between.
#include "platform/upgrade.h"

#include <array>

#include <doctest/doctest.h>

#include "platform/files.h"
#include "platform/refusals.h"
#include "platform/schema.h"
#include "platform/sqlite.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using namespace testing;

constexpr std::uint32_t kId = 77;
constexpr std::string_view kNotes = "CREATE TABLE notes(note INTEGER PRIMARY KEY, text TEXT)";
constexpr std::string_view kMore = "CREATE TABLE more(note INTEGER)";
constexpr std::array kFirst{kNotes};
constexpr std::array kSecond{kNotes, schema::kUpgrades};
constexpr std::array kThird{kNotes, schema::kUpgrades, kMore};
constexpr std::array<std::string_view, 1> kToSecond{schema::kUpgrades};
constexpr std::array<std::string_view, 1> kToThird{kMore};
constexpr std::array<std::string_view, 1> kBroken{"CREATE TABLE notes(again)"};
constexpr std::array<std::string_view, 1> kTables{"notes"};
constexpr std::array kSteps{
    FormatStep{.from = 1, .schema = kFirst, .statements = kToSecond, .tables = kTables},
    FormatStep{.from = 2, .schema = kSecond, .statements = kToThird, .tables = kTables}};
constexpr std::array kStepsThatFail{
    FormatStep{.from = 1, .schema = kFirst, .statements = kToSecond, .tables = kTables},
    FormatStep{.from = 2, .schema = kSecond, .statements = kBroken, .tables = kTables}};
constexpr FileKind kKind{
    .name = "notes", .application_id = kId, .format = 3, .schema = kThird, .steps = kSteps};
constexpr FileKind kKindThatFails{
    .name = "notes", .application_id = kId, .format = 3, .schema = kThird, .steps = kStepsThatFail};

struct Notes {
  TempFolder temp;
  fs::path file = temp / "notes.db";
  fs::path kept = temp / "notes.db.format-1";

  Notes() {
    Database database = std::move(Database::open(file, DatabaseMode::kCreate)).value();
    REQUIRE(database.write_durably().ok());
    REQUIRE(database.set_identity(kId, 1).ok());
    REQUIRE(database.run(std::string(kNotes)).ok());
    REQUIRE(database.run("INSERT INTO notes VALUES(1, 'one'), (2, NULL)").ok());
  }
  std::int64_t whole_of(const fs::path& from, std::string_view sql) const {
    Database database = std::move(Database::open(from, DatabaseMode::kReadOnly)).value();
    return database.whole_of(sql).value();
  }
  void run(const std::string& sql) const {
    Database database = std::move(Database::open(file, DatabaseMode::kReadWrite)).value();
    REQUIRE(database.run(sql).ok());
  }
};

TEST_CASE("upgrade: two steps at once, the file of before kept, and back again") {
  const Notes notes;
  const FilePlan plan = plan_upgrade(notes.file, kKind).value();
  CHECK((plan.found == 1 && plan.known == 3 && plan.due() && plan.kept.empty()));
  CHECK(notes.whole_of(notes.file, "PRAGMA user_version") == 1);
  const FilePlan done = upgrade_file(notes.file, kKind, Instant::from_micros(5)).value();
  CHECK((done.found == 1 && done.kept == notes.kept));
  CHECK(notes.whole_of(notes.file, "PRAGMA user_version") == 3);
  CHECK(notes.whole_of(notes.file, "SELECT at * 100 + found * 10 + reached FROM upgrades") == 513);
  CHECK(notes.whole_of(notes.file, "SELECT count(*) FROM notes") == 2);
  CHECK(notes.whole_of(notes.kept, "PRAGMA user_version") == 1);
  CHECK(!upgrade_file(notes.file, kKind, Instant()).value().due());
  REQUIRE(roll_back_file(notes.file, kKind).ok());
  CHECK(notes.whole_of(notes.file, "PRAGMA user_version") == 1);
  CHECK(!fs::exists(notes.kept));
  CHECK(roll_back_file(notes.file, kKind).refusal().code == refusals::kNothingKept);
}

TEST_CASE("upgrade: a step that fails leaves the file as it was") {
  const Notes notes;
  CHECK(!upgrade_file(notes.file, kKindThatFails, Instant()).ok());
  CHECK(notes.whole_of(notes.file, "PRAGMA user_version") == 1);
  CHECK(notes.whole_of(notes.file, "SELECT count(*) FROM sqlite_schema") == 1);
  // The copy was made before, and does not stand in the way of the next try.
  CHECK(upgrade_file(notes.file, kKind, Instant()).ok());
}

TEST_CASE("upgrade: going back is refused where something was stored since") {
  for (const char* change : {"INSERT INTO notes VALUES(3, 'three')", "DELETE FROM notes",
                             "UPDATE notes SET text = 'two' WHERE note = 2"}) {
    CAPTURE(change);
    const Notes notes;
    REQUIRE(upgrade_file(notes.file, kKind, Instant()).ok());
    notes.run(change);
    CHECK(roll_back_file(notes.file, kKind).refusal().code == refusals::kChangedSince);
    CHECK(notes.whole_of(notes.file, "PRAGMA user_version") == 3);
  }
}

TEST_CASE("upgrade: a copy of another upgrade is not written over") {
  const Notes notes;
  REQUIRE(upgrade_file(notes.file, kKind, Instant()).ok());
  fs::copy_file(notes.kept, notes.temp / "copy");
  REQUIRE(roll_back_file(notes.file, kKind).ok());
  notes.run("INSERT INTO notes VALUES(3, 'three')");
  fs::rename(notes.temp / "copy", notes.kept);
  CHECK(upgrade_file(notes.file, kKind, Instant()).refusal().code == refusals::kFileExists);
  CHECK(notes.whole_of(notes.file, "PRAGMA user_version") == 1);
}

TEST_CASE("upgrade: no way from a format that is unknown, newer or another program's") {
  const Notes notes;
  const auto refused = [&](const std::string& change) {
    notes.run(change);
    return plan_upgrade(notes.file, kKind).refusal().code;
  };
  CHECK(refused("PRAGMA user_version=4") == refusals::kFormatUnknown);
  CHECK(refused("PRAGMA user_version=0") == refusals::kFormatUnknown);
  CHECK(refused("PRAGMA user_version=2") == refusals::kDatabaseDamaged);
  CHECK(refused("PRAGMA user_version=1; PRAGMA application_id=78") == refusals::kFormatUnknown);
  CHECK(refused("PRAGMA application_id=77; CREATE TABLE odd(x)") == refusals::kDatabaseDamaged);
  CHECK(plan_upgrade(notes.temp / "none.db", kKind).refusal().code == refusals::kFileMissing);
}

}  // namespace
}  // namespace anlan::platform
