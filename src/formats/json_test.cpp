#include "formats/json.h"

#include <random>

#include <doctest/doctest.h>

#include "formats/json_grammar.h"
#include "formats/refusals.h"
#include "formats/text.h"

namespace anlan::formats {
namespace {

using namespace refusals;

std::string round(std::string_view text) {
  const auto parsed = parse_json(text, "case.json");
  return parsed.ok() ? write_json(*parsed) : "refused: " + std::string(parsed.refusal().code.name);
}

TEST_CASE("json: order, duplicate keys and the text of numbers are kept") {
  struct Row {
    std::string_view text;
    std::string_view written;
  };
  constexpr Row kRows[] = {
      {R"({"b":1,"a":2,"b":3})", R"({"b":1,"a":2,"b":3})"},
      {" { \"a\" : [ 1 , { } , [ ] , null ] } \n", R"({"a":[1,{},[],null]})"},
      {"[1.0,1e3,-0,0.10,1E+05,1000000000000000000000000000000]",
       "[1.0,1e3,-0,0.10,1E+05,1000000000000000000000000000000]"},
      {"[9223372036854775807,9223372036854775808,-9223372036854775809]",
       "[9223372036854775807,9223372036854775808,-9223372036854775809]"},
      {R"(["\u5b89\u6f9c","安澜","\ud83d\ude00","\/","\"\\\b\f\n\r\t\u0000\u001f\u007f"])",
       "[\"安澜\",\"安澜\",\"\xF0\x9F\x98\x80\",\"/"
       "\",\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\\u007f\"]"},
      {R"({"":"","a\u0062":1})", R"({"":"","ab":1})"},
      {"true", "true"},
      {" false ", "false"},
      {"null\n", "null"},
      {"-12.50", "-12.50"},
      {"1e400", "1e400"},
      {"  \"x\"  ", "\"x\""},
      {"[]", "[]"},
      {"{}", "{}"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.text);
    CHECK(round(row.text) == row.written);
  }
}

TEST_CASE("json: every value and key knows its line and column in code points") {
  const auto parsed = parse_json("{\n  \"安澜\": [1,\n \"x\"], \"b\" :true}", "case.json");
  REQUIRE(parsed.ok());
  CHECK(parsed->line == 1);
  CHECK(parsed->column == 1);
  const Member& first = parsed->members.at(0);
  CHECK(first.line == 2);
  CHECK(first.column == 3);
  CHECK(first.value.line == 2);
  CHECK(first.value.column == 9);
  CHECK(first.value.items.at(0).column == 10);
  CHECK(first.value.items.at(1).line == 3);
  CHECK(first.value.items.at(1).column == 2);
  const Member& second = parsed->members.at(1);
  CHECK(second.line == 3);
  CHECK(second.column == 8);
  CHECK(second.value.column == 13);
}

struct Fault {
  std::string text;
  RefusalCode code;
  int line;
  int column;
  std::string_view value;
  std::string_view detail = "";
};

