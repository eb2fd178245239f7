#include "platform/backup.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include "house/memory_ports.h"
#include "house/refusals.h"
#include "house/replay.h"
#include "platform/files.h"
#include "platform/refusals.h"
#include "platform/schema.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using namespace testing;

struct Story {
  TempFolder temp;
  fs::path folder = temp / "h";
  fs::path file = temp / "h.anlan-backup";
  SystemClock clock;
  house::PublicKey key{};
  domain::PersonalRef person;
  std::unique_ptr<HouseFolder> opened;

  explicit Story(int orders = 10) {
    key = create_house_folder(folder, "h").value();
    opened =
        std::move(HouseFolder::open(folder, {.mode = HouseMode::kWrite, .clock = nullptr})).value();
    REQUIRE(opened->blobs().put(bytes_of("a scan report")).ok());
    const auto subject = opened->vault()->subject_for("broker/register-2").value();
    person = opened->vault()->put(subject, 1, "Zhang San").value();
    for (const auto& answer : opened->writer().submit(opening_commands(key))) REQUIRE(answer.ok());
    REQUIRE(opened->writer().submit(register_command(2, person)).ok());
    std::mt19937_64 random(5);
    for (int i = 0; i < orders; ++i) {
      (void)opened->writer().submit(random_command(opened->house(), random, std::to_string(i)));
    }
  }
};

// Every record that a reader of the backup gets; nothing when it is refused.
std::optional<std::vector<house::Record>> records_of(const fs::path& file) {
  const auto journal = SqliteJournal::open(file, DatabaseMode::kImmutable);
  if (!journal.ok()) return std::nullopt;
  auto records = journal.value()->read(1, 1'000'000);
  if (!records.ok()) return std::nullopt;
  return std::move(records).value();
}

// Names in the folder that start like this one.
std::size_t names_like(const fs::path& file) {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(file.parent_path())) {
    count += entry.path().filename().string().starts_with(file.filename().string()) ? 1 : 0;
  }
  return count;
}

TEST_CASE("backup: made while the writer goes on, verified, and restored to an equal house") {
  const Story story;
  const house::House at_backup = story.opened->house();
  SystemClock clock;
  const VerifyReport made = backup(story.folder, story.file, clock).value();
  CHECK(made.is_backup);
  CHECK(made.head == at_backup.head);
  CHECK(made.personal_items == 1);
  CHECK(made.blobs == 1);
  REQUIRE(story.opened->writer().submit(register_command(77, {})).ok());
  CHECK(verify_journal(story.file, {.key = story.key, .head = made.sealed}).ok());

  const fs::path again = story.temp / "again";
  CHECK(restore(story.file, again, {.verify = {.key = story.key, .head = {}}})->head ==
        at_backup.head);
  {
    const auto reader = std::move(HouseFolder::open(again, {})).value();
    CHECK(reader->house() == at_backup);
    CHECK(reader->vault() == nullptr);
  }
  fs::copy(story.folder / "keys", again / "keys");
  const auto restored =
      std::move(HouseFolder::open(again, {.mode = HouseMode::kWrite, .clock = nullptr})).value();
  CHECK(restored->vault()->open(story.person).value() == "Zhang San");
  CHECK(restored->blobs().find(sha256(bytes_of("a scan report")))->has_value());
  CHECK(restored->writer().submit(register_command(78, {})).ok());
  CHECK(verify_journal(again, {.key = story.key, .head = made.sealed}).ok());
}

TEST_CASE("backup: it holds no key") {
  const Story story;
  SystemClock clock;
  REQUIRE(backup(story.folder, story.file, clock).ok());
  const std::string bytes = read_file(story.file.string()).value();
  for (const std::string name : {"signing.key", "personal.key"}) {
    CAPTURE(name);
    const std::string text = read_file((story.folder / "keys" / name).string()).value();
    const std::string hex = text.substr(text.find('\n') + 1, 64);
    Bytes raw(32);
    REQUIRE(from_hex(hex, raw));
    CHECK(bytes.find(hex) == std::string::npos);
    CHECK(bytes.find(std::string(reinterpret_cast<const char*>(raw.data()), raw.size())) ==
          std::string::npos);
  }
}

TEST_CASE("backup: an existing file is not replaced, a house or keys that are missing are said") {
  const Story story(1);
  SystemClock clock;
  REQUIRE(backup(story.folder, story.file, clock).ok());
  const std::string before = read_file(story.file.string()).value();
  CHECK(backup(story.folder, story.file, clock).refusal().code == refusals::kFileExists);
  CHECK(read_file(story.file.string()).value() == before);
  CHECK(backup(story.temp / "none", story.temp / "b", clock).refusal().code ==
        refusals::kHouseMissing);
  fs::rename(story.folder / "keys", story.temp / "keys");
  CHECK(backup(story.folder, story.temp / "b", clock).refusal().code == refusals::kKeysMissing);
  CHECK(names_like(story.temp / "b") == 0);
}

