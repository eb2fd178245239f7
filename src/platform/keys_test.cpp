#include "platform/keys.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "platform/files.h"
#include "platform/refusals.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using testing::TempFolder;

unsigned mode_of(const std::filesystem::path& file) {
  struct stat info {};
  REQUIRE(::stat(file.c_str(), &info) == 0);
  return info.st_mode & 0777;
}

// A signing key with the seed of RFC 8032, 7.1, test 3.
FileSigner known_signer(const TempFolder& folder) {
  std::filesystem::create_directory(folder / "keys");
  REQUIRE(write_file(folder / "keys" / "signing.key",
                     bytes_of("anlan signing key 1\n"
                              "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7\n"),
                     kPrivateFile)
              .ok());
  return FileSigner::open(folder / "keys").value();
}

TEST_CASE("keys: a signature is that of RFC 8032, section 7.1, test 3") {
  TempFolder folder;
  FileSigner signer = known_signer(folder);
  CHECK(to_text(signer.public_key()) ==
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
  const std::byte message[] = {std::byte{0xaf}, std::byte{0x82}};
  const house::Signature signature = signer.sign(message);
  CHECK(to_hex(BytesView(signature)) ==
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
  CHECK(verify_signature(message, signature, signer.public_key()));
  CHECK_FALSE(verify_signature(std::span(message).first(1), signature, signer.public_key()));
}

TEST_CASE("keys: new keys are two different secrets in private files, and are never made again") {
  TempFolder folder;
  const auto keys = folder / "keys";
  REQUIRE(create_keys(keys).ok());
  CHECK(mode_of(keys) == 0700);
  CHECK(mode_of(keys / "signing.key") == 0600);
  CHECK(mode_of(keys / "personal.key") == 0600);
  const house::PublicKey first = FileSigner::open(keys)->public_key();
  CHECK(create_keys(keys).refusal().code == refusals::kKeysExist);
  CHECK(FileSigner::open(keys)->public_key() == first);
  REQUIRE(create_keys(folder / "other").ok());
  CHECK(FileSigner::open(folder / "other")->public_key() != first);
  CHECK(to_hex(BytesView(read_personal_key(keys)->bytes())) !=
        to_hex(BytesView(read_personal_key(folder / "other")->bytes())));
}

TEST_CASE("keys: a missing key, one that others can read and one that is not a key are refused") {
  TempFolder folder;
  const auto keys = folder / "keys";
  CHECK(FileSigner::open(keys).refusal().code == refusals::kKeysMissing);
  REQUIRE(create_keys(keys).ok());
  REQUIRE(::chmod((keys / "signing.key").c_str(), 0640) == 0);
  const auto open = FileSigner::open(keys);
  REQUIRE(!open.ok());
  CHECK(open.refusal().code == refusals::kKeyFileOpen);
  CHECK(open.refusal().args[0].value == "0640");
  const std::string good = read_file((keys / "personal.key").string()).value();
  for (const std::string& text :
       {std::string(), good.substr(1), good + "\n", good.substr(0, good.size() - 1),
        std::string("anlan signing key 1\n") + good.substr(good.find('\n') + 1)}) {
    CAPTURE(text.size());
    REQUIRE(write_file(keys / "personal.key", bytes_of(text), kPrivateFile).ok());
    CHECK(read_personal_key(keys).refusal().code == refusals::kKeyFileMalformed);
  }
}

TEST_CASE("keys: a public key is 64 hexadecimal digits, its fingerprint 16 groups of four") {
  TempFolder folder;
  const house::PublicKey key = known_signer(folder).public_key();
  CHECK(parse_public_key(to_text(key), "key").value() == key);
  const auto refused = parse_public_key("fc51", "key");
  REQUIRE(!refused.ok());
  CHECK(refused.refusal().code == refusals::kHexMalformed);
  CHECK(refused.refusal().args[0].value == "64");
  CHECK(fingerprint(key).size() == 16 * 4 + 15);
  CHECK(fingerprint(key).substr(0, 9) ==
        to_hex(sha256(key)).substr(0, 4) + " " + to_hex(sha256(key)).substr(4, 4));
}

TEST_CASE("keys: each key is trusted for the seqs between its rotations") {
  const house::PublicKey a{std::byte{1}};
  const house::PublicKey b{std::byte{2}};
  const auto keys = after_rotation({TrustedKey{.key = a}}, b, 100);
  struct Row {
    house::PublicKey key;
    std::uint64_t seq;
    bool trusted;
  };
  for (const Row& row : {Row{a, 1, true}, Row{a, 99, true}, Row{a, 100, false}, Row{b, 99, false},
                         Row{b, 100, true}, Row{b, 1'000'000, true}, Row{{}, 5, false}}) {
    CAPTURE(row.seq);
    CHECK(is_trusted(keys, row.key, row.seq) == row.trusted);
  }
}

}  // namespace
}  // namespace anlan::platform
