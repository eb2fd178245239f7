#include "platform/webauthn.h"

#include <algorithm>
#include <optional>
#include <set>

#include <sodium.h>

#include "formats/json.h"
#include "platform/access_refusals.h"
#include "platform/cbor.h"
#include "platform/cose_key.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

constexpr unsigned kUserPresent = 0x01;
constexpr unsigned kUserVerified = 0x04;
constexpr unsigned kBackupEligible = 0x08;
constexpr unsigned kBackedUp = 0x10;
constexpr unsigned kHasCredential = 0x40;
constexpr unsigned kHasExtensions = 0x80;
constexpr std::size_t kHeadBytes = 32 + 1 + 4;  // hash of the party, flags, counter
constexpr std::size_t kModelBytes = 16;         // AAGUID

Refusal about(RefusalCode code, std::string value = {}, std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code,
                 .path = "passkey",
                 .value = std::move(value),
                 .args = std::move(args),
                 .at = {}};
}

Refusal malformed(std::string_view reason) {
  return about(refusals::kPasskeyMalformed, {}, {{.name = "reason", .value = std::string(reason)}});
}

std::string_view text_of(BytesView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// ---- clientDataJSON

Result<Node> read_client_data(BytesView bytes) {
  if (bytes.size() > kClientDataBytesMax) return malformed("clientDataJSON is too long");
  const Result<Node> read = formats::parse_json(text_of(bytes), "clientDataJSON");
  if (!read.ok() || !read->is_table()) return malformed("clientDataJSON is no JSON object");
  std::set<std::string_view> keys;
  for (const Member& member : read->members) {
    if (!keys.insert(member.key).second) return malformed("a key stands twice in clientDataJSON");
  }
  return read;
}

// "" where there is none, which is never what was asked for.
std::string text_member(const Node& data, std::string_view key) {
  const Node* found = data.find(key);
  return found && found->kind == Node::Kind::kText ? found->text : std::string();
}

Result<Done> check_client_data(BytesView bytes, std::string_view type, const Ceremony& ceremony) {
  ANLAN_TRY(const Node data, read_client_data(bytes));
  if (text_member(data, "type") != type) return malformed("clientDataJSON is of another type");
  if (text_member(data, "challenge") != to_base64url(ceremony.challenge.bytes))
    return about(refusals::kPasskeyChallenge);
  const std::string origin = text_member(data, "origin");
  const auto& known = ceremony.party.origins;
  const bool ours = std::find(known.begin(), known.end(), origin) != known.end();
  const Node* crossing = data.find("crossOrigin");
  const bool within =
      crossing && !(crossing->kind == Node::Kind::kBoolean && crossing->text == "false");
  if (!ours || within) return about(refusals::kPasskeyOrigin, origin);
  return Done{};
}

// ---- authenticatorData

struct AuthenticatorData {
  std::uint32_t counter = 0;
  std::optional<NewCredential> credential;
};

// Moves the credential off the front of `rest`.
Result<NewCredential> read_credential(BytesView& rest) {
  if (rest.size() < kModelBytes + 2) return malformed("authenticatorData is cut short");
  const std::size_t size = std::to_integer<std::size_t>(rest[kModelBytes]) << 8 |
                           std::to_integer<std::size_t>(rest[kModelBytes + 1]);
  rest = rest.subspan(kModelBytes + 2);
  if (size == 0 || size > kCredentialBytesMax || size > rest.size())
    return malformed("the id of the credential has a wrong length");
  NewCredential made;
  made.id.assign(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(size));
  rest = rest.subspan(size);
  const auto key = read_cose_key(rest);
  if (!key) return about(refusals::kPasskeyAlgorithm);
  made.public_key.assign(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(key->size));
  made.algorithm = key->algorithm;
  rest = rest.subspan(key->size);
  return made;
}

Result<AuthenticatorData> read_authenticator_data(BytesView bytes, const Ceremony& ceremony) {
  if (bytes.size() < kHeadBytes || bytes.size() > kAuthenticatorDataBytesMax)
    return malformed("authenticatorData has a wrong length");
  const Digest party = sha256(bytes_of(ceremony.party.id));
  if (!std::equal(party.bytes.begin(), party.bytes.end(), bytes.begin()))
    return about(refusals::kPasskeyParty, ceremony.party.id);
  const auto flags = std::to_integer<unsigned>(bytes[party.bytes.size()]);
  const auto has = [&](unsigned flag) { return (flags & flag) != 0; };
  if (!has(kUserPresent) || !has(kUserVerified)) return about(refusals::kPasskeyNotVerified);
  if (has(kBackedUp) && !has(kBackupEligible)) return malformed("its flags contradict each other");
  AuthenticatorData data;
  for (std::size_t i = party.bytes.size() + 1; i < kHeadBytes; ++i)
    data.counter = data.counter << 8 | std::to_integer<std::uint32_t>(bytes[i]);
  BytesView rest = bytes.subspan(kHeadBytes);
  if (has(kHasCredential)) {
    ANLAN_TRY(data.credential, read_credential(rest));
    data.credential->counter = data.counter;
  }
  if (has(kHasExtensions)) {
    CborReader reader(rest);
    if (reader.kind() != 5) return malformed("its extensions are no map");
    reader.skip();
    if (!reader.ok()) return malformed("its extensions are not CBOR");
    rest = rest.subspan(rest.size() - reader.left());
  }
  if (!rest.empty()) return malformed("something follows authenticatorData");
  return data;
}

// {"fmt": text, "attStmt": map, "authData": bytes}, in any order; the bytes of authData.
Result<BytesView> authenticator_data_of(BytesView attestation_object) {
  if (attestation_object.size() > kAttestationBytesMax)
    return malformed("attestationObject is too long");
  CborReader reader(attestation_object);
  std::set<std::string_view> seen;
  BytesView data;
  const std::uint64_t pairs = reader.map();
  for (std::uint64_t n = 0; reader.ok() && n < pairs; ++n) {
    const std::string_view key = reader.text();
    if (!seen.insert(key).second) return malformed("a key stands twice in attestationObject");
    if (key == "fmt") {
      static_cast<void>(reader.text());
    } else if (key == "attStmt" && reader.kind() == 5) {
      reader.skip();
    } else if (key == "authData") {
      data = reader.bytes();
    } else {
      return malformed("attestationObject holds something else");
    }
  }
  if (!reader.done() || seen.size() != 3) return malformed("attestationObject is not whole");
  return data;
}

// ---- origins

bool is_host(std::string_view text) {
  return !text.empty() && text.front() != '.' && text.front() != '-' && text.back() != '.' &&
         text.find("..") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '-' || c == '.';
         });
}

