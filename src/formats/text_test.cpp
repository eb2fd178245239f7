#include "formats/text.h"

#include <doctest/doctest.h>

#include "formats/refusals.h"

namespace anlan::formats {
namespace {

using namespace refusals;

TEST_CASE("text: UTF-8 is taken as it is, a byte order mark at the front is dropped") {
  CHECK(decode_text(bytes_of("安澜\n"), "f").value() == "安澜\n");
  CHECK(decode_text(bytes_of("\xEF\xBB\xBF{}"), "f").value() == "{}");
  CHECK(decode_text(bytes_of("a\xEF\xBB\xBF"), "f").value() == "a\xEF\xBB\xBF");
  CHECK(decode_text(bytes_of("\xF0\x9F\x98\x80"), "f").value() == "\xF0\x9F\x98\x80");
}

TEST_CASE("text: bytes that are no text are refused at the first bad byte") {
  struct Row {
    std::string bytes;
    RefusalCode code;
    int line;
    int column;
    std::string_view value;
  };
  const std::vector<Row> rows = {
      {"", kFileEmpty, 1, 1, ""},
      {"\xEF\xBB\xBF", kFileEmpty, 1, 1, ""},
      {" \r\n\t\n", kFileEmpty, 1, 1, ""},
      {std::string("\xFF\xFE{\0", 4), kLooksLikeUtf16, 1, 1, ""},
      {std::string("\xFE\xFF\0{", 4), kLooksLikeUtf16, 1, 1, ""},
      {std::string("{\0}\0", 4), kNulByte, 1, 2, ""},
      {std::string("安\n澜\0", 8), kNulByte, 2, 2, ""},
      // "名称 = 安澜" in GBK; the second row ends with a four-byte character of GB 18030.
      {"# ok\n\xC3\xFB\xB3\xC6 = \xB0\xB2\xC0\xBD\n", kLooksLikeGbk, 2, 1, "c3"},
      {"a = \xB0\xB2\x81\x39\xEF\x30", kLooksLikeGbk, 1, 5, "b0"},
      {"caf\xE9 = 1\n", kNotUtf8, 1, 4, "e9"},      // Latin-1
      {"安澜\xE5\xAE", kLooksLikeGbk, 1, 3, "e5"},  // also a valid pair of GBK
      {"安澜\xE5", kNotUtf8, 1, 3, "e5"},
      {"\xED\xA0\x80 x", kNotUtf8, 1, 1, "ed"},  // a surrogate; 0x80 before a blank is no GBK
      {"\xC0\xAF", kLooksLikeGbk, 1, 1, "c0"},   // overlong '/'
      {"a\x80", kNotUtf8, 1, 2, "80"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.bytes);
    const auto text = decode_text(bytes_of(row.bytes), "facts.toml");
    REQUIRE_FALSE(text.ok());
    CHECK(text.refusal().code.name == row.code.name);
    CHECK(text.refusal().at == Place{.file = "facts.toml", .line = row.line, .column = row.column});
    CHECK(text.refusal().value == row.value);
  }
}

TEST_CASE("text: a file and a line have a largest size") {
  const std::string line(kLineBytesMax, 'a');
  CHECK(decode_text(bytes_of(line), "f").ok());
  CHECK(decode_text(bytes_of("x\n" + line + "\n" + line), "f").ok());
  const auto long_line = decode_text(bytes_of("x\n" + line + "a\n"), "f");
  REQUIRE_FALSE(long_line.ok());
  CHECK(long_line.refusal().code == kLineTooLong);
  CHECK(long_line.refusal().at.line == 2);
  CHECK(long_line.refusal().args == std::vector<RefusalArg>{{.name = "max", .value = "16"}});

  std::string lines;
  while (lines.size() < kFileBytesMax) lines += std::string(1023, 'a') + "\n";
  CHECK(decode_text(bytes_of(lines), "f").ok());
  const auto large = decode_text(bytes_of(lines + "a"), "f");
  REQUIRE_FALSE(large.ok());
  CHECK(large.refusal().code == kFileTooLarge);
  CHECK(large.refusal().args == std::vector<RefusalArg>{{.name = "max", .value = "64"}});
}

TEST_CASE("text: a line of 100 MB is refused before it is looked at") {
  const auto refused = decode_text(bytes_of(std::string(100'000'000, '9')), "case.json");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.refusal().code == kFileTooLarge);
}

TEST_CASE("place: lines count line feeds, columns count code points") {
  const std::string_view text = "ab\r\n安澜x\n\n\xF0\x9F\x98\x80y";
  struct Row {
    std::string_view until;
    int line;
    int column;
  };
  constexpr Row kRows[] = {{"", 1, 1},
                           {"ab", 1, 3},
                           {"ab\r\n", 2, 1},
                           {"ab\r\n安澜", 2, 3},
                           {"ab\r\n安澜x\n", 3, 1},
                           {"ab\r\n安澜x\n\n\xF0\x9F\x98\x80", 4, 2}};
  PlaceCursor cursor(text);
  for (const Row& row : kRows) {
    CAPTURE(row.until);
    CHECK(place_at(text, row.until.size(), "f") ==
          Place{.file = "f", .line = row.line, .column = row.column});
    cursor.advance(row.until.size());
    CHECK(cursor.line() == row.line);
    CHECK(cursor.column() == row.column);
  }
  CHECK(place_at(text, 10'000, "f").line == 4);
}

TEST_CASE("offending text: one sign alone, or the word up to the next") {
  struct Row {
    std::string_view text;
    std::string_view shown;
  };
  constexpr Row kRows[] = {{"", ""},           {"}x", "}"},       {",1", ","}, {"0123, 5", "0123"},
                           {"安澜 x", "安澜"}, {"\"ab]", "\"ab"}, {" x", " x"}};
  for (const Row& row : kRows) CHECK(offending_text(row.text, 0) == row.shown);
  CHECK(offending_text(std::string(100'000, 'x'), 0).size() == 79 + 3);
}

}  // namespace
}  // namespace anlan::formats
