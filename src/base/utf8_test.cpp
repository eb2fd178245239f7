#include "base/utf8.h"

#include <doctest/doctest.h>

namespace anlan {
namespace {

TEST_CASE("utf8: every code point is written and read back") {
  for (char32_t value = 0; value <= 0x10FFFF; ++value) {
    if (value >= 0xD800 && value <= 0xDFFF) continue;
    std::string text;
    append_code_point(text, value);
    const CodePoint read = first_code_point(text);
    if (!read.valid || read.value != value || read.bytes != text.size())
      FAIL("U+" << static_cast<std::uint32_t>(value));
  }
}

TEST_CASE("utf8: ill-formed sequences are invalid and one byte long") {
  // The Unicode Standard 15.0, table 3-7: well-formed byte sequences; each row breaks one of its
  // ranges.
  constexpr std::string_view kTexts[] = {"\x80",
                                         "\xBF",
                                         "\xC0\x80",
                                         "\xC1\xBF",
                                         "\xC2",
                                         "\xC2\x41",
                                         "\xE0\x9F\xBF",
                                         "\xE0\xA0",
                                         "\xED\xA0\x80",
                                         "\xED\xBF\xBF",
                                         "\xF0\x8F\xBF\xBF",
                                         "\xF4\x90\x80\x80",
                                         "\xF5\x80\x80\x80",
                                         "\xFE",
                                         "\xFF",
                                         "\xE5\xAE"};
  for (const std::string_view text : kTexts) {
    const CodePoint read = first_code_point(text);
    CHECK_FALSE(read.valid);
    CHECK(read.bytes == 1);
    CHECK(read.value == U'\uFFFD');
  }
}

TEST_CASE("utf8: counting goes by code points") {
  CHECK(count_code_points("") == 0);
  CHECK(count_code_points("abc") == 3);
  CHECK(count_code_points("安澜 ¥1") == 5);
  CHECK(count_code_points("\xF0\x9F\x98\x80") == 1);
  CHECK(count_code_points("a\xFF"
                          "b") == 3);
}

TEST_CASE("shortened: cuts on a code point and says so") {
  CHECK(shortened("abc", 3) == "abc");
  CHECK(shortened("abcd", 3) == "ab…");
  CHECK(shortened("安澜保险", 4) == "安澜保险");
  CHECK(shortened("安澜保险条款", 4) == "安澜保…");
  CHECK(shortened("ab", 1) == "…");
  CHECK(shortened("", 1).empty());
  CHECK(shortened("a\xFF"
                  "b",
                  80) == "a\uFFFDb");
}

}  // namespace
}  // namespace anlan
