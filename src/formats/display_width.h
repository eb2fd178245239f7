// How many columns of a terminal a text takes.
#pragma once

#include <cstddef>
#include <string_view>

namespace anlan::formats {

// 2 for East Asian wide and fullwidth, 0 for combining marks and format controls, else 1; signs of
// ambiguous width ("·", "…", "—") are 1, as in terminals outside legacy Chinese encodings. Source:
// Unicode Standard Annex 11 (East Asian Width), data of Unicode 14.0.
int display_width(char32_t value);

std::size_t display_width(std::string_view text);

}  // namespace anlan::formats
