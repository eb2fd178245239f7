#include "base/texts.h"

#include <doctest/doctest.h>

using namespace anlan;

TEST_CASE(
    "texts: names are filled, a conditional part stands only with its argument, others stay") {
  struct Row {
    std::string_view pattern;
    TextArgs args;
    std::string filled;
  };
  const std::vector<Row> rows{
      {"{before} becomes {after}.",
       {{"before", "10.00"}, {"after", "4.00"}},
       "10.00 becomes 4.00."},
      {"cut{?clause: (clause {clause})}.", {{"clause", "2.1"}}, "cut (clause 2.1)."},
      {"cut{?clause: (clause {clause})}.", {{"clause", ""}}, "cut."},
      {"cut{?clause: (clause {clause})}.", {}, "cut."},
      {"{?a:{?b:both}}", {{"a", "x"}, {"b", "y"}}, "both"},
      {"{unknown} stays", {{"a", "x"}}, "{unknown} stays"},
      {"open {brace", {{"brace", "x"}}, "open {brace"},
      {"{a}", {{"a", "{b}"}, {"b", "never"}}, "{b}"},  // values are not patterns
      {"第 {clause} 条", {{"clause", "2.1"}}, "第 2.1 条"},
      {"", {}, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.pattern);
    CHECK(fill_text(row.pattern, row.args) == row.filled);
  }
}

TEST_CASE("texts: a key without a sentence shows itself in brackets") {
  const Texts texts{.by_key = {{"letter.paid", "{amount} paid"}}};
  CHECK(texts.say("letter.paid", {{"amount", "5.00"}}) == "5.00 paid");
  CHECK(texts.say("letter.none") == "[letter.none]");
  CHECK(texts.has("letter.paid"));
  CHECK_FALSE(texts.has("letter.none"));
}
