#include "formats/toml.h"

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "formats/json.h"
#include "formats/refusals.h"
#include "formats/text.h"

namespace anlan::formats {
namespace {

using namespace refusals;

std::string as_json(std::string_view text) {
  const auto parsed = parse_toml(text, "wording.toml");
  return parsed.ok() ? write_json(*parsed) : "refused: " + std::string(parsed.refusal().code.name);
}

TEST_CASE("toml: members keep the order of the file, numbers their text") {
  struct Row {
    std::string_view text;
    std::string_view json;
  };
  constexpr Row kRows[] = {
      {"b = 2800.00\na = 1_000\n\"安\" = +5\n", R"({"b":2800.00,"a":1000,"安":5})"},
      {"z = 1e3\ny = -0.50\nx = 6.626e-34 # c\nw = -17\n",
       R"({"z":1e3,"y":-0.50,"x":6.626e-34,"w":-17})"},
      {"[z]\nb = 1\n[a]\n[z.y]\nc = true\n", R"({"z":{"b":1,"y":{"c":true}},"a":{}})"},
      {"[[q]]\nx = 1\n[[q]]\nw = [ 3, 1,\n 2, ]\n[p]\n", R"({"q":[{"x":1},{"w":[3,1,2]}],"p":{}})"},
      {"b.y = 1\na = {z = 1, y = {x = 2}}\nb.x = 2\n",
       R"({"b":{"y":1,"x":2},"a":{"z":1,"y":{"x":2}}})"},
      {"s = \"a\\u5b89\\n\"\nt = 'C:\\x'\nu = \"\"\"\none\ntwo\"\"\"\n",
       R"({"s":"a安\n","t":"C:\\x","u":"one\ntwo"})"},
      {"d = 2026-03-01\nt = 07:32:00.5\n", R"({"d":"2026-03-01","t":"07:32:00.5"})"},
      {"a = 2026-03-01T02:00:00+08:00\nb = 2026-03-01 02:00:00z\nc = 2026-03-01t02:00:00\n",
       R"({"a":"2026-03-01T02:00:00+08:00","b":"2026-03-01T02:00:00Z","c":"2026-03-01T02:00:00"})"},
      {"x = [9223372036854775807, -9223372036854775808]\r\n",
       "{\"x\":[9223372036854775807,-9223372036854775808]}"},
      {"注 = 1\n", "refused: toml_syntax"},
      {"# only a comment", "{}"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.text);
    CHECK(as_json(row.text) == row.json);
  }
}

TEST_CASE("toml: every value and key knows its line and column in code points") {
  const auto parsed = parse_toml("\"安澜\" = \"x\" # 安\n[t]\n  list = [10, \"安\", 2.50]\n", "f");
  REQUIRE(parsed.ok());
  const Member& first = parsed->members.at(0);
  CHECK(first.line == 1);
  CHECK(first.column == 1);
  CHECK(first.value.column == 8);
  const Member& list = parsed->members.at(1).value.members.at(0);
  CHECK(list.line == 3);
  CHECK(list.column == 3);
  CHECK(list.value.column == 10);
  CHECK(list.value.items.at(2).line == 3);
  CHECK(list.value.items.at(2).column == 20);
  CHECK(list.value.items.at(2).text == "2.50");
}

TEST_CASE("toml: numbers stay whole when many wide characters stand before them") {
  std::string text;
  std::string expected;
  for (int i = 0; i < 500; ++i) {
    text += "k" + std::to_string(i) + " = [\"" +
            std::string(static_cast<std::size_t>(i % 7) * 3, 'x') + "安全守护\", " +
            std::to_string(i) + ".50, \"\xF0\x9F\x98\x80\", " + std::to_string(1000 + i) + "]\n";
  }
  const auto parsed = parse_toml(text, "f");
  REQUIRE(parsed.ok());
  for (int i = 0; i < 500; ++i) {
    const Node& list = parsed->members.at(static_cast<std::size_t>(i)).value;
    CHECK(list.items.at(1).text == std::to_string(i) + ".50");
    CHECK(list.items.at(3).text == std::to_string(1000 + i));
  }
}

TEST_CASE("toml: every fault is refused with its place") {
  struct Row {
    std::string text;
    RefusalCode code;
    int line;
    int column;
    std::string_view value;
    std::string_view path = "";
  };
  const RefusalCode kDay = anlan::refusals::kDateInvalid;
  const RefusalCode kMoment = anlan::refusals::kInstantInvalid;
  const RefusalCode kTwice = anlan::refusals::kDuplicateKey;
  std::string dotted = "[t]\n\"a.b\".";
  for (int i = 0; i < 70; ++i) dotted += "c . ";
  const std::vector<Row> rows = {
      {"a = \n", kTomlSyntax, 1, 5, "", "a"},
      {"x = 1\na = [1,\n 2", kTomlSyntax, 3, 3, ""},
      {"a = 1 b = 2", kTomlSyntax, 1, 7, "b", "a"},
      {"安 = 1", kTomlSyntax, 1, 1, "安"},
      {"a = \"x", kTomlSyntax, 1, 7, "", "a"},
      {"a = 2026-02-30", kDay, 1, 5, "2026-02-30", "a"},
      {"[[p.q]]\nx = 1\n[ t ]\na = [1, 2026-02-30]\n", kDay, 4, 9, "2026-02-30", "t.a"},
      {"[t]\nu.a = 2026-02-28T25:00:00Z\n", kMoment, 2, 7, "2026-02-28T25:00:00Z", "t.u.a"},
      {"a = 07:60:00\n", kMoment, 1, 5, "07:60:00", "a"},
      {"a = 007\n", kNumberMalformed, 1, 5, "007", "a"},
      {"a = 1\nb = 2\na = 3\n", kTwice, 3, 1, "a", "a"},
      {"t = {b = 1, b = 2}\n", kTwice, 1, 13, "b", "b"},
      {"[t.u]\nx = 1\n[t.u]\n", kTwice, 3, 1, "u", "t.u"},
      {"[t]\nx = [1, 0xFF]\n", kNumberMalformed, 2, 9, "0xFF", "t.x[1]"},
      {"x = 0o17\n", kNumberMalformed, 1, 5, "0o17", "x"},
      {"x = 0b11\n", kNumberMalformed, 1, 5, "0b11", "x"},
      {"x = {y = inf}\n", kNumberMalformed, 1, 10, "inf", "x.y"},
      {"x = -nan\n", kNumberMalformed, 1, 5, "-nan", "x"},
      {"\"安\" = [1, 99999999999999999999]\n", kNumberMalformed, 1, 11, "99999999999999999999",
       "安"},
      {"x = 1e400\n", kNumberMalformed, 1, 5, "1e400", "x"},
      {dotted + "x = 1\n", kTooDeep, 2, 257, ""},
      {"x = " + std::string(64, '[') + std::string(64, ']'), kTooDeep, 1, 68, "",
       "x[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]"
       "[0][0][0][0][0][0][0]"
       "[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]"},
      {"x = " + std::string(300, '[') + std::string(300, ']'), kTooDeep, 1, 261, "[", "x"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto parsed = parse_toml(row.text, "wording.toml");
    REQUIRE_FALSE(parsed.ok());
    CHECK(parsed.refusal().code.name == row.code.name);
    CHECK(parsed.refusal().at ==
          Place{.file = "wording.toml", .line = row.line, .column = row.column});
    CHECK(parsed.refusal().value == row.value);
    CHECK(parsed.refusal().path == row.path);
  }
}

TEST_CASE(
    "toml: a key of half a million parts is refused, dots in texts and comments do not count") {
  std::string key = "a";
  for (int i = 0; i < 500'000; ++i) key += ".a";
  CHECK(as_json(key + " = 1") == "refused: too_deep");
  CHECK(as_json("[" + key + "]") == "refused: too_deep");
  CHECK(as_json("x = {" + key + " = 1}") == "refused: too_deep");
  CHECK(as_json("\"\\\"\"." + key + " = 1") == "refused: too_deep");
  CHECK(as_json("x = \"\"\"\"\"\n" + key + " = 1") == "refused: toml_syntax");
  CHECK(as_json("x = '''''a'''''\n" + key + " = 1") == "refused: too_deep");
  const std::string dots(500, '.');
  CHECK(as_json("a = \"" + dots + "\"\nb = '" + dots + "'\nc = '''\n" + dots + "\n''' # " + dots +
                "\nd = \"\"\"\\\"\"\"\" # " + dots) ==
        "{\"a\":\"" + dots + "\",\"b\":\"" + dots + "\",\"c\":\"" + dots + "\\n\",\"d\":\"\\\"\"}");
}

TEST_CASE("toml: a file above 4 MiB is refused") {
  std::string text = "# " + std::string(kTomlBytesMax - 3, 'x') + "\n";
  CHECK(as_json(text) == "{}");
  CHECK(as_json(text + " ") == "refused: file_too_large");
}

}  // namespace
}  // namespace anlan::formats