TEST_CASE("json: every fault is refused with its place and the text that stands there") {
  const std::string deep_list = std::string(65, '[') + std::string(65, ']');
  const std::vector<Fault> rows = {
      {"", kFileEmpty, 1, 1, ""},
      {" \n ", kFileEmpty, 2, 2, ""},
      {"{", kJsonSyntax, 1, 2, "", "the file ends here"},
      {"[1", kJsonSyntax, 1, 3, "", "the file ends here"},
      {"[1,", kJsonSyntax, 1, 4, "", "the file ends here"},
      {"{\"a\"", kJsonSyntax, 1, 5, "", "the file ends here"},
      {"{\n  a: 1}", kJsonSyntax, 2, 3, "a", "a key in double quotes is expected here"},
      {"{'a': 1}", kJsonSyntax, 1, 2, "'a'", "a key in double quotes is expected here"},
      {"{\"a\" 1}", kJsonSyntax, 1, 6, "1", "a colon is expected here"},
      {"{\"a\":1,}", kJsonSyntax, 1, 8, "}", "a key in double quotes is expected here"},
      {"{\"a\":1 \"b\":2}", kJsonSyntax, 1, 8, "\"b\"", "a comma or } is expected here"},
      {"{\"a\":1]", kJsonSyntax, 1, 7, "]", "a comma or } is expected here"},
      {"{\"a\":}", kJsonSyntax, 1, 6, "}", "a value is expected here"},
      {"[1,]", kJsonSyntax, 1, 4, "]", "a value is expected here"},
      {"[,1]", kJsonSyntax, 1, 2, ",", "a value is expected here"},
      {"[1 2]", kJsonSyntax, 1, 4, "2", "a comma or ] is expected here"},
      {"[1}", kJsonSyntax, 1, 3, "}", "a comma or ] is expected here"},
      {"[1:2]", kJsonSyntax, 1, 3, ":", "a comma or ] is expected here"},
      {"[tru]", kJsonSyntax, 1, 2, "tru", "a value is expected here"},
      {"[truex]", kJsonSyntax, 1, 2, "truex", "a value is expected here"},
      {"nul", kJsonSyntax, 1, 1, "nul", "a value is expected here"},
      {"[NaN]", kJsonSyntax, 1, 2, "NaN", "a value is expected here"},
      {"[Infinity]", kJsonSyntax, 1, 2, "Infinity", "a value is expected here"},
      {"// c\n{}", kJsonSyntax, 1, 1, "//", "a value is expected here"},
      {"[\"安\nx\"]", kJsonSyntax, 1, 2, "\"安", "the text is not closed on its line"},
      {"[\"安\tx\"]", kJsonSyntax, 1, 4, "\tx\"", "a control character must be escaped"},
      {"[\"a\\x\"]", kJsonSyntax, 1, 4, "\\x\"", "there is no such escape"},
      {"[\"\\u12g4\"]", kJsonSyntax, 1, 3, "\\u12g4\"", "\\u needs four hexadecimal digits"},
      {"[1, \"abc]\n", kJsonSyntax, 1, 5, "\"abc", "the text is not closed on its line"},
      {"[01]", kNumberMalformed, 1, 2, "01"},
      {"[1.]", kNumberMalformed, 1, 2, "1."},
      {"[-]", kNumberMalformed, 1, 2, "-"},
      {"[1e]", kNumberMalformed, 1, 2, "1e"},
      {"[0x10]", kNumberMalformed, 1, 2, "0x10"},
      {"[1_000]", kNumberMalformed, 1, 2, "1_000"},
      {"[-Infinity]", kNumberMalformed, 1, 2, "-Infinity"},
      {"[+1]", kJsonSyntax, 1, 2, "+1", "a value is expected here"},
      {"[.5]", kJsonSyntax, 1, 2, ".5", "a value is expected here"},
      {"[\"\\ud800\"]", kLoneSurrogate, 1, 3, "\\ud800\""},
      {"[\"x\\ud800\\u0041\"]", kLoneSurrogate, 1, 4, "\\ud800\\u0041\""},
      {"[\"\\udc00\"]", kLoneSurrogate, 1, 3, "\\udc00\""},
      {"{\"\\ud800\":1}", kLoneSurrogate, 1, 3, "\\ud800\""},
      {"[\"\xFF\"]", kNotUtf8, 1, 3, "\uFFFD\""},
      {deep_list, kTooDeep, 1, 65, "["},
      {"{} {}", kTrailingContent, 1, 4, "{"},
      {"[1]]", kTrailingContent, 1, 4, "]"},
      {"{}\nx", kTrailingContent, 2, 1, "x"},
      {"1 2", kTrailingContent, 1, 3, "2"},
      {"\"a\" \"b\"", kTrailingContent, 1, 5, "\"b\""},
      {"true,", kTrailingContent, 1, 5, ","},
  };
  for (const Fault& row : rows) {
    CAPTURE(row.text);
    const auto parsed = parse_json(row.text, "case.json");
    REQUIRE_FALSE(parsed.ok());
    CHECK(parsed.refusal().code.name == row.code.name);
    CHECK(parsed.refusal().at ==
          Place{.file = "case.json", .line = row.line, .column = row.column});
    CHECK(parsed.refusal().value == row.value);
    if (!row.detail.empty()) {
      CHECK(parsed.refusal().args ==
            std::vector<RefusalArg>{{.name = "detail", .value = std::string(row.detail)}});
    }
  }
}

