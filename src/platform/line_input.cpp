#include "platform/line_input.h"

#include <cstdio>

namespace anlan::platform {

std::optional<InputLine> read_input_line(std::size_t bytes_max) {
  InputLine line;
  bool any = false;
  for (int c = std::getc(stdin); c != EOF; c = std::getc(stdin)) {
    any = true;
    if (c == '\n') return line;
    if (line.too_long) continue;
    line.text += static_cast<char>(c);
    if (line.text.size() > bytes_max) line = {.text = {}, .too_long = true};
  }
  if (!any) return std::nullopt;
  return line;
}

}  // namespace anlan::platform
