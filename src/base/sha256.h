// SHA-256 (FIPS 180-4) through OpenSSL; the digest type of the journal, artefacts and evidence.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace anlan {

struct Digest {
  std::array<std::byte, 32> bytes{};
  auto operator<=>(const Digest&) const = default;
};

Digest sha256(BytesView bytes);
std::string to_hex(const Digest& digest);
std::string short_hex(const Digest& digest);  // the first 12 digits, for people
Result<Digest> parse_digest(std::string_view text, std::string_view path);  // kDigestMalformed

}  // namespace anlan
