#include "base/capital_numerals.h"

#include <map>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/utf8.h"

namespace anlan {
namespace {

TEST_CASE("capital numerals: the examples of the rule, and the edges around them") {
  struct Row {
    std::int64_t minor;
    std::string_view text;  // without the currency
  };
  const Row rows[] = {
      // Yinfa [1997] 393, annex 1, article 4, examples (1) to (4)
      {140'950, "壹仟肆佰零玖元伍角整"},
      {600'714, "陆仟零柒元壹角肆分"},
      {168'032, "壹仟陆佰捌拾元零叁角贰分"},
      {10'700'053, "壹拾万柒仟元零伍角叁分"},
      {1'640'902, "壹万陆仟肆佰零玖元零贰分"},
      {32'504, "叁佰贰拾伍元零肆分"},
      // edges
      {0, "零元整"},
      {1, "壹分"},
      {10, "壹角整"},
      {11, "壹角壹分"},
      {100, "壹元整"},
      {101, "壹元零壹分"},
      {110, "壹元壹角整"},
      {1'000, "壹拾元整"},
      {1'010, "壹拾元零壹角整"},
      {10'000, "壹佰元整"},
      {100'100, "壹仟零壹元整"},
      {101'000, "壹仟零壹拾元整"},
      {1'000'000, "壹万元整"},
      {1'000'100, "壹万零壹元整"},
      {1'100'000, "壹万壹仟元整"},
      {10'000'000, "壹拾万元整"},
      {10'100'000, "壹拾万壹仟元整"},
      {40'000'000, "肆拾万元整"},
      {280'000, "贰仟捌佰元整"},
      {1'000'000'001, "壹仟万元零壹分"},
      {10'000'000'000, "壹亿元整"},
      {10'000'000'100, "壹亿零壹元整"},
      {10'001'000'000, "壹亿零壹万元整"},
      {11'000'000'000, "壹亿壹仟万元整"},
      {10'100'000'000, "壹亿零壹佰万元整"},
      {100'000'000'000'000, "壹万亿元整"},
      {kAmountMax, "壹拾万亿元整"},
      {kAmountMax - 1, "玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"},
      {-40'000'000, "负肆拾万元整"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.minor);
    CHECK(capital_numerals(Money::from_minor(row.minor, Currency::kCny)) ==
          "人民币" + std::string(row.text));
  }
  CHECK(capital_numerals(Money::from_minor(100, Currency::kHkd)) == "港币壹元整");
  CHECK(capital_numerals(Money::from_minor(100, Currency::kUsd)) == "美元壹元整");
  CHECK(capital_numerals(Money::from_minor(100, Currency::kEur)) == "欧元壹元整");
}

// What a reader makes of the words: every digit times its places, whatever the zeros say.
std::int64_t read_back(std::string_view text) {
  static const std::map<char32_t, std::int64_t> kDigit{
      {U'零', 0}, {U'壹', 1}, {U'贰', 2}, {U'叁', 3}, {U'肆', 4},
      {U'伍', 5}, {U'陆', 6}, {U'柒', 7}, {U'捌', 8}, {U'玖', 9}};
  static const std::map<char32_t, std::int64_t> kPlace{{U'拾', 10}, {U'佰', 100}, {U'仟', 1000}};
  std::int64_t total = 0;
  std::int64_t section = 0;
  std::int64_t digit = 0;
  std::int64_t minor = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const CodePoint next = first_code_point(rest);
    rest.remove_prefix(next.bytes);
    if (kDigit.contains(next.value)) {
      digit = kDigit.at(next.value);
    } else if (kPlace.contains(next.value)) {
      section += digit * kPlace.at(next.value);
      digit = 0;
    } else if (next.value == U'万') {
      total += (section + digit) * 10'000;
      section = digit = 0;
    } else if (next.value == U'亿') {
      total = (total + section + digit) * 100'000'000;
      section = digit = 0;
    } else if (next.value == U'元') {
      minor = (total + section + digit) * 100;
      digit = 0;
    } else if (next.value == U'角') {
      minor += digit * 10;
      digit = 0;
    } else if (next.value == U'分') {
      minor += digit;
      digit = 0;
    }
  }
  return minor;
}

TEST_CASE("capital numerals: they read back as the amount, with no zero that says nothing") {
  const auto holds = [](std::int64_t minor) {
    const std::string text = capital_numerals(Money::from_minor(minor, Currency::kCny));
    if (read_back(text) != minor) return false;
    if (text.find("零零") != std::string::npos) return false;
    const bool ends_in_fen = minor % 10 != 0;
    return text.ends_with("整") != ends_in_fen && text.ends_with("分") == ends_in_fen;
  };
  for (std::int64_t minor = 0; minor <= 200'000; ++minor) REQUIRE(holds(minor));
  const bool all = rc::check("every amount an input may state", [&] {
    // Few digits that are not zero: where the rules about zeros act.
    std::int64_t minor = 0;
    for (int i = 0; i < 16; ++i) {
      minor = minor * 10 + (*rc::gen::inRange(0, 3) == 0 ? *rc::gen::inRange(0, 10) : 0);
    }
    RC_ASSERT(holds(minor % (kAmountMax + 1)));
    RC_ASSERT(holds(*rc::gen::inRange<std::int64_t>(0, kAmountMax)));
  });
  CHECK(all);
}

}  // namespace
}  // namespace anlan
