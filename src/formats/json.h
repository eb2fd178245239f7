// JSON (RFC 8259) to Node and back.
#pragma once

#include <string>
#include <string_view>

#include "base/node.h"
#include "base/result.h"

namespace anlan::formats {

// The whole text is checked, nothing is left unread. Kept: order, duplicate keys, the text of
// numbers however large, the place of every value and key. Refuses kJsonSyntax (arg detail),
// kNumberMalformed, kLoneSurrogate, kNotUtf8, kTooDeep, kTooManyValues, kTrailingContent and
// kFileEmpty, each with the place and the offending text. Cost: O(n); simdjson reads it, a second
// pass finds the place of a fault.
Result<Node> parse_json(std::string_view text, std::string_view file);

struct JsonStyle {
  int indent = 0;  // 0: one line; else so many blanks a level, one member or item a line
};

// Members in order, numbers as their text, UTF-8 kept, control characters escaped; bytes that are
// not UTF-8 become U+FFFD. The same tree gives the same bytes. No newline at the end.
std::string write_json(const Node& node, JsonStyle style = {});

}  // namespace anlan::formats
