#include "base/money.h"

#include <cmath>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/refusals.h"

namespace anlan {
namespace {

Money cny(std::int64_t minor) { return Money::from_minor(minor, Currency::kCny); }

TEST_CASE("money: amounts as people write them become exact minor units") {
  struct Row {
    std::string_view text;
    std::int64_t minor;
  };
  constexpr Row kRows[] = {
      {"0", 0},
      {"00", 0},
      {"2800", 280'000},
      {"2800.5", 280'050},
      {"2800.50", 280'050},
      {"CNY 2800.00", 280'000},
      {"0.01", 1},
      {"007.10", 710},
      {"10000000000000", kAmountMax},
      {"10000000000000.00", kAmountMax},
      {"9999999999999.99", kAmountMax - 1},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.text);
    const auto parsed = parse_money(row.text, Currency::kCny, "premium");
    REQUIRE(parsed.ok());
    CHECK(parsed->minor() == row.minor);
    CHECK(parsed->currency() == Currency::kCny);
  }
}

TEST_CASE("money: each malformed amount is refused by its own rule at its path") {
  struct Row {
    std::string_view text;
    RefusalCode code;
  };
  using namespace refusals;
  constexpr Row kRows[] = {
      {"", kMoneyMalformed},
      {"CNY", kMoneyMalformed},
      {"CNY ", kMoneyMalformed},
      {"CNY  5", kMoneyMalformed},
      {"cny 5", kMoneyMalformed},
      {"5 CNY", kMoneyMalformed},
      {".5", kMoneyMalformed},
      {"5.", kMoneyMalformed},
      {"+5", kMoneyMalformed},
      {"--5", kMoneyMalformed},
      {"1,000.00", kMoneyMalformed},
      {"1e3", kMoneyMalformed},
      {"１００", kMoneyMalformed},
      {" 5", kMoneyMalformed},
      {"5 ", kMoneyMalformed},
      {"1.2.3", kMoneyMalformed},
      {"0x10", kMoneyMalformed},
      {"NaN", kMoneyMalformed},
      {"-0.01", kMoneyNegative},
      {"-5", kMoneyNegative},
      {"CNY -5.00", kMoneyNegative},
      {"10000000000000.01", kMoneyTooLarge},
      {"10000000000001", kMoneyTooLarge},
      {"99999999999999999999999999", kMoneyTooLarge},
      {"0.001", kMoneyDecimals},
      {"2800.000", kMoneyDecimals},
      {"USD 5.00", kMoneyCurrency},
      {"XYZ 5.00", kMoneyCurrency},
      {"HKD 5", kMoneyCurrency},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.text);
    const auto parsed = parse_money(row.text, Currency::kCny, "premium");
    REQUIRE_FALSE(parsed.ok());
    CHECK(parsed.refusal().code == row.code);
    CHECK(parsed.refusal().path == "premium");
    CHECK(parsed.refusal().value == row.text);
  }
}

TEST_CASE("money: every amount that is written is read back") {
  CHECK(rc::check("parse_money(to_decimal(m)) == m", [] {
    const auto minor = *rc::gen::inRange<std::int64_t>(0, kAmountMax + 1);
    const auto currency =
        *rc::gen::element(Currency::kCny, Currency::kHkd, Currency::kUsd, Currency::kEur);
    const Money money = Money::from_minor(minor, currency);
    const std::string text = to_decimal(money);
    RC_ASSERT(parse_money(text, currency, "m").value() == money);
    RC_ASSERT(
        parse_money(std::string(currency_code(currency)) + " " + text, currency, "m").value() ==
        money);
    std::string plain;
    for (const char c : to_grouped(money)) {
      if (c != ',') plain.push_back(c);
    }
    RC_ASSERT(plain == text);
  }));
}

TEST_CASE("money: amounts are written with two decimals and grouped by thousands") {
  struct Row {
    std::int64_t minor;
    std::string_view decimal;
    std::string_view grouped;
  };
  constexpr Row kRows[] = {
      {0, "0.00", "0.00"},
      {1, "0.01", "0.01"},
      {-1, "-0.01", "-0.01"},
      {-1230, "-12.30", "-12.30"},
      {99'999, "999.99", "999.99"},
      {100'000, "1000.00", "1,000.00"},
      {-100'000, "-1000.00", "-1,000.00"},
      {15'000'000, "150000.00", "150,000.00"},
      {-12'345'678, "-123456.78", "-123,456.78"},
      {kAmountMax, "10000000000000.00", "10,000,000,000,000.00"},
      {INT64_MIN, "-92233720368547758.08", "-92,233,720,368,547,758.08"},
  };
  for (const Row& row : kRows) {
    CHECK(to_decimal(cny(row.minor)) == row.decimal);
    CHECK(to_grouped(cny(row.minor)) == row.grouped);
  }
}

TEST_CASE("half_up: exactly one half goes up, less goes down") {
  struct Row {
    std::int64_t numerator;
    std::int64_t denominator;
    std::int64_t result;
  };
  // settle_ref.py half_up(n, d) = (2n + d) // (2d)
  constexpr Row kRows[] = {{0, 7, 0},
                           {1, 2, 1},
                           {3, 2, 2},
                           {5, 2, 3},
                           {1, 3, 0},
                           {2, 3, 1},
                           {4, 3, 1},
                           {5, 3, 2},
                           {9'999, 10'000, 1},
                           {4'999, 10'000, 0},
                           {5'000, 10'000, 1},
                           {INT64_MAX, 1, INT64_MAX},
                           {INT64_MAX, 2, INT64_MAX / 2 + 1}};
  for (const Row& row : kRows) {
    CAPTURE(row.numerator);
    CAPTURE(row.denominator);
    CHECK(static_cast<std::int64_t>(half_up(row.numerator, row.denominator)) == row.result);
  }
}

TEST_CASE("times_ratio: is exact where a product leaves 64 bits") {
  CHECK(cny(kAmountMax).times_ratio(9'999, 10'000) == cny(999'900'000'000'000));
  CHECK(cny(kAmountMax).times_ratio(kAmountMax, kAmountMax) == cny(kAmountMax));
  CHECK(cny(100).times_ratio(1, 3) == cny(33));
  CHECK(cny(50).times_ratio(1, 100) == cny(1));  // half a fen goes up
  CHECK(cny(49).times_ratio(1, 100) == cny(0));
  CHECK(cny(kAmountMax).times_ratio(0, 1) == cny(0));
}

TEST_CASE("rounded: each rounding has one answer, half a unit and its neighbours too") {
  struct Row {
    double amount;
    std::int64_t half_up;
    std::int64_t down;
    std::int64_t up;
  };
  const Row rows[] = {
      {0.0, 0, 0, 0},
      {0.5, 1, 0, 1},
      {1.5, 2, 1, 2},
      {2.5, 3, 2, 3},
      {-0.5, 0, -1, 0},
      {-1.5, -1, -2, -1},
      {std::nextafter(0.5, 0.0), 0, 0, 1},  // + 0.5 in double would give 1
      {std::nextafter(2.5, 0.0), 2, 2, 3},
      {2251799813685249.5, 2251799813685250, 2251799813685249, 2251799813685250},  // above 2^51
      {9007199254740991.0, 9007199254740991, 9007199254740991, 9007199254740991},  // 2^53 - 1
  };
  for (const Row& row : rows) {
    CAPTURE(row.amount);
    CHECK(Money::rounded(row.amount, Currency::kCny, Rounding::kHalfUp).minor() == row.half_up);
    CHECK(Money::rounded(row.amount, Currency::kCny, Rounding::kDown).minor() == row.down);
    CHECK(Money::rounded(row.amount, Currency::kCny, Rounding::kUp).minor() == row.up);
  }
}

TEST_CASE("money: sums, differences and order keep the currency") {
  const Money usd = Money::from_minor(5, Currency::kUsd);
  CHECK((cny(5) + cny(7)) == cny(12));
  CHECK((cny(5) - cny(7)) == cny(-2));
  CHECK(-cny(5) == cny(-5));
  CHECK((cny(5) <=> cny(7)) == std::strong_ordering::less);
  CHECK(cny(5) != usd);
  CHECK(Money().currency() == Currency::kCny);
  CHECK((usd + usd).currency() == Currency::kUsd);
}

TEST_CASE("currency codes: the four that we keep, upper case only") {
  Currency currency{};
  CHECK(parse_currency_code("EUR", currency));
  CHECK(currency == Currency::kEur);
  CHECK(currency_code(Currency::kHkd) == "HKD");
  CHECK_FALSE(parse_currency_code("cny", currency));
  CHECK_FALSE(parse_currency_code("JPY", currency));
  CHECK_FALSE(parse_currency_code("", currency));
}

}  // namespace
}  // namespace anlan
