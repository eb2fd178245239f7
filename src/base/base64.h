// Base64 of RFC 4648, with padding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace anlan {

std::string to_base64(BytesView bytes);
// None where the text is not exactly what to_base64 gives of some bytes.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace anlan
