// Lines of standard input, one after the other, each of a bounded length.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace anlan::platform {

struct InputLine {
  std::string text;       // without its end; empty where it is too long
  bool too_long = false;  // more than `bytes_max`: read to its end and forgotten
};

// Blocks until a line is whole or the input ends; none: it has ended. A last line without an end
// counts.
std::optional<InputLine> read_input_line(std::size_t bytes_max);

}  // namespace anlan::platform
