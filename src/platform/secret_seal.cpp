#include "platform/secret_seal.h"

#include <sodium.h>

#include "base/check.h"

namespace anlan::platform {
namespace {

static_assert(kSealNonceBytes == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(kSealTagBytes == crypto_aead_xchacha20poly1305_ietf_ABYTES);

unsigned char* raw(std::byte* bytes) { return reinterpret_cast<unsigned char*>(bytes); }
const unsigned char* raw(const std::byte* bytes) {
  return reinterpret_cast<const unsigned char*>(bytes);
}

std::string bound_to(AccountId account) { return "anlan second factor " + to_text(account); }

}  // namespace

Bytes seal_secret(BytesView secret, AccountId account, const SecretKey& key) {
  ANLAN_CHECK(sodium_init() >= 0);
  const std::string bound = bound_to(account);
  Bytes sealed(kSealNonceBytes + secret.size() + kSealTagBytes);
  randombytes_buf(sealed.data(), kSealNonceBytes);
  unsigned long long size = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed.data() + kSealNonceBytes), &size,
                                             raw(secret.data()), secret.size(),
                                             raw(bytes_of(bound).data()), bound.size(), nullptr,
                                             raw(sealed.data()), raw(key.bytes().data()));
  ANLAN_CHECK(kSealNonceBytes + size == sealed.size());
  return sealed;
}

std::optional<Bytes> open_secret(BytesView sealed, AccountId account, const SecretKey& key) {
  if (sealed.size() < kSealNonceBytes + kSealTagBytes) return std::nullopt;
  const std::string bound = bound_to(account);
  const BytesView cipher = sealed.subspan(kSealNonceBytes);
  Bytes secret(cipher.size() - kSealTagBytes);
  unsigned long long size = 0;
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      raw(secret.data()), &size, nullptr, raw(cipher.data()), cipher.size(),
      raw(bytes_of(bound).data()), bound.size(), raw(sealed.data()), raw(key.bytes().data()));
  if (failed != 0) return std::nullopt;
  return secret;
}

}  // namespace anlan::platform
