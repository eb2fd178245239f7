// Splitting an amount so that no minor unit is lost or made.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/money.h"

namespace anlan {

// Parts of `total` in proportion to `weights`: floors first, then one unit each to the largest
// remainders, ties by list order; the parts sum to `total` exactly. total >= 0; weights >= 0.
// All weights zero: all parts zero (then total is expected to be zero by the caller).
// Cost: O(n log n). Source: largest remainder method (Hamilton), as domain/settle_ref.py `split`.
void allot(std::int64_t total, std::span<const std::int64_t> weights,
           std::span<std::int64_t> parts);

std::vector<std::int64_t> allot(std::int64_t total, std::span<const std::int64_t> weights);
std::vector<Money> allot(Money total, std::span<const std::int64_t> weights);

}  // namespace anlan
