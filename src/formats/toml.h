// TOML (v1.0.0) to Node.
#pragma once

#include <string_view>

#include "base/node.h"
#include "base/result.h"

namespace anlan::formats {

// Hand-written files only: a wording has some 100 KiB. Bounds the memory of the library's own tree.
inline constexpr std::size_t kTomlBytesMax = std::size_t{4} << 20;

// Members stand in the order of the source. A number keeps its text ("2800.00"), without a plus
// sign and underscores; hexadecimal, octal, binary, inf and nan are kNumberMalformed. Dates and
// times become texts as written, "2026-03-01T02:00:00+08:00" with T and Z in upper case. Refuses
// kTomlSyntax (arg detail: the library's words, English), base's kDuplicateKey, kNumberMalformed,
// kTooDeep, kTooManyValues and kFileTooLarge, each with its place.
Result<Node> parse_toml(std::string_view text, std::string_view file);

}  // namespace anlan::formats