// The host of an origin; "" where it is none that passkeys can be made on.
std::string host_of(std::string_view origin) {
  constexpr std::string_view kSecure = "https://";
  constexpr std::string_view kPlain = "http://";
  constexpr std::size_t kPortDigitsMax = 5;
  const bool secure = origin.starts_with(kSecure);
  if (!secure && !origin.starts_with(kPlain)) return {};
  origin.remove_prefix(secure ? kSecure.size() : kPlain.size());
  const std::string_view host = origin.substr(0, origin.find(':'));
  if (host.size() < origin.size()) {
    const std::string_view port = origin.substr(host.size() + 1);
    const bool digits =
        std::all_of(port.begin(), port.end(), [](char c) { return '0' <= c && c <= '9'; });
    const bool usual = port == (secure ? "443" : "80");  // browsers leave it out
    if (port.empty() || port.size() > kPortDigitsMax || !digits || usual) return {};
  }
  // WebAuthn, section 5.1.3: an id is a domain, and an address of numbers is none.
  const bool numbers = std::all_of(host.begin(), host.end(),
                                   [](char c) { return ('0' <= c && c <= '9') || c == '.'; });
  if (!is_host(host) || numbers || (!secure && host != "localhost")) return {};
  return std::string(host);
}

}  // namespace

Result<RelyingParty> relying_party(const std::vector<std::string>& origins) {
  RelyingParty party;
  for (const std::string& origin : origins) {
    const std::string host = host_of(origin);
    if (party.id.empty()) party.id = host;
    const bool fits = !host.empty() && (host == party.id || host.ends_with("." + party.id));
    if (!fits) {
      return Refusal{.code = refusals::kOriginMalformed,
                     .path = "origin",
                     .value = origin,
                     .args = {{.name = "host", .value = party.id}},
                     .at = {}};
    }
    party.origins.push_back(origin);
  }
  return party;
}

std::string to_base64url(BytesView bytes) {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), kVariant);
  text.pop_back();  // its end mark
  return text;
}

Result<Bytes> from_base64url(std::string_view text, std::string_view path, std::size_t bytes_max) {
  Bytes bytes(text.size() / 4 * 3 + 3);
  std::size_t size = 0;
  const char* end = nullptr;
  const bool read = text.size() <= bytes_max * 4 / 3 + 4 &&
                    sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                      text.data(), text.size(), nullptr, &size, &end,
                                      sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
                    end == text.data() + text.size() && size <= bytes_max;
  if (!read) return malformed(std::string(path) + " is not base64url, or too long");
  bytes.resize(size);
  return bytes;
}

Result<Digest> challenge_of(BytesView client_data) {
  ANLAN_TRY(const Node data, read_client_data(client_data));
  Digest challenge;
  ANLAN_TRY(const Bytes bytes,
            from_base64url(text_member(data, "challenge"), "challenge", challenge.bytes.size()));
  if (bytes.size() != challenge.bytes.size()) return about(refusals::kPasskeyChallenge);
  std::copy(bytes.begin(), bytes.end(), challenge.bytes.begin());
  return challenge;
}

Result<NewCredential> check_registration(const RegistrationAnswer& answer,
                                         const Ceremony& ceremony) {
  ANLAN_REQUIRE(check_client_data(answer.client_data, "webauthn.create", ceremony));
  ANLAN_TRY(const BytesView bytes, authenticator_data_of(answer.attestation_object));
  ANLAN_TRY(AuthenticatorData data, read_authenticator_data(bytes, ceremony));
  if (!data.credential) return malformed("there is no credential in it");
  return std::move(*data.credential);
}

Result<std::uint32_t> check_assertion(const AssertionAnswer& answer, BytesView public_key,
                                      const Ceremony& ceremony) {
  ANLAN_REQUIRE(check_client_data(answer.client_data, "webauthn.get", ceremony));
  ANLAN_TRY(const AuthenticatorData data,
            read_authenticator_data(answer.authenticator_data, ceremony));
  Bytes message = answer.authenticator_data;
  const Digest hash = sha256(answer.client_data);
  message.insert(message.end(), hash.bytes.begin(), hash.bytes.end());
  const bool right = answer.signature.size() <= kSignatureBytesMax &&
                     verify_cose(public_key, message, answer.signature);
  if (!right) return about(refusals::kPasskeySignature);
  return data.counter;
}

bool counter_follows(std::uint32_t counter, std::uint32_t on_record) {
  return counter > on_record || (counter == 0 && on_record == 0);
}

}  // namespace anlan::platform
