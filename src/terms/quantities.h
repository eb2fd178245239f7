// Quantities in a clause text: amounts of money, times and percentages as people write them, in
// Chinese ("40 万元", "八小时", "百分之十") and in English ("CNY 400,000", "eight hours", "10 %").
//
// Numbers without one of these units (clause numbers, counts, years) are none. A day counts as 24
// hours. The reader knows what clauses use, not the whole of either language.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/lang.h"

namespace anlan::terms {

enum class QuantityUnit : std::uint8_t { kMoney = 1, kTime = 2, kShare = 3 };

struct Quantity {
  QuantityUnit unit = QuantityUnit::kMoney;
  // Money in ten-thousandths of the currency's unit (1.00 is 10,000), time in ten-thousandths of
  // an hour, a share in ten-thousandths of a percent. At most 10^18: a larger one is that.
  std::int64_t value = 0;
  std::size_t at = 0;     // byte offset of its first digit in the text
  std::string text = {};  // as written, its number and its unit
  bool operator==(const Quantity&) const = default;
};

inline constexpr std::int64_t kQuantityScale = 10'000;

// In the order of the text. Cost: O(n).
std::vector<Quantity> quantities_in(std::string_view text, Lang lang);

}  // namespace anlan::terms
