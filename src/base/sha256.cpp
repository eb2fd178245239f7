#include "base/sha256.h"

#include <sodium.h>

#include "base/refusals.h"

namespace anlan {

Digest sha256(BytesView bytes) {
  static_assert(crypto_hash_sha256_BYTES == 32);
  Digest digest;
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.bytes.data()),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
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
