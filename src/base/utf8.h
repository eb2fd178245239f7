// UTF-8 by code point: reading, writing, counting, shortening. No locale, no normalisation.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace anlan {

struct CodePoint {
  char32_t value = U'\uFFFD';
  std::size_t bytes = 1;  // how many bytes of the text it takes
  bool valid = false;     // false: value is U+FFFD and bytes is 1
};

// The first code point of `text`, which must not be empty. Overlong forms, surrogates, values above
// U+10FFFF and cut sequences are invalid (Unicode 15.0, table 3-7).
CodePoint first_code_point(std::string_view text);

// `value` is a Unicode scalar value (no surrogate, at most U+10FFFF).
void append_code_point(std::string& out, char32_t value);

// An invalid byte counts as one.
std::size_t count_code_points(std::string_view text);

// At most `code_points_max` (>= 1) code points, the last of them an ellipsis when something was cut
// off. Invalid bytes become U+FFFD, so that the result is always UTF-8.
std::string shortened(std::string_view text, std::size_t code_points_max);

}  // namespace anlan
