// Vectors made with python3-cryptography 48: three keys, one registration and one sign-in of each,
// for the challenge 00 01 ... 1f at https://anlan.example. Over HTTP, tests/passkeys.py does the
// same with keys of its own.
#include "platform/webauthn.h"

#include <doctest/doctest.h>

#include "platform/access_refusals.h"
#include "platform/accounts_testing.h"
#include "platform/cbor.h"
#include "platform/cose_key.h"

namespace anlan::platform {
namespace {

using testing::said;

constexpr std::string_view kEs256Attestation =
    "a363666d74646e6f6e656761747453746d74a06861757468446174615898f982b4d04af5719607a332ee5f394150"
    "d3ee5b1d6585a351b6dd6fd42ee6aee84500000001000000000000000000000000000000000014781fc0bd0c955c"
    "f16539c9ecedd008848bf3184fa501020326200121582087cb0c241572998233821e0584ebf7806fa15a850abc3c"
    "a0dffc51f8cca3159f2258201c3872639ba19eae9af25e9023cf78b92fabf539ba26861083a1d641c3bc3bb0";
constexpr std::string_view kEs256Signature =
    "304402205a1318c9a75837f0f4bae225551e49437ae35d8f7cae492cddfc5053c4df566b022045b16f03f495f0fe"
    "f7aa43662006871808fc6676ff0d5855f2d083434ec90df3";
constexpr std::string_view kEdDsaAttestation =
    "a363666d74646e6f6e656761747453746d74a06861757468446174615875f982b4d04af5719607a332ee5f394150"
    "d3ee5b1d6585a351b6dd6fd42ee6aee845000000010000000000000000000000000000000000143213be3d97b029"
    "3c214b345d7e42c8d66b0ca915a4010103272006215820c23865e63606eb90570ca51afeb20745f7cc77273ad051"
    "f5d4cb0262520359a3";
constexpr std::string_view kEdDsaSignature =
    "1ba9720f8557552e01b932b4a0ef8bb6ae942cf57a8cde993338c24e3228621e91cd64fd071ecbbfc98b7a56c228"
    "e932e07abd7b675f5afff0c30d03c9edf10b";
constexpr std::string_view kRs256Attestation =
    "a363666d74646e6f6e656761747453746d74a068617574684461746159015bf982b4d04af5719607a332ee5f3941"
    "50d3ee5b1d6585a351b6dd6fd42ee6aee84500000001000000000000000000000000000000000014964a52fb6afe"
    "cba6da283727025a83a32ca9187da401030339010020590100ad1f792ca3881115ec64c691c0a7094df8b5b49cf5"
    "579e3c25ad9985499a1eb0de0bbe55dc80ba83c90d78c0bcd72437c3384f78c7e13d6539c24bf1bb46e246294a0a"
    "b7b2110df788ff6a815fea14ca586cd063fde0521a44037d694f11ebb7df3f2e4ed32394732d1b6108fba34c620c"
    "a4c2d3d75554aae8a61673519ccf8f9dd7b3f4545ecad007c7a5bc827b356a2d674a27a8ca174f746f6fefe87b8a"
    "1e36041d8affb729e2203e84380d95c7dd3f9819689f4874020551cbc61b6b916aafddaf0bc4c83864d5a422c89d"
    "c262988e50d5d8d796392c53fb5932a110ac8fc725c43b26234de5d47073ca09eac785ba86a37165ea2bdc8023b4"
    "7e319c7af12143010001";
constexpr std::string_view kRs256Signature =
    "26b9b7492e95788700b14806e06bb50ed2258271ed3add3b008d21634eceadde84dd7abd56971fa1e292ad29af2d"
    "2a7572aa26e9b05ba0e92c270b93bc79684830aac730f2146623515ff0f22415889a6cf94fc0875d36a7f80bda21"
    "faad9ae9e96f1a6084f59cea4d786df2778f96a19184e04ea2c3e6e28f72f7b436a128e9c18bbd276e547f88109b"
    "103dd1d57b1a74402e8d33626747013ad178074e64764f3ffdca65496cb3a94081ea1f17991665aed39f6b65859a"
    "b73c9cfeaa82f9126d0981e019fef97cc3e0a9bf46f442f4eae5d7fcb42d08483dca2dc9d55034548b18cb22aaa7"
    "8c46b5a48c486d1e019b69d6eb5aa96edb73dcb95d3c109481fd";
constexpr std::string_view kPackedAttestation =
    "a363666d74667061636b65646761747453746d74a363616c67266373696742300063783563814230826861757468"
    "4461746158a2f982b4d04af5719607a332ee5f394150d3ee5b1d6585a351b6dd6fd42ee6aee8c500000000000000"
    "00000000000000000000000000001063636363636363636363636363636363a501020326200121582087cb0c2415"
    "72998233821e0584ebf7806fa15a850abc3ca0dffc51f8cca3159f2258201c3872639ba19eae9af25e9023cf78b9"
    "2fabf539ba26861083a1d641c3bc3bb0a16b6372656450726f7465637402";

Bytes from(std::string_view hex) {
  Bytes bytes(hex.size() / 2);
  REQUIRE(from_hex(hex, bytes));
  return bytes;
}

Bytes of_text(std::string_view text) {
  const BytesView bytes = bytes_of(text);
  return {bytes.begin(), bytes.end()};
}

Ceremony ceremony() {
  Ceremony made{.party = relying_party({"https://anlan.example"}).value(), .challenge = {}};
  for (std::size_t i = 0; i < made.challenge.bytes.size(); ++i)
    made.challenge.bytes[i] = static_cast<std::byte>(i);
  return made;
}

constexpr std::string_view kChallengeText = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

Bytes client_data(
    std::string_view type, std::string_view challenge = kChallengeText,
    std::string_view rest = R"("origin":"https://anlan.example","crossOrigin":false)") {
  return of_text(R"({"type":")" + std::string(type) + R"(","challenge":")" +
                 std::string(challenge) + "\"," + std::string(rest) + "}");
}

RegistrationAnswer registration(std::string_view attestation) {
  return {.client_data = client_data("webauthn.create"), .attestation_object = from(attestation)};
}

struct Vector {
  std::string_view name;
  std::string_view attestation;
  std::string_view signature;
  CoseAlgorithm algorithm;
};
constexpr std::array kVectors{
    Vector{"ES256", kEs256Attestation, kEs256Signature, CoseAlgorithm::kEs256},
    Vector{"EdDSA", kEdDsaAttestation, kEdDsaSignature, CoseAlgorithm::kEdDsa},
    Vector{"RS256", kRs256Attestation, kRs256Signature, CoseAlgorithm::kRs256}};

// Present and verified, counter 2.
Bytes assertion_data(unsigned flags = 0x05) {
  const Digest party = sha256(bytes_of("anlan.example"));
  Bytes data(party.bytes.begin(), party.bytes.end());
  data.push_back(static_cast<std::byte>(flags));
  for (const unsigned byte : {0U, 0U, 0U, 2U}) data.push_back(static_cast<std::byte>(byte));
  return data;
}

AssertionAnswer assertion(const Vector& vector) {
  return {.credential = {},
          .client_data = client_data("webauthn.get"),
          .authenticator_data = assertion_data(),
          .signature = from(vector.signature),
          .user = {}};
}

TEST_CASE("webauthn: a registration and a sign-in of each algorithm") {
  for (const Vector& vector : kVectors) {
    CAPTURE(vector.name);
    const auto made = check_registration(registration(vector.attestation), ceremony());
    REQUIRE(made.ok());
    CHECK(made->id.size() == 20);
    CHECK((made->algorithm == vector.algorithm));
    CHECK(made->counter == 1);
    const auto counter = check_assertion(assertion(vector), made->public_key, ceremony());
    REQUIRE(counter.ok());
    CHECK(*counter == 2);
  }
}

TEST_CASE("webauthn: a signature of one key is none of another") {
  for (const Vector& vector : kVectors) {
    for (const Vector& other : kVectors) {
      if (vector.name == other.name) continue;
      const auto made = check_registration(registration(other.attestation), ceremony()).value();
      CHECK(said(check_assertion(assertion(vector), made.public_key, ceremony())) ==
            "passkey_signature");
    }
  }
}

TEST_CASE("webauthn: every changed bit of a sign-in is refused") {
  for (const Vector& vector : kVectors) {
    const auto made = check_registration(registration(vector.attestation), ceremony()).value();
    const AssertionAnswer right = assertion(vector);
    std::size_t accepted = 0;
    const auto flip_all = [&](Bytes AssertionAnswer::*part) {
      for (std::size_t bit = 0; bit < (right.*part).size() * 8; ++bit) {
        AssertionAnswer wrong = right;
        (wrong.*part)[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
        accepted += check_assertion(wrong, made.public_key, ceremony()).ok() ? 1 : 0;
      }
    };
    flip_all(&AssertionAnswer::client_data);
    flip_all(&AssertionAnswer::authenticator_data);
    flip_all(&AssertionAnswer::signature);
    CHECK(accepted == 0);
  }
}

TEST_CASE("webauthn: a registration that is cut or added to is refused") {
  for (const Vector& vector : kVectors) {
    const RegistrationAnswer right = registration(vector.attestation);
    for (std::size_t size = 0; size < right.attestation_object.size(); ++size) {
      RegistrationAnswer cut = right;
      cut.attestation_object.resize(size);
      CHECK(said(check_registration(cut, ceremony())) == "passkey_malformed");
    }
    RegistrationAnswer longer = right;
    longer.attestation_object.push_back(std::byte{0});
    CHECK(said(check_registration(longer, ceremony())) == "passkey_malformed");
  }
}

// What may change without being noticed is not signed in a registration of the form "none": the
// model, the id, the counter, some flags, and a key that is another key.
TEST_CASE("webauthn: no changed byte of a registration gives more than its own key") {
  std::size_t refused = 0;
  for (const Vector& vector : kVectors) {
    const RegistrationAnswer right = registration(vector.attestation);
    const auto made = check_registration(right, ceremony()).value();
    for (std::size_t at = 0; at < right.attestation_object.size(); ++at) {
      for (unsigned value = 0; value < 256; value += 17) {
        RegistrationAnswer wrong = right;
        wrong.attestation_object[at] = static_cast<std::byte>(value);
        if (wrong.attestation_object == right.attestation_object) continue;
        const auto read = check_registration(wrong, ceremony());
        if (!read.ok()) {
          ++refused;
          continue;
        }
        CHECK(read->id.size() == made.id.size());
        CHECK(read->public_key.size() == made.public_key.size());
        const bool verifies = check_assertion(assertion(vector), read->public_key, ceremony()).ok();
        CHECK(verifies == (read->public_key == made.public_key));
      }
    }
  }
  CHECK(refused > 3'000);
}

TEST_CASE("webauthn: what clientDataJSON must say") {
  struct Row {
    Bytes data;
    std::string_view refusal;
  };
  const std::string_view here = R"("origin":"https://anlan.example")";
  const std::vector<Row> rows{
      {client_data("webauthn.create", kChallengeText, here), ""},
      {client_data("webauthn.create", kChallengeText,
                   R"("origin":"https://anlan.example","other":[1,{"a":null}])"),
       ""},
      {client_data("webauthn.get"), "passkey_malformed"},
      {client_data("webauthn.create", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
       "passkey_challenge"},
      {client_data("webauthn.create", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9"),
       "passkey_challenge"},
      {client_data("webauthn.create", ""), "passkey_challenge"},
      {client_data("webauthn.create", kChallengeText, R"("origin":"https://evil.example")"),
       "passkey_origin"},
      {client_data("webauthn.create", kChallengeText,
                   R"("origin":"https://anlan.example.evil.cn")"),
       "passkey_origin"},
      {client_data("webauthn.create", kChallengeText, R"("origin":"http://anlan.example")"),
       "passkey_origin"},
      {client_data("webauthn.create", kChallengeText, R"("origin":"https://anlan.example:8420")"),
       "passkey_origin"},
      {client_data("webauthn.create", kChallengeText, R"("origin":null)"), "passkey_origin"},
      {client_data("webauthn.create", kChallengeText,
                   R"("origin":"https://anlan.example","crossOrigin":true)"),
       "passkey_origin"},
      {client_data("webauthn.create", kChallengeText,
                   R"("origin":"https://anlan.example","crossOrigin":"false")"),
       "passkey_origin"},
      {client_data("webauthn.create", kChallengeText,
                   R"("origin":"https://anlan.example","origin":"https://anlan.example")"),
       "passkey_malformed"},
      {of_text("[]"), "passkey_malformed"},
      {of_text(""), "passkey_malformed"},
      {of_text("{"), "passkey_malformed"},
      {Bytes(kClientDataBytesMax + 1, std::byte{' '}), "passkey_malformed"}};
  for (const Row& row : rows) {
    RegistrationAnswer answer = registration(kEs256Attestation);
    answer.client_data = row.data;
    CAPTURE(std::string(reinterpret_cast<const char*>(row.data.data()), row.data.size()));
    CHECK(said(check_registration(answer, ceremony())) == row.refusal);
  }
}

TEST_CASE("webauthn: the flags and the party of a sign-in") {
  const Vector& vector = kVectors[0];
  const auto made = check_registration(registration(vector.attestation), ceremony()).value();
  const auto with_flags = [&](unsigned flags) {
    AssertionAnswer answer = assertion(vector);
    answer.authenticator_data = assertion_data(flags);
    return said(check_assertion(answer, made.public_key, ceremony()));
  };
  CHECK(with_flags(0x00) == "passkey_not_verified");
  CHECK(with_flags(0x01) == "passkey_not_verified");
  CHECK(with_flags(0x04) == "passkey_not_verified");
  CHECK(with_flags(0x15) == "passkey_malformed");  // backed up, and never to be
  CHECK(with_flags(0x45) == "passkey_malformed");  // a credential that is not there
  CHECK(with_flags(0x85) == "passkey_malformed");  // extensions likewise
  CHECK(with_flags(0x0D) == "passkey_signature");
  Ceremony elsewhere = ceremony();
  elsewhere.party.id = "other.example";
  CHECK(said(check_assertion(assertion(vector), made.public_key, elsewhere)) == "passkey_party");
  AssertionAnswer longer = assertion(vector);
  longer.authenticator_data.push_back(std::byte{0});
  CHECK(said(check_assertion(longer, made.public_key, ceremony())) == "passkey_malformed");
}

TEST_CASE("webauthn: a statement that is not trusted is read over, with extensions") {
  const auto made = check_registration(registration(kPackedAttestation), ceremony());
  REQUIRE(made.ok());
  CHECK(made->id == of_text("cccccccccccccccc"));
}

TEST_CASE("webauthn: counters rise, or stay at nothing") {
  CHECK(counter_follows(0, 0));
  CHECK(counter_follows(1, 0));
  CHECK(counter_follows(8, 7));
  CHECK_FALSE(counter_follows(7, 7));
  CHECK_FALSE(counter_follows(6, 7));
  CHECK_FALSE(counter_follows(0, 7));
}

TEST_CASE("webauthn: origins of pages") {
  const auto party = relying_party({"https://anlan.example", "https://app.anlan.example:8443"});
  REQUIRE(party.ok());
  CHECK(party->id == "anlan.example");
  CHECK(party->origins.size() == 2);
  CHECK(relying_party({"http://localhost:8420"})->id == "localhost");
  CHECK(relying_party({})->id.empty());
  for (const std::string wrong :
       {"http://anlan.example", "https://", "https://Anlan.example", "https://anlan.example/",
        "https://anlan.example:443", "https://anlan.example:", "https://127.0.0.1", "https://a..b",
        "ftp://anlan.example", "https://anlan.example:8a", "anlan.example"}) {
    CAPTURE(wrong);
    CHECK(said(relying_party({wrong})) == "origin_malformed");
  }
  CHECK(said(relying_party({"https://anlan.example", "https://evilanlan.example"})) ==
        "origin_malformed");
}

TEST_CASE("cose_key: keys that are none") {
  const auto made = check_registration(registration(kEs256Attestation), ceremony()).value();
  const Bytes key = made.public_key;
  REQUIRE(read_cose_key(key).has_value());
  Bytes off = key;
  off.back() ^= std::byte{1};  // another y: off the curve
  CHECK_FALSE(read_cose_key(off).has_value());
  CHECK_FALSE(read_cose_key(from("a0")).has_value());
  // RSA of 1024 bits, and with the exponent 1.
  CHECK_FALSE(read_cose_key(from("a401030339010020590080" + std::string(256, 'f') + "2143010001"))
                  .has_value());
  CHECK_FALSE(
      read_cose_key(from("a401030339010020590100" + std::string(512, 'f') + "214101")).has_value());
  // ES256 with the type of EdDSA, and a label twice.
  CHECK_FALSE(read_cose_key(from("a201010326")).has_value());
  CHECK_FALSE(read_cose_key(from("a201020102")).has_value());
}

// RFC 8949, appendix A, and what is not the one form of CTAP 2.
TEST_CASE("cbor: numbers, texts and what is refused") {
  const auto whole = [](std::string_view hex) {
    const Bytes bytes = from(hex);
    CborReader reader(bytes);
    const std::int64_t value = reader.whole();
    return reader.done() ? std::to_string(value) : std::string("refused");
  };
  CHECK(whole("00") == "0");
  CHECK(whole("17") == "23");
  CHECK(whole("1818") == "24");
  CHECK(whole("1903e8") == "1000");
  CHECK(whole("1a000f4240") == "1000000");
  CHECK(whole("1b000000e8d4a51000") == "1000000000000");
  CHECK(whole("20") == "-1");
  CHECK(whole("3903e7") == "-1000");
  CHECK(whole("1b7fffffffffffffff") == "9223372036854775807");
  CHECK(whole("3b7fffffffffffffff") == "-9223372036854775808");
  for (const std::string_view hex :
       {"1817", "190017", "1a0000ffff", "1b00000000ffffffff", "1bffffffffffffffff", "18", "1c",
        "1f", "40", "60", "", "0000"}) {
    CAPTURE(hex);
    CHECK(whole(hex) == "refused");
  }
  const auto skips = [](std::string_view hex) {
    const Bytes bytes = from(hex);
    CborReader reader(bytes);
    reader.skip();
    return reader.done();
  };
  for (const std::string_view hex : {"a26161016162820203", "8301820203820405", "f4", "f5", "f6",
                                     "6449455446", "4401020304", "81818180"})
    CHECK_MESSAGE(skips(hex), hex);
  for (const std::string_view hex :
       {"8181818180", "9f01ff", "5f42010243030405ff",
        "c074323031332d30332d32315432303a30343a30305a", "f93c00", "f7", "f818",
        "9bffffffffffffffff", "bb7fffffffffffffff", "61ff", "8101ff", "a101"})
    CHECK_FALSE_MESSAGE(skips(hex), hex);
}

}  // namespace
}  // namespace anlan::platform
