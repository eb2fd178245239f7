#include "base/utf8.h"

#include <cstdint>

#include "base/check.h"

namespace anlan {
namespace {

bool continues(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<std::uint8_t>(text[at]) & 0xC0) == 0x80;
}

char32_t low_bits(char c, unsigned mask) { return static_cast<std::uint8_t>(c) & mask; }

}  // namespace

CodePoint first_code_point(std::string_view text) {
  ANLAN_CHECK(!text.empty());
  const auto lead = static_cast<std::uint8_t>(text[0]);
  if (lead < 0x80) return {.value = lead, .bytes = 1, .valid = true};
  const std::size_t bytes = lead < 0xC2   ? 0
                            : lead < 0xE0 ? 2
                            : lead < 0xF0 ? 3
                            : lead < 0xF5 ? 4
                                          : 0;
  if (bytes == 0) return {};
  char32_t value = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if (!continues(text, i)) return {};
    value = (value << 6) | low_bits(text[i], 0x3F);
  }
  const bool overlong = (bytes == 3 && value < 0x800) || (bytes == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (overlong || surrogate || value > 0x10FFFF) return {};
  return {.value = value, .bytes = bytes, .valid = true};
}

void append_code_point(std::string& out, char32_t value) {
  ANLAN_CHECK(value <= 0x10FFFF);
  ANLAN_CHECK(value < 0xD800 || value > 0xDFFF);
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | ((value >> shift) & 0x3F)); };
  if (value < 0x80) {
    out.push_back(static_cast<char>(value));
  } else if (value < 0x800) {
    out.append({static_cast<char>(0xC0 | (value >> 6)), tail(0)});
  } else if (value < 0x10000) {
    out.append({static_cast<char>(0xE0 | (value >> 12)), tail(6), tail(0)});
  } else {
    out.append({static_cast<char>(0xF0 | (value >> 18)), tail(12), tail(6), tail(0)});
  }
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(first_code_point(text).bytes);
  return count;
}

std::string shortened(std::string_view text, std::size_t code_points_max) {
  ANLAN_CHECK(code_points_max >= 1);
  std::string out;
  std::size_t count = 0;
  std::size_t before_last = 0;  // the length of `out` without its last code point
  for (; !text.empty(); ++count) {
    if (count == code_points_max) {
      out.resize(before_last);
      append_code_point(out, U'\u2026');
      return out;
    }
    const CodePoint next = first_code_point(text);
    before_last = out.size();
    append_code_point(out, next.value);
    text.remove_prefix(next.bytes);
  }
  return out;
}

}  // namespace anlan
