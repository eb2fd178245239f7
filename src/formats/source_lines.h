// The line of a file that a refusal or a finding speaks of, with a mark under its place.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace anlan::formats {

// Two lines without a newline at the end:
//   "  42 | waiting_hours = 8"
//   "     |                 ^"
// At most 80 columns (see display_width): of a longer line the part around the place, with "…"
// where something was left out. Control characters and broken UTF-8 become U+FFFD, so that no file
// can drive a terminal. "" where the place has no line, or the text has not so many; a column
// behind the end of the line is its end. Cost: O(text up to the line).
std::string source_excerpt(std::string_view text, const Place& at);

}  // namespace anlan::formats
