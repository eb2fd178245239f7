// Sealed files: what goes in comes out, at every size around a piece; whatever is changed, cut or
// added is refused. tests/sealed_backup.py reads one without this code.
#include "platform/sealed_file.h"

#include <doctest/doctest.h>

#include "platform/files.h"
#include "platform/refusals.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using namespace testing;

constexpr SealCost kLight{.passes = 1, .memory_kib = 8};  // tests ask often

std::string text_of_size(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t n = 0; n < size; ++n) text[n] = static_cast<char>(n * 31 % 251);
  return text;
}

struct Sealed {
  TempFolder temp;
  fs::path key = temp / "key";
  fs::path file = temp / "sealed";
  SealPublicKey recipient = create_seal_keys(key).value();

  Result<Done> seal(const std::vector<std::string>& parts, const SealTo& to) {
    std::vector<SealedPart> all;
    for (std::size_t n = 0; n < parts.size(); ++n) {
      const fs::path from = temp / ("part-" + std::to_string(n));
      REQUIRE(write_file(from, bytes_of(parts[n])).ok());
      all.push_back({.name = "p" + std::to_string(n), .file = from});
    }
    return seal_files(all, file, to, kLight);
  }

  // The parts as they come out, in a folder of their own.
  Result<std::vector<std::string>> open(const OpenWith& with) {
    const fs::path folder = temp / ("out-" + std::to_string(++opened_));
    REQUIRE(fs::create_directory(folder));
    ANLAN_TRY(const std::vector<std::string> names, open_sealed(file, with, folder));
    std::vector<std::string> parts;
    for (const std::string& name : names) parts.push_back(read_file(folder / name).value());
    return parts;
  }
  OpenWith secret() const { return read_seal_secret(key).value(); }

 private:
  int opened_ = 0;
};

RefusalCode code_of(const Result<std::vector<std::string>>& opened) {
  REQUIRE(!opened.ok());
  return opened.refusal().code;
}

TEST_CASE("a sealed file gives back its parts, whatever their sizes are beside a piece") {
  // Nine bytes and the name stand before each part.
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kSealedPieceBytes - 12,
                                 kSealedPieceBytes - 11, kSealedPieceBytes - 10, kSealedPieceBytes,
                                 2 * kSealedPieceBytes - 11, 3 * kSealedPieceBytes + 5}) {
    CAPTURE(size);
    Sealed sealed;
    const std::vector<std::string> parts{text_of_size(size), "second"};
    REQUIRE(sealed.seal(parts, sealed.recipient).ok());
    CHECK(is_sealed(sealed.file));
    CHECK(sealed.open(sealed.secret()).value() == parts);
    CHECK((fs::status(sealed.file).permissions() & fs::perms::all) ==
          (fs::perms::owner_read | fs::perms::owner_write));
  }
  Sealed none;
  REQUIRE(none.seal({}, none.recipient).ok());
  CHECK(none.open(none.secret())->empty());
}

TEST_CASE("a sealed file opens with its passphrase, and with no other secret") {
  Sealed sealed;
  REQUIRE(sealed.seal({"held"}, Passphrase{"nine quiet rivers"}).ok());
  CHECK(sealed.open(Passphrase{"nine quiet rivers"}).value() == std::vector<std::string>{"held"});
  CHECK(code_of(sealed.open(Passphrase{"nine quiet riverS"})) == refusals::kBackupKeyWrong);
  CHECK(code_of(sealed.open(Passphrase{""})) == refusals::kBackupKeyWrong);
  CHECK(code_of(sealed.open(sealed.secret())) == refusals::kBackupKeyWrong);
  fs::remove(sealed.file);
  CHECK(sealed.seal({"held"}, Passphrase{"eleven byte"}).refusal().code ==
        refusals::kPassphraseShort);
  REQUIRE(sealed.seal({"held"}, sealed.recipient).ok());
  CHECK(code_of(sealed.open(Passphrase{"nine quiet rivers"})) == refusals::kBackupKeyWrong);
  CHECK(code_of(sealed.open(random_key())) == refusals::kBackupKeyWrong);
  CHECK(sealed.seal({"held"}, sealed.recipient).refusal().code == refusals::kFileExists);
  fs::remove(sealed.file);
  CHECK(sealed.seal({"held"}, SealPublicKey{}).refusal().code == refusals::kSealKeyMalformed);
  CHECK(!fs::exists(sealed.file));
}

