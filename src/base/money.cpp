#include "base/money.h"

#include <array>
#include <cmath>
#include <cstdlib>

#include <fmt/core.h>

#include "base/refusals.h"

namespace anlan {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

Refusal refuse(RefusalCode code, std::string_view path, std::string_view text) {
  return Refusal{
      .code = code, .path = std::string(path), .value = std::string(text), .args = {}, .at = {}};
}

}  // namespace

std::string_view currency_code(Currency currency) { return name_of(currency); }

bool parse_currency_code(std::string_view text, Currency& out) {
  const auto currency = enum_from<Currency>(text);
  if (currency) out = *currency;
  return currency.has_value();
}

Money Money::rounded(double amount, Currency currency, Rounding rounding) {
  constexpr double kExactMax =
      9007199254740992.0;  // 2^53: beyond it a double skips whole minor units
  ANLAN_CHECK(std::isfinite(amount));
  ANLAN_CHECK(std::fabs(amount) < kExactMax);
  double whole = 0;
  switch (rounding) {
    case Rounding::kHalfUp:
      whole = std::floor(amount);
      if (amount - whole >= 0.5) whole += 1.0;  // amount + 0.5 could itself round up
      break;
    case Rounding::kDown:
      whole = std::floor(amount);
      break;
    case Rounding::kUp:
      whole = std::ceil(amount);
      break;
  }
  return Money(static_cast<std::int64_t>(whole), currency);
}

Money Money::operator-() const {
  ANLAN_CHECK(minor_ != INT64_MIN);
  return Money(-minor_, currency_);
}

Money& Money::operator+=(Money other) {
  ANLAN_CHECK(currency_ == other.currency_);
  ANLAN_CHECK(!__builtin_add_overflow(minor_, other.minor_, &minor_));
  return *this;
}

Money& Money::operator-=(Money other) {
  ANLAN_CHECK(currency_ == other.currency_);
  ANLAN_CHECK(!__builtin_sub_overflow(minor_, other.minor_, &minor_));
  return *this;
}

Money Money::times_ratio(std::int64_t numerator, std::int64_t denominator) const {
  ANLAN_CHECK(minor_ >= 0);
  ANLAN_CHECK(numerator >= 0);
  ANLAN_CHECK(denominator > 0);
  const Int128 product = half_up(static_cast<Int128>(minor_) * numerator, denominator);
  ANLAN_CHECK(product <= INT64_MAX);
  return Money(static_cast<std::int64_t>(product), currency_);
}

std::strong_ordering Money::operator<=>(Money other) const {
  ANLAN_CHECK(currency_ == other.currency_);
  return minor_ <=> other.minor_;
}

Result<Money> parse_money(std::string_view text, Currency expected, std::string_view path) {
  std::string_view rest = text;
  if (rest.size() > 4 && is_upper(rest[0]) && rest[3] == ' ') {
    Currency stated{};
    if (!parse_currency_code(rest.substr(0, 3), stated) || stated != expected) {
      Refusal refusal = refuse(refusals::kMoneyCurrency, path, text);
      refusal.args.push_back({.name = "currency", .value = std::string(currency_code(expected))});
      return refusal;
    }
    rest.remove_prefix(4);
  }
  const bool negative = !rest.empty() && rest[0] == '-';
  if (negative) rest.remove_prefix(1);
  std::size_t digits = 0;
  std::int64_t minor = 0;
  bool too_large = false;
  while (digits < rest.size() && is_digit(rest[digits])) {
    if (!too_large) minor = minor * 10 + (rest[digits] - '0');
    too_large = too_large || minor > kAmountMax;
    ++digits;
  }
  if (digits == 0) return refuse(refusals::kMoneyMalformed, path, text);
  std::size_t decimals = 0;
  std::int64_t cents = 0;
  if (digits < rest.size() && rest[digits] == '.') {
    const std::string_view tail = rest.substr(digits + 1);
    while (decimals < tail.size() && is_digit(tail[decimals])) {
      if (decimals < 2) cents = cents * 10 + (tail[decimals] - '0');
      ++decimals;
    }
    if (decimals == 0 || decimals != tail.size())
      return refuse(refusals::kMoneyMalformed, path, text);
    if (decimals == 1) cents *= 10;
  } else if (digits != rest.size()) {
    return refuse(refusals::kMoneyMalformed, path, text);
  }
  if (decimals > 2) return refuse(refusals::kMoneyDecimals, path, text);
  if (negative) return refuse(refusals::kMoneyNegative, path, text);
  if (too_large || minor * 100 + cents > kAmountMax)
    return refuse(refusals::kMoneyTooLarge, path, text);
  return Money::from_minor(minor * 100 + cents, expected);
}

std::string to_decimal(Money amount) {
  const bool negative = amount.is_negative();
  const auto magnitude = negative ? ~static_cast<std::uint64_t>(amount.minor()) + 1
                                  : static_cast<std::uint64_t>(amount.minor());
  return fmt::format("{}{}.{:02}", negative ? "-" : "", magnitude / 100, magnitude % 100);
}

std::string to_grouped(Money amount) {
  const std::string plain = to_decimal(amount);
  const std::size_t first = amount.is_negative() ? 1 : 0;
  const std::size_t point = plain.size() - 3;
  std::string text;
  for (std::size_t at = 0; at < plain.size(); ++at) {
    if (at > first && at < point && (point - at) % 3 == 0) text.push_back(',');
    text.push_back(plain[at]);
  }
  return text;
}

}  // namespace anlan
