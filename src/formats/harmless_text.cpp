#include "formats/harmless_text.h"

#include "base/utf8.h"

namespace anlan::formats {
namespace {

// Control characters and bidirectional overrides: they change what stands around them.
bool drives_reader(char32_t value) {
  const bool control =
      (value < 0x20 && value != U'\n' && value != U'\t') || (value >= 0x7F && value < 0xA0);
  const bool bidirectional =
      (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
  return control || bidirectional;
}

}  // namespace

std::string harmless_text(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    append_code_point(out, drives_reader(next.value) ? U'\uFFFD'
                           : next.value == U'\t'     ? U' '
                                                     : next.value);
    text.remove_prefix(next.bytes);
  }
  return out;
}

}  // namespace anlan::formats