TEST_CASE("json: 64 levels and two million values are taken, one more is refused") {
  CHECK(parse_json(std::string(64, '[') + std::string(64, ']'), "f").ok());
  std::string tables;
  for (int i = 0; i < 64; ++i) tables += "{\"a\":";
  CHECK(parse_json(tables + "1" + std::string(64, '}'), "f").ok());
  CHECK(round("{\"a\":" + tables + "1" + std::string(65, '}')) == "refused: too_deep");

  std::string many = "[0";
  for (std::size_t i = 2; i < kValuesMax; ++i) many += ",0";
  CHECK(parse_json(many + "]", "f")->items.size() == kValuesMax - 1);
  CHECK(round(many + ",0]") == "refused: too_many_values");
}

TEST_CASE("json: numbers follow the grammar of RFC 8259 section 6") {
  for (const std::string_view good :
       {"0", "-0", "10", "0.0", "-0.5e-10", "1E5", "1e+5", "123456789012345678901234567890"}) {
    CAPTURE(good);
    CHECK(is_json_number(good));
  }
  for (const std::string_view bad : {"", "-", "00", "-01", "01.5", "1.", ".5", "+1", "1e", "1e+",
                                     "1.e5", "e5", "1 ", " 1", "1a", "0x1", "1_0", "--1"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_json_number(bad));
  }
}

// Two readers that share no code: simdjson, and the grammar written by hand that explains its
// refusals.
TEST_CASE("json: accepts exactly what the grammar of RFC 8259 accepts") {
  constexpr std::array kPieces{"{",
                               "}",
                               "[",
                               "]",
                               ",",
                               ":",
                               "\"a\"",
                               "\"",
                               "1",
                               "-1.5",
                               "01",
                               "true",
                               "nul",
                               "null",
                               " ",
                               "\n",
                               "\"\\u00e9\"",
                               "\\",
                               "1.0",
                               "false",
                               "1e400",
                               "x",
                               "\"\\ud83d\\ude00\"",
                               "\"b\":",
                               ",2"};
  std::mt19937_64 random(2026);
  int accepted = 0;
  for (int i = 0; i < 100'000; ++i) {
    std::string text = i % 2 == 0 ? "[" : "{\"k\":";
    for (std::uint64_t left = random() % 7; left > 0; --left)
      text += kPieces[random() % kPieces.size()];
    text += i % 2 == 0 ? "]" : "}";
    const bool ours = parse_json(text, "f").ok();
    const bool grammar = !find_json_fault(text, "f").has_value();
    accepted += ours ? 1 : 0;
    if (ours != grammar) FAIL("ours " << ours << " grammar " << grammar << ": " << text);
  }
  CHECK(accepted > 5'000);
}

TEST_CASE("write_json: indents, keeps empty brackets closed, and is stable") {
  const auto parsed = parse_json(R"({"a":[1,{"b":[]}],"c":{}})", "f");
  REQUIRE(parsed.ok());
  const std::string expected =
      "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}";
  const std::string written = write_json(*parsed, {.indent = 2});
  CHECK(written == expected);
  CHECK(write_json(parse_json(written, "f").value(), {.indent = 2}) == expected);
  CHECK(write_json(Node::string("a\xFF"
                                "b")) == "\"a\uFFFDb\"");
}

}  // namespace
}  // namespace anlan::formats
