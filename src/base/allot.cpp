#include "base/allot.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/check.h"
#include "base/int128.h"

namespace anlan {
namespace {

struct Remainder {
  Int128 rest = 0;
  std::size_t index = 0;
};

// The larger remainder first, then the earlier place in the list.
bool receives_before(const Remainder& a, const Remainder& b) {
  return a.rest != b.rest ? a.rest > b.rest : a.index < b.index;
}

}  // namespace

void allot(std::int64_t total, std::span<const std::int64_t> weights,
           std::span<std::int64_t> parts) {
  ANLAN_CHECK(total >= 0);
  ANLAN_CHECK(weights.size() == parts.size());
  Int128 sum = 0;
  for (const std::int64_t weight : weights) {
    ANLAN_CHECK(weight >= 0);
    sum += weight;
  }
  std::fill(parts.begin(), parts.end(), 0);
  if (sum == 0) return;
  constexpr std::size_t kOnStack = 32;  // sections of a policy and members of a panel fit
  std::array<Remainder, kOnStack> few;
  std::vector<Remainder> many;
  if (weights.size() > kOnStack) many.resize(weights.size());
  const std::span<Remainder> rests(weights.size() > kOnStack ? many.data() : few.data(),
                                   weights.size());
  std::int64_t given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Int128 product = static_cast<Int128>(total) * weights[i];
    parts[i] = static_cast<std::int64_t>(product / sum);
    rests[i] = {.rest = product % sum, .index = i};
    given += parts[i];
  }
  const auto left = static_cast<std::size_t>(total - given);
  ANLAN_CHECK(left <= rests.size());
  if (left == 0) return;
  std::sort(rests.begin(), rests.end(), receives_before);
  for (std::size_t i = 0; i < left; ++i) parts[rests[i].index] += 1;
}

std::vector<std::int64_t> allot(std::int64_t total, std::span<const std::int64_t> weights) {
  std::vector<std::int64_t> parts(weights.size());
  allot(total, weights, parts);
  return parts;
}

std::vector<Money> allot(Money total, std::span<const std::int64_t> weights) {
  std::vector<Money> parts;
  parts.reserve(weights.size());
  for (const std::int64_t part : allot(total.minor(), weights)) {
    parts.push_back(Money::from_minor(part, total.currency()));
  }
  return parts;
}

}  // namespace anlan
