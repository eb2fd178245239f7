#include "terms/quantities.h"

#include <doctest/doctest.h>

using namespace anlan;
using namespace anlan::terms;

namespace {

std::string listed(std::string_view text, Lang lang) {
  std::string out;
  for (const Quantity& quantity : quantities_in(text, lang)) {
    constexpr std::string_view kUnits = "?mhs";  // money, hours, share
    out += out.empty() ? "" : " ";
    out += std::to_string(quantity.value) + kUnits[static_cast<std::size_t>(quantity.unit)];
    CHECK(std::string(text.substr(quantity.at, quantity.text.size())) == quantity.text);
  }
  return out;
}

struct Row {
  std::string_view text;
  std::string_view found;
};

}  // namespace

TEST_CASE("quantities: Chinese amounts, times and shares are read, other numbers are not") {
  const Row rows[] = {
      {"累计赔偿限额为人民币 400,000 元。", "4000000000m"},
      {"限额 40 万元，共用 1.5 亿元", "4000000000m 1500000000000m"},
      {"人民币肆拾万元整", "4000000000m"},
      {"每次三千五百元", "35000000m"},
      {"人民币 5,000，另有", "50000000m"},
      {"50,000 美元", "500000000m"},
      {"前 8 小时；八小时；二十四个小时", "80000h 80000h 240000h"},
      {"三十日内，十个工作日，90 天", "7200000h 2400000h 21600000h"},
      {"10 %，百分之十，12.5％", "100000s 100000s 125000s"},
      {"第 5.1 条，2026 年 3 月 1 日，三次，一次事故，万一，百货", ""},
      {"100 百万元", "1000000000000m"},
      {"10", ""},
      {"", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(listed(row.text, Lang::kZh) == row.found);
  }
}

TEST_CASE("quantities: English amounts, times and shares are read, other numbers are not") {
  const Row rows[] = {
      {"is CNY 400,000.00 a year", "4000000000m"},
      {"CNY 1.5 million, then 30,000 yuan", "15000000000m 300000000m"},
      {"a waiting period of 8 hours, an 8-hour wait", "80000h 80000h"},
      {"within ten days, twenty-four hours, 72 consecutive hours", "2400000h 240000h 720000h"},
      {"one hundred and twenty", ""},
      {"one hundred days", "24000000h"},
      {"10 %, ten percent, 12.5 per cent", "100000s 100000s 125000s"},
      {"clauses 4.2 to 4.4, CVE-2024-3094, one incident, someone", ""},
      {"2,160 hours from the end", "21600000h"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(listed(row.text, Lang::kEn) == row.found);
  }
}

TEST_CASE(
    "quantities: a number too large to hold is the largest, and broken UTF-8 is passed over") {
  CHECK(quantities_in("99999999999999999999999 亿元", Lang::kZh)[0].value ==
        1'000'000'000'000'000'000);
  CHECK(quantities_in("亿亿万亿亿亿亿亿亿亿元", Lang::kZh).empty());
  CHECK(quantities_in("九亿亿亿亿亿亿元", Lang::kZh)[0].value == 1'000'000'000'000'000'000);
  CHECK(quantities_in("\xE4\xB8 8 \xFF小时", Lang::kZh).empty());
}
