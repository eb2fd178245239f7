#include "base/sha256.h"

#include <memory>

#include <openssl/evp.h>

#include "base/check.h"
#include "base/refusals.h"

namespace anlan {
Digest sha256(BytesView bytes) {
  // Looking the algorithm up costs more than hashing a short record.
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  ANLAN_CHECK(algorithm != nullptr && context != nullptr);
  Digest digest;
  const bool done =
      EVP_DigestInit_ex2(context.get(), algorithm, nullptr) == 1 &&
      EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1 &&
      EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(digest.bytes.data()),
                         nullptr) == 1;
  ANLAN_CHECK(done);
  return digest;
}

std::string to_hex(const Digest& digest) { return to_hex(BytesView(digest.bytes)); }

std::string short_hex(const Digest& digest) { return to_hex(digest).substr(0, 12); }

Result<Digest> parse_digest(std::string_view text, std::string_view path) {
  Digest digest;
  if (from_hex(text, digest.bytes)) return digest;
  return Refusal{.code = refusals::kDigestMalformed,
                 .path = std::string(path),
                 .value = std::string(text.substr(0, 80)),
                 .args = {},
                 .at = {}};
}

}  // namespace anlan
