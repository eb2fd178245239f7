#include "base/capital_numerals.h"

#include <array>

namespace anlan {
namespace {

constexpr std::array<std::string_view, 10> kDigits{"零", "壹", "贰", "叁", "肆",
                                                   "伍", "陆", "柒", "捌", "玖"};
constexpr std::uint64_t kTenThousand = 10'000;
constexpr std::uint64_t kHundredMillion = 100'000'000;

std::string_view currency_word(Currency currency) {
  switch (currency) {
    case Currency::kCny:
      return "人民币";
    case Currency::kHkd:
      return "港币";
    case Currency::kUsd:
      return "美元";
    case Currency::kEur:
      return "欧元";
  }
  return {};
}

// 1 to 9999, without a zero before it.
std::string below_ten_thousand(std::uint64_t value) {
  constexpr std::array<std::pair<std::uint64_t, std::string_view>, 4> kPlaces{
      {{1000, "仟"}, {100, "佰"}, {10, "拾"}, {1, ""}}};
  std::string out;
  bool zero = false;  // one that waits for a digit behind it
  for (const auto& [size, word] : kPlaces) {
    const std::uint64_t digit = value / size % 10;
    if (digit == 0) {
      zero = !out.empty();
      continue;
    }
    if (zero) out += kDigits[0];
    zero = false;
    out += kDigits[digit];
    out += word;
  }
  return out;
}

// Above 0. The part below `unit` follows its word; a zero between them says that the highest of its
// places is empty.
std::string whole(std::uint64_t value);
std::string split(std::uint64_t value, std::uint64_t unit, std::string_view word) {
  const std::uint64_t rest = value % unit;
  std::string out = whole(value / unit) + std::string(word);
  if (rest == 0) return out;
  if (rest < unit / 10) out += kDigits[0];
  return out + whole(rest);
}

std::string whole(std::uint64_t value) {
  if (value >= kHundredMillion) return split(value, kHundredMillion, "亿");
  if (value >= kTenThousand) return split(value, kTenThousand, "万");
  return below_ten_thousand(value);
}

}  // namespace

std::string capital_numerals(Money amount) {
  const bool negative = amount.is_negative();
  // The smallest int64 has no counterpart of its own size.
  const auto bits = static_cast<std::uint64_t>(amount.minor());
  const std::uint64_t minor = negative ? ~bits + 1 : bits;
  const std::uint64_t yuan = minor / 100;
  const std::uint64_t jiao = minor / 10 % 10;
  const std::uint64_t fen = minor % 10;
  std::string out(currency_word(amount.currency()));
  if (negative) out += "负";
  if (yuan > 0) out += whole(yuan) + "元";
  if (minor == 0) out += "零元";
  if (jiao > 0) {
    if (yuan > 0 && yuan % 10 == 0) out += kDigits[0];
    out += std::string(kDigits[jiao]) + "角";
  }
  if (fen == 0) return out + "整";
  if (jiao == 0 && yuan > 0) out += kDigits[0];
  return out + std::string(kDigits[fen]) + "分";
}

}  // namespace anlan
