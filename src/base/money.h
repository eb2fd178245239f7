// Money: an exact amount in minor units (fen, cent) of one currency.
//
// Adding two currencies or leaving int64 is a bug. Amounts from outside are bounded at the edge by
// kAmountMax, so that a bug, never a user, trips the check.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/fields.h"
#include "base/int128.h"
#include "base/result.h"

namespace anlan {

// 10^15 minor units: ten trillion yuan, the largest amount that an input may state.
inline constexpr std::int64_t kAmountMax = 1'000'000'000'000'000;

// ISO 4217 numeric codes. All have two decimals.
enum class Currency : std::uint16_t { kCny = 156, kHkd = 344, kUsd = 840, kEur = 978 };
constexpr auto enum_names(Currency*) {
  using C = Currency;
  return std::array{EnumName<C>{C::kCny, "CNY"}, EnumName<C>{C::kHkd, "HKD"},
                    EnumName<C>{C::kUsd, "USD"}, EnumName<C>{C::kEur, "EUR"}};
}

std::string_view currency_code(Currency currency);               // "CNY"
bool parse_currency_code(std::string_view text, Currency& out);  // false: not one that we keep

enum class Rounding : std::uint8_t { kHalfUp = 1, kDown = 2, kUp = 3 };

class Money {
 public:
  constexpr Money() = default;  // zero yuan
  static constexpr Money from_minor(std::int64_t minor, Currency currency) {
    return Money(minor, currency);
  }
  static constexpr Money zero(Currency currency) { return Money(0, currency); }
  // `amount` in minor units, finite, of absolute value below 2^53; the rounding is always written.
  static Money rounded(double amount, Currency currency, Rounding rounding);

  constexpr std::int64_t minor() const { return minor_; }
  constexpr Currency currency() const { return currency_; }
  constexpr bool is_zero() const { return minor_ == 0; }
  constexpr bool is_negative() const { return minor_ < 0; }

  Money operator-() const;
  Money& operator+=(Money other);
  Money& operator-=(Money other);
  friend Money operator+(Money a, Money b) { return a += b; }
  friend Money operator-(Money a, Money b) { return a -= b; }
  // this x numerator / denominator, half-up, 128-bit between; amount and numerator >= 0,
  // denominator > 0.
  Money times_ratio(std::int64_t numerator, std::int64_t denominator) const;

  friend constexpr bool operator==(Money a, Money b) = default;
  std::strong_ordering operator<=>(Money other) const;  // one currency, else a bug

 private:
  constexpr Money(std::int64_t minor, Currency currency) : minor_(minor), currency_(currency) {}
  std::int64_t minor_ = 0;
  Currency currency_ = Currency::kCny;
};

// "2800", "2800.5" and "2800.50", each also with a leading code ("CNY 2800.00"): minor units
// exactly. Refuses with `path`: kMoneyMalformed (separators, full-width digits, signs other than
// '-', exponent), kMoneyNegative, kMoneyDecimals (more than two), kMoneyTooLarge (> kAmountMax),
// kMoneyCurrency (another code than `expected`).
Result<Money> parse_money(std::string_view text, Currency expected, std::string_view path);

std::string to_decimal(Money amount);  // "2800.00", "-12.30"
std::string to_grouped(Money amount);  // "2,800.00"

// numerator / denominator rounded half-up; numerator >= 0, denominator > 0 (REFERENCE.md 3.4).
constexpr Int128 half_up(Int128 numerator, Int128 denominator) {
  return (2 * numerator + denominator) / (2 * denominator);
}

}  // namespace anlan
