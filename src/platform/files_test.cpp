#include "platform/files.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "formats/refusals.h"
#include "platform/refusals.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using testing::TempFolder;

std::size_t names_in(const std::filesystem::path& folder) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    count += entry.path().empty() ? 0 : 1;
  }
  return count;
}

TEST_CASE("files: what was written is read back, byte by byte, and replaces what was there") {
  TempFolder folder;
  const std::string file = (folder / "a").string();
  for (const std::string& text :
       {std::string("first"), std::string(), std::string(200'000, '\0')}) {
    REQUIRE(write_file(file, bytes_of(text)).ok());
    CHECK(read_file(file).value() == text);
  }
  CHECK(names_in(folder.path()) == 1);
}

TEST_CASE("files: a new file never replaces one, and has the mode that was asked for") {
  TempFolder folder;
  const auto file = folder / "key";
  REQUIRE(write_new_file(file, bytes_of("one"), kPrivateFile).ok());
  CHECK(write_new_file(file, bytes_of("two"), kPrivateFile).refusal().code ==
        refusals::kFileExists);
  CHECK(read_file(file.string()).value() == "one");
  struct stat info {};
  REQUIRE(::stat(file.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  CHECK(names_in(folder.path()) == 1);
}

TEST_CASE("files: missing files, folders and devices are refused") {
  TempFolder folder;
  CHECK(read_file((folder / "none").string()).refusal().code == refusals::kFileMissing);
  CHECK(read_file(folder.path().string()).refusal().code == refusals::kFileUnreadable);
  CHECK(read_file("/dev/zero").refusal().code == refusals::kFileUnreadable);
  const auto written = write_file(folder / "none" / "a", bytes_of("x"));
  REQUIRE(!written.ok());
  CHECK(written.refusal().code == refusals::kFileNotWritten);
  CHECK_FALSE(written.refusal().args[0].value.empty());
}

TEST_CASE("files: a file of the limit is read, one byte more is refused") {
  TempFolder folder;
  const std::string file = (folder / "a").string();
  constexpr std::size_t kLimit = 3 << 20;
  REQUIRE(write_file(file, bytes_of(std::string(kLimit, 'x'))).ok());
  CHECK(read_file(file, kLimit)->size() == kLimit);
  const auto refused = read_file(file, kLimit - 1);
  REQUIRE(!refused.ok());
  CHECK(refused.refusal().code == formats::refusals::kFileTooLarge);
  CHECK(refused.refusal().args[0].value == "2");
}

TEST_CASE("files: what is written once stays, and nothing else is replaced by it") {
  TempFolder folder;
  const std::filesystem::path file = folder / "a";
  CHECK(write_once(file, bytes_of("one")).ok());
  CHECK(write_once(file, bytes_of("one")).ok());
  for (const std::string_view other : {"two", "on", "ones", ""}) {
    CHECK(write_once(file, bytes_of(other)).refusal().code == refusals::kFileExists);
  }
  CHECK(*read_file(file.string()) == "one");
  CHECK(write_once(folder.path(), bytes_of("one")).refusal().code == refusals::kFileExists);
  CHECK(names_in(folder.path()) == 1);
}

TEST_CASE("files: a staged file gets its name at the end, or leaves nothing") {
  TempFolder folder;
  {
    auto staged = StagedFile::create(folder / "a", bytes_of("x"));
    REQUIRE(staged.ok());
    CHECK(names_in(folder.path()) == 1);
    CHECK_FALSE(std::filesystem::exists(folder / "a"));
  }
  CHECK(names_in(folder.path()) == 0);
  {
    StagedFile staged = StagedFile::create(folder / "a", bytes_of("x")).value();
    REQUIRE(staged.place().ok());
  }
  CHECK(*read_file((folder / "a").string()) == "x");
  {
    StagedFile late = StagedFile::create(folder / "a", bytes_of("y")).value();
    CHECK(late.place().refusal().code == refusals::kFileExists);
  }
  CHECK(*read_file((folder / "a").string()) == "x");
  CHECK(names_in(folder.path()) == 1);
  CHECK(StagedFile::create(folder / "none" / "a", bytes_of("x")).refusal().code ==
        refusals::kFileNotWritten);
}

TEST_CASE("files: a folder takes its final name unless that is taken") {
  TempFolder folder;
  std::filesystem::create_directory(folder / "a");
  std::filesystem::create_directory(folder / "b");
  CHECK(rename_new(folder / "a", folder / "b").refusal().code == refusals::kFileExists);
  CHECK(rename_new(folder / "a", folder / "c").ok());
  CHECK(std::filesystem::exists(folder / "c"));
}

}  // namespace
}  // namespace anlan::platform
