#include "platform/blobs_files.h"

#include <doctest/doctest.h>

#include "platform/files.h"
#include "platform/refusals.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using testing::TempFolder;

TEST_CASE("blobs: what was put is found under its SHA-256, once however often it is put") {
  TempFolder folder;
  FileBlobs blobs(folder.path());
  const Digest digest = blobs.put(bytes_of("evidence")).value();
  CHECK(blobs.put(bytes_of("evidence")).value() == digest);
  CHECK(digest == sha256(bytes_of("evidence")));
  REQUIRE(blobs.put({}).ok());
  const auto found = blobs.find(digest).value();
  REQUIRE(found.has_value());
  CHECK(to_hex(*found) == to_hex(bytes_of("evidence")));
  CHECK_FALSE(blobs.find(sha256(bytes_of("none"))).value().has_value());
  std::vector<Digest> expected{digest, sha256({})};
  std::sort(expected.begin(), expected.end());
  CHECK(blobs.all().value() == expected);
}

TEST_CASE("blobs: changed bytes and foreign files are refused") {
  TempFolder folder;
  FileBlobs blobs(folder.path());
  const Digest digest = blobs.put(bytes_of("evidence")).value();
  const std::string hex = to_hex(digest);
  REQUIRE(write_file(folder.path() / hex.substr(0, 2) / hex.substr(2), bytes_of("Evidence")).ok());
  CHECK(blobs.find(digest).refusal().code == refusals::kBlobDamaged);
  REQUIRE(write_file(folder / "notes", bytes_of("x")).ok());
  CHECK(blobs.all().refusal().code == refusals::kBlobDamaged);
}

TEST_CASE("blobs: a blob above the limit is refused") {
  TempFolder folder;
  FileBlobs blobs(folder.path());
  const auto refused = blobs.put(Bytes(kBlobBytesMax + 1));
  REQUIRE(!refused.ok());
  CHECK(refused.refusal().code == refusals::kBlobTooLarge);
}

}  // namespace
}  // namespace anlan::platform
