#include "base/id.h"

#include <algorithm>

namespace anlan {

Result<std::string> parse_name_text(std::string_view text, std::string_view path) {
  constexpr std::size_t kNameBytesMax = 64;  // fits a column of every report
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  };
  if (!text.empty() && text.size() <= kNameBytesMax &&
      std::all_of(text.begin(), text.end(), allowed)) {
    return std::string(text);
  }
  return Refusal{.code = refusals::kNameMalformed,
                 .path = std::string(path),
                 .value = std::string(text.substr(0, 80)),
                 .args = {},
                 .at = {}};
}

}  // namespace anlan