TEST_CASE("backup: a damaged house gives no backup") {
  const Story story(3);
  {
    Database database =
        Database::open(story.folder / "journal.db", DatabaseMode::kReadWrite).value();
    REQUIRE(database.run("DROP TRIGGER records_not_updated").ok());
    REQUIRE(database.run("UPDATE records SET key = 'x' WHERE seq = 4").ok());
    REQUIRE(database.run(std::string(schema::kRecordsNotUpdated)).ok());
  }
  SystemClock clock;
  CHECK(backup(story.folder, story.file, clock).refusal().code == house::refusals::kChainBroken);
  CHECK(names_like(story.file) == 0);
}

TEST_CASE("backup: restoring never replaces a folder and never lays out a damaged backup") {
  const Story story(3);
  SystemClock clock;
  REQUIRE(backup(story.folder, story.file, clock).ok());
  CHECK(restore(story.file, story.folder, {}).refusal().code == refusals::kHouseExists);
  {
    Database database = Database::open(story.file, DatabaseMode::kReadWrite).value();
    REQUIRE(database.run("DELETE FROM heads").ok());
  }
  CHECK(restore(story.file, story.temp / "again", {}).refusal().code == refusals::kHeadUnsigned);
  CHECK_FALSE(fs::exists(story.temp / "again"));
}

TEST_CASE("backup: a dropped tail of the backup is found by the head inside it") {
  const Story story(3);
  SystemClock clock;
  REQUIRE(backup(story.folder, story.file, clock).ok());
  {
    Database database = Database::open(story.file, DatabaseMode::kReadWrite).value();
    REQUIRE(database.run("DROP TRIGGER records_not_deleted").ok());
    REQUIRE(database
                .run("DELETE FROM records WHERE seq >= (SELECT max(seq) FROM records WHERE "
                     "ordinal = 0)")
                .ok());
    REQUIRE(database.run(std::string(schema::kRecordsNotDeleted)).ok());
  }
  CHECK(verify_journal(story.file, {}).refusal().code == refusals::kTailDropped);
}

// One byte of the file, changed and put back.
class Flip {
 public:
  Flip(int file, std::uint64_t place, std::uint8_t mask)
      : file_(file), place_(static_cast<off_t>(place)) {
    REQUIRE(::pread(file_, &byte_, 1, place_) == 1);
    const auto changed = static_cast<std::uint8_t>(byte_ ^ mask);
    REQUIRE(::pwrite(file_, &changed, 1, place_) == 1);
  }
  Flip(const Flip&) = delete;
  Flip& operator=(const Flip&) = delete;
  ~Flip() {
    if (::pwrite(file_, &byte_, 1, place_) != 1) std::abort();
  }

 private:
  int file_;
  off_t place_;
  std::uint8_t byte_ = 0;
};

TEST_CASE("backup: of 10,000 changed bytes verify passes none while any record read differs") {
  const Story story(500);
  SystemClock clock;
  REQUIRE(backup(story.folder, story.file, clock).ok());
  const auto original = records_of(story.file);
  REQUIRE(original.has_value());
  const std::uint64_t size = fs::file_size(story.file);
  const int file = ::open(story.file.c_str(), O_RDWR | O_CLOEXEC);
  REQUIRE(file >= 0);
  constexpr std::uint64_t kSeed = 20'260'101;
  std::mt19937_64 random(kSeed);
  int passed = 0;
  int differing = 0;
  for (int i = 0; i < 10'000; ++i) {
    const std::uint64_t place = random() % size;
    const auto mask = static_cast<std::uint8_t>(1 + random() % 255);
    const Flip flip(file, place, mask);
    const auto records = records_of(story.file);
    const bool same = records == original;
    const bool verified = verify_journal(story.file, {}).ok();
    if (verified && !same) {
      CAPTURE(i);
      CAPTURE(place);
      CAPTURE(static_cast<int>(mask));
      CHECK_MESSAGE(false, "verify passed while a record read differs");
    }
    passed += verified ? 1 : 0;
    differing += same ? 0 : 1;
  }
  ::close(file);
  MESSAGE("10,000 changed bytes in " << size << ": " << differing << " change what is read, "
                                     << passed << " verify (unused bytes)");
  CHECK(differing > 5'000);  // else the test would be blind
  CHECK(records_of(story.file) == original);
  CHECK(verify_journal(story.file, {}).ok());
}

}  // namespace
}  // namespace anlan::platform
