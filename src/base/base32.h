// Base32 (RFC 4648 section 6) without padding: capitals and digits only, which a QR code holds in
// 5.5 bits each and which survive being typed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace anlan {

std::string to_base32(BytesView bytes);

// Nothing unless `text` is what to_base32 makes of some bytes: no lower case, no padding, no bits
// left over at the end that are not zero.
std::optional<Bytes> from_base32(std::string_view text);

}  // namespace anlan
