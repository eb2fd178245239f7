// Refusals of access: passkeys, sealed secrets, organisations, invitations. They stand apart from
// refusals.h, which every part of platform reads.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::platform::refusals {

// Passkeys (webauthn.h); path is "passkey".
inline constexpr RefusalCode kPasskeyMalformed{8120, "passkey_malformed"};  // args reason
inline constexpr RefusalCode kPasskeyChallenge{8121, "passkey_challenge"};
inline constexpr RefusalCode kPasskeyOrigin{8122, "passkey_origin"};
inline constexpr RefusalCode kPasskeyParty{8123, "passkey_party"};
inline constexpr RefusalCode kPasskeyNotVerified{8124, "passkey_not_verified"};
inline constexpr RefusalCode kPasskeyAlgorithm{8125, "passkey_algorithm"};
inline constexpr RefusalCode kPasskeySignature{8126, "passkey_signature"};
inline constexpr RefusalCode kPasskeyCounter{8127, "passkey_counter"};
inline constexpr RefusalCode kPasskeyUnknown{8128, "passkey_unknown"};
inline constexpr RefusalCode kPasskeyThere{8129, "passkey_there"};
inline constexpr RefusalCode kPasskeysNotOffered{8130, "passkeys_not_offered"};
inline constexpr RefusalCode kOriginMalformed{8131, "origin_malformed"};  // args host

// The key that seals second factors.
inline constexpr RefusalCode kSealKeyMissing{8132, "seal_key_missing"};
inline constexpr RefusalCode kSealKeyWrong{8133, "seal_key_wrong"};

// Organisations and invitations.
inline constexpr RefusalCode kOrganisationMissing{8134, "organisation_missing"};
inline constexpr RefusalCode kOrganisationKind{8135,
                                               "organisation_kind"};  // args organisation, kind
inline constexpr RefusalCode kLicenceMalformed{8136, "licence_malformed"};  // args max
inline constexpr RefusalCode kHouseRunByOther{8137, "house_run_by_other"};  // args organisation
inline constexpr RefusalCode kInvitationWrong{8138, "invitation_wrong"};
inline constexpr RefusalCode kOrganisationReserved{8139, "organisation_reserved"};

inline constexpr std::array kAccess{
    kPasskeyMalformed,   kPasskeyChallenge, kPasskeyOrigin,       kPasskeyParty,
    kPasskeyNotVerified, kPasskeyAlgorithm, kPasskeySignature,    kPasskeyCounter,
    kPasskeyUnknown,     kPasskeyThere,     kPasskeysNotOffered,  kOriginMalformed,
    kSealKeyMissing,     kSealKeyWrong,     kOrganisationMissing, kOrganisationKind,
    kLicenceMalformed,   kHouseRunByOther,  kInvitationWrong,     kOrganisationReserved};

}  // namespace anlan::platform::refusals
