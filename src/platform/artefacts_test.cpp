#include "platform/artefacts.h"

#include <doctest/doctest.h>

#include "platform/embedded_data.h"
#include "platform/files.h"
#include "platform/refusals.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using testing::TempFolder;

TEST_CASE("artefacts: every embedded file is found with its bytes, and is the one in data/") {
  const Artefacts artefacts;
  CHECK(artefacts.list("").size() == embedded_files().size());
  CHECK_FALSE(embedded_files().empty());
  for (const EmbeddedFile& file : embedded_files()) {
    CAPTURE(file.path);
    const auto found = artefacts.find(file.path);
    REQUIRE(found.has_value());
    CHECK(found->digest == sha256(file.bytes));
    const std::string source = std::string(ANLAN_SOURCE_DIR) + "/data/" + found->path;
    CHECK(to_hex(sha256(bytes_of(read_file(source).value()))) == to_hex(found->digest));
  }
  for (const std::string none : {"", "none", "/", "../data/locales/en.toml", "~"}) {
    CAPTURE(none);
    CHECK_FALSE(artefacts.find(none).has_value());
  }
}

TEST_CASE("artefacts: a folder replaces whole files by path and adds its own") {
  REQUIRE_FALSE(embedded_files().empty());
  const std::string replaced(embedded_files().front().path);
  TempFolder folder;
  std::filesystem::create_directories((folder / replaced).parent_path());
  std::filesystem::create_directories(folder / "products");
  REQUIRE(write_file(folder / replaced, bytes_of("ours")).ok());
  REQUIRE(write_file(folder / "products/zz-own.toml", bytes_of("own")).ok());
  const Artefacts artefacts = Artefacts::with_folder(folder.path()).value();
  CHECK(artefacts.find(replaced)->text == "ours");
  CHECK(artefacts.find(replaced)->digest == sha256(bytes_of("ours")));
  CHECK(artefacts.find("products/zz-own.toml")->text == "own");
  CHECK(artefacts.list("").size() == embedded_files().size() + 1);
  const auto products = artefacts.list("products/");
  CHECK(std::is_sorted(products.begin(), products.end()));
  CHECK(std::count(products.begin(), products.end(), "products/zz-own.toml") == 1);
}

TEST_CASE("artefacts: only these files, and no embedded one behind them") {
  const Artefacts artefacts = Artefacts::only({{"products/a.toml", "ours"}});
  CHECK(artefacts.find("products/a.toml")->text == "ours");
  CHECK(artefacts.find("products/a.toml")->digest == sha256(bytes_of("ours")));
  CHECK(artefacts.list("") == std::vector<std::string>{"products/a.toml"});
  REQUIRE_FALSE(embedded_files().empty());
  CHECK_FALSE(artefacts.find(embedded_files().front().path).has_value());
}

TEST_CASE("artefacts: a data folder that is none, or a file that cannot be read, is refused") {
  TempFolder folder;
  const auto none = Artefacts::with_folder(folder / "none");
  REQUIRE(!none.ok());
  CHECK(none.refusal().code == refusals::kDataFolder);
  REQUIRE(write_file(folder / "file", bytes_of("x")).ok());
  CHECK(Artefacts::with_folder(folder / "file").refusal().code == refusals::kDataFolder);
}

}  // namespace
}  // namespace anlan::platform
