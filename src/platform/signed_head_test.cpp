#include "platform/signed_head.h"

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "platform/refusals.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using testing::TempFolder;

struct Signed {
  TempFolder folder;
  SignedHead head;

  Signed() {
    REQUIRE(create_keys(folder / "keys").ok());
    FileSigner signer = FileSigner::open(folder / "keys").value();
    head = sign_head({.house = "ningbo",
                      .head = {.seq = 41, .chain = sha256(bytes_of("chain"))},
                      .at = Instant::from_micros(1'767'225'600'000'001)},
                     signer);
  }
};

TEST_CASE("signed head: it verifies, and no part of it can be changed") {
  const Signed made;
  CHECK(check_signature(made.head).ok());
  using Change = void (*)(SignedHead&);
  const Change changes[] = {
      [](SignedHead& h) { h.house = "ningb0"; },
      [](SignedHead& h) { ++h.head.seq; },
      [](SignedHead& h) { h.head.chain.bytes[5] ^= std::byte{4}; },
      [](SignedHead& h) { h.at = Instant::from_micros(h.at.micros() + 1); },
      [](SignedHead& h) { h.public_key[0] ^= std::byte{1}; },
      [](SignedHead& h) { h.signature[63] ^= std::byte{1}; },
  };
  for (std::size_t i = 0; i < std::size(changes); ++i) {
    CAPTURE(i);
    SignedHead changed = made.head;
    changes[i](changed);
    const auto result = check_signature(changed);
    REQUIRE(!result.ok());
    CHECK(result.refusal().code == refusals::kHeadSignatureWrong);
  }
}

TEST_CASE("signed head: its JSON reads back to the same head, to the microsecond") {
  const Signed made;
  const std::string json = to_json(made.head);
  CHECK(json.find("2026-01-01T00:00:00.000001Z") != std::string::npos);
  CHECK(parse_signed_head(json, "head.json").value() == made.head);
}

TEST_CASE("signed head: a file that is not one is refused with its key") {
  const Signed made;
  const std::string json = to_json(made.head);
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = json;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  struct Row {
    std::string text;
    RefusalCode code;
    std::string_view path;
  };
  const Row rows[] = {
      {with("\"seq\": 41", "\"seq\": -1"), anlan::refusals::kOutOfRange, "seq"},
      {with("\"house\": \"ningbo\",", ""), anlan::refusals::kMissingKey, "house"},
      {with(to_hex(made.head.head.chain), "00ff"), refusals::kHexMalformed, "chain"},
      {with("2026-01-01", "2026-02-30"), anlan::refusals::kInstantInvalid, "at"},
      {with("\"seq\": 41", "\"seq\": 41, \"sequel\": 1"), anlan::refusals::kUnknownKey, "sequel"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    const auto parsed = parse_signed_head(row.text, "head.json");
    REQUIRE(!parsed.ok());
    CHECK(parsed.refusal().code.name == row.code.name);
    CHECK(parsed.refusal().path == row.path);
    CHECK(parsed.refusal().at.file == "head.json");
  }
}

TEST_CASE("signed head: a key outside its range of seq is not trusted") {
  const Signed made;
  const TrustedKey key{.key = made.head.public_key};
  CHECK(check_trusted(made.head, std::span(&key, 1)).ok());
  const auto keys = after_rotation({key}, house::PublicKey{std::byte{9}}, 41);
  const auto result = check_trusted(made.head, keys);
  REQUIRE(!result.ok());
  CHECK(result.refusal().code == refusals::kHeadKeyUntrusted);
  CHECK(result.refusal().args[1].value == fingerprint(made.head.public_key));
}

}  // namespace
}  // namespace anlan::platform
