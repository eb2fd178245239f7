// Secrets that must be read again, sealed under a key that does not stand beside them
// (XChaCha20-Poly1305 of libsodium, a new nonce each time). Bound to their account: a row that was
// moved to another account does not open there.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "platform/account_records.h"
#include "platform/keys.h"
#include "platform/totp.h"

namespace anlan::platform {

inline constexpr std::size_t kSealNonceBytes = 24;
inline constexpr std::size_t kSealTagBytes = 16;
// Of the secret of a second factor: nonce, ciphertext, tag.
inline constexpr std::size_t kSealedSecretBytes =
    kSealNonceBytes + kTotpSecretBytes + kSealTagBytes;

Bytes seal_secret(BytesView secret, AccountId account, const SecretKey& key);
// Nothing where the key is another one, or the bytes were changed or sealed for another account.
std::optional<Bytes> open_secret(BytesView sealed, AccountId account, const SecretKey& key);

}  // namespace anlan::platform
