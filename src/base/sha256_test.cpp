#include "base/sha256.h"

#include <doctest/doctest.h>

#include "base/refusals.h"

namespace anlan {
namespace {

TEST_CASE("sha256: gives the digests of the standard's examples") {
  struct Row {
    std::string text;
    std::string_view hex;
  };
  // FIPS 180-4 example values (NIST CSRC, "SHA-256" example algorithms) and the digest of nothing.
  const Row rows[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {std::string(1'000'000, 'a'),
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (const Row& row : rows) {
    const Digest digest = sha256(bytes_of(row.text));
    CHECK(to_hex(digest) == row.hex);
    CHECK(short_hex(digest) == row.hex.substr(0, 12));
    const auto parsed = parse_digest(row.hex, "head");
    REQUIRE(parsed.ok());
    CHECK(*parsed == digest);
  }
}

TEST_CASE("digest: 64 lower-case hexadecimal digits and nothing else") {
  const std::string good(64, 'a');
  for (const std::string& text : {std::string(), good.substr(1), good + "a", std::string(64, 'A'),
                                  std::string(64, 'g'), " " + good.substr(1)}) {
    CAPTURE(text);
    const auto parsed = parse_digest(text, "head");
    REQUIRE_FALSE(parsed.ok());
    CHECK(parsed.refusal().code == refusals::kDigestMalformed);
    CHECK(parsed.refusal().path == "head");
  }
}

}  // namespace
}  // namespace anlan
