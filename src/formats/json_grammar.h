// The grammar of RFC 8259 by hand: where exactly a text leaves it. Slower than the reader of
// json.h; it runs on refused texts only, to say where and why.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"

namespace anlan::formats {

// RFC 8259 section 6: -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?
bool is_json_number(std::string_view text);

// The first fault in reading order, or nothing when `text` is one JSON value within the limits of
// text.h.
std::optional<Refusal> find_json_fault(std::string_view text, std::string_view file);

}  // namespace anlan::formats
