// A text that can be shown: nothing in it drives a terminal or a page.
#pragma once

#include <string>
#include <string_view>

namespace anlan::formats {

// Control characters other than a newline, bidirectional overrides and bytes that are not UTF-8
// become U+FFFD, a tab becomes a blank. The result is valid UTF-8.
std::string harmless_text(std::string_view text);

}  // namespace anlan::formats
