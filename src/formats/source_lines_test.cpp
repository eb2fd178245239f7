#include "formats/source_lines.h"

#include <doctest/doctest.h>

#include "base/utf8.h"
#include "formats/display_width.h"

namespace anlan::formats {
namespace {

std::string shown(std::string_view text, int line, int column) {
  return source_excerpt(text, {.file = "f", .line = line, .column = column});
}

TEST_CASE("source lines: the mark stands under its place, wide characters count twice") {
  CHECK(shown("a = 1\nb = 22\n", 2, 5) == "   2 | b = 22\n     |     ^");
  CHECK(shown("zh = \"勒索\" # x\r\n", 1, 10) == "   1 | zh = \"勒索\" # x\n     |            ^");
  CHECK(shown("x", 1, 9) == "   1 | x\n     |  ^");
  CHECK(shown("\tx", 1, 2) == "   1 |  x\n     |  ^");
  CHECK(shown("x", 1, 0) == "   1 | x\n     | ^");
}

TEST_CASE("source lines: a place without a line shows nothing") {
  CHECK(shown("a", 0, 1).empty());
  CHECK(shown("a", 3, 1).empty());
  CHECK(shown("a\n", 2, 1) == "   2 | \n     | ^");
}

TEST_CASE("source lines: a long line is cut around the place to 80 columns") {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "条款";
  for (const int column : {1, 20, 21, 22, 200, 399, 400}) {
    CAPTURE(column);
    const std::string both = shown(text, 1, column);
    const std::size_t end = both.find('\n');
    const std::string line = both.substr(0, end);
    const std::string mark = both.substr(end + 1);
    CHECK(display_width(line) <= 80);
    CHECK(mark.size() <= 80);
    // What stands before the mark's column is as wide as the blanks before the mark.
    const std::size_t blanks = mark.size() - 1;
    std::size_t width = 0;
    std::string_view rest = line;
    while (width < blanks) {
      const CodePoint next = first_code_point(rest);
      width += static_cast<std::size_t>(display_width(next.value));
      rest.remove_prefix(next.bytes);
    }
    CHECK(width == blanks);
    CHECK(rest.starts_with(column % 2 == 1 ? "条" : "款"));
  }
}

TEST_CASE("source lines: no file can drive a terminal") {
  CHECK(shown("a\x1b[31m", 1, 1).find('\x1b') == std::string::npos);
  CHECK(shown("a\xff\xe2\x80\xae", 1, 3).find("\xe2\x80\xae") == std::string::npos);
}

}  // namespace
}  // namespace anlan::formats
