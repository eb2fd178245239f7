// Passkeys: what an authenticator answers, checked as W3C Web Authentication Level 2 says (sections
// 7.1 and 7.2). Public-key credentials of ES256, EdDSA and RS256; a person present and verified.
//
// The statement of an attestation is not trusted and not checked, whatever its form: whoever signs
// in chooses the authenticator. No state: challenges, accounts and counters are kept by accounts.h.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/fields.h"
#include "base/result.h"
#include "base/sha256.h"

namespace anlan::platform {

inline constexpr std::size_t kClientDataBytesMax = 4'096;
inline constexpr std::size_t kAttestationBytesMax = 16'384;  // statements with certificates
inline constexpr std::size_t kAuthenticatorDataBytesMax = 4'096;
inline constexpr std::size_t kCredentialBytesMax = 1'023;  // WebAuthn, section 7.1, step 23 of L3
inline constexpr std::size_t kSignatureBytesMax = 1'024;

// For whom passkeys are made, and on which pages. "https://anlan.example:8420" belongs to the party
// "anlan.example" and to every one that it is below.
struct RelyingParty {
  std::string id;                    // a domain; "": passkeys are not offered
  std::vector<std::string> origins;  // as browsers write them: scheme, host, port where not usual
};
// Each origin is https://, or http:// of localhost. The id is the host of the first; every other
// one is of that host or below it. None: passkeys are not offered. Refuses kOriginMalformed.
Result<RelyingParty> relying_party(const std::vector<std::string>& origins);

// IANA COSE Algorithms.
enum class CoseAlgorithm : std::int16_t { kEs256 = -7, kEdDsa = -8, kRs256 = -257 };
inline constexpr std::array kCoseAlgorithms{CoseAlgorithm::kEs256, CoseAlgorithm::kEdDsa,
                                            CoseAlgorithm::kRs256};

// What was asked for, and by whom.
struct Ceremony {
  RelyingParty party;
  Digest challenge;  // its 32 bytes
};

// Without padding (RFC 4648, section 5).
std::string to_base64url(BytesView bytes);
Result<Bytes> from_base64url(std::string_view text, std::string_view path, std::size_t bytes_max);

// The challenge that an answer says it is to, unchecked. Refuses kPasskeyMalformed.
Result<Digest> challenge_of(BytesView client_data);

struct NewCredential {
  Bytes id;
  Bytes public_key;  // COSE_Key
  CoseAlgorithm algorithm = CoseAlgorithm::kEs256;
  std::uint32_t counter = 0;
};
struct RegistrationAnswer {
  Bytes client_data;         // clientDataJSON
  Bytes attestation_object;  // CBOR
};
// Refuses kPasskeyMalformed (args reason), kPasskeyChallenge, kPasskeyOrigin, kPasskeyParty,
// kPasskeyNotVerified, kPasskeyAlgorithm.
Result<NewCredential> check_registration(const RegistrationAnswer& answer,
                                         const Ceremony& ceremony);

struct AssertionAnswer {
  Bytes credential;
  Bytes client_data;
  Bytes authenticator_data;
  Bytes signature;
  Bytes user;  // the handle; may be empty
};
// The counter that it carries. Refuses as check_registration, and kPasskeySignature. `public_key`
// is one that check_registration gave.
Result<std::uint32_t> check_assertion(const AssertionAnswer& answer, BytesView public_key,
                                      const Ceremony& ceremony);

// Whether a counter may follow the one on record (section 7.2, step 21): 0 for ever, or rising.
bool counter_follows(std::uint32_t counter, std::uint32_t on_record);

}  // namespace anlan::platform
