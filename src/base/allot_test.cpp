#include "base/allot.h"

#include <algorithm>
#include <numeric>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace anlan {
namespace {

using Weights = std::vector<std::int64_t>;

// settle_ref.py `split`, written with other means: repeated choice instead of a sort.
Weights split_by_choice(std::int64_t total, const Weights& weights) {
  const auto sum = std::accumulate(weights.begin(), weights.end(), static_cast<__int128_t>(0));
  Weights parts(weights.size(), 0);
  if (sum == 0) return parts;
  std::vector<__int128_t> rests;
  std::int64_t left = total;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const __int128_t product = static_cast<__int128_t>(total) * weights[i];
    parts[i] = static_cast<std::int64_t>(product / sum);
    rests.push_back(product % sum);
    left -= parts[i];
  }
  for (; left > 0; --left) {
    const auto largest = std::max_element(rests.begin(), rests.end());  // the first of equals
    ++parts[static_cast<std::size_t>(largest - rests.begin())];
    *largest = -1;
  }
  return parts;
}

TEST_CASE("allot: no unit is lost; the largest remainder first, ties by list order") {
  struct Row {
    std::int64_t total;
    Weights weights;
    Weights parts;
  };
  const Row rows[] = {
      {0, {1, 2}, {0, 0}},
      {5, {}, {}},
      {7, {0, 0}, {0, 0}},
      {10'000'000,
       {10'000'000, 3'000'000, 2'000'000},
       {6'666'667, 2'000'000, 1'333'333}},  // issue: third incident
      {100, {1, 1, 1}, {34, 33, 33}},
      {101, {1, 1, 1}, {34, 34, 33}},
      {2, {1, 1, 1, 1}, {1, 1, 0, 0}},
      {1, {1, 2}, {0, 1}},
      {10, {0, 3, 0, 3}, {0, 5, 0, 5}},
      {11, {3, 0, 3}, {6, 0, 5}},
      {kAmountMax,
       {kAmountMax, kAmountMax, kAmountMax},
       {333'333'333'333'334, 333'333'333'333'333, 333'333'333'333'333}},
      {INT64_MAX, {INT64_MAX, INT64_MAX}, {INT64_MAX / 2 + 1, INT64_MAX / 2}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.total);
    CHECK(allot(row.total, row.weights) == row.parts);
  }
}

TEST_CASE("allot: sums to the whole, keeps the order of weights, equals the reference") {
  CHECK(rc::check("allot == split_by_choice", [] {
    const auto total = *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 100),
                                       rc::gen::inRange<std::int64_t>(0, kAmountMax + 1));
    const auto top = *rc::gen::element<std::int64_t>(3, 10'001, kAmountMax);
    const auto weights = *rc::gen::container<Weights>(rc::gen::inRange<std::int64_t>(0, top));
    const Weights parts = allot(total, weights);
    RC_ASSERT(parts == split_by_choice(total, weights));
    const bool splits = std::any_of(weights.begin(), weights.end(), [](auto w) { return w > 0; });
    RC_ASSERT(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == (splits ? total : 0));
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (weights[i] == 0) RC_ASSERT(parts[i] == 0);
      for (std::size_t j = 0; j < i; ++j) {
        if (weights[j] >= weights[i]) RC_ASSERT(parts[j] >= parts[i]);
      }
    }
  }));
}

TEST_CASE("allot: more parts than fit on the stack split the same way") {
  for (const std::size_t count : {31U, 32U, 33U, 1'000U}) {
    CAPTURE(count);
    Weights weights(count);
    for (std::size_t i = 0; i < count; ++i) weights[i] = static_cast<std::int64_t>(i * 7919 % 101);
    CHECK(allot(999'983, weights) == split_by_choice(999'983, weights));
  }
}

TEST_CASE("allot: amounts keep their currency") {
  const Weights weights{2, 1};
  const auto parts = allot(Money::from_minor(100, Currency::kEur), weights);
  REQUIRE(parts.size() == 2);
  CHECK(parts[0] == Money::from_minor(67, Currency::kEur));
  CHECK(parts[1] == Money::from_minor(33, Currency::kEur));
}

}  // namespace
}  // namespace anlan