TEST_CASE("a sealed file of which any byte was changed is refused") {
  Sealed sealed;
  REQUIRE(sealed.seal({text_of_size(300)}, sealed.recipient).ok());
  const std::string whole = read_file(sealed.file).value();
  for (std::size_t place = 0; place < whole.size(); ++place) {
    CAPTURE(place);
    std::string changed = whole;
    changed[place] = static_cast<char>(changed[place] ^ 0x10);
    REQUIRE(write_file(sealed.file, bytes_of(changed)).ok());
    CHECK(!sealed.open(sealed.secret()).ok());
  }
}

TEST_CASE("a sealed file that was cut anywhere, or made longer, is refused") {
  Sealed sealed;
  REQUIRE(sealed.seal({text_of_size(kSealedPieceBytes + 100)}, sealed.recipient).ok());
  const std::string whole = read_file(sealed.file).value();
  const std::size_t first = 122 + 24;
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{7}, std::size_t{9}, std::size_t{121}, first - 1, first,
        first + 16, first + kSealedPieceBytes + 16, first + kSealedPieceBytes + 17,
        first + kSealedPieceBytes + 30, whole.size() - 1}) {
    CAPTURE(size);
    REQUIRE(write_file(sealed.file, bytes_of(whole.substr(0, size))).ok());
    const RefusalCode code = code_of(sealed.open(sealed.secret()));
    CHECK((code == refusals::kSealBroken || code == refusals::kBackupKeyWrong ||
           code == refusals::kBackupNotSealed));
  }
  REQUIRE(write_file(sealed.file, bytes_of(whole + "x")).ok());
  CHECK(code_of(sealed.open(sealed.secret())) == refusals::kSealBroken);
}

TEST_CASE("a sealed file of a later version says so, and no head asks for more than is bounded") {
  Sealed sealed;
  REQUIRE(sealed.seal({"held"}, Passphrase{"nine quiet rivers"}).ok());
  const std::string whole = read_file(sealed.file).value();
  std::string later = whole;
  later[8] = 2;
  REQUIRE(write_file(sealed.file, bytes_of(later)).ok());
  CHECK(code_of(sealed.open(Passphrase{"nine quiet rivers"})) == refusals::kSealVersion);
  for (const std::size_t place : {std::size_t{12}, std::size_t{17}}) {  // passes, memory
    std::string greedy = whole;
    greedy[place] = '\x7f';
    REQUIRE(write_file(sealed.file, bytes_of(greedy)).ok());
    CHECK(code_of(sealed.open(Passphrase{"nine quiet rivers"})) == refusals::kSealBroken);
  }
}

TEST_CASE("keys of backups: never written over, read only where their owner alone can") {
  Sealed sealed;
  CHECK(create_seal_keys(sealed.key).refusal().code == refusals::kFileExists);
  CHECK(read_seal_public(sealed.key.string() + ".pub").value() == sealed.recipient);
  CHECK(read_seal_public(sealed.key).refusal().code == refusals::kSealKeyMalformed);
  fs::permissions(sealed.key, fs::perms::group_read, fs::perm_options::add);
  CHECK(read_seal_secret(sealed.key).refusal().code == refusals::kKeyFileOpen);
  CHECK(read_seal_secret(sealed.temp / "none").refusal().code == refusals::kFileMissing);
}

}  // namespace
}  // namespace anlan::platform
