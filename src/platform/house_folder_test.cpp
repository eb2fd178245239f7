#include "platform/house_folder.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "base/refusals.h"
#include "platform/files.h"
#include "platform/refusals.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using namespace testing;

unsigned mode_of(const fs::path& file) {
  struct stat info {};
  REQUIRE(::stat(file.c_str(), &info) == 0);
  return info.st_mode & 0777;
}

std::unique_ptr<HouseFolder> opened(const fs::path& folder, HouseMode mode) {
  return std::move(HouseFolder::open(folder, {.mode = mode, .clock = nullptr})).value();
}

Result<std::unique_ptr<HouseFolder>> open_house(const fs::path& folder, HouseMode mode) {
  return HouseFolder::open(folder, {.mode = mode, .clock = nullptr});
}

TEST_CASE(
    "house folder: a new house is private, empty, signed by its own key and opens both ways") {
  TempFolder temp;
  const fs::path folder = temp / "ningbo";
  const house::PublicKey key = create_house_folder(folder, "ningbo").value();
  CHECK(mode_of(folder) == 0700);
  for (const std::string file :
       {"journal.db", "personal.db", "keys/signing.key", "keys/personal.key"}) {
    CAPTURE(file);
    CHECK(mode_of(folder / file) == 0600);
  }
  const auto house = opened(folder, HouseMode::kWrite);
  CHECK(house->name() == "ningbo");
  CHECK(house->house() == house::House{});
  CHECK(house->signer()->public_key() == key);
  CHECK(house->signed_head()->head == house::Head{});
  CHECK(opened(folder, HouseMode::kRead)->house() == house::House{});
}

TEST_CASE(
    "house folder: an existing one is refused and left as it is, a wrong name makes nothing") {
  TempFolder temp;
  const house::PublicKey key = create_house_folder(temp / "h", "h").value();
  CHECK(create_house_folder(temp / "h", "h").refusal().code == refusals::kHouseExists);
  CHECK(opened(temp / "h", HouseMode::kRead)->signer()->public_key() == key);
  fs::create_directory(temp / "empty");
  CHECK(create_house_folder(temp / "empty", "h").refusal().code == refusals::kHouseExists);
  CHECK(create_house_folder(temp / "n", "no/name").refusal().code ==
        anlan::refusals::kNameMalformed);
  CHECK(create_house_folder(temp / "none" / "n", "n").refusal().code == refusals::kFileNotWritten);
  std::size_t entries = 0;
  for (const auto& entry : fs::directory_iterator(temp.path())) entries += entry.exists() ? 1 : 0;
  CHECK(entries == 2);
}

TEST_CASE("house folder: what one process wrote is there for the next, and equals its live house") {
  TempFolder temp;
  const house::PublicKey key = create_house_folder(temp / "h", "h").value();
  house::House live;
  {
    const auto house = opened(temp / "h", HouseMode::kWrite);
    for (const auto& answer : house->writer().submit(opening_commands(key))) REQUIRE(answer.ok());
    std::mt19937_64 random(7);
    for (int i = 0; i < 200; ++i) {
      (void)house->writer().submit(random_command(house->house(), random, std::to_string(i)));
    }
    live = house->house();
    CHECK(opened(temp / "h", HouseMode::kRead)->house() == live);
  }
  CHECK(live.orders.size() > 20);
  CHECK(opened(temp / "h", HouseMode::kWrite)->house() == live);
}

TEST_CASE("house folder: one writer at a time; a second one is told who holds it") {
  TempFolder temp;
  REQUIRE(create_house_folder(temp / "h", "h").ok());
  {
    const auto writer = opened(temp / "h", HouseMode::kWrite);
    const auto second = open_house(temp / "h", HouseMode::kWrite);
    REQUIRE(!second.ok());
    CHECK(second.refusal().code == refusals::kHouseBusy);
    CHECK(second.refusal().args[0].value == std::to_string(::getpid()));
    CHECK(open_house(temp / "h", HouseMode::kRead).ok());
  }
  CHECK(open_house(temp / "h", HouseMode::kWrite).ok());
}

TEST_CASE("house folder: without keys it can be read but not written") {
  TempFolder temp;
  REQUIRE(create_house_folder(temp / "h", "h").ok());
  fs::rename(temp / "h" / "keys", temp / "away");
  CHECK(open_house(temp / "h", HouseMode::kWrite).refusal().code == refusals::kKeysMissing);
  const auto reader = opened(temp / "h", HouseMode::kRead);
  CHECK(reader->signer() == nullptr);
  CHECK(reader->vault() == nullptr);
  CHECK(reader->signed_head().refusal().code == refusals::kKeysMissing);
  fs::rename(temp / "away", temp / "h" / "keys");
  CHECK(open_house(temp / "h", HouseMode::kWrite).ok());
}

TEST_CASE("house folder: a folder without a journal is no house") {
  TempFolder temp;
  CHECK(open_house(temp / "none", HouseMode::kRead).refusal().code == refusals::kHouseMissing);
  CHECK(open_house(temp.path(), HouseMode::kWrite).refusal().code == refusals::kHouseMissing);
  CHECK_FALSE(fs::exists(temp / "lock"));
}

}  // namespace
}  // namespace anlan::platform
